//! Films that come while something else is under way.

use std::rc::Rc;

use engine_core::host::{Asset, Message};
use imaging::task::Task;
use protocol::{Command, Event, Failure, Pack, RunId};

use super::world::{Engine, FILMS, cpu, one_film, quick};

fn titles(told: &[Event]) -> Vec<usize> {
    let loaded = told.iter().filter_map(|event| match event {
        Event::Loaded { data, .. } => Some(data.samples.len()),
        _ => None,
    });
    loaded.collect()
}

#[test]
fn of_two_loads_before_the_first_answer_the_second_counts() {
    let mut engine = Engine::start();
    engine.load("first/", FILMS);
    engine.turn();
    engine.load("second/", FILMS - 1);
    assert_eq!(titles(&engine.settle()), [2 * (FILMS - 1)]);
}

#[test]
fn a_load_while_training_ends_the_run_and_its_network() {
    let mut engine = Engine::with_films(cpu(2));
    engine.train(1, quick());
    engine.until(|event| matches!(event, Event::Step { .. }));
    engine.load("others/", FILMS - 1);
    let ended = engine.until(|event| matches!(event, Event::RunFinished { .. }));
    assert!(
        matches!(ended, Event::RunFinished { stopped: true, .. }),
        "{ended:?}"
    );
    engine.until(|event| matches!(event, Event::Loaded { .. }));
    let run = RunId(1);
    engine.tell(Command::Test { run });
    let told = engine.until(|event| matches!(event, Event::RunFailed { .. }));
    let failure = Failure::NotTrained;
    assert_eq!(told, Event::RunFailed { run, failure });
    engine.train(2, quick());
    engine.until(
        |event| matches!(event, Event::RunFinished { run, stopped: false, .. } if *run == RunId(2)),
    );
}

#[test]
fn a_load_that_fails_leaves_films_and_network() {
    let mut engine = Engine::with_films(cpu(2));
    engine.train(1, quick());
    engine.until(|event| matches!(event, Event::RunFinished { .. }));
    engine.load("others/", 0);
    engine.until(|event| matches!(event, Event::LoadFailed { .. }));
    engine.tell(Command::Test { run: RunId(1) });
    engine.until(|event| {
        matches!(
            event,
            Event::Tested {
                times_opened: 1,
                ..
            }
        )
    });
}

#[test]
fn a_load_that_is_stopped_leaves_films_and_network() {
    let mut engine = Engine::with_films(cpu(2));
    engine.train(1, quick());
    engine.until(|event| matches!(event, Event::RunFinished { .. }));
    engine.load("others/", FILMS);
    engine.until(|event| matches!(event, Event::Loading { .. }));
    engine.turn();
    engine.tell(Command::StopLoading);
    engine.until(|event| matches!(event, Event::LoadStopped));
    let told = engine.settle();
    assert!(titles(&told).is_empty(), "{told:?}");
    engine.tell(Command::Test { run: RunId(1) });
    engine.until(|event| matches!(event, Event::Tested { .. }));
}

#[test]
fn films_that_are_dropped_while_others_load_are_answered_by_the_network_that_is_there() {
    let mut engine = Engine::with_films(cpu(2));
    engine.train(1, quick());
    engine.until(|event| matches!(event, Event::RunFinished { .. }));
    let (name, file) = one_film();
    engine.receive(Message::Command {
        command: Command::Classify {
            questions: vec![protocol::QuestionId(3)],
            paths: vec![name],
        },
        files: vec![file],
    });
    let told = engine.until(|event| matches!(event, Event::Classified { .. }));
    let Event::Classified {
        answer: Ok(answer), ..
    } = told
    else {
        panic!("{told:?}")
    };
    let sum: f32 = answer.probabilities.iter().sum();
    assert!((sum - 1.0).abs() < 1e-5, "{answer:?}");
    assert_eq!(answer.same_as, None);
    assert_eq!(
        engine.world.read.borrow().last().map(String::as_str),
        Some("asked.png")
    );
}

#[test]
fn a_pack_is_fetched_again_after_its_download_failed() {
    let pack = Pack::Paediatric;
    let load = || Command::LoadBuiltIn {
        pack,
        task: Task::Region,
    };
    let mut engine = Engine::start();
    let asset = Asset::Films(pack);
    for _ in 0..2 {
        engine.world.downloads.borrow_mut().clear();
        engine.tell(load());
        assert_eq!(*engine.world.downloads.borrow(), [asset]);
        engine.receive(Message::Download {
            asset,
            result: Err("no network".into()),
        });
        engine.until(|event| matches!(event, Event::LoadFailed { .. }));
    }
}

#[test]
fn a_run_waits_for_weights_that_are_late_and_is_told_of_those_that_fail() {
    let mut engine = Engine::start();
    engine.open(cpu(1));
    engine.load("", FILMS);
    engine.train(1, quick());
    let told = engine.settle();
    assert!(
        !told
            .iter()
            .any(|event| matches!(event, Event::RunStarted { .. })),
        "{told:?}"
    );
    let asset = Asset::Weights;
    engine.receive(Message::Download {
        asset,
        result: Err("no network".into()),
    });
    let told = engine.until(|event| matches!(event, Event::RunFailed { .. }));
    let failure = Failure::Download {
        detail: "no network".into(),
    };
    assert_eq!(
        told,
        Event::RunFailed {
            run: RunId(1),
            failure
        }
    );
    // The next try fetches them once more; what is no file of weights is no better.
    engine.train(2, quick());
    let broken = Rc::new(b"not weights".to_vec());
    engine.receive(Message::Download {
        asset,
        result: Ok(broken),
    });
    engine.until(|event| matches!(event, Event::RunFailed { run, .. } if *run == RunId(2)));
    engine.train(3, quick());
    assert_eq!(
        engine
            .world
            .downloads
            .borrow()
            .iter()
            .filter(|one| **one == asset)
            .count(),
        3
    );
    engine.deliver_weights();
    engine.until(
        |event| matches!(event, Event::RunFinished { run, stopped: false, .. } if *run == RunId(3)),
    );
}
