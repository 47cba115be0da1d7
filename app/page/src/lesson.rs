//! The lesson: a column of narrative beside the stations, which it opens as it needs them.

mod act;
mod clock;
mod column;
pub mod explain;
pub mod guide;
mod handout;
mod offer;
pub mod pack_fit;
mod predict;
mod reading;
pub mod result;
mod review;
mod start;
pub mod switch;
pub mod texts;

pub use column::{Column, focus_next};
pub use guide::{Guide, Mode};
pub use handout::handout;
pub use offer::LookOffer;
pub use result::found;
