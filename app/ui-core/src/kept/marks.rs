//! What tells that there is something new to keep, cheaper than to keep it.

use imaging::settings::Settings;

use super::{KeptNetwork, RunId};
use crate::state::{AppState, Question, Reply, Run, RunPhase, Trials};

/// Changes whenever [`AppState::keep`] has something new that took a while to make.
#[derive(Clone, Debug, PartialEq)]
pub struct Marks {
    settings: Settings,
    films: Option<String>,
    images: bool,
    run: Option<RunMarks>,
    opened: bool,
    times_opened: usize,
    past_runs: usize,
    answers: usize,
    outcomes: usize,
    changed: usize,
}

impl Marks {
    /// Whether what was kept then is all that there is now, but for what a run in progress has learned since.
    pub fn cover(&self, now: &Self) -> bool {
        let without_run = |marks: &Self| Self {
            run: None,
            ..marks.clone()
        };
        let same_run = match (&self.run, &now.run) {
            (Some(then), Some(now)) if now.is_active => then.id == now.id && then.network.is_some(),
            (then, now) => then == now,
        };
        same_run && without_run(self) == without_run(now)
    }
}

#[derive(Clone, Debug, PartialEq)]
struct RunMarks {
    id: RunId,
    epochs: usize,
    is_active: bool,
    is_paused: bool,
    network: Option<KeptNetwork>,
}

impl AppState {
    pub fn marks(&self) -> Marks {
        let answered = |question: &&Question| matches!(question.reply, Reply::Answered(_));
        let trials = self.experiments.all().iter();
        let films = self.films.as_ref();
        Marks {
            settings: self.settings.clone(),
            films: films.map(|films| films.data.title.clone()),
            images: self.keeps_images,
            run: self.run.as_ref().map(RunMarks::of),
            opened: self.opened().is_some(),
            times_opened: self.times_opened,
            past_runs: self.past_runs.len(),
            answers: self.questions.iter().filter(answered).count(),
            outcomes: trials.map(|own: &Trials| own.outcomes.len()).sum(),
            changed: self.explanations.found_all().count(),
        }
    }

    /// Whether all that a reload would lose lies in the bytes that were kept last, if those were of this: of a run in progress
    /// no more than it learned since.
    pub fn can_come_back(&self) -> bool {
        let run = self.run.as_ref();
        let network = run.is_none_or(|run| run.network.is_some() || run.steps.is_empty());
        network && self.experiments.under_way().is_none()
    }
}

impl RunMarks {
    fn of(run: &Run) -> Self {
        Self {
            id: run.id,
            epochs: run.epochs.len(),
            is_active: run.is_active(),
            is_paused: run.phase == RunPhase::Paused,
            network: run.network,
        }
    }
}
