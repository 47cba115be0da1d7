//! Films of 10, 12 and 14 bits in files of 16.

use imaging::{
    decode::{PackDepth, Range, decode, read},
    film::Film,
    pack::{Answers, Loader},
};
use png::{BitDepth, ColorType};

use crate::{
    pack::Files,
    pictures::{grey_png, png, with_chunk},
};

const SIDE: u32 = 24;

/// Grey values 0..=255 of a film; `number` tells films apart, `dim` of 1 is as bright as can be.
fn grey(x: u32, y: u32, number: u32, dim: u32) -> u32 {
    ((x * 11 + y * (7 + number)) % 256) / dim
}

/// A 16-bit PNG of a film whose white is `white`.
fn deep(number: u32, dim: u32, white: u32) -> Vec<u8> {
    let places = (0..SIDE).flat_map(|y| (0..SIDE).map(move |x| (x, y)));
    let rows: Vec<u8> = places
        .flat_map(|(x, y)| ((grey(x, y, number, dim) * white / 255) as u16).to_be_bytes())
        .collect();
    png(SIDE, SIDE, ColorType::Grayscale, BitDepth::Sixteen, &rows)
}

fn twin(number: u32, dim: u32) -> Film {
    let bytes = grey_png(SIDE, SIDE, |x, y| grey(x, y, number, dim) as u8);
    decode(&bytes).unwrap()
}

/// Two films look alike to a level of 255.
fn alike(a: &Film, b: &Film) -> bool {
    let mut pairs = a.pixels().iter().zip(b.pixels());
    pairs.all(|(a, b)| a.abs_diff(*b) <= 257)
}

/// The pack of these films, three of a class, by their paths.
fn pack(films: Vec<Vec<u8>>) -> imaging::dataset::Dataset {
    let half = films.len() / 2;
    let named = films.into_iter().enumerate().map(|(at, film)| {
        let class = if at < half { "a" } else { "b" };
        (format!("{class}/{at:02}.png"), film)
    });
    let source = Files(named.collect());
    Loader::new(source, &Answers::default())
        .unwrap()
        .finish()
        .unwrap()
}

#[test]
fn a_film_is_as_bright_as_its_twin_of_eight_bits() {
    for bits in [8, 10, 12, 14] {
        let white = (1 << bits) - 1;
        assert!(
            alike(&decode(&deep(1, 1, white)).unwrap(), &twin(1, 1)),
            "{bits}"
        );
        // White need not be reached.
        let almost = decode(&deep(1, 1, white * 9 / 10)).unwrap();
        let most = *almost.pixels().iter().max().unwrap();
        assert!((58_000..60_000).contains(&most), "{bits}: {most}");
    }
}

#[test]
fn a_film_that_uses_all_bits_is_left_as_it_is() {
    for white in [16_384, 40_000, 65_535] {
        let film = decode(&deep(1, 1, white)).unwrap();
        let most = *film.pixels().iter().max().unwrap();
        assert_eq!(u32::from(most), white);
    }
    // Eight bits spread over sixteen, and dark: its white is known.
    let spread = read(&deep(1, 8, 65_535)).unwrap();
    assert_eq!(spread.range, Range::Stated);
    assert!(alike(&spread.film, &twin(1, 8)));
}

#[test]
fn a_dark_film_of_a_pack_stays_darker_than_the_others() {
    let dims = [1, 1, 8, 1, 4, 1];
    let films = dims.iter().enumerate();
    let films = films.map(|(at, &dim)| deep(at as u32, dim, 4095)).collect();
    let data = pack(films);
    for (at, (sample, dim)) in data.samples.iter().zip(dims).enumerate() {
        assert!(alike(&sample.film, &twin(at as u32, dim)), "{at}");
    }
    // The same files, asked about later, are seen as they were in training.
    for (at, &dim) in dims.iter().enumerate() {
        let asked = data.depth.read(read(&deep(at as u32, dim, 4095)).unwrap());
        let differ = asked.pixels().iter().zip(data.samples[at].film.pixels());
        assert!(differ.into_iter().all(|(a, b)| a.abs_diff(*b) <= 1));
    }
}

