//! A run whose batches are shared ends with the network of one that computes alone, as near as rounding allows.

mod discs;

use burn::tensor::Device;
use discs::{SIDE, discs, prepare, weights};
use imaging::{
    report::{StageKind, TrainError},
    settings::{FineTuning, Network, Pooling, Settings},
};
use pollster::block_on;
use training::{
    features::FeatureStore,
    run::Run,
    sharing::{Crew, Lesson, PartialGradient, Replica, SharedStep, divide, join},
};

/// How far apart two networks are in their weights.
#[derive(Clone, Copy, Debug)]
struct Apart {
    /// Half of the weights are within this.
    half: f32,
    all: f32,
}

/// What rounding alone may come to. Where it decides which of two like numbers is the larger, Adam makes whole steps of
/// it: a few weights are then many steps apart, and when that happens differs between processors.
const ROUNDING: Apart = Apart {
    half: 1e-6,
    all: 5e-3,
};

/// Everybody in this process.
struct Here {
    /// Share of each in a batch.
    weights: Vec<usize>,
    replicas: Vec<Option<Replica>>,
    steps: usize,
    /// A wrong way to join them: each part counts the same, however large it is.
    evenly: bool,
}

impl Here {
    fn new(weights: &[usize]) -> Self {
        Self {
            weights: weights.into(),
            replicas: weights.iter().map(|_| None).collect(),
            steps: 0,
            evenly: false,
        }
    }
}

fn replica(own: &mut Option<Replica>, lesson: &Lesson) -> Result<Replica, TrainError> {
    match own.take().filter(|own| own.lesson() == lesson) {
        Some(own) => Ok(own),
        None => Replica::new(lesson.clone(), &weights(), &Device::flex()),
    }
}

impl Crew for Here {
    fn gradient(&mut self, step: &SharedStep<'_>) -> Result<PartialGradient, TrainError> {
        self.steps += 1;
        let mut parts = Vec::new();
        let ranges = divide(step.images.len(), &self.weights);
        for (range, own) in ranges.into_iter().zip(&mut self.replicas) {
            if range.is_empty() {
                continue;
            }
            let mut replica = replica(own, step.lesson)?;
            let mask = step.mask_of(&range);
            let images = &step.images[range.clone()];
            let part = block_on(replica.gradient(step.parameters, images, mask))?;
            *own = Some(replica);
            parts.push((if self.evenly { 1 } else { range.len() }, part));
        }
        join(parts)
    }
}

/// One stage of a hundred steps and a few more.
fn settings(stage: StageKind) -> Settings {
    let long = 34;
    let pretrained = Settings {
        film_side: SIDE as usize,
        batch_size: 5,
        epochs: long,
        learning_rate: 1e-4,
        network: Network::Pretrained(Pooling::Grid),
        fine_tuning: None,
        ..Settings::default()
    };
    match stage {
        StageKind::Frozen => pretrained,
        StageKind::FineTuning => Settings {
            epochs: 1,
            fine_tuning: Some(FineTuning {
                stages: 2,
                epochs: long,
                learning_rate: 1e-5,
            }),
            ..pretrained
        },
        StageKind::Scratch => Settings {
            network: Network::Scratch,
            ..pretrained
        },
    }
}

fn steps(run: &mut Run, store: &FeatureStore, n: usize, mut crew: Option<&mut Here>) {
    for _ in 0..n {
        let reports = match crew.as_deref_mut() {
            Some(crew) => block_on(run.next_shared(store, crew)),
            None => block_on(run.next(store)),
        };
        reports.expect("a step");
    }
}

fn numbers(run: &Run) -> Vec<f32> {
    let kept = block_on(run.checkpoint()).expect("a checkpoint");
    let tensors = kept.network.tensors.into_iter();
    tensors.flat_map(|tensor| tensor.values).collect()
}

fn apart(one: &[f32], other: &[f32]) -> Apart {
    assert_eq!(one.len(), other.len());
    let pairs = one.iter().zip(other);
    let mut differences: Vec<f32> = pairs.map(|(one, other)| (one - other).abs()).collect();
    differences.sort_by(f32::total_cmp);
    Apart {
        half: differences[differences.len() / 2],
        all: differences[differences.len() - 1],
    }
}

/// After 100 steps of the stage, shared by each of these crews.
fn equals_a_run_alone(stage: StageKind) {
    let settings = settings(stage);
    let films = discs();
    let (mut alone, store) = prepare(&settings, &films, 1);
    let before = match stage {
        StageKind::FineTuning => alone.steps_total() / 35,
        _ => 0,
    };
    let first = numbers(&alone);
    steps(&mut alone, &store, before + 100, None);
    let expected = numbers(&alone);
    for weights in [&[1][..], &[1, 1], &[3, 1, 1]] {
        let (mut run, store) = prepare(&settings, &films, 1);
        let mut crew = Here::new(weights);
        steps(&mut run, &store, before + 100, Some(&mut crew));
        assert_eq!(crew.steps, before + 100);
        let found = numbers(&run);
        // What is thawed is counted among the numbers of the network from then on.
        assert_eq!(first.len() != found.len(), stage == StageKind::FineTuning);
        if first.len() == found.len() {
            assert!(apart(&first, &found).all > 1e-3, "it learned nothing");
        }
        let apart = apart(&expected, &found);
        assert!(
            apart.half < ROUNDING.half && apart.all < ROUNDING.all,
            "{stage:?} shared {weights:?}: {apart:?}"
        );
        if weights.len() == 1 {
            assert_eq!(found, expected, "one alone does the very same");
        }
    }
}

#[test]
fn the_frozen_network() {
    equals_a_run_alone(StageKind::Frozen);
}

#[test]
fn the_last_stages() {
    equals_a_run_alone(StageKind::FineTuning);
}

#[test]
fn a_network_from_scratch() {
    equals_a_run_alone(StageKind::Scratch);
}

#[test]
fn parts_of_unequal_size_do_not_count_the_same() {
    let settings = settings(StageKind::Frozen);
    let films = discs();
    let (mut alone, store) = prepare(&settings, &films, 1);
    steps(&mut alone, &store, 20, None);
    let (mut run, store) = prepare(&settings, &films, 1);
    let mut crew = Here {
        evenly: true,
        ..Here::new(&[4, 1])
    };
    steps(&mut run, &store, 20, Some(&mut crew));
    assert!(apart(&numbers(&alone), &numbers(&run)).half > 10.0 * ROUNDING.half);
}

#[test]
fn what_is_not_of_this_network_is_refused() {
    let lesson = Lesson {
        settings: settings(StageKind::Scratch),
        classes: 2,
        stage: StageKind::Scratch,
    };
    let new = |lesson: &Lesson| Replica::new(lesson.clone(), &weights(), &Device::flex());
    let mut replica = new(&lesson).expect("a network");
    assert!(block_on(replica.gradient(&[0.0; 3], &[], None)).is_err());
    for other in [
        Lesson {
            classes: 0,
            ..lesson.clone()
        },
        Lesson {
            stage: StageKind::Frozen,
            ..lesson.clone()
        },
        Lesson {
            settings: Settings {
                film_side: 0,
                ..lesson.settings.clone()
            },
            ..lesson.clone()
        },
    ] {
        assert!(new(&other).is_err());
    }
}
