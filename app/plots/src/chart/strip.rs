//! The strip plots of an experiment: a point a seed, and their mean with its 95 % interval, laid out without words.

use experiments::{Cell, EvaluationSet, Experiment, Measure, Outcome, Spread, values};

use super::{
    drawing::{Axis, Datum, Drawing, Look, Series, Shape},
    svg,
};

const SIZE: (f64, f64) = (640.0, 300.0);
/// Points this near to each other, as shares, stand side by side.
const TOUCHING: f64 = 0.02;
/// The points keep to this much of the room between two places, and the mean stands beside them.
const SWARM: f64 = 0.16;
const BESIDE: f64 = 0.22;
/// Names of lines keep this far apart, as shares of the height of 1.
const LABEL: f64 = 0.07;
/// Letters of a name that fit beside another.
const LONG: usize = 12;

/// One plot.
#[derive(Clone, Debug, PartialEq)]
pub struct Strip {
    pub measure: Measure,
    /// The evaluation set of all its points; `None` where it has several.
    pub evaluation_set: Option<EvaluationSet>,
    pub across: Across,
    pub groups: Vec<StripGroup>,
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

/// The words of a plot.
pub trait Words {
    fn condition(&self, condition: usize) -> String;
    fn evaluation_set(&self, evaluation_set: EvaluationSet) -> String;
    fn measure(&self, measure: Measure) -> String;
    /// What the width shows.
    fn across(&self, across: Across) -> String;
    fn seed(&self) -> String;
    fn mean(&self) -> String;
    fn level(&self, level: f64) -> String;
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
            })
    });
    strips.filter(|strip| !strip.groups.is_empty()).collect()
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
                    spread: Spread::of(&values),
                    values,
                });
            }
        }
    }
    groups
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

    /// The signs of its lines, where they have no room to stand beside them.
    pub fn legend(&self, words: &dyn Words) -> String {
        let own = |line: usize| {
            let group = self.groups.iter().find(|group| group.series == line)?;
            Some(format!(
                "{} {}",
                svg::letter(line),
                self.name(group.cell, words)
            ))
        };
        match (self.across, self.lines()) {
            (Across::Levels, _) | (_, 0 | 1) => String::new(),
            (_, lines) => (0..lines).filter_map(own).collect::<Vec<_>>().join("  "),
        }
    }

    pub fn drawing(&self, words: &dyn Words) -> Drawing {
        let across = self.axis(words);
        let up = self.height(words.measure(self.measure));
        let lines = self.lines();
        let room = match self.across {
            Across::Levels => (across.high - across.low) / 10.0,
            Across::Conditions | Across::Grounds => 1.0 / lines.max(1) as f64,
        };
        let mut drawing = Drawing::new(SIZE, across, up);
        for line in 0..lines {
            let groups = self.groups.iter().filter(|group| group.series == line);
            let groups: Vec<&StripGroup> = groups.collect();
            let Some(first) = groups.first() else {
                continue;
            };
            let middle = match self.across {
                Across::Levels => 0.0,
                Across::Conditions | Across::Grounds => {
                    (line as f64 + 0.5) * room - lines as f64 * room / 2.0
                }
            };
            let name = self.name(first.cell, words);
            let (seed, mean) = match (lines, self.across) {
                (1, Across::Conditions | Across::Grounds) => (words.seed(), words.mean()),
                _ => (
                    format!("{name}, {}", words.seed()),
                    format!("{name}, {}", words.mean()),
                ),
            };
            let (soft, main) = match lines {
                1 => (Look::Soft, Look::Main),
                _ => (Look::Class(line), Look::Class(line)),
            };
            drawing
                .series
                .push(seeds(&groups, seed, soft, middle, room));
            let means = self.means(&groups, mean, main, middle + BESIDE * room);
            drawing.series.push(means);
        }
        if self.across == Across::Levels {
            label(&mut drawing, self, words);
        }
        drawing
    }

    fn means(&self, groups: &[&StripGroup], name: String, look: Look, beside: f64) -> Series {
        let mean = |group: &&StripGroup| {
            let spread = group.spread?;
            Some(Datum {
                low: Some(spread.low.max(0.0)),
                high: Some(spread.high.min(1.0)),
                beside,
                ..Datum::from((group.x, spread.mean))
            })
        };
        let data = groups.iter().filter_map(mean).collect();
        Series {
            shape: match self.across {
                Across::Levels => Shape::Joined,
                Across::Conditions | Across::Grounds => Shape::Whiskers,
            },
            ..Series::dots(name, look, data)
        }
    }

    /// What its line is called.
    fn name(&self, cell: Cell, words: &dyn Words) -> String {
        match self.across {
            Across::Levels => words.evaluation_set(cell.evaluation_set),
            Across::Conditions | Across::Grounds => words.condition(cell.condition),
        }
    }

    fn axis(&self, words: &dyn Words) -> Axis {
        let name = words.across(self.across);
        match self.across {
            Across::Conditions => self.places(name, &|cell| words.condition(cell.condition)),
            Across::Grounds => self.places(name, &|cell| words.evaluation_set(cell.evaluation_set)),
            Across::Levels => self.levels(name, words),
        }
    }

    fn places(&self, name: String, word: &dyn Fn(Cell) -> String) -> Axis {
        let places = self.groups.iter().map(|group| group.x as usize + 1);
        let mut names = vec![String::new(); places.max().unwrap_or(0)];
        for group in &self.groups {
            names[group.x as usize] = broken(&word(group.cell));
        }
        Axis::places(name, names)
    }

    fn levels(&self, name: String, words: &dyn Words) -> Axis {
        let mut levels: Vec<f64> = self.groups.iter().map(|group| group.x).collect();
        levels.sort_by(f64::total_cmp);
        levels.dedup();
        let low = levels.first().copied().unwrap_or(0.0);
        let high = levels.last().copied().unwrap_or(1.0);
        let room = ((high - low) / 10.0).max(1e-3);
        Axis {
            low: low - room,
            // The names of the lines stand at their ends.
            high: high + 6.0 * room,
            ticks: levels
                .iter()
                .map(|&level| (level, words.level(level)))
                .collect(),
            digits: 0,
            ..Axis::numbers(name, low, high)
        }
    }

    fn height(&self, name: String) -> Axis {
        match self.measure {
            Measure::Accuracy | Measure::Sensitivity | Measure::Specificity => Axis::percent(name),
            Measure::Auc => {
                let values = self.groups.iter().flat_map(|group| &group.values);
                let lowest = values.copied().fold(1.0, f64::min);
                Axis::numbers(name, if lowest < 0.5 { 0.0 } else { 0.5 }, 1.0)
            }
        }
    }
}

