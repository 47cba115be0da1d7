//! JPEGs as cameras, programs and broken downloads make them.

use imaging::decode::{DecodeError, JpegKind, decode};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

/// Sides that are no multiples of any block.
const SIDE: (u16, u16) = (61, 45);

/// Soft waves, slightly tinted: red, green, blue of each pixel.
fn picture() -> Vec<u8> {
    let (width, height) = (u32::from(SIDE.0), u32::from(SIDE.1));
    let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    pixels
        .flat_map(|(x, y)| {
            let grey =
                128.0 + 60.0 * (f64::from(x) / 7.0).sin() + 50.0 * (f64::from(y) / 5.0).cos();
            [grey as u8, (grey * 0.97) as u8, (grey * 0.9 + 10.0) as u8]
        })
        .collect()
}

struct Kind {
    sampling: SamplingFactor,
    progressive: bool,
    /// A scan for each component.
    apart: bool,
    restarts: bool,
}

fn written(kind: &Kind) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 98);
    encoder.set_sampling_factor(kind.sampling);
    encoder.set_progressive(kind.progressive);
    encoder.set_optimized_huffman_tables(kind.apart);
    if kind.restarts {
        encoder.set_restart_interval(2);
    }
    encoder
        .encode(&picture(), SIDE.0, SIDE.1, ColorType::Rgb)
        .unwrap();
    bytes
}

fn kinds() -> Vec<Kind> {
    use SamplingFactor as F;
    let samplings = [
        F::F_1_1,
        F::F_2_1,
        F::F_1_2,
        F::F_2_2,
        F::F_4_1,
        F::F_4_2,
        F::F_1_4,
        F::F_2_4,
    ];
    let mut kinds = Vec::new();
    for sampling in samplings {
        for (progressive, apart) in [(false, false), (false, true), (true, false)] {
            // The encoder here cannot write restarts with a scan for each component.
            for restarts in if apart {
                vec![false]
            } else {
                vec![false, true]
            } {
                kinds.push(Kind {
                    sampling,
                    progressive,
                    apart,
                    restarts,
                });
            }
        }
    }
    kinds
}

#[test]
fn every_sampling_and_order_of_scans_keeps_the_picture() {
    for kind in kinds() {
        let film = decode(&written(&kind)).unwrap();
        assert_eq!(
            (film.width(), film.height()),
            (u32::from(SIDE.0), u32::from(SIDE.1))
        );
        for (pixel, &found) in picture().chunks_exact(3).zip(film.pixels()) {
            let share = |at: usize| f64::from(pixel[at]);
            let grey = 0.299 * share(0) + 0.587 * share(1) + 0.114 * share(2);
            let found = f64::from(found) / 257.0;
            assert!(
                (found - grey).abs() <= 5.0,
                "{:?}, progressive {}, apart {}: {found} instead of {grey}",
                kind.sampling,
                kind.progressive,
                kind.apart
            );
        }
    }
}

/// Where the coded data of the first scan begin.
fn first_data(bytes: &[u8]) -> usize {
    let scan = bytes
        .windows(2)
        .position(|pair| pair == [0xFF, 0xDA])
        .unwrap();
    scan + 2 + usize::from(u16::from_be_bytes([bytes[scan + 2], bytes[scan + 3]]))
}

#[test]
fn a_file_that_is_cut_and_given_an_end_mark_is_damaged() {
    let damaged = Err(DecodeError::Damaged {
        format: "JPEG".into(),
    });
    for kind in kinds() {
        let bytes = written(&kind);
        let start = first_data(&bytes);
        for percent in (5..=95).step_by(10) {
            let mut end = start + (bytes.len() - start) * percent / 100;
            // A mark may not be cut in two: what follows would be read as one.
            end += usize::from(bytes[end - 1] == 0xFF);
            let cut = [&bytes[..end], b"\xFF\xD9"].concat();
            assert_eq!(
                decode(&cut).map(|film| film.width()),
                damaged,
                "{:?}, progressive {}, apart {}, {percent} %",
                kind.sampling,
                kind.progressive,
                kind.apart
            );
        }
    }
}

#[test]
fn a_file_whose_middle_is_lost_is_damaged() {
    for kind in kinds()
        .into_iter()
        .filter(|kind| !kind.restarts && !kind.progressive)
    {
        let bytes = written(&kind);
        let start = first_data(&bytes);
        let third = (bytes.len() - start) / 3;
        let without = [&bytes[..start + third], &bytes[start + 2 * third..]].concat();
        assert!(decode(&without).is_err(), "{:?}", kind.sampling);
    }
}

