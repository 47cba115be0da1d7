//! Learning curves as a drawing: each line with its name at its end, and a marker where the backbone was unfrozen.

use plots::chart::{
    Points,
    drawing::{Axis, Drawing, Look, Series, Shape},
    keep_apart,
};

use super::Curves;

const SIZE: (f64, f64) = (440.0, 280.0);
/// Room behind the last step for the names of the lines.
const BEHIND: f64 = 1.32;
/// More dots would hide the line that they lie on.
const MOST_DOTS: usize = 30;
/// From the middle of one name to that of the next, in the units of the SVG.
const LINE: f64 = 17.0;
/// The marker's name stands so far above the drawing area.
const ABOVE: f64 = 10.0;
/// Width of a letter of it, and the room between it and the marker with that before a name.
const LETTER: f64 = 6.6;
const BESIDE: f64 = 12.0;

pub struct Words {
    pub steps: String,
    pub training: String,
    pub validation: String,
    pub unfrozen: String,
}

impl Curves {
    /// `up`: the axis of what they measure.
    pub fn drawing(&self, up: Axis, words: Words) -> Drawing {
        let mut across = Axis::counts(words.steps, self.steps_total, BEHIND);
        if self.steps_done == 0 {
            across.ticks.clear(); // how many there will be is not known yet
        }
        let mut drawing = Drawing::new(SIZE, across, up);
        let marker = self.unfrozen.map(|at| marker(&drawing, words.unfrozen, at));
        let batches = (!self.batches.is_empty()).then(|| {
            let points = self.batches.iter().copied();
            Series::line(words.training.clone(), Look::Faint, points)
        });
        let mut training = by_epoch(words.training, Look::Soft, &self.training);
        let mut validation = by_epoch(words.validation, Look::Main, &self.validation);
        label(&drawing, &mut training, &mut validation);
        drawing.series.extend(marker);
        drawing.series.extend(batches);
        drawing.series.extend([training, validation]);
        drawing
    }
}

/// From here on the end of the backbone learns too.
fn marker(drawing: &Drawing, name: String, at: f64) -> Series {
    let Axis { low, high, .. } = drawing.up;
    let name_at = high + values(drawing, ABOVE);
    // To its left, where no curve has its name; beside it on the right if it stands too early for that.
    let width = BESIDE + LETTER * name.chars().count() as f64;
    let frame = drawing.frame();
    let begins = drawing.place(at, high).0 - width;
    let begins = match begins < frame.left {
        true => at,
        false => drawing.read(begins / drawing.size.0, 0.0).0,
    };
    Series::line(name, Look::Guide, [(at, low), (at, high)]).labelled((begins, name_at))
}

/// A single epoch is no line yet, only a dot.
fn by_epoch(name: String, look: Look, points: &Points) -> Series {
    let shape = match points.len() {
        0..=MOST_DOTS => Shape::Joined,
        _ => Shape::Line,
    };
    Series {
        shape,
        ..Series::line(name, look, points.iter().copied())
    }
}

/// Writes the names beside the ends, none over the other.
fn label(drawing: &Drawing, first: &mut Series, second: &mut Series) {
    let end = |series: &Series| series.drawn().last().map(|datum| (datum.x, datum.y));
    if let (Some(one), Some(other)) = (end(first), end(second)) {
        let (high, low) = keep_apart(one.1, other.1, values(drawing, LINE));
        first.label = Some((one.0, high));
        second.label = Some((other.0, low));
    }
}

/// So many units of the SVG, as values of the height.
fn values(drawing: &Drawing, units: f64) -> f64 {
    let frame = drawing.frame();
    units / (frame.bottom - frame.top) * (drawing.up.high - drawing.up.low)
}

#[cfg(test)]
mod tests {
    use super::*;
    use plots::chart::svg;
    use text::language::Language;

    fn drawing(curves: &Curves) -> Drawing {
        let words = ["steps", "training", "validation", "unfrozen"].map(str::to_owned);
        let [steps, training, validation, unfrozen] = words;
        let up = Axis::numbers("loss".to_owned(), 0.0, curves.top);
        let words = Words {
            steps,
            training,
            validation,
            unfrozen,
        };
        curves.drawing(up, words)
    }

    fn curves(epochs: usize) -> Curves {
        let line = |height: f64| (1..=epochs).map(|epoch| (epoch as f64, height)).collect();
        Curves {
            steps_total: 40.0,
            steps_done: epochs,
            batches: vec![(1.0, 0.9), (2.0, 0.5)],
            training: line(0.5),
            validation: line(0.51),
            unfrozen: Some(2.0),
            top: 1.0,
        }
    }

    #[test]
    fn lines_have_a_dot_for_each_epoch_while_there_is_room() {
        for (epochs, dots) in [(1, 2), (30, 60), (31, 0)] {
            let svg = svg::body(&drawing(&curves(epochs)), Language::English);
            assert_eq!(svg.matches("plot-dot").count(), dots, "{epochs}");
        }
    }

    #[test]
    fn names_keep_apart_and_the_marker_has_its_own_above() {
        let drawing = drawing(&curves(3));
        let places: Vec<(f64, f64)> = drawing
            .series
            .iter()
            .filter_map(|series| series.label)
            .map(|(x, y)| drawing.place(x, y))
            .collect();
        let [marker, training, validation] = places[..] else {
            panic!("three names: {places:?}");
        };
        assert!((training.1 - validation.1 - LINE).abs() < 1e-9);
        assert!(marker.1 < drawing.frame().top);
    }

    #[test]
    fn the_markers_name_ends_before_the_marker_where_there_is_room() {
        let mut curves = curves(3);
        for (at, left) in [(30.0, true), (1.0, false)] {
            curves.unfrozen = Some(at);
            let drawing = drawing(&curves);
            let marker = &drawing.series[0];
            let (name, _) = marker.label.map(|(x, y)| drawing.place(x, y)).unwrap();
            let (line, _) = drawing.place(at, 0.0);
            let letters = marker.name.chars().count() as f64;
            assert_eq!(name + LETTER * letters < line, left, "{at}: {name} {line}");
            assert!(name >= drawing.frame().left);
        }
    }

    #[test]
    fn losses_that_are_no_numbers_leave_no_trace() {
        let mut diverged = curves(3);
        diverged.training[2].1 = f64::NAN;
        diverged.validation[2].1 = f64::INFINITY;
        let svg = svg::body(&drawing(&diverged), Language::English);
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        assert!(svg.contains(">validation</text>"));
    }

    #[test]
    fn steps_are_not_counted_before_the_first() {
        let empty = Curves {
            steps_total: 1.0,
            top: 1.0,
            ..Curves::default()
        };
        let drawing = drawing(&empty);
        assert!(drawing.across.ticks.is_empty() && !drawing.up.ticks.is_empty());
        assert!(drawing.series.iter().all(|series| series.data.is_empty()));
    }
}
