//! Numbers and names in words.

use imaging::{
    dataset::DatasetName,
    report::LossAccuracy,
    split::Subset,
    task::{MIRRORED_CLASSES, Task},
};
use metrics::Proportion;

use super::{I18n, origin::place, say};
use protocol::{DeviceName, DeviceReason};
use text::number;
use ui_core::{
    origin::PageOrigin,
    state::{EngineState, Films},
};

/// A number to so many decimals.
pub fn fixed(i18n: I18n, value: f64, digits: usize) -> String {
    number::fixed(i18n.language(), value, digits)
}

/// A difference in percentage points, with its sign.
pub fn points(i18n: I18n, share: f64) -> String {
    number::signed(i18n.language(), share * 100.0, 1)
}

/// A count that may be large.
pub fn count(i18n: I18n, value: f64) -> String {
    number::count(i18n.language(), value)
}

/// A setting, with as many decimals as it has.
pub fn exact(i18n: I18n, value: f64) -> String {
    number::exact(i18n.language(), value)
}

/// A score in whole percent; to one decimal where only certainty would be called 0 or 100.
pub fn percent(i18n: I18n, share: f64) -> String {
    say!(i18n, number.percent, n = score_percent(share))
}

/// A probability in whole percent; only certainty itself is called 0 or 100.
pub fn surety(i18n: I18n, probability: f32) -> String {
    say!(i18n, number.percent, n = near_percent(probability.into()))
}

/// The same words, never divided between two lines.
pub fn unbroken(words: &str) -> String {
    words.replace(' ', "\u{a0}")
}

fn near_percent(share: f64) -> f64 {
    match share {
        0.0 => 0.0,
        1.0 => 100.0,
        share => (share * 100.0).round().clamp(1.0, 99.0),
    }
}

/// An estimate and the ends of its interval are written by the same rule, so that neither seems to lie outside the other.
fn score_percent(share: f64) -> f64 {
    let percent = share * 100.0;
    match percent.round() {
        0.0 if percent > 0.0 => ((percent * 10.0).round() / 10.0).max(0.1),
        100.0 if percent < 100.0 => ((percent * 10.0).round() / 10.0).min(99.9),
        whole => whole,
    }
}

/// "A, B or C".
pub fn any_of(i18n: I18n, names: &[String]) -> String {
    i18n.language().any_of(names)
}

/// "A, B and C".
pub fn all_of(i18n: I18n, names: &[String]) -> String {
    i18n.language().all_of(names)
}

/// A class as shown: those of the built-in films have a name in each language, any other is called as
/// its folder is.
pub fn class(i18n: I18n, films: &Films, class: usize) -> String {
    let own = films.data.classes.get(class).map(String::as_str);
    let known = films.data.built_in || films.data.task == Task::Mirrored;
    match own.filter(|_| known) {
        Some("abdomen") => say!(i18n, class.abdomen),
        Some("chest") => say!(i18n, class.chest),
        Some("normal") => say!(i18n, class.normal),
        Some("pneumonia") => say!(i18n, class.pneumonia),
        Some(name) if name == MIRRORED_CLASSES[0] => say!(i18n, class.right_way),
        Some(name) if name == MIRRORED_CLASSES[1] => say!(i18n, class.mirrored),
        _ => films.class_name(class),
    }
}

/// What these films are called.
pub fn title(i18n: I18n, films: &DatasetName) -> String {
    let title = match films.title.as_str() {
        "Normal or pneumonia" => say!(i18n, class.normal_or_pneumonia),
        "Chest or abdomen" => say!(i18n, class.chest_or_abdomen),
        // Files that were chosen one by one have no name in common.
        "" => say!(i18n, kept.untitled),
        own => own.to_owned(),
    };
    match films.task {
        Task::Region => title,
        Task::Mirrored => say!(i18n, class.mirrored_or_not, films = title),
    }
}

pub fn interval(i18n: I18n, score: &Proportion) -> String {
    ends(i18n, score.low, score.high)
}

/// "75% to 99%".
pub fn ends(i18n: I18n, low: f64, high: f64) -> String {
    let (low, high) = (score_percent(low), score_percent(high));
    say!(i18n, number.interval, low = low, high = high)
}

pub fn hits(i18n: I18n, score: &Proportion) -> String {
    say!(i18n, number.of, hits = score.hits, n = score.n)
}

pub fn proportion(score: LossAccuracy) -> Proportion {
    Proportion::new(score.correct, score.n)
}

pub fn films(i18n: I18n, n: usize) -> String {
    match n {
        1 => say!(i18n, number.film),
        n => say!(i18n, number.films, n = n),
    }
}

