//! Masks: by their names, and by their pixels as pictures of two values that say where something is on the films beside them.

use std::collections::{BTreeMap, HashMap};

use super::{FolderRole, UnsureFolder, name::fold, paths::Entry, role::masked};
use crate::{dataset::Sample, film::Film};

/// A folder of so many such pictures, as a share, is one of masks.
const MOST: f64 = 0.8;
/// So much of a mask is one of its two values; the rest are edges made soft by reducing it.
const SHARE: f64 = 0.95;
/// Values this near to one of the two count as it, as a share of their distance: JPEG leaves noise.
const NEAR: f64 = 0.06;

/// Folders whose films are masks, if not all folders are alike; `roles` have been answered.
/// `two_values`: of each film, see [`has_two_values`].
pub(super) fn folders(
    samples: &[Sample],
    two_values: &[bool],
    roles: &[(String, FolderRole)],
) -> Vec<UnsureFolder> {
    // For each folder: pictures of two values, pictures in all.
    let mut folders: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (sample, two_values) in samples.iter().zip(two_values) {
        let Some((folder, _)) = sample.name.rsplit_once('/') else {
            continue;
        };
        let name = folder.rsplit('/').next().unwrap_or(folder);
        let (two_valued, all) = folders.entry(name).or_default();
        *two_valued += usize::from(*two_values);
        *all += 1;
    }
    let is_mask = |&(two_valued, all): &(usize, usize)| two_valued as f64 >= MOST * all as f64;
    if folders.values().all(is_mask) {
        return Vec::new();
    }
    let answered = |name: &str| roles.iter().any(|(folder, _)| fold(folder) == fold(name));
    folders
        .iter()
        .filter(|(name, count)| is_mask(count) && !answered(name))
        .map(|(name, _)| UnsureFolder {
            name: (*name).to_owned(),
            likeliest: FolderRole::Ignore,
        })
        .collect()
}

/// Whether it is a picture of two values, as a mask is.
pub(super) fn has_two_values(film: &Film) -> bool {
    let (mut least, mut most) = (u16::MAX, 0);
    for &grey in film.pixels() {
        (least, most) = (least.min(grey), most.max(grey));
    }
    let near = NEAR * f64::from(most - least);
    let at = |value: u16| {
        let close = |grey: &&u16| f64::from(grey.abs_diff(value)) <= near;
        film.pixels().iter().filter(close).count() as f64 / film.pixels().len() as f64
    };
    most > least && at(least) + at(most) >= SHARE
}

/// Files whose names say that they are the masks of others beside them, by number: the other's path.
pub(super) fn by_name(entries: &[Entry], depth: usize) -> HashMap<usize, String> {
    let stem = |entry: &Entry| {
        let name = entry.name();
        let stem = name
            .rsplit_once('.')
            .map_or(name, |(stem, _)| stem)
            .to_owned();
        let folders = entry.components.len() - 1;
        (entry.components[..folders].to_vec(), stem)
    };
    let films: HashMap<_, _> = entries
        .iter()
        .filter(|entry| !entry.is_document())
        .map(|entry| (stem(entry), entry))
        .collect();
    let mut masks = HashMap::new();
    for entry in films.values() {
        let (folders, own) = stem(entry);
        let other = masked(&own).and_then(|other| films.get(&(folders, other.to_owned())));
        if let Some(other) = other {
            masks.insert(entry.index, other.below(depth));
        }
    }
    masks
}
