//! The worker that computes where there is no GPU.

use engine::adapter::decision;
use engine_core::device::{Opened, selection::Decision};
use protocol::{DeviceChoice, DeviceReason};

fn main() {
    engine::start(open);
}

/// The CPU, and why. `workers` is how many compute features beside it.
async fn open(choice: DeviceChoice, workers: usize) -> Opened {
    let reason = match decision(choice).await {
        Decision::Cpu(reason) => reason,
        Decision::TryGpu { .. } => DeviceReason::NoGpuProgram,
    };
    Opened::cpu(workers, reason)
}
