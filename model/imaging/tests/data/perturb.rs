//! Films made harder to read.

use image::{ImageBuffer, Luma, imageops};
use imaging::{
    film::Film,
    insight::Mask,
    perturb::{Perturbation, erase, occlude},
};

use crate::pictures::waves;

const STILL: Perturbation = Perturbation {
    rotation: 0.0,
    scale: 1.0,
    blur: 0.0,
    noise: 0.0,
    window: 1.0,
    level: 0.0,
    inversion: false,
    jpeg_quality: None,
};

/// Greys of a film, 0..=1.
fn greys(film: &Film) -> Vec<f64> {
    film.pixels()
        .iter()
        .map(|&grey| f64::from(grey) / 65_535.0)
        .collect()
}

/// Mean and standard deviation of the change.
fn change(film: &Film, perturbed: &Film) -> (f64, f64) {
    let pairs = greys(film).into_iter().zip(greys(perturbed));
    let changes: Vec<f64> = pairs.map(|(before, after)| after - before).collect();
    let n = changes.len() as f64;
    let mean = changes.iter().sum::<f64>() / n;
    let squares: f64 = changes.iter().map(|change| (change - mean).powi(2)).sum();
    (mean, (squares / n).sqrt())
}

#[test]
fn the_default_leaves_every_bit() {
    assert_eq!(Perturbation::default(), STILL);
    for (width, height) in [(1, 1), (64, 40), (256, 301), (700, 500)] {
        let film = waves(width, height);
        assert!(STILL.apply(&film, 3) == film);
    }
}

#[test]
fn what_can_be_undone_comes_back() {
    let film = waves(120, 90);
    let inverted = Perturbation {
        inversion: true,
        ..STILL
    };
    assert!(inverted.apply(&inverted.apply(&film, 0), 0) == film);
    let turned = Perturbation {
        rotation: 360.0,
        ..STILL
    };
    assert!(change(&film, &turned.apply(&film, 0)).1 < 1e-4);
    // Narrower about a grey, then as much wider about the same, where nothing was cut off.
    let flat = Perturbation {
        window: 2.0,
        ..STILL
    };
    let steep = Perturbation {
        window: 0.5,
        ..STILL
    };
    assert!(change(&film, &steep.apply(&flat.apply(&film, 0), 0)).1 < 1e-4);
}

#[test]
fn a_turn_is_clockwise_and_a_scale_enlarges() {
    // One white pixel right above the middle.
    let mut pixels = vec![0; 31 * 31];
    pixels[5 * 31 + 15] = 65_535;
    let film = Film::new(31, 31, pixels).unwrap();
    let brightest = |film: &Film| {
        let pixels = film.pixels().iter().enumerate();
        let (at, _) = pixels.max_by_key(|(_, grey)| **grey).unwrap();
        (at % 31, at / 31)
    };
    let quarter = Perturbation {
        rotation: 90.0,
        ..STILL
    };
    assert_eq!(brightest(&quarter.apply(&film, 0)), (25, 15));
    let half = Perturbation {
        scale: 0.5,
        ..STILL
    };
    assert_eq!(brightest(&half.apply(&film, 0)), (15, 10));
}

#[test]
fn a_window_moves_and_spreads_the_greys() {
    let film = Film::new(3, 1, vec![16_384, 32_768, 49_152]).unwrap();
    let show = |window: f64, level: f64| {
        let shown = Perturbation {
            window,
            level,
            ..STILL
        }
        .apply(&film, 0);
        greys(&shown)
            .iter()
            .map(|grey| (grey * 100.0).round())
            .collect::<Vec<_>>()
    };
    assert_eq!(show(0.5, 0.0), [0.0, 50.0, 100.0]);
    assert_eq!(show(2.0, 0.0), [38.0, 50.0, 63.0]);
    assert_eq!(show(1.0, -0.25), [50.0, 75.0, 100.0]);
}

#[test]
fn noise_has_the_size_it_says_and_the_seed_decides() {
    let noise = Perturbation {
        noise: 0.05,
        ..STILL
    };
    // Mid-grey, so that nothing is cut off. Half the side has half the noise, as averaging would leave.
    for (side, expected) in [(256, 0.05), (128, 0.025)] {
        let film = Film::new(side, side, vec![32_768; (side * side) as usize]).unwrap();
        let (mean, deviation) = change(&film, &noise.apply(&film, 1));
        assert!(mean.abs() < 0.001, "{mean}");
        assert!(
            (deviation / expected - 1.0).abs() < 0.02,
            "{deviation} instead of {expected}"
        );
        assert!(noise.apply(&film, 1) == noise.apply(&film, 1));
        assert!(noise.apply(&film, 1) != noise.apply(&film, 2));
    }
}

