#!/usr/bin/env bash
# OpenVINO 2026.4.1 and OpenCV 5.0.0 (dnn) round after they have added the zero point. ONNX wants x / scale rounded half to even and the
# zero point added then, as ONNX Runtime 1.32.0 does. With an even zero point nobody notices; with an odd one every half goes to the other neighbor.
#
# 0.5, 1.5, 2.5 and 3.5 through QuantizeLinear and DequantizeLinear, scale 1. Output seen (Python 3.11):
#   onnxruntime zero point 4: [0.0, 2.0, 2.0, 4.0], 3: [0.0, 2.0, 2.0, 4.0]
#   openvino    zero point 4: [0.0, 2.0, 2.0, 4.0], 3: [1.0, 1.0, 3.0, 3.0]
#   opencv      zero point 4: [0.0, 2.0, 2.0, 4.0], 3: [1.0, 1.0, 3.0, 3.0]
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


x = np.array([[0.5, 1.5, 2.5, 3.5]], np.float32)


def file(zero_point):
    constants = [numpy_helper.from_array(np.float32(1), 's'), numpy_helper.from_array(np.uint8(zero_point), 'z')]
    nodes = [helper.make_node('QuantizeLinear', ['x', 's', 'z'], ['q']), helper.make_node('DequantizeLinear', ['q', 's', 'z'], ['y'])]
    return model(nodes, [1, 4], [1, 4], constants)


even, odd = [0.0, 2.0, 2.0, 4.0], [1.0, 1.0, 3.0, 3.0]
as_seen = True
for engine, expected in ((onnxruntime, even), (openvino, odd), (opencv, odd)):
    of_4, of_3 = (engine(file(zero_point), x).ravel().tolist() for zero_point in (4, 3))
    print(f'{engine.__name__:11} zero point 4: {of_4}, 3: {of_3}')
    as_seen &= of_4 == even and of_3 == expected
sys.exit(not as_seen)
PY
python/bin/python ask.py
