//! What came of the runs: each pair of settings compared over the seeds that both have, in Markdown and as CSV.

use std::{fs, path::Path};

use cli::Problem;
use metrics::{
    mean,
    paired::{PairedScores, paired_scores},
};
use serde_json::Value;

use crate::{job::Jobs, plan::Plan, write};

/// A run that is done.
struct Done {
    settings: String,
    split: String,
    seed: u64,
    key: String,
    n: u64,
    /// On the test set, 0 to 1.
    accuracy: f64,
}

/// Two settings under one split.
struct Comparison {
    split: String,
    names: [String; 2],
    means: [f64; 2],
    scores: PairedScores,
    /// All their runs are the same runs.
    same: bool,
}

pub struct Table {
    done: Vec<Done>,
    comparisons: Vec<Comparison>,
}

impl Table {
    /// # Errors
    /// A sentence when what a run told cannot be read.
    pub fn of(plan: &Plan, jobs: &Jobs, runs: &Path) -> Result<Self, Problem> {
        let mut done = Vec::new();
        for job in &jobs.all {
            let path = job.told(runs);
            let Ok(text) = fs::read_to_string(&path) else {
                continue;
            };
            let told: Option<Value> = serde_json::from_str(&text).ok();
            let test = told.as_ref().map(|told| &told["test"]);
            let numbers =
                test.and_then(|test| Some((test["accuracy"].as_f64()?, test["n"].as_u64()?)));
            let damaged = || format!("{} is damaged: delete it and sweep again", path.display());
            let (accuracy, n) = numbers.ok_or_else(damaged)?;
            done.push(Done {
                settings: job.settings.clone(),
                split: job.split.clone(),
                seed: job.seed,
                key: job.key.clone(),
                n,
                accuracy,
            });
        }
        let mut table = Self {
            done,
            comparisons: Vec::new(),
        };
        for split in &plan.splits {
            for (at, first) in plan.settings.iter().enumerate() {
                for second in &plan.settings[at + 1..] {
                    let compared = table.compare(split, &first.name, &second.name);
                    table.comparisons.extend(compared);
                }
            }
        }
        Ok(table)
    }

    fn of_settings<'a>(&'a self, split: &'a str, name: &'a str) -> impl Iterator<Item = &'a Done> {
        let own = self.done.iter();
        own.filter(move |done| done.split == split && done.settings == name)
    }

    /// Nothing if no seed has both.
    fn compare(&self, split: &str, first: &str, second: &str) -> Option<Comparison> {
        let pairs: Vec<(&Done, &Done)> = self
            .of_settings(split, first)
            .filter_map(|one| {
                let mut others = self.of_settings(split, second);
                Some((one, others.find(|other| other.seed == one.seed)?))
            })
            .collect();
        let scores = [
            pairs
                .iter()
                .map(|(one, _)| one.accuracy)
                .collect::<Vec<f64>>(),
            pairs.iter().map(|(_, other)| other.accuracy).collect(),
        ];
        let mean = |scores: &[f64]| scores.iter().sum::<f64>() / scores.len() as f64;
        Some(Comparison {
            split: split.to_owned(),
            names: [first.to_owned(), second.to_owned()],
            scores: paired_scores(&scores[0], &scores[1]).ok()?,
            means: [mean(&scores[0]), mean(&scores[1])],
            same: pairs.iter().all(|(one, other)| one.key == other.key),
        })
    }

    /// # Errors
    /// What the disk says.
    pub fn write(&self, into: &Path) -> Result<(), Problem> {
        write(&into.join("table.md"), &self.markdown())?;
        write(&into.join("table.csv"), &self.comparisons_csv())?;
        write(&into.join("runs.csv"), &self.runs_csv())
    }

    pub fn markdown(&self) -> String {
        let mut text = "# Sweep\n\nAccuracy on the test set, in %. The same seed divides the images alike and is compared with itself; intervals are those of the mean over seeds, 95 %.\n\n".to_owned();
        text +=
            "| split | settings | seeds | mean | interval |\n| --- | --- | ---: | ---: | --- |\n";
        let mut groups: Vec<(&str, &str)> = Vec::new();
        for done in &self.done {
            let group = (done.split.as_str(), done.settings.as_str());
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
        for (split, name) in groups {
            let shares: Vec<f64> = self
                .of_settings(split, name)
                .map(|done| done.accuracy)
                .collect();
            if let Some(mean) = mean::of_shares(&shares) {
                let interval = mean.interval.map(|own| [own.low, own.high]);
                text += &format!(
                    "| {split} | {name} | {} | {:.1} | {} |\n",
                    mean.n,
                    100.0 * mean.value,
                    between(interval)
                );
            }
        }
        text += "\n| split | first | second | seeds | first less second | interval | first better | second better | P (sign test) |\n| --- | --- | --- | ---: | ---: | --- | ---: | ---: | ---: |\n";
        for compared in &self.comparisons {
            let [first, second] = &compared.names;
            let scores = &compared.scores;
            if compared.same {
                text += &format!(
                    "| {} | {first} | {second} | {} | the same runs | | | | |\n",
                    compared.split, scores.n
                );
                continue;
            }
            let interval = scores.interval.map(|own| [own.low, own.high]);
            text += &format!(
                "| {} | {first} | {second} | {} | {:+.1} | {} | {} | {} | {:.3} |\n",
                compared.split,
                scores.n,
                100.0 * scores.mean,
                between(interval),
                scores.higher,
                scores.lower,
                scores.sign_p
            );
        }
        text
    }

    fn comparisons_csv(&self) -> String {
        let mut text = "split,first,second,seeds,mean of first,mean of second,difference,low,high,first better,second better,p,same runs\n".to_owned();
        for compared in &self.comparisons {
            let scores = &compared.scores;
            let [low, high] = match scores.interval {
                Some(own) => [own.low.to_string(), own.high.to_string()],
                None => Default::default(),
            };
            let [first, second] = compared.names.each_ref().map(|name| quoted(name));
            let [mean_first, mean_second] = compared.means;
            text += &format!(
                "{},{first},{second},{},{mean_first},{mean_second},{},{low},{high},{},{},{},{}\n",
                compared.split,
                scores.n,
                scores.mean,
                scores.higher,
                scores.lower,
                scores.sign_p,
                compared.same
            );
        }
        text
    }

    fn runs_csv(&self) -> String {
        let mut text = "split,settings,seed,test images,test accuracy,run\n".to_owned();
        for done in &self.done {
            text += &format!(
                "{},{},{},{},{},{}\n",
                done.split,
                quoted(&done.settings),
                done.seed,
                done.n,
                done.accuracy,
                done.key
            );
        }
        text
    }
}

fn between(interval: Option<[f64; 2]>) -> String {
    interval.map_or_else(String::new, |[low, high]| {
        format!("{:.1} to {:.1}", 100.0 * low, 100.0 * high)
    })
}

/// A cell, as RFC 4180 has it.
fn quoted(cell: &str) -> String {
    match cell.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.to_owned(),
    }
}
