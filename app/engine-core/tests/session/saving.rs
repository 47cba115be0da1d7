//! The visitor's films as a pack: whole, given up, and with files that are gone.

use std::{cell::Cell, rc::Rc};

use engine_core::host::{Message, UserFile};
use imaging::{
    dataset::DatasetSummary,
    pack::{Answers, FilmsBefore, Likeness},
    split::{Division, SplitBy, Subset, split},
    task::Task,
};
use protocol::{Command, Event, SaveError, SavedPack};

use super::world::{Engine, Files, InMemory, cpu, films_of_two_classes};

/// Films of two classes with patients and parts, one of no class, and a title.
fn pack() -> (Vec<String>, Files) {
    let (mut paths, mut files) = films_of_two_classes("", 9);
    let listed = paths.iter().enumerate().map(|(at, path)| {
        let (path, patient) = (path.trim_start_matches("films/"), at / 3);
        let part = ["train", "validation", "test"][patient % 3];
        format!(r#"{{"path": "{path}", "patient": "Doe, {patient}", "part": "{part}"}}"#)
    });
    let listed: Vec<String> = listed.collect();
    let list = format!(
        r#"{{"format": 1, "title": "Halves", "licence": "CC0", "films": [{}],
            "odd": [{{"path": "odd/one.png", "key": "one"}}]}}"#,
        listed.join(",")
    );
    let odd = films_of_two_classes("other/", 12).1.pop().unwrap();
    let list = InMemory {
        name: "pack.json".to_owned(),
        bytes: list.into_bytes(),
    };
    paths.extend(["films/odd/one.png".to_owned(), "films/pack.json".to_owned()]);
    files.extend([odd, Box::new(list)]);
    (paths, files)
}

