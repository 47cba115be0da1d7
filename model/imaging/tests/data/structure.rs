//! Folders as people have them: copies within copies, other pictures, films to try, masks.

use std::collections::BTreeMap;

use imaging::{
    dataset::Dataset,
    pack::{FileError, FolderRole},
    split::Subset,
};

use crate::{
    pack::{Files, asked, files, films_in, load, load_paths, load_with, refs},
    pictures::{grey_png, some_png},
};

/// How many films each class has in each part.
fn counts(data: &Dataset) -> BTreeMap<(&str, Option<Subset>), usize> {
    let mut counts = BTreeMap::new();
    for film in &data.samples {
        *counts
            .entry((&*data.classes[film.class], film.part))
            .or_default() += 1;
    }
    counts
}

/// Paths `<top>/<part>/<class>/n.png` of three films each.
fn parted(top: &str, classes: &[&str]) -> Vec<String> {
    let folders = ["train", "val", "test"].iter();
    let folders = folders.flat_map(|part| {
        classes
            .iter()
            .map(move |class| format!("{top}/{part}/{class}"))
    });
    films_in(&refs(&folders.collect::<Vec<_>>()), 3)
}

#[test]
fn a_second_copy_within_the_first_is_the_same_classes_and_its_films_are_doubles() {
    let once = parted("chest_xray", &["NORMAL", "PNEUMONIA"]);
    let films = once
        .iter()
        .enumerate()
        .map(|(at, path)| (path.clone(), some_png(at as u32)));
    let films: Vec<_> = films.collect();
    let mut twice = films.clone();
    twice.extend(
        films
            .iter()
            .map(|(path, film)| (format!("chest_xray/{path}"), film.clone())),
    );
    twice.push((
        "chest_xray/__MACOSX/train/NORMAL/._0.png".into(),
        b"x".to_vec(),
    ));
    let data = load(Files(twice)).unwrap();
    assert_eq!(data.classes, ["NORMAL", "PNEUMONIA"]);
    assert_eq!(counts(&data).len(), 6);
    assert!(counts(&data).values().all(|&n| n == 3));
    assert_eq!(data.skipped.len(), 18);
    let same = |error: &FileError| matches!(error, FileError::DuplicateOf { .. });
    assert!(data.skipped.iter().all(|file| same(&file.error)));
}

#[test]
fn copies_without_parts_are_seen_through_too() {
    let data = load_paths(&films_in(&["set/a", "set/b", "set/set/a", "set/set/b"], 3)).unwrap();
    assert_eq!(data.classes, ["a", "b"]);
    assert_eq!(data.samples.len(), 12);
}

#[test]
fn hospitals_above_the_parts_are_no_classes() {
    let mut paths = parted("north", &["normal", "pneumonia"]);
    paths.extend(parted("south", &["normal", "pneumonia"]));
    assert_eq!(load_paths(&paths).unwrap().classes, ["normal", "pneumonia"]);
}

#[test]
fn parts_within_classes_stay_parts_whatever_lies_in_them() {
    let data = load_paths(&films_in(
        &[
            "chest/train/Smith",
            "chest/test/Jones",
            "knee/train/Miller",
            "knee/test/Brown",
        ],
        3,
    ));
    assert_eq!(data.unwrap().classes, ["chest", "knee"]);
}

#[test]
fn other_pictures_beside_the_parts_are_asked_about() {
    let mut paths = parted("chest_xray", &["NORMAL", "PNEUMONIA"]);
    paths.extend(films_in(&["results"], 4));
    assert_eq!(
        asked(load_paths(&paths)),
        [("results".into(), FolderRole::Ignore)]
    );
    let answer = |role| load_with(files(&refs(&paths)), &[("results", role)]).unwrap();
    let data = answer(FolderRole::Ignore);
    assert_eq!(
        (data.classes.len(), data.samples.len(), data.odd.len()),
        (2, 18, 0)
    );
    let data = answer(FolderRole::Try);
    assert_eq!(
        (data.classes.len(), data.samples.len(), data.odd.len()),
        (2, 18, 4)
    );
    assert_eq!(
        answer(FolderRole::Class).classes,
        ["NORMAL", "PNEUMONIA", "results"]
    );
}

#[test]
fn two_sets_with_different_classes_are_asked_about() {
    let mut paths = parted("cells/OCT", &["CNV", "DRUSEN", "NORMAL"]);
    paths.extend(parted("cells/chest_xray", &["NORMAL", "PNEUMONIA"]));
    let around = |name: &str| (name.to_string(), FolderRole::Around);
    assert_eq!(asked(load_paths(&paths)), ["OCT", "chest_xray"].map(around));
    let with =
        |roles: &[(&str, FolderRole)]| load_with(files(&refs(&paths)), roles).unwrap().classes;
    assert_eq!(
        with(&[
            ("OCT", FolderRole::Ignore),
            ("chest_xray", FolderRole::Around)
        ]),
        ["NORMAL", "PNEUMONIA"]
    );
    assert_eq!(
        with(&[
            ("OCT", FolderRole::Class),
            ("chest_xray", FolderRole::Class)
        ]),
        ["chest_xray", "OCT"]
    );
}

