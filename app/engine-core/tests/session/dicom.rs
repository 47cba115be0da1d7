//! DICOM files, and others that the engine has no decoder for: the program that reads them comes late, fails, or never comes.

use std::rc::Rc;

use engine_core::host::{Arrived, Message, SideProgram, UserFile};
use imaging::{
    decode::{DecodeError, Decoded},
    dicom::{DicomFilm, FrameValues},
    pack::{FileError, LoadError},
    reader::{FormatReader, OwnReader},
};
use protocol::{Command, Event, Failure, QuestionId};

use super::world::{Engine, FILMS, Files, InMemory, SIDE, cpu, quick};

/// An element in Explicit VR Little Endian, of a kind whose length takes two bytes.
fn element(group: u16, number: u16, kind: &str, value: &[u8]) -> Vec<u8> {
    let padding = value.len() % 2;
    let length = (value.len() + padding) as u16;
    let head = [group.to_le_bytes(), number.to_le_bytes()].concat();
    let filler = &b" "[..padding];
    [&head, kind.as_bytes(), &length.to_le_bytes(), value, filler].concat()
}

fn short(group: u16, number: u16, value: u16) -> Vec<u8> {
    element(group, number, "US", &value.to_le_bytes())
}

/// A film of 12 bits with a bright half; `class` says which, `number` makes it another one.
fn dicom(class: usize, number: usize, patient: &str) -> Vec<u8> {
    let pixel = |at: u32| {
        let upper = at < SIDE * SIDE / 2;
        let bright = upper == (class == 0);
        let grain = (at as usize * (number + 3)) % 61;
        (if bright { 3000 } else { 400 } + 8 * grain) as u16
    };
    let pixels: Vec<u8> = (0..SIDE * SIDE)
        .flat_map(|at| pixel(at).to_le_bytes())
        .collect();
    let syntax = element(2, 0x10, "UI", b"1.2.840.10008.1.2.1");
    let length = (syntax.len() as u32).to_le_bytes();
    [
        vec![0; 128],
        b"DICM".to_vec(),
        element(2, 0, "UL", &length),
        syntax,
        element(8, 0x16, "UI", b"1.2.840.10008.5.1.4.1.1.1"),
        element(8, 0x60, "CS", b"CR"),
        element(0x10, 0x20, "LO", patient.as_bytes()),
        short(0x28, 2, 1),
        element(0x28, 4, "CS", b"MONOCHROME2"),
        short(0x28, 0x10, SIDE as u16),
        short(0x28, 0x11, SIDE as u16),
        short(0x28, 0x100, 16),
        short(0x28, 0x101, 12),
        short(0x28, 0x102, 11),
        short(0x28, 0x103, 0),
        element(0x28, 0x1050, "DS", b"2048"),
        element(0x28, 0x1051, "DS", b"4096"),
        [
            &[0xe0, 0x7f, 0x10, 0][..],
            b"OW\0\0",
            &(pixels.len() as u32).to_le_bytes(),
        ]
        .concat(),
        pixels,
    ]
    .concat()
}

/// Of two classes, two films a patient.
fn folder() -> (Vec<String>, Files) {
    let film = |at: usize| {
        let (class, number) = (at % 2, at / 2);
        let name = format!("IM{number:04}");
        let bytes = dicom(class, number, &format!("ID-{}", number / 2));
        let path = format!("films/{}/{name}", ["upper", "lower"][class]);
        (
            path,
            Box::new(InMemory { name, bytes }) as Box<dyn UserFile>,
        )
    };
    (0..2 * FILMS).map(film).unzip()
}

fn load(engine: &mut Engine) {
    let (paths, files) = folder();
    engine.load_files(paths, files);
}

fn ask(engine: &mut Engine, question: u32) {
    ask_about(engine, question, dicom(0, 77, "ID-9"));
}

fn ask_about(engine: &mut Engine, question: u32, bytes: Vec<u8>) {
    let name = "asked".to_owned();
    engine.receive(Message::Command {
        command: Command::Classify {
            questions: vec![QuestionId(question)],
            paths: vec![name.clone()],
        },
        files: vec![Box::new(InMemory { name, bytes })],
    });
}

fn reader_comes(engine: &mut Engine) {
    engine.receive(Message::Program(Arrived::FormatReader(Ok(Rc::new(
        OwnReader,
    )))));
}

/// An instance that ends at every file.
struct Broken;

impl FormatReader for Broken {
    fn film(&self, _: &[u8], _: u32) -> Result<DicomFilm, FileError> {
        Err(FileError::DecoderFailed)
    }

    fn values(&self, _: &[u8], _: u32, _: u32) -> Result<FrameValues, FileError> {
        Err(FileError::DecoderFailed)
    }

