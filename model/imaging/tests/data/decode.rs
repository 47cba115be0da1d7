//! What becomes a film, and the reason why something does not.

use imaging::decode::{DecodeError, decode};
use jpeg_encoder::ColorType as Jpeg;
use png::{BitDepth, ColorType};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::pictures::{
    flat_jpeg, grey_png, jpeg, png, some_png, with_chunk, with_segment, without_segment,
};

fn first_pixels(bytes: &[u8], n: usize) -> Vec<u16> {
    decode(bytes).unwrap().pixels()[..n].to_vec()
}

#[test]
fn png_of_every_depth_spans_black_to_white() {
    let cases = [
        (BitDepth::One, vec![0b0100_0000, 0], vec![0, 65_535]),
        (
            BitDepth::Two,
            vec![0b0001_1011; 4],
            vec![0, 21_845, 43_690, 65_535],
        ),
        (BitDepth::Four, vec![0x0F; 8], vec![0, 65_535]),
        (
            BitDepth::Eight,
            [0, 128, 255, 0].repeat(4),
            vec![0, 32_896, 65_535],
        ),
        (
            BitDepth::Sixteen,
            [0, 0, 1, 2, 255, 255, 0, 1].repeat(4),
            vec![0, 258, 65_535, 1],
        ),
    ];
    for (depth, row, expected) in cases {
        let bytes = png(16, 16, ColorType::Grayscale, depth, &row.repeat(16));
        assert_eq!(first_pixels(&bytes, expected.len()), expected, "{depth:?}");
    }
}

#[test]
fn colours_become_grey_by_brightness_and_transparency_black() {
    let grey = |share: f64| (share * 65_535.0).round() as i32;
    let cases = [
        (ColorType::Rgb, vec![70, 70, 70], grey(70.0 / 255.0)),
        (ColorType::Rgb, vec![255, 0, 0], grey(0.299)),
        (ColorType::Rgba, vec![255, 255, 255, 51], grey(0.2)),
        (
            ColorType::GrayscaleAlpha,
            vec![100, 255],
            grey(100.0 / 255.0),
        ),
        (ColorType::GrayscaleAlpha, vec![100, 0], 0),
    ];
    for (color, pixel, expected) in cases {
        let bytes = png(16, 16, color, BitDepth::Eight, &pixel.repeat(256));
        let found = i32::from(first_pixels(&bytes, 1)[0]);
        assert!(
            (found - expected).abs() <= 1,
            "{color:?} {pixel:?}: {found}, not {expected}"
        );
    }
}

#[test]
fn palette_png_is_read_by_its_colours() {
    let rows = [0b0001_1011; 4].repeat(16);
    let bytes = png(16, 16, ColorType::Indexed, BitDepth::Two, &rows);
    // Black, white, red, grey 90.
    assert_eq!(first_pixels(&bytes, 4), [0, 65_535, 19_595, 23_130]);
}

#[test]
fn jpeg_of_every_colour_space_keeps_its_brightness() {
    // Quality 100 may still be one level off.
    let near = |bytes: &[u8], grey: f64| {
        let found = f64::from(first_pixels(bytes, 1)[0]) / 257.0;
        assert!((found - grey).abs() <= 2.0, "{found} instead of {grey}");
    };
    near(&flat_jpeg(24, Jpeg::Luma, &[77]), 77.0);
    near(&flat_jpeg(24, Jpeg::Rgb, &[90, 90, 90]), 90.0);
    near(&flat_jpeg(24, Jpeg::Rgb, &[255, 0, 0]), 0.299 * 255.0);
    let progressive = jpeg(24, 24, Jpeg::Luma, &[130; 576], true);
    near(&progressive, 130.0);

    // The encoder takes 255 as full ink and writes Adobe's mark with inverted inks.
    let inks = [0, 51, 102, 25];
    let light = |ink: u8| 255.0 - f64::from(ink);
    let black = light(inks[3]) / 255.0;
    let expected =
        (0.299 * light(inks[0]) + 0.587 * light(inks[1]) + 0.114 * light(inks[2])) * black;
    near(&flat_jpeg(24, Jpeg::Cmyk, &inks), expected);
    near(&flat_jpeg(24, Jpeg::CmykAsYcck, &inks), expected);

    // Without the mark the same samples are plain inks.
    let plain = without_segment(&flat_jpeg(24, Jpeg::Cmyk, &inks.map(|ink| 255 - ink)), 0xEE);
    near(&plain, expected);
}

#[test]
fn a_cameras_orientation_is_applied() {
    // Left half black, right half white, 32 x 16.
    let samples: Vec<u8> = (0..512)
        .map(|at| if at % 32 < 16 { 0 } else { 255 })
        .collect();
    let lying = jpeg(32, 16, Jpeg::Luma, &samples, false);
    // TIFF header, one entry: tag 0x112, type SHORT, count 1, value 6: turn clockwise to see it upright.
    let exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
    let film = decode(&with_segment(&lying, 0xE1, exif)).unwrap();
    assert_eq!((film.width(), film.height()), (16, 32));
    let (top, bottom) = (film.pixels()[0], film.pixels()[511]);
    assert!(top < 1_000 && bottom > 64_000, "{top} {bottom}");
}

