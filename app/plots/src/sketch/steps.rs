//! How batch size and epochs make steps: each epoch a row, each batch a box, as wide as it has films.

/// Width of the drawing.
pub const WIDTH: f64 = 240.0;
/// It is at most so high.
const HEIGHT: f64 = 64.0;
/// Boxes closer than this run together and are drawn as one.
const NARROWEST: f64 = 3.0;
const TALLEST: f64 = 10.0;

/// The steps of a run, before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepPlan {
    /// Films that train.
    pub films: usize,
    /// Films in a step.
    pub batch: usize,
    /// Passes with the backbone frozen, or from scratch.
    pub first: usize,
    /// Passes of the fine-tuning.
    pub second: usize,
}

impl StepPlan {
    pub fn steps_per_epoch(&self) -> usize {
        self.films.div_ceil(self.batch.max(1))
    }

    pub fn steps(&self) -> usize {
        self.steps_per_epoch() * (self.first + self.second)
    }

    /// Films in the last step of an epoch.
    pub fn last(&self) -> usize {
        match self.films % self.batch.max(1) {
            0 => self.batch.min(self.films),
            rest => rest,
        }
    }

    /// Height of an epoch's row.
    fn row_height(&self) -> f64 {
        let rows = self.first + self.second;
        (HEIGHT / rows.max(1) as f64).min(TALLEST)
    }

    /// Height of the drawing.
    pub fn height(&self) -> f64 {
        (self.row_height() * (self.first + self.second) as f64).max(1.0)
    }

    /// The boxes of the first stage, or of the second, as the `d` of an SVG path.
    pub fn boxes(&self, second: bool) -> String {
        let rows = self.first + self.second;
        if rows == 0 || self.films == 0 {
            return String::new();
        }
        let row = self.row_height();
        let height = (row * 0.75).max(0.5);
        let range = if second {
            self.first..rows
        } else {
            0..self.first
        };
        range
            .map(|epoch| self.row(epoch as f64 * row, height))
            .collect()
    }

    fn row(&self, y: f64, height: f64) -> String {
        let one =
            |x: f64, width: f64| format!("M{x:.1} {y:.1}h{width:.1}v{height:.1}h-{width:.1}z");
        let film = WIDTH / self.films as f64;
        let whole = film * self.batch as f64;
        if whole < NARROWEST {
            return one(0.0, WIDTH);
        }
        let gap = (whole * 0.15).min(1.5);
        (0..self.steps_per_epoch())
            .map(|step| {
                let films = self.batch.min(self.films - step * self.batch);
                one(step as f64 * whole, (film * films as f64 - gap).max(0.5))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const USUAL: StepPlan = StepPlan {
        films: 116,
        batch: 8,
        first: 5,
        second: 3,
    };

    #[test]
    fn the_last_batch_counts_as_a_step_however_small() {
        assert_eq!(
            (USUAL.steps_per_epoch(), USUAL.last(), USUAL.steps()),
            (15, 4, 120)
        );
        let even = StepPlan { films: 16, ..USUAL };
        assert_eq!((even.steps_per_epoch(), even.last()), (2, 8));
        let few = StepPlan { films: 3, ..USUAL };
        assert_eq!((few.steps_per_epoch(), few.last()), (1, 3));
    }

    #[test]
    fn each_step_of_each_stage_is_a_box() {
        let boxes = |second| USUAL.boxes(second).matches('M').count();
        assert_eq!((boxes(false), boxes(true)), (75, 45));
        assert_eq!(USUAL.height(), HEIGHT);
        let short = StepPlan { second: 0, ..USUAL };
        assert_eq!(short.height(), 5.0 * TALLEST);
    }

    #[test]
    fn too_many_steps_run_together() {
        let many = StepPlan {
            films: 3000,
            batch: 1,
            ..USUAL
        };
        assert_eq!(many.boxes(false).matches('M').count(), 5);
        let none = StepPlan { films: 0, ..USUAL };
        assert_eq!((none.boxes(false), none.steps()), (String::new(), 0));
    }
}
