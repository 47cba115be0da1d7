//! All that the page knows, and how each event of the engine changes it: plain data, no browser.

mod at_stake;
mod desk;
mod experiments;
mod explanations;
mod exporting;
mod films;
mod frame;
mod importing;
mod loading;
mod questions;
mod run;
mod saving;
mod shortcuts;
mod speed;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use ::experiments::Experiment;
use imaging::{dataset::DatasetName, settings::Settings, split::Division};

pub use at_stake::{AtStake, FILM_ENDINGS, can_replace};
pub use desk::Desk;
pub use experiments::{Experiments, TrialPhase, Trials};
pub use explanations::{ExplanationStage, Explanations};
pub use exporting::{Exporting, FileForm};
pub use films::Films;
pub use frame::FrameRequest;
pub use imaging::dataset::Picture;
pub use importing::{Importing, is_network};
pub use loading::Loading;
pub use protocol::{Origin, Progress};
pub use questions::{Question, QuestionSource, Reply};
pub use run::{NetworkFile, Run, RunPhase, StepPoint};
pub use saving::{Saving, file_name};
pub use shortcuts::ShortcutSearch;
pub use speed::{SpeedMeasurement, rate};

use crate::kept::{CameBack, Found, KeptNetwork, Order};
use crate::sorting::SortedSoFar;
use protocol::{
    DeviceName, DeviceReport, Event, ExperimentId, Explanation, ExplanationId, Failure, OddFilm,
    QuestionId, Returning, RunId, TestResult,
};

/// What the page shows is derived from this and from nothing else.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AppState {
    pub engine: EngineState,
    pub loading: Loading,
    /// Whether the films that were asked for last are the visitor's own: the page leads to what comes of those.
    pub own_files: bool,
    /// How often films have been asked for: a load that takes the place of another is another.
    pub loads: u32,
    /// The films that are loaded; behind an [`Arc`] because views compare and keep them.
    pub films: Option<Arc<Films>>,
    /// The one film that was last sent in full.
    pub film: Option<(usize, Arc<Picture>)>,
    /// Of a DICOM file, with window and level of its own.
    pub frame: FrameRequest,
    pub odd: Arc<Vec<OddFilm>>,
    /// Films that are being sorted by hand.
    pub desk: Option<Desk>,
    /// Sorting from an earlier visit, whose films have not come again.
    pub sorting_before: Option<SortedSoFar>,
    /// They are the loaded ones: noted once, as a fingerprint takes all films.
    sorting_is_here: bool,
    /// Films on their way through the backbone before any run.
    pub background: Option<Progress>,
    pub settings: Settings,
    /// As they were before anybody changed them.
    pub(crate) first_settings: Settings,
    pub run: Option<Run>,
    /// The locked test set, for the present run's network.
    pub door: TestSet,
    /// How often the test set of these films has been opened.
    pub times_opened: usize,
    /// Newest first.
    pub questions: Vec<Question>,
    /// What else was asked of the present run's network.
    pub explanations: Explanations,
    /// What was tried out with the present films.
    pub experiments: Experiments,
    pub speed: SpeedMeasurement,
    /// What else than anatomy separates the classes of these films.
    pub shortcuts: ShortcutSearch,
    /// These films as a pack.
    pub saving: Saving,
    /// The present run's network as a file.
    pub exporting: Exporting,
    /// A network out of a file.
    pub importing: Importing,
    /// The runs before the present one that have learnt something, oldest first.
    pub past_runs: Vec<PastRun>,
    /// Work from before.
    pub found: Found,
    /// The loaded films have been sorted by hand, which takes long.
    pub sorted_by_hand: bool,
    /// The visitor's own images are kept with their work.
    pub keeps_images: bool,
    /// Said until the films are others.
    pub came_back: CameBack,
    /// Whether networks are kept, and come back after an engine has stopped.
    pub keeps: bool,
    /// How the present run is to come back, once the next engine has its films.
    pub(crate) comes_back: Option<Returning>,
    pub(crate) order: Option<Order>,
    runs_begun: u32,
    questions_asked: u32,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum EngineState {
    #[default]
    Starting,
    Working(DeviceReport),
    /// It stopped by itself and is started anew.
    Restarting {
        detail: String,
    },
    /// It stopped too often; the user decides what happens next.
    GivenUp {
        detail: String,
    },
    /// Page and engine come from different builds, also after a reload.
    WrongBuild,
}

