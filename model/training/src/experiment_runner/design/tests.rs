//! What every plan must keep to, on films with patients, without, of three classes, and on very few.

use std::collections::BTreeSet;

use super::{Learns, Training, Trial};
use crate::experiment_runner::{Change, ExperimentError};
use experiments::{EvaluationSet, Experiment};
use imaging::{
    dataset::{DatasetSummary, SampleSummary},
    incidental::Incidentals,
    settings::Pooling,
    split::{Division, SplitBy, Subset, split},
    task::{MIRRORED_CLASSES, Task},
};

/// Films of each class; with so many patients, each of whom has films of every class.
fn films(classes: &[&str], of_each: usize, patients: Option<usize>) -> DatasetSummary {
    let samples = (0..classes.len() * of_each).map(|film| SampleSummary {
        name: format!("{film:03}.png"),
        class: film % classes.len(),
        patient: patients.map(|n| format!("P{}", film / classes.len() % n)),
        part: None,
        width: 300,
        height: 300,
        facts: None,
        incidentals: Incidentals::default(),
    });
    DatasetSummary {
        title: "films".into(),
        task: Task::Region,
        built_in: false,
        classes: classes.iter().map(|&class| class.to_owned()).collect(),
        samples: samples.collect(),
        skipped: Vec::new(),
    }
}

/// Films that were mirrored when they were loaded, as the lesson's third task does.
fn mirrored_films(of_each: usize) -> DatasetSummary {
    DatasetSummary {
        task: Task::Mirrored,
        ..films(&MIRRORED_CLASSES, of_each, Some(4))
    }
}

/// Of a run with its settings as they are at first.
const BY_IMAGE: Division = Division {
    by: SplitBy::Image,
    seed: 1,
};

/// With the test set of [`BY_IMAGE`] locked.
fn plan(
    experiment: Experiment,
    first_seed: u64,
    seeds: usize,
    summary: &DatasetSummary,
) -> Result<Vec<Trial>, ExperimentError> {
    super::plan(experiment, first_seed, seeds, summary, BY_IMAGE)
}

/// Patients and films as in the built-in pack: two of the five have both classes.
fn built_in_patients() -> DatasetSummary {
    let counts = [
        ("A", [24, 32]),
        ("B", [0, 32]),
        ("C", [24, 0]),
        ("D", [24, 32]),
        ("E", [24, 0]),
    ];
    let of_patient = counts.iter().flat_map(|(patient, counts)| {
        let of_class = counts.iter().enumerate();
        of_class.flat_map(move |(class, &n)| (0..n).map(move |film| (*patient, class, film)))
    });
    let samples = of_patient.map(|(patient, class, film)| SampleSummary {
        name: format!("{class}/{patient}{film:02}.png"),
        class,
        patient: Some(patient.into()),
        // All of A test, as in the pack.
        part: Some(match patient {
            "A" => Subset::Test,
            "B" | "C" => Subset::Validation,
            _ => Subset::Train,
        }),
        width: 300,
        height: 300,
        facts: None,
        incidentals: Incidentals::default(),
    });
    DatasetSummary {
        samples: samples.collect(),
        ..films(&["abdomen", "chest"], 1, None)
    }
}

fn with_patients() -> DatasetSummary {
    films(&["abdomen", "chest"], 80, Some(4))
}

fn all_plans(films: &DatasetSummary) -> Vec<(Experiment, Vec<Trial>)> {
    let planned = Experiment::ALL.map(|experiment| {
        let trials = plan(experiment, 7, 3, films).expect("a plan");
        (experiment, trials)
    });
    planned.into()
}

fn learnt(training: &Training) -> BTreeSet<usize> {
    let films = training.training_set.films.iter();
    let variants = films.flat_map(|lesson| &lesson.variants);
    variants.map(|variant| variant.sample).collect()
}

#[test]
fn a_plan_is_the_same_each_time_and_another_for_another_seed() {
    let films = with_patients();
    for (experiment, trials) in all_plans(&films) {
        assert_eq!(
            trials,
            plan(experiment, 7, 3, &films).expect("the same plan")
        );
        let alone = plan(experiment, 8, 1, &films).expect("a plan");
        let n = experiment.conditions().len();
        assert_eq!(trials[n..2 * n], alone, "{experiment:?}: a seed by itself");
        assert_ne!(trials[0].trainings, trials[n].trainings, "{experiment:?}");
    }
}

