//! Sets of files whose classes differ in one thing besides what they show, loaded as any pack.

use imaging::{
    dataset::{DatasetSummary, Sample},
    decode::{Channels, FileFormat, read},
    film::Film,
    incidental::PictureFacts,
    shortcuts::{Fact, Rule, search},
};
use jpeg_encoder::{ColorType as Jpeg, Encoder};
use png::{BitDepth, ColorType};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::{
    pack::{Files, load},
    pictures::{grey_png, png},
};

const SIDE: u32 = 96;

/// Grays of a picture like all others: soft waves of any phase and strength.
fn picture(rng: &mut ChaCha8Rng) -> impl Fn(u32, u32) -> u8 + use<> {
    let (a, b, c): (f64, f64, f64) = (
        rng.random_range(5.0..12.0),
        rng.random_range(0.0..6.0),
        rng.random_range(20.0..60.0),
    );
    move |x, y| {
        let wave = (f64::from(x) / a + b).sin() + (f64::from(y) / (a + 2.0)).cos();
        (90.0 + c * wave / 2.0 + f64::from((x * 31 + y * 17) % 7)) as u8
    }
}

/// 25 files of each of two classes.
fn loaded(ending: &str, file: impl Fn(usize, &mut ChaCha8Rng) -> Vec<u8>) -> DatasetSummary {
    let mut rng = ChaCha8Rng::seed_from_u64(4);
    let files = (0..50).map(|at| {
        let class = at % 2;
        let bytes = file(class, &mut rng);
        (format!("class {class}/film {at}.{ending}"), bytes)
    });
    load(Files(files.collect())).unwrap().summary(false)
}

fn first(data: &DatasetSummary) -> (Fact, Rule) {
    let found = search(data);
    let first = &found.shortcuts[0];
    println!(
        "{:?}",
        found
            .shortcuts
            .iter()
            .map(|one| (one.fact, one.accuracy.hits))
            .collect::<Vec<_>>()
    );
    assert!(first.accuracy.hits >= 48, "{first:?}");
    (first.fact, first.rule.clone())
}

fn jpeg(quality: u8, grey: impl Fn(u32, u32) -> u8) -> Vec<u8> {
    let at = |at: u32| grey(at % SIDE, at / SIDE);
    let samples: Vec<u8> = (0..SIDE * SIDE).map(at).collect();
    let mut bytes = Vec::new();
    let side = SIDE as u16;
    let encoder = Encoder::new(&mut bytes, quality);
    encoder.encode(&samples, side, side, Jpeg::Luma).unwrap();
    bytes
}

#[test]
fn jpeg_quality() {
    let data = loaded("jpg", |class, rng| jpeg([90, 75][class], picture(rng)));
    let rule = Rule::Above {
        threshold: 82.5,
        above: 0,
        below: 1,
        missing: None,
    };
    assert_eq!(first(&data), (Fact::JpegQuality, rule));
}

#[test]
fn border_brightness() {
    let data = loaded("png", |class, rng| {
        let grey = picture(rng);
        let near = |at: u32| !(6..SIDE - 6).contains(&at);
        // As bright as the other class as a whole.
        grey_png(SIDE, SIDE, move |x, y| match near(x) || near(y) {
            true => [20, 160][class] + (x % 9) as u8,
            false => [grey(x, y) + 15, grey(x, y) - 15][class],
        })
    });
    assert_eq!(first(&data).0, Fact::Border);
}

#[test]
fn a_mark_in_the_corner() {
    let data = loaded("png", |class, rng| {
        let grey = picture(rng);
        let (left, top) = (rng.random_range(6..14), rng.random_range(6..14));
        grey_png(SIDE, SIDE, move |x, y| {
            let (x, y) = (x, y);
            let there = (left..left + 7).contains(&x) && (top..top + 9).contains(&y);
            // The letter L, on a dark ground as on a film.
            let letter = there && (x < left + 2 || y >= top + 7);
            match (class == 1 && letter, x < 28 && y < 30) {
                (true, _) => 250,
                (false, true) => grey(x, y) / 3,
                (false, false) => grey(x, y),
            }
        })
    });
    assert_eq!(first(&data).0, Fact::CornerMarks);
}

#[test]
fn bit_depth() {
    let data = loaded("png", |class, rng| {
        let grey = picture(rng);
        if class == 0 {
            return grey_png(SIDE, SIDE, grey);
        }
        let wide = |at: u32| [grey(at % SIDE, at / SIDE), 0];
        let rows: Vec<u8> = (0..SIDE * SIDE).flat_map(wide).collect();
        png(SIDE, SIDE, ColorType::Grayscale, BitDepth::Sixteen, &rows)
    });
    assert_eq!(first(&data).0, Fact::Bits);
}

#[test]
fn file_format() {
    let data = loaded("img", |class, rng| match class {
        0 => grey_png(SIDE, SIDE, picture(rng)),
        _ => jpeg(95, picture(rng)),
    });
    assert_eq!(first(&data).0, Fact::Format);
}

