//! Everything that can go wrong, as a sentence that says what to do.

use model::{
    decode::DecodeError,
    pack::{FileError, FileProblem, LoadError, ZipProblem},
    report::TrainError,
    settings::{NumericSetting, SettingsError, limits},
    split::{SplitBy, SplitError},
};

use super::{I18n, say, words};
use crate::protocol::Failure;

pub fn failure(i18n: I18n, failure: &Failure) -> String {
    match failure {
        Failure::File(problem) => file_problem(i18n, problem),
        Failure::NotTrained => say!(i18n, failure.not_trained),
        Failure::NoData => say!(i18n, failure.no_data),
        Failure::Split(error) => split_error(i18n, error),
        Failure::FewPatients => say!(i18n, failure.few_patients),
        Failure::FewFilms { class, n, least } => say!(
            i18n,
            failure.few_films,
            class = class.clone(),
            n = *n,
            least = *least
        ),
        Failure::Training(error) => train_error(i18n, error),
        Failure::Settings(error) => settings_error(i18n, error),
        Failure::Incomparable { detail } => {
            say!(i18n, failure.incomparable, detail = detail.clone())
        }
        Failure::Download { detail } => say!(i18n, failure.download, detail = detail.clone()),
        Failure::EngineCrashed { detail } => say!(i18n, failure.crashed, detail = detail.clone()),
        Failure::DeviceFailed { detail } => {
            say!(i18n, failure.device_failed, detail = detail.clone())
        }
    }
}

fn train_error(i18n: I18n, error: &TrainError) -> String {
    match error {
        TrainError::Diverged => say!(i18n, failure.diverged),
        TrainError::Device { detail } => {
            say!(i18n, failure.device_lost_numbers, detail = detail.clone())
        }
        TrainError::Missing { what } => say!(i18n, failure.missing, detail = what.clone()),
        TrainError::Unfit { detail } => say!(i18n, failure.unfit, detail = detail.clone()),
        TrainError::NotReady => say!(i18n, failure.not_ready),
    }
}

fn settings_error(i18n: I18n, error: &SettingsError) -> String {
    let exact = |value: f64| words::exact(i18n, value);
    match *error {
        SettingsError::OutOfRange {
            setting,
            value,
            least,
            most,
        } => say!(
            i18n,
            failure.setting,
            setting = numeric_setting(i18n, setting),
            value = exact(value),
            least = exact(least),
            most = exact(most)
        ),
        SettingsError::SideStep { side } => say!(
            i18n,
            failure.side_step,
            setting = numeric_setting(i18n, NumericSetting::FilmSide),
            value = side,
            step = limits::SIDE_STEP,
            nearest = limits::nearest_side(side)
        ),
    }
}

fn numeric_setting(i18n: I18n, setting: NumericSetting) -> String {
    match setting {
        NumericSetting::FilmSide => say!(i18n, train.side),
        NumericSetting::Dropout => say!(i18n, train.dropout),
        NumericSetting::BatchSize => say!(i18n, train.batch),
        NumericSetting::LearningRate => say!(i18n, train.rate),
        NumericSetting::Epochs => say!(i18n, train.epochs),
        NumericSetting::UnfrozenStages => say!(i18n, train.tuning_stages),
        NumericSetting::TuningEpochs => say!(i18n, train.tuning_epochs),
        NumericSetting::TuningRate => say!(i18n, train.tuning_rate),
        NumericSetting::Rotation => say!(i18n, sketch.rotation),
        NumericSetting::Shift => say!(i18n, sketch.shift),
        NumericSetting::Shear => say!(i18n, sketch.shear),
        NumericSetting::Zoom => say!(i18n, sketch.zoom),
    }
}

pub fn split_error(i18n: I18n, error: &SplitError) -> String {
    match error {
        SplitError::TooFew { class, n, by } => {
            let (class, n) = (class.clone(), *n);
            match by {
                SplitBy::Image => say!(i18n, split_error.too_few_images, class = class, n = n),
                SplitBy::Patient => say!(i18n, split_error.too_few_patients, class = class, n = n),
                SplitBy::Folder => say!(i18n, split_error.too_few_folder, class = class, n = n),
            }
        }
        SplitError::NoPatients => say!(i18n, split_error.no_patients),
        SplitError::NoFolders => say!(i18n, split_error.no_folders),
        SplitError::Missing { class, part } => {
            let part = words::part(i18n, Some(*part));
            say!(
                i18n,
                split_error.missing,
                class = class.clone(),
                part = part
            )
        }
    }
}

pub fn load_error(i18n: I18n, error: &LoadError) -> String {
    match error {
        LoadError::Empty => say!(i18n, load_error.empty),
        LoadError::NoFilms { problems: _ } => say!(i18n, load_error.no_films),
        LoadError::OneClass { class, n } => {
            say!(i18n, load_error.one_class, class = class.clone(), n = *n)
        }
        LoadError::TooFewFilms { class, n } => {
            say!(
                i18n,
                load_error.too_few_films,
                class = class.clone(),
                n = *n
            )
        }
        LoadError::TooManyFilms { n, limit } => {
            say!(i18n, load_error.too_many_films, n = *n, limit = *limit)
        }
        LoadError::TooManyClasses { n, limit } => {
            say!(i18n, load_error.too_many_classes, n = *n, limit = *limit)
        }
        LoadError::UnsureFolders { folders: _ } => say!(i18n, load_error.unsure),
        LoadError::BadZip { detail } => match detail {
            ZipProblem::Damaged => say!(i18n, load_error.zip_damaged),
            ZipProblem::Encrypted => say!(i18n, load_error.zip_encrypted),
            ZipProblem::TooLarge { limit_mb } => {
                say!(i18n, load_error.zip_too_large, limit = *limit_mb)
            }
        },
        LoadError::BadPackFile { detail } => {
            say!(i18n, load_error.bad_pack_file, detail = detail.clone())
        }
        LoadError::Download { detail } => {
            say!(i18n, load_error.download, detail = detail.clone())
        }
    }
}

pub fn file_problem(i18n: I18n, problem: &FileProblem) -> String {
    let reason = match &problem.error {
        FileError::Decode(error) => decode_error(i18n, error),
        FileError::NoClass => say!(i18n, file_error.no_class),
        FileError::DuplicateOf { path } => say!(i18n, file_error.duplicate, path = path.clone()),
        FileError::Missing => say!(i18n, file_error.missing),
        FileError::Unreadable { detail } => {
            say!(i18n, file_error.unreadable, detail = detail.clone())
        }
    };
    say!(
        i18n,
        look.problem,
        path = problem.path.clone(),
        reason = reason
    )
}

fn decode_error(i18n: I18n, error: &DecodeError) -> String {
    match error {
        DecodeError::Empty => say!(i18n, file_error.empty),
        DecodeError::NotAnImage => say!(i18n, file_error.not_an_image),
        DecodeError::Dicom => say!(i18n, file_error.dicom),
        DecodeError::Unsupported { format } => {
            say!(i18n, file_error.unsupported, format = format.clone())
        }
        DecodeError::Damaged { format } => {
            say!(i18n, file_error.damaged, format = format.clone())
        }
        DecodeError::TooSmall { width, height } => {
            say!(i18n, file_error.too_small, width = *width, height = *height)
        }
        DecodeError::TooLarge { width, height } => {
            say!(i18n, file_error.too_large, width = *width, height = *height)
        }
    }
}