#[test]
fn depth_is_no_give_away_between_classes() {
    // Twelve bits beside eight, and beside sixteen.
    for other in [None, Some(65_535)] {
        let films = (0..8).map(|at| match (at < 4, other) {
            (true, _) => deep(at, 1, 4095),
            (false, Some(white)) => deep(at, 1, white - at),
            (false, None) => grey_png(SIDE, SIDE, |x, y| grey(x, y, at, 1) as u8),
        });
        let data = pack(films.collect());
        for (at, sample) in (0..).zip(&data.samples) {
            assert!(alike(&sample.film, &twin(at, 1)), "{at} {other:?}");
        }
    }
}

#[test]
fn a_dark_film_among_films_of_sixteen_bits_is_dark() {
    // At most 63 of 255, with values that eight bits spread over sixteen do not have.
    let films = (0..12).map(|at| deep(at, if at == 5 { 5 } else { 1 }, 65_534));
    let data = pack(films.collect());
    assert!(alike(&data.samples[5].film, &twin(5, 5)));
    let asked = data.depth.read(read(&deep(5, 5, 65_534)).unwrap());
    assert!(alike(&asked, &twin(5, 5)));
    // One of twelve bits that is asked about would be black by that rule.
    let asked = data.depth.read(read(&deep(3, 1, 4095)).unwrap());
    assert!(alike(&asked, &twin(3, 1)));
}

#[test]
fn letters_in_full_white_do_not_hide_the_depth() {
    // One pixel in 576 is too many, one in 2,304 is not.
    let lettered = |side: u32| {
        let places = (0..side).flat_map(|y| (0..side).map(move |x| (x, y)));
        let value = |(x, y)| match (x, y) {
            (3, 3) => 65_535,
            _ => grey(x, y, 1, 1) * 4095 / 255,
        };
        let rows: Vec<u8> = places
            .flat_map(|place| (value(place) as u16).to_be_bytes())
            .collect();
        png(side, side, ColorType::Grayscale, BitDepth::Sixteen, &rows)
    };
    let found = read(&lettered(48)).unwrap();
    assert_eq!(found.range, Range::Within { bits: 12 });
    assert_eq!(found.film.pixels()[3 * 48 + 3], 65_535);
    assert_eq!(read(&lettered(24)).unwrap().range, Range::Full);
}

#[test]
fn what_the_header_says_goes_before_the_values() {
    // Twelve bits count, and the film is dark.
    let dark = with_chunk(&deep(1, 8, 4095), b"sBIT", &[12]);
    assert!(alike(&decode(&dark).unwrap(), &twin(1, 8)));
    // Twelve bits count, multiplied up to sixteen as the format wants it.
    let scaled = with_chunk(&deep(1, 2, 65_520), b"sBIT", &[12]);
    assert!(alike(&decode(&scaled).unwrap(), &twin(1, 2)));
    // All sixteen count.
    let deepest = with_chunk(&deep(1, 1, 4095), b"sBIT", &[16]);
    assert_eq!(decode(&deepest).unwrap().pixels().iter().max(), Some(&4095));
}

#[test]
fn transparency_and_colours_do_not_hide_the_depth() {
    let pixel = |values: &[u16]| -> Vec<u8> {
        let bytes = values.iter().flat_map(|value| value.to_be_bytes());
        bytes.collect::<Vec<_>>().repeat(256)
    };
    for (color, values) in [
        (ColorType::GrayscaleAlpha, &[4095, 65_535][..]),
        (ColorType::Rgb, &[4095, 4095, 4095][..]),
        (ColorType::Rgba, &[4095, 4095, 4095, 65_535][..]),
    ] {
        let film = decode(&png(16, 16, color, BitDepth::Sixteen, &pixel(values))).unwrap();
        assert!(
            film.pixels().iter().all(|&grey| grey == 65_535),
            "{color:?}"
        );
    }
}

#[test]
fn without_a_pack_each_film_is_read_by_itself() {
    let decoded = read(&deep(1, 1, 1023)).unwrap();
    assert_eq!(decoded.range, Range::Within { bits: 10 });
    let film = PackDepth::default().read(decoded);
    assert!(alike(&film, &twin(1, 1)));
}
