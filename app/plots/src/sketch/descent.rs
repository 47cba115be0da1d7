//! What a learning rate does, on a valley of one weight: too small, fitting, too large.

/// Steps that are drawn.
pub const STEPS: usize = 12;
/// Size of the drawing.
pub const WIDTH: f64 = 240.0;
pub const HEIGHT: f64 = 104.0;
/// Where the first step begins, and how far the drawing reaches to both sides of the floor.
const START: f64 = -1.0;
const REACH: f64 = 1.5;

/// How a descent ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// It has hardly moved.
    Creeps,
    /// It comes down on its own side.
    Settles,
    /// It steps over the floor and back, lower each time.
    Overshoots,
    /// Each step lands higher than the last.
    Escapes,
}

/// How far one step goes, 1 being to the floor, at a rate that is `sound` for the network in question. The root keeps
/// four decades of rates apart on one drawing.
fn stride(rate: f64, sound: f64) -> f64 {
    (rate / sound).max(0.0).sqrt()
}

pub fn course(rate: f64, sound: f64) -> Course {
    match stride(rate, sound) {
        stride if stride < 0.08 => Course::Creeps,
        stride if stride <= 1.0 => Course::Settles,
        stride if stride < 2.0 => Course::Overshoots,
        _ => Course::Escapes,
    }
}

/// The places of the weight, 0 at the floor, as far as they are in the drawing.
pub fn places(rate: f64, sound: f64) -> Vec<f64> {
    let factor = 1.0 - stride(rate, sound);
    let mut places = vec![START];
    let mut place = START;
    for _ in 0..STEPS {
        place *= factor;
        if place.abs() > REACH {
            places.push(REACH.copysign(place));
            break;
        }
        places.push(place);
    }
    places
}

/// A place of the weight on the drawing.
pub fn point(place: f64) -> (f64, f64) {
    let margin = 6.0;
    let x = (place / REACH + 1.0) / 2.0 * (WIDTH - 2.0 * margin) + margin;
    let height = (place / REACH).powi(2);
    (x, HEIGHT - margin - height * (HEIGHT - 2.0 * margin))
}

/// The valley as the `d` of an SVG path.
pub fn valley() -> String {
    path((0..=40).map(|n| f64::from(n) / 20.0 * REACH - REACH))
}

/// The way down as the `d` of an SVG path.
pub fn way(places: &[f64]) -> String {
    path(places.iter().copied())
}

fn path(places: impl Iterator<Item = f64>) -> String {
    let points = places.map(point).map(|(x, y)| format!("{x:.1} {y:.1}"));
    format!("M{}", points.collect::<Vec<_>>().join("L"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_far_below_creep_and_far_above_escape() {
        let course = |rate| course(rate, 1e-3);
        assert_eq!(course(1e-6), Course::Creeps);
        assert_eq!(course(1e-4), Course::Settles);
        assert_eq!(course(1e-3), Course::Settles);
        assert_eq!(course(2e-3), Course::Overshoots);
        assert_eq!(course(1e-2), Course::Escapes);
    }

    #[test]
    fn the_places_show_what_the_course_is_called() {
        let last = |rate: f64| places(rate, 1e-3).last().map_or(0.0, |place| place.abs());
        assert!(last(1e-6) > 0.5);
        assert!(last(1e-4) < 0.05);
        assert!(last(2e-3) < 0.05);
        assert_eq!(last(1e-2), REACH);
        assert_eq!(places(1e-4, 1e-3).len(), STEPS + 1);
    }

    #[test]
    fn everything_lies_within_the_drawing() {
        for place in [-REACH, 0.0, REACH] {
            let (x, y) = point(place);
            assert!((0.0..=WIDTH).contains(&x) && (0.0..=HEIGHT).contains(&y));
        }
        assert_eq!(point(0.0).0, WIDTH / 2.0);
        assert!(point(0.0).1 > point(1.0).1, "the floor is at the bottom");
    }
}
