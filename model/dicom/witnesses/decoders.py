"""Other programs' stored numbers of a file, before the modality step, and the standard's modality step on them."""

import multiprocessing
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pydicom
import SimpleITK
from pydicom.pixels import apply_color_lut, apply_modality_lut, get_decoder, pixel_array

COMPRESSED_BY = {"dcmdrle": ("1.2.840.10008.1.2.5",), "dcmdjpls": ("1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.81")}


def decoders(path: Path, scratch: Path) -> Iterator[tuple[str, np.ndarray | str]]:
    """Each decoder's name and its pixels of all frames, or why there are none."""
    data = pydicom.dcmread(path, force=True)
    syntax = getattr(data, "file_meta", {}).get("TransferSyntaxUID", "")
    if getattr(syntax, "is_compressed", False):
        for plugin in sorted(get_decoder(syntax).available_plugins):
            yield plugin, attempt(lambda: pixel_array(data, raw=True, decoding_plugin=plugin))
    else:
        yield "pydicom", attempt(lambda: pixel_array(data, raw=True))
    yield "DCMTK", attempt(lambda: dcmtk(path, syntax, scratch))
    if data.get("PhotometricInterpretation") == "MONOCHROME2":
        yield "SimpleITK", attempt(lambda: itk(path))


def attempt(decode) -> np.ndarray | str:
    """In a process of its own, as some end theirs at what they cannot read."""
    results = multiprocessing.get_context("fork").SimpleQueue()
    child = multiprocessing.get_context("fork").Process(target=answer, args=(decode, results))
    child.start()
    while child.is_alive() and results.empty():
        child.join(0.02)
    answers = None if results.empty() else results.get()
    child.join()
    return "ends the process" if answers is None else answers


def answer(decode, results) -> None:
    try:
        results.put(decode())
    except Exception as error:  # noqa: BLE001 - whatever another program does is its answer
        results.put(type(error).__name__)


def dcmtk(path: Path, syntax: str, scratch: Path) -> np.ndarray:
    """Decompressed by DCMTK without a change of colours, then native pixels as pydicom reads them."""
    program = next((name for name, syntaxes in COMPRESSED_BY.items() if syntax in syntaxes), "dcmdjpeg")
    options = ["+cn"] if program == "dcmdjpeg" else []
    target = scratch / "dcmtk.dcm"
    subprocess.run([program, *options, path, target], check=True, capture_output=True)
    data = pydicom.dcmread(target, force=True)
    if data.file_meta.TransferSyntaxUID.is_compressed:
        raise NotImplementedError
    return pixel_array(data, raw=True)


class Rescaled(np.ndarray):
    """Values on which the modality step was done already."""


def itk(path: Path) -> np.ndarray:
    pixels = SimpleITK.GetArrayFromImage(SimpleITK.ReadImage(str(path)))
    return pixels.view(Rescaled)


def grey_values(pixels: np.ndarray, data: pydicom.Dataset) -> np.ndarray:
    """Frames of values after the modality step, colours as brightness: `[frames, pixels]`."""
    frames = int(data.get("NumberOfFrames", 1) or 1)
    photometric = data.get("PhotometricInterpretation", "MONOCHROME2")
    if photometric == "PALETTE COLOR":
        pixels = apply_color_lut(pixels, data)
        photometric = "RGB"
    if data.get("SamplesPerPixel", 1) == 3 or photometric == "RGB":
        channels = pixels.reshape(-1, 3).astype(np.int64)
        brightness = (channels @ [299, 587, 114] + 500) // 1000
        if photometric.startswith("YBR_FULL"):
            brightness = channels[:, 0]
        return brightness.reshape(frames, -1).astype(np.float32)
    if isinstance(pixels, Rescaled):
        return np.asarray(pixels).reshape(frames, -1).astype(np.float32)
    return np.asarray(apply_modality_lut(pixels, data)).reshape(frames, -1).astype(np.float32)
