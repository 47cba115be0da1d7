//! Which sketches are alike, without comparing each with each.

use super::{Sketch, TOLERANCE};
use crate::order::sort_by;

/// Cells that are looked at first.
const GLANCED: usize = 11;

/// Numbers of a glance: the mean and those cells.
const NUMBERS: usize = GLANCED + 1;

/// Sketches that are compared each with each.
const FEW: usize = 24;

/// Sketches that are asked where a border should be.
const ASKED: usize = 63;

/// As far as two numbers of sketches that are alike can be apart, and a little more for rounding.
const APART: f32 = TOLERANCE * 1.001;

/// A few numbers of a sketch: most pairs differ in them already, and they lie side by side.
struct Glance {
    /// The mean first.
    numbers: [f32; NUMBERS],
}

impl Glance {
    fn of(own: &Sketch) -> Self {
        let apart = own.cells.len() / GLANCED;
        let number = |at: usize| match at.checked_sub(1) {
            None => own.mean,
            Some(cell) => own.cells[apart * cell + apart / 2],
        };
        Self {
            numbers: std::array::from_fn(number),
        }
    }

    fn may_be_like(&self, other: &Self) -> bool {
        let mut pairs = self.numbers.iter().zip(&other.numbers);
        pairs.all(|(a, b)| (a - b).abs() <= TOLERANCE)
    }
}

/// Pairs of films that show the same: the later one, and the first of its kind.
pub(super) fn alike(sketches: &[Sketch]) -> Vec<(usize, usize)> {
    counted(sketches).0
}

/// The same, and how many pairs were compared for it.
fn counted(sketches: &[Sketch]) -> (Vec<(usize, usize)>, usize) {
    let glances: Vec<Glance> = sketches.iter().map(Glance::of).collect();
    let mut kinds = Kinds {
        sketches,
        glances: &glances,
        first: (0..sketches.len()).collect(),
        compared: 0,
    };
    kinds.join((0..glances.len()).collect());
    let later = (0..sketches.len()).filter(|&one| kinds.first[one] != one);
    let found = later.map(|one| (one, kinds.root(one))).collect();
    (found, kinds.compared)
}

struct Kinds<'a> {
    sketches: &'a [Sketch],
    glances: &'a [Glance],
    /// An earlier film of its kind, or the film itself.
    first: Vec<usize>,
    compared: usize,
}

