#!/usr/bin/env bash
# zune-jpeg 0.5.15 (the decoder inside image 0.25) garbles valid colour JPEGs without an error.
#
# - Progressive, 4:4:0 (as a camera's 4:2:2 file becomes when it is turned by 90 degrees without loss and stored
#   as progressive): wrong where grey is asked for, right where RGB is.
# - Sequential, 4:2:0, a scan for each component: wrong where RGB is asked for.
#
# The input is made here, by jpeg-encoder 0.6.1, from a picture that is known, so that no other decoder is trusted.
# Output seen, largest error in grey levels of 255 (up to 5 is what JPEG itself loses):
#   control: sequential 4:4:4, as RGB   ok
#   control: progressive 4:4:0, as RGB  ok
#   progressive 4:4:0, as grey          WRONG
#   a scan for each, 4:2:0, as RGB      WRONG
# Exits with 1 if this changes. 0.5.16-rc3 reads all of them rightly.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir src
cat > Cargo.toml <<'TOML'
[package]
name = "finding"
version = "0.1.0"
edition = "2021"

[dependencies]
zune-jpeg = "=0.5.15"
jpeg-encoder = "=0.6.1"

[workspace]
TOML
cat > src/main.rs <<'RUST'
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use zune_jpeg::{
    zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions},
    JpegDecoder,
};

const WIDTH: u16 = 128;
const HEIGHT: u16 = 96;

/// A soft grey picture.
fn picture() -> Vec<u8> {
    let pixels = (0..i32::from(HEIGHT)).flat_map(|y| (0..i32::from(WIDTH)).map(move |x| (x, y)));
    pixels
        .map(|(x, y)| (128.0 + 60.0 * (f64::from(x) / 9.0).sin() + 50.0 * (f64::from(y) / 13.0).cos()) as u8)
        .collect()
}

/// The largest error of a pixel.
fn error(sampling: SamplingFactor, progressive: bool, apart: bool, space: ColorSpace) -> u8 {
    let greys = picture();
    let colours: Vec<u8> = greys.iter().flat_map(|&grey| [grey; 3]).collect();
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 98);
    encoder.set_sampling_factor(sampling);
    encoder.set_progressive(progressive);
    encoder.set_optimized_huffman_tables(apart);
    encoder.encode(&colours, WIDTH, HEIGHT, ColorType::Rgb).expect("written");
    let options = DecoderOptions::default().jpeg_set_out_colorspace(space);
    let samples = JpegDecoder::new_with_options(ZCursor::new(bytes), options).decode().expect("no error");
    let pixels = samples.chunks_exact(space.num_components());
    greys.iter().zip(pixels).map(|(&grey, pixel)| grey.abs_diff(pixel[0])).max().expect("pixels")
}

fn main() {
    let mut changed = false;
    for (what, error, seen_right) in [
        ("control: sequential 4:4:4, as RGB", error(SamplingFactor::F_1_1, false, false, ColorSpace::RGB), true),
        ("control: progressive 4:4:0, as RGB", error(SamplingFactor::F_1_2, true, false, ColorSpace::RGB), true),
        ("progressive 4:4:0, as grey", error(SamplingFactor::F_1_2, true, false, ColorSpace::Luma), false),
        ("a scan for each, 4:2:0, as RGB", error(SamplingFactor::F_2_2, false, true, ColorSpace::RGB), false),
    ] {
        let right = error <= 5;
        println!("{what:36}{} ({error})", if right { "ok" } else { "WRONG" });
        changed |= right != seen_right;
    }
    std::process::exit(i32::from(changed));
}
RUST
cargo run --quiet --release
