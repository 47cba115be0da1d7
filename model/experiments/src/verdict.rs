//! Whether the outcomes bear a claim out.

use super::{Claim, Effect, Expected, Outcome, Spread, difference, values};

/// What the outcomes say of a claim.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict {
    Holds(Spread),
    Fails(Spread),
    /// Fewer than two seeds have what it speaks of.
    Unknown,
}

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
        let effect = Effect::of(&spread, self.to.measure);
        let holds = match self.expected {
            Expected::AtLeast(least) => spread.mean >= least && (alone || effect == Effect::More),
            Expected::AtMost(most) => spread.mean <= most && (alone || effect == Effect::Less),
            Expected::Between(least, most) => (least..=most).contains(&spread.mean),
            Expected::NoEffect => effect == Effect::Negligible,
        };
        if holds {
            Verdict::Holds(spread)
        } else {
            Verdict::Fails(spread)
        }
    }
}
