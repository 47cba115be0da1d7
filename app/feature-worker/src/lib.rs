//! A worker of the pool in the browser, and how what it says and is told is written in messages between threads.

pub mod wire;
