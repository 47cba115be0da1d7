//! Chooses what computes, sets up the GPU and watches it.
//!
//! In the browser a shader that the GPU refuses is left out without an error where it is used, and
//! what lay in the memory before comes back as its result (cubecl issue 1641). So every error that the
//! device reports counts as its failure, and it has to compute a small network rightly first.

use std::sync::Arc;

use burn::tensor::{
    Device,
    wgpu::{
        WgpuSetup,
        wgpu::{self, ErrorFilter},
    },
};
use engine::adapter::decision;
use engine_core::device::{Compute, FirstError, Gpu, Opened, selection::Decision, self_test};
use protocol::{DeviceChoice, DeviceName, DeviceReason, DeviceReport};

/// Chooses a device. To be called once a worker, since a GPU can be set up only once in it.
/// `workers` is how many the CPU would have.
pub async fn open(choice: DeviceChoice, workers: usize) -> Opened {
    match decision(choice).await {
        Decision::Cpu(reason) => Opened::cpu(workers, reason),
        Decision::TryGpu { name, reason } => match open_gpu().await {
            Ok(gpu) => Opened {
                compute: Compute::Gpu(gpu),
                report: DeviceReport {
                    device: DeviceName::WebGpu { name },
                    reason,
                },
            },
            Err(detail) => Opened::cpu(workers, DeviceReason::SelfTestFailed { detail }),
        },
    }
}

/// Sets up the GPU and tests it.
///
/// # Errors
/// What it refused or computed wrongly.
pub async fn open_gpu() -> Result<Gpu, String> {
    let (device, setup) = Device::wgpu_options()
        .init_with_setup_async()
        .await
        .map_err(|error| error.to_string())?;
    let failure = watch(&setup.device);
    test(&device, &setup).await?;
    match failure.get() {
        Some(detail) => Err(detail.clone()),
        None => Ok(Gpu { device, failure }),
    }
}

/// The self-test, with every error that the GPU reports meanwhile.
async fn test(device: &Device, setup: &WgpuSetup) -> Result<(), String> {
    let filters = [
        ErrorFilter::Validation,
        ErrorFilter::Internal,
        ErrorFilter::OutOfMemory,
    ];
    let scopes = filters.map(|filter| setup.device.push_error_scope(filter));
    let mut result = self_test::run(device).await;
    // All of them, and the last first: the browser keeps them as a stack.
    for scope in scopes.into_iter().rev() {
        if let Some(error) = scope.pop().await {
            result = Err(error.to_string());
        }
    }
    result
}

/// Keeps the first error of a device. It takes the place of the handler that the runtime installs,
/// which panics, and so would end the worker.
pub fn watch(device: &wgpu::Device) -> FirstError {
    let failure = FirstError::default();
    let lost = failure.clone();
    device.set_device_lost_callback(move |_, message| {
        let _ = lost.set(format!("the GPU was lost: {message}"));
    });
    let refused = failure.clone();
    device.on_uncaptured_error(Arc::new(move |error| {
        let _ = refused.set(error.to_string());
    }));
    failure
}
