//! WebGPU in a worker of a real browser: that it is there, and that it computes what the CPU computes.
//!
//! Run by `cargo xtask test`, which starts the browser so that it has an adapter, if only an emulated one.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use std::sync::{Arc, OnceLock};

use burn::tensor::Device;
use burn_wgpu::wgpu;
use engine::adapter;
use engine_core::device::{Compute, selection::GpuFacts, self_test::agree};
use engine_gpu::device;
use gloo_timers::future::sleep;
use imaging::{
    dataset::{Dataset, Sample},
    film::Film,
    incidental::Incidentals,
    report::Report,
    settings::{Network, Settings},
};
use mobilenet::weights::Weights;
use std::time::Duration;
use training::{
    features::{FeatureKey, FeatureStore, Features, input},
    run::Run,
};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

/// Side of the films that the network is trained on, in pixels: an emulated GPU is slow.
const SIDE: usize = 32;

/// Largest difference between the two devices, as a share of the largest number. Single precision,
/// added up in another order, through two steps of Adam.
const TOLERANCE: f32 = 2e-3;

#[wasm_bindgen_test]
async fn there_is_an_adapter() {
    let facts = adapter::look().await;
    assert!(
        matches!(facts, GpuFacts::Adapter { .. }),
        "no adapter to test with: {facts:?}"
    );
}

#[wasm_bindgen_test]
async fn webgpu_trains_as_the_cpu_does() {
    engine::run_constructors();
    let gpu = device::open_gpu()
        .await
        .unwrap_or_else(|error| panic!("no GPU: {error}"));
    let gpu = Compute::Gpu(gpu);
    let on_cpu = train(&Device::flex()).await;
    let on_gpu = train(&gpu.device()).await;
    assert_eq!(gpu.failure(), None);
    agree(&on_cpu, &on_gpu, TOLERANCE).unwrap_or_else(|difference| {
        panic!("WebGPU and CPU differ: {difference}\nCPU {on_cpu:?}\nGPU {on_gpu:?}")
    });
}

#[wasm_bindgen_test]
async fn a_refused_shader_counts_as_failure() {
    let (device, queue) = plain_device().await;
    let failure = device::watch(&device);
    let _refused = device.create_shader_module(wgpu::ShaderModuleDescriptor {
        label: Some("not a shader"),
        source: wgpu::ShaderSource::Wgsl("@compute fn main() { no_such_function(); }".into()),
    });
    // The browser hands its commands to the GPU's process with the next submission, as in real work.
    queue.submit([]);
    assert!(
        told(&failure).await.is_some(),
        "nothing was told of the refused shader"
    );
}

#[wasm_bindgen_test]
async fn a_lost_gpu_counts_as_failure() {
    let (device, _) = plain_device().await;
    let failure = device::watch(&device);
    device.destroy();
    let detail = told(&failure).await;
    assert!(
        detail.is_some_and(|detail| detail.contains("lost")),
        "nothing was told of the loss"
    );
}

/// What is reported within five seconds.
async fn told(failure: &Arc<OnceLock<String>>) -> Option<String> {
    for _ in 0..100 {
        if let Some(detail) = failure.get() {
            return Some(detail.clone());
        }
        sleep(Duration::from_millis(50)).await;
    }
    None
}

async fn plain_device() -> (wgpu::Device, wgpu::Queue) {
    let instance = wgpu::Instance::new(wgpu::InstanceDescriptor {
        backends: wgpu::Backends::BROWSER_WEBGPU,
        ..wgpu::InstanceDescriptor::new_without_display_handle()
    });
    let adapter = instance.request_adapter(&Default::default()).await.unwrap();
    adapter.request_device(&Default::default()).await.unwrap()
}

/// Trains a small network for two epochs of one batch: the losses and probabilities of all steps, the
/// validation losses, and what the network answers in the end.
async fn train(device: &Device) -> Vec<f32> {
    let films = films();
    let settings = Settings {
        network: Network::Scratch,
        film_side: SIDE,
        epochs: 2,
        fine_tuning: None,
        learning_rate: 1e-3,
        ..Settings::default()
    };
    let weights = Weights::parse(b"\x02\0\0\0\0\0\0\0{}").unwrap();
    let key = FeatureKey::of(&settings);
    let mut run = Run::new(&settings, &films.summary(false), &weights, device, 1).unwrap();
    let mut store = FeatureStore::new(key);
    for view in run.views() {
        let features = Features {
            embedding: input(&films, view, &key),
            feature_map: Vec::new(),
        };
        store.insert(view, features);
    }
    let mut numbers = Vec::new();
    while !run.is_done() {
        for report in run.next(&store).await.unwrap() {
            match report {
                Report::Step(step) => {
                    numbers.push(step.loss);
                    numbers.extend(step.batch.into_iter().flat_map(|film| film.probabilities));
                }
                Report::Epoch(epoch) => numbers.push(epoch.validation.loss),
            }
        }
    }
    numbers.extend(run.classify(&films.samples[0].film).await.unwrap());
    numbers
}

/// Two classes of seven films: brighter to the left, or to the right.
fn films() -> Dataset {
    let samples = (0..14).map(|number| {
        let class = number % 2;
        let pixels = (0..SIDE * SIDE).map(|place| {
            let (x, y) = (place % SIDE, place / SIDE);
            let slope = if class == 0 { SIDE - x } else { x };
            (slope * 1500 + (y * (number + 3)) % 7 * 900) as u16
        });
        Sample {
            name: format!("{number}.png"),
            class,
            patient: None,
            part: None,
            film: Film::new(SIDE as u32, SIDE as u32, pixels.collect()).unwrap(),
            width: SIDE as u32,
            height: SIDE as u32,
            facts: None,
            incidentals: Incidentals::default(),
            file: 0,
        }
    });
    Dataset {
        depth: imaging::decode::PackDepth::default(),
        title: "slopes".to_owned(),
        task: imaging::task::Task::Region,
        licence: None,
        attribution: None,
        classes: vec!["left".to_owned(), "right".to_owned()],
        samples: samples.collect(),
        odd: Vec::new(),
        skipped: Vec::new(),
    }
}