/// Writes the name of each line at its end, none over another.
fn label(drawing: &mut Drawing, strip: &Strip, words: &dyn Words) {
    let beside = BESIDE * (drawing.across.high - drawing.across.low) / 10.0;
    let mut last: f64 = f64::NEG_INFINITY;
    let mut ends: Vec<(usize, f64, f64)> = (0..strip.lines())
        .filter_map(|line| {
            let mut own = strip.groups.iter().filter(|group| group.series == line);
            let end = own.next_back()?;
            Some((line, end.x, end.spread?.mean))
        })
        .collect();
    ends.sort_by(|a, b| a.2.total_cmp(&b.2));
    for (line, x, y) in ends {
        let group = strip.groups.iter().find(|group| group.series == line);
        let name = group.map(|group| strip.name(group.cell, words));
        last = y.max(last + LABEL);
        let sign = svg::letter(line);
        drawing.series.push(Series {
            label: Some((x + beside, last)),
            ..Series::dots(
                format!("{sign} {}", name.unwrap_or_default()),
                Look::Soft,
                Vec::new(),
            )
        });
    }
}

/// A point a seed; equal ones stand side by side.
fn seeds(groups: &[&StripGroup], name: String, look: Look, middle: f64, room: f64) -> Series {
    let mut data = Vec::new();
    for group in groups {
        for (&value, place) in group.values.iter().zip(swarm(&group.values)) {
            data.push(Datum {
                beside: middle + (place * SWARM - SWARM / 2.0) * room,
                ..Datum::from((group.x, value))
            });
        }
    }
    Series {
        shape: Shape::Specks,
        ..Series::dots(name, look, data)
    }
}

/// How far to the side each point stands, -1 to 1, so that those of like height can all be seen.
fn swarm(values: &[f64]) -> Vec<f64> {
    let row = |value: f64| (value / TOUCHING).round() as i64;
    let mut places = vec![0.0; values.len()];
    for (index, place) in places.iter_mut().enumerate() {
        let alike = |&other: &usize| row(values[other]) == row(values[index]);
        let n = (0..values.len()).filter(alike).count();
        let before = (0..index).filter(alike).count();
        if n > 1 {
            *place = 2.0 * before as f64 / (n - 1) as f64 - 1.0;
        }
    }
    places
}

