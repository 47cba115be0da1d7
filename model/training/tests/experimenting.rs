//! Experiments carried out on films and features that are made here.

mod discs;

use burn::tensor::Device;
use discs::{discs, weights};
use experiments::{Experiment, Ground, Outcome, hospital::Hospital, marker::is_ink};
use imaging::{dataset::Dataset, report::TrainError, settings::Reading};
use pollster::block_on;
use training::{
    features::{FeatureStore, Features, View},
    laboratory::{Change, Exposure, Laboratory},
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

fn laboratory(experiment: Experiment, films: &Dataset, seeds: usize) -> Laboratory {
    Laboratory::new(experiment, 1, seeds, films, &weights(), &Device::flex()).expect("a laboratory")
}

/// Numbers that tell the classes, a little of the film, and whether it is changed.
fn features(films: &Dataset, exposure: &Exposure) -> Features {
    let n = match exposure.reading {
        Reading::GlobalAverage => 1280,
        Reading::Grid => 1536,
    };
    let class = films.samples[exposure.sample].class as f32;
    let changed = f32::from(u8::from(exposure.change != Change::AsItIs));
    let reading = (0..n).map(|at| {
        let own = ((exposure.sample * 31 + at * 17) % 101) as f32 / 101.0;
        0.3 * own + if at % 7 == 0 { class } else { 0.0 } + if at % 11 == 0 { changed } else { 0.0 }
    });
    Features {
        reading: reading.collect(),
        activation: Vec::new(),
    }
}

fn carry_out(experiment: Experiment, films: &Dataset, seeds: usize) -> Vec<Outcome> {
    let mut laboratory = laboratory(experiment, films, seeds);
    for exposure in laboratory.needs() {
        laboratory.give(exposure, features(films, &exposure));
    }
    assert!(laboratory.needs().is_empty());
    let mut outcomes = Vec::new();
    while !laboratory.is_done() {
        outcomes.extend(block_on(laboratory.next()).expect("a piece of work"));
    }
    assert_eq!(outcomes.len(), laboratory.total());
    assert_eq!(laboratory.done(), laboratory.total());
    outcomes
}

#[test]
fn every_condition_of_every_seed_is_tried_on_all_its_grounds_and_repeats() {
    let films = films();
    for experiment in [Experiment::Arms, Experiment::Mistakes, Experiment::Pixels] {
        let outcomes = carry_out(experiment, &films, 2);
        for outcome in &outcomes {
            let grounds: Vec<Ground> = outcome.scores.iter().map(|(ground, _)| *ground).collect();
            assert_eq!(grounds, experiment.grounds(outcome.condition));
        }
        assert_eq!(outcomes, carry_out(experiment, &films, 2), "{experiment:?}");
    }
}

#[test]
fn what_can_be_learnt_is_learnt_and_classes_by_lot_are_not() {
    let mut by_lot = Vec::new();
    for outcome in carry_out(Experiment::ShuffledLabels, &films(), 6) {
        let [(_, training), (_, test)] = outcome.scores[..] else {
            panic!("two grounds");
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
        ["no_signal", "threshold_on_test", "threshold_elsewhere"].map(|key| correct(of(key)));
    for (seed, chosen) in chosen.iter().enumerate() {
        assert!(chosen >= &plain[seed] && chosen >= &elsewhere[seed]);
    }
}

#[test]
fn nothing_is_judged_before_all_features_are_there() {
    let films = films();
    let mut laboratory = laboratory(Experiment::Arms, &films, 1);
    let error = block_on(laboratory.next()).expect_err("nothing was given");
    // The device is not to blame.
    assert!(matches!(error, TrainError::Missing { .. }), "{error:?}");
}

#[test]
fn features_of_a_run_serve_where_they_are_the_same() {
    let films = films();
    let mut laboratory = laboratory(Experiment::Arms, &films, 1);
    let needed = laboratory.needs();
    let plain = |exposure: &&Exposure| exposure.change == Change::AsItIs;
    let as_they_are = needed.iter().filter(plain).count();
    let mut recipe = laboratory.recipe(&needed[0]);
    recipe.augmentation = None;
    // Cut elsewhere, as with a second stage.
    recipe.cut -= 2;
    let mut store = FeatureStore::new(recipe);
    for exposure in &needed {
        let view = View {
            sample: exposure.sample,
            view: 0,
        };
        store.insert(view, features(&films, exposure));
        store.insert(View { view: 1, ..view }, features(&films, exposure));
    }
    laboratory.give_from(&store);
    assert_eq!(laboratory.needs().len(), needed.len() - as_they_are);
    let further: Vec<Change> = laboratory.needs().iter().map(|one| one.change).collect();
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
        let exposure = Exposure {
            sample: 3,
            change,
            reading: Reading::GlobalAverage,
        };
        exposure.input(&films)
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
    let own = laboratory(Experiment::Arms, &films, 1);
    let exposure = Exposure {
        sample: 3,
        change: Change::View(2),
        reading: Reading::GlobalAverage,
    };
    let recipe = own.recipe(&exposure);
    let expected = training::features::input(&films, view, &recipe);
    assert_eq!(input(Change::View(2)), expected);
    assert_eq!(exposure.view(), Some(view));
    for hospital in Hospital::ALL {
        assert_ne!(input(Change::From(hospital)), plain);
        assert_ne!(input(Change::Like(hospital)), plain);
        assert_eq!(input(Change::Like(hospital)), input(Change::Like(hospital)));
    }
    let unscaled = input(Change::Unscaled);
    assert!(unscaled.iter().all(|grey| (0.449..=0.676).contains(grey)));
}
