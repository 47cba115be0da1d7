#!/usr/bin/env bash
# rten 0.27.0 computes Sign(0) as 1 where ONNX says 0, and refuses a convolution without kernel_shape, which ONNX lets
# readers infer from the weight: a file that names neither kernel_shape nor dilations does not run in it, though it is valid.
#
# Sign of [-2, 0, 3]; a convolution of 1 x 1 with pads alone. Output seen (rustc 1.95.0; the files are made with onnx 1.23.2, whose checker passes both):
#   sign: [-1.0, 1.0, 1.0]
#   convolution: refused
#   convolution with kernel_shape and dilations: [2.0, 4.0, 6.0, 8.0]
# Exits with 1 if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv python
python/bin/pip install --quiet onnx==1.23.2 numpy==2.4.6
cat > make.py <<'PY'
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def save(name, node, shape, constants=()):
    values = [helper.make_tensor_value_info(value, TensorProto.FLOAT, shape) for value in ('x', 'y')]
    graph = helper.make_graph([node], 'asked', values[:1], values[1:], list(constants))
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid('', 13)], ir_version=8)
    onnx.checker.check_model(made, full_check=True)
    onnx.save(made, name)


weight = numpy_helper.from_array(np.full((1, 1, 1, 1), 2, np.float32), 'w')
save('sign.onnx', helper.make_node('Sign', ['x'], ['y']), [3])
save('bare.onnx', helper.make_node('Conv', ['x', 'w'], ['y'], pads=[0, 0, 0, 0]), [1, 1, 2, 2], [weight])
named = helper.make_node('Conv', ['x', 'w'], ['y'], pads=[0, 0, 0, 0], kernel_shape=[1, 1], dilations=[1, 1])
save('named.onnx', named, [1, 1, 2, 2], [weight])
PY
python/bin/python make.py

mkdir src
cat > Cargo.toml <<'TOML'
[package]
name = "finding"
version = "0.1.0"
edition = "2024"

[dependencies]
rten = { version = "=0.27.0", default-features = false, features = ["onnx_format"] }
rten-tensor = "=0.27.0"

[workspace]
TOML
cat > src/main.rs <<'RS'
use rten::{Model, ValueOrView};
use rten_tensor::{AsView, NdTensor};

fn run(file: &str, input: ValueOrView<'static>) -> Result<Vec<f32>, String> {
    let model = Model::load_file(file).map_err(|error| error.to_string())?;
    let [x, y] = ["x", "y"].map(|name| model.node_id(name).expect("a value"));
    let mut said = model.run(vec![(x, input)], &[y], None).map_err(|error| error.to_string())?;
    let said: rten_tensor::Tensor<f32> = said.remove(0).try_into().map_err(|_| "no numbers".to_owned())?;
    Ok(said.to_vec())
}

fn main() {
    let signs: NdTensor<f32, 1> = NdTensor::from([-2.0, 0.0, 3.0]);
    println!("sign: {:?}", run("sign.onnx", signs.into()).expect("numbers"));
    let image = || NdTensor::from_data([1, 1, 2, 2], vec![1.0_f32, 2.0, 3.0, 4.0]);
    match run("bare.onnx", image().into()) {
        Ok(numbers) => println!("convolution: {numbers:?}"),
        Err(_) => println!("convolution: refused"),
    }
    let named = run("named.onnx", image().into()).expect("numbers");
    println!("convolution with kernel_shape and dilations: {named:?}");
}
RS
cargo run --quiet --release | tee output
grep -qx 'sign: \[-1.0, 1.0, 1.0\]' output
grep -qx 'convolution: refused' output
grep -qx 'convolution with kernel_shape and dilations: \[2.0, 4.0, 6.0, 8.0\]' output