#[track_caller]
fn loaded(engine: &mut Engine, (paths, files): (Vec<String>, Files)) -> DatasetSummary {
    engine.load_files(paths, files);
    let told =
        engine.until(|event| matches!(event, Event::Loaded { .. } | Event::LoadFailed { .. }));
    match told {
        Event::Loaded { data, .. } => data,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn saved(engine: &mut Engine) -> Result<SavedPack, SaveError> {
    engine.tell(Command::SavePack { division: None });
    let told = engine.until(|event| matches!(event, Event::PackSaved { .. }));
    match told {
        Event::PackSaved { result } => result,
        other => panic!("{other:?}"),
    }
}

/// The zip that the page was given, as it is dropped.
fn dropped_back(engine: &Engine) -> (Vec<String>, Files) {
    let file = InMemory {
        name: "halves.zip".to_owned(),
        bytes: engine.world.given.borrow().clone(),
    };
    (vec!["halves.zip".to_owned()], vec![Box::new(file)])
}

type Shown = (usize, usize, Option<Subset>, u32, u32, u64);

/// What is to stay, whatever the files are called: of each film its class, patient by the order in which they come, and part.
fn content(data: &DatasetSummary) -> (String, Vec<String>, Vec<Shown>) {
    let mut patients: Vec<&str> = Vec::new();
    let films = data.samples.iter().map(|film| {
        let patient = film.patient.as_deref().unwrap();
        let known = patients.iter().position(|&one| one == patient);
        let patient = known.unwrap_or_else(|| {
            patients.push(patient);
            patients.len() - 1
        });
        let bytes = film.incidentals.file.bytes;
        (
            film.class,
            patient,
            film.part,
            film.width,
            film.height,
            bytes,
        )
    });
    (data.title.clone(), data.classes.clone(), films.collect())
}

#[test]
fn a_saved_pack_loads_to_the_same_classes_patients_and_parts_again_and_again() {
    let mut engine = Engine::start();
    let first = loaded(&mut engine, pack());
    let pack = saved(&mut engine).unwrap();
    assert_eq!((pack.films, pack.dicom_files), (19, 0));
    let bytes = engine.world.given.borrow().clone();
    assert_eq!(pack.bytes, bytes.len() as u64);
    let text = String::from_utf8_lossy(&bytes);
    assert!(!text.contains("Doe"), "patients are numbers only");

    let back = dropped_back(&engine);
    let again = loaded(&mut engine, back);
    assert_eq!(content(&again), content(&first));
    assert_eq!(again.title, "Halves");
    let likeness = FilmsBefore::of(&first).likeness(&again);
    assert_eq!(
        likeness,
        Likeness::Same,
        "a network that learned from them returns"
    );
    let odd = engine.until(|event| matches!(event, Event::OddFilms { .. }));
    assert!(matches!(odd, Event::OddFilms { films } if films.len() == 1 && films[0].key == "one"));

    // From the zip itself, which is opened once more; as often as the visitor likes.
    for _ in 0..2 {
        assert_eq!(saved(&mut engine), Ok(pack));
        assert_eq!(*engine.world.given.borrow(), bytes);
    }
}

#[test]
fn whoever_loads_a_pack_has_the_test_set_of_whoever_saved_it() {
    let mut engine = Engine::with_films(cpu(1));
    engine.settle();
    let division = Some(Division {
        by: SplitBy::Image,
        seed: 7,
    });
    engine.tell(Command::SavePack { division });
    engine.until(|event| matches!(event, Event::PackSaved { result: Ok(_) }));
    let back = dropped_back(&engine);
    let again = loaded(&mut engine, back);
    let divided = split(&again, SplitBy::Folder, 1).unwrap();
    let given = split(&again, SplitBy::Image, 7).unwrap();
    let parts: Vec<Option<Subset>> = again.samples.iter().map(|film| film.part).collect();
    assert_eq!(parts, divided.iter().copied().map(Some).collect::<Vec<_>>());
    // Films keep their order, so that the same seed would draw the same.
    assert_eq!(divided, given);
}

#[test]
fn it_tells_how_far_it_has_come_and_can_be_given_up() {
    let mut engine = Engine::with_films(cpu(1));
    engine.settle();
    engine.tell(Command::SavePack { division: None });
    let mut furthest = 0;
    // Two for the program that writes, then a film each.
    for _ in 0..7 {
        let clock = &engine.world.clock;
        clock.set(clock.get() + 0.2);
        engine.turn();
        for event in engine.told() {
            if let Event::PackSaving { progress } = event {
                assert_eq!(progress.total, 16);
                assert!(progress.done > furthest);
                furthest = progress.done;
            }
        }
    }
    assert_eq!(furthest, 5);
    engine.tell(Command::EndSaving);
    let ended = |event: &Event| matches!(event, Event::PackSaved { .. } | Event::PackSaving { .. });
    assert!(!engine.settle().iter().any(ended));
    assert_eq!(saved(&mut engine).unwrap().films, 16);

    engine.tell(Command::SavePack { division: None });
    engine.turn();
    engine.load("other/", 6);
    let told = engine.settle();
    assert!(
        !told
            .iter()
            .any(|event| matches!(event, Event::PackSaved { .. }))
            || {
                // It was done before the others were there.
                let place = |wanted: &dyn Fn(&Event) -> bool| told.iter().position(wanted);
                place(&|event| matches!(event, Event::PackSaved { .. }))
                    < place(&|event| matches!(event, Event::Loaded { .. }))
            }
    );
}

/// A file that is moved after it was loaded.
struct Moved {
    file: Box<dyn UserFile>,
    is_gone: Rc<Cell<bool>>,
}

impl UserFile for Moved {
    fn name(&self) -> String {
        self.file.name()
    }

    fn size(&self) -> u64 {
        self.file.size()
    }

    fn start(&self, length: u32) -> Vec<u8> {
        self.file.start(length)
    }

    fn read(&self) -> Result<Vec<u8>, String> {
        match self.is_gone.get() {
            true => Err("gone".into()),
            false => self.file.read(),
        }
    }
}

#[test]
fn a_file_that_was_moved_is_named_and_what_is_loaded_stays() {
    let mut engine = Engine::start();
    let is_gone = Rc::new(Cell::new(false));
    let (paths, mut files) = films_of_two_classes("", 4);
    let file = files.remove(3);
    let is_gone_too = is_gone.clone();
    files.insert(
        3,
        Box::new(Moved {
            file,
            is_gone: is_gone_too,
        }),
    );
    let path = paths[3].clone();
    loaded(&mut engine, (paths, files));
    is_gone.set(true);
    let Err(SaveError::Unread {
        path: named,
        detail,
    }) = saved(&mut engine)
    else {
        panic!("it was saved");
    };
    assert!(path.ends_with(&named), "{named}");
    assert!(detail.contains("gone"), "{detail}");
    engine.tell(Command::ShowFilm { sample: 3 });
    engine.until(|event| matches!(event, Event::Film { sample: 3, .. }));
    is_gone.set(false);
    assert_eq!(saved(&mut engine).unwrap().films, 8);

    engine.world.is_full.set(true);
    let full = saved(&mut engine);
    assert!(matches!(full, Err(SaveError::Failed { detail }) if detail == "no room"));
}

#[test]
fn films_that_are_not_the_visitors_or_flipped_are_not_saved() {
    let mut engine = Engine::start();
    engine.tell(Command::SavePack { division: None });
    let (paths, files) = films_of_two_classes("", 6);
    engine.receive(Message::Command {
        command: Command::LoadFiles {
            paths,
            answers: Answers::default(),
            task: Task::Mirrored,
            class: None,
        },
        files,
    });
    engine.until(|event| matches!(event, Event::Loaded { .. }));
    engine.tell(Command::SavePack { division: None });
    let told = engine.settle();
    assert!(
        !told
            .iter()
            .any(|event| matches!(event, Event::PackSaved { .. }))
    );
}
