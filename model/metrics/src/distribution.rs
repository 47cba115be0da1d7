//! The few points of distributions that the intervals and tests take.

use std::f64::consts::{LN_2, SQRT_2};

/// What a two-sided 95 % interval leaves out.
pub(super) const ALPHA: f64 = 0.05;

/// The two-sided 95 % point of the normal distribution.
pub(super) const Z: f64 = 1.959_963_984_540_054;

/// From 13 to the last digit.
const HALVINGS: usize = 56;

/// Of a continued fraction. Tens suffice for hundreds of images; the root of the parameters is its scale.
const MOST_TERMS: u32 = 10_000;

/// The chance of a normal deviate at least as far from 0 as `z`, on either side.
pub(super) fn normal_two_sided(z: f64) -> f64 {
    libm::erfc(z.abs() / SQRT_2)
}

/// The two-sided 95 % point of Student's t with `freedom` degrees of freedom, at least 1 and not always whole.
pub(super) fn student_t(freedom: f64) -> f64 {
    // The point is largest for one degree of freedom, 12.706, and never below the normal one.
    let beyond = |t: f64| beta_below(freedom / (freedom + t * t), freedom / 2.0, 0.5);
    bisect(1.9, 13.0, |t| beyond(t) > ALPHA)
}

/// Where `is_below` turns false, between `low`, where it is true, and `high`, where it is false.
pub(super) fn bisect(mut low: f64, mut high: f64, is_below: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..HALVINGS {
        let middle = (low + high) / 2.0;
        if is_below(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    (low + high) / 2.0
}

/// The chance that a beta deviate with parameters `a` and `b`, both above 0, is below `x`, 0 to 1: the regularized
/// incomplete beta function by its continued fraction, NIST Handbook of Mathematical Functions (2010), 8.17.22.
pub(super) fn beta_below(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return x.clamp(0.0, 1.0);
    }
    // On this side of the mean the fraction needs few terms, beyond it many.
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - beta_below(1.0 - x, b, a);
    }
    let beta = libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b);
    let scale = (a * x.ln() + b * (-x).ln_1p() - beta).exp() / a;
    let mut fraction = 1.0;
    // Numerator and denominator as ratios to those of the term before, so that neither grows: Lentz, Appl Opt
    // 15:668-671 (1976), doi 10.1364/AO.15.000668.
    let (mut upper, mut lower) = (1.0, 0.0);
    for term in 0..MOST_TERMS {
        let half = f64::from(term / 2);
        let factor = match term {
            0 => 1.0,
            even if even % 2 == 0 => {
                half * (b - half) * x / ((a + 2.0 * half - 1.0) * (a + 2.0 * half))
            }
            _ => -(a + half) * (a + b + half) * x / ((a + 2.0 * half) * (a + 2.0 * half + 1.0)),
        };
        lower = 1.0 / away_from_zero(1.0 + factor * lower);
        upper = away_from_zero(1.0 + factor / upper);
        let step = upper * lower;
        fraction *= step;
        if (step - 1.0).abs() < f64::EPSILON {
            break;
        }
    }
    scale * (fraction - 1.0)
}

fn away_from_zero(value: f64) -> f64 {
    if value.abs() < f64::MIN_POSITIVE {
        f64::MIN_POSITIVE
    } else {
        value
    }
}

/// The exact two-sided chance that a fair coin, thrown `first + second` times, falls at least as
/// unevenly as `first` to `second`.
pub(super) fn fair_coin(first: usize, second: usize) -> f64 {
    let (fewer, throws) = (first.min(second), first + second);
    // In logarithms: 2^-throws is too small for a number from 1,075 throws on.
    let mut ways = -(throws as f64) * LN_2;
    let mut tail = ways.exp();
    for at in 1..=fewer {
        ways += ((throws - at + 1) as f64 / at as f64).ln();
        tail += ways.exp();
    }
    (2.0 * tail).min(1.0)
}