#[test]
fn each_seed_has_every_condition_once_on_all_its_grounds() {
    for (experiment, trials) in all_plans(&with_patients()) {
        let n = experiment.conditions().len();
        assert_eq!(trials.len(), 3 * n);
        for (place, trial) in trials.iter().enumerate() {
            assert_eq!(trial.condition, place % n);
            assert_eq!(trial.seed, 7 + (place / n) as u64);
            let evaluations = trial
                .trainings
                .iter()
                .flat_map(|training| &training.evaluations);
            let evaluation_sets: Vec<EvaluationSet> = evaluations
                .map(|evaluation| evaluation.evaluation_set)
                .collect();
            assert_eq!(
                evaluation_sets,
                experiment.evaluation_sets(trial.condition),
                "{experiment:?}"
            );
        }
    }
}

/// Every film that an experiment puts through a network, or through a baseline.
fn touched(trials: &[Trial]) -> BTreeSet<usize> {
    let trainings = trials.iter().flat_map(|trial| &trial.trainings);
    let films = trainings.flat_map(|training| {
        let judged = training.evaluations.iter().flat_map(|evaluation| {
            let further = evaluation.rule.questions().iter();
            evaluation.questions.iter().chain(further)
        });
        let judged = judged.map(|question| question.variant.sample);
        learnt(training).into_iter().chain(judged)
    });
    films.collect()
}

#[test]
fn the_locked_test_set_of_a_run_neither_trains_nor_judges() {
    for films in [built_in_patients(), with_patients()] {
        for by in [SplitBy::Image, SplitBy::Patient, SplitBy::Folder] {
            for seed in 1..=5 {
                let run = Division { by, seed };
                let locked: BTreeSet<usize> = run
                    .tests(&films)
                    .iter()
                    .enumerate()
                    .filter_map(|(film, &tests)| tests.then_some(film))
                    .collect();
                assert_eq!(locked.is_empty(), split(&films, by, seed).is_err());
                for experiment in Experiment::ALL {
                    let trials = super::plan(experiment, seed, 4, &films, run);
                    let trials =
                        trials.unwrap_or_else(|error| panic!("{by:?} {experiment:?}: {error}"));
                    let touched = touched(&trials);
                    assert!(touched.is_disjoint(&locked), "{by:?} {experiment:?}");
                }
            }
        }
    }
}

/// With A locked away, chest films are of B and D alone: too few patients for a run's three sets, and enough for two.
#[test]
fn one_patient_locked_away_leaves_enough_to_hold_out_others() {
    let films = built_in_patients();
    let run = Division {
        by: SplitBy::Patient,
        seed: 1,
    };
    for seed in 1..=20 {
        for experiment in Experiment::ALL {
            let trials = super::plan(experiment, seed, 1, &films, run).expect("a plan");
            for trial in &trials {
                let evaluations = trial
                    .trainings
                    .iter()
                    .flat_map(|training| &training.evaluations);
                let sets: Vec<EvaluationSet> = evaluations.map(|own| own.evaluation_set).collect();
                assert_eq!(
                    sets,
                    experiment.evaluation_sets(trial.condition),
                    "{experiment:?} {seed}"
                );
            }
        }
    }
}

#[test]
fn no_film_that_is_judged_trains_but_where_it_is_said_so() {
    for films in [with_patients(), films(&["a", "b", "c"], 30, None)] {
        for experiment in Experiment::ALL {
            let Ok(trials) = plan(experiment, 1, 4, &films) else {
                assert_eq!(experiment, Experiment::Leak);
                continue;
            };
            for training in trials.iter().flat_map(|trial| &trial.trainings) {
                let learnt = learnt(training);
                for evaluation in &training.evaluations {
                    assert!(
                        !evaluation.questions.is_empty(),
                        "{experiment:?} {evaluation:?}"
                    );
                    let asked =
                        evaluation
                            .questions
                            .iter()
                            .chain(match evaluation.evaluation_set {
                                EvaluationSet::Test => evaluation.rule.questions(),
                                _ => &[],
                            });
                    for question in
                        asked.filter(|_| evaluation.evaluation_set != EvaluationSet::Training)
                    {
                        let film = question.variant.sample;
                        assert!(!learnt.contains(&film), "{experiment:?}: film {film}");
                    }
                }
            }
        }
    }
}

