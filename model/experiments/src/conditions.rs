//! What each experiment trains, and on what evaluation set it is judged.

use super::{Condition, EvaluationSet, Experiment};

const fn plain(key: &'static str) -> Condition {
    Condition { key, level: None }
}

const fn dosed(key: &'static str, level: f64) -> Condition {
    Condition {
        key,
        level: Some(level),
    }
}

/// Doses: pixels along a side.
const PIXELS: [Condition; 5] = [
    dosed("pixels_1", 1.0),
    dosed("pixels_2", 2.0),
    dosed("pixels_4", 4.0),
    dosed("pixels_8", 8.0),
    plain("network"),
];

const ARMS: [Condition; 4] = [
    plain("neither"),
    plain("dropout"),
    plain("augmentation"),
    plain("both"),
];

/// Doses: training films of each class.
const DATA_SIZE: [Condition; 4] = [
    dosed("films_2", 2.0),
    dosed("films_5", 5.0),
    dosed("films_10", 10.0),
    dosed("films_20", 20.0),
];

/// Doses: the share of the training films that is in the wrong class.
const LABEL_NOISE: [Condition; 4] = [
    dosed("wrong_0", 0.0),
    dosed("wrong_10", 0.1),
    dosed("wrong_20", 0.2),
    dosed("wrong_40", 0.4),
];

const SHUFFLED_LABELS: [Condition; 2] = [plain("true_classes"), plain("shuffled_classes")];

const LEAK: [Condition; 2] = [plain("by_image"), plain("by_patient")];

/// Doses: the share of the training films of one class that is marked.
const SHORTCUT: [Condition; 6] = [
    dosed("marked_0", 0.0),
    dosed("marked_25", 0.25),
    dosed("marked_50", 0.5),
    dosed("marked_75", 0.75),
    dosed("marked_90", 0.9),
    dosed("marked_100", 1.0),
];

const NEW_HOSPITAL: [Condition; 3] = [plain("as_they_are"), plain("moved"), plain("matched")];

const MIRRORED: [Condition; 3] = [plain("average"), plain("grid"), plain("grid_flips")];

/// Doses: the learning rate of the second stage.
const LEARNING_RATES: [Condition; 5] = [
    plain("frozen"),
    dosed("rate_1e-5", 1e-5),
    dosed("rate_1e-4", 1e-4),
    dosed("rate_1e-3", 1e-3),
    dosed("rate_1e-2", 1e-2),
];

const MISTAKES: [Condition; 8] = [
    plain("right"),
    plain("augmented_validation"),
    plain("dropped_batch"),
    plain("scaling_in_use"),
    plain("scaling_throughout"),
    plain("no_signal"),
    plain("threshold_on_test"),
    plain("threshold_elsewhere"),
];

impl Experiment {
    pub const ALL: [Self; 11] = [
        Self::Pixels,
        Self::Arms,
        Self::DataSize,
        Self::LabelNoise,
        Self::ShuffledLabels,
        Self::Leak,
        Self::Shortcut,
        Self::NewHospital,
        Self::Mirrored,
        Self::LearningRates,
        Self::Mistakes,
    ];

    /// Names it, in the locale files and on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Self::Pixels => "pixels",
            Self::Arms => "arms",
            Self::DataSize => "data_size",
            Self::LabelNoise => "label_noise",
            Self::ShuffledLabels => "shuffled_labels",
            Self::Leak => "leak",
            Self::Shortcut => "shortcut",
            Self::NewHospital => "new_hospital",
            Self::Mirrored => "mirrored",
            Self::LearningRates => "learning_rates",
            Self::Mistakes => "mistakes",
        }
    }

    pub const fn conditions(self) -> &'static [Condition] {
        match self {
            Self::Pixels => &PIXELS,
            Self::Arms => &ARMS,
            Self::DataSize => &DATA_SIZE,
            Self::LabelNoise => &LABEL_NOISE,
            Self::ShuffledLabels => &SHUFFLED_LABELS,
            Self::Leak => &LEAK,
            Self::Shortcut => &SHORTCUT,
            Self::NewHospital => &NEW_HOSPITAL,
            Self::Mirrored => &MIRRORED,
            Self::LearningRates => &LEARNING_RATES,
            Self::Mistakes => &MISTAKES,
        }
    }

    /// What the networks of a condition are judged on, if the films allow it:
    /// [`EvaluationSet::OtherPatients`] takes known patients.
    pub fn evaluation_sets(self, condition: usize) -> &'static [EvaluationSet] {
        use EvaluationSet::{
            Aligned, Inverted, Neutral, Noisy, OtherPatients, Rotated, Shifted, Swapped, Test,
            Training, Validation, Windowed,
        };
        match (self, condition) {
            (Self::Pixels | Self::Mirrored | Self::DataSize, _) => &[Test, OtherPatients],
            (Self::Arms, _) => &[Test, Shifted, OtherPatients],
            (Self::LabelNoise | Self::ShuffledLabels | Self::LearningRates, _) => &[Training, Test],
            (Self::Leak, 0) => &[Test],
            (Self::Leak, _) => &[OtherPatients],
            (Self::Shortcut, _) => &[Aligned, Neutral, Swapped],
            (Self::NewHospital, _) => &[Test, Noisy, Rotated, Inverted, Windowed],
            (Self::Mistakes, 0) => &[Validation, Test],
            (Self::Mistakes, 1..=2) => &[Validation],
            (Self::Mistakes, _) => &[Test],
        }
    }

    /// How many seeds tell enough within the time that a learner waits.
    pub fn seeds(self) -> usize {
        match self {
            Self::Arms | Self::Pixels | Self::ShuffledLabels | Self::Leak => 10,
            Self::LearningRates => 3,
            _ => 5,
        }
    }

    /// The index of the condition of this key.
    pub fn condition(self, key: &str) -> Option<usize> {
        self.conditions()
            .iter()
            .position(|condition| condition.key == key)
    }
}
