//! DICOM files in a pack: who reads them, who the patients are, which frame, and discs that hold hardly a film.

use std::{cell::RefCell, rc::Rc};

use dicom::{Facts, Refusal};
use imaging::{
    dataset::Dataset,
    decode::{DecodeError, Decoded},
    dicom::{DicomFilm, FrameFacts, FrameValues, refused},
    film::Film,
    pack::{Advance, Answers, FileError, FileProblem, LoadError, Loader, MAX_FILMS},
    reader::FormatReader,
};

use crate::{
    pack::{Files, load},
    pictures::some_png,
};

/// What the reader below takes for a file of this patient: the mark of DICOM, then its own.
fn file(patient: &str, seed: u8) -> Vec<u8> {
    [&[0; 128][..], b"DICM", &[seed], patient.as_bytes()].concat()
}

/// Makes another film of each file, and keeps which frames were wanted.
#[derive(Default)]
struct Simulated {
    frames: RefCell<Vec<u32>>,
}

impl FormatReader for Simulated {
    fn film(&self, bytes: &[u8], frame: u32) -> Result<DicomFilm, FileError> {
        let [seed, patient @ ..] = &bytes[132..] else {
            return Err(refused(Refusal::Truncated));
        };
        self.frames.borrow_mut().push(frame);
        let pixel = |at: usize| ((at * (usize::from(*seed) + 3)) % 251 * 257) as u16;
        let film = Film::new(20, 24, (0..480).map(pixel).collect()).unwrap();
        let patient = String::from_utf8(patient.to_vec()).unwrap();
        let file = Facts {
            patient_id: (!patient.is_empty()).then_some(patient),
            ..Facts::default()
        };
        let facts = Box::new(FrameFacts { file, frame });
        Ok(DicomFilm { film, facts })
    }

    fn values(&self, _: &[u8], _: u32, _: u32) -> Result<FrameValues, FileError> {
        unreachable!("only the viewer wants values")
    }

    fn picture(&self, _: &[u8]) -> Result<Decoded, FileError> {
        unreachable!("all files are DICOM files")
    }
}

fn disc(patients: &[&str]) -> Files {
    let files = patients.iter().enumerate().map(|(at, patient)| {
        let class = ["chest", "abdomen"][at % 2];
        (format!("{class}/DICOM/IM{at:03}"), file(patient, at as u8))
    });
    Files(files.collect())
}

fn loaded(source: Files, answers: &Answers, reader: &Rc<Simulated>) -> Result<Dataset, LoadError> {
    let mut loader = Loader::new(source, answers)?;
    loader.read_formats_with(reader.clone());
    loader.finish()
}

#[test]
fn a_loader_says_that_it_needs_a_reader_and_goes_on_with_it() {
    let mut source = disc(&["A", "B", "A", "C", "B", "C"]);
    source.0.push(("abdomen/a.png".into(), some_png(1)));
    let mut loader = Loader::new(source, &Answers::default()).unwrap();
    for _ in 0..3 {
        assert_eq!(loader.advance(), Advance::NeedsFormatReader);
        assert_eq!(
            (loader.done(), loader.next_path()),
            (0, Some("abdomen/DICOM/IM001"))
        );
    }
    loader.read_formats_with(Rc::new(Simulated::default()));
    let mut read = 0;
    while loader.advance() == Advance::Read {
        read += 1;
    }
    assert_eq!(
        (read, loader.done(), loader.advance()),
        (7, 7, Advance::Done)
    );
    assert_eq!(loader.finish().unwrap().samples.len(), 7);
}

#[test]
fn without_a_reader_the_files_are_named_and_the_rest_goes_on() {
    let mut source = disc(&["A", "B"]);
    for at in 0..8 {
        let class = ["chest", "abdomen"][at % 2];
        source
            .0
            .push((format!("{class}/{at}.png"), some_png(at as u32)));
    }
    let data = load(source).unwrap();
    assert_eq!(data.samples.len(), 8);
    let unread = FileError::Decode(DecodeError::NeedsReader);
    assert!(data.skipped.iter().all(|problem| problem.error == unread));
    assert_eq!(data.skipped.len(), 2);
}

