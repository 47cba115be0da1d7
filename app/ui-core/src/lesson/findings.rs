//! What the outcomes of an experiment are asked: each comparison becomes a sentence with the learner's own numbers.

use experiments::{CLAIMS, Cell, EvaluationSet, Experiment, Measure, Outcome, Spread, difference};

use super::verdict::Sense;

/// One number less another, over the seeds that have both.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison {
    pub from: Cell,
    pub to: Cell,
    pub spread: Spread,
}

impl Comparison {
    pub fn sense(&self) -> Sense {
        Sense::of(&self.spread)
    }
}

/// The comparisons that a step of the lesson tells.
pub fn brief(experiment: Experiment, outcomes: &[Outcome]) -> Vec<Comparison> {
    let own = own(experiment).len();
    let all = pairs(experiment).into_iter().take(own).collect();
    found(all, outcomes)
}

/// All comparisons that these outcomes allow, in the order of telling.
pub fn comparisons(experiment: Experiment, outcomes: &[Outcome]) -> Vec<Comparison> {
    found(pairs(experiment), outcomes)
}

fn found(pairs: Vec<(Cell, Cell)>, outcomes: &[Outcome]) -> Vec<Comparison> {
    let found = pairs.into_iter().filter_map(|(from, to)| {
        let spread = difference(outcomes, &from, &to)?;
        Some(Comparison { from, to, spread })
    });
    found.collect()
}

/// The lesson's own comparisons, and those that its claims rest on.
fn pairs(experiment: Experiment) -> Vec<(Cell, Cell)> {
    let mut pairs: Vec<(Cell, Cell)> = own(experiment)
        .into_iter()
        .filter_map(|(from, to, measure)| {
            let cell = |(key, evaluation_set)| {
                Some(Cell {
                    condition: experiment.condition(key)?,
                    evaluation_set,
                    measure,
                })
            };
            Some((cell(from)?, cell(to)?))
        })
        .collect();
    let claims = CLAIMS.iter().filter(|claim| claim.experiment == experiment);
    for pair in claims.filter_map(|claim| Some((claim.from?, claim.to))) {
        if !pairs.contains(&pair) {
            pairs.push(pair);
        }
    }
    pairs
}

type At = (&'static str, EvaluationSet);

fn own(experiment: Experiment) -> Vec<(At, At, Measure)> {
    use EvaluationSet::{
        Aligned, Inverted, Neutral, Noisy, OtherPatients, Rotated, Shifted, Swapped, Test,
        Training, Validation, Windowed,
    };
    use Measure::{Accuracy, Auc};
    match experiment {
        Experiment::Pixels => vec![
            (("pixels_4", Test), ("network", Test), Accuracy),
            (
                ("pixels_4", OtherPatients),
                ("network", OtherPatients),
                Accuracy,
            ),
        ],
        Experiment::Arms => [Test, Shifted, OtherPatients]
            .into_iter()
            .flat_map(|evaluation_set| {
                ["augmentation", "dropout"]
                    .map(|key| (("neither", evaluation_set), (key, evaluation_set), Accuracy))
            })
            .collect(),
        Experiment::DataSize => vec![(("films_2", Test), ("films_20", Test), Accuracy)],
        Experiment::LabelNoise => vec![(("wrong_0", Test), ("wrong_40", Test), Accuracy)],
        Experiment::ShuffledLabels => vec![
            (
                ("true_classes", Training),
                ("shuffled_classes", Training),
                Accuracy,
            ),
            (("true_classes", Test), ("shuffled_classes", Test), Accuracy),
        ],
        Experiment::Leak => vec![
            (("by_image", Test), ("by_patient", OtherPatients), Accuracy),
            (("by_image", Test), ("by_patient", OtherPatients), Auc),
        ],
        Experiment::Shortcut => vec![
            (("marked_0", Neutral), ("marked_0", Swapped), Accuracy),
            (("marked_100", Aligned), ("marked_100", Neutral), Accuracy),
            (("marked_100", Aligned), ("marked_100", Swapped), Accuracy),
        ],
        Experiment::NewHospital => [Noisy, Rotated, Inverted, Windowed]
            .into_iter()
            .flat_map(|evaluation_set| {
                let home = ("as_they_are", Test);
                let there = ("as_they_are", evaluation_set);
                [
                    (home, there, Accuracy),
                    (home, there, Auc),
                    (there, ("matched", evaluation_set), Accuracy),
                ]
            })
            .collect(),
        Experiment::Mirrored => vec![
            (
                ("average", OtherPatients),
                ("grid", OtherPatients),
                Accuracy,
            ),
            (("grid", Test), ("grid_flips", Test), Accuracy),
        ],
        Experiment::LearningRates => ["rate_1e-5", "rate_1e-4", "rate_1e-3", "rate_1e-2"]
            .map(|key| (("frozen", Test), (key, Test), Accuracy))
            .to_vec(),
        Experiment::Mistakes => vec![
            (
                ("right", Validation),
                ("augmented_validation", Validation),
                Accuracy,
            ),
            (
                ("right", Validation),
                ("dropped_batch", Validation),
                Accuracy,
            ),
            (
                ("scaling_throughout", Test),
                ("scaling_in_use", Test),
                Accuracy,
            ),
            (
                ("threshold_elsewhere", Test),
                ("threshold_on_test", Test),
                Accuracy,
            ),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use experiments::Score;

    fn outcome(condition: usize, seed: u64, correct: usize) -> Outcome {
        let score = Score {
            n: 100,
            correct,
            patients: None,
            sensitivity: None,
            specificity: None,
            auc: None,
        };
        let scores = vec![
            (EvaluationSet::Test, score),
            (EvaluationSet::Shifted, score),
        ];
        Outcome {
            condition,
            seed,
            scores,
        }
    }

    #[test]
    fn every_comparison_is_of_films_that_the_experiment_judges() {
        for experiment in Experiment::ALL {
            let pairs = pairs(experiment);
            assert!(!pairs.is_empty(), "{experiment:?}");
            assert!(
                pairs.len() >= own(experiment).len(),
                "{experiment:?}: a key is unknown"
            );
            for cell in pairs.iter().flat_map(|(from, to)| [from, to]) {
                let evaluation_sets = experiment.evaluation_sets(cell.condition);
                assert!(
                    evaluation_sets.contains(&cell.evaluation_set),
                    "{experiment:?}: {cell:?}"
                );
            }
        }
    }

    #[test]
    fn what_the_outcomes_do_not_hold_is_left_out() {
        let outcomes: Vec<Outcome> = (0..5)
            .flat_map(|seed| {
                let luck = seed as usize;
                [
                    outcome(0, seed, 60 + luck),
                    outcome(1, seed, 60 + 2 * (luck % 2)),
                    outcome(2, seed, 80 + luck),
                ]
            })
            .collect();
        let found = comparisons(Experiment::Arms, &outcomes);
        // Augmentation and dropout, on two of three evaluation sets.
        assert_eq!(found.len(), 4);
        assert_eq!(found[0].sense(), Sense::More);
        assert!((found[0].spread.mean - 0.2).abs() < 1e-9);
        assert_eq!(found[1].sense(), Sense::Same);
        assert!(comparisons(Experiment::Leak, &[]).is_empty());
    }
}
