//! A logarithmic axis for numbers of very different size.

/// Powers of ten, from below the smallest number to above the largest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decades {
    pub low: i32,
    pub high: i32,
}

impl Decades {
    /// `None` without a number above 0.
    pub fn of(numbers: &[f64]) -> Option<Self> {
        let positive = || {
            numbers
                .iter()
                .copied()
                .filter(|n| n.is_finite() && *n > 0.0)
        };
        let smallest = positive().min_by(f64::total_cmp)?.log10();
        let largest = positive().max_by(f64::total_cmp)?.log10();
        let high = largest.ceil() as i32;
        // The smallest still has a bar.
        let low = ((smallest - 0.1).floor() as i32).min(high - 1);
        Some(Self { low, high })
    }

    /// How far along the axis a number lies, 0 to 1.
    pub fn share(&self, number: f64) -> f64 {
        if number <= 0.0 {
            return 0.0;
        }
        let along = (number.log10() - f64::from(self.low)) / f64::from(self.high - self.low);
        along.clamp(0.0, 1.0)
    }

    /// The exponents that are written on the axis, at most five.
    pub fn marks(&self) -> Vec<i32> {
        let every = ((self.high - self.low) as usize).div_ceil(4);
        (self.low..=self.high).step_by(every.max(1)).collect()
    }
}

/// Digits after the point that show two figures of a number.
pub fn digits(number: f64) -> usize {
    if number <= 0.0 || !number.is_finite() {
        return 0;
    }
    (1 - number.log10().floor() as i32).clamp(0, 9) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axis_holds_all_numbers_and_leaves_the_smallest_a_bar() {
        let axis = Decades::of(&[0.003, 0.8, 0.0]).expect("an axis");
        assert_eq!(axis, Decades { low: -3, high: 0 });
        assert!(axis.share(0.003) > 0.05 && axis.share(0.8) < 1.0);
        assert_eq!(axis.share(0.0), 0.0);
        assert_eq!(axis.marks(), [-3, -2, -1, 0]);
        let power = Decades::of(&[0.01, 0.01]).expect("an axis");
        assert!(power.share(0.01) > 0.0, "{power:?}");
        assert_eq!(Decades::of(&[0.0, f64::NAN]), None);
    }

    #[test]
    fn a_wide_axis_has_few_marks() {
        let axis = Decades { low: -9, high: 2 };
        assert!(axis.marks().len() <= 5);
    }

    #[test]
    fn two_figures_are_shown() {
        assert_eq!([0.00034, 0.34, 3.4, 34.0].map(digits), [5, 2, 1, 0]);
        assert_eq!(digits(0.0), 0);
    }
}
