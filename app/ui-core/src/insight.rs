//! What the screens that look into a trained network compute for themselves: order, geometry and
//! colours, without a browser.

pub mod abstain;
pub mod heat;
pub mod mistakes;
pub mod painting;
pub mod square;