#[test]
fn other_patients_have_no_film_in_training() {
    let films = with_patients();
    let patient = |sample: usize| films.samples[sample].patient.clone();
    let mut seen = 0;
    for (experiment, trials) in all_plans(&films) {
        for training in trials.iter().flat_map(|trial| &trial.trainings) {
            let own: BTreeSet<_> = learnt(training).into_iter().map(patient).collect();
            let evaluations = training.evaluations.iter();
            for evaluation in evaluations
                .filter(|evaluation| evaluation.evaluation_set == EvaluationSet::OtherPatients)
            {
                for question in &evaluation.questions {
                    let other = patient(question.variant.sample);
                    assert!(!own.contains(&other), "{experiment:?}");
                    seen += 1;
                }
            }
        }
    }
    assert!(seen > 1000);
}

#[test]
fn conditions_of_a_seed_are_judged_on_the_same_films() {
    let same = |experiment: Experiment, evaluation_set: EvaluationSet, conditions: [usize; 2]| {
        let films = with_patients();
        let trials = plan(experiment, 5, 1, &films).expect("a plan");
        let [first, second] = conditions.map(|condition| {
            let trainings = trials[condition].trainings.iter();
            let mut evaluations = trainings.flat_map(|training| &training.evaluations);
            let evaluation = evaluations
                .find(|evaluation| evaluation.evaluation_set == evaluation_set)
                .expect("an evaluation");
            let films = evaluation.questions.iter();
            films
                .map(|question| (question.variant.sample, question.class))
                .collect::<Vec<_>>()
        });
        assert_eq!(first, second, "{experiment:?}");
    };
    same(Experiment::Pixels, EvaluationSet::OtherPatients, [0, 4]);
    same(Experiment::Arms, EvaluationSet::Shifted, [0, 3]);
    same(Experiment::DataSize, EvaluationSet::Test, [0, 3]);
    same(Experiment::LabelNoise, EvaluationSet::Test, [0, 3]);
    same(Experiment::Shortcut, EvaluationSet::Swapped, [0, 5]);
    same(Experiment::NewHospital, EvaluationSet::Noisy, [0, 2]);
    same(Experiment::Mirrored, EvaluationSet::OtherPatients, [0, 2]);
    same(Experiment::LearningRates, EvaluationSet::Test, [0, 4]);
    same(Experiment::Mistakes, EvaluationSet::Test, [5, 7]);
}

#[test]
fn the_leak_is_judged_on_the_same_films_after_equally_many() {
    let trials = plan(Experiment::Leak, 3, 1, &with_patients()).expect("a plan");
    let [leaky, clean] = [&trials[0].trainings[0], &trials[1].trainings[0]];
    assert_eq!(
        leaky.evaluations[0].questions,
        clean.evaluations[0].questions
    );
    assert_eq!(
        leaky.training_set.films.len(),
        clean.training_set.films.len()
    );
    assert_ne!(leaky.training_set, clean.training_set);
}

#[test]
fn a_larger_dose_marks_and_moves_the_same_films_and_more() {
    let films = with_patients();
    let marked = |trial: &Trial| -> BTreeSet<usize> {
        let training_set = trial.trainings[0].training_set.films.iter();
        let variants = training_set.flat_map(|lesson| &lesson.variants);
        variants
            .filter(|variant| variant.change == Change::Marked)
            .map(|variant| variant.sample)
            .collect()
    };
    let trials = plan(Experiment::Shortcut, 2, 1, &films).expect("a plan");
    let sets: Vec<_> = trials.iter().map(marked).collect();
    assert!(sets[0].is_empty());
    assert!(sets.windows(2).all(|pair| pair[0].is_subset(&pair[1])));
    let all = &trials[5].trainings[0].training_set.films;
    let of_class = all.iter().filter(|lesson| lesson.class == 1).count();
    assert_eq!(sets[5].len(), of_class);

    let wrong = |trial: &Trial| -> BTreeSet<usize> {
        let training_set = trial.trainings[0].training_set.films.iter();
        training_set
            .filter(|lesson| lesson.class != films.samples[lesson.variants[0].sample].class)
            .map(|lesson| lesson.variants[0].sample)
            .collect()
    };
    let trials = plan(Experiment::LabelNoise, 2, 1, &films).expect("a plan");
    let sets: Vec<_> = trials.iter().map(wrong).collect();
    assert!(sets[0].is_empty());
    assert!(sets.windows(2).all(|pair| pair[0].is_subset(&pair[1])));
    let share = sets[3].len() as f64 / trials[3].trainings[0].training_set.films.len() as f64;
    assert!((share - 0.4).abs() < 0.02, "{share}");
}

