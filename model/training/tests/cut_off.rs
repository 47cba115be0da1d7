//! A run that is cut off and goes on has the curve of one that never was, bit for bit.

mod discs;

use burn::tensor::Device;
use checkpoint::{Checkpoint, CheckpointError};
use discs::{discs, prepare, quick, weights};
use imaging::{
    dataset::Dataset,
    report::{Report, TrainError},
    settings::{Augmentation, FineTuning, Network, Pooling, Settings},
};
use pollster::block_on;
use training::{
    features::FeatureStore,
    run::{Run, RunError},
};

fn pretrained() -> Settings {
    Settings {
        film_side: 32,
        batch_size: 5,
        epochs: 2,
        learning_rate: 1e-3,
        network: Network::Pretrained(Pooling::Grid),
        fine_tuning: None,
        ..Settings::default()
    }
}

fn fine_tuned() -> Settings {
    Settings {
        fine_tuning: Some(FineTuning {
            stages: 3,
            epochs: 2,
            learning_rate: 1e-3,
        }),
        ..pretrained()
    }
}

fn kept(run: &Run) -> Vec<u8> {
    let checkpoint = block_on(run.checkpoint()).expect("a checkpoint");
    checkpoint.to_bytes().expect("bytes")
}

fn resumed(kept: &[u8], films: &Dataset, read_every: usize) -> Result<Run, RunError> {
    let checkpoint = Checkpoint::parse(kept).map_err(RunError::Checkpoint)?;
    let films = films.summary(false);
    Run::resume(checkpoint, &films, &weights(), &Device::flex(), read_every)
}

fn finish(run: &mut Run, store: &FeatureStore) -> Vec<Report> {
    let mut reports = Vec::new();
    while !run.is_done() {
        reports.extend(block_on(run.next(store)).expect("a step"));
    }
    reports
}

/// Cut off before every step, and after the last.
fn goes_on_as_if_never_cut_off(settings: &Settings) {
    let films = discs();
    let (mut run, store) = prepare(settings, &films, 1);
    let mut reports: Vec<Report> = Vec::new();
    let mut cuts = vec![(0, kept(&run))];
    while !run.is_done() {
        reports.extend(block_on(run.next(&store)).expect("a step"));
        cuts.push((reports.len(), kept(&run)));
    }
    assert_eq!(cuts.len(), run.steps_total() + 1);
    let end = kept(&run);
    for (told, cut) in cuts {
        let mut run = resumed(&cut, &films, 1).expect("a run that goes on");
        assert_eq!(kept(&run), cut, "kept again at once, after {told} reports");
        let rest = finish(&mut run, &store);
        assert!(
            rest == reports[told..],
            "another curve after {told} reports"
        );
        assert!(kept(&run) == end, "another network after {told} reports");
    }
}

#[test]
fn the_frozen_network_with_dropout() {
    goes_on_as_if_never_cut_off(&pretrained());
}

#[test]
fn the_frozen_network_on_augmented_views() {
    goes_on_as_if_never_cut_off(&Settings {
        augmentation: Some(Augmentation::default()),
        network: Network::Pretrained(Pooling::GlobalAverage),
        ..pretrained()
    });
}

#[test]
fn a_network_in_both_stages() {
    goes_on_as_if_never_cut_off(&fine_tuned());
}

#[test]
fn the_whole_backbone() {
    goes_on_as_if_never_cut_off(&Settings {
        epochs: 1,
        batch_size: 12,
        network: Network::Pretrained(Pooling::GlobalAverage),
        fine_tuning: Some(FineTuning {
            stages: 19,
            epochs: 2,
            learning_rate: 1e-4,
        }),
        ..pretrained()
    });
}

#[test]
fn a_network_from_scratch() {
    goes_on_as_if_never_cut_off(&quick());
}

#[test]
fn read_back_seldom_it_is_caught_up_first() {
    let films = discs();
    let (mut run, store) = prepare(&quick(), &films, 1);
    let expected = finish(&mut run, &store);
    let (mut run, store) = prepare(&quick(), &films, 4);
    assert!(block_on(run.next(&store)).expect("a step").is_empty());
    let error = block_on(run.checkpoint()).expect_err("a step is on the device");
    assert!(matches!(error, TrainError::Missing { .. }), "{error}");
    let mut reports = block_on(run.catch_up()).expect("a report");
    let mut run = resumed(&kept(&run), &films, 4).expect("a run that goes on");
    reports.extend(finish(&mut run, &store));
    assert_eq!(reports, expected);
}

