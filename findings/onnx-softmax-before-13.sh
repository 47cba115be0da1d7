#!/usr/bin/env bash
# Before opset 13 a Softmax without an axis takes everything from axis 1 on as one row. For more than two axes the engines
# disagree, and none says so: ONNX Runtime 1.32.0 does that, OpenVINO 2026.4.1 and OpenCV 5.0.0 take the softmax along axis 1 alone.
# Whoever writes a file for all of them writes opset 13 or later, or has two axes.
#
# The numbers 0 to 7 as 1 x 2 x 4, opset 11; the sums along axis 1 and over everything. Output seen (Python 3.11):
#   onnxruntime along axis 1 [0.032, 0.087, 0.237, 0.644], over everything 1.0
#   openvino    along axis 1 [1.0, 1.0, 1.0, 1.0], over everything 4.0
#   opencv      along axis 1 [1.0, 1.0, 1.0, 1.0], over everything 4.0
# Exits with 1 if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv python
python/bin/pip install --quiet onnx==1.23.2 numpy==2.4.6 onnxruntime==1.32.0 openvino==2026.4.1 opencv-python-headless==5.0.0.93
cat > ask.py <<'PY'
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def model(nodes, shape, out, constants=(), opset=13):
    values = [helper.make_tensor_value_info(name, TensorProto.FLOAT, size) for name, size in (('x', shape), ('y', out))]
    graph = helper.make_graph(nodes, 'asked', values[:1], values[1:], list(constants))
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid('', opset)], ir_version=8)
    onnx.checker.check_model(made, full_check=True)
    return made.SerializeToString()


def onnxruntime(file, x):
    import onnxruntime as engine
    session = engine.InferenceSession(file, providers=['CPUExecutionProvider'])
    return session.run(None, {'x': x})[0]


def openvino(file, x):
    import openvino
    core = openvino.Core()
    return core.compile_model(core.read_model(file), 'CPU', {'INFERENCE_PRECISION_HINT': 'f32'})([x])[0]


def opencv(file, x):
    import cv2
    network = cv2.dnn.readNetFromONNX(np.frombuffer(file, np.uint8))
    network.setInput(x, 'x')
    return network.forward()


x = np.arange(8, dtype=np.float32).reshape(1, 2, 4)
file = model([helper.make_node('Softmax', ['x'], ['y'])], [1, 2, 4], [1, 2, 4], opset=11)
sums = {}
for engine in (onnxruntime, openvino, opencv):
    said = engine(file, x)
    along = [round(float(value), 3) for value in said.sum(axis=1).ravel()]
    sums[engine.__name__] = round(float(said.sum()), 3)
    print(f'{engine.__name__:11} along axis 1 {along}, over everything {sums[engine.__name__]}')
sys.exit(sums != {'onnxruntime': 1.0, 'openvino': 4.0, 'opencv': 4.0})
PY
python/bin/python ask.py
