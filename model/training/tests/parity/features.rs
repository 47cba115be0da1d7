//! What the backbone makes of a film.

use burn::tensor::{Device, Tensor, TensorData};
use imaging::settings::{Network, Pooling};
use mobilenet::architecture::{STAGES, input_shape};
use pollster::block_on;
use training::{
    backbone::{Backbone, normalise},
    features::{Extractor, FeatureKey},
};

use crate::{
    ROUNDING,
    golden::{BackboneGolden, StageGolden, assert_close, cosine, film, golden, norm},
    values, weights,
};

/// Folded and rounded weights against those as they were trained: least cosine of the features. The film is like none
/// that the weights were rounded by.
const COSINE: f64 = 0.999;

const SIDE: usize = 224;

/// What the network reads of the test film, with the backbone cut before stage `cut` and joined again.
fn pooling(pooling: Pooling, cut: usize) -> Vec<f32> {
    let key = FeatureKey {
        side: SIDE,
        network: Network::Pretrained(pooling),
        cut,
        augmentation: None,
    };
    let extractor = Extractor::new(&weights(), &key, &Device::flex()).expect("weights that fit");
    block_on(extractor.extract(&film(SIDE)))
        .expect("features")
        .embedding
}

#[test]
fn averaged_features_are_those_of_the_reference() {
    let golden: BackboneGolden = golden("backbone");
    let found = pooling(Pooling::GlobalAverage, STAGES);
    assert_close("averaged features", &found, &golden.folded.pooled, ROUNDING);
    let cosine = cosine(&found, &golden.original.pooled);
    assert!(
        cosine >= COSINE,
        "cosine to the unfolded features: {cosine}, at least {COSINE} expected"
    );
}

#[test]
fn grid_features_are_those_of_the_reference() {
    let golden: BackboneGolden = golden("backbone");
    let found = pooling(Pooling::Grid, 12);
    assert_close("grid features", &found, &golden.folded.grid, ROUNDING);
    let cosine = cosine(&found, &golden.original.grid);
    assert!(
        cosine >= COSINE,
        "cosine to the unfolded features: {cosine}, at least {COSINE} expected"
    );
}

#[test]
fn each_stage_puts_out_what_the_reference_does() {
    let golden: BackboneGolden = golden("backbone");
    assert_eq!(golden.folded.stages.len(), STAGES);
    let device = Device::flex();
    let weights = weights();
    let mut x = normalise(Tensor::from_data(
        TensorData::new(film(SIDE), [1, 1, SIDE, SIDE]),
        &device,
    ));
    for (
        stage,
        StageGolden {
            mean,
            deviation,
            output,
        },
    ) in golden.folded.stages.iter().enumerate()
    {
        assert_eq!(
            x.dims()[1..],
            input_shape(stage, SIDE),
            "input of stage {stage}"
        );
        x = Backbone::new(&weights, stage..stage + 1, &device)
            .expect("weights that fit")
            .forward(x);
        assert_eq!(x.dims()[..], output.shape, "output of stage {stage}");
        let found = values(x.clone());
        output.assert_close(&format!("stage {stage}"), &found, ROUNDING);
        let n = found.len() as f64;
        let found_mean = found.iter().copied().map(f64::from).sum::<f64>() / n;
        let spread = norm(found.iter().map(|value| value - found_mean as f32)) / n.sqrt() as f32;
        // A mean near 0 is a small difference of large numbers: it is measured by the spread.
        let off = (found_mean - f64::from(*mean)).abs() / f64::from(*deviation);
        assert!(
            off <= ROUNDING,
            "mean of stage {stage}: {found_mean} instead of {mean}"
        );
        assert_close(
            &format!("deviation of stage {stage}"),
            &[spread],
            &[*deviation],
            ROUNDING,
        );
    }
}
