//! One run over several processes or computers: a driver that trains, and workers that compute parts of its steps.
//!
//! What they say to each other is not encrypted. Both know a token, which is never sent.

mod address;
mod bench;
mod crew;
mod door;
mod handshake;
mod line;
mod messages;
mod serving;

pub use address::{Address, PORT};
pub use crew::Workers;
pub use handshake::Token;
pub use serving::Worker;
