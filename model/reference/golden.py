"""Writes golden files, or compares them with the numbers made anew; for metrics.py and network.py.

JSON that a diff can show: what fits on a line stands on one, and long rows of numbers are broken like text.
"""

import argparse
import json
import math
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
WIDTH = 110


def arguments(description, *operands):
    parser = argparse.ArgumentParser(description=description.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="compare with the files and change nothing")
    for operand in operands:
        parser.add_argument(operand)
    return parser.parse_args()


def keep(files, digits, tolerance, check):
    """Writes each value of `files` as NAME.json with so many digits; or compares, and exits with 1 if one is off."""
    off = False
    for name, value in files.items():
        path = FOLDER / f"{name}.json"
        text = layout(plain(value, digits)) + "\n"
        if not check:
            path.write_text(text)
            print(f"{path.name}: {len(text)} bytes written")
            continue
        kept = json.loads(path.read_text())
        far = sorted(compare(kept, json.loads(text), name), reverse=True)
        wrong = [line for distance, line in far if not distance <= tolerance]
        worst = max((distance for distance, _ in far), default=0.0)
        print(f"{path.name}: {len(far)} values, at most {worst:.1e} off, {tolerance:.0e} allowed")
        for line in wrong[:10]:
            print(f"    {line}")
        if len(wrong) > 10:
            print(f"    and {len(wrong) - 10} more")
        off = off or bool(wrong)
    if off:
        sys.exit("Golden files differ from what their script makes now.")


def plain(value, digits):
    """Lists, numbers and names; what has a `tolist`, as NumPy's arrays and numbers have, becomes those."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, dict):
        return {key: plain(part, digits) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(part, digits) for part in value]
    return float(f"{value:.{digits}g}") if isinstance(value, float) else value


def layout(value, indent=0, before=0):
    """JSON whose first line starts in column `before`."""
    line = json.dumps(value, allow_nan=False)
    if len(line) + before < WIDTH or not isinstance(value, (dict, list)) or not value:
        return line
    inner, outer = " " * (indent + 2), " " * indent
    if isinstance(value, dict):
        keys = {key: f"{inner}{json.dumps(key)}: " for key in value}
        lines = [keys[key] + layout(part, indent + 2, len(keys[key])) for key, part in value.items()]
        return "{\n" + ",\n".join(lines) + f"\n{outer}}}"
    if any(isinstance(part, (dict, list)) for part in value):
        lines = [inner + layout(part, indent + 2, indent + 2) for part in value]
        return "[\n" + ",\n".join(lines) + f"\n{outer}]"
    rows = [inner]
    for word in (json.dumps(part) for part in value):
        if len(rows[-1]) + len(word) > WIDTH:
            rows.append(inner)
        rows[-1] += f"{word}, "
    return "[\n" + "\n".join(row.rstrip() for row in rows)[:-1] + f"\n{outer}]"


def compare(kept, made, where):
    """For each value its distance and a line that tells of it.

    The distance of two numbers is a share of the kept one, or of the root mean square of its row where that is more:
    what is nearly 0 among larger numbers is rounded as they are. Anything else is the same, or infinitely far.
    """
    if isinstance(kept, dict) and isinstance(made, dict):
        for key in kept.keys() & made.keys():
            yield from compare(kept[key], made[key], f"{where}.{key}")
        for key in kept.keys() ^ made.keys():
            yield math.inf, f"{where}.{key}: {'only in the file' if key in kept else 'not in the file'}"
        return
    if isinstance(kept, list) and isinstance(made, list) and len(kept) == len(made):
        size = root_mean_square(kept)
        for at, (old, new) in enumerate(zip(kept, made)):
            if is_number(old) and is_number(new):
                yield number(old, new, f"{where}[{at}]", max(size, abs(old)))
            else:
                yield from compare(old, new, f"{where}[{at}]")
        return
    if is_number(kept) and is_number(made):
        yield number(kept, made, where, abs(kept))
        return
    same = type(kept) is type(made) and kept == made
    yield 0.0 if same else math.inf, f"{where}: {brief(kept)} in the file, {brief(made)} made now"


def number(kept, made, where, size):
    if isinstance(kept, int) and isinstance(made, int):
        # Counts and indices are exact.
        distance = 0.0 if kept == made else math.inf
    else:
        distance = abs(kept - made) / size if size else (0.0 if made == 0 else math.inf)
    return distance, f"{where}: {kept} in the file, {made} made now"


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def root_mean_square(values):
    numbers = [value for value in values if is_number(value)]
    return math.sqrt(sum(value**2 for value in numbers) / len(numbers)) if numbers else 0.0


def brief(value):
    text = json.dumps(value)
    return text if len(text) < 60 else f"{text[:56]} ..."
