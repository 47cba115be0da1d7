//! The test films changed on purpose: what is tried, and what follows from the two sets of answers.

use imaging::{perturb::Perturbation, report::TestReport};
use metrics::{
    Proportion,
    auc::{Auc, AucDifference, auc, compare},
    roc::RocError,
};

use crate::evaluation::agreement;

/// A ranking that may have lost more than this is not said to have stayed.
const NEGLIGIBLE: f64 = 0.05;
/// A difference that chance makes less often than this between equal networks is called one.
const ALPHA: f64 = 0.05;

/// A change with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    Unchanged,
    OtherWindow,
    Noisy,
    Blurred,
    Inverted,
    Rotated,
    Compressed,
}

impl Preset {
    pub const ALL: [Self; 7] = [
        Self::Unchanged,
        Self::OtherWindow,
        Self::Noisy,
        Self::Blurred,
        Self::Inverted,
        Self::Rotated,
        Self::Compressed,
    ];

    pub fn perturbation(self) -> Perturbation {
        let mut change = Perturbation::default();
        match self {
            Self::Unchanged => {}
            Self::OtherWindow => (change.window, change.level) = (0.6, -0.1),
            Self::Noisy => change.noise = 0.1,
            Self::Blurred => change.blur = 0.02,
            Self::Inverted => change.inversion = true,
            Self::Rotated => change.rotation = 45.0,
            Self::Compressed => change.jpeg_quality = Some(5),
        }
        change
    }
}

/// One slider: a number of a change, in whole steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dial {
    Window,
    Level,
    Noise,
    Blur,
    Rotation,
    Scale,
    Jpeg,
}

/// Without compression, the slider of the JPEG quality stands here.
const UNCOMPRESSED: i32 = 100;

impl Dial {
    pub const ALL: [Self; 7] = [
        Self::Window,
        Self::Level,
        Self::Noise,
        Self::Blur,
        Self::Rotation,
        Self::Scale,
        Self::Jpeg,
    ];

    /// Least, most, and one step of the keyboard.
    pub fn range(self) -> (i32, i32, i32) {
        match self {
            Self::Window => (20, 200, 5),
            Self::Level => (-50, 50, 5),
            Self::Noise => (0, 50, 1),
            Self::Blur => (0, 50, 1),
            Self::Rotation => (-180, 180, 5),
            Self::Scale => (50, 200, 5),
            Self::Jpeg => (1, UNCOMPRESSED, 1),
        }
    }

    /// In percent, thousandths (blur), degrees, or JPEG quality.
    pub fn get(self, change: &Perturbation) -> i32 {
        let hundredths = |value: f64| (value * 100.0).round() as i32;
        match self {
            Self::Window => hundredths(change.window),
            Self::Level => hundredths(change.level),
            Self::Noise => hundredths(change.noise),
            Self::Blur => (change.blur * 1000.0).round() as i32,
            Self::Rotation => change.rotation.round() as i32,
            Self::Scale => hundredths(change.scale),
            Self::Jpeg => change.jpeg_quality.map_or(UNCOMPRESSED, i32::from),
        }
    }

    pub fn set(self, change: &mut Perturbation, value: i32) {
        let (least, most, _) = self.range();
        let value = value.clamp(least, most);
        let share = f64::from(value) / 100.0;
        match self {
            Self::Window => change.window = share,
            Self::Level => change.level = share,
            Self::Noise => change.noise = share,
            Self::Blur => change.blur = f64::from(value) / 1000.0,
            Self::Rotation => change.rotation = f64::from(value),
            Self::Scale => change.scale = share,
            Self::Jpeg => {
                let quality = u8::try_from(value).ok();
                change.jpeg_quality = quality.filter(|_| value != UNCOMPRESSED);
            }
        }
    }

    /// Whether this one stands where it changes nothing.
    pub fn rests(self, change: &Perturbation) -> bool {
        self.get(change) == self.get(&Perturbation::default())
    }
}

/// What is shown of one set of answers to the test films.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// At the threshold as it was.
    pub accuracy: Proportion,
    /// For each class against the rest.
    pub areas: Vec<Result<Auc, RocError>>,
}

impl Judged {
    pub fn of(report: &TestReport) -> Self {
        let classes = report.scores.confusion.len();
        let area = |class| {
            let (scores, labels) = against_rest(report, class);
            auc(&scores, &labels)
        };
        Self {
            accuracy: report.scores.accuracy,
            areas: (0..classes).map(area).collect(),
        }
    }

    /// Of two classes, where one area says all.
    pub fn area(&self) -> Option<&Result<Auc, RocError>> {
        match &self.areas[..] {
            [_, second] => Some(second),
            _ => None,
        }
    }
}

/// The probability of `class` for each film, and whether it is of that class; both `[n]`.
pub fn against_rest(report: &TestReport, class: usize) -> (Vec<f64>, Vec<bool>) {
    let films = report.films.iter();
    films
        .map(|film| {
            let probability = film.probabilities.get(class).copied().unwrap_or(f32::NAN);
            (f64::from(probability), film.class == class)
        })
        .unzip()
}

/// What a change did, as far as the films can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RobustnessVerdict {
    /// Fewer right answers, and the films are ranked as well as before: another threshold would repair it.
    ThresholdBroke,
    /// Fewer right answers, and a worse ranking.
    RankingBroke,
    /// Fewer right answers; what became of the ranking cannot be told.
    Fell,
    /// A worse ranking, that the right answers do not show yet.
    OnlyRankingFell,
    /// More right answers.
    Rose,
    /// No difference that chance would not make.
    NoDifference,
    /// The two sets of answers are not of the same films.
    NotComparable,
}

/// Compares the answers to the same films before and after: McNemar's test for the right answers, DeLong's
/// for the ranking of two classes.
pub fn verdict(before: &TestReport, after: &TestReport) -> RobustnessVerdict {
    let Some(agreement) = agreement(before, after) else {
        return RobustnessVerdict::NotComparable;
    };
    let differs = agreement.p() < ALPHA;
    let fell = differs && agreement.only_first_right > agreement.only_second_right;
    match (fell, ranking(before, after)) {
        (true, Ranking::Stayed) => RobustnessVerdict::ThresholdBroke,
        (true, Ranking::Fell) => RobustnessVerdict::RankingBroke,
        (true, Ranking::Unknown) => RobustnessVerdict::Fell,
        (false, _) if differs => RobustnessVerdict::Rose,
        (false, Ranking::Fell) => RobustnessVerdict::OnlyRankingFell,
        (false, Ranking::Stayed | Ranking::Unknown) => RobustnessVerdict::NoDifference,
    }
}

enum Ranking {
    Stayed,
    Fell,
    Unknown,
}

fn ranking(before: &TestReport, after: &TestReport) -> Ranking {
    if before.scores.confusion.len() != 2 {
        return Ranking::Unknown;
    }
    let (old, labels) = against_rest(before, 1);
    let (new, _) = against_rest(after, 1);
    match compare(&new, &old, &labels) {
        Ok(AucDifference {
            test: Some(test), ..
        }) if test.p < ALPHA && test.interval.high < 0.0 => Ranking::Fell,
        Ok(AucDifference {
            test: Some(test), ..
        }) if test.interval.low > -NEGLIGIBLE => Ranking::Stayed,
        // The same ranking without any spread, as of two perfect ones.
        Ok(AucDifference {
            test: None,
            difference,
            ..
        }) if difference >= 0.0 => Ranking::Stayed,
        Ok(_) | Err(_) => Ranking::Unknown,
    }
}

#[cfg(test)]
mod tests;
