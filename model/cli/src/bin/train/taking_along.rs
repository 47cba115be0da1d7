//! The trained network as a file: what the app writes, for other programs and for `cargo xtask predict`.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use cli::{Problem, file::write_whole};
use imaging::{
    dataset::Dataset,
    split::{SplitBy, Subset},
};
use metrics::Scores;
use mobilenet::weights::Weights;
use model_card::{Card, Images, Score, Set};
use model_files::{onnx, weights_file};
use training::run::Run;

/// Where it goes, and in what form; known before a long training begins.
pub struct NetworkFile {
    path: PathBuf,
    form: Form,
}

enum Form {
    Onnx,
    Safetensors,
}

impl NetworkFile {
    /// # Errors
    /// A sentence when the ending tells no form, or something is there that nobody wants replaced.
    pub fn new(path: &Path, force: bool) -> Result<Self, Problem> {
        let ending = path.extension().map(|ending| ending.to_ascii_lowercase());
        let form = match ending.as_deref().and_then(|ending| ending.to_str()) {
            Some("onnx") => Form::Onnx,
            Some("safetensors") => Form::Safetensors,
            _ => {
                let path = path.display();
                return Err(format!("{path}: name it .onnx or .safetensors").into());
            }
        };
        if path.exists() && !force {
            let path = path.display();
            return Err(format!("{path} is there already; --force replaces it").into());
        }
        Ok(Self {
            path: path.to_owned(),
            form,
        })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// `test`: of the network's own test set, if it was judged on that.
    ///
    /// # Errors
    /// A sentence when the network is not finite, or the disk says no.
    pub fn write(
        &self,
        run: &Run,
        data: &Dataset,
        weights: &Weights,
        test: Option<&Scores>,
    ) -> Result<(), Problem> {
        let network = pollster::block_on(run.network())?;
        let card = card(run, data, network.settings.split_by, test);
        let bytes = match self.form {
            Form::Onnx => onnx::write(&network, weights, card)?,
            Form::Safetensors => weights_file::write(&network, weights, card)?,
        };
        write_whole(&self.path, &bytes)
            .map_err(|error| format!("{}: {error}", self.path.display()))?;
        let size = bytes.len() as f64 / 1e6;
        println!("wrote {}, {size:.1} MB", self.path.display());
        Ok(())
    }
}

fn card(run: &Run, data: &Dataset, split: SplitBy, test: Option<&Scores>) -> Card {
    let named = [
        ("train", Subset::Train),
        ("validation", Subset::Validation),
        ("test", Subset::Test),
    ];
    let sets: Vec<Set> = named
        .map(|(name, part)| set(data, name, &run.members(part)))
        .into();
    let seen = sets.first().map_or(0, |set| set.images);
    let mut limits = vec![
        format!(
            "It has seen {seen} images in training. What it says of images from elsewhere, of other exposures, or of unseen patients is not known."
        ),
        "It always names one of its classes, also for an image that shows none of them.".to_owned(),
    ];
    if test.is_none() {
        limits.push("It was not tested on images that it had not seen.".to_owned());
    }
    let split = match split {
        SplitBy::Patient => "divided by patient",
        SplitBy::Image => "divided by image; a patient may be in two sets",
        SplitBy::Folder => "divided as the files say",
    };
    Card {
        made_with: format!("Firstread {}", env!("CARGO_PKG_VERSION")),
        intended_use: "For teaching only. It is no medical device: do not use it for patients."
            .to_owned(),
        limits,
        images: Images {
            title: data.title.clone(),
            licence: data.licence.clone(),
            attribution: data.attribution.clone(),
            split: split.to_owned(),
            sets,
            fingerprint: Some(Images::written(data.summary(false).fingerprint())),
        },
        scores: test.map(accuracy).into_iter().collect(),
    }
}

fn set(data: &Dataset, name: &str, members: &[usize]) -> Set {
    let mut by_class = vec![0; data.classes.len()];
    let mut patients = BTreeSet::new();
    for sample in members.iter().map(|&member| &data.samples[member]) {
        by_class[sample.class] += 1;
        patients.extend(sample.patient.as_deref());
    }
    Set {
        name: name.to_owned(),
        images: members.len(),
        by_class,
        patients: (!patients.is_empty()).then_some(patients.len()),
    }
}

fn accuracy(scores: &Scores) -> Score {
    let own = &scores.accuracy;
    Score {
        name: "Accuracy on the test set".to_owned(),
        value: own.share(),
        low: Some(own.low),
        high: Some(own.high),
        n: own.n,
    }
}
