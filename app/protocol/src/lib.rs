//! What the page and the engine say to each other: all that both threads share.
//!
//! A message is the `postcard` bytes of one [`Command`] or [`Event`]; files travel beside it as
//! `File` objects, in the order of the names in the command.

mod device;
mod export;
mod failure;
mod import;
mod saving;
mod sealed;

use experiments::{Experiment, Outcome};
use imaging::{
    dataset::{DatasetSummary, Picture},
    dicom::FrameValues,
    insight::{EmbeddingMap, HeatMap, Mask, OodScore, SanityCheck},
    pack::{Answers, FileError, LoadError},
    perturb::Perturbation,
    report::{EpochReport, LossAccuracy, StepReport, TestReport},
    settings::Settings,
    shortcuts::Shortcuts,
    split::{Division, Subset},
    task::Task,
};
use model_card::{Card, Form};
use serde::{Deserialize, Serialize};

pub use checkpoint::Origin;
pub use device::{DeviceChoice, DeviceName, DeviceReason, DeviceReport};
pub use export::ExportError;
pub use failure::Failure;
pub use import::{ImportError, Imported, NotImported};
pub use saving::{SaveError, SavedPack};
pub use sealed::Sealed;

/// Names a training run, so that late events of an old run can be told from those of the present one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RunId(pub u32);

/// Names one question to the trained network (one dropped or chosen film).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct QuestionId(pub u32);

/// Names one explanation into the trained network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ExplanationId(pub u32);

/// Names one experiment under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ExperimentId(pub u32);

/// The packs that come with the app.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub enum Pack {
    /// Chest and abdomen, projected from CT.
    #[default]
    BuiltIn,
    /// Sixteen chest films of children, normal or with pneumonia; fetched only when it is chosen.
    Paediatric,
}

impl Pack {
    pub const ALL: [Self; 2] = [Self::BuiltIn, Self::Paediatric];

    /// What links and settings call it.
    pub fn key(self) -> &'static str {
        match self {
            Self::BuiltIn => "built-in",
            Self::Paediatric => "paediatric",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|pack| pack.key() == key)
    }
}

/// From the page to the engine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Command {
    /// First of all: choose the device. Answered by [`Event::Device`].
    Start {
        device: DeviceChoice,
        workers: usize,
    },
    /// Load films that come with the app.
    LoadBuiltIn {
        pack: Pack,
        task: Task,
    },
    /// Load the user's files: paths as dropped, `/` between folders; one zip, or folders of films.
    /// `answers` are the user's to earlier errors.
    /// `class`: whose films [`Task::Mirrored`] asks about, see [`Task::films`].
    LoadFiles {
        paths: Vec<String>,
        answers: Answers,
        task: Task,
        class: Option<usize>,
    },
    /// The films that are being loaded are no longer wanted. Answered by [`Event::LoadStopped`].
    StopLoading,
    /// Send one film of those that are yet to be sorted in full: answered by [`Event::GatheredFilm`].
    ShowGathered {
        sample: usize,
    },
    /// Send one film of the loaded data in full: answered by [`Event::Film`].
    ShowFilm {
        sample: usize,
    },
    /// Send the values of a frame of a loaded DICOM file: answered by [`Event::Frame`].
    ShowFrame {
        sample: usize,
        frame: u32,
    },
    /// Train; a run in progress is stopped first. `single_step` starts paused after the first step.
    Train {
        run: RunId,
        settings: Settings,
        single_step: bool,
    },
    /// Bring back a run on the loaded films; what [`Event::Checkpoint`] gave of it last travels beside it. Answered by
    /// [`Event::Returned`], or [`Event::RunFailed`]. `seconds` that it had taken.
    Return {
        run: RunId,
        state: Returning,
        seconds: f32,
    },
    /// Put the network in the file beside this in the place of the one that was trained last. Answered by [`Event::Imported`].
    Import {
        run: RunId,
    },
    /// Train the network of the run `from` on, by the settings that were chosen as far as they fit it. Answered as [`Train`](Self::Train).
    GoOn {
        run: RunId,
        from: RunId,
        settings: Settings,
    },
    Pause {
        run: RunId,
    },
    Resume {
        run: RunId,
    },
    /// While paused: one step, then pause again.
    Step {
        run: RunId,
    },
    /// End now; what has been trained is kept and can be tested.
    Stop {
        run: RunId,
    },
    /// Open the locked test set for the trained network of this run.
    Test {
        run: RunId,
    },
    /// Ask the trained network about the user's files, one question a path.
    Classify {
        questions: Vec<QuestionId>,
        paths: Vec<String>,
    },
    /// Ask it about one of the built-in odd films.
    ClassifyOdd {
        question: QuestionId,
        odd: usize,
    },
    /// Ask it about one film of the loaded data, as if it came from outside.
    ClassifySample {
        question: QuestionId,
        sample: usize,
    },
    /// Find out more about the trained network of this run. Answered by [`Event::Found`], after
    /// [`Event::Explaining`] where it takes long. One of a kind at a time: a new one ends the last.
    Explain {
        explanation: ExplanationId,
        run: RunId,
        about: Explanation,
    },
    /// The answer is no longer wanted, and none will come.
    EndExplanation {
        explanation: ExplanationId,
    },
    /// Try it out with the seeds from `seed` on, on all films but the test set of a run that divides them by `division`.
    /// Answered by [`Event::Experimenting`] and [`Event::Outcomes`] as they
    /// come, [`Event::Experimented`] at the end. One at a time: a new one ends the last. Waits while a run trains.
    Experiment {
        id: ExperimentId,
        experiment: Experiment,
        seed: u64,
        seeds: usize,
        division: Division,
    },
    /// Its further outcomes are no longer wanted.
    EndExperiment {
        id: ExperimentId,
    },
    /// Measure how fast this computer is, on images made for it. Answered by [`Event::Measuring`] as it goes on and
    /// [`Event::Measured`] at the end. Waits while a run trains, and begins again after one that came between.
    MeasureSpeed,
    /// Find what else than anatomy separates the classes of the loaded films. Answered by [`Event::Shortcuts`]; waits while a
    /// run trains, and is forgotten with these films.
    FindShortcuts,
    /// Put the trained network of this run into a file. Answered by [`Event::ModelExported`], with the file beside it.
    ExportModel {
        run: RunId,
        form: Form,
        card: Box<Card>,
    },
    /// Put the user's own loaded films into one zip. Answered by [`Event::PackSaving`] as it goes on and [`Event::PackSaved`] at the
    /// end; forgotten with these films. One at a time: a new one ends the last.
    /// `division`: how films whose part is not given are divided, so that whoever loads the pack has the same test set.
    SavePack {
        division: Option<Division>,
    },
    /// The zip is no longer wanted, and none will come.
    EndSaving,
}

