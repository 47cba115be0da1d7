//! Small pictures in many formats, made on the spot.

use imaging::film::Film;
use jpeg_encoder::{ColorType as Jpeg, Encoder};
use png::{BitDepth, ColorType};

/// A PNG of raw rows.
pub fn png(width: u32, height: u32, color: ColorType, depth: BitDepth, rows: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(color);
    encoder.set_depth(depth);
    if color == ColorType::Indexed {
        encoder.set_palette(vec![0, 0, 0, 255, 255, 255, 255, 0, 0, 90, 90, 90]);
    }
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(rows).unwrap();
    writer.finish().unwrap();
    bytes
}

/// Puts a chunk behind the header of a PNG.
pub fn with_chunk(png: &[u8], kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    const HEADER_END: usize = 33;
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    let checked = [&kind[..], content].concat();
    let sum = checksum(&checked).to_be_bytes();
    [
        &png[..HEADER_END],
        &length,
        &checked,
        &sum,
        &png[HEADER_END..],
    ]
    .concat()
}

/// CRC-32 as PNG has it.
fn checksum(bytes: &[u8]) -> u32 {
    let step = |sum: u32, _| match sum & 1 {
        1 => (sum >> 1) ^ 0xEDB8_8320,
        _ => sum >> 1,
    };
    let add = |sum: u32, &byte: &u8| (0..8).fold(sum ^ u32::from(byte), step);
    !bytes.iter().fold(u32::MAX, add)
}

/// An 8-bit grey PNG with `grey` at each column and row.
pub fn grey_png(width: u32, height: u32, grey: impl Fn(u32, u32) -> u8) -> Vec<u8> {
    let rows: Vec<u8> = (0..height)
        .flat_map(|y| (0..width).map(move |x| (x, y)))
        .map(|(x, y)| grey(x, y))
        .collect();
    png(width, height, ColorType::Grayscale, BitDepth::Eight, &rows)
}

/// A PNG unlike those of other seeds.
pub fn some_png(seed: u32) -> Vec<u8> {
    grey_png(20, 24, |x, y| {
        (x * 7 + y * 5 + seed * 31) as u8 ^ (seed >> 3) as u8
    })
}

/// A JPEG of interleaved samples, all of them `pixel`.
pub fn flat_jpeg(side: u16, color: Jpeg, pixel: &[u8]) -> Vec<u8> {
    jpeg(
        side,
        side,
        color,
        &pixel.repeat(usize::from(side) * usize::from(side)),
        false,
    )
}

pub fn jpeg(width: u16, height: u16, color: Jpeg, samples: &[u8], progressive: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 100);
    encoder.set_progressive(progressive);
    encoder.encode(samples, width, height, color).unwrap();
    bytes
}

/// Puts a segment behind the start mark of a JPEG.
pub fn with_segment(jpeg: &[u8], marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, marker], &length, content, &jpeg[2..]].concat()
}

/// Takes the segments of this marker out of a JPEG.
pub fn without_segment(jpeg: &[u8], marker: u8) -> Vec<u8> {
    let mut kept = jpeg[..2].to_vec();
    let mut at = 2;
    while jpeg[at + 1] != 0xDA {
        let length = 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
        if jpeg[at + 1] != marker {
            kept.extend_from_slice(&jpeg[at..at + length]);
        }
        at += length;
    }
    kept.extend_from_slice(&jpeg[at..]);
    kept
}

/// A film of soft waves, fine enough to tell a wrong crop or scale.
pub fn waves(width: u32, height: u32) -> Film {
    let pixels = (0..height)
        .flat_map(|y| (0..width).map(move |x| (f64::from(x), f64::from(y))))
        .map(|(x, y)| {
            32_768.0 + 16_000.0 * (x / 9.0).sin() + 16_000.0 * (y / 13.0 + x / 40.0).cos()
        })
        .map(|grey| grey as u16)
        .collect();
    Film::new(width, height, pixels).unwrap()
}

/// The largest difference between two inputs of equal length.
pub fn difference(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    let differences = a.iter().zip(b).map(|(a, b)| (a - b).abs());
    differences.fold(0.0, f32::max)
}
