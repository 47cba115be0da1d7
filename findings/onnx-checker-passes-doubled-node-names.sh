#!/usr/bin/env bash
# The checker of onnx 1.23.2 (full_check=True) passes a graph in which two nodes have the same name, and OpenVINO 2026.4.1 and OpenCV 5.0.0 run it;
# ONNX Runtime 1.32.0 calls it an invalid model. A name is optional, and without names all three run it. A file that has
# passed the checker can therefore still be one that its readers cannot open.
#
# Relu, then Neg, both called "n". Output seen (Python 3.11):
#   onnxruntime refuses: two nodes with same node name (n).
#   openvino    [-1.0, -2.0]
#   opencv      [-1.0, -2.0]
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


x = np.array([[1, 2]], np.float32)
nodes = [helper.make_node('Relu', ['x'], ['a'], name='n'), helper.make_node('Neg', ['a'], ['y'], name='n')]
file = model(nodes, [1, 2], [1, 2])
said = {}
for engine in (onnxruntime, openvino, opencv):
    try:
        said[engine.__name__] = str(engine(file, x).ravel().tolist())
    except Exception as error:
        said[engine.__name__] = 'refuses: ' + str(error).split('Error: ')[-1].strip()
    print(f'{engine.__name__:11} {said[engine.__name__]}')
runs = said['openvino'] == said['opencv'] == '[-1.0, -2.0]'
sys.exit(not (runs and 'same node name' in said['onnxruntime']))
PY
python/bin/python ask.py
