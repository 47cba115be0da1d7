//! What each place contributes to the logit, against finite differences.

use burn::module::Param;
use pollster::block_on;

use super::*;
use crate::{
    features::{FeatureKey, depth, embedding_len},
    head::HIDDEN,
};
use imaging::settings::{Network, Pooling, Settings};

const SIDE: usize = 64;

/// The class whose logit is looked at.
const CLASS: usize = 1;

/// The share of a place's activations that is added and taken away.
const STEP: f32 = 1e-2;

fn weights() -> Weights {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../public/weights/mobilenetv2.safetensors"
    );
    let bytes = std::fs::read(path).expect("the weights are in the repository");
    Weights::parse(&bytes).expect("whole weights")
}

/// A frozen backbone below a head of random weights.
fn network(pooling: Pooling) -> Explainer {
    let device = Device::flex().autodiff();
    let key = FeatureKey {
        cut: depth(pooling),
        ..FeatureKey::of(&Settings {
            network: Network::Pretrained(pooling),
            film_side: SIDE,
            fine_tuning: None,
            ..Settings::default()
        })
    };
    let config = HeadConfig {
        features: embedding_len(pooling),
        classes: 2,
    };
    let head = config.init(&mut other_random(1), &device);
    Explainer {
        extractor: Extractor::new(&weights(), &key, &device).expect("an extractor"),
        trainable: TrainableModel::Head(head),
        classes: 2,
        device,
    }
}

/// The grid below a head whose logit is the left half of each map less the right half.
fn left_less_right() -> Explainer {
    let network = network(Pooling::Grid);
    let features = embedding_len(Pooling::Grid);
    let mut hidden = vec![0.0; features * HIDDEN];
    for feature in 0..features {
        // Four columns in a row of the grid.
        let sign = if feature % 4 < 2 { 1.0 } else { -1.0 };
        hidden[feature * HIDDEN] = sign;
        hidden[feature * HIDDEN + 1] = -sign;
    }
    let mut output = vec![0.0; HIDDEN * 2];
    output[CLASS] = 1.0;
    output[2 + CLASS] = -1.0;
    let weights =
        |values: Vec<f32>, shape| Param::from_data(TensorData::new(values, shape), &network.device);
    let TrainableModel::Head(mut head) = network.trainable.clone() else {
        panic!("a head");
    };
    head.hidden.weight = weights(hidden, [features, HIDDEN]);
    head.output.weight = weights(output, [HIDDEN, 2]);
    Explainer {
        trainable: TrainableModel::Head(head),
        ..network
    }
}

fn input() -> Vec<f32> {
    let grey = |at: usize| ((at % SIDE * 7 + at / SIDE * 3) % 61) as f32 / 61.0;
    (0..SIDE * SIDE).map(grey).collect()
}

/// How the logit changes with all activations of each place, by central differences, as a map is scaled.
fn contributions(network: &Explainer) -> Vec<f32> {
    let maps = block_on(network.maps(&input())).expect("maps");
    let [_, channels, height, width] = maps.dims();
    let values = block_on(read(maps)).expect("values");
    let cells = height * width;
    let logit = |cell: usize, factor: f32| {
        let mut changed = values.clone();
        for channel in 0..channels {
            changed[channel * cells + cell] *= factor;
        }
        let data = TensorData::new(changed, [1, channels, height, width]);
        let logits = network.read_out(Tensor::from_data(data, &network.device));
        block_on(read(logits.inner())).expect("logits")[CLASS]
    };
    let slope = |cell| (logit(cell, 1.0 + STEP) - logit(cell, 1.0 - STEP)) / (2.0 * STEP);
    to_unit((0..cells).map(|cell| f32::max(slope(cell), 0.0)).collect())
}

#[test]
fn a_map_tells_what_each_place_adds_to_the_logit() {
    let networks = [
        ("average", network(Pooling::GlobalAverage)),
        ("grid", network(Pooling::Grid)),
        ("left less right", left_less_right()),
    ];
    for (name, network) in networks {
        let map = block_on(network.heat(&input(), CLASS)).expect("a map");
        let expected = contributions(&network);
        assert!(
            expected.contains(&1.0),
            "{name}: some place speaks for the class"
        );
        for (place, (found, expected)) in map.values.iter().zip(&expected).enumerate() {
            let apart = (found - expected).abs();
            assert!(
                apart < 0.02,
                "{name}, place {place}: {found} against {expected}"
            );
        }
    }
}
