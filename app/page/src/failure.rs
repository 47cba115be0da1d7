//! Everything that can go wrong, as a sentence that says what to do.

mod dicom;
mod table;

use checkpoint::CheckpointError;
use imaging::{
    decode::{DecodeError, JpegKind, PictureKind},
    pack::{BadTable, FileError, FileProblem, LoadError, ZipProblem},
    report::TrainError,
    settings::{NumericSetting, SettingsError, limits},
    split::{SplitBy, SplitError},
};

use super::{I18n, say, words};
use protocol::Failure;

pub fn failure(i18n: I18n, failure: &Failure) -> String {
    match failure {
        Failure::File(problem) => file_problem(i18n, problem),
        Failure::Kept(CheckpointError::OtherFilms) => say!(i18n, kept.other_films),
        Failure::Kept(CheckpointError::Later { .. }) => say!(i18n, kept.later),
        Failure::Kept(error) => say!(i18n, kept.damaged, detail = error.to_string()),
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
        LoadError::NoLabels { n, folders, tables } => {
            let sentence = match folders.as_slice() {
                [] if *n > 1 => say!(i18n, load_error.a_pile),
                [] => say!(i18n, load_error.no_folders, n = *n),
                [folder] => say!(i18n, load_error.no_label, folder = folder.clone()),
                [first, .., last] => say!(
                    i18n,
                    load_error.no_labels,
                    first = first.clone(),
                    last = last.clone()
                ),
            };
            with_table(i18n, sentence, tables)
        }
        LoadError::OneClass {
            class, n, tables, ..
        } => {
            let sentence = say!(i18n, load_error.one_class, class = class.clone(), n = *n);
            with_table(i18n, sentence, tables)
        }
        LoadError::UnreadClass {
            class, n, reason, ..
        } => say!(
            i18n,
            load_error.unread_class,
            class = class.clone(),
            n = *n,
            reason = file_error(i18n, reason)
        ),
        LoadError::TooFewFilms {
            class, n, left_out, ..
        } => {
            let sentence = say!(
                i18n,
                load_error.too_few_films,
                class = class.clone(),
                n = *n
            );
            match left_out {
                0 => sentence,
                _ => format!(
                    "{sentence} {}",
                    say!(i18n, load_error.left_out, n = *left_out)
                ),
            }
        }
        LoadError::NotAsBefore { n, of } => say!(i18n, load_error.not_as_before, n = *n, of = *of),
        LoadError::TooManyFilms { n, limit } => {
            say!(i18n, load_error.too_many_films, n = *n, limit = *limit)
        }
        LoadError::TooManyClasses { n, limit } => {
            say!(i18n, load_error.too_many_classes, n = *n, limit = *limit)
        }
        LoadError::UnsureFolders { folders: _ } => say!(i18n, load_error.unsure),
        LoadError::UnsureTable(_) => say!(i18n, question.table_heading),
        LoadError::UnsureNames(_) => say!(i18n, question.names_heading),
        LoadError::BadTable(bad) => table::bad_table(i18n, bad),
        LoadError::Contradictions { .. } => say!(i18n, look.contradictions_heading),
        LoadError::BadZip { detail } => zip_problem(i18n, detail),
        LoadError::BadPackFile { detail } => {
            say!(i18n, load_error.bad_pack_file, detail = detail.clone())
        }
        LoadError::FormatReader { detail } => {
            say!(i18n, load_error.format_reader, detail = detail.clone())
        }
        LoadError::Tools { detail } => say!(i18n, load_error.tools, detail = detail.clone()),
        LoadError::Download { detail } => {
            say!(i18n, load_error.download, detail = detail.clone())
        }
    }
}

/// Where labels may stand that no folder tells.
fn with_table(i18n: I18n, sentence: String, tables: &[BadTable]) -> String {
    match tables.first() {
        Some(bad) => format!("{sentence} {}", table::bad_table(i18n, bad)),
        None => sentence,
    }
}

fn zip_problem(i18n: I18n, problem: &ZipProblem) -> String {
    match problem {
        ZipProblem::Damaged => say!(i18n, load_error.zip_damaged),
        ZipProblem::Encrypted => say!(i18n, load_error.zip_encrypted),
        ZipProblem::Method { method } => {
            say!(i18n, load_error.zip_method, method = method.clone())
        }
        ZipProblem::TooDeep => say!(i18n, load_error.zip_too_deep),
        ZipProblem::TooLarge { limit_mb } => {
            say!(i18n, load_error.zip_too_large, limit = *limit_mb)
        }
    }
}

