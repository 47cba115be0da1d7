//! What computes, and what follows when it fails.

pub mod selection;

pub use training::self_test;

use std::sync::{Arc, OnceLock};

use burn::tensor::Device;
use imaging::report::TrainError;
use protocol::{DeviceName, DeviceReason, DeviceReport, Event, Failure};

use crate::{run::WantedRun, session::Session};
use selection::{AfterWork, after_work};

/// Steps after which a GPU's results are read back; each reading waits for the GPU.
const GPU_READ_EVERY: usize = 4;

/// What computes.
#[derive(Clone)]
pub enum Compute {
    Cpu,
    Gpu(Gpu),
}

/// A GPU that has passed its self-test.
#[derive(Clone)]
pub struct Gpu {
    pub device: Device,
    /// What it failed with, once it has.
    pub failure: FirstError,
}

/// The first error of a device, once there is one.
pub type FirstError = Arc<OnceLock<String>>;

/// A chosen device and what to tell of it.
pub struct Opened {
    pub compute: Compute,
    pub report: DeviceReport,
}

impl Opened {
    pub fn cpu(workers: usize, reason: DeviceReason) -> Self {
        Self {
            compute: Compute::Cpu,
            report: DeviceReport {
                device: DeviceName::Cpu { workers },
                reason,
            },
        }
    }
}

impl Compute {
    /// Without autodiff.
    pub fn device(&self) -> Device {
        match self {
            Self::Cpu => Device::flex(),
            Self::Gpu(gpu) => gpu.device.clone(),
        }
    }

    /// Steps after which results should be read back.
    pub fn read_every(&self) -> usize {
        match self {
            Self::Cpu => 1,
            Self::Gpu(_) => GPU_READ_EVERY,
        }
    }

    /// Why nothing that it computes can be trusted any more.
    pub fn failure(&self) -> Option<String> {
        match self {
            Self::Cpu => None,
            Self::Gpu(gpu) => gpu.failure.get().cloned(),
        }
    }

    pub fn is_cpu(&self) -> bool {
        matches!(self, Self::Cpu)
    }
}

impl Session {
    /// After work on the device: falls back if that has failed, else gives back the error.
    pub(crate) fn check_device(&mut self, error: Option<TrainError>) -> Option<TrainError> {
        let on_cpu = self.compute.as_ref().is_some_and(Compute::is_cpu);
        let reported = self.compute.as_ref().and_then(Compute::failure);
        match after_work(on_cpu, reported, error) {
            AfterWork::GoOn => None,
            AfterWork::Fail(error) => Some(error),
            AfterWork::FallBack { detail } => {
                self.fall_back(detail);
                None
            }
        }
    }

    /// Before the network is asked: falls back if its GPU has failed meanwhile, which takes the network away.
    pub(crate) fn leave_failed_device(&mut self) {
        self.check_device(None);
    }

    /// Goes on on the CPU after the GPU has failed: a run in progress begins again with the same
    /// settings, a network that was trained is lost with the GPU.
    fn fall_back(&mut self, detail: String) {
        let reason = DeviceReason::GpuFailed {
            detail: detail.clone(),
        };
        if let Some(active) = self.active.take() {
            if active.in_progress() && !active.returns() {
                self.wanted.get_or_insert(WantedRun {
                    id: active.id,
                    settings: active.settings,
                    mode: active.mode,
                    cut_off: None,
                    before: active.before,
                });
            } else {
                self.host.post(Event::RunFailed {
                    run: active.id,
                    failure: Failure::DeviceFailed {
                        detail: detail.clone(),
                    },
                });
            }
        }
        self.explanations.forget_network();
        self.fail_experiment(Failure::DeviceFailed {
            detail: detail.clone(),
        });
        self.fail_measuring(Failure::DeviceFailed { detail });
        self.features.clear();
        self.device_opened(Opened::cpu(self.workers, reason));
    }
}
