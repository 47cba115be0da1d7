//! What cannot be computed.

use mobilenet::{
    frozen::{ComputeError, FrozenBackbone, MIN_SIDE, Request},
    weights::{Weights, WeightsError},
};
use safetensors::tensor::TensorView;

use crate::{READINGS, backbone, compute, film};

#[test]
fn input_that_does_not_fit_the_side_is_refused() {
    for (side, numbers) in [
        (64, 64 * 64 - 1),
        (64, 64 * 64 + 1),
        (64, 0),
        (usize::MAX, 1),
    ] {
        for reading in READINGS {
            let request = Request {
                side,
                reading,
                cut: 3,
            };
            assert_eq!(
                backbone().compute(&request, &vec![0.0; numbers]),
                Err(ComputeError::Input { side, numbers })
            );
        }
    }
}

#[test]
fn films_below_the_least_side_are_refused() {
    for side in [0, 1, MIN_SIDE - 1] {
        for reading in READINGS {
            let request = Request {
                side,
                reading,
                cut: 3,
            };
            assert_eq!(
                backbone().compute(&request, &film(side)),
                Err(ComputeError::TooSmall { side })
            );
        }
    }
}

#[test]
fn more_frozen_stages_than_the_reading_has_are_refused() {
    for reading in READINGS {
        let depth = reading.depth();
        let request = Request {
            side: 64,
            reading,
            cut: depth + 1,
        };
        assert_eq!(
            backbone().compute(&request, &film(64)),
            Err(ComputeError::TooDeep {
                cut: depth + 1,
                depth
            })
        );
    }
}

#[test]
fn a_refused_film_leaves_the_backbone_as_it_was() {
    let mut backbone = backbone();
    let reading = READINGS[0];
    let before = compute(&mut backbone, 64, reading, 4);
    let request = Request {
        side: 96,
        reading,
        cut: 4,
    };
    assert!(backbone.compute(&request, &[0.0; 3]).is_err());
    assert_eq!(compute(&mut backbone, 64, reading, 4), before);
}

#[test]
fn weights_without_tensors_are_refused() {
    let none: [(&str, TensorView<'_>); 0] = [];
    let bytes = safetensors::serialize(none, None).expect("an empty file");
    let weights = Weights::parse(&bytes).expect("a whole file");
    assert!(matches!(
        FrozenBackbone::new(&weights),
        Err(WeightsError::Tensor(_))
    ));
}
