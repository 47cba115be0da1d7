#!/usr/bin/env bash
# rqrr 0.11.0 reads one of four QR codes that stand two by two.
#
# Expected: a picture of four clean codes, each with the quiet zone of four squares that the standard asks for, gives four
# texts: two codes side by side give two. Seen: of two by two codes three grids are found and one is decoded, of three by
# three seven and one, at two, four and six pixels a square and with a quiet zone three times as wide; the other grids
# fail. It seems to take corners of neighboring codes for those of one. Once what was read
# is painted white and the rest searched again, all are read, in two rounds for four codes and four for nine.
#
# Output seen:
#   1 by 1: 1 of 1; all after 1 rounds: 1
#   2 by 1: 2 of 2; all after 1 rounds: 2
#   2 by 2: 1 of 4; all after 2 rounds: 4
#   3 by 3: 1 of 9; all after 4 rounds: 9
#
# For users: a screenshot of a room's video grid, or a sheet of codes, gave one code of many. The scanner erases and
# searches again (app/scanner/src/scan.rs).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir src
cat > Cargo.toml <<'TOML'
[package]
name = "codes-in-a-square"
version = "0.1.0"
edition = "2021"

[dependencies]
qrcodegen = "=1.8.0"
rqrr = { version = "=0.11.0", default-features = false }
TOML
cat > src/main.rs <<'RUST'
use qrcodegen::{QrCode, QrCodeEcc};

const SQUARE: usize = 4;
const QUIET: i32 = 4;

fn main() {
    for (columns, rows) in [(1, 1), (2, 1), (2, 2), (3, 3)] {
        let n = columns * rows;
        let text = |n: usize| format!("RESULT-OF-LEARNER-{n:02}");
        let code = |n| QrCode::encode_text(&text(n), QrCodeEcc::Quartile).unwrap();
        let codes: Vec<QrCode> = (0..n).map(code).collect();
        let side = (codes[0].size() + 2 * QUIET) as usize * SQUARE;
        let (width, height) = (side * columns, side * rows);
        let mut pixels = vec![255_u8; width * height];
        for (place, pixel) in pixels.iter_mut().enumerate() {
            let (x, y) = (place % width, place / width);
            let at = |pixel: usize| (pixel % side / SQUARE) as i32 - QUIET;
            if codes[y / side * columns + x / side].get_module(at(x), at(y)) {
                *pixel = 0;
            }
        }
        let (mut first, mut all, mut rounds) = (None, 0, 0);
        loop {
            let mut picture =
                rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| pixels[y * width + x]);
            let mut read = 0;
            for grid in picture.detect_grids() {
                if grid.decode().is_err() {
                    continue;
                }
                read += 1;
                let xs = grid.bounds.map(|corner| corner.x);
                let ys = grid.bounds.map(|corner| corner.y);
                for y in *ys.iter().min().unwrap()..=*ys.iter().max().unwrap() {
                    for x in *xs.iter().min().unwrap()..=*xs.iter().max().unwrap() {
                        if (0..width as i32).contains(&x) && (0..height as i32).contains(&y) {
                            pixels[y as usize * width + x as usize] = 255;
                        }
                    }
                }
            }
            first.get_or_insert(read);
            all += read;
            if read == 0 {
                break;
            }
            rounds += 1;
        }
        println!("{columns} by {rows}: {} of {n}; all after {rounds} rounds: {all}", first.unwrap());
    }
}
RUST
cargo run --quiet --release | tee seen
diff seen - <<'SEEN'
1 by 1: 1 of 1; all after 1 rounds: 1
2 by 1: 2 of 2; all after 1 rounds: 2
2 by 2: 1 of 4; all after 2 rounds: 4
3 by 3: 1 of 9; all after 4 rounds: 9
SEEN
