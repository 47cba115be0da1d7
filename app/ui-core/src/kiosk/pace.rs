//! How fast a visitor is shown what was learned: an engine may be done with all passes before the eye has seen the first.

use imaging::report::BatchFilm;

use crate::{curves::Curves, state::Run};

/// From one pass that is shown to the next; training itself does not wait.
pub const PASS_MS: u32 = 500;

/// How many passes of a run are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    pub shown: usize,
}

impl Pace {
    /// Everything of what there is: nobody watches a run again that was over before.
    pub fn caught_up(run: Option<&Run>) -> Self {
        let shown = run.map_or(0, |run| run.epochs.len());
        Self { shown }
    }

    /// One pass more, where there is one. A run that starts anew has fewer.
    pub fn go_on(&mut self, run: Option<&Run>) {
        let all = run.map_or(0, |run| run.epochs.len());
        self.shown = (self.shown + 1).min(all);
    }

    /// Passes that are yet to be shown.
    pub fn behind(self, run: &Run) -> usize {
        run.epochs.len().saturating_sub(self.shown)
    }

    /// Passes that are yet to be shown, those to come too.
    pub fn left(self, run: &Run) -> usize {
        let tuning = run.settings.fine_tuning.as_ref();
        let all = run.settings.epochs + tuning.map_or(0, |tuning| tuning.epochs);
        match run.is_active() {
            true => all.saturating_sub(self.shown),
            false => self.behind(run),
        }
    }

    /// Curves as far as they are shown.
    pub fn cut(self, run: &Run, mut curves: Curves) -> Curves {
        if self.behind(run) > 0 {
            curves.training.truncate(self.shown);
            curves.validation.truncate(self.shown);
            curves.steps_done = self.steps_done(run);
            curves.unfrozen = curves.unfrozen.filter(|_| self.has_unfrozen(run));
        }
        curves
    }

    /// Whether what is shown reaches beyond where the backbone was unfrozen.
    pub fn has_unfrozen(self, run: &Run) -> bool {
        run.unfrozen_at()
            .is_some_and(|unfrozen| unfrozen < self.steps_done(run))
    }

    /// Steps up to the end of the pass that comes next, or as far as training is: never fewer than were shown before.
    pub fn steps_done(self, run: &Run) -> usize {
        let next = run.epochs.get(self.shown);
        next.map_or_else(|| run.steps_done(), |next| next.steps_done)
    }

    /// Images of the last of these steps.
    pub fn batch(self, run: &Run) -> &[BatchFilm] {
        let next = run.batches.get(self.shown);
        next.unwrap_or(&run.batch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{RunPhase, StepPoint};
    use imaging::{
        report::{EpochReport, LossAccuracy, StageKind},
        settings::Settings,
    };
    use protocol::RunId;

    /// So many passes of two steps each, the last ones with the end of the backbone.
    fn run(passes: usize) -> Run {
        let mut run = Run::new(RunId(1), Settings::default());
        run.phase = RunPhase::Training;
        run.steps_total = 20;
        let stage = |pass: usize| match pass {
            0 | 1 => StageKind::Frozen,
            _ => StageKind::FineTuning,
        };
        for pass in 0..passes {
            for step in 1..=2 {
                run.steps.push(StepPoint {
                    steps_done: 2 * pass + step,
                    stage: stage(pass),
                    loss: 0.5,
                });
            }
            let score = LossAccuracy {
                loss: 0.5,
                correct: pass,
                n: 10,
            };
            run.epochs.push(EpochReport {
                stage: stage(pass),
                epoch: pass,
                steps_done: 2 * (pass + 1),
                train: score,
                validation: score,
                validation_confusion: Vec::new(),
            });
            run.batch = vec![BatchFilm {
                sample: pass,
                view: 0,
                probabilities: vec![0.5, 0.5],
            }];
            run.batches.push(run.batch.clone());
        }
        run
    }

    fn sample(batch: &[BatchFilm]) -> Option<usize> {
        batch.first().map(|film| film.sample)
    }

    #[test]
    fn passes_that_come_at_once_are_shown_one_at_a_time() {
        let run = run(4);
        let mut pace = Pace::default();
        let told = |pace: Pace| {
            let curves = pace.cut(&run, Curves::accuracy(&run));
            assert_eq!(curves.training.len(), curves.validation.len());
            (
                curves.training.len(),
                curves.steps_done,
                curves.unfrozen,
                sample(pace.batch(&run)),
            )
        };
        assert_eq!(told(pace), (0, 2, None, Some(0)));
        let mut seen = Vec::new();
        while pace.behind(&run) > 0 {
            pace.go_on(Some(&run));
            seen.push(told(pace));
        }
        let unfrozen = Some(4.0);
        let expected = [
            (1, 4, None, Some(1)),
            (2, 6, unfrozen, Some(2)),
            (3, 8, unfrozen, Some(3)),
            (4, 8, unfrozen, Some(3)),
        ];
        assert_eq!(seen, expected);
        pace.go_on(Some(&run));
        assert_eq!(pace.shown, 4);
    }

    #[test]
    fn a_run_that_was_over_or_that_starts_anew_is_shown_as_it_is() {
        let (all, begun) = (run(4), run(1));
        let mut pace = Pace::caught_up(Some(&all));
        assert_eq!(pace.behind(&all), 0);
        // The device failed, and another one begins again.
        pace.go_on(Some(&begun));
        assert_eq!(pace.shown, 1);
        pace.go_on(None);
        assert_eq!(pace, Pace::caught_up(None));
    }
}
