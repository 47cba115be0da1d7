#!/usr/bin/env bash
# OpenCV 5.0.0 (dnn) divides by the whole window where an AveragePool with ceil_mode=1 and count_include_pad=1 reaches beyond
# the image: the last column and row come out as if zeros lay there. ONNX counts the padding that the node declares, and what ceil_mode
# adds is none: ONNX Runtime 1.32.0 and OpenVINO 2026.4.1 divide by the pixels that exist. No engine says anything.
#
# The numbers 1 to 25 in 5 x 5, windows of 2 x 2 at every second place. Output seen (Python 3.11):
#   onnxruntime [4.0, 6.0, 7.5, 14.0, 16.0, 17.5, 21.5, 23.5, 25.0]
#   openvino    [4.0, 6.0, 7.5, 14.0, 16.0, 17.5, 21.5, 23.5, 25.0]
#   opencv      [4.0, 6.0, 3.75, 14.0, 16.0, 8.75, 10.75, 11.75, 6.25]
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


x = np.arange(1, 26, dtype=np.float32).reshape(1, 1, 5, 5)
node = helper.make_node('AveragePool', ['x'], ['y'], kernel_shape=[2, 2], strides=[2, 2], ceil_mode=1, count_include_pad=1)
file = model([node], [1, 1, 5, 5], [1, 1, 3, 3])
said = {engine.__name__: engine(file, x).ravel().tolist() for engine in (onnxruntime, openvino, opencv)}
for name, numbers in said.items():
    print(f'{name:11} {numbers}')
right = [4.0, 6.0, 7.5, 14.0, 16.0, 17.5, 21.5, 23.5, 25.0]
same = said['onnxruntime'] == right and said['openvino'] == right
sys.exit(not (same and said['opencv'] == [4.0, 6.0, 3.75, 14.0, 16.0, 8.75, 10.75, 11.75, 6.25]))
PY
python/bin/python ask.py
