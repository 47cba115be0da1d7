//! What PyTorch makes of the test film.

use std::{fs, path::Path};

use mobilenet::{architecture::STAGES, frozen::Reading};
use serde::Deserialize;

use crate::{
    READINGS, backbone,
    close::{assert_close, norm},
    compute, film,
};

const SIDE: usize = 224;

#[derive(Deserialize)]
struct Golden {
    folded: Folded,
}

/// By the folded and rounded weights.
#[derive(Deserialize)]
struct Folded {
    pooled: Vec<f32>,
    grid: Vec<f32>,
    stages: Vec<Stage>,
}

#[derive(Deserialize)]
struct Stage {
    output: Sample,
}

/// A tensor's norm and every `every`-th of its numbers, row-major.
#[derive(Deserialize)]
struct Sample {
    shape: Vec<usize>,
    norm: f32,
    every: usize,
    values: Vec<f32>,
}

impl Sample {
    fn assert_close(&self, what: &str, found: &[f32]) {
        assert_eq!(
            found.len(),
            self.shape.iter().product::<usize>(),
            "{what}: numbers"
        );
        let sampled: Vec<f32> = found.iter().copied().step_by(self.every).collect();
        assert_close(what, &sampled, &self.values);
        let norm = norm(found.iter().copied()) as f32;
        assert_close(&format!("{what}, norm"), &[norm], &[self.norm]);
    }
}

fn golden() -> Folded {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../reference/backbone.json");
    let text =
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let golden: Golden =
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    golden.folded
}

fn expected(golden: &Folded, reading: Reading) -> &[f32] {
    match reading {
        Reading::GlobalAverage => &golden.pooled,
        Reading::Grid => &golden.grid,
    }
}

#[test]
fn embeddings_are_those_of_the_reference() {
    let golden = golden();
    let mut backbone = backbone();
    for reading in READINGS {
        let found = compute(&mut backbone, SIDE, reading, reading.depth());
        let what = format!("{reading:?}");
        assert_eq!(found.embedding.len(), reading.embedding_len());
        assert_close(&what, &found.embedding, expected(&golden, reading));
        assert!(found.feature_map.is_empty(), "{what}: nothing is unfrozen");
    }
}

#[test]
fn feature_maps_at_each_cut_are_those_of_the_reference() {
    let golden = golden();
    assert_eq!(golden.stages.len(), STAGES);
    let mut backbone = backbone();
    for reading in READINGS {
        let embedding = compute(&mut backbone, SIDE, reading, reading.depth()).embedding;
        for cut in 1..reading.depth() {
            let found = compute(&mut backbone, SIDE, reading, cut);
            let what = format!("stage {}", cut - 1);
            golden.stages[cut - 1]
                .output
                .assert_close(&what, &found.feature_map);
            assert_eq!(found.embedding, embedding, "{reading:?}, cut {cut}");
        }
    }
}

#[test]
fn the_feature_map_before_the_first_stage_is_the_film() {
    for reading in READINGS {
        let found = compute(&mut backbone(), SIDE, reading, 0);
        assert_eq!(found.feature_map, film(SIDE));
        assert_close("embedding", &found.embedding, expected(&golden(), reading));
    }
}
