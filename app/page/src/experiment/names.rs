//! What experiments, conditions, evaluation sets and measures are called.

use experiments::{ConditionKey as Key, EvaluationSet, Experiment, Measure};

use crate::{I18n, say};

pub fn title(i18n: I18n, experiment: Experiment) -> String {
    match experiment {
        Experiment::Pixels => say!(i18n, experiment.title.pixels),
        Experiment::Arms => say!(i18n, experiment.title.arms),
        Experiment::DataSize => say!(i18n, experiment.title.data_size),
        Experiment::LabelNoise => say!(i18n, experiment.title.label_noise),
        Experiment::ShuffledLabels => say!(i18n, experiment.title.shuffled_labels),
        Experiment::Leak => say!(i18n, experiment.title.leak),
        Experiment::Shortcut => say!(i18n, experiment.title.shortcut),
        Experiment::NewHospital => say!(i18n, experiment.title.new_hospital),
        Experiment::Mirrored => say!(i18n, experiment.title.mirrored),
        Experiment::LearningRates => say!(i18n, experiment.title.learning_rates),
        Experiment::Mistakes => say!(i18n, experiment.title.mistakes),
    }
}

/// What it does, in a sentence.
pub fn what(i18n: I18n, experiment: Experiment) -> String {
    match experiment {
        Experiment::Pixels => say!(i18n, experiment.what.pixels),
        Experiment::Arms => say!(i18n, experiment.what.arms),
        Experiment::DataSize => say!(i18n, experiment.what.data_size),
        Experiment::LabelNoise => say!(i18n, experiment.what.label_noise),
        Experiment::ShuffledLabels => say!(i18n, experiment.what.shuffled_labels),
        Experiment::Leak => say!(i18n, experiment.what.leak),
        Experiment::Shortcut => say!(i18n, experiment.what.shortcut),
        Experiment::NewHospital => say!(i18n, experiment.what.new_hospital),
        Experiment::Mirrored => say!(i18n, experiment.what.mirrored),
        Experiment::LearningRates => say!(i18n, experiment.what.learning_rates),
        Experiment::Mistakes => say!(i18n, experiment.what.mistakes),
    }
}

/// A condition by its place.
pub fn condition(i18n: I18n, experiment: Experiment, condition: usize) -> String {
    let Some(condition) = experiment.conditions().get(condition) else {
        return String::new();
    };
    match condition.key {
        Key::Pixels1 => say!(i18n, experiment.condition.pixels_1),
        Key::Pixels2 => say!(i18n, experiment.condition.pixels_2),
        Key::Pixels4 => say!(i18n, experiment.condition.pixels_4),
        Key::Pixels8 => say!(i18n, experiment.condition.pixels_8),
        Key::Network => say!(i18n, experiment.condition.network),
        Key::Neither => say!(i18n, experiment.condition.neither),
        Key::Dropout => say!(i18n, experiment.condition.dropout),
        Key::Augmentation => say!(i18n, experiment.condition.augmentation),
        Key::Both => say!(i18n, experiment.condition.both),
        Key::Films2 => say!(i18n, experiment.condition.films_2),
        Key::Films5 => say!(i18n, experiment.condition.films_5),
        Key::Films10 => say!(i18n, experiment.condition.films_10),
        Key::Films20 => say!(i18n, experiment.condition.films_20),
        Key::Wrong0 => say!(i18n, experiment.condition.wrong_0),
        Key::Wrong10 => say!(i18n, experiment.condition.wrong_10),
        Key::Wrong20 => say!(i18n, experiment.condition.wrong_20),
        Key::Wrong40 => say!(i18n, experiment.condition.wrong_40),
        Key::TrueClasses => say!(i18n, experiment.condition.true_classes),
        Key::ShuffledClasses => say!(i18n, experiment.condition.shuffled_classes),
        Key::ByImage => say!(i18n, experiment.condition.by_image),
        Key::ByPatient => say!(i18n, experiment.condition.by_patient),
        Key::Marked0 => say!(i18n, experiment.condition.marked_0),
        Key::Marked25 => say!(i18n, experiment.condition.marked_25),
        Key::Marked50 => say!(i18n, experiment.condition.marked_50),
        Key::Marked75 => say!(i18n, experiment.condition.marked_75),
        Key::Marked90 => say!(i18n, experiment.condition.marked_90),
        Key::Marked100 => say!(i18n, experiment.condition.marked_100),
        Key::AsTheyAre => say!(i18n, experiment.condition.as_they_are),
        Key::Moved => say!(i18n, experiment.condition.moved),
        Key::Matched => say!(i18n, experiment.condition.matched),
        Key::Average => say!(i18n, experiment.condition.average),
        Key::Grid => say!(i18n, experiment.condition.grid),
        Key::GridFlips => say!(i18n, experiment.condition.grid_flips),
        Key::Frozen => say!(i18n, experiment.condition.frozen),
        Key::RateE5 => say!(i18n, experiment.condition.rate_1e_5),
        Key::RateE4 => say!(i18n, experiment.condition.rate_1e_4),
        Key::RateE3 => say!(i18n, experiment.condition.rate_1e_3),
        Key::RateE2 => say!(i18n, experiment.condition.rate_1e_2),
        Key::Right => say!(i18n, experiment.condition.right),
        Key::AugmentedValidation => say!(i18n, experiment.condition.augmented_validation),
        Key::DroppedBatch => say!(i18n, experiment.condition.dropped_batch),
        Key::ScalingInUse => say!(i18n, experiment.condition.scaling_in_use),
        Key::ScalingThroughout => say!(i18n, experiment.condition.scaling_throughout),
        Key::NoSignal => say!(i18n, experiment.condition.no_signal),
        Key::ThresholdOnTest => say!(i18n, experiment.condition.threshold_on_test),
        Key::ThresholdElsewhere => say!(i18n, experiment.condition.threshold_elsewhere),
    }
}

pub fn evaluation_set(i18n: I18n, evaluation_set: EvaluationSet) -> String {
    match evaluation_set {
        EvaluationSet::Training => say!(i18n, experiment.ground.training),
        EvaluationSet::Validation => say!(i18n, experiment.ground.validation),
        EvaluationSet::Test => say!(i18n, experiment.ground.test),
        EvaluationSet::OtherPatients => say!(i18n, experiment.ground.other_patients),
        EvaluationSet::Shifted => say!(i18n, experiment.ground.shifted),
        EvaluationSet::Aligned => say!(i18n, experiment.ground.aligned),
        EvaluationSet::Neutral => say!(i18n, experiment.ground.neutral),
        EvaluationSet::Swapped => say!(i18n, experiment.ground.swapped),
        EvaluationSet::Noisy => say!(i18n, experiment.ground.noisy),
        EvaluationSet::Rotated => say!(i18n, experiment.ground.turned),
        EvaluationSet::Inverted => say!(i18n, experiment.ground.inverted),
        EvaluationSet::Windowed => say!(i18n, experiment.ground.windowed),
    }
}

pub fn measure(i18n: I18n, measure: Measure) -> String {
    match measure {
        Measure::Accuracy => say!(i18n, experiment.measure_name.accuracy),
        Measure::Sensitivity => say!(i18n, experiment.measure_name.sensitivity),
        Measure::Specificity => say!(i18n, experiment.measure_name.specificity),
        Measure::Auc => say!(i18n, experiment.measure_name.auc),
    }
}
