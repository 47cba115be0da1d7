//! Packs: what is loaded, what is left out, what is refused and why.

use crate::pictures::{grey_png, some_png};
use imaging::{
    dataset::Dataset,
    decode::DecodeError,
    pack::{
        Advance, Answers, FileError, FileProblem, FolderRole, LoadError, Loader, MAX_FILMS, Source,
        UnsureFolder,
    },
    split::{SplitBy, Subset, split},
};

/// Files in memory.
pub struct Files(pub Vec<(String, Vec<u8>)>);

impl Source for Files {
    fn paths(&self) -> Vec<String> {
        self.0.iter().map(|(path, _)| path.clone()).collect()
    }

    fn read(&mut self, index: usize) -> Result<Vec<u8>, FileError> {
        Ok(self.0[index].1.clone())
    }
}

/// A film of its own at each path that ends in `png`, else the text "text".
pub fn files(paths: &[&str]) -> Files {
    let content = |at: usize, path: &str| match path.ends_with("png") {
        true => some_png(at as u32),
        false => b"text".to_vec(),
    };
    let files = paths.iter().enumerate();
    Files(
        files
            .map(|(at, path)| (path.to_string(), content(at, path)))
            .collect(),
    )
}

/// `n` paths of films in each folder.
pub fn films_in(folders: &[&str], n: usize) -> Vec<String> {
    let paths = folders
        .iter()
        .flat_map(|folder| (0..n).map(move |at| format!("{folder}/{at}.png")));
    paths.collect()
}

pub fn refs(paths: &[String]) -> Vec<&str> {
    paths.iter().map(String::as_str).collect()
}

pub fn load_with(source: Files, roles: &[(&str, FolderRole)]) -> Result<Dataset, LoadError> {
    let roles = roles.iter().map(|(name, role)| (name.to_string(), *role));
    let answers = Answers {
        roles: roles.collect(),
        ..Answers::default()
    };
    Loader::new(source, &answers)?.finish()
}

/// The folders that the user is asked about, with the likeliest answers.
pub fn asked(outcome: Result<Dataset, LoadError>) -> Vec<(String, FolderRole)> {
    let folders = match outcome {
        Err(LoadError::UnsureFolders { folders }) => folders,
        other => panic!("{:?}", other.map(|data| data.classes)),
    };
    let pair = |folder: UnsureFolder| (folder.name, folder.likeliest);
    folders.into_iter().map(pair).collect()
}

pub fn load(source: Files) -> Result<Dataset, LoadError> {
    load_with(source, &[])
}

pub fn load_paths(paths: &[String]) -> Result<Dataset, LoadError> {
    load(files(&refs(paths)))
}

#[test]
fn class_folders_become_classes_in_order_of_their_names() {
    let mut paths = films_in(&["Chest", "abdomen", "Knee"], 4);
    paths.reverse();
    let data = load_paths(&paths).unwrap();
    assert_eq!(data.classes, ["abdomen", "Chest", "Knee"]);
    assert_eq!((data.samples.len(), data.skipped.len()), (12, 0));
    assert!(data.samples.is_sorted_by_key(|sample| &sample.name));
    for sample in &data.samples {
        assert!(sample.name.starts_with(&data.classes[sample.class]));
        assert_eq!((sample.width, sample.height, sample.part), (20, 24, None));
        assert_eq!(sample.patient, None);
    }
    assert!(data.summary(true).built_in);
    assert_eq!(data.summary(false).samples[3].name, data.samples[3].name);
}

#[test]
fn progress_is_counted_file_by_file() {
    let paths = films_in(&["a", "b"], 3);
    let mut loader = Loader::new(files(&refs(&paths)), &Answers::default()).unwrap();
    assert_eq!((loader.done(), loader.total()), (0, 6));
    let mut steps = 0;
    while loader.advance() == Advance::Read {
        steps += 1;
        assert_eq!(loader.done(), steps);
    }
    assert_eq!(steps, 6);
    assert_eq!(loader.finish().unwrap().samples.len(), 6);
}

