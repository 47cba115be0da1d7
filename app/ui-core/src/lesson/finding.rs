//! What a step's result comes down to: one sentence's worth of the learner's own numbers.

#[cfg(test)]
mod tests;

use experiments::{
    ConditionKey::{self, *},
    EvaluationSet, Experiment, Measure,
};

use super::{
    Break, Step,
    findings::{self, Comparison},
    verdict::{self, Truth},
};
use crate::state::AppState;

/// Choices are indices into the answers of the step's question; shares are means over seeds, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Finding {
    /// The fewest pixels that are enough, and the share of held-out films that they get right.
    EnoughPixels {
        choice: usize,
        share: f64,
    },
    TooFewPixels,
    /// Which of augmentation and dropout moved the score.
    Arms {
        choice: usize,
        evaluation_set: EvaluationSet,
    },
    /// A network of which all films of a class had the marker: with it there, and on the other class.
    Marker {
        aligned: f64,
        swapped: f64,
    },
    /// The change of films that was asked about, how much accuracy it cost, and whether the AUC fell too.
    Change {
        choice: usize,
        evaluation_set: EvaluationSet,
        fell: f64,
    },
    Leak {
        by_image: f64,
        by_patient: f64,
    },
    Flips {
        without: f64,
        with: f64,
    },
    /// How many maps of networks that have not learnt the task resemble the trained one's.
    Maps {
        alike: usize,
        of: usize,
    },
}

impl Finding {
    /// Of a step whose results are there; `None` where a single number is the finding.
    pub fn of(step: Step, state: &AppState) -> Option<Self> {
        let choice = || match Truth::of(step, state)? {
            Truth::Choice(choice) => Some(choice),
            Truth::Share { .. } | Truth::Unclear => None,
        };
        let share = |experiment, key, set| share(state, experiment, key, set);
        match step {
            Step::Look => {
                let choice = choice()?;
                match [Pixels1, Pixels2, Pixels4].get(choice) {
                    Some(&key) => Some(Self::EnoughPixels {
                        choice,
                        share: share(Experiment::Pixels, key, EvaluationSet::Test)?,
                    }),
                    None => Some(Self::TooFewPixels),
                }
            }
            Step::Compare => Some(Self::Arms {
                choice: choice()?,
                evaluation_set: verdict::away(state),
            }),
            Step::Break(Break::Marker) => Some(Self::Marker {
                aligned: share(Experiment::Shortcut, Marked100, EvaluationSet::Aligned)?,
                swapped: share(Experiment::Shortcut, Marked100, EvaluationSet::Swapped)?,
            }),
            Step::Break(Break::Hospital) => {
                let outcomes = state.experiments.outcomes(Experiment::NewHospital);
                let all = findings::brief(Experiment::NewHospital, outcomes);
                let asked = |own: &&Comparison| {
                    own.to.evaluation_set == verdict::ASKED_CHANGE
                        && own.to.measure == Measure::Accuracy
                        && own.from.condition == own.to.condition
                };
                let asked = all.iter().find(asked)?;
                Some(Self::Change {
                    choice: choice()?,
                    evaluation_set: asked.to.evaluation_set,
                    fell: -asked.spread.mean,
                })
            }
            Step::Break(Break::Leak) => Some(Self::Leak {
                by_image: share(Experiment::Leak, ByImage, EvaluationSet::Test)?,
                by_patient: share(Experiment::Leak, ByPatient, EvaluationSet::OtherPatients)?,
            }),
            Step::Break(Break::Mirrored) => Some(Self::Flips {
                without: share(Experiment::Mirrored, Grid, EvaluationSet::Test)?,
                with: share(Experiment::Mirrored, GridFlips, EvaluationSet::Test)?,
            }),
            Step::Where => {
                let maps = verdict::resemblances(state)?;
                let alike = maps.iter().flatten();
                Some(Self::Maps {
                    alike: alike.filter(|&&r| r > verdict::RESEMBLING).count(),
                    of: maps.len(),
                })
            }
            Step::Start
            | Step::Train
            | Step::Test
            | Step::Break(Break::Odd)
            | Step::TakeAway
            | Step::LookBack => None,
        }
    }
}

/// Mean accuracy of a condition on an evaluation set.
fn share(
    state: &AppState,
    experiment: Experiment,
    key: ConditionKey,
    set: EvaluationSet,
) -> Option<f64> {
    let cell = verdict::cell(experiment, key, set)?;
    Some(verdict::level(state, experiment, &cell)?.mean)
}
