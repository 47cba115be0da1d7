//! Where each result comes from, as `public/PROVENANCE.json`.

use serde::Serialize;

use crate::{
    error::{AssetError, Result},
    films::{HEAD, PEOPLE, Person, Subset},
    packages::{PNEUMONIA, Package, sha256},
    paediatric, weights,
};

#[derive(Serialize)]
struct Provenance<'a> {
    made_by: &'a str,
    results: Vec<ResultEntry<'a>>,
}

#[derive(Serialize)]
struct ResultEntry<'a> {
    file: &'a str,
    sha256: String,
    bytes: usize,
    derivation: &'a str,
    sources: Vec<Source<'a>>,
}

#[derive(Serialize)]
struct Source<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    patient: Option<&'a str>,
    /// Of the patient's films when the films are split by patient.
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<Subset>,
    package: &'a str,
    version: &'a str,
    package_file: &'a str,
    package_sha256: &'a str,
    package_licence: &'a str,
    file_in_package: &'a str,
    licence: &'a str,
    origin: &'a str,
}

/// A derived file: its path in the repository and its bytes.
pub struct Derived {
    pub path: &'static str,
    pub bytes: Vec<u8>,
}

/// The provenance file of the weights and of the packs.
///
/// # Errors
/// None that is expected: only if the text cannot be formed.
pub fn describe(weights: &Derived, pack: &Derived, paediatric: &Derived) -> Result<Vec<u8>> {
    let mut people: Vec<Source> = PEOPLE.iter().map(person).collect();
    people.push(Source {
        patient: None,
        part: None,
        ..person(&HEAD)
    });
    let provenance = Provenance {
        made_by: "cargo xtask assets",
        results: vec![
            entry(
                weights,
                "MobileNetV2 1.0 without classifier: each BatchNorm (epsilon 1e-5) folded into the \
                 convolution before it; 1x1 convolutions rounded to 8 bit with a scale for each output channel, by \
                 what built-in films of the patients of part train make of them; depthwise convolutions in half \
                 precision, the first four convolutions in single precision.",
                vec![Source {
                    patient: None,
                    part: None,
                    licence: "MIT (the package's)",
                    origin: "stated only as trained on ImageNet",
                    ..source(weights::PACKAGE, weights::MEMBER)
                }],
            ),
            entry(
                pack,
                "Synthetic radiographs: Hounsfield units turned into attenuation, table and contrast \
                 medium taken out, parallel projection from front to back with random pose, \
                 collimation and exposure, the same blur for all, 8-bit grey JPEG.",
                people,
            ),
            entry(
                paediatric,
                "Eight normal films and eight with bacterial pneumonia, all of the folder: brought to a shorter \
                 side of 256 pixels, width cut to a multiple of 8, 8-bit grey JPEG without other data; the \
                 patient from the file's name.",
                vec![Source {
                    licence: paediatric::LICENCE,
                    origin: paediatric::ORIGIN,
                    ..source(&PNEUMONIA, paediatric::FOLDER)
                }],
            ),
        ],
    };
    let mut text = serde_json::to_string_pretty(&provenance)
        .map_err(|error| AssetError::format("provenance", error.to_string()))?;
    text.push('\n');
    Ok(text.into_bytes())
}

fn entry<'a>(
    derived: &'a Derived,
    derivation: &'a str,
    sources: Vec<Source<'a>>,
) -> ResultEntry<'a> {
    ResultEntry {
        file: derived.path,
        sha256: sha256(&derived.bytes),
        bytes: derived.bytes.len(),
        derivation,
        sources,
    }
}

fn person(person: &Person) -> Source<'_> {
    Source {
        patient: Some(person.letter),
        part: Some(person.part),
        licence: person.licence,
        origin: person.origin,
        ..source(person.package, person.member)
    }
}

fn source<'a>(package: &'a Package, member: &'a str) -> Source<'a> {
    Source {
        patient: None,
        part: None,
        package: package.name,
        version: package.version,
        package_file: package.file,
        package_sha256: package.sha256,
        package_licence: package.licence,
        file_in_package: member,
        licence: package.licence,
        origin: "",
    }
}
