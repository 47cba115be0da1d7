//! Learning which bins mean which class, and trying it on films that it was not learnt from.

use super::{column::Column, folds::Assignment};
use crate::pack::MAX_CLASSES;

/// How the bins of a fact are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// One bin against all others.
    Single(usize),
    /// Each for itself.
    Each,
    /// With at most so many thresholds between them.
    Bands { most: usize },
}

/// How many films of each class lie in each bin, for each fold.
pub(super) struct Table {
    /// `[bin][fold][class]`.
    counts: Vec<u32>,
    /// `[bin][class]` over all folds.
    total: Vec<u32>,
    bins: usize,
    ordered: usize,
    folds: usize,
    classes: usize,
}

/// What came of trying a form.
#[derive(Clone, Debug)]
pub(super) struct Trial {
    /// `[truth][answer]`.
    counts: Vec<u32>,
    classes: usize,
}

impl Trial {
    /// How much of the way it leads from guessing to being always right: the balanced accuracy of the classes that are there,
    /// as a share of what lies above guessing.
    pub(super) fn gain(&self) -> f64 {
        let (mut sum, mut there) = (0.0, 0.0);
        for (class, row) in self.counts.chunks_exact(self.classes).enumerate() {
            let n: u32 = row.iter().sum();
            if n > 0 {
                sum += f64::from(row[class]) / f64::from(n);
                there += 1.0;
            }
        }
        match there > 1.0 {
            true => (sum - 1.0) / (there - 1.0),
            false => 0.0,
        }
    }

    pub(super) fn confusion(&self) -> Vec<Vec<usize>> {
        let rows = self.counts.chunks_exact(self.classes);
        rows.map(|row| row.iter().map(|&n| n as usize).collect())
            .collect()
    }
}

impl Table {
    pub(super) fn of(column: &Column, films: &Assignment) -> Self {
        let (folds, classes) = (films.folds, films.classes);
        let bins = column.n_bins();
        let row = folds * classes;
        let mut counts = vec![0_u32; bins * row];
        for (&bin, &cell) in column.bins.iter().zip(&films.cells) {
            counts[usize::from(bin) * row + usize::from(cell)] += 1;
        }
        let mut total = vec![0; bins * classes];
        for (bin, of_bin) in counts.chunks_exact(row).enumerate() {
            for of_fold in of_bin.chunks_exact(classes) {
                for (sum, &n) in total[bin * classes..].iter_mut().zip(of_fold) {
                    *sum += n;
                }
            }
        }
        Self {
            counts,
            total,
            bins,
            ordered: column.n_ordered(),
            folds,
            classes,
        }
    }

    /// Each fold is answered by what was learnt from the others.
    pub(super) fn trial(&self, form: Form) -> Trial {
        let classes = self.classes;
        let mut counts = vec![0; classes * classes];
        for fold in 0..self.folds {
            let answers = self.learn_without(form, fold);
            for (bin, &answer) in answers.iter().enumerate() {
                for (class, &n) in self.cell(bin, fold).iter().enumerate() {
                    counts[class * classes + answer] += n;
                }
            }
        }
        Trial { counts, classes }
    }

    /// Whether each film is answered correctly in the same way.
    pub(super) fn right(&self, form: Form, column: &Column, films: &Assignment) -> Vec<bool> {
        let answers: Vec<Vec<usize>> = (0..self.folds)
            .map(|fold| self.learn_without(form, fold))
            .collect();
        let cells = column.bins.iter().zip(&films.cells);
        cells
            .map(|(&bin, &cell)| {
                let (fold, class) = (
                    usize::from(cell) / self.classes,
                    usize::from(cell) % self.classes,
                );
                answers[fold][usize::from(bin)] == class
            })
            .collect()
    }

    /// From all films: the class of each bin.
    pub(super) fn learn_all(&self, form: Form) -> Vec<usize> {
        self.learn(form, &self.total)
    }

    fn learn_without(&self, form: Form, fold: usize) -> Vec<usize> {
        let mut counts = self.total.clone();
        for (bin, of_bin) in counts.chunks_exact_mut(self.classes).enumerate() {
            for (n, &held_out) in of_bin.iter_mut().zip(self.cell(bin, fold)) {
                *n -= held_out;
            }
        }
        self.learn(form, &counts)
    }

    fn cell(&self, bin: usize, fold: usize) -> &[u32] {
        let start = (bin * self.folds + fold) * self.classes;
        &self.counts[start..start + self.classes]
    }

