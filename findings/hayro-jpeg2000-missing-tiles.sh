#!/usr/bin/env bash
# hayro-jpeg2000 0.5.0, a decoder of JPEG 2000 in Rust, gives a picture for a file that was cut off between two of its
# tiles: the tiles that are missing are gray, of the middle of the range, and there is no error. With `strict`, which its
# documentation recommends to leave off, such a file is refused for its missing end marker; one that was given the marker
# and still lacks tiles has the gray part there too.
#
# OpenJPEG, asked through Pillow 13.0.0, refuses the first file and gives a black part for the second. Whoever needs to
# know that a radiograph is whole has to follow the tile parts (ITU-T T.800, A.4.2) and count the tiles.
#
# A gray picture of 64 x 32 pixels, all of the value 200, in two tiles side by side. Output seen (rustc 1.95.0, Python
# 3.11), the first and the last pixel:
#   whole                     Pillow 200 200, hayro 200 200, hayro strict 200 200
#   cut before the last tile  Pillow error,   hayro 200 128, hayro strict error
#   the same, end marker put  Pillow 200 0,   hayro 200 128, hayro strict 200 128
# Exits with 1 if hayro reports the missing tile, in its default settings for the second or with `strict` for the third.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv python
python/bin/pip install --quiet pillow==13.0.0
cat > make.py <<'PY'
import io
import struct

from PIL import Image

END = b'\xff\xd9'

whole = io.BytesIO()
Image.new('L', (64, 32), 200).save(whole, 'JPEG2000', no_jp2=True, tile_size=(32, 32))
whole = whole.getvalue()
first = whole.index(b'\xff\x90')  # a tile part begins, and says its length
(length,) = struct.unpack_from('>I', whole, first + 6)
cut = whole[:first + length]
assert whole[len(cut):].startswith(b'\xff\x90') and whole.endswith(END)

for name, stream in {'whole': whole, 'cut': cut, 'ended': cut + END}.items():
    with open(f'{name}.j2k', 'wb') as file:
        file.write(stream)
    try:
        picture = Image.open(io.BytesIO(stream))
        print(name, 'Pillow:', picture.getpixel((0, 0)), picture.getpixel((63, 31)))
    except OSError:
        print(name, 'Pillow: error')
PY

mkdir src
cat > Cargo.toml <<'TOML'
[package]
name = "finding"
version = "0.1.0"
edition = "2024"

[dependencies]
hayro-jpeg2000 = { version = "=0.5.0", default-features = false, features = ["std"] }

[workspace]
TOML
cat > src/main.rs <<'RUST'
use hayro_jpeg2000::{DecodeSettings, DecoderContext, Image};

/// The first and the last sample.
fn ends(stream: &[u8], strict: bool) -> Option<(f32, f32)> {
    let settings = DecodeSettings { strict, ..DecodeSettings::default() };
    let image = Image::new(stream, &settings).ok()?;
    let mut context = DecoderContext::default();
    let decoded = image.decode(&mut context).ok()?;
    let samples = decoded.components().first()?.samples();
    Some((*samples.first()?, *samples.last()?))
}

fn main() {
    for name in ["whole", "cut", "ended"] {
        let stream = std::fs::read(format!("{name}.j2k")).expect("a file");
        for (settings, strict) in [("hayro", false), ("hayro strict", true)] {
            match ends(&stream, strict) {
                Some((first, last)) => println!("{name} {settings}: {first} {last}"),
                None => println!("{name} {settings}: error"),
            }
        }
    }
}
RUST

{ python/bin/python make.py; cargo run --quiet --release; } | tee output
for control in 'whole Pillow: 200 200' 'whole hayro: 200 200' 'whole hayro strict: 200 200' 'cut Pillow: error' 'cut hayro strict: error'; do
  grep -qx "$control" output
done
if ! { grep -qx 'cut hayro: 200 128' output && grep -qx 'ended hayro strict: 200 128' output; }; then
  echo "hayro-jpeg2000 reports missing tiles now"
  exit 1
fi
