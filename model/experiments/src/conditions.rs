//! What each experiment trains, and on what evaluation set it is judged.

use super::{
    Condition,
    ConditionKey::{self, *},
    EvaluationSet, Experiment,
};

const fn plain(key: ConditionKey) -> Condition {
    Condition { key, level: None }
}

const fn dosed(key: ConditionKey, level: f64) -> Condition {
    Condition {
        key,
        level: Some(level),
    }
}

/// Doses: pixels along a side.
const PIXELS: [Condition; 5] = [
    dosed(Pixels1, 1.0),
    dosed(Pixels2, 2.0),
    dosed(Pixels4, 4.0),
    dosed(Pixels8, 8.0),
    plain(Network),
];

const ARMS: [Condition; 4] = [
    plain(Neither),
    plain(Dropout),
    plain(Augmentation),
    plain(Both),
];

/// Doses: training films of each class.
const DATA_SIZE: [Condition; 4] = [
    dosed(Films2, 2.0),
    dosed(Films5, 5.0),
    dosed(Films10, 10.0),
    dosed(Films20, 20.0),
];

/// Doses: the share of the training films that is in the wrong class.
const LABEL_NOISE: [Condition; 4] = [
    dosed(Wrong0, 0.0),
    dosed(Wrong10, 0.1),
    dosed(Wrong20, 0.2),
    dosed(Wrong40, 0.4),
];

const SHUFFLED_LABELS: [Condition; 2] = [plain(TrueClasses), plain(ShuffledClasses)];

const LEAK: [Condition; 2] = [plain(ByImage), plain(ByPatient)];

/// Doses: the share of the training films of one class that is marked.
const SHORTCUT: [Condition; 6] = [
    dosed(Marked0, 0.0),
    dosed(Marked25, 0.25),
    dosed(Marked50, 0.5),
    dosed(Marked75, 0.75),
    dosed(Marked90, 0.9),
    dosed(Marked100, 1.0),
];

const NEW_HOSPITAL: [Condition; 3] = [plain(AsTheyAre), plain(Moved), plain(Matched)];

const MIRRORED: [Condition; 3] = [plain(Average), plain(Grid), plain(GridFlips)];

/// Doses: the learning rate of the second stage.
const LEARNING_RATES: [Condition; 5] = [
    plain(Frozen),
    dosed(RateE5, 1e-5),
    dosed(RateE4, 1e-4),
    dosed(RateE3, 1e-3),
    dosed(RateE2, 1e-2),
];

const MISTAKES: [Condition; 8] = [
    plain(Right),
    plain(AugmentedValidation),
    plain(DroppedBatch),
    plain(ScalingInUse),
    plain(ScalingThroughout),
    plain(NoSignal),
    plain(ThresholdOnTest),
    plain(ThresholdElsewhere),
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
    pub fn condition(self, key: ConditionKey) -> Option<usize> {
        self.conditions()
            .iter()
            .position(|condition| condition.key == key)
    }
}
