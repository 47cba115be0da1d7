//! Runs on small films made here: what a network can learn it learns, seeds repeat, settings act.

mod discs;

use burn::tensor::Device;
use discs::{FILMS, discs, prepare, quick, train, weights};
use imaging::{
    report::{Layer, Report, StageKind, StepDiagnostics, StepReport, TrainError},
    settings::{Augmentation, FineTuning, Network, Pooling, Settings},
    split::{SplitBy, Subset},
};
use pollster::block_on;
use training::{
    features::{AUGMENTED_VIEWS, FeatureKey, FeatureStore, View},
    run::{Run, RunError},
};

#[test]
fn a_network_from_scratch_learns_where_the_disc_is_not_only_by_heart() {
    let trained = train(
        &Settings {
            epochs: 40,
            ..quick()
        },
        &discs(),
        1,
    );
    let last = trained.epochs.last().expect("epochs");
    assert_eq!(last.train.correct, last.train.n, "{last:?}");
    assert_eq!(last.validation.correct, last.validation.n, "{last:?}");
    for epoch in &trained.epochs {
        let confusion = &epoch.validation_confusion;
        let right: usize = (0..confusion.len())
            .map(|class| confusion[class][class])
            .sum();
        assert_eq!(right, epoch.validation.correct, "{epoch:?}");
        let all: usize = confusion.iter().flatten().sum();
        assert_eq!(all, epoch.validation.n, "{epoch:?}");
    }
}

#[test]
fn the_pretrained_network_fits_films_in_both_stages() {
    let settings = Settings {
        film_side: 64,
        epochs: 12,
        learning_rate: 1e-3,
        network: Network::Pretrained(Pooling::Grid),
        fine_tuning: Some(FineTuning {
            stages: 1,
            epochs: 3,
            learning_rate: 1e-4,
        }),
        ..Settings::default()
    };
    let trained = train(&settings, &discs(), 1);
    let stages: Vec<StageKind> = trained.epochs.iter().map(|epoch| epoch.stage).collect();
    assert_eq!(stages[..12], [StageKind::Frozen; 12]);
    assert_eq!(stages[12..], [StageKind::FineTuning; 3]);
    let (first, last) = (trained.epochs[0].train.loss, trained.epochs[14].train.loss);
    assert!(last < 0.2 * first, "loss {first} -> {last}");
    let score = block_on(trained.run.score(Subset::Train, &trained.store))
        .expect("a score")
        .scores
        .accuracy;
    assert_eq!(score.hits, score.n);
}

#[test]
fn the_second_stage_begins_where_the_first_ended() {
    let settings = Settings {
        film_side: 64,
        epochs: 1,
        fine_tuning: Some(FineTuning {
            stages: 3,
            ..FineTuning::default()
        }),
        ..Settings::default()
    };
    let (mut run, store) = prepare(&settings, &discs(), 1);
    let frozen = loop {
        let reports = block_on(run.next(&store)).expect("a step");
        if let Some(Report::Epoch(epoch)) = reports.last() {
            break epoch.validation.loss;
        }
    };
    // The stages are unfrozen, and have not learnt yet.
    let predicted = block_on(run.score(Subset::Validation, &store)).expect("a score");
    let losses = predicted.films.iter();
    let sum: f32 = losses
        .map(|film| -film.probabilities[film.class].ln())
        .sum();
    let unfrozen = sum / predicted.films.len() as f32;
    assert!((frozen - unfrozen).abs() < 1e-4, "{frozen} {unfrozen}");
    let step = block_on(run.next(&store)).expect("a step");
    let Some(Report::Step(step)) = step.first() else {
        panic!("{step:?}");
    };
    assert_eq!(step.stage, StageKind::FineTuning);
}

#[test]
fn the_same_seed_gives_the_same_curve_and_another_seed_another() {
    let films = discs();
    let losses = |seed| -> Vec<f32> {
        train(&Settings { seed, ..quick() }, &films, 1)
            .steps
            .iter()
            .map(|step| step.loss)
            .collect()
    };
    let first = losses(1);
    assert_eq!(first, losses(1));
    assert_ne!(first, losses(2));
}

#[test]
fn reading_results_back_seldom_changes_nothing_but_when_they_come() {
    let films = discs();
    let (often, seldom) = (train(&quick(), &films, 1), train(&quick(), &films, 5));
    assert_eq!(often.steps, seldom.steps);
    assert_eq!(often.epochs, seldom.epochs);
}

