//! Classes given by hand instead of by folders.

use imaging::{
    dataset::Dataset,
    pack::{Answers, ByHand, FileError, LoadError, Loader},
    split::Subset,
};

use crate::pack::{Files, asked, files, films_in, load, refs};

fn gather(source: Files) -> Result<Dataset, LoadError> {
    let answers = Answers {
        by_hand: Some(ByHand::Gather),
        ..Answers::default()
    };
    Loader::new(source, &answers)?.finish_gathered()
}

/// As a visitor answers after having seen what was gathered.
fn sorted(
    source: Files,
    classes: &[&str],
    class_of: Vec<(String, usize)>,
) -> Result<Dataset, LoadError> {
    let gathered = Answers {
        by_hand: Some(ByHand::Gather),
        ..Answers::default()
    };
    let answers = gathered.and(Answers {
        by_hand: Some(ByHand::Sorted {
            classes: classes.iter().map(|&name| name.to_owned()).collect(),
            class_of,
        }),
        ..Answers::default()
    });
    Loader::new(source, &answers)?.finish()
}

fn pile(n: usize) -> Vec<String> {
    let mut pile = films_in(&["pile"], n);
    pile.push("pile/readme.txt".to_owned());
    pile
}

#[test]
fn a_pile_without_classes_is_gathered_and_sorted() {
    let pile = pile(8);
    assert!(matches!(
        load(files(&refs(&pile))),
        Err(LoadError::OneClass { .. } | LoadError::NoLabels { .. })
    ));
    let gathered = gather(files(&refs(&pile))).unwrap();
    assert!(gathered.classes.is_empty());
    let names: Vec<String> = gathered
        .samples
        .iter()
        .map(|one| one.name.clone())
        .collect();
    assert_eq!(names.len(), 8);

    // All but the last.
    let class_of = names.iter().take(7).enumerate();
    let class_of = class_of.map(|(at, name)| (name.clone(), at % 2)).collect();
    let data = sorted(files(&refs(&pile)), &["Knee", "Hand"], class_of).unwrap();
    assert_eq!(data.classes, ["Knee", "Hand"]);
    assert_eq!(data.title, "pile");
    let classes: Vec<usize> = data.samples.iter().map(|one| one.class).collect();
    assert_eq!(classes, [0, 1, 0, 1, 0, 1, 0]);
    let left_out: Vec<_> = data
        .skipped
        .iter()
        .filter(|one| one.error == FileError::NotSorted)
        .collect();
    assert_eq!(left_out.len(), 1);
    assert_eq!(left_out[0].path, names[7]);
}

#[test]
fn a_pile_in_several_folders_keeps_their_parts_and_no_folder_is_asked_about() {
    let unclear = films_in(&["x/train/a", "x/train/b", "x/TE"], 3);
    assert!(!asked(load(files(&refs(&unclear)))).is_empty());
    let gathered = gather(files(&refs(&unclear))).unwrap();
    assert_eq!(gathered.samples.len(), 9);
    let class_of = gathered.samples.iter().enumerate();
    let class_of = class_of
        .map(|(at, one)| (one.name.clone(), at % 2))
        .collect();
    let data = sorted(files(&refs(&unclear)), &["one", "two"], class_of).unwrap();
    assert_eq!(data.samples.len(), 9);
    let training = data
        .samples
        .iter()
        .filter(|one| one.part == Some(Subset::Train));
    assert_eq!(training.count(), 6);
}

#[test]
fn classes_of_folders_are_changed_by_hand() {
    let paths = films_in(&["chest", "hand", "knee"], 3);
    let before = load(files(&refs(&paths))).unwrap();
    let merged = before
        .samples
        .iter()
        .map(|one| (one.name.clone(), one.class.min(1)));
    let data = sorted(files(&refs(&paths)), &["Chest", "Limb"], merged.collect()).unwrap();
    assert_eq!(data.classes, ["Chest", "Limb"]);
    assert_eq!(data.samples.iter().filter(|one| one.class == 1).count(), 6);
}

#[test]
fn the_same_picture_is_gathered_once_and_a_pile_of_no_pictures_is_refused() {
    let mut twice = files(&refs(&films_in(&["pile"], 4)));
    let again = twice.0[0].1.clone();
    twice.0.push(("pile/again.png".to_owned(), again));
    let gathered = gather(twice).unwrap();
    assert_eq!(gathered.samples.len(), 4);
    assert!(matches!(
        gathered.skipped[0].error,
        FileError::DuplicateOf { .. }
    ));
    let texts = gather(files(&["pile/a.bin", "pile/b.bin"]));
    assert!(matches!(texts, Err(LoadError::NoFilms { .. })), "{texts:?}");
}

#[test]
fn answers_that_fit_no_file_are_told_like_any_other_lack() {
    let pile = pile(4);
    let nothing = sorted(
        files(&refs(&pile)),
        &["a", "b"],
        vec![("other.png".to_owned(), 0)],
    );
    assert!(
        matches!(nothing, Err(LoadError::NoFilms { .. })),
        "{nothing:?}"
    );
    // A number of a class that is not there.
    let gathered = gather(files(&refs(&pile))).unwrap();
    let beyond = gathered
        .samples
        .iter()
        .map(|one| (one.name.clone(), 7))
        .collect();
    assert!(sorted(files(&refs(&pile)), &["a", "b"], beyond).is_err());
}

#[test]
fn a_table_beside_a_pile_tells_its_patients_once_it_is_sorted() {
    let mut pile = pile(8);
    pile.retain(|path| !path.ends_with(".txt"));
    let rows: String = pile
        .iter()
        .enumerate()
        .map(|(at, path)| {
            let (_, name) = path.rsplit_once('/').unwrap();
            format!("{name},P{}\n", at / 2)
        })
        .collect();
    let table = format!("file,patient\n{rows}");
    let source = || {
        let mut source = files(&refs(&pile));
        let table = table.clone().into_bytes();
        source.0.push(("pile/patients.csv".into(), table));
        source
    };
    let gathered = gather(source()).unwrap();
    let class_of = gathered.samples.iter().enumerate();
    let class_of: Vec<(String, usize)> = class_of
        .map(|(at, film)| (film.name.clone(), usize::from(at >= 4)))
        .collect();
    let by_hand = Answers {
        by_hand: Some(ByHand::Sorted {
            classes: vec!["Knee".to_owned(), "Hand".to_owned()],
            class_of,
        }),
        ..Answers::default()
    };
    let asked = Loader::new(source(), &by_hand).and_then(Loader::finish);
    let accepted = asked
        .unwrap_err()
        .accepted()
        .expect("a question about the table");
    let data = Loader::new(source(), &by_hand.and(accepted)).unwrap();
    let data = data.finish().unwrap();
    assert_eq!(data.classes, ["Knee", "Hand"]);
    let patients: Vec<_> = data.samples.iter().map(|one| one.patient.clone()).collect();
    assert!(patients.iter().all(Option::is_some), "{patients:?}");
    assert_eq!(patients[0], patients[1]);
    assert_ne!(patients[1], patients[2]);
    assert!(data.skipped.is_empty(), "{:?}", data.skipped);
}