    fn picture(&self, _: &[u8]) -> Result<Decoded, FileError> {
        Err(FileError::DecoderFailed)
    }
}

#[test]
fn the_program_is_fetched_once_for_the_first_dicom_file_and_patients_are_numbered() {
    let mut engine = Engine::with_films(cpu(2));
    assert_eq!(engine.world.asked_for(SideProgram::FormatReader), 0);
    load(&mut engine);
    // Whatever else there is to do goes on while it comes.
    engine.settle();
    assert_eq!(engine.world.asked_for(SideProgram::FormatReader), 1);
    reader_comes(&mut engine);
    let Event::Loaded { data, .. } = engine.until(|event| matches!(event, Event::Loaded { .. }))
    else {
        panic!("loaded");
    };
    assert_eq!(
        (data.samples.len(), &data.skipped[..]),
        (2 * FILMS, &[][..])
    );
    let facts = data.samples[0].facts.as_deref().expect("facts");
    assert_eq!(facts.file.patient_id.as_deref(), Some("ID-0"));
    let patients: Vec<_> = data
        .samples
        .iter()
        .filter_map(|film| film.patient.as_deref())
        .collect();
    let mut half: Vec<String> = (0..FILMS).map(|film| (film / 2 + 1).to_string()).collect();
    half.extend(half.clone());
    assert_eq!(patients, half);
    load(&mut engine);
    engine.until(|event| matches!(event, Event::Loaded { .. }));
    assert_eq!(engine.world.asked_for(SideProgram::FormatReader), 1);
}

#[test]
fn where_the_program_does_not_come_nothing_that_was_there_is_lost_and_the_next_load_asks_again() {
    let mut engine = Engine::with_films(cpu(2));
    engine.train(1, quick());
    engine.until(|event| matches!(event, Event::RunFinished { .. }));
    load(&mut engine);
    engine.settle();
    let detail = || "no network".to_owned();
    engine.receive(Message::Program(Arrived::FormatReader(Err(detail()))));
    let told = engine.until(|event| matches!(event, Event::LoadFailed { .. }));
    let error = LoadError::FormatReader { detail: detail() };
    assert_eq!(told, Event::LoadFailed { error });
    let run = protocol::RunId(1);
    engine.tell(Command::Test { run });
    engine.until(|event| matches!(event, Event::Tested { .. }));
    load(&mut engine);
    engine.settle();
    assert_eq!(engine.world.asked_for(SideProgram::FormatReader), 2);
    reader_comes(&mut engine);
    engine.until(|event| matches!(event, Event::Loaded { .. }));
}

#[test]
fn a_question_waits_for_the_program_and_is_answered_with_it_or_with_why_not() {
    let mut engine = Engine::with_films(cpu(2));
    engine.train(1, quick());
    engine.until(|event| matches!(event, Event::RunFinished { .. }));
    ask(&mut engine, 1);
    let waiting = engine.settle();
    assert!(
        !waiting
            .iter()
            .any(|event| matches!(event, Event::Classified { .. }))
    );
    engine.receive(Message::Program(Arrived::FormatReader(Err(
        "no network".into()
    ))));
    let told = engine.until(|event| matches!(event, Event::Classified { .. }));
    let Event::Classified {
        answer: Err(Failure::File(problem)),
        ..
    } = told
    else {
        panic!("{told:?}")
    };
    let detail = "no network".into();
    assert_eq!(problem.error, FileError::FormatReader { detail });
    ask(&mut engine, 2);
    engine.settle();
    reader_comes(&mut engine);
    let told = engine.until(|event| matches!(event, Event::Classified { .. }));
    assert!(
        matches!(told, Event::Classified { answer: Ok(_), .. }),
        "{told:?}"
    );
}

#[test]
fn a_program_that_fails_on_every_file_costs_the_files_and_nothing_else() {
    let mut engine = Engine::with_films(cpu(2));
    load(&mut engine);
    engine.settle();
    engine.receive(Message::Program(Arrived::FormatReader(Ok(Rc::new(Broken)))));
    let told = engine.until(|event| matches!(event, Event::LoadFailed { .. }));
    let Event::LoadFailed {
        error: LoadError::NoFilms { problems },
    } = told
    else {
        panic!("{told:?}")
    };
    assert_eq!(problems.len(), 2 * FILMS);
    assert!(
        problems
            .iter()
            .all(|problem| problem.error == FileError::DecoderFailed)
    );
    engine.train(1, quick());
    engine.until(|event| matches!(event, Event::RunFinished { .. }));
}

