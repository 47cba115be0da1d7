//! Films of other sizes than the golden one.

use mobilenet::{
    architecture::{STAGES, input_shape},
    frozen::{MIN_SIDE, Reading, Request},
};

use crate::{READINGS, backbone, close::assert_close, compute, film, plain, weights};

/// Whether all stages and both readings are those of the plain loops.
fn assert_like_plain_loops(side: usize) {
    let stages = plain::stages(&weights(), side, &film(side));
    let mut backbone = backbone();
    for reading in READINGS {
        let expected = plain::embedding(&stages, reading);
        for cut in 0..=reading.depth() {
            let found = compute(&mut backbone, side, reading, cut);
            let what = format!("{side} pixels, {reading:?}, cut {cut}");
            assert_close(&what, &found.embedding, &expected);
            if (1..reading.depth()).contains(&cut) {
                assert_eq!(
                    found.feature_map.len(),
                    input_shape(cut, side).iter().product::<usize>()
                );
                assert_close(&what, &found.feature_map, &stages[cut - 1].numbers());
            }
        }
    }
}

#[test]
fn the_smallest_film_is_computed_as_by_plain_loops() {
    assert_like_plain_loops(MIN_SIDE);
}

#[test]
fn a_film_of_an_odd_number_of_pixels_is_computed_as_by_plain_loops() {
    assert_like_plain_loops(33);
    assert_like_plain_loops(161);
}

#[test]
fn a_film_whose_maps_are_odd_is_computed_as_by_plain_loops() {
    assert_like_plain_loops(54);
}

#[test]
fn a_film_that_is_one_strip_is_computed_as_by_plain_loops() {
    assert_like_plain_loops(64);
}

#[test]
fn a_film_larger_than_the_golden_one_is_computed_as_by_plain_loops() {
    let side = 299;
    let stages = plain::stages(&weights(), side, &film(side));
    let found = compute(&mut backbone(), side, Reading::GlobalAverage, STAGES);
    let expected = plain::embedding(&stages, Reading::GlobalAverage);
    assert_close("embedding", &found.embedding, &expected);
}

#[test]
fn the_first_stage_of_an_evenly_grey_film_is_even_within_the_border() {
    let request = Request {
        side: 161,
        reading: Reading::Grid,
        cut: 1,
    };
    let map = backbone()
        .compute(&request, &[0.5; 161 * 161])
        .expect("a film of the request's size")
        .feature_map;
    for plane in map.chunks_exact(81 * 81) {
        for row in plane.chunks_exact(81).take(80).skip(1) {
            assert!(row[1..80].iter().all(|value| *value == row[1]));
        }
    }
}
