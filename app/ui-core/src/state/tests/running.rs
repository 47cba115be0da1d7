//! A run from its beginning to its end, whatever interrupts it.

use super::*;

#[test]
fn a_run_goes_from_asked_to_finished() {
    let mut state = loaded();
    let run = state.begin_run();
    assert_eq!(phase(&state), &RunPhase::Asked);
    state.apply(Event::RunStarted {
        run,
        parts: vec![Some(Subset::Train), None],
        steps_total: 8,
    });
    state.apply(Event::Preparing {
        run: Some(run),
        work: Preparation::Features,
        progress: Progress {
            done: 1,
            total: 6,
            seconds_left: None,
        },
    });
    assert!(matches!(phase(&state), RunPhase::Preparing(..)));
    state.apply(step(run, 1, StageKind::Frozen));
    assert_eq!(phase(&state), &RunPhase::Training);
    state.apply(step(run, 2, StageKind::FineTuning));
    state.apply(epoch(run, 19));
    assert!(state.trained().is_none());
    state.apply(finished(run));
    let run = state.trained().expect("a trained run");
    assert_eq!(run.steps_total, 10);
    assert_eq!(run.unfrozen_at(), Some(1));
    assert_eq!(run.epochs[0].validation.correct, 19);
    assert_eq!(run.parts, vec![Some(Subset::Train), None]);
}

#[test]
fn a_run_that_starts_again_on_another_device_forgets_its_first_curve() {
    let mut state = loaded();
    let run = state.begin_run();
    state.apply(step(run, 1, StageKind::Frozen));
    state.apply(epoch(run, 19));
    state.apply(Event::RunStarted {
        run,
        parts: Vec::new(),
        steps_total: 10,
    });
    state.apply(step(run, 1, StageKind::Frozen));
    let run = state.run.as_ref().expect("a run");
    assert_eq!((run.steps.len(), run.epochs.len()), (1, 0));
}

#[test]
fn the_test_set_that_is_locked_is_that_of_the_present_run() {
    let mut state = AppState::default();
    state.settings.seed = 5;
    let next = state.division();
    assert_eq!(next, state.settings.division());
    state.begin_run();
    state.settings.seed = 6;
    assert_eq!(state.division(), next, "what the run locked stays locked");
    state.begin_run();
    assert_eq!(state.division(), state.settings.division());
}

#[test]
fn late_words_of_an_old_run_change_nothing() {
    let mut state = loaded();
    let old = state.begin_run();
    let new = state.begin_run();
    let before = state.clone();
    state.apply(step(old, 1, StageKind::Frozen));
    state.apply(epoch(old, 3));
    state.apply(Event::Paused { run: old });
    state.apply(finished(old));
    state.apply(tested(old, 1));
    state.apply(Event::RunFailed {
        run: old,
        failure: Failure::NoData,
    });
    assert_eq!(state, before);
    state.apply(step(new, 1, StageKind::Frozen));
    assert_eq!(state.run.as_ref().map(Run::steps_done), Some(1));
}

#[test]
fn steps_after_the_end_of_a_run_are_dropped() {
    let (mut state, run) = trained();
    state.apply(step(run, 2, StageKind::Frozen));
    assert_eq!(state.run.as_ref().map(Run::steps_done), Some(1));
    assert!(state.trained().is_some());
}

#[test]
fn a_pause_outlasts_the_steps_under_way() {
    let mut state = loaded();
    let run = state.begin_run();
    state.apply(step(run, 1, StageKind::Frozen));
    state.expect_phase(RunPhase::Pausing);
    state.apply(step(run, 2, StageKind::Frozen));
    assert_eq!(phase(&state), &RunPhase::Pausing);
    state.apply(Event::Paused { run });
    state.apply(step(run, 3, StageKind::Frozen));
    assert_eq!(phase(&state), &RunPhase::Paused);
    state.apply(Event::Resumed { run });
    assert_eq!(phase(&state), &RunPhase::Training);
    state.expect_phase(RunPhase::Stopping);
    state.apply(Event::RunFinished {
        run,
        stopped: true,
        seconds: 1.0,
    });
    assert!(state.trained().is_some());
    state.expect_phase(RunPhase::Pausing);
    assert!(state.trained().is_some(), "a finished run cannot be paused");
}

#[test]
fn a_run_stopped_before_its_first_step_is_not_trained() {
    let mut state = loaded();
    let run = state.begin_run();
    state.apply(Event::RunFinished {
        run,
        stopped: true,
        seconds: 0.1,
    });
    assert!(state.trained().is_none());
    assert_eq!(state.open_door(), None);
}

#[test]
fn a_crash_ends_the_run_and_the_questions_but_keeps_the_films() {
    let mut state = loaded();
    let run = state.begin_run();
    state.apply(step(run, 1, StageKind::Frozen));
    let question = state.ask("a.png".to_owned(), QuestionSource::File);
    state.engine_lost("unreachable", true);
    let crashed = Failure::EngineCrashed {
        detail: "unreachable".to_owned(),
    };
    assert_eq!(phase(&state), &RunPhase::Failed(crashed.clone()));
    assert_eq!(state.questions[0].id, question);
    assert_eq!(state.questions[0].reply, Reply::Failed(crashed));
    assert!(matches!(state.engine, EngineState::Restarting { .. }));
    let report = DeviceReport {
        device: DeviceName::Cpu { workers: 2 },
        reason: DeviceReason::NoWebGpu,
    };
    state.apply(Event::Device {
        report: report.clone(),
    });
    state.apply(load(data("films")));
    assert_eq!(state.engine, EngineState::Working(report));
    assert_eq!(state.films.as_ref().map(|films| films.len()), Some(6));
    assert!(matches!(phase(&state), RunPhase::Failed(_)));
}

#[test]
fn past_runs_are_kept_with_what_their_test_showed() {
    let (mut state, run) = trained();
    state.apply(tested(run, 1));
    state.begin_run();
    state.begin_run();
    let past = &state.past_runs;
    assert_eq!(past.len(), 1, "a run that learnt nothing is not kept");
    assert_eq!(
        (past[0].run.id, past[0].films.title.as_str()),
        (run, "films")
    );
    assert!(past[0].opened.is_some());
    assert_eq!(past[0].times_opened, 1);
}

#[test]
fn a_close_up_stays_until_the_next_step() {
    let mut state = loaded();
    let run = state.begin_run();
    let mut closely = step(run, 1, StageKind::Frozen);
    if let Event::Step { report, .. } = &mut closely {
        report.diagnostics = Some(StepDiagnostics {
            after: vec![vec![0.4, 0.6]],
            loss_after: 0.6,
            gradients: Vec::new(),
        });
    }
    let seen = |state: &AppState| {
        state
            .run
            .as_ref()
            .is_some_and(|run| run.diagnostics.is_some())
    };
    state.apply(closely);
    assert!(seen(&state));
    state.apply(step(run, 2, StageKind::Frozen));
    assert!(!seen(&state));
}