/// In two lines, broken at the space nearest to the middle, where the name is long.
fn broken(name: &str) -> String {
    if name.chars().count() <= LONG {
        return name.to_owned();
    }
    let middle = name.len() / 2;
    let spaces = name.match_indices(' ').map(|(place, _)| place);
    match spaces.min_by_key(|place| place.abs_diff(middle)) {
        Some(place) => format!("{}\n{}", &name[..place], &name[place + 1..]),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::table::{Heads, csv};
    use experiments::Score;

    struct Plain;

    impl Words for Plain {
        fn condition(&self, condition: usize) -> String {
            format!("condition {condition}")
        }
        fn evaluation_set(&self, evaluation_set: EvaluationSet) -> String {
            format!("{evaluation_set:?}")
        }
        fn measure(&self, measure: Measure) -> String {
            format!("{measure:?}")
        }
        fn across(&self, across: Across) -> String {
            format!("{across:?}")
        }
        fn seed(&self) -> String {
            "seed".to_owned()
        }
        fn mean(&self) -> String {
            "mean".to_owned()
        }
        fn level(&self, level: f64) -> String {
            format!("{level}!")
        }
    }

    fn outcomes(experiment: Experiment, seeds: u64) -> Vec<Outcome> {
        let mut outcomes = Vec::new();
        for condition in 0..experiment.conditions().len() {
            for seed in 0..seeds {
                let score = Score {
                    n: 100,
                    correct: 50 + condition * 5 + seed as usize,
                    patients: None,
                    sensitivity: Some(0.5),
                    specificity: Some(1.0),
                    auc: Some(0.9),
                };
                let evaluation_sets = experiment.evaluation_sets(condition).iter();
                outcomes.push(Outcome {
                    condition,
                    seed,
                    scores: evaluation_sets
                        .map(|&evaluation_set| (evaluation_set, score))
                        .collect(),
                });
            }
        }
        outcomes
    }

    #[test]
    fn every_experiment_can_be_drawn() {
        for experiment in Experiment::ALL {
            let strips = strips(experiment, &outcomes(experiment, 3));
            assert!(!strips.is_empty(), "{experiment:?}");
            for strip in strips {
                let drawing = strip.drawing(&Plain);
                let dots = drawing.series.iter().flat_map(|series| &series.data);
                // Three seeds and their mean for each cell.
                assert_eq!(dots.count(), 4 * strip.groups.len(), "{experiment:?}");
                assert!(drawing.across.high > drawing.across.low);
            }
            assert!(super::strips(experiment, &[]).is_empty());
        }
    }

    #[test]
    fn arms_have_a_plot_for_each_ground() {
        let strips = strips(Experiment::Arms, &outcomes(Experiment::Arms, 3));
        let evaluation_sets: Vec<_> = strips.iter().map(|strip| strip.evaluation_set).collect();
        assert_eq!(
            evaluation_sets,
            [
                EvaluationSet::Test,
                EvaluationSet::Shifted,
                EvaluationSet::OtherPatients
            ]
            .map(Some)
        );
        assert_eq!(strips[0].seeds(), 3);
        assert_eq!(
            strips[0].groups[1].spread.map(|spread| spread.mean),
            Some(0.56)
        );
    }

    #[test]
    fn conditions_that_share_no_ground_share_a_plot() {
        let evaluation_sets = |experiment| {
            let strips = strips(experiment, &outcomes(experiment, 2));
            let evaluation_sets = strips
                .iter()
                .map(|strip| (strip.evaluation_set, strip.groups.len()));
            evaluation_sets.collect::<Vec<_>>()
        };
        assert_eq!(evaluation_sets(Experiment::Leak), [(None, 2); 4]);
        let mistakes = evaluation_sets(Experiment::Mistakes);
        assert_eq!(
            mistakes,
            [
                (Some(EvaluationSet::Validation), 3),
                (Some(EvaluationSet::Test), 6)
            ]
        );
    }

    #[test]
    fn doses_are_along_the_width() {
        let strips = strips(Experiment::Shortcut, &outcomes(Experiment::Shortcut, 2));
        assert_eq!(strips.len(), 1);
        let drawing = strips[0].drawing(&Plain);
        let ticks: Vec<_> = drawing.across.ticks.iter().map(|tick| tick.0).collect();
        assert_eq!(ticks, [0.0, 0.25, 0.5, 0.75, 0.9, 1.0]);
        let labels: Vec<_> = drawing.series.iter().filter_map(|own| own.label).collect();
        assert_eq!(labels.len(), 3);
        assert!(
            labels
                .windows(2)
                .all(|pair| pair[1].1 - pair[0].1 >= LABEL - 1e-9)
        );
    }

    #[test]
    fn the_table_has_places_and_not_where_points_were_moved_to() {
        let strips = strips(Experiment::Arms, &outcomes(Experiment::Arms, 2));
        let heads = Heads {
            series: "What".to_owned(),
            low: "low".to_owned(),
            high: "high".to_owned(),
        };
        let csv = csv(&strips[0].drawing(&Plain), &heads);
        let line = csv
            .lines()
            .find(|line| line.starts_with("mean,condition 3,"));
        assert_eq!(line.map(|line| &line[..21]), Some("mean,condition 3,65.5"));
    }

    #[test]
    fn equal_points_stand_side_by_side() {
        assert_eq!(swarm(&[0.9, 0.9, 0.5]), [-1.0, 1.0, 0.0]);
        assert_eq!(swarm(&[]), [0.0; 0]);
    }

    #[test]
    fn long_names_take_two_lines() {
        assert_eq!(broken("short"), "short");
        assert_eq!(
            broken("threshold on the test films"),
            "threshold on\nthe test films"
        );
        assert_eq!(broken("unbreakableunbreakable"), "unbreakableunbreakable");
    }
}
