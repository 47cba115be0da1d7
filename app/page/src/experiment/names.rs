//! What experiments, conditions, grounds and measures are called.

use experiments::{EvaluationSet, Experiment, Measure};

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

/// A condition by its place; one that has no name here yet by its key.
pub fn condition(i18n: I18n, experiment: Experiment, condition: usize) -> String {
    let Some(condition) = experiment.conditions().get(condition) else {
        return String::new();
    };
    match condition.key {
        "pixels_1" => say!(i18n, experiment.condition.pixels_1),
        "pixels_2" => say!(i18n, experiment.condition.pixels_2),
        "pixels_4" => say!(i18n, experiment.condition.pixels_4),
        "pixels_8" => say!(i18n, experiment.condition.pixels_8),
        "network" => say!(i18n, experiment.condition.network),
        "neither" => say!(i18n, experiment.condition.neither),
        "dropout" => say!(i18n, experiment.condition.dropout),
        "augmentation" => say!(i18n, experiment.condition.augmentation),
        "both" => say!(i18n, experiment.condition.both),
        "films_2" => say!(i18n, experiment.condition.films_2),
        "films_5" => say!(i18n, experiment.condition.films_5),
        "films_10" => say!(i18n, experiment.condition.films_10),
        "films_20" => say!(i18n, experiment.condition.films_20),
        "wrong_0" => say!(i18n, experiment.condition.wrong_0),
        "wrong_10" => say!(i18n, experiment.condition.wrong_10),
        "wrong_20" => say!(i18n, experiment.condition.wrong_20),
        "wrong_40" => say!(i18n, experiment.condition.wrong_40),
        "true_classes" => say!(i18n, experiment.condition.true_classes),
        "shuffled_classes" => say!(i18n, experiment.condition.shuffled_classes),
        "by_image" => say!(i18n, experiment.condition.by_image),
        "by_patient" => say!(i18n, experiment.condition.by_patient),
        "marked_0" => say!(i18n, experiment.condition.marked_0),
        "marked_25" => say!(i18n, experiment.condition.marked_25),
        "marked_50" => say!(i18n, experiment.condition.marked_50),
        "marked_75" => say!(i18n, experiment.condition.marked_75),
        "marked_90" => say!(i18n, experiment.condition.marked_90),
        "marked_100" => say!(i18n, experiment.condition.marked_100),
        "as_they_are" => say!(i18n, experiment.condition.as_they_are),
        "moved" => say!(i18n, experiment.condition.moved),
        "matched" => say!(i18n, experiment.condition.matched),
        "average" => say!(i18n, experiment.condition.average),
        "grid" => say!(i18n, experiment.condition.grid),
        "grid_flips" => say!(i18n, experiment.condition.grid_flips),
        "frozen" => say!(i18n, experiment.condition.frozen),
        "rate_1e-5" => say!(i18n, experiment.condition.rate_1e_5),
        "rate_1e-4" => say!(i18n, experiment.condition.rate_1e_4),
        "rate_1e-3" => say!(i18n, experiment.condition.rate_1e_3),
        "rate_1e-2" => say!(i18n, experiment.condition.rate_1e_2),
        "right" => say!(i18n, experiment.condition.right),
        "augmented_validation" => say!(i18n, experiment.condition.augmented_validation),
        "dropped_batch" => say!(i18n, experiment.condition.dropped_batch),
        "scaling_in_use" => say!(i18n, experiment.condition.scaling_in_use),
        "scaling_throughout" => say!(i18n, experiment.condition.scaling_throughout),
        "no_signal" => say!(i18n, experiment.condition.no_signal),
        "threshold_on_test" => say!(i18n, experiment.condition.threshold_on_test),
        "threshold_elsewhere" => say!(i18n, experiment.condition.threshold_elsewhere),
        other => other.to_owned(),
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
