//! What a visit has made, as plain data that a browser can keep: settings, curves, scores, answers. The network itself lies
//! beside it, in bytes of its own (`model/checkpoint`), which the page never reads. No image is in it.

mod bytes;
mod check;
mod keep;
mod marks;
mod restore;

use experiments::{Experiment, Outcome};
use imaging::{
    insight::OodScore, pack::FilmsBefore, report::EpochReport, settings::Settings, split::Subset,
    task::Task,
};
use protocol::{Explanation, ExplanationResult, Pack, Returning, RunId, TestResult};
use serde::{Deserialize, Serialize};

pub use bytes::{KeptError, VERSION};
pub use marks::Marks;
pub use restore::{CameBack, Found, NeededFilms, Order};

use crate::state::StepPoint;

/// All that a visit has made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptWork {
    /// As they are set for the next run.
    pub settings: Settings,
    pub films: KeptFilms,
    pub run: Option<KeptRun>,
    /// What was behind the door to the run's test set.
    pub opened: Option<Box<TestResult>>,
    pub times_opened: usize,
    pub past_runs: Vec<KeptPastRun>,
    pub questions: Vec<KeptQuestion>,
    pub trials: Vec<KeptTrials>,
    /// How the network did on changed test films.
    pub changed: Vec<(Explanation, ExplanationResult)>,
    /// Of each question the film that it was, if it was one of these; nothing in the second form, which ended before.
    pub same_as: Vec<Option<usize>>,
}

/// Which films it was made with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptFilms {
    pub title: String,
    pub task: Task,
    /// `None` of the visitor's own.
    pub pack: Option<Pack>,
    pub films: usize,
    /// See [`DatasetSummary::fingerprint`](imaging::dataset::DatasetSummary::fingerprint).
    pub fingerprint: u64,
    /// By which the visitor's own are known again, however they are called and sorted then.
    pub before: Option<Box<FilmsBefore>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptRun {
    pub settings: Settings,
    pub phase: KeptPhase,
    pub parts: Vec<Option<Subset>>,
    pub steps_total: usize,
    pub steps: Vec<StepPoint>,
    pub epochs: Vec<EpochReport>,
    /// Of the network that lies beside this.
    pub network: Option<KeptNetwork>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum KeptPhase {
    Going,
    Paused,
    Over { stopped: bool, seconds: f32 },
}

/// When a network was kept.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptNetwork {
    pub steps_done: usize,
    /// That its run had taken.
    pub seconds: f32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptPastRun {
    pub title: String,
    pub task: Task,
    pub run: KeptRun,
    pub opened: Option<Box<TestResult>>,
    pub times_opened: usize,
}

/// An answer, without its image.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptQuestion {
    /// The key of an odd film; empty of a file, whose name may be a patient's.
    pub name: String,
    pub odd: Option<usize>,
    pub probabilities: Vec<f32>,
    pub ood_score: OodScore,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptTrials {
    pub experiment: Experiment,
    pub seed: u64,
    pub seeds: usize,
    pub done: bool,
    pub outcomes: Vec<Outcome>,
}
