#!/usr/bin/env bash
# OpenCV 5.0.0 (dnn) pads a convolution with auto_pad=SAME_LOWER at the end, as if it said SAME_UPPER: the result is shifted by a
# pixel, without a word. AveragePool does the same. ONNX Runtime 1.32.0 and OpenVINO 2026.4.1 pad at the beginning. With `pads` on
# the node all three agree.
#
# The numbers 1 to 9 in 3 x 3, summed over 2 x 2. Output seen (Python 3.11):
#   onnxruntime SAME_LOWER [1.0, 3.0, 5.0, 5.0, 12.0, 16.0, 11.0, 24.0, 28.0]
#   openvino    SAME_LOWER [1.0, 3.0, 5.0, 5.0, 12.0, 16.0, 11.0, 24.0, 28.0]
#   opencv      SAME_LOWER [12.0, 16.0, 9.0, 24.0, 28.0, 15.0, 15.0, 17.0, 9.0]
#   opencv      pads       [1.0, 3.0, 5.0, 5.0, 12.0, 16.0, 11.0, 24.0, 28.0]
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


x = np.arange(1, 10, dtype=np.float32).reshape(1, 1, 3, 3)
weight = numpy_helper.from_array(np.ones((1, 1, 2, 2), np.float32), 'w')


def file(**padding):
    node = helper.make_node('Conv', ['x', 'w'], ['y'], kernel_shape=[2, 2], **padding)
    return model([node], [1, 1, 3, 3], [1, 1, 3, 3], [weight])


lower, pads = file(auto_pad='SAME_LOWER'), file(pads=[1, 1, 0, 0])
said = {}
for engine, how, made in ((onnxruntime, 'SAME_LOWER', lower), (openvino, 'SAME_LOWER', lower), (opencv, 'SAME_LOWER', lower), (opencv, 'pads', pads)):
    numbers = engine(made, x).ravel().tolist()
    said[engine.__name__, how] = numbers
    print(f'{engine.__name__:11} {how:10} {numbers}')
right = [1.0, 3.0, 5.0, 5.0, 12.0, 16.0, 11.0, 24.0, 28.0]
odd = said.pop(('opencv', 'SAME_LOWER'))
sys.exit(not (all(numbers == right for numbers in said.values()) and odd == [12.0, 16.0, 9.0, 24.0, 28.0, 15.0, 15.0, 17.0, 9.0]))
PY
python/bin/python ask.py
