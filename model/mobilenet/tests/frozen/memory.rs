//! What was computed before leaves no trace.

use mobilenet::frozen::{Reading, Request};

use crate::{READINGS, backbone, compute};

#[test]
fn a_backbone_in_use_gives_the_bits_of_a_fresh_one() {
    let mut used = backbone();
    // Up and down, from strips to whole maps and back, even and odd, with each reading after the other.
    let sides = [224, 64, 161, 33, 160, 224, 32, 65, 64, 225, 34, 161];
    for (index, side) in sides.into_iter().enumerate() {
        let reading = READINGS[index % 2];
        let cut = index % reading.depth();
        let found = compute(&mut used, side, reading, cut);
        let fresh = compute(&mut backbone(), side, reading, cut);
        assert_eq!(found, fresh, "{side} pixels, {reading:?}, cut {cut}");
    }
}

#[test]
fn another_film_in_between_changes_nothing() {
    let mut backbone = backbone();
    let request = Request {
        side: 97,
        reading: Reading::GlobalAverage,
        cut: 2,
    };
    let before = compute(&mut backbone, 97, Reading::GlobalAverage, 2);
    let bright = backbone
        .compute(&request, &[1.0; 97 * 97])
        .expect("a film of the request's size");
    assert_ne!(bright, before);
    assert_eq!(
        compute(&mut backbone, 97, Reading::GlobalAverage, 2),
        before
    );
}
