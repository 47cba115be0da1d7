//! Workers of the pool that crash.

use protocol::{Event, Failure, RunId};

use super::world::{Engine, cpu, quick};

/// The validation loss after each epoch of a run.
fn losses(told: &[Event]) -> Vec<f32> {
    let epochs = told.iter().filter_map(|event| match event {
        Event::Epoch { report, .. } => Some(report.validation.loss),
        _ => None,
    });
    epochs.collect()
}

/// Goes on until a worker has jobs under way for the run.
fn under_way() -> Engine {
    let mut engine = Engine::with_films(cpu(2));
    engine.train(1, quick());
    engine.until(
        |event| matches!(event, Event::Preparing { run: Some(_), progress, .. } if progress.done > 1),
    );
    while engine.jobs_under_way() == 0 {
        assert!(engine.turn(), "no jobs are given out");
    }
    engine
}

#[test]
fn a_lost_worker_has_a_successor_that_does_its_jobs_and_nothing_else_changes() {
    let undisturbed = losses(&under_way().settle());
    let mut engine = under_way();
    let jobs = engine.crash_a_worker();
    assert!(jobs > 0, "it had nothing to lose");
    assert_eq!(engine.running_workers(), 2);
    assert_eq!(engine.world.started.get(), 3);
    let told = engine.settle();
    assert!(
        told.iter()
            .any(|event| matches!(event, Event::RunFinished { stopped: false, .. })),
        "{told:?}"
    );
    assert_eq!(undisturbed.len(), 6);
    assert_eq!(losses(&told), undisturbed);
}

#[test]
fn a_job_that_is_lost_twice_ends_the_run_with_the_reason_and_the_films_stay() {
    let mut engine = Engine::with_films(cpu(1));
    engine.train(1, quick());
    engine.until(|event| matches!(event, Event::Preparing { run: Some(_), .. }));
    for _ in 0..2 {
        while engine.jobs_under_way() < 2 {
            assert!(engine.turn(), "no jobs are given out");
        }
        engine.crash_a_worker();
    }
    let failed = engine.until(|event| matches!(event, Event::RunFailed { .. }));
    let Event::RunFailed {
        failure: Failure::Training(error),
        ..
    } = failed
    else {
        panic!("{failed:?}")
    };
    assert!(error.to_string().contains("out of memory"), "{error}");
    engine.train(2, quick());
    engine.until(
        |event| matches!(event, Event::RunFinished { run, stopped: false, .. } if *run == RunId(2)),
    );
}

#[test]
fn workers_that_never_start_leave_the_work_to_the_engine_itself() {
    let mut engine = Engine::start();
    engine.open(cpu(2));
    engine.deliver_weights();
    for _ in 0..2 {
        engine.crash_a_worker();
    }
    assert_eq!(engine.running_workers(), 0);
    assert_eq!(engine.world.started.get(), 2, "none is tried again");
    engine.load("", super::world::FILMS);
    engine.train(1, quick());
    engine.until(|event| matches!(event, Event::RunFinished { stopped: false, .. }));
}