#[test]
fn parts_are_found_above_and_below_the_classes_in_any_spelling() {
    let above = [
        "pack/TRAIN/chst",
        "pack/TRAIN/abd",
        "pack/val/chst",
        "pack/val/abd",
        "pack/Test images/chst",
        "pack/Test images/ABD",
    ];
    let below = [
        "chst/training",
        "abd/training",
        "chst/validation_set",
        "abd/dev",
        "chst/tst",
        "abd/testing",
    ];
    for folders in [above, below] {
        let data = load_paths(&films_in(&folders, 2)).unwrap();
        assert_eq!(data.classes.len(), 2, "{:?}", data.classes);
        let parts = split(&data.summary(false), SplitBy::Folder, 1).unwrap();
        for part in Subset::ALL {
            assert_eq!(
                parts.iter().filter(|own| **own == part).count(),
                4,
                "{folders:?}"
            );
        }
    }
}

#[test]
fn a_wrapping_folder_is_stripped_and_names_the_pack() {
    let mut paths = films_in(&["My films/data/chest", "My films/data/abdomen"], 3);
    paths.extend([
        "notes.txt".into(),
        "__MACOSX/My films/._x".into(),
        "My films/.DS_Store".into(),
    ]);
    let data = load_paths(&paths).unwrap();
    assert_eq!(data.title, "data");
    assert_eq!(data.classes, ["abdomen", "chest"]);
    assert_eq!(data.samples[0].name, "abdomen/0.png");
    assert_eq!(
        data.skipped,
        [FileProblem {
            path: "notes.txt".into(),
            error: FileError::Decode(DecodeError::NotAnImage)
        }]
    );
}

#[test]
fn folders_that_could_be_either_are_asked_about_once() {
    let paths = films_in(&["chest", "test", "eval"], 3);
    let class = |name: &str| (name.to_string(), FolderRole::Class);
    assert_eq!(asked(load_paths(&paths)), ["eval", "test"].map(class));

    let answers = [("test", FolderRole::Class), ("EVAL", FolderRole::Class)];
    let data = load_with(files(&refs(&paths)), &answers).unwrap();
    assert_eq!(data.classes, ["chest", "eval", "test"]);

    let answers = [("test", FolderRole::Ignore), ("eval", FolderRole::Class)];
    let data = load_with(files(&refs(&paths)), &answers).unwrap();
    assert_eq!((data.classes.len(), data.skipped.len()), (2, 0));

    let paths = films_in(
        &[
            "set A/chest",
            "set A/knee",
            "train eval/chest",
            "train eval/knee",
        ],
        3,
    );
    assert_eq!(asked(load_paths(&paths)), ["train eval"].map(class));
    let answers = [
        ("set A", FolderRole::Train),
        ("train eval", FolderRole::Test),
    ];
    let data = load_with(files(&refs(&paths)), &answers).unwrap();
    assert_eq!(data.classes, ["chest", "knee"]);
    assert!(data.samples.iter().all(|film| film.part.is_some()));
}

#[test]
fn pack_json_gives_order_patients_parts_and_odd_films() {
    let list = r#"{
        "format": 1, "title": "Five people", "licence": "CC BY 4.0", "attribution": "Somebody",
        "classes": ["chest", "Abdomen"],
        "films": [
            {"path": "films/chest/0.png", "patient": "A", "part": "train", "kind": "wide"},
            {"path": "./films/abdomen/1.png", "patient": "B", "part": "validation"},
            {"path": "films/chest/9.png"}
        ],
        "odd": [{"path": "odd/knee.png", "key": "odd-knee"}, {"path": "odd/cat.png", "key": "cat"}]
    }"#;
    let mut paths = films_in(&["pack/films/abdomen", "pack/films/chest"], 3);
    paths.extend(["pack/odd/knee.png".into(), "elsewhere/chest/1.png".into()]);
    let mut source = files(&refs(&paths));
    source.0.push(("pack/pack.json".into(), list.into()));
    let data = load(source).unwrap();
    assert_eq!(
        (&*data.title, data.licence.as_deref()),
        ("Five people", Some("CC BY 4.0"))
    );
    assert_eq!(data.attribution.as_deref(), Some("Somebody"));
    assert_eq!(data.classes, ["chest", "Abdomen"]);
    let find = |name: &str| data.samples.iter().find(|film| film.name == name).unwrap();
    let chest = find("films/chest/0.png");
    assert_eq!(
        (chest.class, chest.patient.as_deref(), chest.part),
        (0, Some("A"), Some(Subset::Train))
    );
    let abdomen = find("films/abdomen/1.png");
    assert_eq!((abdomen.class, abdomen.patient.as_deref()), (1, Some("B")));
    assert_eq!(abdomen.part, Some(Subset::Validation));
    assert_eq!(find("films/abdomen/2.png").patient, None);
    assert_eq!(data.odd.len(), 1);
    assert_eq!(data.odd[0].key, "odd-knee");
    let skipped: Vec<_> = data
        .skipped
        .iter()
        .map(|file| (&*file.path, &file.error))
        .collect();
    assert_eq!(
        skipped,
        [
            ("elsewhere/chest/1.png", &FileError::NoClass),
            ("films/chest/9.png", &FileError::Missing),
            ("odd/cat.png", &FileError::Missing),
        ]
    );
}

