//! What else than anatomy separates the classes: asked of the films that are loaded.

use imaging::shortcuts::Shortcuts;
use protocol::{Command, Event, RunId};

use super::world::{Engine, Files, InMemory, cpu, films_of_two_classes, quick};

fn answer(event: &Event) -> Option<&Shortcuts> {
    match event {
        Event::Shortcuts { found: Ok(found) } => Some(found),
        _ => None,
    }
}

/// Films of two classes, four of each patient, of whom the first half are of one class.
fn of_patients(patients: usize) -> (Vec<String>, Files) {
    let (mut paths, mut files) = films_of_two_classes("", 2 * patients);
    let listed = paths.iter().enumerate().map(|(at, path)| {
        let patient = at / 8 * 2 + at % 2;
        let path = path.trim_start_matches("films/");
        format!(r#"{{"path": "{path}", "patient": "{patient}"}}"#)
    });
    let listed: Vec<String> = listed.collect();
    let list = format!(r#"{{"format": 1, "films": [{}]}}"#, listed.join(","));
    paths.push("films/pack.json".to_owned());
    files.push(Box::new(InMemory {
        name: "pack.json".to_owned(),
        bytes: list.into_bytes(),
    }));
    (paths, files)
}

#[test]
fn asked_before_the_films_are_there_it_is_answered_once_about_the_films_that_are() {
    let mut engine = Engine::start();
    engine.tell(Command::FindShortcuts);
    assert_eq!(engine.settle().iter().filter_map(answer).count(), 0);
    engine.load("", 20);
    engine.until(|event| matches!(event, Event::Loaded { .. }));
    assert_eq!(
        engine.settle().iter().filter_map(answer).count(),
        0,
        "it was forgotten with what was there before"
    );
    engine.tell(Command::FindShortcuts);
    let told = engine.settle();
    let found: Vec<_> = told.iter().filter_map(answer).collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].search.patients, None);
    assert_eq!(found[0].search.majority, 0.5);
    assert_eq!(found[0].over_films, None);
}

#[test]
fn it_waits_for_a_run_and_is_forgotten_with_the_films() {
    let mut engine = Engine::with_films(cpu(1));
    engine.train(1, quick());
    engine.until(|event| matches!(event, Event::RunStarted { .. }));
    engine.tell(Command::FindShortcuts);
    let told = engine.settle();
    let place = |wanted: &dyn Fn(&Event) -> bool| told.iter().position(wanted);
    let over = place(&|event| matches!(event, Event::RunFinished { run: RunId(1), .. }));
    let answered = place(&|event| answer(event).is_some());
    assert!(over.is_some() && over < answered, "{over:?} {answered:?}");

    engine.train(2, quick());
    engine.until(|event| matches!(event, Event::RunStarted { .. }));
    engine.tell(Command::FindShortcuts);
    engine.load("other/", 6);
    assert_eq!(engine.settle().iter().filter_map(answer).count(), 0);
}

#[test]
fn of_few_patients_it_is_also_told_what_differs_in_these_images() {
    let mut engine = Engine::start();
    let few = |engine: &mut Engine, patients| {
        let (paths, files) = of_patients(patients);
        engine.load_files(paths, files);
        engine.until(|event| matches!(event, Event::Loaded { .. }));
        engine.tell(Command::FindShortcuts);
        let told = engine.until(|event| answer(event).is_some());
        answer(&told).unwrap().clone()
    };
    let found = few(&mut engine, 4);
    assert_eq!(found.search.patients, Some(4));
    assert!(found.search.shortcuts.is_empty(), "{:?}", found.search);
    assert!(found.over_films.is_some_and(|over| over.patients.is_none()));
    let found = few(&mut engine, 12);
    assert_eq!(found.search.patients, Some(12));
    assert_eq!(found.over_films, None);
}
