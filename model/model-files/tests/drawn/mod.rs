//! Networks whose weights are drawn, and images.
#![allow(dead_code, reason = "each test uses a part of them")]

use checkpoint::{NamedTensor, TrainedNetwork};
use imaging::settings::{FineTuning, Network, Pooling, Settings};
use mobilenet::weights::Weights;
use model_card::{Card, Images, Score, Set};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

pub fn weights() -> Weights {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../public/weights/mobilenetv2.safetensors"
    );
    let bytes = std::fs::read(path).expect("the weights");
    Weights::parse(&bytes).expect("whole weights")
}

pub struct Kind {
    pub name: &'static str,
    pub network: Network,
    /// Stages that learnt.
    pub stages: usize,
    pub classes: usize,
    pub side: usize,
}

const fn kind(
    name: &'static str,
    network: Network,
    stages: usize,
    classes: usize,
    side: usize,
) -> Kind {
    Kind {
        name,
        network,
        stages,
        classes,
        side,
    }
}

const GRID: Network = Network::Pretrained(Pooling::Grid);
const AVERAGE: Network = Network::Pretrained(Pooling::GlobalAverage);

pub const KINDS: [Kind; 8] = [
    kind("frozen-grid", GRID, 0, 2, 224),
    kind("frozen-average", AVERAGE, 0, 5, 224),
    kind("tuned-grid", GRID, 2, 5, 224),
    kind("tuned-average", AVERAGE, 3, 2, 128),
    kind("all-tuned-average", AVERAGE, 19, 2, 224),
    kind("small-grid", GRID, 14, 3, 96),
    kind("scratch", Network::Scratch, 0, 2, 224),
    kind("scratch-five", Network::Scratch, 0, 5, 64),
];

/// What a file holds: names and shapes, then what stays frozen.
pub fn network(kind: &Kind, weights: &Weights) -> TrainedNetwork {
    let mut random = ChaCha8Rng::seed_from_u64(kind.classes as u64 + kind.side as u64);
    let settings = Settings {
        network: kind.network,
        film_side: kind.side,
        fine_tuning: (kind.stages > 0).then(|| FineTuning {
            stages: kind.stages,
            ..FineTuning::default()
        }),
        ..Settings::default()
    };
    let mut tensors = Vec::new();
    let mut draw = |name: &str, shape: &[usize], limit: f32| {
        let values = (0..shape.iter().product()).map(|_| random.random_range(-limit..=limit));
        tensors.push(NamedTensor {
            name: name.to_owned(),
            shape: shape.to_vec(),
            values: values.collect(),
        });
    };
    let classes = kind.classes;
    match kind.network {
        Network::Scratch => {
            for (place, (input, output)) in [(1, 16), (16, 32), (32, 64)].into_iter().enumerate() {
                let limit = (6.0 / (9 * input) as f32).sqrt();
                let name = format!("scratch.convolution.{place}");
                draw(&format!("{name}.weight"), &[output, input, 3, 3], limit);
                draw(&format!("{name}.bias"), &[output], 0.1);
            }
            draw("scratch.output.weight", &[64, classes], 3.0);
            draw("scratch.output.bias", &[classes], 0.1);
        }
        Network::Pretrained(pooling) => {
            let features = match pooling {
                Pooling::Grid => 1536,
                Pooling::GlobalAverage => 1280,
            };
            draw("head.hidden.weight", &[features, 256], 0.1);
            draw("head.hidden.bias", &[256], 0.1);
            draw("head.output.weight", &[256, classes], 0.1);
            draw("head.output.bias", &[classes], 0.1);
        }
    }
    for (name, shape) in last_stages(kind) {
        let mut values = weights
            .numbers(&name, &shape)
            .expect("a part of the backbone");
        for value in &mut values {
            *value *= random.random_range(0.97..1.03);
        }
        tensors.push(NamedTensor {
            name: format!("backbone.{name}"),
            shape,
            values,
        });
    }
    TrainedNetwork {
        settings,
        classes: (0..classes).map(|class| format!("class {class}")).collect(),
        tensors,
    }
}

/// The tensors of the stages that learnt.
fn last_stages(kind: &Kind) -> Vec<(String, Vec<usize>)> {
    let Network::Pretrained(pooling) = kind.network else {
        return Vec::new();
    };
    let depth = match pooling {
        Pooling::Grid => 14,
        Pooling::GlobalAverage => 19,
    };
    let residuals = mobilenet::architecture::inverted_residuals();
    let mut tensors = Vec::new();
    let mut add = |name: String, shape: [usize; 4]| {
        tensors.push((format!("{name}.weight"), shape.to_vec()));
        tensors.push((format!("{name}.bias"), vec![shape[0]]));
    };
    for stage in depth - kind.stages..depth {
        match stage {
            0 => add("0.conv".into(), [32, 3, 3, 3]),
            18 => add("18.conv".into(), [1280, 320, 1, 1]),
            _ => {
                let shape = &residuals[stage - 1];
                let (input, hidden) = (shape.input, shape.hidden);
                if hidden != input {
                    add(format!("{stage}.expand"), [hidden, input, 1, 1]);
                }
                add(format!("{stage}.depthwise"), [hidden, 1, 3, 3]);
                add(format!("{stage}.project"), [shape.output, hidden, 1, 1]);
            }
        }
    }
    tensors
}

/// Smooth grey fields with a disc, `[side * side]`.
pub fn images(n: usize, side: usize) -> Vec<Vec<f32>> {
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let images = (0..n).map(|_| {
        let [x0, y0, radius, slope, level]: [f32; 5] = std::array::from_fn(|_| random.random());
        let pixels = (0..side * side).map(|place| {
            let (x, y) = (
                (place % side) as f32 / side as f32,
                (place / side) as f32 / side as f32,
            );
            let inside = (x - x0).hypot(y - y0) < 0.1 + 0.3 * radius;
            let noise: f32 = random.random_range(-0.05..0.05);
            (level * 0.6 + slope * x * 0.3 + if inside { 0.3 } else { 0.0 } + noise).clamp(0.0, 1.0)
        });
        pixels.collect()
    });
    images.collect()
}

pub fn card() -> Card {
    Card {
        made_with: "Firstread 0.1.0".into(),
        intended_use: "For teaching. Not for patients.".into(),
        limits: vec!["It has seen 40 images.".into()],
        images: Images {
            title: "Drawn </script> images".into(),
            split: "by patient".into(),
            sets: vec![Set {
                name: "train".into(),
                images: 40,
                by_class: vec![20, 20],
                patients: Some(30),
            }],
            ..Images::default()
        },
        scores: vec![Score {
            name: "Accuracy".into(),
            value: 0.875,
            low: Some(0.71),
            high: Some(0.95),
            n: 24,
        }],
    }
}