#[test]
fn what_stands_around_a_whole_picture_does_no_harm() {
    let bytes = written(&kinds()[0]);
    let film = decode(&bytes).unwrap();
    let end = bytes.len() - 2;
    // Behind the end; filling before a mark; a restart mark and a few bytes behind the last unit.
    for whole in [
        [&bytes[..], b"\0\0camera's own notes\xFF\xD8\xFF\xD9"].concat(),
        [&bytes[..end], b"\xFF\xFF\xFF\xFF\xD9"].concat(),
        [&bytes[..end], b"\xFF\xD0\0\0\xFF\xD9"].concat(),
    ] {
        assert_eq!(decode(&whole), Ok(film.clone()));
    }
}

#[test]
fn kinds_that_are_not_read_are_named() {
    let bytes = written(&kinds()[0]);
    let frame = bytes
        .windows(2)
        .position(|pair| pair == [0xFF, 0xC0])
        .unwrap();
    let with = |marker: u8, precision: u8| {
        let mut bytes = bytes.clone();
        (bytes[frame + 1], bytes[frame + 4]) = (marker, precision);
        bytes
    };
    for (marker, precision, kind) in [
        (0xC0, 12, JpegKind::Deep { bits: 12 }),
        (0xC1, 12, JpegKind::Deep { bits: 12 }),
        (0xC2, 12, JpegKind::Deep { bits: 12 }),
        (0xC3, 8, JpegKind::Lossless),
        (0xC3, 16, JpegKind::Lossless),
        (0xC5, 8, JpegKind::Hierarchical),
        (0xC6, 8, JpegKind::Hierarchical),
        (0xC7, 8, JpegKind::Hierarchical),
        (0xDE, 8, JpegKind::Hierarchical),
        (0xC9, 8, JpegKind::Arithmetic),
        (0xCA, 8, JpegKind::Arithmetic),
        (0xCB, 16, JpegKind::Arithmetic),
        (0xCD, 8, JpegKind::Hierarchical),
        (0xF7, 8, JpegKind::Ls),
    ] {
        let found = decode(&with(marker, precision));
        assert_eq!(found, Err(DecodeError::Jpeg { kind }), "{marker:x}");
    }
}

/// The segments of a kind, with their markers.
fn segments(bytes: &[u8], marker: u8) -> Vec<&[u8]> {
    let begin = |at: &usize| bytes[*at..].starts_with(&[0xFF, marker]);
    let segment = |at: usize| {
        let length = u16::from_be_bytes([bytes[at + 2], bytes[at + 3]]);
        &bytes[at..at + 2 + usize::from(length)]
    };
    (0..bytes.len()).filter(begin).map(segment).collect()
}

#[test]
fn a_second_frame_is_refused() {
    let kinds = kinds();
    let bytes = written(kinds.iter().find(|kind| kind.progressive).unwrap());
    let frame = segments(&bytes, 0xC2)[0];
    // The first frame has one channel, the second three: what is known of the first's blocks is not of the second's.
    let mut first = frame[..10 + 3].to_vec();
    (first[3], first[9]) = (11, 1);
    let at = bytes.windows(2).position(|pair| pair == [0xFF, 0xC2]);
    let (before, after) = bytes.split_at(at.unwrap());
    let scan = [0xFF, 0xDA, 0, 8, 1, first[10], 0, 0, 0, 0];
    let twice = [before, &first, &scan, after].concat();
    let kind = JpegKind::Hierarchical;
    assert_eq!(decode(&twice), Err(DecodeError::Jpeg { kind }));
}

#[test]
fn more_scans_than_an_encoder_makes_are_refused() {
    let kinds = kinds();
    let bytes = written(kinds.iter().find(|kind| kind.progressive).unwrap());
    let at = bytes.windows(2).position(|pair| pair == [0xFF, 0xDA]);
    let scan = segments(&bytes, 0xDA)[0];
    let (before, after) = bytes.split_at(at.unwrap());
    let kind = JpegKind::Unusual;
    let many = [before, &scan.repeat(1_000), after].concat();
    assert_eq!(decode(&many), Err(DecodeError::Jpeg { kind }));
}
