//! A plot as plain data: what is drawn is what is read out, shown as a table and saved.

#[cfg(test)]
mod tests;

use super::{Frame, round_ticks};

/// Room around the drawing area: for the names of the axes and the numbers on them.
const LEFT: f64 = 60.0;
const TOP: f64 = 24.0;
const RIGHT: f64 = 20.0;
const BOTTOM: f64 = 52.0;
/// From one row of the legend to the next.
const LEGEND_ROW: f64 = 20.0;
/// Room for a letter of the legend, and for the sign before a name and the gap behind it.
const LEGEND_LETTER: f64 = 6.6;
const LEGEND_SIGN: f64 = 34.0;
/// A fitted axis of shares shows at least so much, and begins at 0 where less than this would be left out.
const LEAST_SHOWN: f64 = 0.2;
const LEAST_LEFT_OUT: f64 = 0.3;

#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// Width and height in the units of the SVG, in which letters are 12 high.
    pub size: (f64, f64),
    pub across: Axis,
    pub up: Axis,
    /// The later ones lie above.
    pub series: Vec<Series>,
    /// What the notes of its points say, as the head of a column.
    pub notes: String,
    /// Looks that are told apart by color and sign, with what they stand for; written above the drawing area.
    pub legend: Vec<(Look, String)>,
}

/// An entry of the legend, with the place of its sign in the SVG.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LegendEntry<'a> {
    pub look: Look,
    pub name: &'a str,
    pub at: (f64, f64),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// What it measures, with its unit.
    pub name: String,
    pub low: f64,
    pub high: f64,
    /// A value times this is the number in the unit: 100 for shares in percent.
    pub scale: f64,
    /// Digits after the point in the table.
    pub digits: usize,
    /// A name of several lines has breaks in it.
    pub ticks: Vec<(f64, String)>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    pub name: String,
    pub shape: Shape,
    pub look: Look,
    pub data: Vec<Datum>,
    /// Where its name is written, in data units; `None` where the caption explains it.
    pub label: Option<(f64, f64)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Line,
    /// From the left edge at each point's height up to the point.
    Steps,
    Dots,
    /// The area between `low` and `high`.
    Band,
    /// Dots with whiskers from `low` to `high`, and their notes above.
    Whiskers,
    /// The same, joined by a line.
    Joined,
    /// Small dots, for the many of which others are the mean.
    Specks,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// What the plot is about.
    Main,
    /// What it is compared with.
    Soft,
    /// The single values that another line sums up.
    Faint,
    /// A line to orient oneself by.
    Guide,
    /// What the visitor moves.
    Point,
    /// The colour and the sign of a film class.
    Class(usize),
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Datum {
    pub x: f64,
    pub y: f64,
    /// Ends of an interval or of a band.
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub note: String,
    /// Drawn so far to the right of its place, where several share one.
    pub beside: f64,
}

impl Axis {
    /// From `low` to `high`, with three to six round numbers on it.
    pub fn numbers(name: String, low: f64, high: f64) -> Self {
        let ticks = round_ticks(low, high);
        let step = ticks.get(1).map_or(1.0, |second| second - ticks[0]);
        let digits = (-step.log10().floor()).clamp(0.0, 6.0) as usize;
        let written = |value: f64| (value, format!("{:.digits$}", value + 0.0));
        Self {
            name,
            low,
            high,
            scale: 1.0,
            digits: digits + 2,
            ticks: ticks.into_iter().map(written).collect(),
        }
    }

    /// Shares from 0 to 1, written as 0 to 100; the name says that they are percent.
    pub fn percent(name: String) -> Self {
        Self::percent_from(name, 0.0)
    }

    /// Shares from `low`, as [`low_for`](Self::low_for) has it, to 1. Where it is not 0, the name says so.
    pub fn percent_from(name: String, low: f64) -> Self {
        let written = |percent: f64| (percent / 100.0, percent.to_string());
        let ticks = round_ticks(low * 100.0, 100.0);
        Self {
            name,
            low,
            high: 1.0,
            scale: 100.0,
            digits: 1,
            ticks: ticks.into_iter().map(written).collect(),
        }
    }

    /// The round share below `lowest` at which an axis begins that leaves out what no point needs.
    pub fn low_for(lowest: f64) -> f64 {
        let tenth = (lowest.min(1.0 - LEAST_SHOWN) * 10.0 + 1e-9).floor() / 10.0;
        if tenth >= LEAST_LEFT_OUT { tenth } else { 0.0 }
    }