#[test]
fn every_training_film_comes_once_an_epoch_and_no_other_film_ever() {
    let films = discs();
    let trained = train(
        &Settings {
            epochs: 1,
            ..quick()
        },
        &films,
        1,
    );
    let mut seen: Vec<usize> = trained
        .steps
        .iter()
        .flat_map(|step| step.batch.iter().map(|film| film.sample))
        .collect();
    seen.sort_unstable();
    let parts = trained.run.parts();
    let training: Vec<usize> = (0..FILMS)
        .filter(|&sample| parts[sample] == Subset::Train)
        .collect();
    assert_eq!(seen, training);
    // 12 training films in batches of 8: the last, partial batch is not dropped.
    let sizes: Vec<usize> = trained.steps.iter().map(|step| step.batch.len()).collect();
    assert_eq!(sizes, [8, 4]);
    assert_eq!(trained.run.steps_total(), 2);
}

#[test]
fn augmented_views_are_of_training_films_only_and_are_used() {
    let films = discs();
    let settings = Settings {
        augmentation: Some(Augmentation::default()),
        epochs: 4,
        ..quick()
    };
    let trained = train(&settings, &films, 1);
    let parts = trained.run.parts();
    for View { sample, view } in trained.run.views() {
        assert!(view == 0 || parts[sample] == Subset::Train);
    }
    let used = |wanted| {
        trained
            .steps
            .iter()
            .any(|step| step.batch.iter().any(|film| film.view == wanted))
    };
    assert!((0..=AUGMENTED_VIEWS).all(used));
}

#[test]
fn scores_of_a_part_count_its_films() {
    let trained = train(&quick(), &discs(), 1);
    let report = block_on(trained.run.score(Subset::Test, &trained.store)).expect("a score");
    assert_eq!(report.films.len(), 4);
    assert_eq!(report.scores.confusion.iter().flatten().sum::<usize>(), 4);
    assert!(
        report
            .films
            .iter()
            .all(|film| trained.run.parts()[film.sample] == Subset::Test)
    );
}

#[test]
fn a_film_is_judged_alike_by_itself_and_in_the_test() {
    let films = discs();
    let trained = train(&quick(), &films, 1);
    let report = block_on(trained.run.score(Subset::Test, &trained.store)).expect("a score");
    for film in &report.films {
        let alone =
            block_on(trained.run.classify(&films.samples[film.sample].film)).expect("an answer");
        for (alone, tested) in alone.iter().zip(&film.probabilities) {
            assert!((alone - tested).abs() < 1e-5, "{alone} {tested}");
        }
    }
}

/// How a run ends that must not end well.
fn error_of(mut run: Run, store: &FeatureStore) -> TrainError {
    loop {
        assert!(!run.is_done(), "the run must not end well");
        if let Err(error) = block_on(run.next(store)) {
            return error;
        }
    }
}

#[test]
fn a_loss_that_is_not_a_number_ends_in_an_error_not_in_silence() {
    let (run, mut store) = prepare(&quick(), &discs(), 1);
    for view in run.views() {
        let mut features = store.get(view).expect("features").clone();
        features.embedding[0] = f32::NAN;
        store.insert(view, features);
    }
    assert_eq!(error_of(run, &store), TrainError::Diverged);
}

#[test]
fn features_that_are_not_there_are_missed_and_no_device_is_blamed() {
    let (run, store) = prepare(&quick(), &discs(), 1);
    let empty = FeatureStore::new(*store.key());
    let missing = |error: TrainError| {
        let TrainError::Missing { what } = &error else {
            panic!("{error:?}");
        };
        assert!(what.contains("features of film"), "{what}");
    };
    missing(block_on(run.score(Subset::Test, &empty)).expect_err("no features"));
    missing(error_of(run, &empty));
}

#[test]
fn settings_out_of_their_limits_are_refused_before_anything_is_computed() {
    let settings = Settings {
        dropout: 1.5,
        ..quick()
    };
    let (summary, weights, device) = (discs().summary(false), weights(), Device::flex());
    let refused = Run::new(&settings, &summary, &weights, &device, 1).err();
    let expected = settings.validate().expect_err("a dropout of more than all");
    assert_eq!(refused, Some(RunError::Settings(expected)));
}

