#!/usr/bin/env bash
# safetensors 0.8.0 (Python) saves a numpy array that is not laid out row by row, such as a transposed weight, in the order of its
# memory under the shape of the view: it comes back with other numbers in other places, and nobody is told. A dense layer
# is transposed between PyTorch and most other libraries, and a square one does not even change its shape. `np.ascontiguousarray`
# before saving helps.
#
# [[0, 1, 2], [3, 4, 5]] transposed, saved and loaded. Output seen (Python 3.11, numpy 2.4.6):
#   given [[0, 3], [1, 4], [2, 5]]
#   back  [[0, 1], [2, 3], [4, 5]]
#   made contiguous first [[0, 3], [1, 4], [2, 5]]
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
from safetensors.numpy import load, save

given = np.arange(6, dtype=np.float32).reshape(2, 3).T
back = load(save({'weight': given}))['weight']
contiguous = load(save({'weight': np.ascontiguousarray(given)}))['weight']
for name, array in (('given', given), ('back ', back), ('made contiguous first', contiguous)):
    print(name, array.astype(int).tolist())
as_seen = back.tolist() == [[0, 1], [2, 3], [4, 5]] and contiguous.tolist() == given.tolist()
sys.exit(not as_seen)
PY
python/bin/python ask.py
