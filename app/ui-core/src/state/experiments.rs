//! What was tried out in experiments: under way, done, given up. What has come stays, one series an experiment.

use ::experiments::{Experiment, Outcome};

use super::Progress;
use crate::kept::KeptTrials;
use protocol::{ExperimentId, Failure};

/// All experiments with the present films.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Experiments {
    begun: u32,
    all: Vec<Trials>,
}

/// The trials of one experiment.
#[derive(Clone, Debug, PartialEq)]
pub struct Trials {
    pub id: ExperimentId,
    pub experiment: Experiment,
    /// The first seed, and how many from there.
    pub seed: u64,
    pub seeds: usize,
    pub phase: TrialPhase,
    pub outcomes: Vec<Outcome>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum TrialPhase {
    /// Asked for; `None` until progress has been heard of.
    Asked(Option<Progress>),
    Done,
    /// Given up by the visitor, or for another experiment: what had come by then stays.
    Stopped,
    Failed(Failure),
}

impl Trials {
    pub fn is_active(&self) -> bool {
        matches!(self.phase, TrialPhase::Asked(_))
    }

    /// Over, with something to show.
    pub fn has_result(&self) -> bool {
        !self.is_active() && !self.outcomes.is_empty()
    }
}

impl Experiments {
    pub fn of(&self, experiment: Experiment) -> Option<&Trials> {
        let own = |trials: &&Trials| trials.experiment == experiment;
        self.all.iter().find(own)
    }

    /// In the order in which they were begun.
    pub fn all(&self) -> &[Trials] {
        &self.all
    }

    /// Outcomes of an experiment that is over; empty without any.
    pub fn outcomes(&self, experiment: Experiment) -> &[Outcome] {
        let trials = self.of(experiment).filter(|trials| trials.has_result());
        trials.map_or(&[], |trials| &trials.outcomes)
    }

    pub fn under_way(&self) -> Option<&Trials> {
        self.all.iter().find(|trials| trials.is_active())
    }

    /// The name of a new series, which replaces the last one of the same experiment. Another experiment that is under
    /// way is given up.
    pub(super) fn begin(
        &mut self,
        experiment: Experiment,
        seed: u64,
        seeds: usize,
    ) -> ExperimentId {
        self.stop();
        self.all.retain(|trials| trials.experiment != experiment);
        self.begun += 1;
        let id = ExperimentId(self.begun);
        self.all.push(Trials {
            id,
            experiment,
            seed,
            seeds,
            phase: TrialPhase::Asked(None),
            outcomes: Vec::new(),
        });
        id
    }

    /// Gives up what is under way; its name.
    pub(super) fn stop(&mut self) -> Option<ExperimentId> {
        let trials = self.all.iter_mut().find(|trials| trials.is_active())?;
        trials.phase = TrialPhase::Stopped;
        Some(trials.id)
    }

    pub(super) fn progress(&mut self, id: ExperimentId, progress: Progress) {
        self.with(id, |trials| {
            trials.phase = TrialPhase::Asked(Some(progress));
        });
    }

    pub(super) fn outcomes_came(&mut self, id: ExperimentId, outcomes: Vec<Outcome>) {
        self.with(id, |trials| trials.outcomes.extend(outcomes));
    }

    pub(super) fn ended(&mut self, id: ExperimentId, result: Result<(), Failure>) {
        self.with(id, |trials| {
            trials.phase = match result {
                Ok(()) => TrialPhase::Done,
                Err(failure) => TrialPhase::Failed(failure),
            };
        });
    }

    pub(super) fn fail_pending(&mut self, failure: &Failure) {
        for trials in self.all.iter_mut().filter(|trials| trials.is_active()) {
            trials.phase = TrialPhase::Failed(failure.clone());
        }
    }

    /// What an earlier visit tried out.
    pub(crate) fn restore(&mut self, kept: Vec<KeptTrials>) {
        for kept in kept {
            self.begun += 1;
            self.all.push(Trials {
                id: ExperimentId(self.begun),
                experiment: kept.experiment,
                seed: kept.seed,
                seeds: kept.seeds,
                phase: match kept.done {
                    true => TrialPhase::Done,
                    false => TrialPhase::Stopped,
                },
                outcomes: kept.outcomes,
            });
        }
    }

    /// Forgets all; names go on, so that late outcomes find nothing.
    pub(super) fn clear(&mut self) {
        self.all.clear();
    }

    /// Words about what is no longer under way are dropped.
    fn with(&mut self, id: ExperimentId, change: impl FnOnce(&mut Trials)) {
        let own = |trials: &&mut Trials| trials.id == id && trials.is_active();
        if let Some(trials) = self.all.iter_mut().find(own) {
            change(trials);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(seed: u64) -> Outcome {
        Outcome {
            condition: 0,
            seed,
            scores: Vec::new(),
        }
    }

    const HALF: Progress = Progress {
        done: 5,
        total: 10,
        seconds_left: Some(3.0),
    };

    #[test]
    fn outcomes_gather_until_the_end() {
        let mut all = Experiments::default();
        let id = all.begin(Experiment::Arms, 1, 10);
        all.progress(id, HALF);
        all.outcomes_came(id, vec![outcome(1)]);
        assert!(all.outcomes(Experiment::Arms).is_empty());
        all.outcomes_came(id, vec![outcome(2), outcome(3)]);
        all.ended(id, Ok(()));
        assert_eq!(all.outcomes(Experiment::Arms).len(), 3);
        assert_eq!(all.under_way(), None);
    }

    #[test]
    fn what_had_come_when_it_was_stopped_stays() {
        let mut all = Experiments::default();
        let id = all.begin(Experiment::Arms, 1, 10);
        all.outcomes_came(id, vec![outcome(1)]);
        assert_eq!(all.stop(), Some(id));
        assert_eq!(all.stop(), None);
        all.outcomes_came(id, vec![outcome(2)]);
        all.ended(id, Ok(()));
        let trials = all.of(Experiment::Arms).expect("it was begun");
        assert_eq!(trials.phase, TrialPhase::Stopped);
        assert_eq!(trials.outcomes, [outcome(1)]);
    }

    #[test]
    fn a_new_one_ends_the_last_and_replaces_its_own_kind() {
        let mut all = Experiments::default();
        let arms = all.begin(Experiment::Arms, 1, 10);
        all.outcomes_came(arms, vec![outcome(1)]);
        let leak = all.begin(Experiment::Leak, 1, 10);
        assert_eq!(all.outcomes(Experiment::Arms), [outcome(1)]);
        all.ended(leak, Ok(()));
        all.begin(Experiment::Arms, 5, 10);
        assert!(all.outcomes(Experiment::Arms).is_empty());
        all.outcomes_came(arms, vec![outcome(9)]);
        assert!(
            all.of(Experiment::Arms)
                .is_some_and(|own| own.outcomes.is_empty())
        );
        assert_eq!(all.all().len(), 2);
    }

    #[test]
    fn only_what_is_under_way_fails() {
        let mut all = Experiments::default();
        let arms = all.begin(Experiment::Arms, 1, 10);
        all.ended(arms, Ok(()));
        all.begin(Experiment::Leak, 1, 10);
        all.fail_pending(&Failure::NoData);
        let phase = |experiment| all.of(experiment).map(|trials| trials.phase.clone());
        assert_eq!(phase(Experiment::Arms), Some(TrialPhase::Done));
        assert_eq!(
            phase(Experiment::Leak),
            Some(TrialPhase::Failed(Failure::NoData))
        );
    }
}
