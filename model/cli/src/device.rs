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
        DeviceChoice::Wgpu => wgpu::open(),
    }
}

#[cfg(feature = "wgpu")]
mod wgpu {
    use training::graphics_processor;

    use super::Opened;
    use crate::Problem;

    pub(super) fn open() -> Result<Opened, Problem> {
        let (device, name) = graphics_processor::open()?;
        pollster::block_on(graphics_processor::tested(&device, &name))?;
        eprintln!("training on {name}");
        Ok(Opened {
            device,
            read_every: 4,
        })
    }
}

#[cfg(not(feature = "wgpu"))]
mod wgpu {
    pub(super) fn open() -> Result<super::Opened, crate::Problem> {
        Err("this program was built without WebGPU: `cargo xtask train --device wgpu` builds it with it, or cargo with `--features wgpu`".into())
    }
}
