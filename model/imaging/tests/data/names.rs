//! What names say: numbers, parts in six languages, accents, hints.

use imaging::{
    pack::{BadTable, FolderRole, LoadError, TableProblem},
    split::Subset,
};

use crate::pack::{asked, files, films_in, load, load_paths, load_with, refs};

/// How many films no folder sorts, which folders, and the tables that do not either.
fn no_labels(paths: &[String]) -> (usize, Vec<String>, Vec<(String, TableProblem)>) {
    let pair = |bad: BadTable| (bad.table, bad.problem);
    match load_paths(paths) {
        Err(LoadError::NoLabels { n, folders, tables }) => {
            (n, folders, tables.into_iter().map(pair).collect())
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn folders_that_only_count_tell_no_label() {
    for folders in [
        &["images_001/images", "images_002/images"][..],
        &[
            "files/p10/p10000032/s50414267",
            "files/p11/p11000011/s51029426",
        ],
        &["train/patient00001/study1", "valid/patient64541/study1"],
        &["2019-03-01", "2019-03-02"],
        &["00000001", "00000013"],
        &["1.2.840.113619.2.55", "1.2.840.113619.2.56"],
        &["CHNCXR_0001_0", "CHNCXR_0002_1"],
        &["sub-01", "sub-02"],
        &["Paciente 1", "Paciente 2"],
    ] {
        let mut paths = films_in(folders, 3);
        paths.push("Data_Entry_2017.csv".into());
        let (n, named, tables) = no_labels(&paths);
        assert_eq!((n, named.is_empty()), (6, false), "{folders:?}");
        // A header, and nothing below.
        assert_eq!(
            tables,
            [("Data_Entry_2017.csv".into(), TableProblem::Empty)]
        );
    }
    let mut flat: Vec<String> = (0..9).map(|at| format!("{at}.png")).collect();
    flat.push("labels.xlsx".into());
    let spreadsheet = ("labels.xlsx".into(), TableProblem::Spreadsheet);
    assert_eq!(no_labels(&flat), (9, vec![], vec![spreadsheet]));
    let mut one = films_in(&["sample/sample/images"], 6);
    one.push("sample/sample_labels.csv".into());
    let (n, folders, tables) = no_labels(&one);
    assert_eq!((n, folders), (6, vec!["images".to_string()]));
    assert_eq!(tables.len(), 1);
}

#[test]
fn grades_and_kinds_with_a_number_are_classes() {
    for folders in [
        ["0", "1"],
        ["grade 1", "grade 2"],
        ["Type_1", "Type_2"],
        ["BIRADS 2", "BIRADS 4"],
    ] {
        assert_eq!(load_paths(&films_in(&folders, 3)).unwrap().classes, folders);
    }
    // Portions of a set with class folders in each, and examinations within classes.
    let data = load_paths(&films_in(
        &["fold_1/a", "fold_1/b", "fold_2/a", "fold_2/b"],
        3,
    ))
    .unwrap();
    assert_eq!(data.classes, ["a", "b"]);
    let data = load_paths(&films_in(&["a/p10/s1", "a/p11/s2", "b/p12/s3"], 3)).unwrap();
    assert_eq!(data.classes, ["a", "b"]);
    // A folder that counts is a class if the user says so.
    let paths = films_in(&["p10", "p11"], 3);
    let roles = [("p10", FolderRole::Class), ("p11", FolderRole::Class)];
    assert_eq!(
        load_with(files(&refs(&paths)), &roles).unwrap().classes,
        ["p10", "p11"]
    );
}

#[test]
fn parts_have_names_in_six_languages() {
    for [train, validation, test] in [
        ["entrenamiento", "validación", "prueba"],
        [
            "Conjunto de entrenamiento",
            "validacion",
            "imágenes de prueba",
        ],
        ["TRAIN", "vAl", "tEsTing"],
        ["treino", "validação", "teste"],
        ["treinamento", "Validacao", "Testes"],
        ["Trainingsdaten", "Validierung", "Prüfung"],
        ["trainieren", "validieren", "testen"],
        ["entraînement", "validation", "essai"],
        ["Apprentissage", "valider", "données de test"],
        ["addestramento", "validazione", "prova"],
        ["ALLENAMENTO", "convalida", "immagini di test"],
    ] {
        let folders: Vec<String> = [train, validation, test]
            .iter()
            .flat_map(|part| ["normal", "neumonía"].map(|class| format!("set/{part}/{class}")))
            .collect();
        let data = load_paths(&films_in(&refs(&folders), 3)).unwrap();
        assert_eq!(data.classes, ["neumonía", "normal"], "{train}");
        for part in Subset::ALL {
            let own = data.samples.iter().filter(|film| film.part == Some(part));
            assert_eq!(own.count(), 6, "{train} {part:?}");
        }
    }
}

#[test]
fn a_name_is_one_class_in_whatever_form_its_accents_are_stored() {
    // One code point, and a letter with an accent of its own; Hangul and kana have both forms too.
    for (composed, apart) in [
        ("neumon\u{ed}a", "neumoni\u{301}a"),
        ("t\u{f3}rax", "to\u{301}rax"),
        ("\u{d55c}", "\u{1112}\u{1161}\u{11ab}"),
        ("\u{304c}", "\u{304b}\u{3099}"),
    ] {
        let paths = films_in(
            &[
                &format!("train/{composed}"),
                &format!("test/{apart}"),
                "train/normal",
                "test/Normal ",
            ],
            3,
        );
        let data = load_paths(&paths).unwrap();
        assert_eq!(data.classes.len(), 2, "{:?}", data.classes);
        let answer = [(apart, FolderRole::Ignore)];
        let one = load_with(files(&refs(&paths)), &answer);
        assert!(matches!(one, Err(LoadError::OneClass { n: 6, .. })));
    }
    let spanish = films_in(&["validacio\u{301}n/a", "validaci\u{f3}n/b", "a", "b"], 3);
    let data = load_paths(&spanish).unwrap();
    let validation = data
        .samples
        .iter()
        .filter(|film| film.part == Some(Subset::Validation));
    assert_eq!(validation.count(), 6);
}

#[test]
fn pack_json_names_a_film_in_whatever_form_its_accents_are_stored() {
    let list = "{\"format\": 1, \"films\": [{\"path\": \"t\u{f3}rax/0.png\", \"patient\": \"A\"}]}";
    let mut source = files(&refs(&films_in(&["to\u{301}rax", "normal"], 3)));
    source.0.push(("pack.json".into(), list.into()));
    let data = load(source).unwrap();
    assert_eq!(data.skipped, []);
    let known = data.samples.iter().filter(|film| film.patient.is_some());
    assert_eq!(known.count(), 1);
}

#[test]
fn names_that_hint_at_a_part_are_asked_about() {
    let class = |name: &str| (name.to_string(), FolderRole::Class);
    let paths = films_in(&["TE", "Va", "prueba positiva", "test positive"], 3);
    assert_eq!(
        asked(load_paths(&paths)),
        ["TE", "Va", "prueba positiva", "test positive"].map(class)
    );
}
