//! Changed PNG, JPEG, TIFF, BMP and WebP files: no panic, no hang, bounded memory.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

#[allow(dead_code, reason = "each test program uses its share")]
mod written;

use fuzzing::Target;
use imaging::{
    decode,
    reader::{FormatReader, OwnReader},
};
use jpeg_encoder::{ColorType as Channels, Encoder, SamplingFactor};
use png::{BitDepth, ColorType};
use written::{Page, Tiff, bmp, packed_bits, webp};

/// The largest film that is read has 100,000,000 pixels; a progressive decoder holds the coefficients of four channels of it.
const MOST_MEMORY: usize = 3 << 30;

/// No multiple of any block.
const SIDES: (u16, u16) = (45, 37);

fn fuzz(name: &str, seeds: &[Vec<u8>], finish: impl Fn(&[u8]) -> Vec<u8>) {
    assert!(seeds.iter().all(|seed| is_read(&finish(seed))), "{name}");
    let target = Target {
        name,
        seeds,
        most_memory: MOST_MEMORY,
    };
    target.try_all(|bytes, _| is_read(&finish(bytes)));
}

fn is_read(file: &[u8]) -> bool {
    let film = match decode::needs_reader(file) {
        true => OwnReader.picture(file).map(|decoded| decoded.film).ok(),
        false => decode::decode(file).ok(),
    };
    let Some(film) = film else {
        return false;
    };
    let pixels = film.width() as usize * film.height() as usize;
    assert_eq!(film.pixels().len(), pixels);
    true
}

/// Soft and rough places, `n` samples.
fn samples(n: usize) -> Vec<u8> {
    let sample = |at: usize| (at / 3 + at * at % 251 * (at / 700 % 2)) as u8;
    (0..n).map(sample).collect()
}

fn png(color: ColorType, depth: BitDepth) -> Vec<u8> {
    let mut info = png::Info::with_size(SIDES.0.into(), SIDES.1.into());
    info.color_type = color;
    info.bit_depth = depth;
    if color == ColorType::Indexed {
        info.palette = Some(samples(3 << depth as u8).into());
        info.trns = Some(vec![200, 7].into());
    }
    let row = info.raw_row_length() - 1;
    let mut bytes = Vec::new();
    let mut writer = png::Encoder::with_info(&mut bytes, info)
        .unwrap()
        .write_header()
        .unwrap();
    writer
        .write_image_data(&samples(row * usize::from(SIDES.1)))
        .unwrap();
    writer.finish().unwrap();
    bytes
}

/// With the checksums that its chunks should have, where their lengths still lead from one to the next: a decoder looks
/// no further otherwise.
fn with_checksums(file: &[u8]) -> Vec<u8> {
    const SIGNATURE: usize = 8;
    let mut file = file.to_vec();
    let mut at = SIGNATURE;
    while let Some(length) = file.get(at..).and_then(|rest| rest.first_chunk()) {
        let end = (at + 8).saturating_add(u32::from_be_bytes(*length) as usize);
        let Some(checked) = file.get(at + 4..end) else {
            break;
        };
        let sum = checksum(checked).to_be_bytes();
        let Some(place) = file.get_mut(end..end + 4) else {
            break;
        };
        place.copy_from_slice(&sum);
        at = end + 4;
    }
    file
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

#[test]
fn changed_pngs_do_no_harm() {
    let kinds = [
        (ColorType::Grayscale, BitDepth::One),
        (ColorType::Grayscale, BitDepth::Four),
        (ColorType::Grayscale, BitDepth::Eight),
        (ColorType::Grayscale, BitDepth::Sixteen),
        (ColorType::GrayscaleAlpha, BitDepth::Eight),
        (ColorType::Rgb, BitDepth::Eight),
        (ColorType::Rgb, BitDepth::Sixteen),
        (ColorType::Rgba, BitDepth::Sixteen),
        (ColorType::Indexed, BitDepth::Two),
        (ColorType::Indexed, BitDepth::Eight),
    ];
    let seeds: Vec<Vec<u8>> = kinds
        .into_iter()
        .map(|(color, depth)| png(color, depth))
        .collect();
    fuzz("PNG", &seeds, with_checksums);
}

fn jpeg(
    channels: Channels,
    sampling: SamplingFactor,
    progressive: bool,
    restarts: bool,
) -> Vec<u8> {
    let n = match channels {
        Channels::Luma => 1,
        Channels::Cmyk => 4,
        _ => 3,
    };
    let (width, height) = SIDES;
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 80);
    encoder.set_sampling_factor(sampling);
    encoder.set_progressive(progressive);
    if restarts {
        encoder.set_restart_interval(2);
    }
    let samples = samples(usize::from(width) * usize::from(height) * n);
    encoder.encode(&samples, width, height, channels).unwrap();
    bytes
}

fn fuzz_jpeg(name: &str, progressive: bool) {
    let seeds = [
        jpeg(Channels::Luma, SamplingFactor::F_1_1, progressive, false),
        jpeg(Channels::Luma, SamplingFactor::F_1_1, progressive, true),
        jpeg(Channels::Rgb, SamplingFactor::F_1_1, progressive, false),
        jpeg(Channels::Rgb, SamplingFactor::F_2_2, progressive, true),
        jpeg(Channels::Cmyk, SamplingFactor::F_2_1, progressive, false),
    ];
    fuzz(name, &seeds, <[u8]>::to_vec);
}

