//! What a room of learners shares without a server: codes of finished runs, and what comes of them pooled.

pub mod code;
pub mod picture;
pub mod plot;
pub mod pool;
pub mod result;
pub mod timing;
