//! The small pictures beside the settings, as plain geometry: sketches of what a setting does, not measurements.

pub mod decades;
pub mod descent;
pub mod steps;
pub mod units;