#[test]
fn what_is_no_film_is_named() {
    let unsupported = |format: &str| DecodeError::Unsupported {
        format: format.into(),
    };
    let archive = DecodeError::Archive {
        format: "RAR".into(),
    };
    let dicom = [&[0; 128][..], b"DICM\x02\0\0\0"].concat();
    let cases: [(&[u8], DecodeError); 13] = [
        (b"", DecodeError::Empty),
        (b"Chest radiograph, 2019", DecodeError::NotAnImage),
        (b"BMI of the patients", DecodeError::NotAnImage),
        (&dicom, DecodeError::NeedsReader),
        (b"\x08\0\0\0\x04\0\0\0\0\x01\0\0", DecodeError::NeedsReader),
        (b"\x08\0\x05\0CS\x0a\0ISO_IR 100", DecodeError::NeedsReader),
        (b"Rar!\x1a\x07\0", archive),
        (b"GIF89a\x01\0\x01\0", unsupported("GIF")),
        (b"II*\0\x08\0\0\0", DecodeError::NeedsReader),
        (b"RIFF\0\0\0\0WEBPVP8 ", DecodeError::NeedsReader),
        (b"BM\x46\0\0\0\0\0\0\0", DecodeError::NeedsReader),
        (b"\0\0\0\x18ftypheic\0\0\0\0", unsupported("HEIC")),
        (b"\0\0\0\x1cftypavif\0\0\0\0", unsupported("AVIF")),
    ];
    for (bytes, expected) in cases {
        assert_eq!(decode(bytes), Err(expected));
    }
}

#[test]
fn sizes_are_judged_by_the_header() {
    let too_small = |width, height| Err(DecodeError::TooSmall { width, height });
    let too_large = |width, height| Err(DecodeError::TooLarge { width, height });
    assert_eq!(decode(&grey_png(1, 1, |_, _| 0)), too_small(1, 1));
    assert_eq!(decode(&grey_png(400, 15, |_, _| 0)), too_small(400, 15));
    assert_eq!(decode(&flat_jpeg(8, Jpeg::Luma, &[0])), too_small(8, 8));

    // Headers that state sizes whose pixels are not there.
    let mut png = some_png(1);
    for (width, height) in [(20_000, 20_000), (16_385, 16), (12_000, 12_000)] {
        png[16..20].copy_from_slice(&u32::to_be_bytes(width));
        png[20..24].copy_from_slice(&u32::to_be_bytes(height));
        assert_eq!(decode(&png), too_large(width, height));
    }
    let mut jpeg = flat_jpeg(24, Jpeg::Luma, &[0]);
    let frame = jpeg
        .windows(2)
        .position(|pair| pair == [0xFF, 0xC0])
        .unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0x4E, 0x20, 0x4E, 0x20]);
    assert_eq!(decode(&jpeg), too_large(20_000, 20_000));
}

fn whole_files() -> Vec<(Vec<u8>, DecodeError)> {
    let damaged = |format: &str| DecodeError::Damaged {
        format: format.into(),
    };
    let busy: Vec<u8> = (0..40 * 40 * 4).map(|at| (at * at / 7) as u8).collect();
    let mut files = vec![(some_png(3), damaged("PNG"))];
    for (color, channels) in [
        (Jpeg::Luma, 1),
        (Jpeg::Rgb, 3),
        (Jpeg::Cmyk, 4),
        (Jpeg::CmykAsYcck, 4),
    ] {
        for progressive in [false, true] {
            let bytes = jpeg(40, 40, color, &busy[..1600 * channels], progressive);
            files.push((bytes, damaged("JPEG")));
        }
    }
    files
}

#[test]
fn a_file_broken_off_anywhere_is_damaged() {
    for (bytes, damaged) in whole_files() {
        assert!(decode(&bytes).is_ok());
        let near_the_end = bytes.len() - 20..bytes.len();
        for end in (8..bytes.len()).step_by(41).chain(near_the_end) {
            assert_eq!(decode(&bytes[..end]).as_ref(), Err(&damaged), "{end}");
        }
    }
}

#[test]
fn a_png_that_is_cut_and_made_whole_again_is_damaged() {
    const HEADER_END: usize = 33;
    let bytes = some_png(3);
    let length = u32::from_be_bytes(bytes[HEADER_END..HEADER_END + 4].try_into().unwrap());
    let data = &bytes[HEADER_END + 8..][..length as usize];
    let bare = [&bytes[..HEADER_END], &bytes[bytes.len() - 12..]].concat();
    let whole = decode(&with_chunk(&bare, b"IDAT", data)).unwrap();
    for end in 0..data.len() {
        // Without the checksum at the end nothing of the picture is missing.
        if let Ok(film) = decode(&with_chunk(&bare, b"IDAT", &data[..end])) {
            assert_eq!(
                (film == whole, end > data.len() * 3 / 4),
                (true, true),
                "{end}"
            );
        }
    }
}

#[test]
fn changed_bytes_never_panic() {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    for (bytes, _) in whole_files() {
        for _ in 0..60 {
            let mut changed = bytes.clone();
            for _ in 0..rng.random_range(1..6) {
                let at = rng.random_range(2..changed.len());
                changed[at] = rng.random();
            }
            if let Ok(film) = decode(&changed) {
                assert!(film.width().min(film.height()) >= 16);
            }
        }
    }
}

#[test]
fn random_bytes_are_no_film() {
    let mut rng = ChaCha8Rng::seed_from_u64(2);
    let starts: [&[u8]; 3] = [b"", b"\x89PNG\r\n\x1a\n", b"\xFF\xD8\xFF"];
    for start in starts {
        for length in 1..400 {
            let mut bytes = start.to_vec();
            bytes.extend((0..length).map(|_| rng.random::<u8>()));
            assert!(decode(&bytes).is_err());
        }
    }
}
