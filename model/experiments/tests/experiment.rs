//! Outcomes summed up, claims that can fail, and what is done to films.

use experiments::{
    CLAIMS, Cell, Claim, Effect, EvaluationSet, Expected, Experiment, Measure, Outcome, Score,
    Spread, Verdict, difference,
    hospital::Hospital,
    marker::{PLACE, is_ink, stamp},
    values,
};
use imaging::{film::Film, perturb::Perturbation};
use metrics::Interval;

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

const CELLS: [Cell; 2] = [cell(0), cell(1)];

const fn cell(condition: usize) -> Cell {
    Cell {
        condition,
        evaluation_set: EvaluationSet::Test,
        measure: Measure::Accuracy,
    }
}

/// Soft waves, no two lines alike.
fn waves(width: u32, height: u32) -> Film {
    let pixel = |index: u32| {
        let (x, y) = (f64::from(index % width), f64::from(index / width));
        (32_768.0 + 16_000.0 * (x / 9.0).sin() + 16_000.0 * (y / 13.0 + x / 40.0).cos()) as u16
    };
    Film::new(width, height, (0..width * height).map(pixel).collect()).expect("a film")
}

fn outcome(condition: usize, seed: u64, correct: usize) -> Outcome {
    let score = Score {
        n: 10,
        correct,
        patients: None,
        sensitivity: None,
        specificity: None,
        auc: None,
    };
    Outcome {
        condition,
        seed,
        scores: vec![(EvaluationSet::Test, score)],
    }
}

fn claim(from: Option<Cell>, to: Cell, expected: Expected) -> Claim {
    Claim {
        key: "one",
        experiment: Experiment::Arms,
        from,
        to,
        expected,
    }
}

#[test]
fn a_spread_is_students() {
    // 97.5 % points of t: 12.706 with one degree of freedom, 4.303 with two, 2.262 with nine.
    let ends = |spread: &Spread| spread.interval.map(|ends| (ends.low, ends.high)).unwrap();
    let spread = Spread::of_differences(&[1.0, 2.0, 3.0]).unwrap();
    let half = 4.302_653 / 3.0_f64.sqrt();
    let (low, high) = ends(&spread);
    assert!((spread.mean - 2.0).abs() < 1e-12);
    assert!((high - 2.0 - half).abs() < 1e-5, "{spread:?}");
    assert!((2.0 - low - half).abs() < 1e-5, "{spread:?}");

    let spread = Spread::of_differences(&[0.0, 2.0]).unwrap();
    assert!(
        (ends(&spread).1 - 1.0 - 12.706_205).abs() < 1e-4,
        "{spread:?}"
    );

    let ten: Vec<f64> = (1..=10).map(f64::from).collect();
    let spread = Spread::of_differences(&ten).unwrap();
    let error = (82.5_f64 / 9.0 / 10.0).sqrt();
    assert!((ends(&spread).1 - 5.5 - 2.262_157 * error).abs() < 1e-5);
    assert_eq!(spread.n, 10);

    let (low, high) = ends(&Spread::of_shares(&[0.9, 1.0, 1.0]).unwrap());
    assert!(0.0 < low && low < 0.9 && high < 1.0);
}

#[test]
fn one_number_or_none_has_no_spread() {
    for of in [Spread::of_shares, Spread::of_differences] {
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[1.0]), None);
        assert_eq!(of(&[1.0, f64::NAN]), None);
    }
}

#[test]
fn equal_seeds_have_no_interval_and_show_nothing() {
    let perfect = Spread::of_shares(&[1.0; 10]).unwrap();
    assert_eq!((perfect.mean, perfect.interval, perfect.n), (1.0, None, 10));
    // Two seeds that agree to the last film are no proof.
    let [from, to] = CELLS;
    let outcomes: Vec<Outcome> = [1, 2]
        .into_iter()
        .flat_map(|seed| [outcome(0, seed, 5), outcome(1, seed, 8)])
        .collect();
    let equal = difference(&outcomes, &from, &to).unwrap();
    assert!((equal.mean - 0.3).abs() < 1e-12);
    assert_eq!(Effect::of(&equal, Measure::Accuracy), Effect::Unclear);
    let gain = claim(Some(from), to, Expected::AtLeast(0.2));
    assert!(matches!(gain.check(&outcomes), Verdict::Fails(_)));
}