    /// Every class counts the same, however many films it has.
    fn learn(&self, form: Form, counts: &[u32]) -> Vec<usize> {
        let classes = self.classes;
        let mut sizes = vec![0; classes];
        for of_bin in counts.chunks_exact(classes) {
            for (size, &n) in sizes.iter_mut().zip(of_bin) {
                *size += n;
            }
        }
        let largest = (0..classes).rev().max_by_key(|&class| sizes[class]);
        let weights: Vec<f64> = sizes.iter().map(|&n| 1.0 / f64::from(n.max(1))).collect();
        let weighing = Weighing {
            counts,
            weights: &weights,
            largest: largest.unwrap_or(0),
        };
        match form {
            Form::Each => (0..self.bins)
                .map(|bin| weighing.best(bin..bin + 1).0)
                .collect(),
            Form::Single(single) => {
                let own = weighing.best(single..single + 1).0;
                let others = weighing.best_but(single, self.bins);
                let answer = |bin| if bin == single { own } else { others };
                (0..self.bins).map(answer).collect()
            }
            Form::Bands { most } => {
                let mut answers = weighing.bands(self.ordered, most);
                answers.extend((self.ordered..self.bins).map(|bin| weighing.best(bin..bin + 1).0));
                answers
            }
        }
    }
}

/// Counts of films by bin and class, and what a film of each class weighs.
struct Weighing<'a> {
    counts: &'a [u32],
    weights: &'a [f64],
    /// The answer where nothing is known.
    largest: usize,
}

impl Weighing<'_> {
    fn of_bin(&self, bin: usize) -> &[u32] {
        &self.counts[bin * self.weights.len()..][..self.weights.len()]
    }

    /// The class that weighs most in these bins, and its weight.
    fn best(&self, bins: std::ops::Range<usize>) -> (usize, f64) {
        let mut sums = [0; MAX_CLASSES];
        bins.for_each(|bin| self.add(&mut sums, bin));
        self.heaviest(&sums)
    }

    fn best_but(&self, bin: usize, bins: usize) -> usize {
        let mut sums = [0; MAX_CLASSES];
        (0..bins)
            .filter(|&other| other != bin)
            .for_each(|other| self.add(&mut sums, other));
        self.heaviest(&sums).0
    }

    fn add(&self, sums: &mut [u32], bin: usize) {
        for (sum, &n) in sums.iter_mut().zip(self.of_bin(bin)) {
            *sum += n;
        }
    }

    fn heaviest(&self, sums: &[u32]) -> (usize, f64) {
        let weight = |class: usize| f64::from(sums[class]) * self.weights[class];
        let mut best = (self.largest, weight(self.largest));
        for class in 0..self.weights.len() {
            let own = weight(class);
            if own > best.1 + 1e-12 {
                best = (class, own);
            }
        }
        best
    }

    /// Thresholds one after the other, each where it helps most.
    fn bands(&self, ordered: usize, most: usize) -> Vec<usize> {
        // Where bands begin.
        let mut begins = vec![0];
        for _ in 0..most {
            let mut found: Option<(usize, f64)> = None;
            for (at, &begin) in begins.iter().enumerate() {
                let end = begins.get(at + 1).copied().unwrap_or(ordered);
                let Some((cut, gain)) = self.best_cut(begin, end) else {
                    continue;
                };
                if found.is_none_or(|(_, other)| gain > other) {
                    found = Some((cut, gain));
                }
            }
            let Some((cut, _)) = found else { break };
            begins.push(cut);
            begins.sort_unstable();
        }
        let mut answers = Vec::with_capacity(ordered);
        for (at, &begin) in begins.iter().enumerate() {
            let end = begins.get(at + 1).copied().unwrap_or(ordered);
            let class = self.best(begin..end).0;
            answers.resize(end, class);
        }
        answers
    }

    /// Where to cut a band, and what that gains; `None` if nothing.
    fn best_cut(&self, begin: usize, end: usize) -> Option<(usize, f64)> {
        let classes = self.weights.len();
        let (mut left, mut right) = ([0; MAX_CLASSES], [0; MAX_CLASSES]);
        (begin..end).for_each(|bin| self.add(&mut right, bin));
        let whole = self.heaviest(&right).1;
        let mut found = None;
        let mut most = 1e-9;
        for cut in begin + 1..end {
            for class in 0..classes {
                let n = self.of_bin(cut - 1)[class];
                left[class] += n;
                right[class] -= n;
            }
            let gain = self.heaviest(&left).1 + self.heaviest(&right).1 - whole;
            if gain > most {
                most = gain;
                found = Some((cut, gain));
            }
        }
        found
    }
}
