//! What a folder's name says.

use super::{FolderRole, name::fold};
use crate::split::Subset;

/// How the name of a folder reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    Subset(Subset),
    /// Any other name: a class, if none stands above it.
    Class,
    /// Says nothing about what the films show: "images", "p10", "2019-03-01", "1.2.840.113619".
    Neutral,
    Ignored,
    /// Films to try the trained network on.
    Try,
    /// Could be something else: the user is asked, with this as the likeliest answer.
    Unsure(FolderRole),
}

const TRAIN: [&str; 24] = [
    "train",
    "training",
    "trn",
    "trainset",
    "traindata",
    "learn",
    "entrenamiento",
    "entrenar",
    "entreno",
    "aprendizaje",
    "treino",
    "treinamento",
    "treinar",
    "aprendizagem",
    "trainieren",
    "trainingsdaten",
    "trainingsset",
    "lernen",
    "entrainement",
    "entrainer",
    "apprentissage",
    "addestramento",
    "allenamento",
    "apprendimento",
];
const VALIDATION: [&str; 21] = [
    "val",
    "valid",
    "validate",
    "validation",
    "vali",
    "dev",
    "development",
    "tune",
    "tuning",
    "valset",
    "validationset",
    "validacion",
    "validar",
    "validacao",
    "validierung",
    "validieren",
    "validierungsdaten",
    "validierungsset",
    "valider",
    "validazione",
    "convalida",
];
const TEST: [&str; 24] = [
    "test",
    "testing",
    "tests",
    "tst",
    "testset",
    "testdata",
    "holdout",
    "prueba",
    "pruebas",
    "testeo",
    "teste",
    "testes",
    "prova",
    "provas",
    "testen",
    "testdaten",
    "prufung",
    "pruefung",
    "essai",
    "essais",
    "epreuve",
    "prove",
    "collaudo",
    "verifica",
];
/// Words that hint at a part without naming one for certain.
const HINTS: [&str; 13] = [
    "tr",
    "ts",
    "va",
    "te",
    "eval",
    "evaluation",
    "evaluacion",
    "avaliacao",
    "auswertung",
    "valutazione",
    "examen",
    "ensayo",
    "formation",
];
/// Words that say nothing about what a film shows, alone or beside the name of a part.
const FILLERS: [&str; 61] = [
    "set",
    "sets",
    "data",
    "dataset",
    "images",
    "image",
    "imgs",
    "img",
    "films",
    "film",
    "split",
    "the",
    "folder",
    "png",
    "pngs",
    "jpg",
    "jpeg",
    "tif",
    "tiff",
    "bmp",
    "files",
    "all",
    "pictures",
    "photos",
    "raw",
    "original",
    "originals",
    "resized",
    "conjunto",
    "de",
    "del",
    "la",
    "datos",
    "imagenes",
    "imagen",
    "radiografias",
    "placas",
    "carpeta",
    "dados",
    "imagens",
    "radiografie",
    "dos",
    "da",
    "do",
    "daten",
    "bilder",
    "aufnahmen",
    "rontgenbilder",
    "ordner",
    "datensatz",
    "donnees",
    "jeu",
    "des",
    "les",
    "radiographies",
    "dati",
    "immagini",
    "di",
    "ensemble",
    "crop",
    "cropped",
];
/// Words that with a number name a person, an examination or a portion.
const NUMBERED: [&str; 32] = [
    "p", "pat", "patient", "patients", "paciente", "person", "subject", "subj", "sub", "case",
    "caso", "fall", "s", "study", "estudio", "studie", "exam", "series", "serie", "ser", "scan",
    "id", "im", "batch", "lote", "part", "parte", "teil", "dir", "fold", "chunk", "session",
];
/// Words for pictures that say where something is, not what a film shows.
const MASKS: [&str; 36] = [
    "mask",
    "masks",
    "segmentation",
    "segmentations",
    "seg",
    "segs",
    "segmented",
    "annotation",
    "annotations",
    "annotated",
    "contour",
    "contours",
    "groundtruth",
    "gt",
    "roi",
    "rois",
    "label",
    "labels",
    "heatmap",
    "heatmaps",
    "overlay",
    "overlays",
    "mascara",
    "mascaras",
    "masken",
    "maske",
    "masque",
    "masques",
    "maschera",
    "maschere",
    "segmentacion",
    "segmentaciones",
    "segmentacao",
    "segmentierung",
    "segmentazione",
    "etiquetas",
];

