//! The one path from a film to a network's input.

use image::{ImageBuffer, Luma, imageops};
use imaging::film::Film;

use crate::pictures::{difference, waves};

#[test]
fn a_film_holds_as_many_pixels_as_it_says() {
    assert!(Film::new(2, 3, vec![0; 6]).is_some());
    assert!(Film::new(2, 3, vec![0; 5]).is_none());
    assert!(Film::new(0, 3, vec![]).is_none());
}

#[test]
fn the_working_copy_gives_the_same_input() {
    for (width, height) in [
        (256, 256),
        (256, 400),
        (100, 80),
        (1000, 777),
        (16, 16),
        (3000, 150),
    ] {
        let film = waves(width, height);
        let reduced = film.reduced();
        assert!(reduced.width().min(reduced.height()) <= 256);
        for side in [32, 64, 224] {
            assert_eq!(
                film.input(side),
                reduced.input(side),
                "{width} x {height} to {side}"
            );
        }
    }
    assert_eq!(waves(256, 400), waves(256, 400).reduced());
}

#[test]
fn an_input_of_the_films_own_size_is_the_film() {
    let film = waves(64, 64);
    let own: Vec<f32> = film
        .pixels()
        .iter()
        .map(|&grey| f32::from(grey) / 65_535.0)
        .collect();
    assert!(difference(&film.input(64), &own) < 1e-6);
}

#[test]
fn the_input_is_the_centre_with_its_aspect_kept() {
    // White centre square of a black strip, upright and lying.
    for (width, height) in [(60, 20), (20, 60), (400, 20), (20, 400)] {
        let inside = |at: u32, length: u32| (length - 20) / 2 <= at && at < (length + 20) / 2;
        let pixels = (0..height)
            .flat_map(|y| (0..width).map(move |x| (x, y)))
            .map(|(x, y)| {
                if inside(x, width) && inside(y, height) {
                    65_535
                } else {
                    0
                }
            })
            .collect();
        let input = Film::new(width, height, pixels).unwrap().input(40);
        let middle = &input[20 * 40 + 2..20 * 40 + 38];
        assert!(
            middle.iter().all(|grey| (grey - 1.0).abs() < 1e-6),
            "{middle:?}"
        );
    }
}

#[test]
fn very_long_strips_and_extreme_sizes_work() {
    for (width, height) in [(16, 16_384), (16_384, 16), (300, 6_000), (6_000, 300)] {
        let film = waves(width, height);
        let input = film.input(224);
        assert_eq!(input.len(), 224 * 224);
        assert!(input.iter().all(|grey| (0.0..=1.0).contains(grey)));
        let picture = film.picture(96);
        assert_eq!(picture.width.max(picture.height), 96);
        assert_eq!(
            picture.pixels.len(),
            (picture.width * picture.height) as usize
        );
    }
}

#[test]
fn fine_detail_is_averaged_not_skipped() {
    // A checkerboard of single pixels is grey at a third of its size.
    let pixels = (0..90 * 90).map(|at| if (at / 90 + at) % 2 == 0 { 0 } else { 65_535 });
    let film = Film::new(90, 90, pixels.collect()).unwrap();
    let input = film.input(30);
    assert!(
        input.iter().all(|grey| (grey - 0.5).abs() < 0.1),
        "{:?}",
        &input[..30]
    );
}

#[test]
fn resizing_agrees_with_another_implementation() {
    for (width, height, side) in [(250, 250, 224), (256, 256, 96), (50, 50, 64)] {
        let film = waves(width, height);
        let pixels = film.pixels().iter().map(|&grey| f32::from(grey) / 65_535.0);
        let image =
            ImageBuffer::<Luma<f32>, Vec<f32>>::from_raw(width, height, pixels.collect()).unwrap();
        let filter = imageops::FilterType::Triangle;
        let expected = imageops::resize(&image, side, side, filter).into_raw();
        let found = difference(&film.input(side as usize), &expected);
        assert!(found < 1e-4, "{width} to {side}: {found}");
    }
}

#[test]
fn pictures_are_never_enlarged() {
    let picture = waves(40, 30).picture(96);
    assert_eq!((picture.width, picture.height), (40, 30));
    let picture = waves(400, 100).picture(96);
    assert_eq!((picture.width, picture.height), (96, 24));
}
