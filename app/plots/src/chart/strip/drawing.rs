//! A strip plot as a drawing.

use experiments::{Cell, EvaluationSet, Measure};

use super::{Across, Strip, StripGroup};
use crate::chart::{
    drawing::{Axis, Datum, Drawing, Look, Series, Shape},
    swarm::swarm,
};

const SIZE: (f64, f64) = (640.0, 300.0);
/// Points this near to each other, as shares of the height, stand side by side.
const TOUCHING: f64 = 0.02;
/// The points keep to this much of the room on either side of their place, and their mean stands beside them.
const SWARM: f64 = 0.16;
const BESIDE: f64 = 0.28;
/// Names of lines keep this far apart, as shares of the height.
pub(super) const LABEL: f64 = 0.07;
/// Letters of a name that fit beside another.
const LONG: usize = 12;

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
    /// The name of an axis of shares that begins at `low` rather than at 0.
    fn cut(&self, name: String, low: f64) -> String;
}

impl Strip {
    /// The looks of its lines, where they have no room for their names beside them.
    fn legend(&self, words: &dyn Words) -> Vec<(Look, String)> {
        let own = |line: usize| {
            let group = self.groups.iter().find(|group| group.series == line)?;
            Some((Look::Class(line), self.name(group.cell, words)))
        };
        match (self.across, self.lines()) {
            (Across::Levels, _) | (_, 0 | 1) => Vec::new(),
            (_, lines) => (0..lines).filter_map(own).collect(),
        }
    }

    pub fn drawing(&self, words: &dyn Words) -> Drawing {
        let across = self.axis(words);
        let up = self.height(words);
        let lines = self.lines();
        let room = match self.across {
            Across::Levels => (across.high - across.low) / 10.0,
            Across::Conditions | Across::Grounds => 1.0 / lines.max(1) as f64,
        };
        let mut drawing = Drawing::new(SIZE, across, up);
        drawing.legend = self.legend(words);
        let touching = TOUCHING * (drawing.up.high - drawing.up.low);
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
            let places = Places {
                middle,
                room,
                touching,
            };
            drawing.series.push(seeds(&groups, seed, soft, places));
            // On a scale of numbers the line has to pass where it belongs.
            let beside = match self.across {
                Across::Levels => 0.0,
                Across::Conditions | Across::Grounds => middle + BESIDE * room,
            };
            drawing.series.push(self.means(&groups, mean, main, beside));
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
                low: spread.interval.map(|interval| interval.low),
                high: spread.interval.map(|interval| interval.high),
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

    fn height(&self, words: &dyn Words) -> Axis {
        let name = words.measure(self.measure);
        match self.measure {
            Measure::Accuracy | Measure::Sensitivity | Measure::Specificity => {
                let low = Axis::low_for(self.lowest);
                let name = match low > 0.0 {
                    true => words.cut(name, low),
                    false => name,
                };
                Axis::percent_from(name, low)
            }
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
    let apart = LABEL * (drawing.up.high - drawing.up.low);
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
        last = y.max(last + apart);
        let look = match strip.lines() {
            1 => Look::Main,
            _ => Look::Class(line),
        };
        let name = Series::dots(name.unwrap_or_default(), look, Vec::new());
        drawing.series.push(name.labelled((x, last)));
    }
}

/// Where the points of a line stand, in units of the width, and how near is too near, in those of the height.
#[derive(Clone, Copy)]
struct Places {
    middle: f64,
    room: f64,
    touching: f64,
}

/// A point a seed; equal ones stand side by side, and together in the middle of their place.
fn seeds(groups: &[&StripGroup], name: String, look: Look, places: Places) -> Series {
    let mut data = Vec::new();
    for group in groups {
        let swarm = swarm(&group.values, places.touching);
        for (&value, place) in group.values.iter().zip(swarm) {
            data.push(Datum {
                beside: places.middle + place * SWARM * places.room,
                ..Datum::from((group.x, value))
            });
        }
    }
    Series {
        shape: Shape::Specks,
        ..Series::dots(name, look, data)
    }
}

/// In two lines, broken at the space nearest to the middle, where the name is long.
pub(super) fn broken(name: &str) -> String {
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
