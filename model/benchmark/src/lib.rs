//! What `cargo xtask bench` times of our own arithmetic: the same source in the browser and natively, so that the two can be
//! compared. Never a part of the site.

mod check;
mod exercise;
mod made_up;

pub use check::{Time, check};
pub use exercise::{Exercise, ExerciseError, Recipe, Sizes};
pub use made_up::image;
