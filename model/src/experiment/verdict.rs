//! Whether the outcomes bear a claim out.

use super::{Claim, Expected, Outcome, Spread, difference, values};

/// What the outcomes say of a claim.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict {
    Holds(Spread),
    Fails(Spread),
    /// Fewer than two seeds have what it speaks of.
    Unknown,
}

impl Claim {
    /// Of the outcomes of its experiment. `tolerance` widens what is expected, for runs of few seeds; above 0
    /// it does not ask where the interval lies.
    pub fn check(&self, outcomes: &[Outcome], tolerance: f64) -> Verdict {
        let spread = match &self.from {
            Some(from) => difference(outcomes, from, &self.to),
            None => {
                let values = values(outcomes, &self.to);
                Spread::of(&values.iter().map(|(_, value)| *value).collect::<Vec<_>>())
            }
        };
        let Some(spread) = spread else {
            return Verdict::Unknown;
        };
        let whole = self.from.is_some() && tolerance <= 0.0;
        let holds = match self.expected {
            Expected::AtLeast(least) => {
                spread.mean >= least - tolerance && (!whole || spread.low > 0.0)
            }
            Expected::AtMost(most) => {
                spread.mean <= most + tolerance && (!whole || spread.high < 0.0)
            }
            Expected::Between(least, most) => {
                (least - tolerance..=most + tolerance).contains(&spread.mean)
            }
        };
        if holds {
            Verdict::Holds(spread)
        } else {
            Verdict::Fails(spread)
        }
    }
}
