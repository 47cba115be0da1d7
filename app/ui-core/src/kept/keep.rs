//! What of the state is kept.

use imaging::{pack::FilmsBefore, task::Task};
use protocol::Explanation;

use super::{
    KeptFilms, KeptPastRun, KeptPhase, KeptQuestion, KeptRun, KeptTrials, KeptWork, Returning,
};
use crate::state::{
    AppState, Films, PastRun, Question, QuestionSource, Reply, Run, RunPhase, TrialPhase, Trials,
};

impl AppState {
    /// What this visit has made; `None` before it has made anything.
    pub fn keep(&self) -> Option<KeptWork> {
        let films = self.films.as_ref()?;
        let run = self.run.as_ref();
        let present = run.and_then(|run| present_run(run, self.comes_back));
        let mut past_runs: Vec<KeptPastRun> = self.past_runs.iter().map(past_run).collect();
        let opened = self.opened().cloned().map(Box::new);
        let failed = run.filter(|run| present.is_none() && !run.steps.is_empty());
        past_runs.extend(failed.map(|run| KeptPastRun {
            title: films.data.title.clone(),
            task: films.data.task,
            run: over(run),
            opened: opened.clone(),
            times_opened: self.times_opened,
        }));
        let work = KeptWork {
            settings: self.settings.clone(),
            films: kept_films(films),
            opened: opened.filter(|_| present.is_some()),
            run: present,
            times_opened: self.times_opened,
            past_runs,
            questions: self.questions.iter().filter_map(question).collect(),
            trials: self.experiments.all().iter().filter_map(trials).collect(),
            changed: self
                .explanations
                .found_all()
                .filter(|(about, _)| matches!(about, Explanation::Changed { .. }))
                .map(|(about, finding)| (about.clone(), finding.clone()))
                .collect(),
            same_as: same_as(&self.questions),
        };
        let is_set = films.pack.is_some() && self.settings != self.first_settings;
        let is_any = self.sorted_by_hand || self.keeps_images || is_set || !work.is_empty();
        is_any.then_some(work)
    }
}

impl KeptWork {
    /// Settings alone come back with their own tab, and with no other.
    pub fn is_worth_a_question(&self) -> bool {
        !self.is_empty() || self.films.pack.is_none()
    }

    fn is_empty(&self) -> bool {
        self.run.is_none() && self.past_runs.is_empty() && self.trials.is_empty()
    }
}

fn kept_films(films: &Films) -> KeptFilms {
    KeptFilms {
        title: films.data.title.clone(),
        task: films.data.task,
        pack: films.pack,
        films: films.len(),
        fingerprint: films.data.fingerprint(),
        before: is_own(films).then(|| Box::new(FilmsBefore::of(&films.data))),
    }
}

/// Whether they can be given classes and patients from before.
fn is_own(films: &Films) -> bool {
    films.pack.is_none() && films.data.task == Task::Region
}

/// A run that can come back as it is; `None` of one that has failed.
fn present_run(run: &Run, comes_back: Option<Returning>) -> Option<KeptRun> {
    let phase = match (&run.phase, comes_back) {
        (RunPhase::Failed(_), Some(Returning::Going)) => KeptPhase::Going,
        (RunPhase::Failed(_), Some(Returning::Paused)) => KeptPhase::Paused,
        (RunPhase::Failed(_), Some(Returning::Over)) => over_phase(run),
        (RunPhase::Failed(_), None) => return None,
        (RunPhase::Asked | RunPhase::Preparing(..) | RunPhase::Training, _) => KeptPhase::Going,
        (RunPhase::Pausing | RunPhase::Paused, _) => KeptPhase::Paused,
        (RunPhase::Stopping, _) => over_phase(run),
        (&RunPhase::Finished { stopped, seconds }, _) => KeptPhase::Over { stopped, seconds },
    };
    Some(KeptRun { phase, ..over(run) })
}

/// The curves of a run whose network is gone.
fn over(run: &Run) -> KeptRun {
    KeptRun {
        settings: run.settings.clone(),
        phase: over_phase(run),
        parts: run.parts.clone(),
        steps_total: run.steps_total,
        steps: run.steps.clone(),
        epochs: run.epochs.clone(),
        network: run.network,
    }
}

fn over_phase(run: &Run) -> KeptPhase {
    match run.phase {
        RunPhase::Finished { stopped, seconds } => KeptPhase::Over { stopped, seconds },
        _ => KeptPhase::Over {
            stopped: true,
            seconds: run.network.map_or(0.0, |network| network.seconds),
        },
    }
}

fn past_run(past: &PastRun) -> KeptPastRun {
    KeptPastRun {
        title: past.films.title.clone(),
        task: past.films.task,
        run: KeptRun {
            network: None,
            // Of one out of a file the curve alone would look like that of a seed.
            phase: match past.run.is_from_file() {
                true => KeptPhase::Over {
                    stopped: true,
                    seconds: 0.0,
                },
                false => over_phase(&past.run),
            },
            ..over(&past.run)
        },
        opened: past.opened.clone(),
        times_opened: past.times_opened,
    }
}

fn question(question: &Question) -> Option<KeptQuestion> {
    let Reply::Answered(answer) = &question.reply else {
        return None;
    };
    let (name, odd) = match question.source {
        QuestionSource::File => (String::new(), None),
        QuestionSource::Odd(place) => (question.name.clone(), Some(place)),
    };
    Some(KeptQuestion {
        name,
        odd,
        probabilities: answer.probabilities.clone(),
        ood_score: answer.ood_score.clone(),
    })
}

/// Of each question that is kept the film that it was.
fn same_as(questions: &[Question]) -> Vec<Option<usize>> {
    let same = |question: &Question| match &question.reply {
        Reply::Answered(answer) => Some(answer.same_as),
        _ => None,
    };
    questions.iter().filter_map(same).collect()
}

fn trials(trials: &Trials) -> Option<KeptTrials> {
    (!trials.outcomes.is_empty()).then(|| KeptTrials {
        experiment: trials.experiment,
        seed: trials.seed,
        seeds: trials.seeds,
        done: trials.phase == TrialPhase::Done,
        outcomes: trials.outcomes.clone(),
    })
}
