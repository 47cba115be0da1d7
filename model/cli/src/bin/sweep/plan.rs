//! What is to be tried, as its file says it.

use std::{collections::BTreeSet, fs, path::Path};

use cli::Problem;
use serde::Deserialize;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    pub settings: Vec<Named>,
    pub seeds: Vec<u64>,
    /// As `train --split` has them.
    #[serde(default = "by_image")]
    pub splits: Vec<String>,
}

/// Settings with a name, for the table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    pub name: String,
    /// Of `cargo xtask train`.
    #[serde(default)]
    pub arguments: Vec<String>,
}

fn by_image() -> Vec<String> {
    vec!["image".to_owned()]
}

impl Plan {
    /// # Errors
    /// A sentence when there is no such file, or it cannot be meant so.
    pub fn read(path: &Path) -> Result<Self, Problem> {
        let place = path.display();
        let text = fs::read_to_string(path).map_err(|error| format!("{place}: {error}"))?;
        let plan: Self = serde_json::from_str(&text).map_err(|error| {
            format!("{place} is no plan ({error}): `cargo xtask sweep --help` shows one")
        })?;
        let names: BTreeSet<&str> = plan.settings.iter().map(|own| own.name.as_str()).collect();
        let seeds: BTreeSet<u64> = plan.seeds.iter().copied().collect();
        let lacks = [
            (plan.settings.is_empty(), "there are no settings in it"),
            (plan.seeds.is_empty(), "there are no seeds in it"),
            (plan.splits.is_empty(), "there are no splits in it"),
            (
                names.len() < plan.settings.len(),
                "two settings have the same name",
            ),
            (seeds.len() < plan.seeds.len(), "a seed is in it twice"),
        ];
        match lacks.into_iter().find(|(lacks, _)| *lacks) {
            Some((_, lack)) => Err(format!("{place}: {lack}").into()),
            None => Ok(plan),
        }
    }
}
