//! The way back: what was kept into the state, as soon as its films are there.

use imaging::{
    dataset::DatasetName,
    pack::{FilmsBefore, Likeness, LoadError},
};
use protocol::Answer;

use super::{KeptFilms, KeptPastRun, KeptPhase, KeptQuestion, KeptRun, KeptWork, Returning, RunId};
use crate::state::{
    AppState, Exporting, Loading, PastRun, Picture, Question, QuestionSource, Reply, Run, RunPhase,
    TestSet,
};
use imaging::settings::Settings;

/// Work from before that waits for its films.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Found {
    #[default]
    Nothing,
    /// Those of the app's own packs are on their way.
    Waiting(Box<KeptWork>),
    /// Those of the visitor must be given again. Of so many past runs the curves are shown already.
    NeedsFilms {
        work: Box<KeptWork>,
        shown: usize,
        /// The films that are there have been asked to be those from before.
        asked: bool,
        /// What the visitor's films that are there are to these; `None` where there are none of theirs.
        likeness: Option<Likeness>,
    },
}

/// How far the films from before are there, without which a network does not come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NeededFilms {
    /// None of them.
    None,
    /// But for so many.
    But(usize),
    /// All, with other classes or patients, or among others.
    SaidOtherwise,
    /// Perhaps, among the files without classes that were given last.
    InAPile,
}

/// What films that were waited for have brought back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CameBack {
    #[default]
    Nothing,
    /// A network, and of its films the classes and, where these are known, the patients.
    Network { patients: bool },
}

/// What an engine must be told to bring a run back.
#[derive(Clone, Debug, PartialEq)]
pub enum Order {
    /// Load the present films once more, with what was said of them before.
    AsBefore(Box<FilmsBefore>),
    /// It had not learned enough to be kept: once more from the beginning.
    Begin { run: RunId, settings: Settings },
    /// With the network that was kept.
    Return {
        run: RunId,
        state: Returning,
        /// By the network that was kept.
        steps_done: usize,
        seconds: f32,
    },
}

impl AppState {
    /// Takes in work from before.
    pub fn found(&mut self, work: KeptWork) {
        if work.films.pack.is_none() {
            let all = past_runs(self, &work);
            let shown = all.len();
            self.past_runs.splice(0..0, all);
            let work = Box::new(work);
            self.found = Found::NeedsFilms {
                work,
                shown,
                asked: false,
                likeness: None,
            };
        } else {
            self.found = Found::Waiting(Box::new(work));
        }
        self.restore_if_there();
    }

    /// Something new begins before what waits has come back: its curves are all that is left of it here.
    pub(crate) fn wait_no_longer(&mut self) {
        match std::mem::take(&mut self.found) {
            Found::Waiting(work) => {
                let all = past_runs(self, &work);
                self.past_runs.splice(0..0, all);
            }
            other => self.found = other,
        }
    }

    /// How far these are there; `None` where none are waited for.
    pub fn needed_are(&self) -> Option<NeededFilms> {
        let Found::NeedsFilms { work, likeness, .. } = &self.found else {
            return None;
        };
        let before = work.films.before.as_ref();
        if let (Loading::Failed(error), Some(_)) = (&self.loading, before)
            && let LoadError::NoLabels { .. } | LoadError::OneClass { .. } = error
        {
            return Some(NeededFilms::InAPile);
        }
        let n = before.map_or(0, |before| before.films.len());
        Some(match *likeness {
            Some(Likeness::Same | Likeness::SaidOtherwise) => NeededFilms::SaidOtherwise,
            Some(Likeness::Missing(missing)) if missing < n => NeededFilms::But(missing),
            Some(Likeness::Missing(_)) | None => NeededFilms::None,
        })
    }

    /// The films that must be given again.
    pub fn needed_films(&self) -> Option<&KeptFilms> {
        match &self.found {
            Found::NeedsFilms { work, .. } => Some(&work.films),
            Found::Nothing | Found::Waiting(_) => None,
        }
    }

    /// Whether nothing must be kept yet, as it would take the place of what waits: its films are on their way, or nothing has been made
    /// since.
    pub fn awaits_films(&self) -> bool {
        match &self.found {
            Found::Nothing => false,
            Found::Waiting(_) => true,
            Found::NeedsFilms { shown, .. } => {
                let trials = self.experiments.all();
                self.run.is_none()
                    && self.past_runs.len() == *shown
                    && self.questions.is_empty()
                    && !self.sorted_by_hand
                    && !self.keeps_images
                    && trials.iter().all(|own| own.outcomes.is_empty())
            }
        }
    }

