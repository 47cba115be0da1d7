//! What the outcomes of an experiment are asked: each comparison becomes a sentence with the learner's own numbers.

use experiments::{
    CLAIMS, Cell,
    ConditionKey::{self, *},
    EvaluationSet, Experiment, Measure, Outcome, Spread, difference,
};

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

/// Of changes of the films that one network is judged on, the one that costs most accuracy.
pub fn costliest(all: &[Comparison]) -> Option<&Comparison> {
    let accuracy = |own: &&Comparison| own.to.measure == Measure::Accuracy;
    let fell = |own: &&Comparison| own.from.condition == own.to.condition;
    let changes = all.iter().filter(accuracy).filter(fell);
    changes.min_by(|a, b| a.spread.mean.total_cmp(&b.spread.mean))
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

type At = (ConditionKey, EvaluationSet);

fn own(experiment: Experiment) -> Vec<(At, At, Measure)> {
    use EvaluationSet::{Aligned, Neutral, OtherPatients, Shifted, Swapped, Test, Training};
    use Measure::{Accuracy, Auc};
    match experiment {
        Experiment::Pixels => vec![
            ((Pixels4, Test), (Network, Test), Accuracy),
            ((Pixels4, OtherPatients), (Network, OtherPatients), Accuracy),
        ],
        Experiment::Arms => [Test, Shifted, OtherPatients]
            .into_iter()
            .flat_map(|evaluation_set| {
                [Augmentation, Dropout]
                    .map(|key| ((Neither, evaluation_set), (key, evaluation_set), Accuracy))
            })
            .collect(),
        Experiment::DataSize => vec![((Films2, Test), (Films20, Test), Accuracy)],
        Experiment::LabelNoise => vec![((Wrong0, Test), (Wrong40, Test), Accuracy)],
        Experiment::ShuffledLabels => vec![
            (
                (TrueClasses, Training),
                (ShuffledClasses, Training),
                Accuracy,
            ),
            ((TrueClasses, Test), (ShuffledClasses, Test), Accuracy),
        ],
        Experiment::Leak => vec![
            ((ByImage, Test), (ByPatient, OtherPatients), Accuracy),
            ((ByImage, Test), (ByPatient, OtherPatients), Auc),
        ],
        Experiment::Shortcut => vec![
            ((Marked0, Neutral), (Marked0, Swapped), Accuracy),
            ((Marked100, Aligned), (Marked100, Neutral), Accuracy),
            ((Marked100, Aligned), (Marked100, Swapped), Accuracy),
        ],
        Experiment::NewHospital => new_hospital(),
        Experiment::Mirrored => vec![
            ((Average, OtherPatients), (Grid, OtherPatients), Accuracy),
            ((Grid, Test), (GridFlips, Test), Accuracy),
        ],
        Experiment::LearningRates => [RateE5, RateE4, RateE3, RateE2]
            .map(|key| ((Frozen, Test), (key, Test), Accuracy))
            .to_vec(),
        Experiment::Mistakes => mistakes(),
    }
}

fn new_hospital() -> Vec<(At, At, Measure)> {
    use EvaluationSet::{Inverted, Noisy, Rotated, Test, Windowed};
    let of = |evaluation_set| {
        let home = (AsTheyAre, Test);
        let there = (AsTheyAre, evaluation_set);
        [
            (home, there, Measure::Accuracy),
            (home, there, Measure::Auc),
            (there, (Matched, evaluation_set), Measure::Accuracy),
        ]
    };
    [Noisy, Rotated, Inverted, Windowed]
        .into_iter()
        .flat_map(of)
        .collect()
}

/// Each mistake beside the right way.
fn mistakes() -> Vec<(At, At, Measure)> {
    use EvaluationSet::{Test, Validation};
    [
        (Right, AugmentedValidation, Validation),
        (Right, DroppedBatch, Validation),
        (ScalingThroughout, ScalingInUse, Test),
        (ThresholdElsewhere, ThresholdOnTest, Test),
    ]
    .map(|(from, to, set)| ((from, set), (to, set), Measure::Accuracy))
    .to_vec()
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
                    outcome(2, seed, 84 - luck),
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