#[test]
fn differences_are_paired_by_seed_whatever_their_order() {
    let mut outcomes = vec![
        outcome(1, 3, 9),
        outcome(0, 1, 2),
        outcome(1, 1, 4),
        outcome(0, 3, 6),
        outcome(1, 2, 10), // without a partner
        outcome(0, 1, 2),  // twice
    ];
    let [from, to] = &CELLS;
    let found = difference(&outcomes, from, to).unwrap();
    assert_eq!(found.n, 2);
    assert!((found.mean - 0.25).abs() < 1e-12);
    assert_eq!(values(&outcomes, from), [(1, 0.2), (3, 0.6)]);
    outcomes.reverse();
    assert_eq!(difference(&outcomes, from, to), Some(found));
    assert_eq!(difference(&outcomes[..2], from, to), None);
}

#[test]
fn a_score_counts_both_classes_and_orders_them() {
    let truth = [0, 0, 1, 1];
    let answers = [[0.9, 0.1], [0.4, 0.6], [0.3, 0.7], [0.2, 0.8]].map(Vec::from);
    let score = Score::of(2, &truth, &answers, Some(3));
    assert_eq!((score.n, score.correct, score.patients), (4, 3, Some(3)));
    assert_eq!(score.sensitivity, Some(1.0));
    assert_eq!(score.specificity, Some(0.5));
    assert_eq!(score.auc, Some(1.0));

    let lost = vec![vec![f32::NAN; 2]; 4];
    let score = Score::of(2, &truth, &lost, None);
    assert_eq!((score.correct, score.auc), (2, None));

    let three = [[0.2, 0.3, 0.5]; 4].map(Vec::from);
    let score = Score::of(3, &truth, &three, None);
    assert_eq!((score.sensitivity, score.auc), (None, None));
}

#[test]
fn a_claim_holds_fails_or_remains_unknown() {
    let [from, to] = CELLS;
    let gain = claim(Some(from), to, Expected::AtLeast(0.2));
    let of = |pairs: &[(usize, usize)]| -> Vec<Outcome> {
        let seeds = pairs.iter().zip(1..);
        seeds
            .flat_map(|(&(a, b), seed)| [outcome(0, seed, a), outcome(1, seed, b)])
            .collect()
    };
    let clear = of(&[(5, 8), (4, 8), (6, 9)]);
    assert!(matches!(gain.check(&clear), Verdict::Holds(_)));
    // As large on average, but one seed decides it.
    let lucky = of(&[(5, 5), (5, 5), (1, 10)]);
    assert!(matches!(gain.check(&lucky), Verdict::Fails(_)));
    let none = of(&[(5, 5), (5, 6), (6, 5)]);
    assert!(matches!(gain.check(&none), Verdict::Fails(_)));
    let loss = claim(Some(to), from, Expected::AtMost(-0.2));
    assert!(matches!(loss.check(&clear), Verdict::Holds(_)));
    assert!(matches!(loss.check(&none), Verdict::Fails(_)));
    // No difference on average, and no telling from three seeds: that is not "no effect".
    let nothing = claim(Some(from), to, Expected::NoEffect);
    assert!(matches!(nothing.check(&none), Verdict::Fails(_)));
    assert!(matches!(nothing.check(&clear), Verdict::Fails(_)));
    let same = of(&[(5, 5), (7, 7), (6, 6)]);
    assert!(matches!(nothing.check(&same), Verdict::Holds(_)));
    let between = claim(None, to, Expected::Between(0.5, 0.6));
    assert!(matches!(between.check(&none), Verdict::Holds(_)));
    assert!(matches!(between.check(&clear), Verdict::Fails(_)));
    let alone = claim(None, to, Expected::AtLeast(0.8));
    assert!(matches!(alone.check(&clear), Verdict::Holds(_)));
    assert!(matches!(alone.check(&none), Verdict::Fails(_)));
    assert_eq!(gain.check(&clear[..2]), Verdict::Unknown);
}