impl EngineState {
    pub fn is_on_cpu(&self) -> bool {
        matches!(self, Self::Working(report) if matches!(report.device, DeviceName::Cpu { .. }))
    }
}

/// The door to the test set.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum TestSet {
    #[default]
    Locked,
    Opening,
    Open(Box<TestResult>),
}

/// A run whose network has been replaced by a later one.
#[derive(Clone, Debug, PartialEq)]
pub struct PastRun {
    pub films: DatasetName,
    pub run: Run,
    /// Its test, if it was opened.
    pub opened: Option<Box<TestResult>>,
    /// How often the test set of its films had been opened by then.
    pub times_opened: usize,
}

impl TestSet {
    /// A look that failed shows nothing; what was seen before stays.
    fn lock_unless_open(&mut self) {
        if *self == Self::Opening {
            *self = Self::Locked;
        }
    }
}

impl AppState {
    pub fn new(settings: Settings) -> Self {
        Self {
            first_settings: settings.clone(),
            settings,
            ..Self::default()
        }
    }

    /// Takes in what the engine says. Late words of an old run change nothing.
    pub fn apply(&mut self, event: Event) {
        match event {
            Event::Ready { build: _ } => {}
            Event::Device { report } => self.engine = EngineState::Working(report),
            Event::Loading { progress } => self.read_on(Loading::Reading(progress)),
            Event::Loaded { data, pack } => self.loaded(data, pack),
            Event::Thumbnails { first, pictures } => {
                if let Some(films) = &mut self.films {
                    Arc::make_mut(films).receive(first, pictures);
                }
            }
            Event::Gathered { data } => self.gathered(data),
            Event::GatheredThumbnails { first, pictures } => {
                self.gathered_thumbnails(first, pictures);
            }
            Event::GatheredFilm { sample, picture } => self.gathered_film(sample, picture),
            Event::LoadStopped => self.load_stopped(),
            Event::LoadFailed { error } => self.loading = Loading::Failed(error),
            Event::Film { sample, picture } => self.film = Some((sample, Arc::new(picture))),
            Event::Frame {
                sample,
                frame,
                values,
            } => self.frame.arrived(sample, frame, values),
            Event::OddFilms { films } => self.odd = Arc::new(films),
            Event::RunStarted {
                run,
                parts,
                steps_total,
            } => self.with_run(run, |run| run.started(parts, steps_total)),
            Event::Checkpoint {
                run,
                steps_done,
                seconds,
            } => {
                let network = KeptNetwork {
                    steps_done,
                    seconds,
                };
                if let Some(own) = self.run.as_mut().filter(|own| own.id == run) {
                    own.network = Some(network);
                }
            }
            Event::Returned {
                run,
                parts,
                steps_total,
            } => {
                if let Some(own) = self.run.as_mut().filter(|own| own.id == run) {
                    (own.parts, own.steps_total) = (parts, steps_total);
                }
            }
            Event::Origin { run, origin } => self.origin_is(run, origin),
            Event::GoesOn { run, settings } => self.with_run(run, |run| run.settings = settings),
            Event::Imported { run, result } => self.imported(run, result),
            Event::Preparing {
                run: Some(run),
                work,
                progress,
            } => self.with_run(run, |run| run.preparing(work, progress)),
            Event::Preparing {
                run: None,
                progress,
                ..
            } => self.background = (progress.done < progress.total).then_some(progress),
            Event::Step {
                run,
                report,
                seconds_left,
            } => self.with_run(run, |run| run.step(report, seconds_left)),
            Event::Epoch { run, report } => self.with_run(run, |run| run.epoch(report)),
            Event::Paused { run } => self.with_run(run, |run| run.phase = RunPhase::Paused),
            Event::Resumed { run } => self.with_run(run, |run| run.phase = RunPhase::Training),
            Event::RunFinished {
                run,
                stopped,
                seconds,
            } => self.with_run(run, |run| run.ended(stopped, seconds)),
            Event::RunFailed { run, failure } => self.run_failed(run, failure),
            Event::Tested {
                run,
                opened,
                times_opened,
            } => self.tested(run, opened, times_opened),
            Event::Classified {
                question,
                name,
                answer,
            } => questions::answer(&mut self.questions, question, name, answer),
            Event::Explaining {
                explanation,
                progress,
            } => self.explanations.progress(explanation, progress),
            Event::Found {
                explanation,
                finding,
            } => self.explanations.found(explanation, finding),
            Event::Experimenting { id, progress } => self.experiments.progress(id, progress),
            Event::Outcomes { id, outcomes } => self.experiments.outcomes_came(id, outcomes),
            Event::Experimented { id, result } => self.experiments.ended(id, result),
            Event::Measuring { progress } => self.speed.progress(progress),
            Event::Measured { result } => self.speed.ended(result),
            Event::Shortcuts { found } => self.shortcuts.found(found),
            Event::ModelExported { result } => self.exporting.ended(result),
            Event::PackSaving { progress } => self.saving.progress(progress),
            Event::PackSaved { result } => self.saving.ended(result),
        }
    }

