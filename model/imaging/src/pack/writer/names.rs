//! Names that every operating system takes, that lead nowhere, and that the loader reads as what they are meant to be.

use std::collections::HashMap;

use crate::{
    decode::{FileFormat, format_of},
    pack::{
        name::{composed, fold},
        paths::{components, is_hidden},
        role::masked,
    },
};

/// Longer names are cut, bytes: some programs take 255 for a path.
const LONGEST: usize = 80;

/// Names that are taken, by folder; case does not tell them apart. Of each, up to which number others like it are taken too.
#[derive(Default)]
pub(super) struct Names {
    taken: HashMap<(String, String), usize>,
}

impl Names {
    /// The name, with a number where another file in this folder has it.
    pub(super) fn take(&mut self, folder: &str, name: &str) -> String {
        let key = |name: &str| (fold(folder), fold(name));
        let (stem, ending) = match name.rsplit_once('.') {
            Some((stem, ending)) if !stem.is_empty() => (stem, format!(".{ending}")),
            _ => (name, String::new()),
        };
        let Some(mut number) = self.taken.get(&key(name)).copied() else {
            self.taken.insert(key(name), 1);
            return name.to_owned();
        };
        let free = loop {
            number += 1;
            let next = format!("{stem}-{number}{ending}");
            if !self.taken.contains_key(&key(&next)) {
                break next;
            }
        };
        self.taken.insert(key(name), number);
        self.taken.insert(key(&free), 1);
        free
    }
}

/// Of a class: its own name where that will do.
pub(super) fn folder_name(class: &str) -> String {
    safe(class, "class")
}

/// Of a film, with an ending that its content has.
pub(super) fn film_name(path: &str, bytes: &[u8]) -> String {
    let endings: &[&str] = match format_of(bytes) {
        Some(FileFormat::Png) => &["png"],
        Some(FileFormat::Jpeg) => &["jpg", "jpeg"],
        Some(FileFormat::Dicom) => &["dcm", "dicom"],
        Some(FileFormat::Tiff) => &["tif", "tiff"],
        Some(FileFormat::Bmp) => &["bmp"],
        Some(FileFormat::WebP) => &["webp"],
        None => &[""],
    };
    let name = components(path).pop().unwrap_or_default();
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if endings.contains(&&*ending.to_lowercase()) => (stem, ending),
        _ => (name, endings[0]),
    };
    let mut stem = safe(stem, "film");
    // In another folder it was no mask of the film that it is beside now.
    while masked(&stem).is_some() {
        stem.retain(|letter| !matches!(letter, '_' | '-' | ' ' | '.'));
    }
    match ending {
        "" => stem,
        ending => format!("{stem}.{ending}"),
    }
}

fn safe(name: &str, otherwise: &str) -> String {
    /// What Windows keeps for devices, whatever the ending.
    const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
    const PORTS: [&str; 2] = ["com", "lpt"];
    let letter = |letter: char| match letter {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
        letter if letter.is_control() => '_',
        letter => letter,
    };
    let mut name: String = composed(name).chars().map(letter).collect();
    while name.len() > LONGEST {
        name.pop();
    }
    // A point in front hides a file, and one behind, or a space, is dropped by Windows.
    let name = name.trim_matches(|end: char| end == '.' || end.is_whitespace());
    let first = fold(name.split('.').next().unwrap_or_default());
    let port = |name: &str| {
        let number = PORTS.iter().find_map(|port| name.strip_prefix(port));
        number.is_some_and(|number| number.len() == 1)
    };
    match name {
        "" => otherwise.to_owned(),
        name if DEVICES.contains(&&*first) || port(&first) || is_hidden(name) => format!("_{name}"),
        name => name.to_owned(),
    }
}
