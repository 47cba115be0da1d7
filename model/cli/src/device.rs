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
    /// Not built: a sentence says why, and what to take instead.
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
        #[cfg(not(feature = "wgpu"))]
        DeviceChoice::Wgpu => Err("this program was built without WebGPU: `cargo xtask train --device wgpu` builds it with it, or cargo with `--features wgpu`".into()),
        DeviceChoice::Cuda => Err("CUDA is not built in: take --device wgpu, which reaches NVIDIA's graphics processors by the Vulkan of their own driver".into()),
    }
}

#[cfg(feature = "wgpu")]
fn tested((device, name): (Device, String)) -> Result<Opened, Problem> {
    pollster::block_on(training::graphics_processor::tested(&device, &name))?;
    eprintln!("training on {name}");
    Ok(Opened {
        device,
        read_every: 4,
    })
}
