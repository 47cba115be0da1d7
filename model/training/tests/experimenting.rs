//! Experiments carried out on films and features that are made here.

mod discs;

use burn::tensor::Device;
use discs::{discs, weights};
use experiments::ConditionKey::{NoSignal, ThresholdElsewhere, ThresholdOnTest};
use experiments::{EvaluationSet, Experiment, Outcome, hospital::Hospital, marker::is_ink};
use imaging::{
    dataset::Dataset,
    report::TrainError,
    settings::Pooling,
    split::{Division, SplitBy},
};
use pollster::block_on;
use training::{
    experiment_runner::{Change, ExperimentRunner, InputVariant},
    features::{FeatureStore, Features, View},
};

const SIDE: usize = 224;

/// The discs twice of each of three patients, so that a patient has films enough to train on alone.
fn films() -> Dataset {
    let mut films = discs();
    let one = films.samples.clone();
    films.samples.clear();
    for (copy, patient) in ["A", "B", "C", "A", "B", "C"].into_iter().enumerate() {
        films.samples.extend(one.iter().cloned().map(|mut sample| {
            sample.name = format!("{copy}/{}", sample.name);
            sample.patient = Some(patient.into());
            sample
        }));
    }
    films
}

fn experiment_runner(experiment: Experiment, films: &Dataset, seeds: usize) -> ExperimentRunner {
    let run = Division {
        by: SplitBy::Image,
        seed: 1,
    };
    ExperimentRunner::new(
        experiment,
        1,
        seeds,
        films,
        run,
        &weights(),
        &Device::flex(),
    )
    .expect("a experiment_runner")
}

/// Numbers that tell the classes, a little of the film, and whether it is changed.
fn features(films: &Dataset, variant: &InputVariant) -> Features {
    let n = match variant.pooling {
        Pooling::GlobalAverage => 1280,
        Pooling::Grid => 1536,
    };
    let class = films.samples[variant.sample].class as f32;
    let changed = f32::from(u8::from(variant.change != Change::AsItIs));
    let embedding = (0..n).map(|at| {
        let own = ((variant.sample * 31 + at * 17) % 101) as f32 / 101.0;
        0.3 * own + if at % 7 == 0 { class } else { 0.0 } + if at % 11 == 0 { changed } else { 0.0 }
    });
    Features {
        embedding: embedding.collect(),
        feature_map: Vec::new(),
    }
}

fn carry_out(experiment: Experiment, films: &Dataset, seeds: usize) -> Vec<Outcome> {
    let mut experiment_runner = experiment_runner(experiment, films, seeds);
    for variant in experiment_runner.needs() {
        experiment_runner.give(variant, features(films, &variant));
    }
    assert!(experiment_runner.needs().is_empty());
    let mut outcomes = Vec::new();
    while !experiment_runner.is_done() {
        outcomes.extend(block_on(experiment_runner.next()).expect("a piece of work"));
    }
    assert_eq!(outcomes.len(), experiment_runner.total());
    assert_eq!(experiment_runner.done(), experiment_runner.total());
    outcomes
}

#[test]
fn every_condition_of_every_seed_is_tried_on_all_its_grounds_and_repeats() {
    let films = films();
    for experiment in [Experiment::Arms, Experiment::Mistakes, Experiment::Pixels] {
        let outcomes = carry_out(experiment, &films, 2);
        for outcome in &outcomes {
            let evaluation_sets: Vec<EvaluationSet> = outcome
                .scores
                .iter()
                .map(|(evaluation_set, _)| *evaluation_set)
                .collect();
            assert_eq!(
                evaluation_sets,
                experiment.evaluation_sets(outcome.condition)
            );
        }
        assert_eq!(outcomes, carry_out(experiment, &films, 2), "{experiment:?}");
    }
}

#[test]
fn what_can_be_learnt_is_learnt_and_classes_by_lot_are_not() {
    let mut by_lot = Vec::new();
    for outcome in carry_out(Experiment::ShuffledLabels, &films(), 6) {
        let [(_, training), (_, test)] = outcome.scores[..] else {
            panic!("two evaluation_sets");
        };
        let share = test.correct as f64 / test.n as f64;
        if outcome.condition == 0 {
            assert_eq!(training.correct, training.n);
            assert!(share > 0.95, "{test:?}");
        } else {
            by_lot.push(share);
        }
        assert_eq!(test.patients, Some(3));
    }
    let mean = by_lot.iter().sum::<f64>() / by_lot.len() as f64;
    assert!((0.35..=0.65).contains(&mean), "{by_lot:?}");
}

