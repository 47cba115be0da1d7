//! The program that reads tables, finds shortcuts and writes packs: it comes when it is first needed, late, broken, or never.

use std::rc::Rc;

use engine_core::host::SideProgram;
use imaging::{
    pack::{FileError, LoadError, TableProblem},
    tools::{Answer, Instance, OwnTools, Question, Tools},
};
use protocol::{Command, Event, SaveError, SearchError};

use super::world::{Engine, FILMS, Files, InMemory, cpu, films_of_two_classes};

fn asked(engine: &Engine) -> usize {
    engine.world.asked_for(SideProgram::DatasetTools)
}

fn detail() -> String {
    "no network".to_owned()
}

/// Films in one folder, and a table that tells their classes.
fn with_table() -> (Vec<String>, Files) {
    let (paths, mut files) = films_of_two_classes("", FILMS);
    let mut table = "file,class\n".to_owned();
    let mut flat = Vec::new();
    for path in paths {
        let class = path.split('/').nth(1).unwrap();
        let name = path.rsplit('/').next().unwrap();
        table += &format!("{name},{class}\n");
        flat.push(format!("films/{name}"));
    }
    flat.push("films/labels.csv".to_owned());
    files.push(Box::new(InMemory {
        name: "labels.csv".to_owned(),
        bytes: table.into_bytes(),
    }));
    (flat, files)
}

fn load(engine: &mut Engine) {
    let (paths, files) = with_table();
    engine.load_files(paths, files);
}

fn outcome(engine: &mut Engine) -> Event {
    let over = |event: &Event| matches!(event, Event::Loaded { .. } | Event::LoadFailed { .. });
    engine.until(over)
}

/// A program whose instances end at once.
struct Broken;

impl Tools for Broken {
    fn start(&self) -> Box<dyn Instance> {
        Box::new(Self)
    }
}

impl Instance for Broken {
    fn ask(&mut self, _: &Question, _: &[u8]) -> Result<(Answer, Vec<u8>), String> {
        Err("the program has ended".into())
    }
}

#[test]
fn films_in_folders_need_no_tools_and_a_table_has_them_fetched_once() {
    let mut engine = Engine::with_films(cpu(1));
    engine.settle();
    assert_eq!(asked(&engine), 0);
    engine.world.holds_tools.set(true);
    load(&mut engine);
    let waiting = engine.settle();
    let failed = |event: &Event| matches!(event, Event::LoadFailed { .. });
    assert!(!waiting.iter().any(failed), "{waiting:?}");
    assert_eq!(asked(&engine), 1);
    engine.tools_come(Ok(Rc::new(OwnTools)));
    let Event::LoadFailed {
        error: LoadError::UnsureTable(question),
    } = outcome(&mut engine)
    else {
        panic!("a question");
    };
    assert_eq!((question.named, question.images), (2 * FILMS, 2 * FILMS));
    load(&mut engine);
    outcome(&mut engine);
    assert_eq!(asked(&engine), 1);
}

#[test]
fn where_they_do_not_come_a_table_is_said_to_need_them_and_the_next_load_asks_again() {
    let mut engine = Engine::with_films(cpu(1));
    engine.world.holds_tools.set(true);
    load(&mut engine);
    engine.settle();
    engine.tools_come(Err(detail()));
    let error = LoadError::Tools { detail: detail() };
    assert_eq!(outcome(&mut engine), Event::LoadFailed { error });
    load(&mut engine);
    engine.settle();
    assert_eq!(asked(&engine), 2);
    engine.tools_come(Ok(Rc::new(OwnTools)));
    assert!(matches!(
        outcome(&mut engine),
        Event::LoadFailed {
            error: LoadError::UnsureTable(_)
        }
    ));
}

#[test]
fn a_search_and_a_pack_say_so_too_and_can_be_asked_for_again() {
    let mut engine = Engine::with_films(cpu(1));
    engine.settle();
    engine.world.holds_tools.set(true);
    engine.tell(Command::FindShortcuts);
    engine.settle();
    engine.tools_come(Err(detail()));
    let told = engine.until(|event| matches!(event, Event::Shortcuts { .. }));
    let found = Err(SearchError::Tools { detail: detail() });
    assert_eq!(told, Event::Shortcuts { found });

    engine.tell(Command::SavePack { division: None });
    engine.settle();
    engine.tools_come(Err(detail()));
    let told = engine.until(|event| matches!(event, Event::PackSaved { .. }));
    let result = Err(SaveError::Tools { detail: detail() });
    assert_eq!(told, Event::PackSaved { result });

    assert_eq!(asked(&engine), 2);
    engine.world.holds_tools.set(false);
    engine.tell(Command::FindShortcuts);
    engine.tell(Command::SavePack { division: None });
    engine.until(|event| matches!(event, Event::Shortcuts { found: Ok(_) }));
    engine.until(|event| matches!(event, Event::PackSaved { result: Ok(_) }));
    assert_eq!(asked(&engine), 3);
}

#[test]
fn a_pack_given_up_while_they_come_is_not_written() {
    let mut engine = Engine::with_films(cpu(1));
    engine.settle();
    engine.world.holds_tools.set(true);
    engine.tell(Command::SavePack { division: None });
    engine.settle();
    engine.tell(Command::EndSaving);
    engine.tools_come(Ok(Rc::new(OwnTools)));
    let told = engine.settle();
    let saved = |event: &Event| matches!(event, Event::PackSaved { .. });
    assert!(!told.iter().any(saved), "{told:?}");
}

#[test]
fn tools_that_end_cost_what_they_were_asked_and_nothing_else() {
    let mut engine = Engine::with_films(cpu(1));
    engine.settle();
    engine.world.holds_tools.set(true);
    engine.tell(Command::FindShortcuts);
    engine.tell(Command::SavePack { division: None });
    engine.settle();
    engine.tools_come(Ok(Rc::new(Broken)));
    let told = engine.until(|event| matches!(event, Event::Shortcuts { .. }));
    let found = Err(SearchError::Ended);
    assert_eq!(told, Event::Shortcuts { found });
    let told = engine.until(|event| matches!(event, Event::PackSaved { .. }));
    assert!(matches!(
        told,
        Event::PackSaved {
            result: Err(SaveError::Failed { .. })
        }
    ));

    // The folders tell the classes all the same.
    let (mut paths, mut files) = films_of_two_classes("", FILMS);
    paths.push("films/labels.csv".to_owned());
    files.push(Box::new(InMemory {
        name: "labels.csv".to_owned(),
        bytes: b"file,class\n00.png,upper\n".to_vec(),
    }));
    engine.load_files(paths, files);
    let Event::Loaded { data, .. } = outcome(&mut engine) else {
        panic!("loaded");
    };
    assert_eq!(data.samples.len(), 2 * FILMS);
    assert!(matches!(
        &data.skipped[..],
        [problem] if matches!(problem.error, FileError::Table(TableProblem::Unreadable { .. }))
    ));
}
