use imaging::{
    augment::{chance, preview, view},
    film::Film,
    settings::Augmentation,
};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use crate::pictures::{difference, waves};

const STILL: Augmentation = Augmentation {
    rotation: 0.0,
    shift: 0.0,
    shear: 0.0,
    zoom: 0.0,
    flip: false,
};

fn one_view(film: &Film, settings: &Augmentation, seed: u64) -> Vec<f32> {
    view(film, settings, 64, &mut ChaCha8Rng::seed_from_u64(seed))
}

#[test]
fn with_all_limits_zero_a_view_is_the_input() {
    for (width, height) in [
        (64, 64),
        (256, 301),
        (700, 500),
        (33, 20),
        (17, 400),
        (900, 41),
    ] {
        let film = waves(width, height);
        let found = difference(&one_view(&film, &STILL, 1), &film.input(64));
        assert!(found < 1e-3, "{width} x {height}: {found}");
    }
}

#[test]
fn the_same_seed_draws_the_same_view() {
    let film = waves(256, 300);
    let settings = Augmentation::default();
    assert_eq!(one_view(&film, &settings, 5), one_view(&film, &settings, 5));
    assert!(
        difference(
            &one_view(&film, &settings, 5),
            &one_view(&film, &settings, 6)
        ) > 0.1
    );
}

#[test]
fn a_preview_is_the_view_that_the_network_gets() {
    let film = waves(64, 80);
    let settings = Augmentation::default();
    let shown = preview(&film.picture(80), &settings, 64, 3, 2).unwrap();
    let seen = view(&film, &settings, 64, &mut chance(3, 2));
    let shown: Vec<f32> = shown
        .pixels
        .iter()
        .map(|&grey| f32::from(grey) / 255.0)
        .collect();
    assert!(difference(&shown, &seen) < 0.01);
    let other = view(&film, &settings, 64, &mut chance(3, 1));
    assert!(difference(&shown, &other) > 0.1);
}

#[test]
fn views_stay_within_black_and_white_on_any_shape() {
    let settings = Augmentation {
        shift: 3.0,
        rotation: 180.0,
        ..Augmentation::default()
    };
    for (width, height) in [(16, 16), (20, 400), (5_000, 16), (64, 64)] {
        let film = waves(width, height);
        for seed in 0..10 {
            let found = one_view(&film, &settings, seed);
            assert_eq!(found.len(), 64 * 64);
            assert!(found.iter().all(|grey| (0.0..=1.0).contains(grey)));
        }
    }
}

#[test]
fn flipping_mirrors_left_and_right_half_of_the_time() {
    let film = waves(64, 64);
    let settings = Augmentation {
        flip: true,
        ..STILL
    };
    let input = film.input(64);
    let mirrored: Vec<f32> = input
        .chunks(64)
        .flat_map(|row| row.iter().rev().copied())
        .collect();
    let mut flipped = 0;
    for seed in 0..200 {
        let found = one_view(&film, &settings, seed);
        let is_mirrored = difference(&found, &mirrored) < 1e-5;
        assert!(is_mirrored || difference(&found, &input) < 1e-5);
        flipped += usize::from(is_mirrored);
    }
    assert!((70..130).contains(&flipped), "{flipped} of 200");
}

#[test]
fn a_shift_moves_within_its_limit_and_repeats_the_edge() {
    // A ramp from left to right: the grey at the centre tells how far it moved.
    let pixels = (0..64 * 64).map(|at| (at % 64 * 1000) as u16).collect();
    let film = Film::new(64, 64, pixels).unwrap();
    let settings = Augmentation {
        shift: 0.25,
        ..STILL
    };
    let mut farthest: f32 = 0.0;
    for seed in 0..100 {
        let found = one_view(&film, &settings, seed);
        let row = &found[32 * 64..33 * 64];
        let moved = (row[32] * 65.535 - 32.0).abs();
        assert!(moved <= 16.01, "{moved} pixels");
        farthest = farthest.max(moved);
        let at_edge = if row[32] * 65.535 > 32.0 {
            row[63] * 65.535 - 63.0
        } else {
            row[0]
        };
        assert!(moved < 1.0 || at_edge.abs() < 0.01, "{at_edge}");
    }
    assert!(farthest > 14.0, "{farthest} pixels");
}

#[test]
fn rotation_leaves_a_disc_and_turns_a_bar() {
    let turned = Augmentation {
        rotation: 20.0,
        ..STILL
    };
    let picture = |white: &dyn Fn(f64, f64) -> bool| {
        let pixels = (0..64 * 64).map(|at| {
            let (x, y) = (f64::from(at % 64) - 31.5, f64::from(at / 64) - 31.5);
            if white(x, y) { 65_535 } else { 0 }
        });
        Film::new(64, 64, pixels.collect()).unwrap()
    };
    let mean_change = |film: &Film, seed: u64| {
        let (view, input) = (one_view(film, &turned, seed), film.input(64));
        let changes = view.iter().zip(&input).map(|(a, b)| (a - b).abs());
        changes.sum::<f32>() / 4096.0
    };
    let disc = picture(&|x, y| x.hypot(y) < 20.0);
    let bar = picture(&|x, _| x.abs() < 4.0);
    let mut most = 0.0_f32;
    for seed in 0..20 {
        assert!(
            mean_change(&disc, seed) < 0.015,
            "{}",
            mean_change(&disc, seed)
        );
        most = most.max(mean_change(&bar, seed));
    }
    assert!(most > 0.08, "{most}");
}