#[test]
fn a_bad_pack_json_is_refused_with_the_reason() {
    let wrong = [
        ("{", "EOF"),
        (r#"{"format": 2}"#, "format 2"),
        (r#"{"title": "no format"}"#, "format 0"),
        (
            r#"{"format": 1, "films": [{"path": "a/0.png", "part": "spare"}]}"#,
            "spare",
        ),
    ];
    for (list, reason) in wrong {
        let mut source = files(&refs(&films_in(&["a", "b"], 3)));
        source.0.push(("pack.json".into(), list.into()));
        match load(source) {
            Err(LoadError::BadPackFile { detail }) => assert!(detail.contains(reason), "{detail}"),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn files_that_are_no_films_are_listed_and_the_rest_goes_on() {
    let mut source = files(&refs(&films_in(&["a", "b"], 3)));
    let first = source.0[0].1.clone();
    let broken = first[..first.len() / 2].to_vec();
    let mut add = |path: &str, content: &[u8]| source.0.push((path.into(), content.to_vec()));
    add("a/notes.txt", b"seen by Dr Example");
    add("a/broken.png", &broken);
    add("a/copy.png", &first);
    add("b/dot.png", &grey_png(1, 1, |_, _| 0));
    add("b/empty.png", b"");
    let data = load(source).unwrap();
    assert_eq!(data.samples.len(), 6);
    let skipped: Vec<_> = data
        .skipped
        .iter()
        .map(|file| (&*file.path, &file.error))
        .collect();
    let copy = FileError::DuplicateOf {
        path: "a/0.png".into(),
    };
    let damaged = FileError::Decode(DecodeError::Damaged {
        format: "PNG".into(),
    });
    let small = FileError::Decode(DecodeError::TooSmall {
        width: 1,
        height: 1,
    });
    assert_eq!(
        skipped,
        [
            ("a/broken.png", &damaged),
            ("a/copy.png", &copy),
            ("a/notes.txt", &FileError::Decode(DecodeError::NotAnImage)),
            ("b/dot.png", &small),
            ("b/empty.png", &FileError::Decode(DecodeError::Empty)),
        ]
    );
}

#[test]
fn too_little_or_too_much_is_refused() {
    let refused = |paths: &[String]| load_paths(paths).map(|_| ()).unwrap_err();
    assert_eq!(refused(&[]), LoadError::Empty);
    assert_eq!(refused(&[".hidden/a.png".into()]), LoadError::Empty);
    let loose = ["a.png".to_string(), "b.txt".to_string()];
    assert!(matches!(refused(&loose), LoadError::NoLabels { n: 1, .. }));
    let text = ["a/1.txt".to_string(), "b/2.txt".to_string()];
    assert!(matches!(refused(&text), LoadError::NoFilms { problems } if problems.len() == 2));

    let class = |class: &str| class.to_string();
    for one in [
        vec!["chest"],
        vec!["pack/chest"],
        vec!["train/chest", "test/chest"],
    ] {
        let paths = films_in(&one, 4);
        let expected = LoadError::OneClass {
            class: class("chest"),
            n: paths.len(),
            tables: vec![],
            problems: vec![],
        };
        assert_eq!(refused(&paths), expected);
    }
    let mut few = films_in(&["a"], 5);
    few.extend(films_in(&["b"], 1));
    let expected = LoadError::TooFewFilms {
        class: class("b"),
        n: 1,
        left_out: 0,
        problems: vec![],
    };
    assert_eq!(refused(&few), expected);

    let many = films_in(&["a", "b"], MAX_FILMS / 2 + 1);
    let (n, limit) = (many.len(), MAX_FILMS);
    assert_eq!(refused(&many), LoadError::TooManyFilms { n, limit });
    let folders: Vec<String> = (0..21).map(|at| format!("class {at}")).collect();
    let expected = LoadError::TooManyClasses { n: 21, limit: 20 };
    assert_eq!(refused(&films_in(&refs(&folders), 3)), expected);
}
