//! A graphics processor trains as the processor does, if only an emulated one: Mesa's lavapipe will do.
//!
//! `cargo test --release -p benchmark --features gpu --test losses`
#![cfg(feature = "gpu")]
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::{fs, path::Path};

use burn::tensor::Device;
use imaging::{
    dataset::{Dataset, Sample},
    decode::PackDepth,
    film::Film,
    incidental::Incidentals,
    report::{Report, StageKind},
    settings::{FineTuning, Network, Pooling, Settings},
    task::Task,
};
use mobilenet::weights::Weights;
use pollster::block_on;
use training::{
    features::{Extractor, FeatureKey, FeatureStore, input},
    graphics_processor,
    run::Run,
};

const STEPS: usize = 10;
/// Between two losses of the same step.
const TOLERANCE: f32 = 2e-3;
const SIDE: usize = 64;

/// Two classes: brighter to the left, or to the right.
fn films() -> Dataset {
    let side = SIDE as u32;
    let samples = (0..48).map(|number| {
        let class = number % 2;
        let pixels = (0..SIDE * SIDE).map(|place| {
            let (x, y) = (place % SIDE, place / SIDE);
            let slope = if class == 0 { SIDE - x } else { x };
            (slope * 700 + (y * (number + 3)) % 7 * 2900) as u16
        });
        Sample {
            name: format!("{number}.png"),
            class,
            patient: None,
            part: None,
            film: Film::new(side, side, pixels.collect()).unwrap(),
            width: side,
            height: side,
            facts: None,
            incidentals: Incidentals::default(),
            file: 0,
        }
    });
    Dataset {
        depth: PackDepth::default(),
        title: "slopes".to_owned(),
        task: Task::Region,
        licence: None,
        attribution: None,
        classes: vec!["left".to_owned(), "right".to_owned()],
        samples: samples.collect(),
        odd: Vec::new(),
        skipped: Vec::new(),
    }
}

/// Losses of the first steps of a stage.
fn losses(settings: &Settings, stage: StageKind, device: &Device, weights: &Weights) -> Vec<f32> {
    let films = films();
    let key = FeatureKey::of(settings);
    let mut run = Run::new(settings, &films.summary(false), weights, device, 4).unwrap();
    let mut store = FeatureStore::new(key);
    let extractor = Extractor::new(weights, &key, &Device::flex()).unwrap();
    for view in run.views() {
        let features = block_on(extractor.extract(&input(&films, view, &key)));
        store.insert(view, features.unwrap());
    }
    let mut losses = Vec::new();
    while losses.len() < STEPS && !run.is_done() {
        for report in block_on(run.next(&store)).unwrap() {
            if let Report::Step(step) = report
                && step.stage == stage
            {
                losses.push(step.loss);
            }
        }
    }
    losses.truncate(STEPS);
    assert_eq!(losses.len(), STEPS, "not that many steps");
    losses
}

#[test]
fn the_losses_are_those_of_the_processor() {
    let file =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/weights/mobilenetv2.safetensors");
    let weights = Weights::parse(&fs::read(file).unwrap()).unwrap();
    let (gpu, name) = graphics_processor::open().unwrap();
    println!("{name}");
    block_on(graphics_processor::tested(&gpu, &name)).unwrap();
    let of = |network, epochs, tuning: Option<usize>| Settings {
        network,
        film_side: SIDE,
        epochs,
        fine_tuning: tuning.map(|stages| FineTuning {
            stages,
            epochs: 4,
            ..FineTuning::default()
        }),
        ..Settings::default()
    };
    let grid = Network::Pretrained(Pooling::Grid);
    let average = Network::Pretrained(Pooling::GlobalAverage);
    for (name, settings, stage) in [
        ("frozen", of(grid, 4, None), StageKind::Frozen),
        (
            "grid, fine-tuned",
            of(grid, 1, Some(2)),
            StageKind::FineTuning,
        ),
        (
            "average, fine-tuned",
            of(average, 1, Some(3)),
            StageKind::FineTuning,
        ),
        (
            "from scratch",
            of(Network::Scratch, 4, None),
            StageKind::Scratch,
        ),
    ] {
        let expected = losses(&settings, stage, &Device::flex(), &weights);
        let computed = losses(&settings, stage, &gpu, &weights);
        let worst = expected
            .iter()
            .zip(&computed)
            .map(|(expected, computed)| (expected - computed).abs())
            .fold(0.0, f32::max);
        println!("{name}: losses differ by {worst:.1e} at most");
        assert!(
            worst <= TOLERANCE,
            "{name}: {worst}\n{expected:?}\n{computed:?}"
        );
    }
}
