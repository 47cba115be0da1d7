//! What took work and is gone with the present films, or with the page.

use super::{AppState, Run, Trials};

/// Endings of files that are one film each.
pub const FILM_ENDINGS: [&str; 8] = [
    ".png", ".jpg", ".jpeg", ".dcm", ".tif", ".tiff", ".bmp", ".webp",
];

/// What would be lost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AtStake {
    /// A network that is trained, or in training.
    pub network: bool,
    /// Experiments that have results, or are under way.
    pub experiments: usize,
    /// Films that have been sorted by hand, and not loaded with these classes.
    pub sorted: bool,
    /// The visitor's own films that are kept in the browser, which has room for one set of them.
    pub images: usize,
}

impl AtStake {
    pub fn is_nothing(self) -> bool {
        self == Self::default()
    }

    /// With the page: what is kept in the browser stays there.
    pub fn on_leaving(self) -> Self {
        Self { images: 0, ..self }
    }
}

impl AppState {
    pub fn at_stake(&self) -> AtStake {
        let counts = |own: &&Trials| own.is_active() || !own.outcomes.is_empty();
        AtStake {
            network: self
                .run
                .as_ref()
                .is_some_and(|run: &Run| run.is_active() || run.is_trained()),
            experiments: self.experiments.all().iter().filter(counts).count(),
            sorted: self.has_sorted(),
            images: self.kept_films(),
        }
    }

    fn kept_films(&self) -> usize {
        let own = self.films.as_ref().filter(|films| films.pack.is_none());
        let kept = own.filter(|_| self.keeps_images);
        kept.map_or(0, |films| films.len())
    }
}

/// Whether these files can take the place of the films that are there. A single film makes no two classes: it is
/// refused, and nothing is lost.
pub fn can_replace(paths: &[String]) -> bool {
    match paths {
        [] => false,
        [one] => {
            let name = one.to_lowercase();
            !FILM_ENDINGS.iter().any(|ending| name.ends_with(ending))
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::experiments::{Experiment, Outcome};
    use imaging::{dataset::DatasetSummary, report::StepReport};
    use protocol::{Event, RunId};

    fn with_films() -> AppState {
        let data = DatasetSummary {
            title: "films".to_owned(),
            task: imaging::task::Task::Region,
            built_in: true,
            classes: vec!["abdomen".to_owned(), "chest".to_owned()],
            samples: Vec::new(),
            skipped: Vec::new(),
        };
        let mut state = AppState::default();
        state.apply(Event::Loaded { data, pack: None });
        state
    }

    fn finish(state: &mut AppState, run: RunId, steps: usize) {
        for steps_done in 1..=steps {
            let report = StepReport {
                stage: imaging::report::StageKind::Frozen,
                epoch: 0,
                steps_done,
                steps_total: steps,
                loss: 0.7,
                batch: Vec::new(),
                diagnostics: None,
            };
            state.apply(Event::Step {
                run,
                report,
                seconds_left: None,
            });
        }
        state.apply(Event::RunFinished {
            run,
            stopped: true,
            seconds: 1.0,
        });
    }

    #[test]
    fn a_network_is_at_stake_from_the_first_press_and_not_if_it_learnt_nothing() {
        let mut state = with_films();
        assert!(state.at_stake().is_nothing());
        let run = state.begin_run();
        assert!(state.at_stake().network);
        finish(&mut state, run, 0);
        assert!(state.at_stake().is_nothing());
        let run = state.begin_run();
        finish(&mut state, run, 2);
        assert!(state.at_stake().network);
        state.engine_lost("gone", true);
        assert!(state.at_stake().is_nothing());
    }

    #[test]
    fn experiments_count_while_they_run_and_once_they_have_results() {
        let mut state = with_films();
        let leak = state.experiment(Experiment::Leak, 1, 2).expect("films");
        assert_eq!(state.at_stake().experiments, 1);
        // The second gives up the first, which has nothing to show.
        let arms = state.experiment(Experiment::Arms, 1, 2).expect("films");
        assert_eq!(state.at_stake().experiments, 1);
        for id in [leak, arms] {
            let outcome = Outcome {
                condition: 0,
                seed: 1,
                scores: Vec::new(),
            };
            state.apply(Event::Outcomes {
                id,
                outcomes: vec![outcome],
            });
            state.apply(Event::Experimented { id, result: Ok(()) });
        }
        let found = state.at_stake();
        assert_eq!((found.network, found.experiments), (false, 1));
        state.forget();
        assert!(state.at_stake().is_nothing());
    }

    #[test]
    fn a_single_film_replaces_nothing() {
        let can = |paths: &[&str]| {
            let paths: Vec<String> = paths.iter().map(|&path| path.to_owned()).collect();
            can_replace(&paths)
        };
        assert!(!can(&[]));
        assert!(!can(&["mine.PNG"]));
        assert!(!can(&["folder/mine.dcm"]));
        assert!(can(&["mine.zip"]));
        assert!(can(&["IM0001"]));
        assert!(can(&["chest/a.png", "abdomen/b.png"]));
    }
}
