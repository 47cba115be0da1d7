"""Compares the reader with other programs on files that they make or bring along, and prints the table of docs/dicom.md.

    cargo build --release --package dicom --example dump
    python -m venv /tmp/witnesses && /tmp/witnesses/bin/pip install -r requirements.txt
    /tmp/witnesses/bin/python witnesses.py ../../target/release/examples/dump [--streams ../tests/streams.json]

Ends with an error unless two programs, or the only one that reads a file, have the same numbers: equal for lossless
files, within 1 for lossy ones (2 at 16 bits, where floating-point wavelets differ by their rounding).
"""

import base64
import hashlib
import json
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import numpy as np
import pydicom
from pydicom.encaps import get_frame

import cases
import decoders

# Files of packages by name and hash: nothing of them is in the repository.
SHIPPED = Path(__file__).with_name("shipped.json")

# Where the standard decides against others: functional groups of each frame, which pydicom leaves to its caller (PS3.3,
# C.7.6.16.2.9), and palettes in big-endian words, which pydicom reads as little-endian ones (PS3.5, 7.3).
OTHERS_WRONG = ("eCT_Supplemental.dcm", "OBXXXX1A_expb.dcm", "OBXXXX1A_expb_2frame.dcm")


def shipped() -> list[cases.Case]:
    """Files that pydicom and pydicom-data bring along, as they were when the table was made."""
    import data_store

    folders = [Path(pydicom.__file__).parent / "data/test_files", Path(data_store.__file__).parent / "data"]
    found = []
    for entry in json.loads(SHIPPED.read_text()):
        path = next(folder / entry["file"] for folder in folders if (folder / entry["file"]).exists())
        if hashlib.sha256(path.read_bytes()).hexdigest() != entry["sha256"]:
            raise SystemExit(f"{path} is another file than when the table was made")
        found.append(cases.Case(path.name, path, entry["tolerance"]))
    return found


def dump(program: str, folder: Path, paths: list[Path]) -> list[dict]:
    lines = subprocess.run([program, folder, *paths], check=True, capture_output=True, text=True)
    return [json.loads(line) for line in lines.stdout.splitlines()]


def ours(answer: dict, number: int, folder: Path) -> np.ndarray:
    frames = range(len(answer["frames"]))
    return np.stack([np.fromfile(folder / f"{number}-{frame}.values", np.float32) for frame in frames])


def difference(own: np.ndarray, other: np.ndarray | str, data: pydicom.Dataset) -> float | str:
    """The largest, in stored numbers; or why there is none."""
    if isinstance(other, str):
        return other
    try:
        other = decoders.grey_values(other, data)
    except Exception as error:  # noqa: BLE001 - see `decoders.attempt`
        return type(error).__name__
    if own.shape != other.shape:
        return "another shape"
    slope = abs(float(data.get("RescaleSlope", 1) or 1))
    return round(float(np.abs(own - other).max()) / slope, 3)


def compare(case: cases.Case, answer: dict, number: int, folder: Path) -> tuple[str, bool]:
    """A line of the table, and whether enough others agree."""
    data = pydicom.dcmread(case.path, force=True)
    syntax = getattr(data, "file_meta", {}).get("TransferSyntaxUID", "")
    name = getattr(syntax, "name", "none") or "none"
    if "refusal" in answer:
        others = [who for who, pixels in decoders.decoders(case.path, folder) if not isinstance(pixels, str)]
        return f"| {case.name} | {name} | refused: {answer['message']}{'; read by ' if others else ''}{', '.join(others)} |", True
    own = ours(answer, number, folder)
    results = {who: difference(own, pixels, data) for who, pixels in decoders.decoders(case.path, folder)}
    agree = [who for who, result in results.items() if not isinstance(result, str) and result <= case.tolerance]
    others = ", ".join(f"{who}: {result}" for who, result in results.items() if who not in agree)
    line = f"| {case.name} | {name} | same as {', '.join(agree) or 'none'}{'; ' + others if others else ''} |"
    disagree = [who for who, result in results.items() if not isinstance(result, str) and who not in agree]
    return line, len(agree) >= 2 or (len(agree) == 1 and not disagree) or case.path.name in OTHERS_WRONG


def is_kept(name: str) -> bool:
    """One stream of each kind is enough where no other program runs."""
    if "RLE" in name or "10 bits" in name or "frames" in name:
        return False
    return "predictor" not in name or name.endswith(" 12 bits") or "predictor 6" in name


def streams(path: Path, made: list[cases.Case]) -> None:
    """The streams of the formulas' pictures, for a test without a network or other programs."""
    entries = []
    for case in made:
        data = pydicom.dcmread(case.path)
        if not data.file_meta.TransferSyntaxUID.is_compressed or not is_kept(case.name):
            continue
        lossy = case.tolerance > 0 or "near" in case.name or "point" in case.name
        entry = {
            "name": case.name,
            "syntax": data.file_meta.TransferSyntaxUID,
            "photometric": data.PhotometricInterpretation,
            "bits": [data.BitsAllocated, data.BitsStored, data.PixelRepresentation],
            "stream": base64.b64encode(get_frame(data.PixelData, 0, number_of_frames=1)).decode(),
        }
        if lossy:
            results = decoders.decoders(case.path, path.parent)
            pixels = next(pixels for _, pixels in results if not isinstance(pixels, str))
            values = decoders.grey_values(pixels, data).astype("<u2")
            entry["tolerance"] = case.tolerance
            entry["values"] = base64.b64encode(values.tobytes()).decode()
        entries.append(entry)
    path.write_text(json.dumps(entries, indent=1) + "\n")


def main() -> None:
    warnings.simplefilter("ignore")
    program, *options = sys.argv[1:]
    failed = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        made = cases.make(folder)
        if options:
            streams(Path(options[1]), made)
        every = made + shipped()
        print("| file | transfer syntax | reader |\n| --- | --- | --- |")
        for number, (case, answer) in enumerate(zip(every, dump(program, folder, [case.path for case in every]))):
            line, sound = compare(case, answer, number, folder)
            print(line, flush=True)
            if not sound:
                failed.append(case.name)
    if failed:
        raise SystemExit(f"{len(failed)} of {len(every)} without two witnesses: {', '.join(failed)}")


if __name__ == "__main__":
    main()