impl Reading {
    /// `answers` are the user's, by name.
    pub(super) fn of(name: &str, answers: &[(String, FolderRole)]) -> Self {
        let key = fold(name);
        match answers.iter().find(|(folder, _)| fold(folder) == key) {
            Some((_, FolderRole::Train)) => Self::Subset(Subset::Train),
            Some((_, FolderRole::Validation)) => Self::Subset(Subset::Validation),
            Some((_, FolderRole::Test)) => Self::Subset(Subset::Test),
            Some((_, FolderRole::Class)) => Self::Class,
            Some((_, FolderRole::Around)) => Self::Neutral,
            Some((_, FolderRole::Try)) => Self::Try,
            Some((_, FolderRole::Ignore)) => Self::Ignored,
            None => Self::guess(name),
        }
    }

    /// "train", "Test images", "val-2": a part. "chest train", "eval", "leftMask": unsure.
    fn guess(name: &str) -> Self {
        // As a whole first: "tEsTing" is one word, however it is spelled.
        if let Some(part) = part(name) {
            return Self::Subset(part);
        }
        let all = words(name);
        let telling: Vec<&str> = all
            .iter()
            .map(String::as_str)
            .filter(|word| !FILLERS.contains(word))
            .collect();
        let hint = |word: &&str| part(word).is_some() || HINTS.contains(word);
        match telling.as_slice() {
            [word] if part(word).is_some() => part(word).map_or(Self::Class, Self::Subset),
            words if words.iter().any(|word| MASKS.contains(word)) => {
                Self::Unsure(FolderRole::Ignore)
            }
            words if words.iter().any(hint) => Self::Unsure(FolderRole::Class),
            [] if !all.is_empty() => Self::Neutral,
            words if is_number(name, words) => Self::Neutral,
            _ => Self::Class,
        }
    }
}

/// Whether a file's name without its ending says that it is the mask of another file: the other's name.
pub(super) fn masked(stem: &str) -> Option<&str> {
    const MARKS: [&str; 8] = [
        "mask",
        "masks",
        "segmentation",
        "seg",
        "label",
        "gt",
        "roi",
        "annotation",
    ];
    let separates = |c: char| matches!(c, '_' | '-' | ' ' | '.');
    let behind = stem.rsplit_once(separates);
    // "case_mask_1": the number counts masks.
    let behind = behind.and_then(|(rest, last)| match last.parse::<u32>() {
        Ok(_) => rest.rsplit_once(separates),
        Err(_) => Some((rest, last)),
    });
    let (rest, mark) = behind.or_else(|| {
        let (first, rest) = stem.split_once(separates)?;
        Some((rest, first))
    })?;
    MARKS
        .contains(&mark.to_lowercase().as_str())
        .then_some(rest)
}

/// "p10", "images_001", "2019-03-01", "00000013", "1.2.840.113619", "3f2a9c41-77": names that count, and tell nothing.
fn is_number(name: &str, telling: &[&str]) -> bool {
    let digits = name.chars().filter(char::is_ascii_digit).count();
    let hexadecimal = name.len() >= 8 && name.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    let counts = telling.iter().all(|word| NUMBERED.contains(word));
    // One or two digits alone are often grades.
    let grades = telling.is_empty() && words(name).is_empty() && digits < 3;
    digits > 0 && (hexadecimal && digits > 1 || counts && !grades)
}

/// The words of a name, without accents and in small letters; "leftMask" is two.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut small_before = false;
    for letter in super::name::composed(name).chars() {
        if !letter.is_alphabetic() || letter.is_uppercase() && small_before {
            words.push(String::new());
        }
        if letter.is_alphabetic()
            && let Some(word) = words.last_mut()
        {
            word.extend(letter.to_lowercase().map(plain));
        }
        small_before = letter.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

/// A letter of a Western European language without its accent.
pub(super) fn plain(letter: char) -> char {
    match letter {
        'á' | 'à' | 'â' | 'ã' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'õ' | 'ö' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        letter => letter,
    }
}

/// The part that a single word names, in English, Spanish, Portuguese, German, French or Italian.
pub(super) fn part(word: &str) -> Option<Subset> {
    let word: String = fold(word).chars().map(plain).collect();
    let names = |list: &[&str]| list.contains(&word.as_str());
    match () {
        () if names(&TRAIN) => Some(Subset::Train),
        () if names(&VALIDATION) => Some(Subset::Validation),
        () if names(&TEST) => Some(Subset::Test),
        () => None,
    }
}
