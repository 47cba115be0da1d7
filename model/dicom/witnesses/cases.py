"""Objects made of formulas by other programs' encoders: the cases that `witnesses.py` compares on."""

import copy
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pydicom
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import (
    UID,
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEG2000,
    JPEG2000Lossless,
    JPEGLSLossless,
    JPEGLSNearLossless,
    RLELossless,
)

COLUMNS, ROWS = 41, 33


ENCODERS = {
    RLELossless: "pydicom",
    JPEGLSLossless: "pyjpegls",
    JPEGLSNearLossless: "pyjpegls",
    JPEG2000Lossless: "pylibjpeg",
    JPEG2000: "pylibjpeg",
}


@dataclass
class Case:
    name: str
    path: Path
    # How far decoders of a lossy stream may be from each other.
    tolerance: int = 0


def picture(bits: int, signed: bool = False, channels: int = 1) -> np.ndarray:
    """Rows of one value, ramps and noise; `tests/compressed.rs` has the same formula."""
    y, x, c = np.meshgrid(np.arange(ROWS), np.arange(COLUMNS), np.arange(channels), indexing="ij")
    flat = y * 50
    rough = x * 37 + y * 91 + (x * x * y) % 257 * (y // 3) + c * 29
    values = np.where(y % 4 == 0, flat, rough) % (1 << bits)
    if signed:
        values = values - (1 << (bits - 1))
    dtype = {True: np.int16, False: np.uint16}[signed] if bits > 8 else {True: np.int8, False: np.uint8}[signed]
    return np.squeeze(values.astype(dtype), axis=2) if channels == 1 else values.astype(dtype)


def smooth(bits: int) -> np.ndarray:
    """For lossy encoders, whose decoders differ by more where there is noise."""
    y, x = np.mgrid[0:ROWS, 0:COLUMNS]
    wave = 0.5 + 0.3 * np.sin(x / 5) * np.cos(y / 4) + 0.15 * (x / COLUMNS)
    return (wave * ((1 << bits) - 1)).astype(np.uint16 if bits > 8 else np.uint8)


def dataset(pixels: np.ndarray, stored: int, photometric: str = "MONOCHROME2", allocated: int | None = None) -> Dataset:
    """A digital radiograph. Frames come first where `pixels` has another axis and is grey."""
    data = Dataset()
    data.file_meta = FileMetaDataset()
    data.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    data.SOPClassUID = "1.2.840.10008.5.1.4.1.1.7" if pixels.ndim == 3 else "1.2.840.10008.5.1.4.1.1.1.1"
    data.file_meta.MediaStorageSOPClassUID = data.SOPClassUID
    data.SOPInstanceUID = data.file_meta.MediaStorageSOPInstanceUID = "1.2.3.4"
    data.StudyInstanceUID, data.SeriesInstanceUID = "1.2.3", "1.2.3.1"
    data.Modality, data.PatientID, data.PatientName = "DX", "P1", "Nobody"
    colour = photometric not in ("MONOCHROME1", "MONOCHROME2", "PALETTE COLOR")
    data.Rows, data.Columns = pixels.shape[:2] if colour or pixels.ndim == 2 else pixels.shape[1:3]
    if pixels.ndim == 3 and not colour:
        data.NumberOfFrames = pixels.shape[0]
    data.SamplesPerPixel = 3 if colour else 1
    if colour:
        data.PlanarConfiguration = 0
    data.PhotometricInterpretation = photometric
    allocated = allocated or pixels.dtype.itemsize * 8
    data.BitsAllocated, data.BitsStored, data.HighBit = allocated, stored, stored - 1
    data.PixelRepresentation = int(np.issubdtype(pixels.dtype, np.signedinteger))
    words = pixels.astype({8: np.uint8, 16: np.uint16, 32: np.uint32}[allocated]) if allocated > 8 else pixels
    data.PixelData = words.tobytes() + b"\0" * (words.nbytes % 2)
    data["PixelData"].VR = "OB" if allocated == 8 else "OW"
    return data


class Maker:
    """Writes cases into a folder."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.cases: list[Case] = []

    def path(self, name: str) -> Path:
        return self.folder / (name.replace(" ", "_").replace(",", "") + ".dcm")

    def add(self, name: str, path: Path, tolerance: int = 0) -> None:
        self.cases.append(Case(name, path, tolerance))

    def native(self, name: str, data: Dataset, syntax: UID = ExplicitVRLittleEndian) -> Path:
        data = copy.deepcopy(data)
        data.file_meta.TransferSyntaxUID = syntax
        if syntax == ExplicitVRBigEndian and data.BitsAllocated == 16:
            data.PixelData = np.frombuffer(data.PixelData, "<u2").astype(">u2").tobytes()
        path = self.path(name)
        pydicom.dcmwrite(path, data, implicit_vr=syntax.is_implicit_VR, little_endian=syntax.is_little_endian, enforce_file_format=True)
        self.add(name, path)
        return path

    def dcmtk(self, name: str, source: Path, *command: str, tolerance: int = 0) -> None:
        path = self.path(name)
        program, *options = command
        subprocess.run([program, *options, source, path], check=True, capture_output=True)
        self.add(name, path, tolerance)

    def pydicom(self, name: str, data: Dataset, syntax: UID, tolerance: int = 0, **options) -> None:
        data = copy.deepcopy(data)
        data.compress(syntax, generate_instance_uid=False, encoding_plugin=ENCODERS[syntax], **options)
        path = self.path(name)
        pydicom.dcmwrite(path, data, enforce_file_format=True)
        self.add(name, path, tolerance)


def make(folder: Path) -> list[Case]:
    maker = Maker(folder)
    kinds = {
        "8 bits": dataset(picture(8), 8),
        "10 bits": dataset(picture(10), 10),
        "12 bits": dataset(picture(12), 12),
        "16 bits": dataset(picture(16), 16),
        "16 bits signed": dataset(picture(16, signed=True), 16),
        "8 bits in words": dataset(picture(8), 8, allocated=16),
        "RGB": dataset(picture(8, channels=3), 8, "RGB"),
    }
    plain = {kind: maker.native(f"native {kind}", data) for kind, data in kinds.items()}
    signed12 = dataset(picture(12, signed=True), 12)
    maker.native("native 12 bits signed", signed12)
    maker.native("implicit 12 bits signed", signed12, ImplicitVRLittleEndian)
    maker.native("big endian 12 bits", kinds["12 bits"], ExplicitVRBigEndian)
    maker.native("big endian 8 bits", kinds["8 bits"], ExplicitVRBigEndian)
    maker.native("deflated 12 bits", kinds["12 bits"], DeflatedExplicitVRLittleEndian)
    frames = dataset(np.stack([picture(12), picture(12)[::-1], picture(12) // 2]), 12)
    maker.native("native three frames", frames)

    for kind, data in kinds.items():
        maker.dcmtk(f"RLE {kind}", plain[kind], "dcmcrle")
        maker.pydicom(f"JPEG-LS {kind}", data, JPEGLSLossless)
        maker.pydicom(f"JPEG 2000 {kind}", data, JPEG2000Lossless)
        if kind != "RGB":
            maker.dcmtk(f"JPEG-LS by DCMTK {kind}", plain[kind], "dcmcjpls", "+el")
            for selection in range(1, 8):
                options = ("dcmcjpeg", "+el", "+sv", str(selection))
                maker.dcmtk(f"JPEG lossless predictor {selection} {kind}", plain[kind], *options)
    maker.pydicom("RLE three frames", frames, RLELossless)
    maker.pydicom("JPEG 2000 12 bits signed", signed12, JPEG2000Lossless)
    maker.pydicom("JPEG-LS near 2 12 bits", kinds["12 bits"], JPEGLSNearLossless, jls_error=2)
    maker.pydicom("JPEG-LS near 2 8 bits", kinds["8 bits"], JPEGLSNearLossless, jls_error=2)
    for layout in "line", "sample", "none":
        maker.dcmtk(f"JPEG-LS RGB by {layout}", plain["RGB"], "dcmcjpls", "+el", f"+i{layout[0]}")
        maker.dcmtk(f"JPEG-LS near 3 RGB by {layout}", plain["RGB"], "dcmcjpls", "+en", "+md", "3", f"+i{layout[0]}")
    maker.dcmtk("JPEG lossless point transform 2", plain["12 bits"], "dcmcjpeg", "+el", "+sv", "6", "+pt", "2")
    maker.dcmtk("JPEG lossless RGB", plain["RGB"], "dcmcjpeg", "+el", "+sv", "4")
    for bits, process in (8, "+eb"), (8, "+ee"), (12, "+ee"):
        source = maker.native(f"smooth {bits} bits {process}", dataset(smooth(bits), bits))
        maker.dcmtk(f"JPEG {process} {bits} bits", source, "dcmcjpeg", process, "+q", "90", tolerance=1)
    for options, name in (("+cy", "+s2"), "YBR 422"), (("+cy", "+s4"), "YBR 444"), (("+cr",), "RGB"):
        maker.dcmtk(f"JPEG {name}", plain["RGB"], "dcmcjpeg", "+eb", *options, tolerance=1)
    for bits in 8, 12, 16:
        maker.pydicom(f"JPEG 2000 lossy {bits} bits", dataset(smooth(bits), bits), JPEG2000, tolerance=2 if bits == 16 else 1, j2k_cr=[4])
    return maker.cases
