//! One training of a sweep, and which of them are the same.

use std::{
    collections::{BTreeMap, HashMap},
    fs,
    path::{Path, PathBuf},
};

use burn::tensor::Device;
use clap::Parser;
use cli::{
    Problem,
    arguments::Arguments,
    streaming::{Cache, Films, Preparation, loading::load, name_of},
};
use imaging::{dataset::Dataset, settings::Settings, task::chest};
use mobilenet::weights::Weights;
use training::features::{FeatureKey, View};

use crate::{Sweep, plan::Plan};

pub struct Job {
    /// Name of the settings.
    pub settings: String,
    pub split: String,
    pub seed: u64,
    /// Of `cargo xtask train`, without where it keeps what.
    pub arguments: Vec<String>,
    /// Of everything that its result depends on: jobs with the same one are the same.
    pub key: String,
}

pub struct Jobs {
    pub all: Vec<Job>,
}

impl Job {
    /// Where what it told is, once it is done.
    pub fn told(&self, runs: &Path) -> PathBuf {
        runs.join(format!("{}.json", self.key))
    }

    pub fn network(&self, runs: &Path) -> PathBuf {
        runs.join(format!("{}.safetensors", self.key))
    }
}

impl Jobs {
    /// All that a plan asks for, settings by settings.
    ///
    /// # Errors
    /// A sentence when settings cannot be understood, or the films not be loaded.
    pub fn of(plan: &Plan, sweep: &Sweep) -> Result<Self, Problem> {
        let bytes = fs::read(&sweep.weights)
            .map_err(|error| format!("{}: {error}", sweep.weights.display()))?;
        let mut identities = Identities {
            cache: sweep.keeping.open_cache()?,
            weights: Weights::parse(&bytes)?,
            weights_name: name_of(&[&bytes]),
            known: HashMap::new(),
        };
        let mut all = Vec::new();
        for named in &plan.settings {
            for split in &plan.splits {
                for &seed in &plan.seeds {
                    let arguments = arguments(sweep, &named.arguments, split, seed);
                    let parsed = Arguments::try_parse_from(&arguments);
                    let parsed = parsed.map_err(|error| format!("{}: {error}", named.name))?;
                    let own = parsed.out.is_none() && !parsed.json && !parsed.resume;
                    if !parsed.workers.is_empty() {
                        return Err(format!(
                            "{}: leave out --workers: a worker serves one run at a time, and a sweep has several",
                            named.name
                        )
                        .into());
                    }
                    if !own {
                        return Err(format!(
                            "{}: leave out --out, --json and --resume, which a sweep gives itself",
                            named.name
                        )
                        .into());
                    }
                    let settings = parsed.settings();
                    let told = |error| format!("{}: {error}", named.name);
                    settings.validate().map_err(told)?;
                    let key = identities.key(&parsed, &settings)?;
                    all.push(Job {
                        settings: named.name.clone(),
                        split: split.clone(),
                        seed,
                        arguments: arguments[1..].to_vec(),
                        key,
                    });
                }
            }
        }
        Ok(Self { all })
    }

    /// One of each.
    pub fn different(&self) -> Vec<&Job> {
        let all = self.all.iter().rev();
        let by_key: BTreeMap<&str, &Job> = all.map(|job| (job.key.as_str(), job)).collect();
        let first = |job: &&Job| {
            by_key
                .get(job.key.as_str())
                .is_some_and(|own| std::ptr::eq(*own, *job))
        };
        self.all.iter().filter(first).collect()
    }

    pub fn done(&self, runs: &Path) -> usize {
        let different = self.different().into_iter();
        different.filter(|job| job.told(runs).exists()).count()
    }
}

fn arguments(sweep: &Sweep, own: &[String], split: &str, seed: u64) -> Vec<String> {
    let films = sweep.films.to_string_lossy().into_owned();
    let weights = sweep.weights.to_string_lossy().into_owned();
    let mut all = vec!["train".to_owned(), films];
    all.extend(own.iter().cloned());
    let given = [
        "--split",
        split,
        "--seed",
        &seed.to_string(),
        "--weights",
        &weights,
    ];
    all.extend(given.map(str::to_owned));
    all
}

/// What jobs are told by; folders are loaded once for all that read them alike.
struct Identities {
    cache: Cache,
    weights: Weights,
    weights_name: String,
    /// By how the folders are read, and by the features that are asked of them.
    known: HashMap<String, String>,
}

impl Identities {
    fn key(&mut self, arguments: &Arguments, settings: &Settings) -> Result<String, Problem> {
        let features = FeatureKey::of(settings);
        let reading = format!(
            "{:?} {:?} {:?} {} {:?} {features:?}",
            arguments.roles,
            arguments.same_film,
            arguments.table,
            arguments.mirrored,
            arguments.test
        );
        let films = match self.known.get(&reading) {
            Some(films) => films.clone(),
            None => {
                let films = self.films(arguments, features)?;
                self.known.insert(reading, films.clone());
                films
            }
        };
        let settings = serde_json::to_vec(settings)?;
        Ok(name_of(&[
            &settings,
            films.as_bytes(),
            self.weights_name.as_bytes(),
        ]))
    }

    /// Loads the films and has their features computed, once for all processes.
    fn films(&self, arguments: &Arguments, key: FeatureKey) -> Result<String, Problem> {
        let (dataset, films) = loaded(arguments, &arguments.films, &self.cache)?;
        if self.cache.keeps() {
            let preparation = Preparation {
                films: &films,
                cache: &self.cache,
                weights: &self.weights,
                key,
                device: &Device::flex(),
                memory: 0,
            };
            let samples = 0..films.n();
            let views: Vec<View> = samples.map(|sample| View { sample, view: 0 }).collect();
            preparation.prepare(&views)?;
        }
        let mut identity = format!(
            "{:x} {:x}",
            dataset.summary(false).fingerprint(),
            films.content()
        );
        if let Some(folder) = &arguments.test {
            // How they are read depends on the others; that they are the same files is enough here.
            let answers = arguments.answers();
            let other = load(
                folder,
                &answers,
                arguments.guesses(),
                &self.cache,
                |films| films.finish_test(dataset.depth),
            )?;
            let (other, films) = other.films()?;
            let fingerprint = other.summary(false).fingerprint();
            identity += &format!(" {fingerprint:x} {:x}", films.content());
        }
        Ok(identity)
    }
}

fn loaded(arguments: &Arguments, path: &Path, cache: &Cache) -> Result<(Dataset, Films), Problem> {
    let answers = arguments.answers();
    let mut loaded = load(path, &answers, arguments.guesses(), cache, |films| {
        films.finish()
    })?;
    let class = chest(&loaded.dataset.classes);
    loaded.dataset = arguments.task().films(loaded.dataset, class)?;
    loaded.films()
}
