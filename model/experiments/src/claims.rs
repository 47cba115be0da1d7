//! The sentences of the lesson that rest on numbers, for the films that come with the app.
//!
//! The bounds were set after looking at the seeds 1 to 10, wider than what was found there, so that other processors'
//! rounding does not cross them; what then failed on seeds that nobody had looked at was taken out. Both are in
//! EXPERIMENTS.md. What no effect is, and what is one, [`Effect`](super::Effect) says for all of them alike; what it leaves unclear
//! is not claimed.

use super::{
    Cell, Claim,
    ConditionKey::{self, *},
    EvaluationSet::{self, *},
    Expected,
    Experiment::{self, *},
    Measure::{self, Accuracy},
};

use Expected::{AtLeast, AtMost, Between, NoEffect};

/// A condition by its key, on an evaluation set.
type At = (ConditionKey, EvaluationSet);

/// Of one number.
const fn of(
    key: &'static str,
    experiment: Experiment,
    measure: Measure,
    to: At,
    expected: Expected,
) -> Claim {
    Claim {
        key,
        experiment,
        from: None,
        to: cell(experiment, to, measure),
        expected,
    }
}

/// Of what changes from one to the other.
const fn change(
    key: &'static str,
    experiment: Experiment,
    measure: Measure,
    [from, to]: [At; 2],
    expected: Expected,
) -> Claim {
    Claim {
        key,
        experiment,
        from: Some(cell(experiment, from, measure)),
        to: cell(experiment, to, measure),
        expected,
    }
}

/// A key that the experiment does not have does not compile.
const fn cell(experiment: Experiment, (key, evaluation_set): At, measure: Measure) -> Cell {
    let conditions = experiment.conditions();
    let mut condition = 0;
    while conditions[condition].key as usize != key as usize {
        condition += 1;
    }
    Cell {
        condition,
        evaluation_set,
        measure,
    }
}

/// All of them; `cargo xtask lesson-check` fails where one is not borne out.
#[rustfmt::skip]
pub const CLAIMS: &[Claim] = &[
    of("sixteen_pixels_do_at_home", Pixels, Accuracy, (Pixels4, Test), AtLeast(0.95)),
    change("one_pixel_does_not", Pixels, Accuracy, [(Pixels1, Test), (Pixels4, Test)], AtLeast(0.15)),
    change("network_no_better_at_home", Pixels, Accuracy, [(Pixels4, Test), (Network, Test)], NoEffect),
    change("network_loses_elsewhere", Pixels, Accuracy, [(Network, Test), (Network, OtherPatients)], AtMost(-0.03)),

    change("augmentation_nothing_at_home", Arms, Accuracy, [(Neither, Test), (Augmentation, Test)], NoEffect),
    change("dropout_nothing_at_home", Arms, Accuracy, [(Neither, Test), (Dropout, Test)], NoEffect),

    change("more_films_help", DataSize, Accuracy, [(Films2, Test), (Films20, Test)], AtLeast(0.02)),
    change("films_do_not_replace_patients", DataSize, Accuracy, [(Films20, Test), (Films20, OtherPatients)], AtMost(-0.03)),

    of("noise_is_learnt_by_heart", LabelNoise, Accuracy, (Wrong40, Training), AtLeast(0.9)),
    change("little_noise_harms_a_little", LabelNoise, Accuracy, [(Wrong0, Test), (Wrong10, Test)], AtMost(-0.02)),
    change("much_noise_harms", LabelNoise, Accuracy, [(Wrong0, Test), (Wrong40, Test)], AtMost(-0.2)),

    of("shuffled_is_learnt_by_heart", ShuffledLabels, Accuracy, (ShuffledClasses, Training), AtLeast(0.9)),
    of("shuffled_tells_nothing", ShuffledLabels, Accuracy, (ShuffledClasses, Test), Between(0.35, 0.65)),

    change("leak_flatters", Leak, Accuracy, [(ByImage, Test), (ByPatient, OtherPatients)], AtMost(-0.03)),

    change("marker_alone_does_nothing", Shortcut, Accuracy, [(Marked0, Neutral), (Marked0, Swapped)], NoEffect),
    of("marker_makes_perfect", Shortcut, Accuracy, (Marked100, Aligned), AtLeast(0.98)),
    change("marker_fools", Shortcut, Accuracy, [(Marked100, Aligned), (Marked100, Swapped)], AtMost(-0.35)),
    change("marker_fools_with_dose", Shortcut, Accuracy, [(Marked25, Swapped), (Marked100, Swapped)], AtMost(-0.25)),
    change("marker_is_missed", Shortcut, Accuracy, [(Marked0, Neutral), (Marked100, Neutral)], AtMost(-0.05)),

    change("turning_breaks_the_threshold", NewHospital, Accuracy, [(AsTheyAre, Test), (AsTheyAre, Rotated)], AtMost(-0.1)),
    change("noise_lowers_accuracy", NewHospital, Accuracy, [(AsTheyAre, Test), (AsTheyAre, Noisy)], AtMost(-0.05)),
    change("window_lowers_accuracy", NewHospital, Accuracy, [(AsTheyAre, Test), (AsTheyAre, Windowed)], AtMost(-0.15)),
    change("matching_repairs_turning", NewHospital, Accuracy, [(AsTheyAre, Rotated), (Matched, Rotated)], AtLeast(0.05)),
    change("matching_repairs_inversion", NewHospital, Accuracy, [(AsTheyAre, Inverted), (Matched, Inverted)], AtLeast(0.15)),
    change("matching_repairs_the_window", NewHospital, Accuracy, [(AsTheyAre, Windowed), (Matched, Windowed)], AtLeast(0.1)),

    of("average_forgets_sides", Mirrored, Accuracy, (Average, OtherPatients), Between(0.4, 0.6)),
    change("grid_knows_sides", Mirrored, Accuracy, [(Average, OtherPatients), (Grid, OtherPatients)], AtLeast(0.2)),
    change("flips_destroy_the_task", Mirrored, Accuracy, [(Grid, Test), (GridFlips, Test)], AtMost(-0.3)),
    of("flips_leave_chance", Mirrored, Accuracy, (GridFlips, OtherPatients), Between(0.4, 0.6)),

    change("high_rate_wrecks", LearningRates, Accuracy, [(Frozen, Test), (RateE2, Test)], AtMost(-0.3)),
    change("high_rate_wrecks_what_was_learnt", LearningRates, Accuracy, [(Frozen, Training), (RateE2, Training)], AtMost(-0.3)),

    change("scaling_in_use_ruins", Mistakes, Accuracy, [(Right, Test), (ScalingInUse, Test)], AtMost(-0.15)),
    of("no_signal_is_chance", Mistakes, Accuracy, (NoSignal, Test), Between(0.4, 0.6)),
    change("threshold_on_test_flatters", Mistakes, Accuracy, [(ThresholdElsewhere, Test), (ThresholdOnTest, Test)], AtLeast(0.03)),
    of("threshold_elsewhere_is_honest", Mistakes, Accuracy, (ThresholdElsewhere, Test), Between(0.4, 0.6)),
];
