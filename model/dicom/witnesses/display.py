"""The picture that is shown first, beside DCMTK's: modality, VOI and inversion of objects made here."""

import copy
import subprocess
from pathlib import Path

import numpy as np
import pydicom
from pydicom.dataset import Dataset

import cases

# Of 65,535: DCMTK computes tables of 16 bits and rounds on the way.
TOLERANCE = 32


def table(first: int, bits: int, entries: np.ndarray) -> Dataset:
    item = Dataset()
    item.LUTDescriptor = [len(entries) % 65_536, first % 65_536, bits]
    item.LUTData = entries.astype("<u2").tobytes()
    item["LUTData"].VR = "OW"
    return item


def make() -> dict[str, Dataset]:
    plain = cases.dataset(cases.picture(12), 12)
    falling = (np.arange(4096)[::-1] ** 2 / 4095).astype(np.uint16)

    def changed(**attributes) -> Dataset:
        data = copy.deepcopy(plain)
        for name, value in attributes.items():
            setattr(data, name, value)
        return data

    window = {"WindowCenter": "1500", "WindowWidth": "2000"}
    rescale = {"RescaleSlope": "1", "RescaleIntercept": "-1024"}
    identity, inverse = {"PresentationLUTShape": "IDENTITY"}, {"PresentationLUTShape": "INVERSE"}
    inverted = {"PhotometricInterpretation": "MONOCHROME1"}
    modality = table(0, 16, np.arange(4096)[::-1] * 16)
    modality.ModalityLUTType = "US"
    return {
        "window": changed(**window),
        "two windows": changed(WindowCenter=["1500", "200"], WindowWidth=["2000", "400"]),
        "rescale and window": changed(**rescale, WindowCenter="40", WindowWidth="400"),
        "sigmoid window": changed(**window, VOILUTFunction="SIGMOID"),
        "window of width 1": changed(WindowCenter="1500", WindowWidth="1"),
        "MONOCHROME1": changed(**window, **inverted),
        "MONOCHROME1, IDENTITY": changed(**window, **inverted, **identity),
        "MONOCHROME1, INVERSE": changed(**window, **inverted, **inverse),
        "MONOCHROME2, INVERSE": changed(**window, **inverse),
        "table": changed(VOILUTSequence=[table(0, 12, falling)]),
        "table from -1024": changed(**rescale, VOILUTSequence=[table(-1024, 12, falling)]),
        "modality table": changed(ModalityLUTSequence=[modality], WindowCenter="30000", WindowWidth="50000"),
    }


def dcmtk(path: Path, data: Dataset, scratch: Path) -> np.ndarray:
    """With the first table or window, 16 bits."""
    step = ["+Wl", "1"] if "VOILUTSequence" in data else ["+Wi", "1"]
    target = scratch / "shown.pgm"
    subprocess.run(["dcm2pnm", "+opn", "16", *step, path, target], check=True, capture_output=True)
    numbers = target.read_text().split("\n", 3)[3] if target.read_bytes()[:2] == b"P2" else ""
    words = [line for line in numbers.split("\n") if not line.startswith("#")]
    return np.array(" ".join(words).split()[-data.Rows * data.Columns :], dtype=np.int64)


def compare(dump, scratch: Path) -> list[tuple[str, int]]:
    """The name of each object and how far the two pictures are from each other at most."""
    made = make()
    paths = []
    for number, data in enumerate(made.values()):
        path = scratch / f"display-{number}.dcm"
        pydicom.dcmwrite(path, data, enforce_file_format=True)
        paths.append(path)
    dump(paths)
    furthest = []
    for number, (name, data) in enumerate(made.items()):
        own = np.fromfile(scratch / f"{number}-0.grey", np.uint16).astype(np.int64)
        furthest.append((name, int(np.abs(own - dcmtk(paths[number], data, scratch)).max())))
    return furthest
