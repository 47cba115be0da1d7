//! What a file with the trained network says in numbers, and how large it becomes.

use std::collections::BTreeSet;

use imaging::{
    settings::{Network, Pooling, Settings},
    split::Subset,
};
use mobilenet::{
    architecture::{FEATURES, inverted_residuals},
    frozen::Reading,
};
use model_card::{Score, Set};

use crate::state::{AppState, FileForm, Films, Run};

/// The sets of a run, by the names that every file has for them.
pub fn sets(films: &Films, run: &Run) -> Vec<Set> {
    let named = [
        ("train", Subset::Train),
        ("validation", Subset::Validation),
        ("test", Subset::Test),
    ];
    let set = |(name, part): (&str, Subset)| {
        let samples = films.data.samples.iter().zip(&run.parts);
        let members = samples
            .filter(|(_, own)| **own == Some(part))
            .map(|(film, _)| film);
        let mut by_class = vec![0; films.data.classes.len()];
        let mut patients = BTreeSet::new();
        for film in members.clone() {
            if let Some(count) = by_class.get_mut(film.class) {
                *count += 1;
            }
            patients.extend(film.patient.as_deref());
        }
        Set {
            name: name.to_owned(),
            images: members.count(),
            by_class,
            patients: (!patients.is_empty()).then_some(patients.len()),
        }
    };
    named.map(set).into()
}

/// The accuracy on the test set, under this name, if it was opened.
pub fn scores(state: &AppState, accuracy: String) -> Vec<Score> {
    let score = state.opened().map(|opened| {
        let own = &opened.report.scores.accuracy;
        Score {
            name: accuracy,
            value: own.hits as f64 / own.n.max(1) as f64,
            low: Some(own.low),
            high: Some(own.high),
            n: own.n,
        }
    });
    score.into_iter().collect()
}

/// Of the program in the page, in bytes.
const PROGRAM: usize = 400_000;

/// About how large a file becomes, in bytes: a number that was learnt has four, one that stayed frozen one.
pub fn size(settings: &Settings, classes: usize, form: FileForm) -> usize {
    const HIDDEN: usize = 256;
    let numbers = match settings.network {
        Network::Scratch => 4 * (16 * 10 + 32 * (9 * 16 + 1) + 64 * (9 * 32 + 1) + 65 * classes),
        Network::Pretrained(pooling) => {
            let reading = match pooling {
                Pooling::Grid => Reading::Grid,
                Pooling::GlobalAverage => Reading::GlobalAverage,
            };
            let unfrozen = settings.fine_tuning.map_or(0, |tuning| tuning.stages);
            let frozen = reading.depth().saturating_sub(unfrozen);
            let stages = stages().into_iter().take(reading.depth()).enumerate();
            let backbone = stages.map(|(stage, n)| if stage < frozen { n } else { 4 * n });
            let head = (reading.embedding_len() + 1) * HIDDEN + (HIDDEN + 1) * classes;
            backbone.sum::<usize>() + 4 * head
        }
    };
    match form {
        FileForm::Onnx | FileForm::Safetensors => numbers,
        // As text, three bytes are four letters.
        FileForm::Page => (numbers + PROGRAM) * 4 / 3,
    }
}

/// Numbers of each of the backbone's stages.
fn stages() -> Vec<usize> {
    let residuals = inverted_residuals();
    let last = residuals.last().map_or(0, |shape| shape.output);
    let of = |shape: &mobilenet::architecture::InvertedResidual| {
        let expand = match shape.hidden == shape.input {
            true => 0,
            false => (shape.input + 1) * shape.hidden,
        };
        expand + 10 * shape.hidden + (shape.hidden + 1) * shape.output
    };
    let mut numbers = vec![28 * 32];
    numbers.extend(residuals.iter().map(of));
    numbers.push((last + 1) * FEATURES);
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use imaging::settings::FineTuning;

    /// Against files that were written (`model-files/examples/witness_files.rs`).
    #[test]
    fn the_size_is_about_that_of_the_file() {
        let settings = |network, stages| Settings {
            network,
            fine_tuning: (stages > 0).then(|| FineTuning {
                stages,
                ..FineTuning::default()
            }),
            ..Settings::default()
        };
        let grid = Network::Pretrained(Pooling::Grid);
        let average = Network::Pretrained(Pooling::GlobalAverage);
        for (network, stages, classes, onnx) in [
            (grid, 0, 2, 2_204_124_f64),
            (average, 0, 5, 3_662_548.0),
            (grid, 2, 5, 2_892_629.0),
            (average, 3, 2, 7_229_115.0),
            (Network::Scratch, 0, 2, 97_289.0),
        ] {
            let settings = settings(network, stages);
            let size = size(&settings, classes, FileForm::Onnx) as f64;
            assert!((size / onnx - 1.0).abs() < 0.1, "{size} for {onnx}");
        }
    }
}