#[test]
fn patients_are_numbered_and_those_of_the_list_keep_their_names() {
    let mut source = disc(&["ID-7", "ID-9", "ID-7", "", "ID-9", "ID-8"]);
    let list = r#"{ "format": 1, "films": [{ "path": "chest/DICOM/IM004", "patient": "1" }] }"#;
    source.0.push(("pack.json".into(), list.into()));
    let data = loaded(source, &Answers::default(), &Rc::default()).unwrap();
    let patients: Vec<_> = data
        .samples
        .iter()
        .map(|film| (&film.name[film.name.len() - 3..], film.patient.as_deref()))
        .collect();
    // In the order of the films; 1 is taken.
    let expected = [
        ("001", Some("2")),
        ("003", None),
        ("005", Some("3")),
        ("000", Some("4")),
        ("002", Some("4")),
        ("004", Some("1")),
    ];
    assert_eq!(patients, expected);
}

#[test]
fn the_first_frame_is_the_film_unless_another_one_was_chosen() {
    let reader = Rc::<Simulated>::default();
    let answers = Answers {
        frames: vec![("abdomen/DICOM/IM003".into(), 5)],
        ..Answers::default()
    };
    let patients = ["A"; 6];
    let data = loaded(disc(&patients), &answers, &reader).unwrap();
    assert_eq!(*reader.frames.borrow(), [0, 5, 0, 0, 0, 0]);
    let facts = |at: usize| data.samples[at].facts.as_deref().unwrap().frame;
    assert_eq!((facts(0), facts(1)), (0, 5));
    let other = |frame| Answers {
        frames: vec![("x".into(), frame)],
        ..Answers::default()
    };
    assert_eq!(other(1).and(other(2)).frames, other(2).frames);
}

#[test]
fn the_index_of_a_disc_is_named_and_means_nothing() {
    let mut source = disc(&["A"; 6]);
    source.0.push(("chest/DICOMDIR".into(), file("A", 0)));
    source.0.push(("dicomdir".into(), file("A", 0)));
    let data = loaded(source, &Answers::default(), &Rc::default()).unwrap();
    let error = refused(Refusal::Index);
    let named = |path: &str| FileProblem {
        path: path.into(),
        error: error.clone(),
    };
    assert_eq!(data.skipped, [named("chest/DICOMDIR"), named("dicomdir")]);
    assert_eq!(data.samples.len(), 6);
}

#[test]
fn of_ten_thousand_files_ten_are_films() {
    let mut source = disc(&["A"; 10]);
    for at in 0..9_990 {
        source
            .0
            .push((format!("chest/DICOM/X{at}"), b"something else".to_vec()));
    }
    let data = loaded(source, &Answers::default(), &Rc::default()).unwrap();
    assert_eq!((data.samples.len(), data.skipped.len()), (10, 9_990));
}

#[test]
fn more_films_than_fit_are_refused_once_they_are_read() {
    let patients = vec!["A"; 255];
    let mut source = disc(&patients);
    let all = MAX_FILMS + 1;
    let copies = (255..all).map(|at| {
        let class = ["chest", "abdomen"][at % 2];
        let patient = at.to_string();
        (
            format!("{class}/DICOM/IM{at}"),
            file(&patient, (at % 251) as u8),
        )
    });
    source.0.extend(copies);
    let refused = loaded(source, &Answers::default(), &Rc::default()).unwrap_err();
    let limit = MAX_FILMS;
    assert_eq!(refused, LoadError::TooManyFilms { n: all, limit });
}

#[test]
fn dicom_files_in_folders_that_say_nothing_are_films_all_the_same() {
    let files = (0..6).map(|at| (format!("IM{at}"), file("A", at)));
    match load(Files(files.collect())).unwrap_err() {
        LoadError::OneClass { .. } | LoadError::NoLabels { .. } => {}
        other => panic!("{other:?}"),
    }
}
