#!/usr/bin/env bash
# safetensors 0.8.0 writes the entries of its metadata in an order that changes from one save to the next, within one program: equal
# networks with equal metadata are different files, so that the hash of a file does not tell whether it is the same network. Tensors are
# sorted; with one entry of metadata, or none, all saves are equal.
#
# A tensor with six entries, with one and with none, each saved 64 times. Output seen (Python 3.11; the first number differs from run to run):
#   6 entries: 59 different files in 64 saves
#   1 entry:   1 file
#   none:      1 file
# Exits with 1 if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv python
python/bin/pip install --quiet safetensors==0.8.0 numpy==2.4.6
cat > ask.py <<'PY'
import sys

import numpy as np
from safetensors.numpy import save

tensors = {'weight': np.arange(6, dtype=np.float32)}


def files(metadata):
    return len({save(tensors, metadata=metadata) for _ in range(64)})


several = files({name: 'as ever' for name in ('classes', 'seed', 'split', 'side', 'date', 'form')})
one, none = files({'card': 'as ever'}), files(None)
print(f'6 entries: {several} different files in 64 saves')
print(f'1 entry:   {one} file')
print(f'none:      {none} file')
sys.exit(not (several > 1 and one == none == 1))
PY
python/bin/python ask.py
