//! One fact of all films, in a few bins: what is learnt and tried is counted by bin, so that thousands of trials take no time.

use std::collections::HashMap;

use super::{Fact, Rule, Value, learn::Form, reading::Reading};
use crate::dataset::SampleSummary;

/// Measured values are divided among so many bins of about as many films each.
const MOST_BINS: usize = 64;
/// So many values have a bin of their own, the commonest ones.
const MOST_VALUES: usize = 62;
/// Rarer values share a bin: nothing can be learnt of them.
const LEAST_FILMS: usize = 3;
/// So many values are tried against all others.
const MOST_SINGLE: usize = 8;

/// A fact of which films differ.
pub(super) struct Column {
    pub fact: Fact,
    /// Of each film.
    pub bins: Vec<u8>,
    pub scale: Scale,
}

pub(super) enum Scale {
    /// The values of the first bins, commonest first; a last one may hold all that are rare.
    Named { values: Vec<Value>, rare: bool },
    /// The thresholds between the first bins; a last one may hold films of which the value is not known.
    Measured { thresholds: Vec<f64>, missing: bool },
}

impl Column {
    /// `None` if the fact is the same of all films, or all its values are rare.
    pub(super) fn of(fact: Fact, samples: &[&SampleSummary]) -> Option<Self> {
        let (mut named, mut measured) = (Vec::new(), Vec::new());
        for sample in samples {
            match fact.of(sample) {
                Reading::Named(value) => named.push(value),
                Reading::Measured(value) => measured.push(value),
            }
        }
        let (bins, scale) = match named.is_empty() {
            true => of_measured(&measured),
            false => of_named(&named),
        };
        let column = Self { fact, bins, scale };
        (column.n_bins() > 1).then_some(column)
    }

    pub(super) fn n_bins(&self) -> usize {
        match &self.scale {
            Scale::Named { values, rare } => values.len() + usize::from(*rare),
            Scale::Measured {
                thresholds,
                missing,
            } => thresholds.len() + 1 + usize::from(*missing),
        }
    }

    /// Bins that have an order; those behind them are for films of which the value is not known.
    pub(super) fn n_ordered(&self) -> usize {
        match &self.scale {
            Scale::Named { .. } => 0,
            Scale::Measured { thresholds, .. } => thresholds.len() + 1,
        }
    }

    /// The ways in which it may tell classes apart, the simplest first.
    pub(super) fn forms(&self) -> Vec<Form> {
        match &self.scale {
            Scale::Named { values, .. } => {
                let single = (0..values.len().min(MOST_SINGLE)).map(Form::Single);
                single.chain([Form::Each]).collect()
            }
            Scale::Measured { .. } => vec![Form::Bands { most: 1 }, Form::Bands { most: 3 }],
        }
    }

    /// `answers`: the class of each bin.
    pub(super) fn rule(&self, form: Form, answers: &[usize]) -> Rule {
        match &self.scale {
            Scale::Named { values, rare } => match form {
                Form::Single(bin) => Rule::Is {
                    value: values[bin].clone(),
                    class: answers[bin],
                    others: answers[usize::from(bin == 0)],
                },
                _ => Rule::ByValue {
                    classes: values
                        .iter()
                        .cloned()
                        .zip(answers.iter().copied())
                        .collect(),
                    others: match (rare, answers.last()) {
                        (true, Some(&rare)) => rare,
                        _ => answers[0],
                    },
                },
            },
            Scale::Measured {
                thresholds,
                missing,
            } => {
                let (ordered, rest) = answers.split_at(thresholds.len() + 1);
                let missing = rest.first().copied().filter(|_| *missing);
                let mut classes = vec![ordered[0]];
                let mut between = Vec::new();
                for (pair, &threshold) in ordered.windows(2).zip(thresholds) {
                    if pair[0] != pair[1] {
                        between.push(threshold);
                        classes.push(pair[1]);
                    }
                }
                match (&*between, &*classes) {
                    (&[threshold], &[below, above]) => Rule::Above {
                        threshold,
                        above,
                        below,
                        missing,
                    },
                    _ => Rule::Bands {
                        thresholds: between,
                        classes,
                        missing,
                    },
                }
            }
        }
    }
}

/// Equal values have equal keys.
fn key(value: &Value) -> String {
    format!("{value:?}")
}

fn of_named(named: &[Value]) -> (Vec<u8>, Scale) {
    let mut counts: HashMap<String, (usize, usize)> = HashMap::new();
    let keys: Vec<String> = named.iter().map(key).collect();
    for (at, key) in keys.iter().enumerate() {
        counts.entry(key.clone()).or_insert((0, at)).0 += 1;
    }
    let mut common: Vec<(String, usize, usize)> = counts
        .into_iter()
        .filter(|(_, (n, _))| *n >= LEAST_FILMS)
        .map(|(key, (n, first))| (key, n, first))
        .collect();
    common.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    common.truncate(MOST_VALUES);
    let place: HashMap<&str, u8> = common
        .iter()
        .zip(0..)
        .map(|((key, ..), bin)| (&**key, bin))
        .collect();
    let last = common.len() as u8;
    let bins: Vec<u8> = keys
        .iter()
        .map(|key| place.get(&**key).copied().unwrap_or(last))
        .collect();
    let rare = bins.contains(&last);
    let values = common
        .iter()
        .map(|&(_, _, first)| named[first].clone())
        .collect();
    (bins, Scale::Named { values, rare })
}

fn of_measured(measured: &[Option<f64>]) -> (Vec<u8>, Scale) {
    let mut sorted: Vec<f64> = measured.iter().flatten().copied().collect();
    sorted.sort_by(f64::total_cmp);
    let least = sorted.len().div_ceil(MOST_BINS);
    let mut thresholds = Vec::new();
    let mut begun = 0;
    for at in 1..sorted.len() {
        let (below, above) = (sorted[at - 1], sorted[at]);
        if above > below && at - begun >= least && thresholds.len() + 1 < MOST_BINS {
            thresholds.push(f64::midpoint(below, above));
            begun = at;
        }
    }
    let missing = sorted.len() < measured.len();
    let last = if sorted.is_empty() {
        0
    } else {
        thresholds.len() + 1
    };
    let bin = |value: &Option<f64>| match value {
        Some(value) => thresholds.partition_point(|threshold| threshold < value) as u8,
        None => last as u8,
    };
    let bins = measured.iter().map(bin).collect();
    // Known of none: one bin, which tells nothing.
    let missing = missing && !sorted.is_empty();
    (
        bins,
        Scale::Measured {
            thresholds,
            missing,
        },
    )
}