#[test]
fn a_threshold_chosen_on_the_films_that_are_judged_is_never_worse() {
    let outcomes = carry_out(Experiment::Mistakes, &films(), 4);
    let correct = |condition: usize| -> Vec<usize> {
        let own = outcomes.iter().filter(|one| one.condition == condition);
        own.map(|one| one.scores[0].1.correct).collect()
    };
    let of = |key| Experiment::Mistakes.condition(key).expect("a condition");
    let [plain, chosen, elsewhere] =
        [NoSignal, ThresholdOnTest, ThresholdElsewhere].map(|key| correct(of(key)));
    for (seed, chosen) in chosen.iter().enumerate() {
        assert!(chosen >= &plain[seed] && chosen >= &elsewhere[seed]);
    }
}

#[test]
fn nothing_is_judged_before_all_features_are_there() {
    let films = films();
    let mut experiment_runner = experiment_runner(Experiment::Arms, &films, 1);
    let error = block_on(experiment_runner.next()).expect_err("nothing was given");
    // The device is not to blame.
    assert!(matches!(error, TrainError::Missing { .. }), "{error:?}");
}

#[test]
fn features_of_a_run_serve_where_they_are_the_same() {
    let films = films();
    let mut experiment_runner = experiment_runner(Experiment::Arms, &films, 1);
    let needed = experiment_runner.needs();
    let plain = |variant: &&InputVariant| variant.change == Change::AsItIs;
    let as_they_are = needed.iter().filter(plain).count();
    let mut key = experiment_runner.key(&needed[0]);
    key.augmentation = None;
    // Cut elsewhere, as with a second stage.
    key.cut -= 2;
    let mut store = FeatureStore::new(key);
    for variant in &needed {
        let view = View {
            sample: variant.sample,
            view: 0,
        };
        store.insert(view, features(&films, variant));
        store.insert(View { view: 1, ..view }, features(&films, variant));
    }
    experiment_runner.give_from(&store);
    assert_eq!(experiment_runner.needs().len(), needed.len() - as_they_are);
    let further: Vec<Change> = experiment_runner
        .needs()
        .iter()
        .map(|one| one.change)
        .collect();
    assert!(
        further
            .iter()
            .all(|change| matches!(change, Change::View(_)))
    );
}

#[test]
fn inputs_are_what_they_say() {
    let films = films();
    let input = |change| {
        let variant = InputVariant {
            sample: 3,
            change,
            pooling: Pooling::GlobalAverage,
        };
        variant.input(&films)
    };
    let plain = input(Change::AsItIs);
    assert_eq!(plain, films.samples[3].film.input(SIDE));

    for (at, (before, after)) in plain.iter().zip(input(Change::Marked)).enumerate() {
        let place = [at % SIDE, at / SIDE].map(|at| (at as f64 + 0.5) / SIDE as f64);
        let expected = if is_ink(place) { 1.0 } else { *before };
        assert_eq!(after, expected);
    }
    let mirrored = input(Change::Mirrored);
    assert_ne!(mirrored, plain);
    for (row, other) in plain.chunks(SIDE).zip(mirrored.chunks(SIDE)) {
        let reversed = other.iter().rev();
        assert!(row.iter().zip(reversed).all(|(a, b)| (a - b).abs() < 1e-4));
    }
    let view = View { sample: 3, view: 2 };
    let own = experiment_runner(Experiment::Arms, &films, 1);
    let variant = InputVariant {
        sample: 3,
        change: Change::View(2),
        pooling: Pooling::GlobalAverage,
    };
    let key = own.key(&variant);
    let expected = training::features::input(&films, view, &key);
    assert_eq!(input(Change::View(2)), expected);
    assert_eq!(variant.view(), Some(view));
    for hospital in Hospital::ALL {
        assert_ne!(input(Change::From(hospital)), plain);
        assert_ne!(input(Change::Like(hospital)), plain);
        assert_eq!(input(Change::Like(hospital)), input(Change::Like(hospital)));
    }
    let unscaled = input(Change::Unscaled);
    assert!(unscaled.iter().all(|grey| (0.449..=0.676).contains(grey)));
}