#[test]
fn bars_around_a_picture() {
    let data = loaded("png", |class, rng| {
        let grey = picture(rng);
        let bar = rng.random_range(4..12);
        grey_png(SIDE, SIDE, move |x, y| {
            match class == 1 && (x < bar || x >= SIDE - bar) {
                true => 90,
                false => grey(x, y),
            }
        })
    });
    assert_eq!(first(&data).0, Fact::Bars);
}

#[test]
fn what_the_headers_say_is_kept() {
    let facts = |bytes: &[u8]| read(bytes).unwrap().facts;
    for quality in [5, 30, 50, 75, 92, 100] {
        let bytes = jpeg(quality, |x, _| x as u8);
        let facts = facts(&bytes);
        assert_eq!(facts.jpeg_quality, Some(quality));
        let said = (facts.format, facts.bits, facts.channels, facts.bytes);
        let size = bytes.len() as u64;
        assert_eq!(said, (FileFormat::Jpeg, 8, Channels::Grey, size));
    }
    for (color, channels, n) in [
        (ColorType::Grayscale, Channels::Grey, 1),
        (ColorType::GrayscaleAlpha, Channels::GreyAlpha, 2),
        (ColorType::Rgb, Channels::Colour, 3),
        (ColorType::Rgba, Channels::ColourAlpha, 4),
    ] {
        for (depth, bits) in [(BitDepth::Eight, 8), (BitDepth::Sixteen, 16)] {
            let rows = vec![77; 20 * 20 * n * bits / 8];
            let facts = facts(&png(20, 20, color, depth, &rows));
            let said = (facts.format, facts.bits, facts.channels);
            assert_eq!(said, (FileFormat::Png, bits as u8, channels));
            assert_eq!(facts.jpeg_quality, None);
        }
    }
    let listed = png(20, 20, ColorType::Indexed, BitDepth::Two, &[0; 100]);
    let said = (facts(&listed).bits, facts(&listed).channels);
    assert_eq!(said, (2, Channels::Palette));
}

#[test]
fn measures_of_a_picture() {
    let film = |grey: &dyn Fn(usize, usize) -> u16| {
        let pixels = (0..100 * 80).map(|at| grey(at % 100, at / 100));
        PictureFacts::of(&Film::new(100, 80, pixels.collect()).unwrap())
    };
    let flat = film(&|_, _| 13_107);
    assert_eq!(
        (flat.border, flat.mean, flat.contrast, flat.bars),
        (0.2, 0.2, 0.0, 0.0)
    );
    assert_eq!(flat.corner_marks, 0.0);
    let framed = film(&|x, y| {
        let inside = (4..96).contains(&x) && (4..76).contains(&y);
        if inside {
            ((x + y) % 2 * 65_535) as u16
        } else {
            65_535
        }
    });
    assert_eq!(framed.border, 1.0);
    assert!((f64::from(framed.bars) - (1.0 - 92.0 * 72.0 / 8_000.0)).abs() < 0.04);
    assert!((framed.mean - 0.586).abs() < 0.001, "{}", framed.mean);
    let mark = |left: usize, top: usize| {
        film(&|x, y| {
            let there = (left..left + 4).contains(&x) && (top..top + 5).contains(&y);
            if there { 65_535 } else { 6_000 }
        })
        .corner_marks
    };
    let share = 20.0 / 8_000.0;
    // In each corner; not in the middle, and not at the very edge.
    for (left, top) in [(8, 8), (85, 8), (8, 68), (85, 68)] {
        assert_eq!(mark(left, top), share);
    }
    assert_eq!((mark(48, 8), mark(48, 40), mark(0, 0)), (0.0, 0.0, 0.0));
    // Larger patches are anatomy.
    let large = film(&|x, y| {
        if x < 30 && y < 30 && x > 4 && y > 4 {
            65_535
        } else {
            0
        }
    });
    assert_eq!(large.corner_marks, 0.0);
    let tiny = film(&|x, y| if (x, y) == (9, 9) { 65_535 } else { 0 });
    assert_eq!(tiny.corner_marks, 0.0);
}

/// White is what the whole pack says it is, and so is the brightness that is measured.
#[test]
fn brightness_is_that_of_the_film_in_its_pack() {
    let deep = |value: u16| {
        let rows: Vec<u8> = (0..400_u16)
            .flat_map(|at| (value - at % 20 * (at % 20 + value % 50)).to_be_bytes())
            .collect();
        png(20, 20, ColorType::Grayscale, BitDepth::Sixteen, &rows)
    };
    let values = [900, 910, 920, 3_900, 3_915, 3_930];
    let files = values.iter().enumerate().map(|(at, &value)| {
        let class = if at < 3 { "a" } else { "b" };
        (format!("{class}/{at}.png"), deep(value))
    });
    let data = load(Files(files.collect())).unwrap();
    let measured = |film: &Sample| film.incidentals.picture == PictureFacts::of(&film.film);
    assert!(data.samples.iter().all(measured));
    // By itself a film of ten bits would be four times as bright.
    let mean = data.samples[0].incidentals.picture.mean;
    assert!((0.15..0.22).contains(&mean), "{mean}");
}