#[test]
fn what_the_viewer_shows_and_what_is_trained_on_are_the_same_numbers() {
    let mut engine = Engine::with_films(cpu(2));
    load(&mut engine);
    engine.settle();
    reader_comes(&mut engine);
    engine.until(|event| matches!(event, Event::Loaded { .. }));
    engine.tell(Command::ShowFilm { sample: 3 });
    engine.tell(Command::ShowFrame {
        sample: 3,
        frame: 0,
    });
    let Event::Film { picture, .. } = engine.until(|event| matches!(event, Event::Film { .. }))
    else {
        panic!("a film");
    };
    let shown = engine.until(|event| matches!(event, Event::Frame { .. }));
    let Event::Frame {
        sample: 3,
        frame: 0,
        values: Ok(values),
    } = shown
    else {
        panic!("{shown:?}")
    };
    let window = values.scale.window.clone().expect("the file's window");
    assert_eq!((window.center, window.width), (2048.0, 4096.0));
    for (level, grey) in values.levels.iter().zip(&picture.pixels) {
        let own = (255.0 * window.grey(values.scale.value(*level))).round();
        assert!((own - f64::from(*grey)).abs() <= 1.0, "{own} {grey}");
    }
    engine.tell(Command::ShowFrame {
        sample: 3,
        frame: 1,
    });
    let none = engine.until(|event| matches!(event, Event::Frame { frame: 1, .. }));
    let Event::Frame {
        values: Err(FileError::Decode(DecodeError::Dicom(_))),
        ..
    } = none
    else {
        panic!("{none:?}")
    };
}

#[test]
fn dicom_files_are_saved_as_they_are_and_counted_and_their_patients_are_numbers() {
    let mut engine = Engine::start();
    reader_comes(&mut engine);
    load(&mut engine);
    engine.until(|event| matches!(event, Event::Loaded { .. }));
    engine.tell(Command::SavePack);
    let told = engine.until(|event| matches!(event, Event::PackSaved { .. }));
    let Event::PackSaved { result: Ok(pack) } = told else {
        panic!("{told:?}");
    };
    assert_eq!((pack.films, pack.dicom_files), (2 * FILMS, 2 * FILMS));
    // They are read again for the viewer all the same.
    engine.tell(Command::ShowFrame {
        sample: 1,
        frame: 0,
    });
    engine.until(|event| matches!(event, Event::Frame { values: Ok(_), .. }));
    let bytes = engine.world.given.borrow().clone();
    let name = "pack.zip".to_owned();
    engine.load_files(vec![name.clone()], vec![Box::new(InMemory { name, bytes })]);
    let Event::Loaded { data, .. } = engine.until(|event| matches!(event, Event::Loaded { .. }))
    else {
        unreachable!();
    };
    assert_eq!(data.samples.len(), 2 * FILMS);
    let patients: std::collections::BTreeSet<_> =
        data.samples.iter().map(|film| &film.patient).collect();
    assert_eq!(patients.len(), FILMS / 2);
}

/// A BMP of 24 bits.
fn bmp() -> Vec<u8> {
    let row = (3 * SIDE).next_multiple_of(4) as usize;
    let mut file = b"BM".to_vec();
    file.resize(54, 0);
    file[10] = 54;
    file[14] = 40;
    file[18..22].copy_from_slice(&SIDE.to_le_bytes());
    file[22..26].copy_from_slice(&SIDE.to_le_bytes());
    file[26] = 1;
    file[28] = 24;
    file.extend((0..row * SIDE as usize).map(|at| (at % 251) as u8));
    file
}

#[test]
fn a_question_in_another_format_waits_for_the_same_program() {
    let mut engine = Engine::with_films(cpu(2));
    engine.train(1, quick());
    engine.until(|event| matches!(event, Event::RunFinished { .. }));
    ask_about(&mut engine, 1, bmp());
    engine.settle();
    assert_eq!(engine.world.asked_for(SideProgram::FormatReader), 1);
    reader_comes(&mut engine);
    let told = engine.until(|event| matches!(event, Event::Classified { .. }));
    assert!(
        matches!(told, Event::Classified { answer: Ok(_), .. }),
        "{told:?}"
    );
    let cut = bmp()[..200].to_vec();
    ask_about(&mut engine, 2, cut);
    let told = engine.until(|event| matches!(event, Event::Classified { .. }));
    let Event::Classified {
        answer: Err(Failure::File(problem)),
        ..
    } = told
    else {
        panic!("{told:?}")
    };
    let damaged = DecodeError::Damaged {
        format: "BMP".into(),
    };
    assert_eq!(problem.error, FileError::Decode(damaged));
    assert_eq!(engine.world.asked_for(SideProgram::FormatReader), 1);
}
