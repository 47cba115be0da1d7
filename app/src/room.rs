//! What a room of learners shares without a server: arms, codes of finished runs, and what comes of them pooled.

pub mod code;
