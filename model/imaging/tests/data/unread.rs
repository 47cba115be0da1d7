//! What is said when a class, or everything, cannot be read, and when a decoder fails.

use imaging::{
    decode::{DecodeError, Decoded, read},
    pack::{Answers, FileError, FileProblem, LoadError, Loader},
};

use crate::{
    pack::{Files, films_in, load},
    pictures::some_png,
};

/// Four films in `chest`, and files with this content in `abdomen`.
fn with_unread(content: &[u8], n: usize) -> Files {
    let films = films_in(&["chest"], 4).into_iter().enumerate();
    let mut files: Vec<_> = films
        .map(|(at, path)| (path, some_png(at as u32)))
        .collect();
    let others = films_in(&["abdomen"], n).into_iter();
    files.extend(others.map(|path| (path, content.to_vec())));
    Files(files)
}

#[test]
fn a_class_that_cannot_be_read_is_named_with_the_reason() {
    let dicom = [&[0; 128][..], b"DICM\x02\0\0\0"].concat();
    let heic = FileError::Decode(DecodeError::Unsupported {
        format: "HEIC".into(),
    });
    for (content, reason) in [
        (&dicom[..], FileError::Decode(DecodeError::NeedsReader)),
        (b"\0\0\0\x18ftypheic", heic),
        (b"", FileError::Decode(DecodeError::Empty)),
    ] {
        let error = load(with_unread(content, 12)).unwrap_err();
        assert_eq!(error.problems().len(), 13);
        let whole = FileProblem {
            path: "abdomen".into(),
            error: FileError::WholeClass {
                n: 12,
                reason: Box::new(reason.clone()),
            },
        };
        assert_eq!(error.problems()[0], whole);
        match error {
            LoadError::UnreadClass {
                class,
                n,
                reason: found,
                ..
            } => assert_eq!((&*class, n, found), ("abdomen", 12, reason)),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn with_two_classes_left_the_lost_one_heads_the_list() {
    let mut source = with_unread(b"GIF89a", 5);
    let films = films_in(&["knee"], 4).into_iter().enumerate();
    source
        .0
        .extend(films.map(|(at, path)| (path, some_png(50 + at as u32))));
    let data = load(source).unwrap();
    assert_eq!(data.classes, ["chest", "knee"]);
    assert_eq!(data.skipped.len(), 6);
    assert!(matches!(
        &data.skipped[0].error,
        FileError::WholeClass { n: 5, .. }
    ));
    assert_eq!(data.skipped[0].path, "abdomen");
}

#[test]
fn too_few_films_come_with_the_reasons() {
    let mut source = with_unread(b"\x89PNG\r\n\x1a\ncut", 3);
    source.0.push(("abdomen/8.png".into(), some_png(80)));
    match load(source).unwrap_err() {
        LoadError::TooFewFilms {
            class,
            n,
            left_out,
            problems,
        } => {
            assert_eq!((&*class, n, left_out), ("abdomen", 1, 3));
            assert_eq!(problems.len(), 3);
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn films_that_no_folder_sorts_are_not_blamed_on_folders_if_they_cannot_be_read() {
    let files = (0..7).map(|at| (format!("{at}.dcm"), b"GIF89a".to_vec()));
    match load(Files(files.collect())).unwrap_err() {
        LoadError::NoFilms { problems } => assert!(!problems.is_empty()),
        other => panic!("{other:?}"),
    }
}

/// Ends as some decoders do on some files.
fn failing(bytes: &[u8]) -> Result<Decoded, DecodeError> {
    assert!(bytes != some_png(2), "told to fail");
    read(bytes)
}

fn six_films() -> Files {
    let films = films_in(&["a", "b"], 4).into_iter().enumerate();
    Files(
        films
            .map(|(at, path)| (path, some_png(at as u32)))
            .collect(),
    )
}

#[test]
fn a_decoder_that_panics_costs_one_film() {
    let loader = Loader::new(six_films(), &Answers::default()).unwrap();
    let data = loader.with_decoder(failing).finish().unwrap();
    assert_eq!(data.samples.len(), 7);
    let problem = FileProblem {
        path: "a/2.png".into(),
        error: FileError::DecoderFailed,
    };
    assert_eq!(data.skipped, [problem]);
}

#[test]
fn a_file_that_has_ended_the_program_before_is_not_decoded_again() {
    let mut loader = Loader::new(six_films(), &Answers::default()).unwrap();
    loader.advance();
    loader.advance();
    // What is noted before the third file is read, and survives the end of the program.
    let failed = vec![loader.next_path().unwrap().to_owned()];
    let answers = Answers {
        failed,
        ..Answers::default()
    };
    let data = Loader::new(six_films(), &answers)
        .unwrap()
        .finish()
        .unwrap();
    assert_eq!(data.skipped.len(), 1);
    assert_eq!(data.skipped[0].path, "a/2.png");
    assert_eq!(data.skipped[0].error, FileError::DecoderFailed);
}

#[test]
fn answers_are_gathered_and_the_later_one_counts() {
    use imaging::pack::FolderRole::{Class, Test, Try};
    let roles = |roles: &[(&str, imaging::pack::FolderRole)]| Answers {
        roles: roles
            .iter()
            .map(|(name, role)| (name.to_string(), *role))
            .collect(),
        ..Answers::default()
    };
    let both = roles(&[("a", Class), ("b", Test)]).and(roles(&[("b", Try)]));
    assert_eq!(both.roles, roles(&[("a", Class), ("b", Try)]).roles);
    let failed = Answers {
        failed: vec!["x".into()],
        ..Answers::default()
    };
    assert_eq!(both.clone().and(failed).roles, both.roles);
}
