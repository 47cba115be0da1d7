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

/// Seeds that all show the very same difference leave no interval. So many of them, each of which reaches the claim's bound, bear it out.
const UNANIMOUS: usize = 3;

impl Claim {
    /// Of the outcomes of its experiment. There is one rule for many seeds and for few: a difference that is claimed
    /// must show on these seeds, or more of them are needed.
    pub fn check(&self, outcomes: &[Outcome]) -> Verdict {
        let spread = match &self.from {
            Some(from) => difference(outcomes, from, &self.to),
            None => {
                let values = values(outcomes, &self.to);
                Spread::of_shares(&values.iter().map(|(_, value)| *value).collect::<Vec<_>>())
            }
        };
        let Some(spread) = spread else {
            return Verdict::Unknown;
        };
        let alone = self.from.is_none();
        let unanimous = spread.interval.is_none() && spread.n >= UNANIMOUS;
        let holds = match self.expected {
            Expected::AtLeast(least) => {
                spread.mean >= least && (alone || unanimous || spread.is_above_nothing())
            }
            Expected::AtMost(most) => {
                spread.mean <= most && (alone || unanimous || spread.is_below_nothing())
            }
            Expected::Between(least, most) => (least..=most).contains(&spread.mean),
        };
        if holds {
            Verdict::Holds(spread)
        } else {
            Verdict::Fails(spread)
        }
    }
}
