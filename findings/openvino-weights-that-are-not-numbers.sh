#!/usr/bin/env bash
# OpenVINO 2026.4.1 gives finite probabilities that add up to 1 for a network one of whose weights is NaN, as soon as a Clip (ReLU6) follows: the
# Clip turns NaN into its bound. ONNX Runtime 1.32.0 answers NaN. A training that has gone wrong looks healthy once it is exported, so
# whoever writes a file has to look at the weights, not at what an engine says.
#
# x [1, 2] times [[NaN, 0], [1, -1]], Clip to 0 to 6, Softmax. Output seen (Python 3.11):
#   onnxruntime [nan, nan]
#   openvino    [0.5, 0.5]
# Exits with 1 if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv python
python/bin/pip install --quiet onnx==1.23.2 numpy==2.4.6 onnxruntime==1.32.0 openvino==2026.4.1
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


weight = np.array([[np.nan, 0], [1, -1]], np.float32)
constants = [numpy_helper.from_array(value, name) for name, value in (('w', weight), ('low', np.float32(0)), ('high', np.float32(6)))]
nodes = [
    helper.make_node('MatMul', ['x', 'w'], ['a']),
    helper.make_node('Clip', ['a', 'low', 'high'], ['b']),
    helper.make_node('Softmax', ['b'], ['y'], axis=-1),
]
file = model(nodes, [1, 2], [1, 2], constants)
x = np.array([[1, 2]], np.float32)
said = {engine.__name__: engine(file, x).ravel().tolist() for engine in (onnxruntime, openvino)}
for name, numbers in said.items():
    print(f'{name:11} {numbers}')
sys.exit(not (np.isnan(said['onnxruntime']).all() and said['openvino'] == [0.5, 0.5]))
PY
python/bin/python ask.py
