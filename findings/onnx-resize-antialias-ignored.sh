#!/usr/bin/env bash
# OpenVINO 2026.4.1 and OpenCV 5.0.0 (dnn) take a Resize with antialias=1 (opset 18) for one without, and say nothing. Preprocessing that
# shrinks radiographs inside the graph is then another one than where the network was trained: ONNX Runtime 1.32.0 filters over the whole step.
#
# Eight pixels 1, 0, 1, 0, ... shrunk to two, mode linear. Output seen (Python 3.11):
#   onnxruntime plain [0.5, 0.5], antialiased [0.594, 0.406]
#   openvino    plain [0.5, 0.5], antialiased [0.5, 0.5]
#   opencv      plain [0.5, 0.5], antialiased [0.5, 0.5]
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


x = np.zeros((1, 1, 8, 8), np.float32)
x[..., ::2] = 1
sizes = numpy_helper.from_array(np.array([1, 1, 8, 2], np.int64), 's')


def file(antialias):
    node = helper.make_node('Resize', ['x', '', '', 's'], ['y'], mode='linear', antialias=antialias)
    return model([node], [1, 1, 8, 8], [1, 1, 8, 2], [sizes], opset=18)


as_seen = True
for engine, expected in ((onnxruntime, [0.594, 0.406]), (openvino, [0.5, 0.5]), (opencv, [0.5, 0.5])):
    rows = [engine(file(antialias), x)[0, 0, 0] for antialias in (0, 1)]
    plain, smooth = ([round(float(value), 3) for value in row] for row in rows)
    print(f'{engine.__name__:11} plain {plain}, antialiased {smooth}')
    as_seen &= plain == [0.5, 0.5] and smooth == expected
sys.exit(not as_seen)
PY
python/bin/python ask.py