/// What an outcome would say if a cell of the claim had this value.
fn told(cell: &Cell, seed: u64, value: f64) -> Outcome {
    let score = Score {
        n: 1000,
        correct: (value * 1000.0).round() as usize,
        patients: None,
        sensitivity: None,
        specificity: None,
        auc: Some(value),
    };
    Outcome {
        condition: cell.condition,
        seed,
        scores: vec![(cell.evaluation_set, score)],
    }
}

/// Outcomes of three seeds in which what is claimed to be more or less is so, about twice as much as the bound asks;
/// `turned`: the other way round. `None` for a claim of no difference.
fn borne_out(claim: &Claim, turned: bool) -> Option<Vec<Outcome>> {
    let (Expected::AtLeast(bound) | Expected::AtMost(bound)) = claim.expected else {
        return None;
    };
    let sign = if turned { -1.0 } else { 1.0 };
    let seeds = [(1, -0.1), (2, 0.0), (3, 0.1)];
    let outcomes = seeds.into_iter().flat_map(|(seed, luck)| match claim.from {
        Some(from) => {
            let half = sign * bound * (1.0 + luck);
            vec![
                told(&from, seed, 0.5 - half),
                told(&claim.to, seed, 0.5 + half),
            ]
        }
        None => {
            // As far above chance as it can be below it.
            let above = bound + (1.0 - bound) * (0.5 + luck) - 0.5;
            vec![told(&claim.to, seed, 0.5 + sign * above)]
        }
    });
    Some(outcomes.collect())
}

#[test]
fn every_claim_of_more_or_less_fails_when_its_effect_is_turned_around() {
    let mut checked = 0;
    for claim in CLAIMS {
        let Some(outcomes) = borne_out(claim, false) else {
            continue;
        };
        let turned = borne_out(claim, true).unwrap();
        let verdict = claim.check(&outcomes);
        assert!(
            matches!(verdict, Verdict::Holds(_)),
            "{}: {verdict:?}",
            claim.key
        );
        let verdict = claim.check(&turned);
        assert!(
            matches!(verdict, Verdict::Fails(_)),
            "{}: {verdict:?}",
            claim.key
        );
        checked += 1;
    }
    assert_eq!(checked, 26);
}

#[test]
fn there_is_one_yardstick_for_an_effect_and_for_none() {
    let of = |mean: f64, half: f64, n: usize| Spread {
        mean,
        interval: Some(Interval {
            low: mean - half,
            high: mean + half,
        }),
        n,
    };
    let accuracy = |mean, half| Effect::of(&of(mean, half, 10), Measure::Accuracy);
    assert_eq!(accuracy(0.0, 0.015), Effect::Negligible);
    // Surely above nothing, and surely too small to matter.
    assert_eq!(accuracy(0.01, 0.005), Effect::Negligible);
    assert_eq!(accuracy(0.03, 0.02), Effect::More);
    assert_eq!(accuracy(-0.03, 0.02), Effect::Less);
    // Neither shown nor ruled out: what was called "no effect" while the mean alone decided.
    assert_eq!(accuracy(0.035, 0.04), Effect::Unclear);
    assert_eq!(accuracy(0.0, 0.03), Effect::Unclear);
    assert_eq!(
        Effect::of(&of(-0.01, 0.02, 10), Measure::Auc),
        Effect::Negligible
    );
    let flat = |mean, n| {
        let spread = Spread {
            mean,
            interval: None,
            n,
        };
        Effect::of(&spread, Measure::Accuracy)
    };
    assert_eq!(flat(0.0, 2), Effect::Unclear);
    assert_eq!(flat(0.0, 3), Effect::Negligible);
    assert_eq!(flat(-0.5, 3), Effect::Less);
}

#[test]
fn a_claim_of_more_or_less_names_a_bound_beyond_the_margin() {
    for claim in CLAIMS.iter().filter(|claim| claim.from.is_some()) {
        let margin = claim.to.measure.margin();
        match claim.expected {
            Expected::AtLeast(least) => assert!(least >= margin, "{}", claim.key),
            Expected::AtMost(most) => assert!(most <= -margin, "{}", claim.key),
            Expected::Between(..) => panic!("{} is of a difference", claim.key),
            Expected::NoEffect => {}
        }
    }
}

