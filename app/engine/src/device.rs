//! Chooses what computes, and watches it: the only place that asks the browser for its GPU.
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
use engine_core::device::{
    Compute, FirstError, Gpu, Opened,
    selection::{Decision, GpuFacts, adapter_name, decide},
    self_test,
};
use protocol::{DeviceChoice, DeviceName, DeviceReason, DeviceReport};
use wasm_bindgen::prelude::*;

use super::worker_scope;

/// Chooses a device. To be called once a worker, since a GPU can be set up only once in it.
/// `workers` is how many the CPU would have.
pub async fn open(choice: DeviceChoice, workers: usize) -> Opened {
    let facts = match choice {
        DeviceChoice::Cpu => GpuFacts::Absent,
        DeviceChoice::Automatic | DeviceChoice::WebGpu => look().await,
    };
    match decide(choice, facts) {
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

/// What the browser says of its GPU.
pub async fn look() -> GpuFacts {
    let navigator: Navigator = worker_scope::scope().navigator().unchecked_into();
    let gpu = navigator.gpu();
    if gpu.is_undefined() || gpu.is_null() {
        return GpuFacts::Absent;
    }
    let options = AdapterOptions::new();
    options.set_power_preference("high-performance");
    let adapter = gpu
        .unchecked_into::<BrowserGpu>()
        .request_adapter(&options)
        .await;
    match adapter {
        Ok(adapter) if adapter.is_object() => facts(&adapter.unchecked_into()),
        _ => GpuFacts::NoAdapter,
    }
}

/// Browsers may leave out any part.
fn facts(adapter: &Adapter) -> GpuFacts {
    let Some(info) = adapter.info() else {
        return GpuFacts::Adapter {
            name: adapter_name("", "", "", ""),
            fallback: false,
        };
    };
    let [description, vendor, architecture, device] = [
        info.description(),
        info.vendor(),
        info.architecture(),
        info.device(),
    ]
    .map(Option::unwrap_or_default);
    GpuFacts::Adapter {
        name: adapter_name(&description, &vendor, &architecture, &device),
        fallback: info.is_fallback_adapter().unwrap_or(false),
    }
}

// The part of WebGPU that tells what an adapter is; `web-sys` has it only behind a compiler flag, and
// `wgpu` leaves out the names.
#[wasm_bindgen]
extern "C" {
    type Navigator;
    #[wasm_bindgen(method, getter)]
    fn gpu(this: &Navigator) -> JsValue;

    #[wasm_bindgen(js_name = Object)]
    type AdapterOptions;
    #[wasm_bindgen(constructor, js_class = "Object")]
    fn new() -> AdapterOptions;
    #[wasm_bindgen(method, setter, js_name = powerPreference)]
    fn set_power_preference(this: &AdapterOptions, preference: &str);

    type BrowserGpu;
    #[wasm_bindgen(method, catch, js_name = requestAdapter)]
    async fn request_adapter(
        this: &BrowserGpu,
        options: &AdapterOptions,
    ) -> Result<JsValue, JsValue>;

    type Adapter;
    #[wasm_bindgen(method, getter)]
    fn info(this: &Adapter) -> Option<AdapterInfo>;

    type AdapterInfo;
    #[wasm_bindgen(method, getter)]
    fn description(this: &AdapterInfo) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn vendor(this: &AdapterInfo) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn architecture(this: &AdapterInfo) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn device(this: &AdapterInfo) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = isFallbackAdapter)]
    fn is_fallback_adapter(this: &AdapterInfo) -> Option<bool>;
}
