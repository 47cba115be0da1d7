//! What a training runs on.

use burn::tensor::Device;
use clap::ValueEnum;

use crate::Problem;

/// What `--device` says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum DeviceChoice {
    /// The processor.
    #[default]
    Cpu,
    /// A graphics processor by WebGPU, on whatever this computer has for it: Vulkan, Metal or DirectX.
    Wgpu,
    /// A graphics processor of NVIDIA by CUDA.
    Cuda,
}

/// What computes, ready for work.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Without autodiff.
    pub device: Device,
    /// Steps after which results are read back; each reading waits for a graphics processor.
    pub read_every: usize,
}

/// # Errors
/// A sentence when this program was built without the device, there is none, or it computes wrongly.
pub fn open(choice: DeviceChoice) -> Result<Opened, Problem> {
    match choice {
        DeviceChoice::Cpu => Ok(Opened {
            device: Device::flex(),
            read_every: 1,
        }),
        #[cfg(feature = "wgpu")]
        DeviceChoice::Wgpu => tested(training::graphics_processor::open()?),
        #[cfg(feature = "cuda")]
        DeviceChoice::Cuda => tested(training::graphics_processor::open_cuda()?),
        #[cfg(not(feature = "wgpu"))]
        DeviceChoice::Wgpu => Err(left_out("WebGPU", "wgpu")),
        #[cfg(not(feature = "cuda"))]
        DeviceChoice::Cuda => Err(left_out("CUDA", "cuda")),
    }
}

#[cfg(any(feature = "wgpu", feature = "cuda"))]
fn tested((device, name): (Device, String)) -> Result<Opened, Problem> {
    pollster::block_on(training::graphics_processor::tested(&device, &name))?;
    eprintln!("training on {name}");
    Ok(Opened {
        device,
        read_every: 4,
    })
}

#[cfg(not(all(feature = "wgpu", feature = "cuda")))]
fn left_out(name: &str, feature: &str) -> Problem {
    format!("this program was built without {name}: `cargo xtask train --device {feature}` builds it with it, or cargo with `--features {feature}`").into()
}