impl Kinds<'_> {
    /// Finds all pairs that are alike among these. They are divided by one number: two that are alike are on the same side, or
    /// both within [`APART`] of the border, which the upper side gets too.
    fn join(&mut self, mut some: Vec<usize>) {
        if some.len() <= FEW {
            return self.compare(&mut some);
        }
        let Some((number, border)) = self.border(&some) else {
            return self.compare(&mut some);
        };
        let glances = self.glances;
        let value = |one: &usize| glances[*one].numbers[number];
        let lower = some.iter().copied().filter(|one| value(one) <= border);
        let upper = some
            .iter()
            .copied()
            .filter(|one| value(one) >= border - APART);
        let (lower, upper): (Vec<usize>, Vec<usize>) = (lower.collect(), upper.collect());
        drop(some);
        self.join(lower);
        self.join(upper);
    }

    /// The number that divides them best, and its value in the middle, as far as some of them tell; none where nothing divides
    /// them much.
    fn border(&self, some: &[usize]) -> Option<(usize, f32)> {
        let apart = some.len().div_ceil(ASKED);
        let best = (0..NUMBERS).map(|number| {
            let asked = some.iter().step_by(apart);
            let asked = asked.map(|&one| self.glances[one].numbers[number]);
            let mut asked: Vec<f32> = asked.collect();
            sort_by(&mut asked, f32::total_cmp);
            let at = |quarter: usize| asked[quarter * (asked.len() - 1) / 4];
            (at(3) - at(1), number, at(2))
        });
        let best = best.max_by(|(a, ..), (b, ..)| a.total_cmp(b));
        let (_, number, border) = best?;
        let value = |one: &usize| self.glances[*one].numbers[number];
        let lower = some.iter().filter(|one| value(one) <= border).count();
        let upper = some.iter().filter(|one| value(one) >= border - APART);
        let most = lower.max(upper.count());
        (10 * most <= 9 * some.len()).then_some((number, border))
    }

    /// Each with each of like mean.
    fn compare(&mut self, some: &mut [usize]) {
        let glances = self.glances;
        let mean = |one: usize| glances[one].numbers[0];
        sort_by(some, |&a, &b| mean(a).total_cmp(&mean(b)));
        for (place, &one) in some.iter().enumerate() {
            for &other in &some[place + 1..] {
                if mean(other) - mean(one) > TOLERANCE {
                    break;
                }
                self.compared += 1;
                if glances[one].may_be_like(&glances[other])
                    && self.sketches[one].is_like(&self.sketches[other])
                {
                    let (a, b) = (self.root(one), self.root(other));
                    self.first[a.max(b)] = a.min(b);
                }
            }
        }
    }

    fn root(&self, mut one: usize) -> usize {
        while self.first[one] != one {
            one = self.first[one];
        }
        one
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use rand::{Rng, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    use super::*;

    const CELLS: usize = 1024;

    fn sketch(cells: Vec<f32>) -> Sketch {
        Sketch {
            mean: cells.iter().sum::<f32>() / cells.len() as f32,
            cells,
            aspect: 1.0,
        }
    }

    /// Smooth pictures, some of them saved anew with a little noise: nearly too much, just too much, or none.
    fn pictures(n: usize, random: &mut ChaCha8Rng) -> Vec<Sketch> {
        let mut all: Vec<Sketch> = Vec::new();
        for _ in 0..n {
            let copied = random.random_range(0..4) == 0 && !all.is_empty();
            let cells = if copied {
                let noise = [0.0, 0.99, 1.0, 1.01][random.random_range(0..4)] * TOLERANCE;
                let of = random.random_range(0..all.len());
                let cells = all[of].cells.iter();
                let noisy = cells.map(|cell| cell + noise * random.random_range(-1.0..=1.0_f32));
                noisy.collect()
            } else {
                let waves: [[f32; 4]; 6] = std::array::from_fn(|_| {
                    let mut even = |limit: f32| limit * random.random_range(-1.0..=1.0_f32);
                    [even(18.0), even(18.0), even(3.2), even(0.09)]
                });
                let cell = |at: usize| {
                    let (x, y) = ((at % 32) as f32 / 32.0, (at / 32) as f32 / 32.0);
                    let waves = waves.iter();
                    0.5 + waves
                        .map(|[of_x, of_y, phase, high]| high * (of_x * x + of_y * y + phase).sin())
                        .sum::<f32>()
                };
                (0..CELLS).map(cell).collect()
            };
            all.push(sketch(cells));
        }
        all
    }

    /// Each compared with each.
    fn slowly(sketches: &[Sketch]) -> Vec<(usize, usize)> {
        let mut kind: Vec<usize> = (0..sketches.len()).collect();
        for one in 0..sketches.len() {
            for other in 0..one {
                let means = (sketches[one].mean - sketches[other].mean).abs();
                if means <= TOLERANCE && sketches[one].is_like(&sketches[other]) {
                    let (low, high) = (kind[one].min(kind[other]), kind[one].max(kind[other]));
                    kind.iter_mut()
                        .filter(|own| **own == high)
                        .for_each(|own| *own = low);
                }
            }
        }
        let later = kind.iter().enumerate().filter(|(at, own)| *at != **own);
        later.map(|(at, &own)| (at, own)).collect()
    }

    #[test]
    fn the_same_pairs_are_found_as_by_comparing_each_with_each() {
        let mut random = ChaCha8Rng::seed_from_u64(5);
        for n in [0, 1, 2, FEW, FEW + 1, 200, 900] {
            let all = pictures(n, &mut random);
            let found = alike(&all);
            assert_eq!(found, slowly(&all), "{n} pictures");
            assert!(n < 200 || found.len() > n / 20);
        }
        // All the same, and all of one grey.
        let same = vec![pictures(1, &mut random).remove(0); 100];
        assert_eq!(alike(&same).len(), 99);
        let greys = (0..300).map(|at| sketch(vec![at as f32 / 900.0; CELLS]));
        let greys: Vec<Sketch> = greys.collect();
        assert_eq!(alike(&greys), slowly(&greys));
    }

    #[test]
    fn ten_times_as_many_take_far_less_than_a_hundred_times_as_many_comparisons() {
        let mut random = ChaCha8Rng::seed_from_u64(6);
        let mut compared = |n: usize| {
            let (found, compared) = counted(&pictures(n, &mut random));
            assert!(found.len() > n / 20);
            compared
        };
        let (few, many) = (compared(1_000), compared(10_000));
        eprintln!("{few} and {many} comparisons");
        assert!(many < 25 * few, "{few} and {many} comparisons");
        assert!(many < 10_000 * 10_000 / 2 / 200, "{many} comparisons");
    }

    /// Seconds, beside those of comparing each with all of like mean.
    #[test]
    #[ignore = "a measurement: cargo test --release -p imaging --lib pairs -- --ignored --nocapture"]
    fn how_long_it_takes() {
        let mut random = ChaCha8Rng::seed_from_u64(7);
        for n in [10_000, 30_000, 100_000] {
            let all = pictures(n, &mut random);
            let begin = Instant::now();
            let (found, compared) = counted(&all);
            let divided = begin.elapsed().as_secs_f64();
            let begin = Instant::now();
            let glances: Vec<Glance> = all.iter().map(Glance::of).collect();
            let mut kinds = Kinds {
                sketches: &all,
                glances: &glances,
                first: (0..n).collect(),
                compared: 0,
            };
            kinds.compare(&mut (0..n).collect::<Vec<usize>>());
            let by_mean = begin.elapsed().as_secs_f64();
            eprintln!(
                "{n} pictures, {} of them seen before: {divided:.2} s, {compared} comparisons; by mean {by_mean:.2} s, {}",
                found.len(),
                kinds.compared
            );
        }
    }
}