pub fn patients(i18n: I18n, n: usize) -> String {
    match n {
        1 => say!(i18n, number.patient),
        n => say!(i18n, number.patients, n = n),
    }
}

pub fn part(i18n: I18n, part: Option<Subset>) -> String {
    match part {
        Some(Subset::Train) => say!(i18n, part.training),
        Some(Subset::Validation) => say!(i18n, part.validation),
        Some(Subset::Test) => say!(i18n, part.testing),
        None => say!(i18n, part.unused),
    }
}

/// Short enough for a badge on a small film.
pub fn part_badge(i18n: I18n, part: Subset) -> String {
    match part {
        Subset::Train => say!(i18n, part.short_training),
        Subset::Validation => say!(i18n, part.short_validation),
        Subset::Test => say!(i18n, part.short_testing),
    }
}

pub fn time_left(i18n: I18n, seconds: f32) -> String {
    let minutes = (seconds / 60.0).round();
    match seconds.round() {
        s if s < 3.0 => say!(i18n, time.moment),
        s if s < 50.0 => say!(i18n, time.seconds, n = s),
        s if s < 90.0 => say!(i18n, time.minute),
        _ => say!(i18n, time.minutes, n = minutes),
    }
}

pub fn time_taken(i18n: I18n, seconds: f32) -> String {
    say!(i18n, time.took, n = fixed(i18n, seconds.into(), 1))
}

/// What computes, for the badge.
pub fn device(i18n: I18n, engine: &EngineState) -> String {
    match engine {
        EngineState::Starting => say!(i18n, device.starting),
        EngineState::Working(report) => match &report.device {
            DeviceName::Cpu { workers: 1 } => say!(i18n, device.cpu_one),
            DeviceName::Cpu { workers } => say!(i18n, device.cpu, workers = *workers),
            DeviceName::WebGpu { name } => name.clone(),
        },
        EngineState::Restarting { .. } => say!(i18n, device.restarting),
        EngineState::GivenUp { .. } | EngineState::WrongBuild => say!(i18n, device.stopped),
    }
}

/// How the CPU's workers multiply.
pub fn arithmetic(i18n: I18n, arithmetic: &str) -> String {
    match arithmetic {
        "relaxed" => say!(i18n, device.relaxed),
        _ => say!(i18n, device.plain),
    }
}

/// Why that computes.
pub fn device_reason(i18n: I18n, engine: &EngineState) -> String {
    match engine {
        EngineState::Starting => say!(i18n, device.starting_why),
        EngineState::Working(report) => reason(i18n, &report.reason),
        EngineState::Restarting { detail } => {
            say!(i18n, device.restarting_why, detail = detail.clone())
        }
        EngineState::GivenUp { detail } => say!(i18n, device.stopped_why, detail = detail.clone()),
        EngineState::WrongBuild => say!(i18n, device.wrong_build_why),
    }
}

fn reason(i18n: I18n, reason: &DeviceReason) -> String {
    match reason {
        DeviceReason::GpuPassedSelfTest => say!(i18n, device.gpu_passed),
        DeviceReason::AskedFor => say!(i18n, device.asked_for),
        DeviceReason::NoWebGpu if place() == PageOrigin::PlainHttp => say!(i18n, dist.no_webgpu),
        DeviceReason::NoWebGpu => say!(i18n, device.no_webgpu),
        DeviceReason::NoAdapter => say!(i18n, device.no_adapter),
        DeviceReason::NoGpuProgram => say!(i18n, device.no_gpu_program),
        DeviceReason::SoftwareAdapter { name } => {
            say!(i18n, device.software, name = name.clone())
        }
        DeviceReason::SelfTestFailed { detail } => {
            say!(i18n, device.self_test_failed, detail = detail.clone())
        }
        DeviceReason::GpuFailed { detail } => {
            say!(i18n, device.gpu_failed, detail = detail.clone())
        }
    }
}

/// Whether an odd film came with the app, and has a caption here.
pub fn is_captioned(key: &str) -> bool {
    matches!(key, "knees" | "skull" | "inverted" | "rotated")
}

/// The caption of a built-in odd film; of any other its file's name.
pub fn odd_film(i18n: I18n, key: &str) -> String {
    match key {
        "knees" => say!(i18n, odd_film.knees),
        "skull" => say!(i18n, odd_film.skull),
        "inverted" => say!(i18n, odd_film.inverted),
        "rotated" => say!(i18n, odd_film.rotated),
        path => path.rsplit('/').next().unwrap_or(path).to_owned(),
    }
}
