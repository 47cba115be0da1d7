//! What the lesson tries out, as data: which networks are trained on which films, on what evaluation set each is judged,
//! and what its text claims of the result.
//!
//! An experiment is a list of [`Condition`]s, each trained once for every seed: a trial. A trial judges its network on
//! one or several [`EvaluationSet`]s and yields an [`Outcome`]. [`Spread`] and [`difference`] sum up many of them; a [`Claim`]
//! is a sentence of the lesson in numbers. The page and `cargo xtask lesson-check` do the same with the same code.

mod claims;
mod condition_key;
mod conditions;
mod effect;
pub mod hospital;
pub mod marker;
mod score;
mod spread;
mod verdict;

use metrics::Interval;
use serde::{Deserialize, Serialize};

pub use claims::CLAIMS;
pub use condition_key::ConditionKey;
pub use effect::Effect;
pub use spread::{difference, values};
pub use verdict::Verdict;

/// What the lesson can try out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Experiment {
    /// How many pixels are enough: baselines that see 1 to 8 pixels a side, beside the network.
    Pixels,
    /// The four arms of the original module: augmentation by dropout.
    Arms,
    /// Fewer training films of each class.
    DataSize,
    /// A share of the training films in the wrong class.
    LabelNoise,
    /// The classes of the training films drawn by lot.
    ShuffledLabels,
    /// The same films divided by image and by patient.
    Leak,
    /// A marker stamped on a share of the training films of one class.
    Shortcut,
    /// The test films as another hospital would have made them, and the repair by augmentation.
    NewHospital,
    /// The right way round or mirrored: with the average that forgets where things are, with the grid that does
    /// not, and with flips.
    Mirrored,
    /// The backbone unfrozen at several learning rates.
    LearningRates,
    /// The classic mistakes, each beside doing it right.
    Mistakes,
}

/// What is trained; the same for all seeds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Condition {
    /// Names it, in the locale files and in tables.
    pub key: ConditionKey,
    /// Where it stands on the dial, if the experiment is one: films a class, a share, a learning rate.
    pub level: Option<f64>,
}

/// The films that a network is judged on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum EvaluationSet {
    /// The films that it was trained on, as they are, by the classes that it was given for them.
    Training,
    Validation,
    /// The test films of the same division.
    Test,
    /// Films of patients that it has not seen.
    OtherPatients,
    /// Test films moved, turned and zoomed as augmentation does.
    Shifted,
    /// Test films with the marker where it was in training.
    Aligned,
    /// Without any marker.
    Neutral,
    /// With the marker on the other class.
    Swapped,
    /// Test films with more noise.
    Noisy,
    /// Test films that were turned.
    Rotated,
    /// Test films with black and white exchanged.
    Inverted,
    /// Test films in another window.
    Windowed,
}

/// How a network did on one evaluation set.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Score {
    pub n: usize,
    pub correct: usize,
    /// How many patients the films come from, where known.
    pub patients: Option<usize>,
    /// Share of the films of the second class that are found; `None` without any.
    pub sensitivity: Option<f64>,
    /// Share of the films of the first class that are cleared; `None` without any.
    pub specificity: Option<f64>,
    /// Of the second class against the first; `None` where one is missing or there are more than two classes.
    pub auc: Option<f64>,
}

/// What a score is compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Measure {
    Accuracy,
    Sensitivity,
    Specificity,
    Auc,
}

/// What came of one trial.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// Index into [`Experiment::conditions`].
    pub condition: usize,
    pub seed: u64,
    pub scores: Vec<(EvaluationSet, Score)>,
}

/// One number of an experiment: what is measured, of which condition, on which evaluation set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Cell {
    pub condition: usize,
    pub evaluation_set: EvaluationSet,
    pub measure: Measure,
}

/// A number over several seeds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    pub mean: f64,
    /// The 95 % interval of the mean over seeds; `None` where all seeds gave the same number, which is not to say that
    /// the next one would.
    pub interval: Option<Interval>,
    /// Seeds, at least two.
    pub n: usize,
}

/// What the lesson's text says of the difference between two cells, `to` less `from`, or of `to` alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Claim {
    /// Names the sentence, in the locale files and in tables.
    pub key: &'static str,
    pub experiment: Experiment,
    pub from: Option<Cell>,
    pub to: Cell,
    pub expected: Expected,
}

/// Where the mean must lie, and what the interval must show, for the sentence to be true.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Expected {
    /// A difference must be [`Effect::More`], too.
    AtLeast(f64),
    /// A difference must be [`Effect::Less`], too.
    AtMost(f64),
    /// Of a number by itself.
    Between(f64, f64),
    /// A difference must be [`Effect::Negligible`].
    NoEffect,
}