#[test]
fn names_its_parts_as_the_weights_file_does() {
    let films = discs();
    let names = |settings: &Settings, steps: usize| -> Vec<String> {
        let (mut run, store) = prepare(settings, &films, 1);
        for _ in 0..steps {
            block_on(run.next(&store)).expect("a step");
        }
        let network = block_on(run.checkpoint()).expect("a checkpoint").network;
        let tensors = network.tensors.into_iter();
        tensors
            .map(|own| format!("{} {:?}", own.name, own.shape))
            .collect()
    };
    let head = [
        "head.hidden.weight [1536, 256]",
        "head.hidden.bias [256]",
        "head.output.weight [256, 2]",
        "head.output.bias [2]",
    ];
    assert_eq!(names(&fine_tuned(), 0), head);
    let tuned = names(&fine_tuned(), 7);
    assert_eq!(tuned[18..], head);
    assert_eq!(
        tuned[..7],
        [
            "backbone.11.expand.weight [384, 64, 1, 1]",
            "backbone.11.expand.bias [384]",
            "backbone.11.depthwise.weight [384, 1, 3, 3]",
            "backbone.11.depthwise.bias [384]",
            "backbone.11.project.weight [96, 384, 1, 1]",
            "backbone.11.project.bias [96]",
            "backbone.12.expand.weight [576, 96, 1, 1]",
        ]
    );
    let weights = weights();
    for name in tuned[..18].iter() {
        let (name, shape) = name.split_once(' ').expect("name and shape");
        let shape: Vec<usize> = serde_json::from_str(shape).expect("a shape");
        let own = name.strip_prefix("backbone.").expect("of the backbone");
        assert!(weights.numbers(own, &shape).is_ok(), "{name}");
    }
    assert_eq!(
        names(&quick(), 0),
        [
            "scratch.convolution.0.weight [16, 1, 3, 3]",
            "scratch.convolution.0.bias [16]",
            "scratch.convolution.1.weight [32, 16, 3, 3]",
            "scratch.convolution.1.bias [32]",
            "scratch.convolution.2.weight [64, 32, 3, 3]",
            "scratch.convolution.2.bias [64]",
            "scratch.output.weight [64, 2]",
            "scratch.output.bias [2]",
        ]
    );
}

#[test]
fn what_does_not_fit_is_refused() {
    let films = discs();
    let (mut run, store) = prepare(&quick(), &films, 1);
    block_on(run.next(&store)).expect("a step");
    let whole = block_on(run.checkpoint()).expect("a checkpoint");
    let resume = |kept: Checkpoint, films: &Dataset| {
        let films = films.summary(false);
        Run::resume(kept, &films, &weights(), &Device::flex(), 1).map(drop)
    };
    assert_eq!(resume(whole.clone(), &films), Ok(()));
    let mut others = discs();
    others.samples[3].incidentals.picture.grays ^= 1;
    assert_eq!(
        resume(whole.clone(), &others),
        Err(RunError::Checkpoint(CheckpointError::OtherFilms))
    );
    let refused = |change: fn(&mut Checkpoint)| {
        let mut changed = whole.clone();
        change(&mut changed);
        let error = resume(changed.clone(), &films);
        let told = matches!(
            error,
            Err(RunError::Checkpoint(
                CheckpointError::Damaged(_) | CheckpointError::Tensor(_)
            ))
        );
        assert!(told, "{error:?} {changed:?}");
    };
    refused(|own| own.position.stage = 2);
    refused(|own| own.position.stage = 1);
    refused(|own| own.position.epoch = 2);
    refused(|own| own.position.epoch = 1);
    refused(|own| own.position.steps_done = 2);
    refused(|own| (own.position.seen, own.epoch_so_far.n) = (4, 4));
    refused(|own| (own.position.seen, own.epoch_so_far.n) = (80, 80));
    refused(|own| own.network.tensors[0].name = "head.hidden.weight".into());
    refused(|own| own.network.tensors[0].shape = vec![16, 9]);
    refused(|own| drop((own.network.tensors.pop(), own.optimiser.pop())));
    refused(|own| {
        let mut more = own.network.tensors[0].clone();
        more.name = "scratch.convolution.3.weight".into();
        own.network.tensors.push(more);
    });
    refused(|own| own.network.settings.network = Network::Pretrained(Pooling::Grid));
}