/// Steps of a run, looked at closely.
fn close_steps(settings: &Settings, steps: usize) -> (Run, Vec<StepReport>) {
    let films = discs();
    let (mut run, store) = prepare(settings, &films, 4);
    let mut seen = Vec::new();
    while seen.len() < steps {
        for report in block_on(run.next_with_diagnostics(&store)).expect("a step") {
            if let Report::Step(step) = report {
                seen.push(step);
            }
        }
    }
    (run, seen)
}

fn diagnostics(step: &StepReport) -> &StepDiagnostics {
    step.diagnostics.as_ref().expect("a close-up")
}

#[test]
fn a_close_look_comes_at_once_and_changes_nothing() {
    let settings = quick();
    let (_, closely) = close_steps(&settings, 4);
    let plain = train(&settings, &discs(), 1);
    for (closely, plain) in closely.iter().zip(&plain.steps) {
        assert_eq!(closely.loss, plain.loss);
        assert_eq!(closely.batch, plain.batch);
        assert!(plain.diagnostics.is_none(), "it costs time");
        assert_eq!(diagnostics(closely).after.len(), closely.batch.len());
    }
}

#[test]
fn what_a_step_did_is_what_the_network_says_afterwards() {
    // Without dropout, the answers after the step are those of the network in use.
    let settings = Settings {
        film_side: 64,
        dropout: 0.0,
        learning_rate: 1e-3,
        fine_tuning: None,
        ..Settings::default()
    };
    let films = discs();
    let (run, steps) = close_steps(&settings, 1);
    let look = diagnostics(&steps[0]);
    assert!(look.loss_after < steps[0].loss, "{look:?}");
    for (film, after) in steps[0].batch.iter().zip(&look.after) {
        let said = block_on(run.classify(&films.samples[film.sample].film)).expect("an answer");
        for (said, after) in said.iter().zip(after) {
            assert!((said - after).abs() < 1e-4, "{said} {after}");
        }
    }
}

#[test]
fn each_layer_that_learns_has_a_gradient_and_no_other() {
    let tuned = Settings {
        film_side: 64,
        epochs: 1,
        network: Network::Pretrained(Pooling::Grid),
        fine_tuning: Some(FineTuning {
            stages: 2,
            epochs: 1,
            learning_rate: 1e-4,
        }),
        ..Settings::default()
    };
    // An epoch is two steps, so that the third is the first with two stages unfrozen.
    let layers = |settings: &Settings, step: usize| -> Vec<Layer> {
        let (_, steps) = close_steps(settings, step);
        let gradients = &diagnostics(&steps[step - 1]).gradients;
        assert!(gradients.iter().all(|own| own.norm > 0.0), "{gradients:?}");
        gradients.iter().map(|own| own.layer).collect()
    };
    assert_eq!(layers(&tuned, 2), [Layer::Hidden, Layer::Output]);
    // A grid is read after stage 13 of 0 to 18.
    let last = [12, 13].map(Layer::Backbone);
    assert_eq!(
        layers(&tuned, 3),
        [&last[..], &[Layer::Hidden, Layer::Output]].concat()
    );
    let convolutions = [0, 1, 2].map(Layer::Convolution);
    assert_eq!(
        layers(&quick(), 1),
        [&convolutions[..], &[Layer::Output]].concat()
    );
}

#[test]
fn a_store_keeps_what_still_holds_when_the_recipe_changes() {
    let settings = quick();
    let films = discs();
    let (run, mut store) = prepare(&settings, &films, 1);
    let all = run.views();
    store.retarget(FeatureKey::of(&Settings {
        seed: 9,
        dropout: 0.1,
        epochs: 1,
        ..settings.clone()
    }));
    assert!(store.missing(&all).is_empty());
    store.retarget(FeatureKey::of(&Settings {
        augmentation: Some(Augmentation::default()),
        ..settings.clone()
    }));
    assert!(
        store.missing(&all).is_empty(),
        "views of the films as they are serve any augmentation"
    );
    store.retarget(FeatureKey::of(&Settings {
        film_side: 48,
        ..settings
    }));
    assert_eq!(store.missing(&all).len(), all.len());
}

#[test]
fn films_that_cannot_be_divided_are_refused() {
    let films = discs();
    let settings = Settings {
        split_by: SplitBy::Patient,
        ..quick()
    };
    assert!(
        Run::new(
            &settings,
            &films.summary(false),
            &weights(),
            &Device::flex(),
            1
        )
        .is_err()
    );
}