/// How a run comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Returning {
    /// It had ended, or was stopped.
    Over,
    Paused,
    Going,
}

/// What can be asked of a trained network beyond its answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Explanation {
    /// Where all films lie in the space of features.
    EmbeddingMap,
    /// Grad-CAM for one class, for the trained network, and with `checks` for those that cannot know the answer: one of them is
    /// trained first, which takes long.
    GradCam {
        subject: Subject,
        class: usize,
        checks: bool,
    },
    /// How the probability of a class falls when each place is covered.
    Occlusion { subject: Subject, class: usize },
    /// The answer to a film that has been painted over.
    Erased { subject: Subject, mask: Mask },
    /// The test films changed, all in the same way.
    Changed { perturbation: Perturbation },
}

impl Explanation {
    /// Whether this one takes the place of `other`, which is then not answered.
    pub fn replaces(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

/// A film that an explanation is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Subject {
    /// Of the loaded data.
    Sample(usize),
    /// Of the built-in odd films.
    Odd(usize),
    /// The film of an answered question.
    Asked(QuestionId),
}

/// From the engine to the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// The engine listens; its build must be the page's.
    Ready {
        build: String,
    },
    /// What computes, and why.
    Device {
        report: DeviceReport,
    },
    /// Files are being read.
    Loading {
        progress: Progress,
    },
    /// The new data replace the old. `pack`: which of the app's own, if it is one.
    Loaded {
        data: DatasetSummary,
        pack: Option<Pack>,
    },
    /// Small pictures of the films from `first` on.
    Thumbnails {
        first: usize,
        pictures: Vec<Picture>,
    },
    /// Films without classes, to be sorted by hand; the old data stay. Their number of a class says nothing.
    Gathered {
        data: DatasetSummary,
    },
    /// Small pictures of these, from `first` on.
    GatheredThumbnails {
        first: usize,
        pictures: Vec<Picture>,
    },
    GatheredFilm {
        sample: usize,
        picture: Picture,
    },
    /// Nothing was loaded; the old data stay.
    LoadFailed {
        error: LoadError,
    },
    /// Nothing is being loaded any more, as was asked; the old data stay.
    LoadStopped,
    Film {
        sample: usize,
        picture: Picture,
    },
    /// Before any window, with more pixels than the film has that the network is given.
    Frame {
        sample: usize,
        frame: u32,
        values: Result<FrameValues, FileError>,
    },
    /// Names and small pictures of the built-in odd films.
    OddFilms {
        films: Vec<OddFilm>,
    },
    /// A run has begun. `parts` says what each film of the data does in it; `None` is not used.
    RunStarted {
        run: RunId,
        parts: Vec<Option<Subset>>,
        steps_total: usize,
    },
    /// What it takes to bring the run back as it is after so many steps, beside it. Sent now and then, and whenever the run stops.
    Checkpoint {
        run: RunId,
        steps_done: usize,
        /// That it has taken so far.
        seconds: f32,
    },
    /// The run is there again: it can be tested and asked, or goes on.
    Returned {
        run: RunId,
        parts: Vec<Option<Subset>>,
        steps_total: usize,
    },
    /// The network of this run came out of a file before it began, or came back.
    Origin {
        run: RunId,
        origin: Origin,
    },
    Imported {
        run: RunId,
        result: Result<Box<Imported>, NotImported>,
    },
    /// The run trains another network on, by these settings.
    GoesOn {
        run: RunId,
        settings: Settings,
    },
    /// The films pass through the backbone: for this run, or in the background before any.
    Preparing {
        run: Option<RunId>,
        work: Preparation,
        progress: Progress,
    },
    /// `seconds_left`: for all that is left of the run.
    Step {
        run: RunId,
        report: StepReport,
        seconds_left: Option<f32>,
    },
    Epoch {
        run: RunId,
        report: EpochReport,
    },
    Paused {
        run: RunId,
    },
    Resumed {
        run: RunId,
    },
    /// The run is over, whole or `stopped` by the user: the network can be tested and asked.
    RunFinished {
        run: RunId,
        stopped: bool,
        seconds: f32,
    },
    RunFailed {
        run: RunId,
        failure: Failure,
    },
    /// `times_opened`: how often the test set of these films has been opened, this time included.
    Tested {
        run: RunId,
        opened: Box<TestResult>,
        times_opened: usize,
    },
    Classified {
        question: QuestionId,
        name: String,
        answer: Result<Answer, Failure>,
    },
    Explaining {
        explanation: ExplanationId,
        progress: Progress,
    },
    Found {
        explanation: ExplanationId,
        finding: Result<ExplanationResult, Failure>,
    },
    /// How far an experiment has come, its films' way through the backbone included.
    Experimenting {
        id: ExperimentId,
        progress: Progress,
    },
    /// What came of further trials.
    Outcomes {
        id: ExperimentId,
        outcomes: Vec<Outcome>,
    },
    /// All trials are done, or none will follow.
    Experimented {
        id: ExperimentId,
        result: Result<(), Failure>,
    },
    /// How far the measurement of speed has come.
    Measuring {
        progress: Progress,
    },
    Measured {
        result: Result<Speed, Failure>,
    },
    /// Of the films that are loaded: none of others follows their [`Loaded`](Event::Loaded).
    Shortcuts {
        found: Result<Shortcuts, SearchError>,
    },
    /// The bytes of the file that lies beside this.
    ModelExported {
        result: Result<u64, ExportError>,
    },
    PackSaving {
        progress: Progress,
    },
    /// The file, if there is one, travels beside it.
    PackSaved {
        result: Result<SavedPack, SaveError>,
    },
}

