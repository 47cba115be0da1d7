"""Runs NAME.onnx of a folder on NAME.input by the engines of PyPI; prints a line of JSON for each: engine, version, name, how far
its probabilities are from NAME.probabilities at most. For make.mjs, which installs what is imported here."""

import json
import pathlib
import sys

import cv2
import numpy
import onnx
import onnxruntime
import openvino


def by_onnxruntime(path, images):
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    return session.run(None, {"image": images})[0]


def by_openvino(path, images):
    core = openvino.Core()
    model = core.compile_model(path, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    return model({"image": images})[0]


def by_opencv(path, images):
    net = cv2.dnn.readNetFromONNX(path)
    net.setInput(images, "image")
    return net.forward()


ENGINES = {
    "onnxruntime": (onnxruntime.__version__, by_onnxruntime),
    "OpenVINO": (openvino.__version__.split("-")[0], by_openvino),
    "OpenCV dnn": (cv2.__version__, by_opencv),
}

folder = pathlib.Path(sys.argv[1])
for path in sorted(folder.glob("*.onnx")):
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    side = model.graph.input[0].type.tensor_type.shape.dim[2].dim_value
    images = numpy.fromfile(path.with_suffix(".input"), "<f4").reshape(-1, 1, side, side)
    expected = numpy.fromfile(path.with_suffix(".probabilities"), "<f4").reshape(len(images), -1)
    for engine, (version, run) in ENGINES.items():
        line = {"engine": engine, "version": version, "name": path.stem}
        try:
            # Together, and the first by itself, since the batch has no fixed size.
            together = run(str(path), images)
            alone = run(str(path), images[:1])
            away = max(numpy.abs(together - expected).max(), numpy.abs(alone - expected[:1]).max())
            line["away"] = float(away)
        except Exception as error:
            line["error"] = str(error).strip().splitlines()[-1]
        print(json.dumps(line), flush=True)