#[test]
fn a_folder_of_class_folders_beside_another_is_asked_about() {
    let paths = films_in(&["corpus/normal", "corpus/covid", "figures"], 3);
    let expected = [
        ("corpus".to_string(), FolderRole::Around),
        ("figures".to_string(), FolderRole::Ignore),
    ];
    let found = asked(load_paths(&paths));
    assert_eq!(found, expected);
    let roles: Vec<_> = found.iter().map(|(name, role)| (&**name, *role)).collect();
    let data = load_with(files(&refs(&paths)), &roles).unwrap();
    assert_eq!(data.classes, ["covid", "normal"]);
}

#[test]
fn a_folder_beside_one_that_says_nothing_is_asked_about() {
    let paths = films_in(&["data/normal", "data/covid", "figures"], 3);
    assert_eq!(
        asked(load_paths(&paths)),
        [("figures".into(), FolderRole::Ignore)]
    );
    let data = load_with(files(&refs(&paths)), &[("figures", FolderRole::Ignore)]).unwrap();
    assert_eq!(data.classes, ["covid", "normal"]);
    let paths = films_in(&["normal", "covid", "images/plots"], 3);
    assert_eq!(
        asked(load_paths(&paths)),
        [("plots".into(), FolderRole::Ignore)]
    );
}

#[test]
fn a_test_folder_without_classes_is_offered_as_films_to_try() {
    let mut paths = films_in(&["TRAIN/chst", "TRAIN/abd", "VAL/chst", "VAL/abd"], 4);
    paths.extend(films_in(&["TEST"], 2));
    assert_eq!(
        asked(load_paths(&paths)),
        [("TEST".into(), FolderRole::Try)]
    );
    let data = load_with(files(&refs(&paths)), &[("TEST", FolderRole::Try)]).unwrap();
    assert_eq!(data.classes, ["abd", "chst"]);
    let keys: Vec<_> = data.odd.iter().map(|odd| &*odd.key).collect();
    assert_eq!(keys, ["TEST/0.png", "TEST/1.png"]);
    assert_eq!(data.samples.len(), 16);
}

#[test]
fn a_folder_that_says_nothing_is_not_asked_about_within_a_part() {
    let mut paths = films_in(&["TRAIN/images/a", "TRAIN/images/b"], 4);
    paths.extend(films_in(&["TEST/images"], 2));
    assert_eq!(
        asked(load_paths(&paths)),
        [("TEST".into(), FolderRole::Try)]
    );
}

#[test]
fn a_folder_of_masks_is_asked_about_by_its_name() {
    for mask in [
        "masks",
        "Mask",
        "leftMask",
        "lung_segmentation",
        "máscaras",
        "Masken",
        "labels",
        "GT",
    ] {
        let folders = ["COVID/images", "Normal/images"].map(str::to_owned);
        let mut paths = films_in(&refs(&folders), 4);
        paths.extend(films_in(&[&format!("COVID/{mask}")], 4));
        paths.push("COVID.metadata.xlsx".into());
        assert_eq!(
            asked(load_paths(&paths)),
            [(mask.to_string(), FolderRole::Ignore)]
        );
        let with = |role| load_with(files(&refs(&paths)), &[(mask, role)]).unwrap();
        let data = with(FolderRole::Ignore);
        assert_eq!(data.classes, ["COVID", "Normal"]);
        assert_eq!(data.samples.len(), 8);
        assert_eq!(with(FolderRole::Class).samples.len(), 12);
    }
    // Sorted the other way round.
    let paths = films_in(
        &[
            "images/COVID",
            "images/Normal",
            "masks/COVID",
            "masks/Normal",
        ],
        3,
    );
    assert_eq!(
        asked(load_paths(&paths)),
        [("masks".into(), FolderRole::Ignore)]
    );
    let data = load_with(files(&refs(&paths)), &[("masks", FolderRole::Ignore)]).unwrap();
    assert_eq!((data.classes.len(), data.samples.len()), (2, 6));
}

#[test]
fn a_folder_of_masks_is_asked_about_by_its_pixels() {
    let films = films_in(&["COVID/pictures", "Normal/pictures"], 4)
        .into_iter()
        .enumerate();
    let mut source = Files(
        films
            .map(|(at, path)| (path, some_png(at as u32)))
            .collect(),
    );
    for at in 0..4 {
        let lung = grey_png(20, 24, |x, y| if x > 4 + at && y > 6 { 255 } else { 0 });
        source.0.push((format!("COVID/lungs/{at}.png"), lung));
    }
    assert_eq!(
        asked(load(Files(source.0.clone()))),
        [("lungs".into(), FolderRole::Ignore)]
    );
    let data = load_with(source, &[("lungs", FolderRole::Ignore)]).unwrap();
    assert_eq!(data.samples.len(), 8);
}

#[test]
fn a_file_that_is_named_as_the_mask_of_another_is_left_out() {
    let mut paths = films_in(&["benign", "malignant"], 3);
    paths.extend(
        [
            "benign/0_mask.png",
            "benign/0_mask_1.png",
            "malignant/mask_2.png",
        ]
        .map(str::to_owned),
    );
    // No film of that name: this one is a film.
    paths.push("malignant/gas mask.png".into());
    let data = load_paths(&paths).unwrap();
    assert_eq!(data.samples.len(), 7);
    let masks = data.skipped.iter().map(|file| &file.error);
    assert!(
        masks
            .into_iter()
            .all(|error| matches!(error, FileError::MaskOf { .. }))
    );
}
