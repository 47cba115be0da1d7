//! Intervals that hold for other patients: films of one patient are alike, so whole patients are drawn.

use std::collections::BTreeMap;

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use super::{Interval, distribution::ALPHA};

/// With fewer patients than this, their films say too little of other patients.
pub const FEWEST_PATIENTS: usize = 10;

/// Times that patients are drawn: enough for two digits of the ends of the interval.
pub const RESAMPLES: usize = 2000;

/// A statistic that is defined in a smaller share of the draws has no interval: what is left would
/// be a choice.
const DEFINED: f64 = 0.95;

/// What the films say of other patients.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum ByPatient {
    /// Of `patients` patients.
    Interval { interval: Interval, patients: usize },
    /// Fewer than [`FEWEST_PATIENTS`]: an interval over films, such as that of a
    /// [`Proportion`](super::Proportion), is one for these patients only.
    TooFewPatients { patients: usize },
    /// The statistic is not defined for many of the draws, such as a sensitivity where most draws lack
    /// films of the class.
    Undefined,
}

/// The 95 % percentile interval of `statistic` over draws of as many patients as there are, with
/// replacement: Efron, Ann Stat 7:1-26 (1979), doi 10.1214/aos/1176344552, by clusters as in Field and
/// Welsh, J R Stat Soc B 69:369-390 (2007), doi 10.1111/j.1467-9868.2007.00593.x.
///
/// `patients` names the patient of each film, `[n]`. `statistic` gets indices of films, several times those
/// of a patient that was drawn several times; `None` if it is not defined for them.
pub fn by_patient<P: Ord>(
    patients: &[P],
    seed: u64,
    mut statistic: impl FnMut(&[usize]) -> Option<f64>,
) -> ByPatient {
    let mut films: BTreeMap<&P, Vec<usize>> = BTreeMap::new();
    for (film, patient) in patients.iter().enumerate() {
        films.entry(patient).or_default().push(film);
    }
    let films: Vec<Vec<usize>> = films.into_values().collect();
    let patients = films.len();
    if patients < FEWEST_PATIENTS {
        return ByPatient::TooFewPatients { patients };
    }
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut values = Vec::with_capacity(RESAMPLES);
    let mut drawn = Vec::new();
    for _ in 0..RESAMPLES {
        drawn.clear();
        for _ in 0..patients {
            // 32 bit, so that a browser draws what a native run draws.
            let patient = rng.random_range(0..patients as u32) as usize;
            drawn.extend_from_slice(&films[patient]);
        }
        values.extend(statistic(&drawn).filter(|value| value.is_finite()));
    }
    if (values.len() as f64) < DEFINED * RESAMPLES as f64 {
        return ByPatient::Undefined;
    }
    values.sort_by(f64::total_cmp);
    let interval = Interval {
        low: quantile(&values, ALPHA / 2.0),
        high: quantile(&values, 1.0 - ALPHA / 2.0),
    };
    ByPatient::Interval { interval, patients }
}

/// Of sorted values, in a straight line between two of them: definition 7 of Hyndman and Fan, Am Stat
/// 50:361-365 (1996), doi 10.1080/00031305.1996.10473566.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len() - 1) as f64;
    let (below, above) = (sorted[place as usize], sorted[place.ceil() as usize]);
    below + (above - below) * place.fract()
}
