//! From how well a network tells films apart to what that means for patients: how common the finding
//! is, and what a miss costs against a false alarm.

use serde::{Deserialize, Serialize};

use super::{
    Counts, Interval, Proportion,
    counts::share,
    roc::{Roc, RocPoint},
};

/// What a threshold does, whatever the mix of patients is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rates {
    /// Share of the patients with the finding who are found, 0 to 1.
    pub sensitivity: f64,
    /// Share of the patients without it who are cleared, 0 to 1.
    pub specificity: f64,
}

/// The chance that an answer is right.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Predictive {
    /// Of a positive one; `None` if there is none.
    pub positive: Option<f64>,
    /// Of a negative one; `None` if there is none.
    pub negative: Option<f64>,
}

/// What wrong answers cost, in any unit, 0 or more.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Costs {
    pub miss: f64,
    pub false_alarm: f64,
}

/// The threshold that costs least.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cheapest {
    pub point: RocPoint,
    /// A patient, in the unit of [`Costs`].
    pub cost: f64,
}

impl Rates {
    /// As counted; `None` if either is of no films.
    pub fn of(counts: &Counts) -> Option<Self> {
        Some(Self {
            sensitivity: share(counts.true_positives, counts.positives())?,
            specificity: share(counts.true_negatives, counts.negatives())?,
        })
    }

    /// By Bayes' rule at a `prevalence` of 0 to 1; `None` if a share is not from 0 to 1.
    pub fn predictive(&self, prevalence: f64) -> Option<Predictive> {
        self.check(prevalence)?;
        let found = self.sensitivity * prevalence;
        let missed = (1.0 - self.sensitivity) * prevalence;
        let cleared = self.specificity * (1.0 - prevalence);
        let alarmed = (1.0 - self.specificity) * (1.0 - prevalence);
        let right = |right: f64, wrong: f64| {
            let answers = right + wrong;
            (answers > 0.0).then(|| right / answers)
        };
        Some(Predictive {
            positive: right(found, alarmed),
            negative: right(cleared, missed),
        })
    }

    /// Of `n` patients at a `prevalence` of 0 to 1, whole numbers whose sum is `n`; `None` if a share is
    /// not from 0 to 1.
    ///
    /// Rounded in the order in which it would be told: first how many of `n` have the finding, then
    /// how many of these are found and how many of the others are cleared. The rest are missed and
    /// alarmed. Halves are rounded up.
    pub fn patients(&self, n: usize, prevalence: f64) -> Option<Counts> {
        self.check(prevalence)?;
        let part = |share: f64, n: usize| ((share * n as f64).round() as usize).min(n);
        let with = part(prevalence, n);
        let without = n - with;
        let (true_positives, true_negatives) = (
            part(self.sensitivity, with),
            part(self.specificity, without),
        );
        Some(Counts {
            true_positives,
            false_negatives: with - true_positives,
            true_negatives,
            false_positives: without - true_negatives,
        })
    }

    /// What wrong answers cost a patient on average, in the unit of `costs`, at a `prevalence` of 0 to
    /// 1; `None` if a share is not from 0 to 1 or a cost not a number from 0.
    pub fn cost(&self, prevalence: f64, costs: &Costs) -> Option<f64> {
        self.check(prevalence)?;
        let Costs { miss, false_alarm } = *costs;
        if ![miss, false_alarm]
            .iter()
            .all(|cost| cost.is_finite() && *cost >= 0.0)
        {
            return None;
        }
        let missed = (1.0 - self.sensitivity) * prevalence;
        let alarmed = (1.0 - self.specificity) * (1.0 - prevalence);
        Some(missed * miss + alarmed * false_alarm)
    }

    fn check(&self, prevalence: f64) -> Option<()> {
        let shares = [self.sensitivity, self.specificity, prevalence];
        shares
            .iter()
            .all(|share| (0.0..=1.0).contains(share))
            .then_some(())
    }
}

