//! A GPU that is lost, in each phase.

use engine_core::device::FirstError;
use imaging::split::{Division, SplitBy};
use protocol::{
    Command, DeviceName, DeviceReason, Event, ExperimentId, Explanation, ExplanationId, Failure,
    RunId, Subject,
};

use super::world::{Engine, gpu, quick};

/// An engine with films on a GPU that a test can lose.
fn on_gpu() -> (Engine, FirstError) {
    let (opened, failure) = gpu();
    (Engine::with_films(opened), failure)
}

fn trained() -> (Engine, FirstError) {
    let (mut engine, failure) = on_gpu();
    engine.train(1, quick());
    engine.until(|event| matches!(event, Event::RunFinished { .. }));
    (engine, failure)
}

fn lose(failure: &FirstError) {
    failure.set("pulled out".into()).unwrap();
}

/// The page is told why, and that the CPU computes from now on.
#[track_caller]
fn expect_cpu(engine: &mut Engine) {
    let told = engine.until(|event| matches!(event, Event::Device { .. }));
    let Event::Device { report } = told else {
        unreachable!("asked for")
    };
    assert!(
        matches!(report.device, DeviceName::Cpu { .. }),
        "{report:?}"
    );
    let detail = "pulled out".to_owned();
    assert_eq!(report.reason, DeviceReason::GpuFailed { detail });
}

/// The run begins again by itself, under its own name, and comes to its end; the films need not be loaded again.
#[track_caller]
fn expect_run_again(engine: &mut Engine, run: u32) {
    expect_cpu(engine);
    let begun = engine.until(|event| {
        matches!(
            event,
            Event::RunStarted { .. } | Event::Loading { .. } | Event::RunFailed { .. }
        )
    });
    assert!(
        matches!(begun, Event::RunStarted { run: again, .. } if again == RunId(run)),
        "{begun:?}"
    );
    let ended =
        engine.until(|event| matches!(event, Event::RunFinished { .. } | Event::RunFailed { .. }));
    assert!(
        matches!(ended, Event::RunFinished { stopped: false, .. }),
        "{ended:?}"
    );
}

/// The network is told to be lost, and a new one can be trained on the films that are there.
#[track_caller]
fn expect_network_lost(engine: &mut Engine) {
    let told = engine.until(|event| matches!(event, Event::RunFailed { .. }));
    let detail = "pulled out".to_owned();
    let failure = Failure::DeviceFailed { detail };
    let run = RunId(1);
    assert_eq!(told, Event::RunFailed { run, failure });
    expect_cpu(engine);
    engine.train(2, quick());
    engine.until(
        |event| matches!(event, Event::RunFinished { run, stopped: false, .. } if *run == RunId(2)),
    );
}

#[test]
fn lost_while_films_are_prepared_the_run_begins_again() {
    let (mut engine, failure) = on_gpu();
    engine.train(1, quick());
    engine.until(|event| matches!(event, Event::Preparing { run: Some(_), .. }));
    lose(&failure);
    expect_run_again(&mut engine, 1);
}

#[test]
fn lost_while_training_the_run_begins_again() {
    let (mut engine, failure) = on_gpu();
    engine.train(1, quick());
    engine.until(|event| matches!(event, Event::Step { .. }));
    lose(&failure);
    expect_run_again(&mut engine, 1);
}

#[test]
fn lost_while_paused_the_run_begins_again_when_it_goes_on() {
    let (mut engine, failure) = on_gpu();
    let run = RunId(1);
    engine.train(1, quick());
    engine.until(|event| matches!(event, Event::Step { .. }));
    engine.tell(Command::Pause { run });
    engine.until(|event| matches!(event, Event::Paused { .. }));
    lose(&failure);
    engine.tell(Command::Resume { run });
    expect_run_again(&mut engine, 1);
}

#[test]
fn lost_before_the_test_the_network_is_lost_and_the_test_stays_locked() {
    let (mut engine, failure) = trained();
    lose(&failure);
    engine.tell(Command::Test { run: RunId(1) });
    expect_network_lost(&mut engine);
    let told = engine.settle();
    assert!(
        !told
            .iter()
            .any(|event| matches!(event, Event::Tested { .. })),
        "{told:?}"
    );
}

#[test]
fn lost_before_an_explanation_whoever_waits_is_told() {
    let (mut engine, failure) = trained();
    let explanation = ExplanationId(7);
    engine.tell(Command::Explain {
        explanation,
        run: RunId(1),
        about: Explanation::GradCam {
            subject: Subject::Sample(0),
            class: 0,
            checks: true,
        },
    });
    engine.until(|event| matches!(event, Event::Explaining { .. }));
    engine.tell(Command::Explain {
        explanation: ExplanationId(8),
        run: RunId(1),
        about: Explanation::EmbeddingMap,
    });
    lose(&failure);
    // The next thing that needs the network notices.
    engine.tell(Command::Test { run: RunId(1) });
    let told = engine.settle();
    for id in [explanation, ExplanationId(8)] {
        let finding = Err(Failure::NotTrained);
        let answer = Event::Found {
            explanation: id,
            finding,
        };
        assert!(told.contains(&answer), "{id:?} in {told:?}");
    }
}

#[test]
fn lost_while_an_experiment_goes_on_it_ends_and_the_next_one_runs() {
    let (mut engine, failure) = on_gpu();
    let experiment = |id| Command::Experiment {
        id: ExperimentId(id),
        experiment: experiments::Experiment::LabelNoise,
        seed: 1,
        seeds: 1,
        division: Division {
            by: SplitBy::Image,
            seed: 1,
        },
    };
    engine.tell(experiment(1));
    engine
        .until(|event| matches!(event, Event::Experimenting { progress, .. } if progress.done > 0));
    lose(&failure);
    engine.train(1, quick());
    expect_run_again(&mut engine, 1);
    engine.tell(experiment(2));
    let ended = engine
        .until(|event| matches!(event, Event::Experimented { id, .. } if *id == ExperimentId(2)));
    assert!(
        matches!(ended, Event::Experimented { result: Ok(()), .. }),
        "{ended:?}"
    );
}