    /// Whether there are curves from before whose films must be given again.
    pub fn has_waiting_curves(&self) -> bool {
        matches!(&self.found, Found::NeedsFilms { shown: 1.., .. })
    }

    pub fn has_order(&self) -> bool {
        self.order.is_some()
    }

    /// What the engine must be told, once.
    pub fn take_order(&mut self) -> Option<Order> {
        self.order.take()
    }

    /// After films have been loaded.
    pub(crate) fn restore_if_there(&mut self) {
        let Some(films) = &self.films else {
            return;
        };
        let fingerprint = films.data.fingerprint();
        let (work, shown) = match std::mem::take(&mut self.found) {
            Found::Waiting(work) if work.films.fingerprint == fingerprint => (work, 0),
            Found::NeedsFilms { work, shown, .. } if work.films.fingerprint == fingerprint => {
                (work, shown)
            }
            Found::NeedsFilms {
                work, shown, asked, ..
            } => {
                let own = films.pack.is_none();
                let before = work.films.before.as_ref().filter(|_| own);
                let likeness = before.map(|before| before.likeness(&films.data));
                let same = likeness == Some(Likeness::Same) && !asked;
                let same = work.films.before.clone().filter(|_| same);
                self.found = Found::NeedsFilms {
                    work,
                    shown,
                    asked: same.is_some(),
                    likeness,
                };
                self.order = same.map(Order::AsBefore).or(self.order.take());
                return;
            }
            // The pack has changed since: what is left are the curves.
            Found::Waiting(work) if films.pack == work.films.pack => {
                let same_task = films.data.task == work.films.task;
                if same_task {
                    let all = past_runs(self, &work);
                    self.past_runs.splice(0..0, all);
                } else {
                    self.found = Found::Waiting(work);
                }
                return;
            }
            other => {
                self.found = other;
                return;
            }
        };
        let needed = work.films.pack.is_none();
        let patients = films.has_patients();
        self.past_runs.drain(..shown.min(self.past_runs.len()));
        self.restore(*work);
        self.came_back = match &self.order {
            Some(Order::Return { .. }) if needed => CameBack::Network { patients },
            _ => CameBack::Nothing,
        };
    }

    fn restore(&mut self, work: KeptWork) {
        self.keep_run();
        self.exporting = Exporting::NotYet;
        let earlier = work.past_runs.iter();
        let earlier: Vec<PastRun> = earlier.map(|past| past_run(self, past)).collect();
        self.past_runs.splice(0..0, earlier);
        self.settings = work.settings;
        self.times_opened = self.times_opened.max(work.times_opened);
        for (place, question) in work.questions.iter().enumerate().rev() {
            let same_as = work.same_as.get(place).copied().flatten();
            self.restore_question(question, same_as);
        }
        self.experiments.restore(work.trials);
        if let Some(kept) = work.run {
            self.restore_run(kept);
            if let (Some(opened), Some(_)) = (work.opened, self.trained()) {
                self.door = TestSet::Open(opened);
            }
        }
        if self.trained().is_some() {
            self.explanations.restore(work.changed);
        }
    }

    fn restore_run(&mut self, kept: KeptRun) {
        let id = self.next_run_id();
        let network = kept.network;
        let phase = kept.phase;
        let mut run = run(id, kept);
        let Some(network) = network else {
            if !matches!(phase, KeptPhase::Over { .. }) {
                run.steps.clear();
                run.epochs.clear();
                run.phase = RunPhase::Asked;
                self.order = Some(Order::Begin {
                    run: id,
                    settings: run.settings.clone(),
                });
                self.run = Some(run);
            }
            return;
        };
        run.cut_off_after(network.steps_done);
        let (phase, state) = match phase {
            KeptPhase::Going => (RunPhase::Asked, Returning::Going),
            KeptPhase::Paused => (RunPhase::Paused, Returning::Paused),
            KeptPhase::Over { stopped, seconds } => {
                (RunPhase::Finished { stopped, seconds }, Returning::Over)
            }
        };
        run.phase = phase;
        self.order = Some(Order::Return {
            run: id,
            state,
            steps_done: network.steps_done,
            seconds: network.seconds,
        });
        self.run = Some(run);
    }

