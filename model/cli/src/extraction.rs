//! Features of films, on several threads.

use std::{sync::mpsc, thread};

use burn::tensor::Device;
use imaging::dataset::Dataset;
use mobilenet::weights::Weights;
use training::features::{Extractor, FeatureKey, Features, View, input};

use crate::Problem;

/// Features of all the views, on as many threads as there are processors.
///
/// # Errors
/// When the weights do not fit, or a thread fails.
pub fn extract(
    dataset: &Dataset,
    views: &[View],
    weights: &Weights,
    key: &FeatureKey,
    device: &Device,
) -> Result<Vec<(View, Features)>, Problem> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let (send, receive) = mpsc::channel();
    thread::scope(|scope| -> Result<(), Problem> {
        for share in views.chunks(views.len().div_ceil(threads).max(1)) {
            let send = send.clone();
            let extractor = Extractor::new(weights, key, device)?;
            scope.spawn(move || {
                for &view in share {
                    let features =
                        pollster::block_on(extractor.extract(&input(dataset, view, key)));
                    if send.send((view, features)).is_err() {
                        return;
                    }
                }
            });
        }
        Ok(())
    })?;
    drop(send);
    receive
        .into_iter()
        .map(|(view, features)| Ok((view, features?)))
        .collect()
}
