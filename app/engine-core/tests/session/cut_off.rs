//! A run that is cut off with its engine, and comes back in another.

use checkpoint::CheckpointError;
use engine_core::host::Message;
use imaging::report::Report;
use protocol::{Command, Event, Explanation, Failure, QuestionId, Returning, RunId, TestResult};

use super::world::{Engine, FILMS, InMemory, cpu, gpu, one_film, quick};

const RUN: RunId = RunId(1);

pub(super) fn bring_back(engine: &mut Engine, bytes: Vec<u8>, state: Returning) {
    let file = InMemory {
        name: "network".into(),
        bytes,
    };
    engine.receive(Message::Command {
        command: Command::Return {
            run: RUN,
            state,
            seconds: 5.0,
        },
        files: vec![Box::new(file)],
    });
}

fn reports(told: &[Event]) -> Vec<Report> {
    let reports = told.iter().filter_map(|event| match event {
        Event::Step { report, .. } => Some(Report::Step(report.clone())),
        Event::Epoch { report, .. } => Some(Report::Epoch(report.clone())),
        _ => None,
    });
    reports.collect()
}

/// All that is told until the run is over, with what was kept of it last at each time.
fn to_the_end(engine: &mut Engine) -> (Vec<Event>, Vec<(usize, Vec<u8>)>) {
    let (mut told, mut kept) = (Vec::new(), Vec::new());
    let mut seconds = 0.0;
    while engine.turn() {
        seconds += 2.0;
        engine.world.clock.set(seconds);
        for event in engine.told() {
            if let Event::Checkpoint { .. } = event {
                kept.push((told.len(), engine.world.given.borrow().clone()));
            }
            told.push(event);
        }
    }
    (told, kept)
}

#[test]
fn it_goes_on_with_the_same_curve() {
    let mut engine = Engine::with_films(cpu(2));
    engine.train(1, quick());
    let (told, kept) = to_the_end(&mut engine);
    assert_eq!(kept.len(), 6, "once an epoch");
    for (before, bytes) in kept {
        let mut engine = Engine::with_films(cpu(2));
        bring_back(&mut engine, bytes, Returning::Going);
        let (again, _) = to_the_end(&mut engine);
        assert_eq!(reports(&again), reports(&told[before..]));
        let started = |event: &Event| matches!(event, Event::RunStarted { .. });
        assert!(!again.iter().any(started), "the curve is wiped");
        let back = |event: &&Event| matches!(event, Event::Returned { .. });
        assert_eq!(again.iter().filter(back).count(), 1);
    }
}

#[test]
fn where_time_stands_still_it_is_kept_at_its_end_alone() {
    let mut engine = Engine::with_films(cpu(2));
    engine.train(1, quick());
    let told = engine.settle();
    let kept = |event: &&Event| matches!(event, Event::Checkpoint { .. });
    let kept: Vec<&Event> = told.iter().filter(kept).collect();
    assert!(
        matches!(kept[..], [Event::Checkpoint { steps_done: 6, .. }]),
        "{kept:?}"
    );
}

#[test]
fn paused_it_comes_back_paused_after_the_very_step() {
    for opened in [cpu(2), gpu().0] {
        let mut engine = Engine::with_films(opened);
        engine.train(1, quick());
        engine.until(|event| matches!(event, Event::Step { .. }));
        engine.tell(Command::Pause { run: RUN });
        let kept = engine.until(|event| matches!(event, Event::Checkpoint { .. }));
        let bytes = engine.world.given.borrow().clone();
        engine.tell(Command::Resume { run: RUN });
        let rest = reports(&engine.settle());
        let Event::Checkpoint { steps_done, .. } = kept else {
            panic!("{kept:?}");
        };
        let mut engine = Engine::with_films(cpu(2));
        bring_back(&mut engine, bytes, Returning::Paused);
        engine.until(|event| matches!(event, Event::Paused { .. }));
        assert_eq!(reports(&engine.settle()), [], "it goes on by itself");
        engine.tell(Command::Resume { run: RUN });
        let again = reports(&engine.settle());
        assert!(
            matches!(&again[0], Report::Step(step) if step.steps_done == steps_done + 1),
            "{:?}",
            again[0]
        );
        assert_eq!(again, rest);
    }
}

fn opened(told: &[Event]) -> Option<Box<TestResult>> {
    told.iter().find_map(|event| match event {
        Event::Tested { opened, .. } => Some(opened.clone()),
        _ => None,
    })
}

#[test]
fn what_is_asked_of_it_before_it_is_back_is_answered_then() {
    let mut engine = Engine::with_films(cpu(2));
    engine.train(1, quick());
    engine.until(|event| matches!(event, Event::Epoch { .. }));
    engine.tell(Command::Stop { run: RUN });
    engine.until(|event| matches!(event, Event::Checkpoint { .. }));
    let bytes = engine.world.given.borrow().clone();
    engine.tell(Command::Test { run: RUN });
    let expected = opened(&engine.settle()).expect("a test");

    let mut engine = Engine::with_films(cpu(2));
    bring_back(&mut engine, bytes, Returning::Over);
    engine.tell(Command::Test { run: RUN });
    let (path, file) = one_film();
    engine.receive(Message::Command {
        command: Command::Classify {
            questions: vec![QuestionId(1)],
            paths: vec![path],
        },
        files: vec![file],
    });
    engine.tell(Command::Explain {
        explanation: protocol::ExplanationId(1),
        run: RUN,
        about: Explanation::EmbeddingMap,
    });
    let told = engine.settle();
    let place = |wanted: fn(&Event) -> bool| told.iter().position(wanted);
    let back = place(|event| matches!(event, Event::Returned { .. }));
    let answered = place(|event| matches!(event, Event::Classified { answer: Ok(_), .. }));
    let found = place(|event| matches!(event, Event::Found { finding: Ok(_), .. }));
    assert!(
        back.is_some() && back < answered && back < found,
        "{told:?}"
    );
    assert_eq!(opened(&told), Some(expected));
    assert_eq!(reports(&told), [], "it learns on");
}

#[test]
fn what_does_not_fit_is_refused_and_who_waits_is_told() {
    let mut engine = Engine::with_films(cpu(2));
    engine.train(1, quick());
    engine.until(|event| matches!(event, Event::Checkpoint { .. }));
    let bytes = engine.world.given.borrow().clone();
    let failed = |told: &[Event]| {
        let failures = told.iter().filter_map(|event| match event {
            Event::RunFailed { failure, .. } => Some(failure.clone()),
            _ => None,
        });
        failures.collect::<Vec<Failure>>()
    };

    let mut engine = Engine::start();
    engine.open(cpu(2));
    engine.deliver_weights();
    engine.load("", FILMS - 1);
    engine.until(|event| matches!(event, Event::Loaded { .. }));
    bring_back(&mut engine, bytes.clone(), Returning::Over);
    engine.tell(Command::Test { run: RUN });
    let told = engine.settle();
    let other_films = Failure::Kept(CheckpointError::OtherFilms);
    assert_eq!(failed(&told), [other_films]);

    let cut = bytes[..bytes.len() / 2].to_vec();
    bring_back(&mut engine, cut, Returning::Going);
    let told = engine.settle();
    assert!(
        matches!(
            failed(&told)[..],
            [Failure::Kept(CheckpointError::Damaged(_))]
        ),
        "{told:?}"
    );
    engine.train(2, quick());
    engine.until(|event| matches!(event, Event::RunFinished { stopped: false, .. }));
}