    fn restore_question(&mut self, kept: &KeptQuestion, same_as: Option<usize>) {
        let source = kept.odd.map_or(QuestionSource::File, QuestionSource::Odd);
        let id = self.ask(kept.name.clone(), source);
        let answer = Answer {
            probabilities: kept.probabilities.clone(),
            ood_score: kept.ood_score.clone(),
            same_as,
            picture: Picture {
                width: 0,
                height: 0,
                pixels: Vec::new(),
            },
        };
        let own = |question: &&mut Question| question.id == id;
        if let Some(question) = self.questions.iter_mut().find(own) {
            question.reply = Reply::Answered(answer);
        }
    }

    /// The run before the present one, if its network can be had again.
    pub fn can_go_back(&self) -> Option<RunId> {
        let present = self.run.as_ref()?;
        let films = self.films.as_ref()?.data.name();
        let last = self.past_runs.last()?;
        let fits = last.run.network.is_some() && last.films == films;
        (fits && !present.is_active()).then_some(last.run.id)
    }

    /// Exchanges the present run for the one before it.
    pub fn go_back(&mut self) {
        let Some(id) = self.can_go_back() else {
            return;
        };
        let place = self.past_runs.len() - 1;
        self.keep_run();
        let PastRun {
            mut run, opened, ..
        } = self.past_runs.remove(place);
        let Some(network) = run.network else {
            return;
        };
        run.cut_off_after(network.steps_done);
        run.phase = RunPhase::Finished {
            stopped: run.steps_done() < run.steps_total,
            seconds: network.seconds,
        };
        self.explanations.clear();
        self.exporting = Exporting::NotYet;
        self.door = opened.map_or(TestSet::Locked, TestSet::Open);
        self.run = Some(run);
        self.order = Some(Order::Return {
            run: id,
            state: Returning::Over,
            steps_done: network.steps_done,
            seconds: network.seconds,
        });
    }

    /// After an engine has stopped by itself: its network is asked back of the next one.
    pub(crate) fn come_back_after_crash(&mut self) {
        let (Some(state), Some(run)) = (self.comes_back.take(), &mut self.run) else {
            return;
        };
        let Some(network) = run.network else {
            return;
        };
        run.cut_off_after(network.steps_done);
        run.phase = match state {
            Returning::Going => RunPhase::Asked,
            Returning::Paused => RunPhase::Paused,
            Returning::Over => RunPhase::Finished {
                stopped: run.steps_done() < run.steps_total,
                seconds: network.seconds,
            },
        };
        self.order = Some(Order::Return {
            run: run.id,
            state,
            steps_done: network.steps_done,
            seconds: network.seconds,
        });
    }
}

/// All runs of earlier work, as curves.
fn past_runs(state: &mut AppState, work: &KeptWork) -> Vec<PastRun> {
    let earlier = work.past_runs.iter();
    let mut all: Vec<PastRun> = earlier.map(|past| past_run(state, past)).collect();
    if let Some(kept) = work.run.clone().filter(|run| !run.steps.is_empty()) {
        let last = KeptPastRun {
            title: work.films.title.clone(),
            task: work.films.task,
            run: kept,
            opened: work.opened.clone(),
            times_opened: work.times_opened,
        };
        all.push(past_run(state, &last));
    }
    all
}

fn past_run(state: &mut AppState, past: &KeptPastRun) -> PastRun {
    let id = state.next_run_id();
    PastRun {
        films: DatasetName {
            title: past.title.clone(),
            task: past.task,
        },
        run: Run {
            network: None,
            ..run(id, past.run.clone())
        },
        opened: past.opened.clone(),
        times_opened: past.times_opened,
    }
}

/// Over, whatever it was.
fn run(id: RunId, kept: KeptRun) -> Run {
    let (stopped, seconds) = match kept.phase {
        KeptPhase::Over { stopped, seconds } => (stopped, seconds),
        KeptPhase::Going | KeptPhase::Paused => (true, 0.0),
    };
    Run {
        phase: RunPhase::Finished { stopped, seconds },
        parts: kept.parts,
        steps_total: kept.steps_total,
        steps: kept.steps,
        epochs: kept.epochs,
        network: kept.network,
        ..Run::new(id, kept.settings)
    }
}
