//! What else separates the classes: things besides anatomy that by themselves tell which class a film is of. A network may learn
//! them in place of what the films show. How it is computed, and why it is not fooled by trying many things:
//! `docs/decisions/shortcuts.md`.

mod fact;
#[cfg(any(feature = "tools", all(feature = "zips", not(target_arch = "wasm32"))))]
mod searching;

use metrics::{Estimate, Proportion, patients::OverPatients};
use serde::{Deserialize, Serialize};

pub use fact::{Fact, Origin, Value};
#[cfg(any(feature = "tools", all(feature = "zips", not(target_arch = "wasm32"))))]
pub use searching::{found, search, search_over_films, shortcuts};

/// More often than this nothing is listed in a set of films in which nothing separates the classes.
pub const FALSE_ALARMS: f64 = 0.05;
/// What leads less of the way from guessing to being always right is not listed: of many films, even a trace of a difference is
/// beyond chance. With two classes, a tenth of the way is a balanced accuracy of 55 %.
pub const LEAST_GAIN: f64 = 0.1;

/// A thing besides anatomy that tells the classes apart by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shortcut {
    pub fact: Fact,
    /// Learnt from all films; the figures are those of such rules on films that they were not learnt from.
    pub rule: Rule,
    /// Of all films, the share that is classified correctly; its interval is over films.
    pub accuracy: Proportion,
    /// The same over patients, where those are known.
    pub over_patients: Option<OverPatients>,
    /// The mean over the classes of the share that is classified correctly.
    pub balanced: Estimate,
    /// How often the best of all facts would do as well if none had to do with the classes.
    pub chance: f64,
}

/// How a fact tells the classes apart. Classes are numbers as in the summary.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Rule {
    /// One value against all others.
    Is {
        value: Value,
        class: usize,
        others: usize,
    },
    /// Each value for itself.
    ByValue {
        classes: Vec<(Value, usize)>,
        /// Of values that are not listed.
        others: usize,
    },
    /// `missing`: of films of which the fact is not known, if there are any.
    Above {
        threshold: f64,
        above: usize,
        below: usize,
        missing: Option<usize>,
    },
    /// One class more than thresholds, from the lowest band to the highest; a threshold belongs to the band below it.
    Bands {
        thresholds: Vec<f64>,
        classes: Vec<usize>,
        missing: Option<usize>,
    },
}

/// Everything that was tried.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Search {
    /// The best first.
    pub shortcuts: Vec<Shortcut>,
    /// Facts that differ between films, but not between the classes beyond chance, or hardly.
    pub no_shortcuts: Vec<Fact>,
    /// Share of the largest class: what always answering it would score.
    pub majority: f64,
    /// Over how many patients it was judged; `None` where no patient is known.
    pub patients: Option<usize>,
}

/// What else than anatomy separates the classes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Shortcuts {
    /// Over patients, where they are known.
    pub search: Search,
    /// As if each film were of another patient: where so few patients are known that nothing could be shown over them.
    pub over_films: Option<Search>,
}
