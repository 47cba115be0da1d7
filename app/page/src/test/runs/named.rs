//! Settings and scores of a run as words, for the screen and for the file.

use imaging::{
    settings::{Network, Pooling},
    split::SplitBy,
};

use crate::{
    I18n, say,
    test::{figures, robustness::result::area},
    words,
};
use ui_core::runs::{Ended, Row, RunScore, Setting};

pub fn run(i18n: I18n, row: &Row) -> String {
    say!(i18n, beyond.runs.run, n = row.id.0)
}

/// The number of a run, and whether it came to its end.
pub fn number(i18n: I18n, row: &Row) -> String {
    let n = row.id.0;
    match row.ended {
        Ended::Whole => n.to_string(),
        Ended::Early => say!(i18n, beyond.runs.early, n = n),
        Ended::Running => say!(i18n, beyond.runs.running, n = n),
        Ended::FromFile => say!(i18n, import.run, n = n),
    }
}

pub fn setting(i18n: I18n, setting: Setting) -> String {
    match setting {
        Setting::Films => say!(i18n, beyond.runs.films),
        Setting::Seed => say!(i18n, beyond.runs.seed),
        Setting::Split => say!(i18n, beyond.runs.split),
        Setting::Network => say!(i18n, beyond.runs.network),
        Setting::FilmSide => say!(i18n, beyond.runs.side),
        Setting::Augmentation => say!(i18n, beyond.runs.augmentation),
        Setting::Dropout => say!(i18n, beyond.runs.dropout),
        Setting::BatchSize => say!(i18n, beyond.runs.batch),
        Setting::LearningRate => say!(i18n, beyond.runs.rate),
        Setting::Epochs => say!(i18n, beyond.runs.epochs),
        Setting::FineTuning => say!(i18n, beyond.runs.tuning),
    }
}

/// What a run chose.
pub fn value(i18n: I18n, setting: Setting, row: &Row) -> String {
    let settings = &row.settings;
    let exact = |value: f64| words::exact(i18n, value);
    match setting {
        Setting::Films => {
            let title = words::title(i18n, &row.dataset);
            say!(i18n, beyond.runs.films_of, n = row.films, title = title)
        }
        Setting::Seed => settings.seed.to_string(),
        Setting::Split => match settings.split_by {
            SplitBy::Image => say!(i18n, train.by_image),
            SplitBy::Patient => say!(i18n, train.by_patient),
            SplitBy::Folder => say!(i18n, train.by_folder),
        },
        Setting::Network => match settings.network {
            Network::Pretrained(Pooling::GlobalAverage) => say!(i18n, train.average),
            Network::Pretrained(Pooling::Grid) => say!(i18n, train.grid),
            Network::Scratch => say!(i18n, train.scratch),
        },
        Setting::FilmSide => settings.film_side.to_string(),
        Setting::Augmentation => match &settings.augmentation {
            None => say!(i18n, beyond.runs.off),
            Some(views) if views.flip => say!(i18n, beyond.runs.on_flip),
            Some(_) => say!(i18n, beyond.runs.on),
        },
        Setting::Dropout => exact(settings.dropout),
        Setting::BatchSize => settings.batch_size.to_string(),
        Setting::LearningRate => exact(settings.learning_rate),
        Setting::Epochs => settings.epochs.to_string(),
        Setting::FineTuning => match settings.fine_tuning {
            None => say!(i18n, beyond.runs.off),
            Some(tuning) => say!(
                i18n,
                beyond.runs.tuning_on,
                epochs = tuning.epochs,
                stages = tuning.stages,
                rate = exact(tuning.learning_rate)
            ),
        },
    }
}

/// Names of what came out.
pub fn scores_of(i18n: I18n) -> [String; 4] {
    [
        say!(i18n, beyond.runs.validation),
        say!(i18n, beyond.runs.test),
        say!(i18n, beyond.runs.area),
        say!(i18n, beyond.runs.looks),
    ]
}

/// What came out, in the same order.
pub fn scores(i18n: I18n, row: &Row) -> [String; 4] {
    let share = |score: &RunScore| {
        let share = figures::measured(i18n, Some(score.accuracy));
        match score.never_found {
            0 => share,
            n => say!(i18n, beyond.runs.never_found, score = share, n = n),
        }
    };
    let closed = || say!(i18n, beyond.runs.not_opened);
    let validation = row.validation.as_ref();
    let tested = row.tested.as_ref();
    [
        validation.map_or_else(|| say!(i18n, beyond.runs.not_known), share),
        tested.map_or_else(closed, |tested| share(&tested.score)),
        match tested.map(|tested| &tested.area) {
            Some(Some(own)) => area(i18n, own),
            Some(None) => say!(i18n, beyond.none),
            None => closed(),
        },
        row.times_opened.to_string(),
    ]
}
