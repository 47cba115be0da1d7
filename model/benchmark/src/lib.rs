//! What `cargo xtask bench` and `cargo xtask gpu-check` measure of our own arithmetic: the same source in the browser and natively,
//! so that the two can be compared. Never a part of the site.

mod exercise;
mod exercises;
mod losses;
mod made_up;

pub use exercise::{Exercise, ExerciseError, Recipe, Sizes};
pub use exercises::Exercises;
pub use losses::{Course, LossesError, difference_from_cpu};
