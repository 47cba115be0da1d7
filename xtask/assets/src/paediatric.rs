//! The second pack: a few real chest films of children, normal or with bacterial pneumonia.

use image::{GrayImage, ImageFormat, imageops};
use serde::Serialize;

use crate::{
    error::{AssetError, Result},
    jpeg, pack,
    packages::{PNEUMONIA, Shelf},
};

/// Folder of the films in the package.
pub const FOLDER: &str = "pneumonia_model_package/datasets/pneumonia-data/val";
pub const LICENCE: &str = "CC BY 4.0";
pub const ORIGIN: &str = "Kermany, Zhang and Goldbaum, Labeled Optical Coherence Tomography (OCT) and Chest X-Ray \
    Images for Classification, Mendeley Data, 2018, doi 10.17632/rscbjbr9sj.2";
/// Pixels of the shorter side, as in the built-in pack.
const SIDE: u32 = 256;
/// Widths are multiples of this, so that a mirrored film has the same JPEG blocks.
const BLOCK: u32 = 8;
/// JPEG, 1 to 100.
const QUALITY: u8 = 88;
/// Bytes.
const LARGEST: usize = 400_000;

const CLASSES: [&str; 2] = ["normal", "pneumonia"];
const NORMAL: [&str; 8] = [
    "NORMAL2-IM-1427-0001.jpeg",
    "NORMAL2-IM-1430-0001.jpeg",
    "NORMAL2-IM-1431-0001.jpeg",
    "NORMAL2-IM-1436-0001.jpeg",
    "NORMAL2-IM-1437-0001.jpeg",
    "NORMAL2-IM-1438-0001.jpeg",
    "NORMAL2-IM-1440-0001.jpeg",
    "NORMAL2-IM-1442-0001.jpeg",
];
const PNEUMONIA_FILMS: [&str; 8] = [
    "person1946_bacteria_4874.jpeg",
    "person1946_bacteria_4875.jpeg",
    "person1947_bacteria_4876.jpeg",
    "person1949_bacteria_4880.jpeg",
    "person1950_bacteria_4881.jpeg",
    "person1951_bacteria_4882.jpeg",
    "person1952_bacteria_4883.jpeg",
    "person1954_bacteria_4886.jpeg",
];

#[derive(Serialize)]
struct Manifest<'a> {
    format: u32,
    title: &'a str,
    licence: &'a str,
    attribution: &'a str,
    classes: [&'a str; 2],
    films: Vec<FilmEntry>,
}

#[derive(Serialize)]
struct FilmEntry {
    path: String,
    patient: String,
}

/// The pack as a zip.
///
/// # Errors
/// The package does not hold the films as expected, or they do not fit.
pub fn derive(shelf: &Shelf) -> Result<Vec<u8>> {
    let named = CLASSES.into_iter().zip([NORMAL, PNEUMONIA_FILMS]);
    let named = named.flat_map(|(class, names)| names.map(|name| (class, name)));
    let (mut films, mut files) = (Vec::new(), Vec::new());
    for (place, (class, name)) in named.enumerate() {
        let path = format!("{class}/{:02}.jpg", place % NORMAL.len() + 1);
        let original = shelf.member(&PNEUMONIA, &format!("{FOLDER}/{name}"))?;
        files.push((path.clone(), reduced(&original)?));
        films.push(FilmEntry {
            path,
            patient: patient(name)?,
        });
    }
    let manifest = Manifest {
        format: 1,
        title: "Normal or pneumonia",
        licence: LICENCE,
        attribution: &format!("{ORIGIN}. Sixteen of its chest films of children, made smaller."),
        classes: CLASSES,
        films,
    };
    let manifest = serde_json::to_string(&manifest)
        .map_err(|error| AssetError::format("manifest", error.to_string()))?;
    let files = files.iter().map(|(path, jpeg)| (path.as_str(), &jpeg[..]));
    pack::zipped(&manifest, files, LARGEST)
}

/// The film at the size that the app works on, its aspect kept, at most seven columns cut off; nothing but pixels.
fn reduced(original: &[u8]) -> Result<Vec<u8>> {
    let film = image::load_from_memory_with_format(original, ImageFormat::Jpeg)
        .map_err(|error| AssetError::format("film", error.to_string()))?
        .into_luma8();
    let shorter = film.width().min(film.height());
    let scaled = |side: u32| (side * SIDE + shorter / 2) / shorter;
    let (width, height) = (scaled(film.width()), scaled(film.height()));
    let small = imageops::resize(&film, width, height, imageops::FilterType::Triangle);
    let kept = width - width % BLOCK;
    let small: GrayImage =
        imageops::crop_imm(&small, (width - kept) / 2, 0, kept, height).to_image();
    jpeg::encode(&small, kept, height, QUALITY)
}

/// Whose film it is, from the file's name: `NORMAL2-IM-1427-0001` is of N1427, `person1946_bacteria_4874` of P1946.
fn patient(name: &str) -> Result<String> {
    let number = |from: &str, end: char| Some(name.strip_prefix(from)?.split_once(end)?.0);
    let normal = number("NORMAL2-IM-", '-').map(|number| format!("N{number}"));
    let patient = normal.or_else(|| Some(format!("P{}", number("person", '_')?)));
    patient.ok_or_else(|| AssetError::format("name of a film", name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_tells_the_patient() {
        let patients = [NORMAL[0], PNEUMONIA_FILMS[0], PNEUMONIA_FILMS[1]].map(patient);
        let patients: Vec<String> = patients
            .into_iter()
            .map(|one| one.expect("a patient"))
            .collect();
        assert_eq!(patients, ["N1427", "P1946", "P1946"]);
        assert!(patient("film.jpeg").is_err());
    }
}
