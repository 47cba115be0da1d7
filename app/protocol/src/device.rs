//! What computes, and why.

use serde::{Deserialize, Serialize};

/// What the user or the link asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeviceChoice {
    #[default]
    Automatic,
    Cpu,
    WebGpu,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceReport {
    pub device: DeviceName,
    pub reason: DeviceReason,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeviceName {
    Cpu { workers: usize },
    WebGpu { name: String },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeviceReason {
    /// A hardware GPU that passed the self-test.
    GpuPassedSelfTest,
    /// The link asked for this device.
    AskedFor,
    /// The browser has no WebGPU.
    NoWebGpu,
    /// WebGPU is there, but no adapter.
    NoAdapter,
    /// The adapter is an emulation on the CPU, slower than the CPU itself.
    SoftwareAdapter { name: String },
    /// There is a GPU, but the program for it could not be fetched.
    NoGpuProgram,
    /// The GPU computed other numbers than the stored reference.
    SelfTestFailed { detail: String },
    /// The GPU was lost or reported an error in use.
    GpuFailed { detail: String },
}