#[test]
fn every_experiment_claims_something_that_it_measures() {
    for experiment in Experiment::ALL {
        let mut claims = CLAIMS.iter().filter(|one| one.experiment == experiment);
        assert!(claims.next().is_some(), "{experiment:?}");
    }
    let mut keys: Vec<&str> = CLAIMS.iter().map(|claim| claim.key).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), CLAIMS.len());
    for claim in CLAIMS {
        for cell in claim.from.iter().chain([&claim.to]) {
            let evaluation_sets = claim.experiment.evaluation_sets(cell.condition);
            assert!(
                evaluation_sets.contains(&cell.evaluation_set),
                "{}",
                claim.key
            );
        }
    }
}

#[test]
fn conditions_and_experiments_have_names_of_their_own() {
    let mut keys = Experiment::ALL.map(Experiment::key);
    keys.sort_unstable();
    assert!(keys.windows(2).all(|pair| pair[0] != pair[1]));
    for experiment in Experiment::ALL {
        for (place, condition) in experiment.conditions().iter().enumerate() {
            assert_eq!(experiment.condition(condition.key), Some(place));
            assert!(!experiment.evaluation_sets(place).is_empty());
        }
        assert!(experiment.seeds() >= 3);
    }
}

#[test]
fn the_marker_is_white_writing_in_its_place_and_nothing_else() {
    let side = 224;
    let before = vec![0.25; side * side];
    let mut after = before.clone();
    stamp(&mut after, side);
    let [left, top, width, height] = PLACE;
    let mut ink = 0;
    for (at, &grey) in after.iter().enumerate() {
        let place = [at % side, at / side].map(|at| (at as f64 + 0.5) / side as f64);
        let within =
            (left..left + width).contains(&place[0]) && (top..top + height).contains(&place[1]);
        assert_eq!(grey == 1.0, is_ink(place));
        if grey == 1.0 {
            assert!(within);
            ink += 1;
        } else {
            assert_eq!(grey, 0.25);
        }
    }
    let box_pixels = width * height * (side * side) as f64;
    let share = f64::from(ink) / box_pixels;
    assert!((0.25..0.6).contains(&share), "{share}");
    // P, and no dot beside the last letter E.
    assert!(is_ink([left + 0.001, top + 0.001]));
    assert!(!is_ink([left + width + 0.001, top + 0.001]));
}

#[test]
fn mirrored_twice_is_the_film() {
    let film = waves(20, 31);
    assert_ne!(film.mirrored(), film);
    assert_eq!(film.mirrored().mirrored(), film);
    let small = Film::new(3, 2, vec![1, 2, 3, 4, 5, 6]).unwrap();
    assert_eq!(small.mirrored().pixels(), [3, 2, 1, 6, 5, 4]);
}

#[test]
fn mirroring_before_or_after_the_way_to_the_input_is_the_same() {
    let film = waves(300, 340);
    let side = 64;
    let (input, mirrored) = (film.input(side), film.mirrored().input(side));
    for (row, other) in input.chunks(side).zip(mirrored.chunks(side)) {
        for (grey, mirrored) in row.iter().zip(other.iter().rev()) {
            assert!((grey - mirrored).abs() < 1e-4, "{grey} {mirrored}");
        }
    }
}

#[test]
fn each_hospital_changes_films_in_one_way() {
    let evaluation_sets = Hospital::ALL.map(Hospital::evaluation_set);
    assert!(
        (1..evaluation_sets.len()).all(|at| !evaluation_sets[..at].contains(&evaluation_sets[at]))
    );
    let film = Perturbation::default();
    let mut random = ChaCha8Rng::seed_from_u64(1);
    for hospital in Hospital::ALL {
        let without = |change: Perturbation| match hospital {
            Hospital::Noisy => Perturbation {
                noise: film.noise,
                ..change
            },
            Hospital::Rotated => Perturbation {
                rotation: film.rotation,
                ..change
            },
            Hospital::Inverted => Perturbation {
                inversion: film.inversion,
                ..change
            },
            Hospital::Windowed => Perturbation {
                window: film.window,
                level: film.level,
                ..change
            },
        };
        assert_ne!(hospital.perturbation(), film);
        assert_eq!(without(hospital.perturbation()), film, "{hospital:?}");
        for _ in 0..20 {
            let imitation = hospital.imitation(&mut random);
            assert_ne!(imitation, film);
            assert_eq!(without(imitation), film, "{hospital:?}");
        }
    }
}