#[test]
fn a_blur_agrees_with_another_implementation() {
    let film = waves(200, 160);
    let found = greys(
        &Perturbation {
            blur: 0.02,
            ..STILL
        }
        .apply(&film, 0),
    );
    let pixels = greys(&film).iter().map(|&grey| grey as f32).collect();
    let image = ImageBuffer::<Luma<f32>, Vec<f32>>::from_raw(200, 160, pixels).unwrap();
    let expected = imageops::blur(&image, 0.02 * 160.0).into_raw();
    // Away from the edge, beyond which the two differ.
    for y in 20..140 {
        for x in 20..180 {
            let at = y * 200 + x;
            let off = (found[at] - f64::from(expected[at])).abs();
            assert!(off < 2e-3, "{off} at {x}, {y}");
        }
    }
}

#[test]
fn a_poor_jpeg_changes_more_than_a_good_one() {
    let film = waves(256, 256);
    let spread = |quality: u8| {
        let stored = Perturbation {
            jpeg_quality: Some(quality),
            ..STILL
        };
        change(&film, &stored.apply(&film, 0)).1
    };
    assert!(spread(100) < 0.003, "{}", spread(100));
    assert!(spread(5) > 3.0 * spread(90));
    // Out of range, and a film too small for a file.
    assert_eq!(spread(0), spread(1));
    let strip = waves(40, 8);
    let stored = Perturbation {
        jpeg_quality: Some(50),
        ..STILL
    };
    assert!(stored.apply(&strip, 0) == strip);
}

#[test]
fn films_of_different_resolution_suffer_alike() {
    let large = waves(512, 640);
    for perturbation in [
        Perturbation {
            rotation: 15.0,
            scale: 0.8,
            ..STILL
        },
        Perturbation {
            blur: 0.03,
            ..STILL
        },
        Perturbation {
            window: 0.5,
            level: 0.1,
            inversion: true,
            ..STILL
        },
    ] {
        // The same film as a scanner of lower resolution would give it.
        let same = Film::new(128, 160, reduced(&large, 128, 160)).unwrap();
        let from_large = perturbation.apply(&large, 0).input(64);
        let from_small = perturbation.apply(&same, 0).input(64);
        let pairs = from_large.iter().zip(&from_small);
        let off: f32 = pairs.map(|(a, b)| (a - b).abs()).sum::<f32>() / 4096.0;
        // What two ways of reducing differ by.
        assert!(off < 0.02, "{perturbation:?}: {off}");
    }
}

fn reduced(film: &Film, width: u32, height: u32) -> Vec<u16> {
    let pixels = film.pixels().to_vec();
    let image =
        ImageBuffer::<Luma<u16>, Vec<u16>>::from_raw(film.width(), film.height(), pixels).unwrap();
    imageops::resize(&image, width, height, imageops::FilterType::Triangle).into_raw()
}

#[test]
fn extremes_never_panic() {
    let film = waves(30, 20);
    for wrong in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -3.0, 0.0, 1e9] {
        let all = Perturbation {
            rotation: wrong,
            scale: wrong,
            blur: wrong,
            noise: wrong,
            window: wrong,
            level: wrong,
            inversion: true,
            jpeg_quality: Some(0),
        };
        let found = all.apply(&film, 0);
        assert_eq!((found.width(), found.height()), (30, 20));
    }
}

#[test]
fn what_is_covered_has_the_grey_of_the_border() {
    let inside = |x: u32, y: u32| (1..39).contains(&x) && (1..59).contains(&y);
    let places = (0..60).flat_map(|y| (0..40).map(move |x| (x, y)));
    let pixels = places.map(|(x, y)| if inside(x, y) { 60_000 } else { 7_000 });
    let film = Film::new(40, 60, pixels.collect()).unwrap();

    // The central square begins at row 10; of its four cells the upper left is painted.
    let mask = |painted: &[bool]| Mask {
        cells: 2,
        painted: painted.to_vec(),
    };
    let erased = erase(&film, &mask(&[true, false, false, false]));
    let hidden = |at: usize| at % 40 < 20 && (10..30).contains(&(at / 40));
    for (at, (&before, &after)) in film.pixels().iter().zip(erased.pixels()).enumerate() {
        assert_eq!(after, if hidden(at) { 7_000 } else { before }, "{at}");
    }
    assert!(erase(&film, &mask(&[false; 4])) == film);
    assert!(
        erase(&film, &mask(&[true])) == erased,
        "a mask that is too short"
    );

    // The second of four cells a side covers 10 pixels.
    let occluded = occlude(&film, [1, 0], 4, 0);
    for (at, (&before, &after)) in film.pixels().iter().zip(occluded.pixels()).enumerate() {
        let hidden = (10..20).contains(&(at % 40)) && (10..20).contains(&(at / 40));
        assert_eq!(after, if hidden { 7_000 } else { before }, "{at}");
    }
    assert!(occlude(&film, [9, 0], 4, 0) == film);
    assert!(occlude(&film, [0, 0], 2, 1) == erase(&film, &mask(&[true; 4])));
}
