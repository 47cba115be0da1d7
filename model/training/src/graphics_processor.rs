//! The graphics processor of this computer, for native programs.

use burn::tensor::{Device, wgpu::WgpuInitError};

use crate::self_test;

/// A device without autodiff, and its name. To be called once in a program.
///
/// # Errors
/// A sentence when there is none, or it cannot be used.
pub fn open() -> Result<(Device, String), String> {
    let opened = Device::wgpu_options().init_with_setup();
    let (device, setup) = opened.map_err(|error| sentence(&error))?;
    let facts = setup.adapter.get_info();
    Ok((device, format!("{} ({:?})", facts.name, facts.backend)))
}

/// Whether it computes as the processor does.
///
/// # Errors
/// A sentence when it does not.
pub async fn tested(device: &Device, name: &str) -> Result<(), String> {
    self_test::run(device)
        .await
        .map_err(|detail| format!("{name} computes wrongly, so nothing is trained on it: {detail}"))
}

fn sentence(error: &WgpuInitError) -> String {
    match error {
        WgpuInitError::AdapterUnavailable { .. } => {
            "no graphics processor with WebGPU was found on this computer: install its driver, or use --device cpu".into()
        }
        error => format!("the graphics processor cannot be used: {error}"),
    }
}
