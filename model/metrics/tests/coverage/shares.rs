//! Shares of independent images: exact, over all outcomes.

use metrics::{Counts, Interval, Proportion, balanced_accuracy, decision};

const SIZES: [usize; 5] = [10, 19, 38, 56, 60];

/// Shares from 50 % to 99.9 %, most of them near the upper end.
fn shares() -> impl Iterator<Item = f64> {
    (0..200).map(|step| 1.0 - 0.5 * (0.002_f64).powf(f64::from(step) / 199.0))
}

/// The chances of 0 to `n` hits of images that are each right with a chance of their own, `[n + 1]`.
fn chances(shares: &[f64]) -> Vec<f64> {
    shares.iter().fold(vec![1.0], |chances, share| {
        let more = chances.iter().copied().chain([0.0]);
        let fewer = [0.0].into_iter().chain(chances.iter().copied());
        more.zip(fewer)
            .map(|(same, less)| same * (1.0 - share) + less * share)
            .collect()
    })
}

fn holds(interval: Interval, truth: f64) -> bool {
    // Ends that are computed may miss a truth of 1 by their last digit.
    interval.low <= truth + 1e-12 && truth <= interval.high + 1e-12
}

fn of(hits: usize, n: usize) -> Interval {
    let Proportion { low, high, .. } = Proportion::new(hits, n);
    Interval { low, high }
}

#[test]
fn a_share_is_held_at_least_95_times_in_100() {
    println!("| share, 50 to 99.9 % | least | mean |");
    for n in SIZES {
        let intervals: Vec<Interval> = (0..=n).map(|hits| of(hits, n)).collect();
        let kept: Vec<f64> = shares()
            .map(|share| {
                let chances = chances(&vec![share; n]);
                let held = intervals.iter().zip(chances);
                let held = held.filter(|(interval, _)| holds(**interval, share));
                held.map(|(_, chance)| chance).sum()
            })
            .collect();
        let least = kept.iter().copied().fold(1.0, f64::min);
        let mean = kept.iter().sum::<f64>() / kept.len() as f64;
        println!(
            "| {n} images | {:.1} % | {:.1} % |",
            100.0 * least,
            100.0 * mean
        );
        assert!(least >= 0.95, "{n}: {least}");
    }
}

/// New images of the same five patients, in some of whom the network is better than in others.
#[test]
fn a_share_in_these_patients_is_held_at_least_95_times_in_100() {
    for images in [2, 4, 8, 11] {
        let shares: Vec<f64> = [1.0, 0.99, 0.95, 0.9, 0.6]
            .into_iter()
            .flat_map(|share| vec![share; images])
            .collect();
        let n = shares.len();
        let truth = shares.iter().sum::<f64>() / n as f64;
        let held: f64 = chances(&shares)
            .into_iter()
            .enumerate()
            .filter(|&(hits, _)| holds(of(hits, n), truth))
            .map(|(_, chance)| chance)
            .sum();
        println!(
            "| {n} images of the same five patients | {:.1} % |",
            100.0 * held
        );
        assert!(held >= 0.95, "{n}: {held}");
    }
}

/// The chance to hold the truth of two sensitivities `p` on `n` images each, for every pair of `truths`, from the
/// interval of each pair of counts.
fn held_of_two(
    n: [usize; 2],
    interval: impl Fn([usize; 2]) -> Interval,
    truth: impl Fn([f64; 2]) -> f64,
) -> (f64, f64) {
    let intervals: Vec<Vec<Interval>> = (0..=n[0])
        .map(|a| (0..=n[1]).map(|b| interval([a, b])).collect())
        .collect();
    let levels = [0.7, 0.8, 0.9, 0.95, 0.98, 0.99];
    let mut kept = Vec::new();
    for p in levels.into_iter().flat_map(|a| levels.map(move |b| [a, b])) {
        let truth = truth(p);
        let [first, second] = [0, 1].map(|class| chances(&vec![p[class]; n[class]]));
        let mut held = 0.0;
        for (row, first) in intervals.iter().zip(&first) {
            for (interval, second) in row.iter().zip(&second) {
                if holds(*interval, truth) {
                    held += first * second;
                }
            }
        }
        kept.push(held);
    }
    let least = kept.iter().copied().fold(1.0, f64::min);
    (least, kept.iter().sum::<f64>() / kept.len() as f64)
}

#[test]
fn what_is_put_together_from_shares_is_held_93_times_in_100_and_more() {
    let counts = |n: [usize; 2], [found, cleared]: [usize; 2]| Counts {
        true_positives: found,
        false_negatives: n[0] - found,
        true_negatives: cleared,
        false_positives: n[1] - cleared,
    };
    println!("| sensitivities of 70 to 99 % | least | mean |");
    let row = |what: &str, n: [usize; 2], (least, mean): (f64, f64)| {
        let [a, b] = n;
        println!(
            "| {what}, {a} + {b} images | {:.1} % | {:.1} % |",
            100.0 * least,
            100.0 * mean
        );
        // The put-together intervals are no exact ones.
        assert!(least >= 0.93, "{what}, {n:?}: {least}");
    };
    for n in [[5, 5], [19, 1], [19, 19], [32, 24]] {
        let balanced = |[a, b]: [usize; 2]| {
            let confusion = [vec![a, n[0] - a], vec![n[1] - b, b]];
            balanced_accuracy(&confusion).unwrap().interval
        };
        row(
            "balanced accuracy",
            n,
            held_of_two(n, balanced, |[a, b]| (a + b) / 2.0),
        );
        for prevalence in [0.01, 0.1] {
            for (place, what) in ["PPV", "NPV"].into_iter().enumerate() {
                let interval = |right: [usize; 2]| {
                    decision::predictive_intervals(&counts(n, right), prevalence).unwrap()[place]
                };
                let truth = |[sensitivity, specificity]: [f64; 2]| {
                    let rates = decision::Rates {
                        sensitivity,
                        specificity,
                    };
                    let found = rates.predictive(prevalence).unwrap();
                    [found.positive, found.negative][place].unwrap()
                };
                let what = format!("{what} at a prevalence of {prevalence}");
                row(&what, n, held_of_two(n, interval, truth));
            }
        }
    }
}