/// Why nobody has looked for what else separates the classes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SearchError {
    /// The program that does could not be fetched.
    Tools { detail: String },
    /// It has ended.
    Ended,
}

/// How far something has come.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    pub done: usize,
    pub total: usize,
    /// For all that is left; unknown at the beginning.
    pub seconds_left: Option<f32>,
}

impl Progress {
    /// Before it is known how much there is.
    pub const NOTHING_YET: Self = Self {
        done: 0,
        total: 0,
        seconds_left: None,
    };
}

/// Seconds that one image takes, by all workers together where features come from several. Validation is part of training.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Speed {
    /// Through the frozen backbone.
    pub features: f32,
    /// The head alone, on features that are there.
    pub frozen: f32,
    /// Head and unfrozen stages, on features that are there.
    pub fine_tuning: f32,
    /// A network from scratch.
    pub scratch: f32,
}

/// The answer to an [`Explanation`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ExplanationResult {
    EmbeddingMap(EmbeddingMap),
    /// In the order of [`SanityCheck::ALL`]; a network from scratch has no head to exchange and gives fewer.
    /// `memorized`: how the network with shuffled labels answers its training films, by these labels.
    GradCam {
        maps: Vec<(SanityCheck, HeatMap)>,
        memorized: Option<LossAccuracy>,
    },
    /// 1 is where covering takes most of the probability away.
    Occlusion(HeatMap),
    Erased {
        probabilities: Vec<f32>,
    },
    /// The test films after the change.
    Changed(TestReport),
}

/// What was behind the door to the test films.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TestResult {
    pub report: TestReport,
    /// The same network on the validation films: a threshold or a temperature is chosen on these.
    pub validation: TestReport,
    /// The test films judged by 16 pixels alone.
    pub baseline: TestReport,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Preparation {
    /// The films as they are.
    Features,
    /// Their augmented views.
    Views,
}

/// The network's answer to a question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    pub probabilities: Vec<f32>,
    /// How like the training films it is.
    pub ood_score: OodScore,
    /// The loaded film that is this very picture.
    pub same_as: Option<usize>,
    pub picture: Picture,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OddFilm {
    /// Key of its caption in the locale file; of a film from a folder of films to try, its path.
    pub key: String,
    pub picture: Picture,
}