pub fn file_problem(i18n: I18n, problem: &FileProblem) -> String {
    let reason = file_error(i18n, &problem.error);
    say!(
        i18n,
        look.problem,
        path = problem.path.clone(),
        reason = reason
    )
}

pub fn file_error(i18n: I18n, error: &FileError) -> String {
    match error {
        FileError::Decode(error) => decode_error(i18n, error),
        FileError::NoClass => say!(i18n, file_error.no_class),
        FileError::NotSorted => say!(i18n, file_error.not_sorted),
        FileError::DuplicateOf { path } => say!(i18n, file_error.duplicate, path = path.clone()),
        FileError::Leak { path } => say!(i18n, file_error.leak, path = path.clone()),
        FileError::Contradicts { path } => {
            say!(i18n, file_error.contradicts, path = path.clone())
        }
        FileError::MaskOf { path } => say!(i18n, file_error.mask, path = path.clone()),
        FileError::WholeClass { n, reason } => say!(
            i18n,
            file_error.whole_class,
            n = *n,
            reason = file_error(i18n, reason)
        ),
        FileError::NotInTable => say!(i18n, file_error.not_in_table),
        FileError::NoLabel => say!(i18n, file_error.no_label),
        FileError::Uncertain => say!(i18n, file_error.uncertain),
        FileError::SeveralClasses { classes } => {
            say!(
                i18n,
                file_error.several_classes,
                classes = words::all_of(i18n, classes)
            )
        }
        FileError::SeveralRows { rows } => {
            say!(
                i18n,
                file_error.several_rows,
                rows = words::all_of(i18n, rows)
            )
        }
        FileError::Table(problem) => table::table_problem(i18n, problem),
        FileError::SamePatient { part } => {
            let part = words::part(i18n, Some(*part));
            say!(i18n, file_error.same_patient, part = part)
        }
        FileError::Missing => say!(i18n, file_error.missing),
        FileError::Zip(problem) => zip_problem(i18n, problem),
        FileError::FormatReader { detail } => {
            say!(i18n, file_error.format_reader, detail = detail.clone())
        }
        FileError::DecoderFailed => say!(i18n, file_error.decoder_failed),
        FileError::Unreadable { detail } => {
            say!(i18n, file_error.unreadable, detail = detail.clone())
        }
    }
}

fn decode_error(i18n: I18n, error: &DecodeError) -> String {
    match error {
        DecodeError::Empty => say!(i18n, file_error.empty),
        DecodeError::NotAnImage => say!(i18n, file_error.not_an_image),
        DecodeError::Dicom(refusal) => dicom::refusal(i18n, refusal),
        // No load and no question leaves such a file without a reader.
        DecodeError::NeedsReader => say!(i18n, file_error.decoder_failed),
        DecodeError::Unsupported { format } => {
            say!(i18n, file_error.unsupported, format = format.clone())
        }
        DecodeError::Archive { format } => {
            say!(i18n, file_error.archive, format = format.clone())
        }
        DecodeError::Jpeg { kind } => {
            let kind = match kind {
                JpegKind::Deep { bits } => say!(i18n, file_error.jpeg_deep, bits = *bits),
                JpegKind::Lossless => say!(i18n, file_error.jpeg_lossless),
                JpegKind::Arithmetic => say!(i18n, file_error.jpeg_arithmetic),
                JpegKind::Hierarchical => say!(i18n, file_error.jpeg_hierarchical),
                JpegKind::Ls => say!(i18n, file_error.jpeg_ls),
                JpegKind::Unusual => say!(i18n, file_error.jpeg_unusual),
            };
            say!(i18n, file_error.jpeg, kind = kind)
        }
        DecodeError::Picture { kind } => picture_kind(i18n, kind),
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

/// What of TIFF, BMP and WebP is not read.
fn picture_kind(i18n: I18n, kind: &PictureKind) -> String {
    let kind = match kind {
        PictureKind::TiffCompression { name } => {
            say!(i18n, file_error.tiff_compression, name = name.clone())
        }
        PictureKind::TiffFloat => say!(i18n, file_error.tiff_float),
        PictureKind::TiffSigned => say!(i18n, file_error.tiff_signed),
        PictureKind::TiffDeep { bits } => say!(i18n, file_error.tiff_deep, bits = *bits),
        PictureKind::Animated => say!(i18n, file_error.webp_animated),
        PictureKind::UnusualTiff => unusual(i18n, "TIFF"),
        PictureKind::UnusualBmp => unusual(i18n, "BMP"),
    };
    say!(i18n, file_error.picture, kind = kind)
}

fn unusual(i18n: I18n, format: &str) -> String {
    say!(i18n, file_error.unusual, format = format.to_owned())
}
