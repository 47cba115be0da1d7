"""Compares the reader with other programs on files that they make or bring along, and prints the tables of docs/dicom.md.

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
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pydicom
from pydicom.encaps import get_frame

import cases
import decoders
import display

# Files of packages by name and hash: nothing of them is in the repository.
SHIPPED = Path(__file__).with_name("shipped.json")

# Where others are not gone by: functional groups of each frame, which pydicom leaves to its caller (PS3.3, C.7.6.16.2.9);
# palettes in big-endian words, which pydicom reads as little-endian ones (PS3.5, 7.3); and 32 bits in big-endian words,
# on which programs differ. The two last have the same numbers here as the same objects in little endian.
OTHERS_WRONG = (
    "eCT_Supplemental.dcm",
    "OBXXXX1A_expb.dcm",
    "OBXXXX1A_expb_2frame.dcm",
    "rtdose_expb.dcm",
    "rtdose_expb_1frame.dcm",
)


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


@dataclass
class Outcome:
    case: cases.Case
    syntax: str
    refusal: str | None
    # By the name of a decoder: how far its numbers are, or why there are none.
    results: dict[str, float | str]

    @property
    def agree(self) -> list[str]:
        return [who for who, result in self.results.items() if not isinstance(result, str) and result <= self.case.tolerance]

    @property
    def disagree(self) -> dict[str, float]:
        return {who: result for who, result in self.results.items() if not isinstance(result, str) and who not in self.agree}

    @property
    def is_sound(self) -> bool:
        return (
            self.refusal is not None
            or len(self.agree) >= 2
            or (len(self.agree) == 1 and not self.disagree)
            or self.case.path.name in OTHERS_WRONG
        )


def compare(case: cases.Case, answer: dict, number: int, folder: Path) -> Outcome:
    data = pydicom.dcmread(case.path, force=True)
    syntax = getattr(data, "file_meta", {}).get("TransferSyntaxUID", "")
    name = getattr(syntax, "name", "none") or "none"
    if "refusal" in answer:
        return Outcome(case, name, answer["message"], {})
    own = ours(answer, number, folder)
    results = {who: difference(own, pixels, data) for who, pixels in decoders.decoders(case.path, folder)}
    return Outcome(case, name, None, results)


def print_tables(outcomes: list[Outcome]) -> None:
    print("| transfer syntax | read | refused | the same numbers in so many |\n| --- | --- | --- | --- |")
    for syntax in sorted({outcome.syntax for outcome in outcomes}):
        group = [outcome for outcome in outcomes if outcome.syntax == syntax]
        read = [outcome for outcome in group if outcome.refusal is None]
        counts = Counter(who for outcome in read for who in outcome.agree)
        agree = ", ".join(f"{who} {count}" for who, count in sorted(counts.items()))
        print(f"| {syntax} | {len(read)} | {len(group) - len(read)} | {agree} |")
    print("\n| file | other numbers in (furthest), or no answer of |\n| --- | --- |")
    for outcome in outcomes:
        crashed = [who for who, result in outcome.results.items() if result == "ends the process"]
        others = [f"{who} ({result:g})" for who, result in outcome.disagree.items()] + [f"{who} (ends)" for who in crashed]
        if others:
            print(f"| {outcome.case.name} | {', '.join(others)} |")
    print("\n| file | refused |\n| --- | --- |")
    for outcome in outcomes:
        if outcome.refusal is not None:
            print(f"| {outcome.case.name} | {outcome.refusal} |")


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
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        made = cases.make(folder)
        if options:
            streams(Path(options[1]), made)
        every = made + shipped()
        answers = dump(program, folder, [case.path for case in every])
        outcomes = [compare(case, answer, number, folder) for number, (case, answer) in enumerate(zip(every, answers))]
        shown = display.compare(lambda paths: dump(program, folder, paths), folder)
    print_tables(outcomes)
    print("\n| shown | furthest from DCMTK's picture, of 65,535 |\n| --- | --- |")
    for name, furthest in shown:
        print(f"| {name} | {furthest} |")
    failed = [outcome.case.name for outcome in outcomes if not outcome.is_sound]
    failed += [name for name, furthest in shown if furthest > display.TOLERANCE]
    if failed:
        raise SystemExit(f"{len(failed)} of {len(every)} without witnesses: {', '.join(failed)}")


if __name__ == "__main__":
    main()
