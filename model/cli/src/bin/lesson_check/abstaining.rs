//! How often the rule for abstaining holds back, whoever trains and whoever is asked about: of the frozen backbone's features alone, so
//! without a seed.

use std::collections::BTreeSet;

use burn::tensor::Device;
use imaging::{
    dataset::Dataset,
    film::Film,
    ood_score::{Trained, by_patient},
    settings::Settings,
};
use mobilenet::weights::Weights;
use training::features::{Extractor, FeatureKey};

use super::Problem;

/// As the page has it: `ui_core::insight::abstain::DEFAULT`.
const PERCENT: u8 = 95;
/// At most of the images of unseen patients, over all splits, and of one patient's.
const UNSEEN: (f64, f64) = (0.05, 0.25);

/// What becomes of the images that are asked about, in one split.
struct Split {
    test: Vec<bool>,
    odd: Vec<bool>,
    real: Vec<bool>,
}

/// Trains on all patients but two, of which one validates and one tests, in turn; says how many claims fail.
pub fn check(films: &Dataset, real: &Dataset, weights: &Weights) -> Result<usize, Problem> {
    let key = FeatureKey::of(&Settings::default());
    let extractor = Extractor::new(weights, &key, &Device::flex())?;
    let embedding = |film: &Film| -> Result<Vec<f32>, Problem> {
        Ok(pollster::block_on(extractor.extract(&film.input(key.side)))?.embedding)
    };
    let all = |dataset: &Dataset| -> Result<Vec<Vec<f32>>, Problem> {
        let samples = dataset.samples.iter();
        samples.map(|sample| embedding(&sample.film)).collect()
    };
    let (own, real) = (all(films)?, all(real)?);
    let odd: Vec<Vec<f32>> = films
        .odd
        .iter()
        .map(|odd| embedding(&odd.film))
        .collect::<Result<_, _>>()?;
    let patient = |sample: usize| films.samples[sample].patient.as_deref();
    let patients: BTreeSet<&str> = (0..own.len()).filter_map(patient).collect();

    let mut splits = Vec::new();
    for test in &patients {
        for validation in patients.iter().filter(|&other| other != test) {
            let learned: Vec<usize> = (0..own.len())
                .filter(|&sample| ![Some(*test), Some(*validation)].contains(&patient(sample)))
                .collect();
            let embeddings: Vec<&Vec<f32>> = learned.iter().map(|&sample| &own[sample]).collect();
            let groups = by_patient(learned.iter().map(|&sample| patient(sample)));
            let trained = Trained::fit(learned, &embeddings, groups.as_deref())?;
            let held_back = |embedding: &Vec<f32>| -> Result<bool, Problem> {
                Ok(trained.ood_score(embedding, None)?.abstains(PERCENT))
            };
            let of =
                |embeddings: &mut dyn Iterator<Item = &Vec<f32>>| -> Result<Vec<bool>, Problem> {
                    embeddings.map(held_back).collect()
                };
            let unseen = |&(sample, _): &(usize, &Vec<f32>)| patient(sample) == Some(*test);
            let mut unseen = own.iter().enumerate().filter(unseen).map(|(_, one)| one);
            splits.push(Split {
                test: of(&mut unseen)?,
                odd: of(&mut odd.iter())?,
                real: of(&mut real.iter())?,
            });
        }
    }
    Ok(report(films, &splits))
}

fn report(films: &Dataset, splits: &[Split]) -> usize {
    println!("\n## abstaining\n");
    println!(
        "{} splits by patient; abstains beyond {PERCENT}%.\n",
        splits.len()
    );
    println!("| asked about | abstains, mean | least | most |");
    println!("| --- | --- | --- | --- |");
    let row = |name: &str, shares: &[f64]| {
        let mean = shares.iter().sum::<f64>() / shares.len() as f64;
        let (least, most) = ends(shares);
        println!("| {name} | {mean:.3} | {least:.3} | {most:.3} |");
        (mean, least, most)
    };
    let shares = |of: fn(&Split) -> &[bool]| -> Vec<f64> {
        splits.iter().map(|split| share(of(split))).collect()
    };
    let (mean, _, most) = row("an unseen patient", &shares(|split| &split.test));
    row("real pediatric chests", &shares(|split| &split.real));
    let mut failed = usize::from(mean > UNSEEN.0 || most > UNSEEN.1);
    for (place, odd) in films.odd.iter().enumerate() {
        let one: Vec<f64> = splits
            .iter()
            .map(|split| share(&split.odd[place..=place]))
            .collect();
        let (_, least, _) = row(&odd.key, &one);
        // What shows the same anatomy in other grays may pass.
        failed += usize::from(odd.key != "inverted" && least < 1.0);
    }
    println!();
    failed
}

fn share(held_back: &[bool]) -> f64 {
    held_back.iter().filter(|&&held| held).count() as f64 / held_back.len().max(1) as f64
}

fn ends(shares: &[f64]) -> (f64, f64) {
    let least = shares.iter().copied().fold(f64::INFINITY, f64::min);
    (least, shares.iter().copied().fold(0.0, f64::max))
}
