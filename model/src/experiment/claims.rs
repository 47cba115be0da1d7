//! The sentences of the lesson that rest on numbers.

use super::{Cell, Claim, Expected, Experiment, Ground, Measure};

use Expected::{AtLeast, AtMost, Between};
use Ground::{Aligned, Neutral, OtherPatients, Swapped, Test, Training};
use Measure::{Accuracy, Auc};

const fn cell(condition: usize, ground: Ground, measure: Measure) -> Cell {
    Cell {
        condition,
        ground,
        measure,
    }
}

const fn claim(
    key: &'static str,
    experiment: Experiment,
    from: Option<Cell>,
    to: Cell,
    expected: Expected,
) -> Claim {
    Claim {
        key,
        experiment,
        from,
        to,
        expected,
    }
}

/// All of them; `cargo xtask lesson-check` fails where one is not borne out.
pub const CLAIMS: &[Claim] = &[
    claim(
        "pixels_win_at_home",
        Experiment::Pixels,
        None,
        cell(2, Test, Accuracy),
        AtLeast(0.9),
    ),
    claim(
        "dropout_changes_nothing",
        Experiment::Arms,
        Some(cell(0, OtherPatients, Accuracy)),
        cell(1, OtherPatients, Accuracy),
        Between(-0.05, 0.05),
    ),
    claim(
        "augmentation_helps_elsewhere",
        Experiment::Arms,
        Some(cell(0, OtherPatients, Accuracy)),
        cell(2, OtherPatients, Accuracy),
        AtLeast(0.05),
    ),
    claim(
        "shuffled_is_learnt_by_heart",
        Experiment::ShuffledLabels,
        None,
        cell(1, Training, Accuracy),
        AtLeast(0.95),
    ),
    claim(
        "marker_fools",
        Experiment::Shortcut,
        Some(cell(5, Aligned, Accuracy)),
        cell(5, Swapped, Accuracy),
        AtMost(-0.3),
    ),
    claim(
        "no_marker_no_harm",
        Experiment::Shortcut,
        Some(cell(0, Neutral, Accuracy)),
        cell(0, Swapped, Accuracy),
        Between(-0.1, 0.1),
    ),
    claim(
        "leak_flatters",
        Experiment::Leak,
        Some(cell(0, Test, Auc)),
        cell(1, OtherPatients, Auc),
        AtMost(0.0),
    ),
];
