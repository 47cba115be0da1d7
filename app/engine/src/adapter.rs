//! What the browser says of its GPU, and what follows from it.

use engine_core::device::selection::{Decision, GpuFacts, adapter_name, decide};
use protocol::DeviceChoice;
use wasm_bindgen::prelude::*;

use super::worker_scope;

/// Which device to take; the browser is only asked where the answer matters.
pub async fn decision(choice: DeviceChoice) -> Decision {
    let facts = match choice {
        DeviceChoice::Cpu => GpuFacts::Absent,
        DeviceChoice::Automatic | DeviceChoice::WebGpu => look().await,
    };
    decide(choice, facts)
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
