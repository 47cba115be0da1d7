//! Films of the lesson's number and size, and numbers for them. What they show is of no matter to the time that a step takes.

use imaging::{
    dataset::{DatasetSummary, SampleSummary},
    incidental::Incidentals,
    task::Task,
};

const FILMS: usize = 192;
pub(crate) const CLASSES: usize = 2;

/// `FILMS` films, as many of one class as of the other.
pub(crate) fn films(side: usize) -> DatasetSummary {
    let pixels = u32::try_from(side).unwrap_or(u32::MAX);
    let samples = (0..FILMS).map(|film| SampleSummary {
        name: format!("{film:03}.png"),
        class: film % CLASSES,
        patient: None,
        part: None,
        width: pixels,
        height: pixels,
        facts: None,
        incidentals: Incidentals::default(),
    });
    DatasetSummary {
        title: "made up".into(),
        task: Task::Region,
        built_in: false,
        classes: vec!["even".into(), "odd".into()],
        samples: samples.collect(),
        skipped: Vec::new(),
    }
}

/// Numbers from 0 to 1 without an order that a processor could foresee, others for each `seed`.
pub(crate) fn numbers(count: usize, seed: usize) -> Vec<f32> {
    // The mixing of MurmurHash3: as good as random here, and without a generator to carry along.
    let mix = |place: usize| {
        let mut bits = (place as u32).wrapping_add((seed as u32).wrapping_mul(0x9e37_79b9));
        bits = (bits ^ (bits >> 16)).wrapping_mul(0x85eb_ca6b);
        bits = (bits ^ (bits >> 13)).wrapping_mul(0xc2b2_ae35);
        bits ^ (bits >> 16)
    };
    (0..count)
        .map(|place| mix(place) as f32 / u32::MAX as f32)
        .collect()
}

/// Grey values of an image.
///
/// # Shapes
/// `[side * side]`, row-major, 0 to 1
pub(crate) fn image(side: usize) -> Vec<f32> {
    numbers(side * side, 0)
}
