//! The engine with burn's GPU part: it trains on WebGPU where that passes its self-test, else on the CPU.

pub mod device;
