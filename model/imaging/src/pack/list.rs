//! `pack.json`: what folders cannot say. The format is described in `PACKS.md`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{
    LoadError,
    name::{composed, fold},
    paths::components,
    role,
};
use crate::split::Subset;

pub(super) const NAME: &str = "pack.json";
pub(super) const FORMAT: u32 = 1;

/// The content of a `pack.json`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct List {
    pub format: u32,
    pub title: String,
    pub licence: Option<String>,
    pub attribution: Option<String>,
    /// Their order; a class folder that is not listed comes after these.
    pub classes: Vec<String>,
    /// What a class is called whose folder cannot be called so, by folder.
    pub names: BTreeMap<String, String>,
    pub films: Vec<ListedFilm>,
    pub odd: Vec<ListedOdd>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ListedFilm {
    /// From the folder of `pack.json`.
    pub path: String,
    pub patient: Option<String>,
    #[serde(rename = "part")]
    part_name: Option<String>,
    #[serde(skip)]
    pub part: Option<Subset>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ListedOdd {
    pub path: String,
    pub key: String,
}

impl List {
    /// # Errors
    /// [`LoadError::BadPackFile`] if it is not JSON of this form, or names a part that is not known.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, LoadError> {
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut list: Self = serde_json::from_slice(text).map_err(bad)?;
        if list.format != FORMAT {
            return Err(bad(format!("format {} instead of {FORMAT}", list.format)));
        }
        for film in &mut list.films {
            film.path = composed(&components(&film.path).join("/"));
            film.part = match &film.part_name {
                None => None,
                Some(name) => Some(
                    role::part(name)
                        .ok_or_else(|| bad(format!("part \"{name}\" of {}", film.path)))?,
                ),
            };
        }
        for odd in &mut list.odd {
            odd.path = composed(&components(&odd.path).join("/"));
        }
        Ok(list)
    }

    /// From the names of folders to what the list calls the classes.
    pub(super) fn rename(&self, classes: &mut [String]) {
        for class in classes {
            let given = self
                .names
                .iter()
                .find(|(folder, _)| fold(folder) == fold(class));
            if let Some((_, name)) = given {
                class.clone_from(name);
            }
        }
    }
}

pub(super) fn bad(detail: impl ToString) -> LoadError {
    LoadError::BadPackFile {
        detail: detail.to_string(),
    }
}
