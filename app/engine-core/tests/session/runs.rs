//! A run that is stopped, paused, or replaced.

use protocol::{Command, Event, Failure, RunId};

use super::world::{Engine, cpu, gpu, quick};

const RUN: RunId = RunId(1);

fn not_trained() -> Event {
    Event::RunFailed {
        run: RUN,
        failure: Failure::NotTrained,
    }
}

#[test]
fn stopped_while_films_are_prepared_nothing_is_trained_and_the_next_run_goes_through() {
    let mut engine = Engine::with_films(cpu(2));
    engine.train(1, quick());
    engine.until(|event| matches!(event, Event::Preparing { run: Some(_), .. }));
    engine.tell(Command::Stop { run: RUN });
    let ended = engine.until(|event| matches!(event, Event::RunFinished { .. }));
    assert!(
        matches!(ended, Event::RunFinished { stopped: true, .. }),
        "{ended:?}"
    );
    engine.tell(Command::Test { run: RUN });
    engine.until(|event| *event == not_trained());
    engine.train(2, quick());
    let ended = engine.until(|event| matches!(event, Event::RunFinished { .. }));
    assert!(
        matches!(
            ended,
            Event::RunFinished {
                run: RunId(2),
                stopped: false,
                ..
            }
        ),
        "{ended:?}"
    );
}

#[test]
fn stopped_while_training_the_network_can_be_tested() {
    let mut engine = Engine::with_films(cpu(2));
    engine.train(1, quick());
    engine.until(|event| matches!(event, Event::Step { .. }));
    engine.tell(Command::Stop { run: RUN });
    engine.until(|event| matches!(event, Event::RunFinished { stopped: true, .. }));
    engine.tell(Command::Test { run: RUN });
    engine.until(|event| {
        matches!(
            event,
            Event::Tested {
                times_opened: 1,
                ..
            }
        )
    });
    engine.tell(Command::Test { run: RUN });
    engine.until(|event| {
        matches!(
            event,
            Event::Tested {
                times_opened: 2,
                ..
            }
        )
    });
}

#[test]
fn a_run_that_waits_for_films_can_be_stopped() {
    let mut engine = Engine::start();
    engine.open(cpu(1));
    engine.deliver_weights();
    engine.load("", super::world::FILMS);
    engine.train(1, quick());
    engine.tell(Command::Stop { run: RUN });
    let told = engine.settle();
    assert!(
        told.iter()
            .any(|event| matches!(event, Event::RunFinished { stopped: true, .. })),
        "{told:?}"
    );
    assert!(
        !told
            .iter()
            .any(|event| matches!(event, Event::RunStarted { .. })),
        "{told:?}"
    );
}

#[test]
fn a_new_run_ends_the_last() {
    let mut engine = Engine::with_films(cpu(2));
    engine.train(1, quick());
    engine.until(|event| matches!(event, Event::Step { .. }));
    engine.train(2, quick());
    let ended = engine.until(|event| matches!(event, Event::RunFinished { .. }));
    assert!(
        matches!(
            ended,
            Event::RunFinished {
                run: RUN,
                stopped: true,
                ..
            }
        ),
        "{ended:?}"
    );
    let ended = engine.until(|event| matches!(event, Event::RunFinished { .. }));
    assert!(
        matches!(
            ended,
            Event::RunFinished {
                run: RunId(2),
                stopped: false,
                ..
            }
        ),
        "{ended:?}"
    );
}

#[test]
fn pauses_do_not_count_as_time_of_the_run() {
    // The GPU's way, so that nothing waits for workers while the clock is moved.
    let (opened, _) = gpu();
    let mut engine = Engine::with_films(opened);
    let settings = imaging::settings::Settings {
        network: imaging::settings::Network::Scratch,
        ..quick()
    };
    engine.train(1, settings);
    engine.until(|event| matches!(event, Event::Step { .. }));
    engine.world.clock.set(3.0);
    engine.tell(Command::Pause { run: RUN });
    assert!(engine.turn(), "it is kept");
    assert!(!engine.turn(), "a paused run goes on");
    engine.world.clock.set(100.0);
    engine.tell(Command::Resume { run: RUN });
    engine.world.clock.set(102.0);
    let ended = engine.until(|event| matches!(event, Event::RunFinished { .. }));
    let Event::RunFinished { seconds, .. } = ended else {
        unreachable!("asked for")
    };
    assert_eq!(seconds, 5.0);
}

#[test]
fn a_single_step_is_followed_by_a_pause() {
    let mut engine = Engine::with_films(cpu(2));
    engine.tell(Command::Train {
        run: RUN,
        settings: quick(),
        single_step: true,
    });
    let told = engine.settle();
    let steps = told
        .iter()
        .filter(|event| matches!(event, Event::Step { .. }))
        .count();
    assert_eq!(steps, 1);
    let paused = told
        .iter()
        .position(|event| *event == Event::Paused { run: RUN });
    assert!(
        matches!(
            told[paused.unwrap()..],
            [_, Event::Checkpoint { steps_done: 1, .. }]
        ),
        "{told:?}"
    );
}
