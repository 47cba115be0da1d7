//! The few points of distributions that the intervals and tests take.

use std::f64::consts::{FRAC_2_PI, LN_2, SQRT_2};

/// What a two-sided 95 % interval leaves out.
pub(super) const ALPHA: f64 = 0.05;

/// The two-sided 95 % point of the normal distribution.
pub(super) const Z: f64 = 1.959_963_984_540_054;

/// From 13 to the last digit.
const HALVINGS: usize = 56;

/// The chance of a normal deviate at least as far from 0 as `z`, on either side.
pub(super) fn normal_two_sided(z: f64) -> f64 {
    libm::erfc(z.abs() / SQRT_2)
}

/// The two-sided 95 % point of Student's t with `freedom` degrees of freedom, at least 1.
///
/// The chance within is a sum of a few powers, so that the point is found by halving.
pub(super) fn student_t(freedom: usize) -> f64 {
    // The point is largest for one degree of freedom, 12.706, and never below the normal one.
    let (mut low, mut high) = (1.9, 13.0);
    for _ in 0..HALVINGS {
        let middle = (low + high) / 2.0;
        if student_t_within(middle, freedom) < 1.0 - ALPHA {
            low = middle;
        } else {
            high = middle;
        }
    }
    (low + high) / 2.0
}

/// The chance that Student's t is within -`t` to `t`: Abramowitz and Stegun, Handbook of Mathematical
/// Functions (1964), 26.7.3 for odd and 26.7.4 for even degrees of freedom.
fn student_t_within(t: f64, freedom: usize) -> f64 {
    // Sine and cosine of the angle whose tangent this is.
    let tan = t / (freedom as f64).sqrt();
    let cos = 1.0 / tan.hypot(1.0);
    let sin = tan * cos;
    let odd = freedom % 2 == 1;
    let mut term = if odd { cos } else { 1.0 };
    let mut sum = if freedom == 1 { 0.0 } else { term };
    let mut factor = if odd { 2 } else { 1 };
    while factor + 3 <= freedom {
        term *= cos * cos * factor as f64 / (factor + 1) as f64;
        sum += term;
        factor += 2;
    }
    if odd {
        FRAC_2_PI * (tan.atan() + sin * sum)
    } else {
        sin * sum
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