#[test]
fn changed_sequential_jpegs_do_no_harm() {
    fuzz_jpeg("sequential JPEG", false);
}

#[test]
fn changed_progressive_jpegs_do_no_harm() {
    fuzz_jpeg("progressive JPEG", true);
}

fn tiffs() -> Vec<Vec<u8>> {
    let (width, height) = (u32::from(SIDES.0), u32::from(SIDES.1));
    let pixels = (width * height) as usize;
    let grey = |bits: u64| {
        let row = (width as usize * bits as usize).div_ceil(8);
        Page::grey(width, height, bits, samples(row * height as usize))
    };
    let colour = || {
        let mut page = grey(8)
            .with(258, &[8, 8, 8])
            .with(262, &[2])
            .with(277, &[3]);
        page.chunks = vec![samples(3 * pixels)];
        page
    };
    let packed = |number: u64, pack: &dyn Fn(&[u8]) -> Vec<u8>| {
        let mut page = colour().with(259, &[number]);
        page.chunks = vec![pack(&samples(3 * pixels))];
        page
    };
    let lzw = |bytes: &[u8]| {
        let mut encoder = weezl::encode::Encoder::with_tiff_size_switch(weezl::BitOrder::Msb, 8);
        encoder.encode(bytes).unwrap()
    };
    let deflate = |bytes: &[u8]| miniz_oxide::deflate::compress_to_vec_zlib(bytes, 6);
    let mut tiles = colour().with(322, &[16]).with(323, &[16]);
    tiles.tiles = true;
    tiles.chunks = (0..9).map(|_| samples(3 * 256)).collect();
    let mut planes = colour().with(284, &[2]).with(278, &[20]);
    planes.chunks = (0..6)
        .map(|at| samples((if at % 2 == 0 { 20 } else { 17 }) * width as usize))
        .collect();
    let map: Vec<u64> = (0..3 << 4).map(|at| at * 1300).collect();
    let mut inks = grey(8).with(258, &[8; 4]).with(262, &[5]).with(277, &[4]);
    inks.chunks = vec![samples(4 * pixels)];
    let pages = vec![
        grey(1),
        grey(8),
        grey(12),
        grey(16).with(262, &[0]),
        grey(4).with(262, &[3]).with(320, &map),
        packed(5, &lzw).with(317, &[2]),
        packed(8, &deflate).with(317, &[2]),
        packed(32_773, &packed_bits),
        tiles,
        planes,
        inks,
        grey(8).with(274, &[6]),
    ];
    let mut files: Vec<Vec<u8>> = pages
        .into_iter()
        .map(|page| Tiff::of(page).bytes())
        .collect();
    for (big_endian, big) in [(true, false), (true, true), (false, true)] {
        let mut file = Tiff::of(grey(16));
        (file.big_endian, file.big) = (big_endian, big);
        file.pages.insert(0, grey(8).with(254, &[1]));
        files.push(file.bytes());
    }
    files
}

#[test]
fn changed_tiffs_do_no_harm() {
    fuzz("TIFF", &tiffs(), <[u8]>::to_vec);
}

#[test]
fn changed_bmps_do_no_harm() {
    let (width, height) = (i32::from(SIDES.0), i32::from(SIDES.1));
    let plain = |bits: usize| {
        let row = (width as usize * bits).div_ceil(32) * 4;
        samples(row * height as usize)
    };
    let colours = samples(1024);
    let masks: Vec<u8> = [0xff_0000_u32, 0xff00, 0xff, 0xff00_0000]
        .iter()
        .flat_map(|mask| mask.to_le_bytes())
        .collect();
    let row: Vec<u8> = (0..width)
        .flat_map(|at| [1, at as u8])
        .chain([0, 0])
        .collect();
    let mut runs: Vec<u8> = (0..height).flat_map(|_| row.clone()).collect();
    runs.splice(..0, [0, 2, 1, 0, 0, 3, 1, 2, 3, 0]);
    runs.extend([0, 1]);
    let seeds = [
        bmp((width, height), (1, 0), (40, &colours[..8]), &plain(1)),
        bmp((width, height), (4, 0), (40, &colours[..64]), &plain(4)),
        bmp((width, height), (8, 0), (40, &colours), &plain(8)),
        bmp((width, -height), (24, 0), (40, &[]), &plain(24)),
        bmp((width, height), (16, 0), (40, &[]), &plain(16)),
        bmp((width, height), (32, 3), (56, &masks), &plain(32)),
        bmp((width, height), (8, 1), (40, &colours), &runs),
        bmp((width, height), (4, 2), (40, &colours[..64]), &runs),
    ];
    fuzz("BMP", &seeds, <[u8]>::to_vec);
}

#[test]
fn changed_webps_do_no_harm() {
    use image_webp::ColorType;
    let (width, height) = (u32::from(SIDES.0), u32::from(SIDES.1));
    let pixels = (width * height) as usize;
    let lossless = |color, channels| webp(width, height, color, &samples(channels * pixels));
    let seeds = [
        lossless(ColorType::L8, 1),
        lossless(ColorType::Rgb8, 3),
        lossless(ColorType::Rgba8, 4),
        include_bytes!("written/lossy.webp").to_vec(),
        include_bytes!("written/lossy-alpha.webp").to_vec(),
        include_bytes!("written/lossless.webp").to_vec(),
        include_bytes!("written/rough.webp").to_vec(),
    ];
    fuzz("WebP", &seeds, <[u8]>::to_vec);
}
