//! How one film is looked at: its greys, and how it lies on the screen. Nothing of it reaches the network.

pub mod greys;
pub mod placement;
