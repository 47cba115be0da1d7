//! Plots: numbers to places on a drawing, drawings to SVG and to tables. Without a browser.

pub mod chart;
pub mod direction;
pub mod sketch;