/// 95 % intervals of [`Rates::predictive`], of a positive and of a negative answer, for rates as they were
/// counted and a known `prevalence` between 0 and 1; `None` if either rate is of no films or the prevalence
/// is not between.
///
/// By Bayes' rule a predictive value hangs on the ratio of two rates that were counted on different films; its
/// interval is that ratio's, from the intervals of the two rates: Newcombe's MOVER-R, Stat Methods Med Res
/// 25:1774-1778 (2016), doi 10.1177/0962280213502144. It holds where a rate is 0 or 1, too.
pub fn predictive_intervals(counts: &Counts, prevalence: f64) -> Option<[Interval; 2]> {
    if !(prevalence > 0.0 && prevalence < 1.0) {
        return None;
    }
    let of = |hits: usize, n: usize| Proportion::of_some(hits, n);
    let found = of(counts.true_positives, counts.positives())?;
    let missed = of(counts.false_negatives, counts.positives())?;
    let cleared = of(counts.true_negatives, counts.negatives())?;
    let alarmed = of(counts.false_positives, counts.negatives())?;
    let odds = prevalence / (1.0 - prevalence);
    let right = |wrong: &Proportion, right: &Proportion, odds: f64| {
        let ratio = ratio(wrong, right);
        Interval {
            low: 1.0 / (1.0 + ratio.high / odds),
            high: 1.0 / (1.0 + ratio.low / odds),
        }
    };
    Some([
        right(&alarmed, &found, odds),
        right(&missed, &cleared, 1.0 / odds),
    ])
}

/// The interval of `above / below`, from 0 to infinity, of proportions of different films.
fn ratio(above: &Proportion, below: &Proportion) -> Interval {
    let product = above.share() * below.share();
    // At the end where the upper share is `a` and the lower one `b`.
    let root = |a: f64, b: f64| {
        let ends = a * b * (2.0 * above.share() - a) * (2.0 * below.share() - b);
        (product * product - ends).max(0.0).sqrt()
    };
    let (least, most) = (above.low, below.low);
    Interval {
        low: if least > 0.0 {
            least * (2.0 * above.share() - least) / (product + root(least, below.high))
        } else {
            0.0
        },
        high: if most > 0.0 {
            (product + root(above.high, most)) / (most * (2.0 * below.share() - most))
        } else {
            f64::INFINITY
        },
    }
}

/// What each of [`Roc::points`] costs a patient, `[points]`; `None` as in [`Rates::cost`].
pub fn costs(roc: &Roc, prevalence: f64, costs: &Costs) -> Option<Vec<f64>> {
    roc.points()
        .iter()
        .map(|point| Rates::of(&point.counts)?.cost(prevalence, costs))
        .collect()
}

/// The threshold that costs a patient least, the strictest of several; `None` as in [`Rates::cost`].
pub fn cheapest(roc: &Roc, prevalence: f64, costs: &Costs) -> Option<Cheapest> {
    let costs = self::costs(roc, prevalence, costs)?;
    let least = costs.iter().copied().fold(f64::INFINITY, f64::min);
    // Sums that are equal on paper may differ in their last digits.
    let near = least * (1.0 + 1e-12);
    let (&point, cost) = roc
        .points()
        .iter()
        .zip(costs)
        .find(|&(_, cost)| cost <= near)?;
    Some(Cheapest { point, cost })
}

/// The threshold with the greatest [`Counts::youden`], the strictest of several: the cheapest one if a miss
/// and a false alarm cost the same and half of the patients have the finding.
pub fn youden(roc: &Roc) -> RocPoint {
    // Times both numbers of films, so that equal ones are equal to the last digit.
    let index = |RocPoint { counts, .. }: &RocPoint| {
        counts.true_positives * counts.negatives() + counts.true_negatives * counts.positives()
    };
    let mut best = roc.points()[0];
    for &point in roc.points() {
        if index(&point) > index(&best) {
            best = point;
        }
    }
    best
}