    /// Begins a run with the present settings; what came before is no longer listened to.
    pub fn begin_run(&mut self) -> RunId {
        self.came_back = CameBack::Nothing;
        self.wait_no_longer();
        self.importing.close();
        self.keep_run();
        let id = self.next_run_id();
        self.explanations.clear();
        self.run = Some(Run::new(id, self.settings.clone()));
        self.door = TestSet::Locked;
        self.exporting = Exporting::NotYet;
        id
    }

    pub(crate) fn next_run_id(&mut self) -> RunId {
        self.runs_begun += 1;
        RunId(self.runs_begun)
    }

    /// Puts a run that has learnt something among the past ones.
    pub(crate) fn keep_run(&mut self) {
        self.comes_back = None;
        let opened = match std::mem::take(&mut self.door) {
            TestSet::Open(opened) => Some(opened),
            TestSet::Locked | TestSet::Opening => None,
        };
        if let Some(run) = self.run.take().filter(Run::has_learnt) {
            let films = self.films.as_ref().map(|films| films.data.name());
            self.past_runs.push(PastRun {
                films: films.unwrap_or_default(),
                run,
                opened,
                times_opened: self.times_opened,
            });
        }
    }

    /// What was behind the door, if it is open.
    pub fn opened(&self) -> Option<&TestResult> {
        match &self.door {
            TestSet::Open(opened) => Some(opened),
            TestSet::Locked | TestSet::Opening => None,
        }
    }

    /// Notes an explanation into the present network; the run and the name to send it under, unless the
    /// answer is there already or under way.
    pub fn explain(&mut self, about: Explanation) -> Option<(RunId, ExplanationId)> {
        let run = self.trained()?.id;
        Some((run, self.explanations.begin(about)?))
    }

    /// Notes a new experiment; the name to send it under, if there are films for it.
    pub fn experiment(
        &mut self,
        experiment: Experiment,
        seed: u64,
        seeds: usize,
    ) -> Option<ExperimentId> {
        self.films.as_ref()?;
        Some(self.experiments.begin(experiment, seed, seeds))
    }

    /// The division whose test set is locked: that of the present run, before any that of the next one.
    pub fn division(&self) -> Division {
        let run = self.run.as_ref().map(|run| &run.settings);
        run.unwrap_or(&self.settings).division()
    }

    /// Gives up the experiment that is under way; its name.
    pub fn end_experiment(&mut self) -> Option<ExperimentId> {
        self.experiments.stop()
    }

    /// Notes what was asked of the present run, until the engine confirms it.
    pub fn expect_phase(&mut self, phase: RunPhase) {
        if let Some(run) = self.run.as_mut().filter(|run| run.is_active()) {
            run.phase = phase;
        }
    }

