//! The built-in pack: a zip like any that users bring, as `PACKS.md` describes.

use std::io::{Cursor, Write};

use serde::Serialize;
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use crate::{
    error::{AssetError, Result},
    films::{Class, Films, Kind, Subset},
};

/// Bytes: what a first visit may spend on films.
const LARGEST: usize = 1_040_000;

#[derive(Serialize)]
struct Manifest<'a> {
    format: u32,
    title: &'a str,
    licence: &'a str,
    attribution: &'a str,
    classes: [&'a str; 2],
    films: Vec<FilmEntry<'a>>,
    odd: Vec<OddEntry<'a>>,
}

#[derive(Serialize)]
struct FilmEntry<'a> {
    path: &'a str,
    patient: &'a str,
    part: Subset,
    kind: Kind,
}

#[derive(Serialize)]
struct OddEntry<'a> {
    path: &'a str,
    key: &'a str,
}

/// The built-in pack as a zip.
///
/// # Errors
/// The pack is larger than a first visit may cost.
pub fn build(films: &Films) -> Result<Vec<u8>> {
    let manifest = manifest(films)?;
    let images = films.films.iter().map(|film| (&film.path, &film.image));
    let odd = films.odd.iter().map(|film| (&film.path, &film.image));
    let files = images.chain(odd);
    zipped(
        &manifest,
        files.map(|(path, image)| (path.as_str(), &image.jpeg[..])),
        LARGEST,
    )
}

/// A zip of `pack.json` and films, stored without compression (JPEGs have theirs) and without the time of day.
///
/// # Errors
/// The zip has more than `largest` bytes.
pub fn zipped<'a>(
    manifest: &str,
    films: impl Iterator<Item = (&'a str, &'a [u8])>,
    largest: usize,
) -> Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |path: &str, bytes: &[u8]| -> std::io::Result<()> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        zip.start_file(path, options)?;
        zip.write_all(bytes)
    };
    put("pack.json", manifest.as_bytes()).map_err(AssetError::io("Writing the pack"))?;
    for (path, jpeg) in films {
        put(path, jpeg).map_err(AssetError::io("Writing the pack"))?;
    }
    let bytes = zip
        .finish()
        .map_err(|error| AssetError::io("Writing the pack")(error.into()))?
        .into_inner();
    if bytes.len() > largest {
        return Err(AssetError::Broken {
            promise: format!("the pack has {} bytes, more than {largest}", bytes.len()),
        });
    }
    Ok(bytes)
}

fn manifest(films: &Films) -> Result<String> {
    let manifest = Manifest {
        format: 1,
        title: "Chest or abdomen",
        licence: "CC BY 3.0 (patient A), Apache-2.0 (patients B to E and the skull)",
        attribution: "Synthetic radiographs projected from CT scans of five people: \
            A, LIDC-IDRI-0001, The Cancer Imaging Archive, doi 10.7937/K9/TCIA.2015.LO9QL9SX; \
            B and C, TotalSegmentator, doi 10.1148/ryai.230024; \
            D and E, gam-gate, origin not stated; skull, dicom2stl.",
        classes: [Class::Abdomen.name(), Class::Chest.name()],
        films: films
            .films
            .iter()
            .map(|film| FilmEntry {
                path: &film.path,
                patient: film.person.letter,
                part: film.person.part,
                kind: film.kind,
            })
            .collect(),
        odd: films
            .odd
            .iter()
            .map(|film| OddEntry {
                path: &film.path,
                key: film.key,
            })
            .collect(),
    };
    serde_json::to_string(&manifest).map_err(|e| AssetError::format("manifest", e.to_string()))
}