#[test]
fn a_film_of_the_mirrored_task_is_mirrored_if_its_class_says_so() {
    let chest = films(&["abdomen", "chest"], 40, Some(4));
    let loaded = mirrored_films(20);
    for films in [chest, loaded] {
        let was = |sample: usize| films.task == Task::Mirrored && films.samples[sample].class == 1;
        let trials = plan(Experiment::Mirrored, 4, 3, &films).expect("a plan");
        for (place, trial) in trials.iter().enumerate() {
            for training in &trial.trainings {
                for lesson in &training.training_set.films {
                    let shown = lesson.variants[0];
                    let mirrored = was(shown.sample) != (shown.change == Change::Mirrored);
                    assert_eq!(mirrored, lesson.class == 1);
                    let ways: BTreeSet<_> =
                        lesson.variants.iter().map(|shown| shown.change).collect();
                    assert_eq!(ways.len(), if place % 3 == 2 { 2 } else { 1 });
                }
            }
        }
    }
}

#[test]
fn all_films_that_train_a_network_have_equally_many_exposures() {
    for (_, trials) in all_plans(&with_patients()) {
        for training in trials.iter().flat_map(|trial| &trial.trainings) {
            let films = training.training_set.films.iter();
            let ways: BTreeSet<usize> = films.map(|lesson| lesson.variants.len()).collect();
            assert_eq!(ways.len(), 1);
        }
    }
}

#[test]
fn films_that_were_mirrored_when_loaded_are_read_by_the_grid() {
    let films = mirrored_films(24);
    let trials = plan(Experiment::Arms, 1, 1, &films).expect("a plan");
    let Learns::Network(settings) = &trials[0].trainings[0].training_set.learns else {
        panic!("a network");
    };
    assert_eq!(
        settings.network,
        imaging::settings::Network::Pretrained(Pooling::Grid)
    );
}

#[test]
fn ones_own_films_are_tried_or_refused_with_a_reason() {
    let unknown = films(&["a", "b", "c"], 12, None);
    for experiment in Experiment::ALL {
        let planned = plan(experiment, 1, 2, &unknown);
        match experiment {
            Experiment::Leak => assert_eq!(planned, Err(ExperimentError::NoPatients)),
            _ => assert!(planned.is_ok(), "{experiment:?}: {planned:?}"),
        }
    }
    let few = films(&["a", "b"], 3, None);
    for experiment in Experiment::ALL {
        if let Err(error) = plan(experiment, 1, 2, &few) {
            assert!(matches!(
                error,
                ExperimentError::NoPatients | ExperimentError::TooFew { .. }
            ));
        }
    }
    let leak = |patients| {
        plan(
            Experiment::Leak,
            1,
            1,
            &films(&["a", "b"], 24, Some(patients)),
        )
    };
    assert_eq!(leak(1), Err(ExperimentError::FewPatients));
    assert!(leak(2).is_ok());
}

#[test]
fn however_many_films_there_are_the_way_through_the_backbone_stays_short() {
    let many = films(&["a", "b"], 1000, Some(50));
    for experiment in Experiment::ALL {
        let trials = plan(experiment, 1, 10, &many).expect("a plan");
        let n = crate::experiment_runner::variants(&trials).collect::<BTreeSet<_>>();
        assert!(n.len() <= 1000, "{experiment:?}: {}", n.len());
    }
    // Those of the chest alone, and not fewer because there are others.
    let films = films(&["abdomen", "chest"], 60, Some(3));
    let trials = plan(Experiment::Mirrored, 1, 1, &films).expect("a plan");
    let training = &trials[0].trainings[0];
    let n = training.training_set.films.len() + training.evaluations[0].questions.len();
    // A fifth of them is locked.
    assert_eq!(n, 60 - 12);
}
