//! Films that are made here, and short runs on them.
#![allow(dead_code, reason = "each test program uses its share")]

use burn::tensor::Device;
use imaging::{
    dataset::{Dataset, Sample},
    decode::PackDepth,
    film::Film,
    incidental::Incidentals,
    report::{EpochReport, Report, StepReport},
    settings::{Network, Settings},
};
use mobilenet::weights::Weights;
use pollster::block_on;
use training::{
    features::{Extractor, FeatureKey, FeatureStore, input},
    run::Run,
};

pub const SIDE: u32 = 32;
pub const FILMS: usize = 20;

/// Films of two classes: a bright disc in the upper or in the lower half, moved a little in each.
pub fn discs() -> Dataset {
    let samples = (0..FILMS).map(|index| {
        let class = index % 2;
        let (x, y) = (11 + (index * 7) % 10, if class == 0 { 9 } else { 22 });
        Sample {
            name: format!("{class}/{index:02}.png"),
            class,
            patient: None,
            part: None,
            film: disc(x as i32, y),
            width: SIDE,
            height: SIDE,
            facts: None,
            incidentals: Incidentals::default(),
            file: 0,
        }
    });
    Dataset {
        title: "discs".into(),
        task: imaging::task::Task::Region,
        licence: None,
        attribution: None,
        classes: vec!["upper".into(), "lower".into()],
        samples: samples.collect(),
        odd: Vec::new(),
        depth: PackDepth::default(),
        skipped: Vec::new(),
    }
}

pub fn disc(centre_x: i32, centre_y: i32) -> Film {
    let side = SIDE as i32;
    let pixel = |index: i32| {
        let (x, y) = (index % side - centre_x, index / side - centre_y);
        if x * x + y * y < 30 { 60_000 } else { 6_000 }
    };
    Film::new(SIDE, SIDE, (0..side * side).map(pixel).collect()).expect("a square film")
}

pub fn weights() -> Weights {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../public/weights/mobilenetv2.safetensors"
    );
    Weights::parse(&std::fs::read(path).expect("the weights are in the repository"))
        .expect("whole weights")
}

/// A network from scratch that takes about a second.
pub fn quick() -> Settings {
    Settings {
        network: Network::Scratch,
        film_side: SIDE as usize,
        epochs: 2,
        learning_rate: 3e-3,
        fine_tuning: None,
        ..Settings::default()
    }
}

/// A run that is over, and what it went through.
pub struct Trained {
    pub run: Run,
    pub store: FeatureStore,
    pub films: Dataset,
    /// Side of the network's input, in pixels.
    pub side: usize,
    pub steps: Vec<StepReport>,
    pub epochs: Vec<EpochReport>,
}

pub fn prepare(settings: &Settings, films: &Dataset, read_every: usize) -> (Run, FeatureStore) {
    let (weights, device) = (weights(), Device::flex());
    let run = Run::new(
        settings,
        &films.summary(false),
        &weights,
        &device,
        read_every,
    )
    .expect("a run");
    let key = FeatureKey::of(settings);
    let extractor = Extractor::new(&weights, &key, &device).expect("an extractor");
    let mut store = FeatureStore::new(key);
    for view in run.views() {
        let features = block_on(extractor.extract(&input(films, view, &key))).expect("features");
        store.insert(view, features);
    }
    (run, store)
}

pub fn train(settings: &Settings, films: &Dataset, read_every: usize) -> Trained {
    let (mut run, store) = prepare(settings, films, read_every);
    let (mut steps, mut epochs) = (Vec::new(), Vec::new());
    while !run.is_done() {
        for report in block_on(run.next(&store)).expect("a step") {
            match report {
                Report::Step(step) => steps.push(step),
                Report::Epoch(epoch) => epochs.push(epoch),
            }
        }
    }
    Trained {
        run,
        store,
        films: films.clone(),
        side: settings.film_side,
        steps,
        epochs,
    }
}
