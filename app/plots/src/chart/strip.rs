//! The strip plots of an experiment: a point a seed, and their mean with its 95 % interval. Here which there are and what
//! stands where; `drawing` makes drawings of them.

mod drawing;
#[cfg(test)]
mod tests;

use experiments::{Cell, EvaluationSet, Experiment, Measure, Outcome, Spread, values};

pub use drawing::Words;

/// One plot.
#[derive(Clone, Debug, PartialEq)]
pub struct Strip {
    pub measure: Measure,
    /// The evaluation set of all its points; `None` where it has several.
    pub evaluation_set: Option<EvaluationSet>,
    pub across: Across,
    pub groups: Vec<StripGroup>,
    /// The lowest share of all plots of the experiment, points and ends of intervals: their axes begin alike.
    pub lowest: f64,
}

/// What stands along the width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Across {
    Conditions,
    Levels,
    Grounds,
}

/// The seeds of one cell.
#[derive(Clone, Debug, PartialEq)]
pub struct StripGroup {
    pub cell: Cell,
    /// Which line it belongs to, and its place or level on the width.
    pub series: usize,
    pub x: f64,
    /// By seed.
    pub values: Vec<f64>,
    /// `None` of a single seed.
    pub spread: Option<Spread>,
}

/// All plots of an experiment that these outcomes have points for.
pub fn strips(experiment: Experiment, outcomes: &[Outcome]) -> Vec<Strip> {
    let measures: &[Measure] = match experiment {
        Experiment::Leak => &[
            Measure::Accuracy,
            Measure::Sensitivity,
            Measure::Specificity,
            Measure::Auc,
        ],
        Experiment::NewHospital => &[Measure::Accuracy, Measure::Auc],
        _ => &[Measure::Accuracy],
    };
    let across = across(experiment);
    let strips = measures.iter().flat_map(|&measure| {
        let evaluation_sets = match across {
            Across::Conditions => separate(experiment),
            Across::Levels | Across::Grounds => vec![None],
        };
        evaluation_sets
            .into_iter()
            .map(move |evaluation_set| Strip {
                measure,
                evaluation_set,
                across,
                groups: groups(experiment, outcomes, measure, evaluation_set),
                lowest: 1.0,
            })
    });
    let mut strips: Vec<Strip> = strips.filter(|strip| !strip.groups.is_empty()).collect();
    let shares = strips.iter().filter(|strip| strip.measure != Measure::Auc);
    let lowest = shares
        .flat_map(|strip| &strip.groups)
        .map(StripGroup::lowest);
    let lowest = lowest.fold(1.0, f64::min);
    for strip in &mut strips {
        strip.lowest = lowest;
    }
    strips
}

fn across(experiment: Experiment) -> Across {
    let conditions = experiment.conditions();
    if experiment == Experiment::NewHospital {
        Across::Grounds
    } else if conditions.iter().all(|condition| condition.level.is_some()) {
        Across::Levels
    } else {
        Across::Conditions
    }
}

/// The evaluation sets that have a plot each. Where an evaluation set is that of a single condition, there is nothing to compare in a
/// plot of its own, and one holds all.
fn separate(experiment: Experiment) -> Vec<Option<EvaluationSet>> {
    let conditions = 0..experiment.conditions().len();
    let mut all: Vec<EvaluationSet> = Vec::new();
    for evaluation_set in conditions
        .clone()
        .flat_map(|own| experiment.evaluation_sets(own))
    {
        if !all.contains(evaluation_set) {
            all.push(*evaluation_set);
        }
    }
    let shared = |evaluation_set: &EvaluationSet| {
        let has = |&own: &usize| experiment.evaluation_sets(own).contains(evaluation_set);
        conditions.clone().filter(has).count() > 1
    };
    match all.iter().all(shared) {
        true => all.into_iter().map(Some).collect(),
        false => vec![None],
    }
}

fn groups(
    experiment: Experiment,
    outcomes: &[Outcome],
    measure: Measure,
    only: Option<EvaluationSet>,
) -> Vec<StripGroup> {
    let across = across(experiment);
    let mut groups = Vec::new();
    for (condition, own) in experiment.conditions().iter().enumerate() {
        for (place, &evaluation_set) in experiment.evaluation_sets(condition).iter().enumerate() {
            if only.is_some_and(|only| only != evaluation_set) {
                continue;
            }
            let cell = Cell {
                condition,
                evaluation_set,
                measure,
            };
            let values: Vec<f64> = values(outcomes, &cell)
                .into_iter()
                .map(|own| own.1)
                .collect();
            let (series, x) = match across {
                // A condition that is not judged on this evaluation set takes no room.
                Across::Conditions => (0, groups.len() as f64),
                Across::Levels => (place, own.level.unwrap_or_default()),
                Across::Grounds => (condition, place as f64),
            };
            if !values.is_empty() {
                groups.push(StripGroup {
                    cell,
                    series,
                    x,
                    spread: Spread::of_shares(&values),
                    values,
                });
            }
        }
    }
    groups
}

impl StripGroup {
    /// Of its points and of its interval.
    fn lowest(&self) -> f64 {
        let interval = self.spread.and_then(|spread| spread.interval);
        let low = interval.map_or(1.0, |interval| interval.low);
        self.values.iter().copied().fold(low, f64::min)
    }
}

impl Strip {
    /// The greatest number of seeds of a point.
    pub fn seeds(&self) -> usize {
        let seeds = self.groups.iter().map(|group| group.values.len());
        seeds.max().unwrap_or(0)
    }

    /// How many lines are told apart by colour and sign.
    fn lines(&self) -> usize {
        let lines = self.groups.iter().map(|group| group.series + 1);
        lines.max().unwrap_or(0)
    }
}
