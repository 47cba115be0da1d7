#!/usr/bin/env bash
# tiff 0.11.3 (the reader of TIFF files inside image 0.25) gives wrong pixels, without an error, for a file whose pixels have a
# sample beside the colors (ExtraSamples: 0, "unspecified") and are stored as differences to their left neighbors (Predictor: 2),
# as programs that pack with LZW or Deflate do. It takes the extra sample out of a row first, and then adds up the differences as
# if it were still there.
#
# A picture of 8 x 4 pixels, each 10, 20, 30 and 99 beside them, uncompressed and packed with Deflate, with differences and
# without. Output seen (rustc 1.95.0), the first and the second pixel:
#   uncompressed                  [10, 20, 30] [10, 20, 30]
#   Deflate                       [10, 20, 30] [10, 20, 30]
#   Deflate, differences          [10, 20, 30] [0, 10, 20]
# Exits with 1 if the last is right now.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir src
cat > Cargo.toml <<'TOML'
[package]
name = "finding"
version = "0.1.0"
edition = "2024"

[dependencies]
miniz_oxide = "=0.9.1"
tiff = { version = "=0.11.3", default-features = false, features = ["deflate"] }

[workspace]
TOML
cat > src/main.rs <<'RUST'
use std::io::Cursor;

use tiff::decoder::{Decoder, DecodingResult};

const WIDTH: usize = 8;
const HEIGHT: usize = 4;
const PIXEL: [u8; 4] = [10, 20, 30, 99];

/// A TIFF of one strip, with a predictor if one is given.
fn file(strip: &[u8], compression: u32, predictor: u32) -> Vec<u8> {
    let mut fields = vec![
        (256, WIDTH as u32),
        (257, HEIGHT as u32),
        (258, 8),
        (259, compression),
        (262, 2),
        (273, 8),
        (277, 4),
        (278, HEIGHT as u32),
        (279, strip.len() as u32),
        (317, predictor),
        (338, 0),
    ];
    fields.sort();
    let mut bytes = b"II*\0".to_vec();
    bytes.extend((8 + strip.len() as u32).to_le_bytes());
    bytes.extend(strip);
    bytes.extend((fields.len() as u16).to_le_bytes());
    for (tag, value) in fields {
        bytes.extend((tag as u16).to_le_bytes());
        let kind: u16 = if [273, 279].contains(&tag) { 4 } else { 3 };
        bytes.extend(kind.to_le_bytes());
        bytes.extend(1_u32.to_le_bytes());
        bytes.extend(value.to_le_bytes());
    }
    bytes.extend([0; 4]);
    bytes
}

/// The first and the second pixel.
fn read(file: Vec<u8>) -> Vec<Vec<u8>> {
    let mut decoder = Decoder::new(Cursor::new(file)).expect("a directory");
    let DecodingResult::U8(samples) = decoder.read_image().expect("no error") else {
        panic!("8 bits");
    };
    samples.chunks(samples.len() / (WIDTH * HEIGHT)).take(2).map(|pixel| pixel[..3].to_vec()).collect()
}

fn main() {
    let plain = PIXEL.repeat(WIDTH * HEIGHT);
    let row: Vec<u8> = PIXEL.into_iter().chain([0; 4 * (WIDTH - 1)]).collect();
    let differences = row.repeat(HEIGHT);
    let packed = |bytes: &[u8]| miniz_oxide::deflate::compress_to_vec_zlib(bytes, 6);
    let mut right = Vec::new();
    for (what, file) in [
        ("uncompressed", file(&plain, 1, 1)),
        ("Deflate", file(&packed(&plain), 8, 1)),
        ("Deflate, differences", file(&packed(&differences), 8, 2)),
    ] {
        let pixels = read(file);
        println!("{what:30}{:?} {:?}", pixels[0], pixels[1]);
        right.push(pixels.iter().all(|pixel| pixel[..] == PIXEL[..3]));
    }
    assert!(right[0] && right[1], "a control is wrong");
    std::process::exit(i32::from(right[2]));
}
RUST
cargo run --quiet --release