    /// From 0 to `end` with whole numbers on it, and up to `behind` times as far, where names of lines have room.
    pub fn counts(name: String, end: f64, behind: f64) -> Self {
        let axis = Self::numbers(name, 0.0, end);
        let whole = |(value, _): &(f64, String)| value.fract() == 0.0;
        let ticks = axis.ticks.into_iter().filter(whole);
        Self {
            high: end * behind,
            digits: 0,
            ticks: ticks.map(|(value, _)| (value, value.to_string())).collect(),
            ..axis
        }
    }

    /// The places 0, 1, 2 ... with these names.
    pub fn places(name: String, places: Vec<String>) -> Self {
        Self {
            name,
            low: -0.5,
            high: places.len() as f64 - 0.5,
            scale: 1.0,
            digits: 0,
            ticks: (0..).map(f64::from).zip(places).collect(),
        }
    }

    /// A value as the table has it; a place by its name.
    pub fn written(&self, value: f64) -> String {
        let named = |(at, _): &&(f64, String)| *at == value && self.digits == 0;
        match self.ticks.iter().find(named) {
            Some((_, name)) => name.replace('\n', " "),
            None => format!("{:.*}", self.digits, value * self.scale),
        }
    }
}

impl Series {
    pub fn line(name: String, look: Look, points: impl IntoIterator<Item = (f64, f64)>) -> Self {
        Self {
            name,
            shape: Shape::Line,
            look,
            data: points.into_iter().map(Datum::from).collect(),
            label: None,
        }
    }

    pub fn dots(name: String, look: Look, data: Vec<Datum>) -> Self {
        Self {
            name,
            shape: Shape::Dots,
            look,
            data,
            label: None,
        }
    }

    pub fn labelled(self, at: (f64, f64)) -> Self {
        let label = Some(at);
        Self { label, ..self }
    }

    /// What can be drawn: what is not a number has no place.
    pub fn drawn(&self) -> impl Iterator<Item = &Datum> {
        let place = |datum: &&Datum| datum.x.is_finite() && datum.y.is_finite();
        self.data.iter().filter(place)
    }
}

impl From<(f64, f64)> for Datum {
    fn from((x, y): (f64, f64)) -> Self {
        Self {
            x,
            y,
            ..Self::default()
        }
    }
}

impl Drawing {
    /// Without series yet.
    pub fn new(size: (f64, f64), across: Axis, up: Axis) -> Self {
        Self {
            size,
            across,
            up,
            series: Vec::new(),
            notes: String::new(),
            legend: Vec::new(),
        }
    }

    /// The legend in rows, each entry after the one before while there is room.
    pub fn legend(&self) -> Vec<LegendEntry<'_>> {
        let (mut x, mut y) = (LEFT, LEGEND_ROW / 2.0);
        let mut entries = Vec::with_capacity(self.legend.len());
        for (look, name) in &self.legend {
            let width = LEGEND_SIGN + LEGEND_LETTER * name.chars().count() as f64;
            if x > LEFT && x + width > self.size.0 {
                (x, y) = (LEFT, y + LEGEND_ROW);
            }
            entries.push(LegendEntry {
                look: *look,
                name,
                at: (x, y),
            });
            x += width;
        }
        entries
    }

    pub fn frame(&self) -> Frame {
        let legend = self.legend().last().map_or(0.0, |entry| entry.at.1);
        Frame {
            left: LEFT,
            top: TOP + legend,
            right: self.size.0 - RIGHT,
            bottom: self.size.1 - BOTTOM,
        }
    }

    /// Where a point lies in the SVG.
    pub fn place(&self, x: f64, y: f64) -> (f64, f64) {
        let frame = self.frame();
        let along = (x - self.across.low) / (self.across.high - self.across.low);
        let up = (y - self.up.low) / (self.up.high - self.up.low);
        (
            frame.left + along * (frame.right - frame.left),
            frame.bottom - up * (frame.bottom - frame.top),
        )
    }

    /// The data units of a place, given as shares of the SVG's width and height; not beyond the axes.
    pub fn read(&self, along: f64, down: f64) -> (f64, f64) {
        let frame = self.frame();
        let along = (along * self.size.0 - frame.left) / (frame.right - frame.left);
        let up = (frame.bottom - down * self.size.1) / (frame.bottom - frame.top);
        let value = |axis: &Axis, share: f64| {
            let share = if share.is_finite() { share } else { 0.0 };
            axis.low + share.clamp(0.0, 1.0) * (axis.high - axis.low)
        };
        (value(&self.across, along), value(&self.up, up))
    }
}
