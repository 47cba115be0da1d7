//! Dividing whole patients among parts, each class as evenly as they allow.

use std::{borrow::Cow, collections::BTreeMap};

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{SplitBy, SplitError};
use crate::{dataset::DatasetSummary, order::gathered};

/// Beginnings that are tried before the films count as indivisible. A beginning of five patients
/// succeeds about every eighth time even without improving it.
const ATTEMPTS: usize = 200;

/// A class with no film in a part weighs more than any uneven division.
const GAP: f64 = 1_000.0;

/// The part of each film, an index into `shares`: the share of each class that each part should have. Begins anywhere,
/// moves single patients as long as that improves the division, and takes the first result in which every part has every class.
pub(super) fn search(
    summary: &DatasetSummary,
    patients: &[Cow<str>],
    shares: &[f64],
    seed: u64,
) -> Result<Vec<usize>, SplitError> {
    let classes = summary.classes.len();
    let mut films: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (patient, sample) in patients.iter().zip(&summary.samples) {
        films.entry(&**patient).or_insert_with(|| vec![0; classes])[sample.class] += 1;
    }
    for (class, name) in summary.classes.iter().enumerate() {
        let n = films.values().filter(|films| films[class] > 0).count();
        if n < shares.len() {
            return Err(SplitError::TooFew {
                class: name.clone(),
                n,
                by: SplitBy::Patient,
            });
        }
    }

    let counts: Vec<&[usize]> = films.values().map(Vec::as_slice).collect();
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut division = Division::draw(&counts, classes, shares, &mut rng);
    for _ in 0..ATTEMPTS {
        division.improve(&counts);
        if division.cost() < GAP {
            break;
        }
        division = Division::draw(&counts, classes, shares, &mut rng);
    }
    let part_of = films.keys().zip(&division.part_of);
    let part_of: BTreeMap<&str, usize> = gathered(part_of.map(|(&patient, &part)| (patient, part)));
    Ok(patients.iter().map(|patient| part_of[&**patient]).collect())
}

struct Division<'a> {
    shares: &'a [f64],
    /// For each patient an index into `shares`.
    part_of: Vec<usize>,
    /// Films, `[part][class]`.
    films: Vec<Vec<usize>>,
}

impl<'a> Division<'a> {
    fn draw(counts: &[&[usize]], classes: usize, shares: &'a [f64], rng: &mut impl Rng) -> Self {
        let mut division = Self {
            shares,
            part_of: Vec::with_capacity(counts.len()),
            films: vec![vec![0; classes]; shares.len()],
        };
        for count in counts {
            let chance: f64 = rng.random();
            let mut below = 0.0;
            let drawn = shares.iter().position(|share| {
                below += share;
                chance < below
            });
            // Shares add up to 1 but for rounding.
            let part = drawn.unwrap_or(shares.len() - 1);
            division.part_of.push(part);
            for (films, count) in division.films[part].iter_mut().zip(*count) {
                *films += count;
            }
        }
        division
    }

    fn improve(&mut self, counts: &[&[usize]]) {
        let mut best = self.cost();
        let mut improved = true;
        while improved {
            improved = false;
            for patient in 0..counts.len() {
                for part in 0..self.shares.len() {
                    let old = self.part_of[patient];
                    self.put(patient, part, counts);
                    let cost = self.cost();
                    if cost < best - 1e-9 {
                        best = cost;
                        improved = true;
                    } else {
                        self.put(patient, old, counts);
                    }
                }
            }
        }
    }

    fn put(&mut self, patient: usize, part: usize, counts: &[&[usize]]) {
        let old = std::mem::replace(&mut self.part_of[patient], part);
        for (class, count) in counts[patient].iter().enumerate() {
            self.films[old][class] -= count;
            self.films[part][class] += count;
        }
    }

    /// Squared distance from the wished shares, plus [`GAP`] for each class that a part lacks.
    fn cost(&self) -> f64 {
        let mut cost = 0.0;
        for class in 0..self.films[0].len() {
            let total: usize = self.films.iter().map(|part| part[class]).sum();
            for (films, share) in self.films.iter().zip(self.shares) {
                let found = films[class] as f64 / total.max(1) as f64;
                cost += (found - share).powi(2);
                cost += if films[class] == 0 { GAP } else { 0.0 };
            }
        }
        cost
    }
}