    pub fn ask(&mut self, name: String, source: QuestionSource) -> QuestionId {
        self.questions_asked += 1;
        let id = QuestionId(self.questions_asked);
        self.questions.insert(0, Question::new(id, name, source));
        id
    }

    /// Forgets what came of the films: networks, answers, how often the test set was opened. The films stay, and names go on, so that
    /// late words about what is forgotten change nothing.
    pub fn forget(&mut self) {
        self.run = None;
        self.found = Found::Nothing;
        self.came_back = CameBack::Nothing;
        self.comes_back = None;
        self.past_runs.clear();
        self.door = TestSet::Locked;
        self.times_opened = 0;
        self.film = None;
        self.frame = FrameRequest::default();
        self.questions.clear();
        self.explanations.clear();
        self.experiments.clear();
    }

    /// The decoder ended the engine on this file; if it was asked about, that is the answer.
    pub fn decoder_failed(&mut self, path: &str) {
        questions::fail_to_read(&mut self.questions, path);
    }

    /// The engine stopped by itself. The films come back with the next one, the network does not.
    pub fn engine_lost(&mut self, detail: &str, restarting: bool) {
        let failure = Failure::EngineCrashed {
            detail: detail.to_owned(),
        };
        if let Some(run) = &mut self.run {
            // One that was on its way back already still is.
            let again = run.comes_back_as().filter(|_| self.keeps);
            self.comes_back = again.or(self.comes_back);
            run.phase = RunPhase::Failed(failure.clone());
        }
        self.door.lock_unless_open();
        questions::fail_pending(&mut self.questions, &failure);
        self.explanations.fail_pending(&failure);
        self.experiments.fail_pending(&failure);
        self.speed.fail_pending(&failure);
        self.shortcuts.fail_pending();
        self.saving.fail_pending(detail);
        self.exporting.fail_pending(detail);
        self.importing.fail_pending(detail);
        self.background = None;
        match self.loading {
            Loading::Reading(_) => self.loading = Loading::Interrupted,
            // Their films come back by themselves, and nobody need be led there.
            Loading::Idle => self.own_files = false,
            Loading::Failed(_) | Loading::Interrupted => {}
        }
        let detail = detail.to_owned();
        self.engine = if restarting {
            EngineState::Restarting { detail }
        } else {
            EngineState::GivenUp { detail }
        };
    }

    /// Whether leaving the page would lose work that is under way.
    pub fn is_computing(&self) -> bool {
        self.run.as_ref().is_some_and(Run::is_active) || self.experiments.under_way().is_some()
    }

    /// Asks for the test set; the run to name, if there is a trained one.
    pub fn open_door(&mut self) -> Option<RunId> {
        let run = self.trained()?.id;
        self.door = TestSet::Opening;
        Some(run)
    }

    /// The run whose network can be tested and asked.
    pub fn trained(&self) -> Option<&Run> {
        self.run.as_ref().filter(|run| run.is_trained())
    }

    /// The part that a loaded film played for the network that is there.
    pub fn part_of(&self, film: usize) -> Option<imaging::split::Subset> {
        let run = self.trained()?;
        let is_known = !run.is_from_file() || run.origin == Origin::SameFilms;
        run.parts.get(film).copied().flatten().filter(|_| is_known)
    }

    fn run_failed(&mut self, id: RunId, failure: Failure) {
        if let Some(run) = self.run.as_mut().filter(|run| run.id == id) {
            run.phase = RunPhase::Failed(failure);
            self.door.lock_unless_open();
        }
    }

    fn tested(&mut self, id: RunId, opened: Box<TestResult>, times_opened: usize) {
        if self.run.as_ref().is_some_and(|run| run.id == id) {
            // An engine that was started anew counts from one again; the films were seen all the same.
            self.times_opened = times_opened.max(self.times_opened + 1);
            self.door = TestSet::Open(opened);
        }
    }

    fn with_run(&mut self, id: RunId, change: impl FnOnce(&mut Run)) {
        let present = self.run.as_mut().filter(|run| run.id == id);
        if let Some(run) = present.filter(|run| run.is_active()) {
            change(run);
        }
    }
}
