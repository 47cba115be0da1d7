use model::{
    dataset::SampleSummary,
    insight::{Likeness, Mask},
    metrics::{Proportion, Scores},
    report::{CloseUp, EpochReport, LossAccuracy, StageKind, StepReport, TestReport},
    settings::Reading,
    split::Part,
};

use super::*;
use crate::protocol::{Answer, DeviceName, DeviceReason, Finding, Preparation, Subject};

fn data(title: &str) -> DatasetSummary {
    let sample = |index: usize| SampleSummary {
        name: format!("{index}.png"),
        class: index % 2,
        patient: None,
        part: None,
        width: 256,
        height: 256,
    };
    DatasetSummary {
        title: title.to_owned(),
        built_in: true,
        classes: vec!["chest".to_owned(), "abdomen".to_owned()],
        samples: (0..6).map(sample).collect(),
        skipped: Vec::new(),
    }
}

fn load(data: DatasetSummary) -> Event {
    Event::Loaded {
        data,
        pack: Some(Pack::BuiltIn),
        task: Task::Region,
    }
}

fn picture(grey: u8) -> Picture {
    Picture {
        width: 1,
        height: 1,
        pixels: vec![grey],
    }
}

fn step(run: RunId, steps_done: usize, stage: StageKind) -> Event {
    Event::Step {
        run,
        report: StepReport {
            stage,
            epoch: 0,
            steps_done,
            loss: 0.7,
            batch: Vec::new(),
            steps_total: 10,
            close_up: None,
        },
        seconds_left: Some(2.0),
    }
}

fn epoch(run: RunId, correct: usize) -> Event {
    let score = LossAccuracy {
        loss: 0.5,
        correct,
        n: 20,
    };
    Event::Epoch {
        run,
        report: EpochReport {
            stage: StageKind::Frozen,
            epoch: 0,
            steps_done: 5,
            train: score,
            validation: score,
        },
    }
}

fn finished(run: RunId) -> Event {
    Event::RunFinished {
        run,
        stopped: false,
        seconds: 3.0,
    }
}

fn tested(run: RunId, looks: usize) -> Event {
    let accuracy = Proportion::new(9, 10);
    let report = TestReport {
        films: Vec::new(),
        scores: Scores {
            accuracy,
            confusion: vec![vec![5, 0], vec![1, 4]],
            majority: 0.5,
            patients: None,
        },
    };
    Event::Tested {
        run,
        opened: Box::new(Opened {
            validation: report.clone(),
            baseline: report.clone(),
            report,
        }),
        looks,
    }
}

fn loaded() -> AppState {
    let mut state = AppState::default();
    state.apply(load(data("films")));
    state
}

fn trained() -> (AppState, RunId) {
    let mut state = loaded();
    let run = state.begin_run();
    state.apply(step(run, 1, StageKind::Frozen));
    state.apply(finished(run));
    (state, run)
}

fn phase(state: &AppState) -> &RunPhase {
    &state.run.as_ref().expect("a run").phase
}

#[test]
fn a_run_goes_from_asked_to_finished() {
    let mut state = loaded();
    let run = state.begin_run();
    assert_eq!(phase(&state), &RunPhase::Asked);
    state.apply(Event::RunStarted {
        run,
        parts: vec![Some(Part::Train), None],
        steps_total: 8,
    });
    state.apply(Event::Preparing {
        run: Some(run),
        work: Preparation::Features,
        done: 1,
        total: 6,
        seconds_left: None,
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
    assert_eq!(run.parts, vec![Some(Part::Train), None]);
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
    let question = state.ask("a.png".to_owned(), Source::File);
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
fn a_crash_while_reading_says_so() {
    let mut state = loaded();
    state.apply(Event::Loading { done: 1, total: 9 });
    state.engine_lost("out of memory", false);
    assert_eq!(state.loading, Loading::Interrupted);
    assert!(matches!(state.engine, EngineState::GivenUp { .. }));
    assert!(state.films.is_some());
}

#[test]
fn a_failed_load_keeps_films_and_network() {
    let (mut state, run) = trained();
    state.apply(Event::LoadFailed {
        error: LoadError::Empty,
    });
    assert_eq!(state.loading, Loading::Failed(LoadError::Empty));
    assert_eq!(state.films.as_ref().map(|films| films.len()), Some(6));
    assert_eq!(state.trained().map(|run| run.id), Some(run));
}

#[test]
fn new_films_replace_all_that_came_of_the_old() {
    let (mut state, run) = trained();
    state.apply(tested(run, 1));
    state.apply(load(data("other")));
    assert!(state.run.is_none());
    assert_eq!(state.door, Door::Locked);
    assert_eq!(state.looks, 0);
    assert!(state.questions.is_empty());
}

#[test]
fn thumbnails_find_their_films() {
    let mut state = loaded();
    state.apply(Event::Thumbnails {
        first: 4,
        pictures: vec![picture(1), picture(2), picture(3)],
    });
    let films = state.films.expect("films");
    assert_eq!(films.thumbnails.len(), 6);
    assert!(films.thumbnails[3].is_none());
    assert_eq!(films.thumbnails[5].as_deref(), Some(&picture(2)));
}

#[test]
fn every_look_is_counted_also_across_engines() {
    let (mut state, run) = trained();
    assert_eq!(state.open_door(), Some(run));
    assert_eq!(state.door, Door::Opening);
    state.apply(tested(run, 1));
    assert!(matches!(state.door, Door::Open(_)));
    state.engine_lost("gone", true);
    let again = state.begin_run();
    assert_eq!(state.door, Door::Locked);
    state.apply(step(again, 1, StageKind::Frozen));
    state.apply(finished(again));
    state.apply(tested(again, 1));
    assert_eq!(state.looks, 2);
}

#[test]
fn a_look_that_fails_closes_the_door_again() {
    let (mut state, run) = trained();
    state.open_door();
    state.apply(Event::RunFailed {
        run,
        failure: Failure::NotTrained,
    });
    assert_eq!(state.door, Door::Locked);
    assert!(matches!(phase(&state), RunPhase::Failed(_)));
}

#[test]
fn answers_come_in_any_order() {
    let (mut state, _) = trained();
    let first = state.ask("a.png".to_owned(), Source::File);
    let second = state.ask("knees".to_owned(), Source::Odd(0));
    let answer = Answer {
        probabilities: vec![0.1, 0.9],
        likeness: Likeness {
            neighbours: Vec::new(),
            distance: 0.3,
            rank: 0.5,
        },
        picture: picture(7),
    };
    state.apply(Event::Classified {
        question: second,
        name: "odd".to_owned(),
        answer: Ok(answer.clone()),
    });
    state.apply(Event::Classified {
        question: first,
        name: "a.png".to_owned(),
        answer: Err(Failure::NotTrained),
    });
    state.apply(Event::Classified {
        question: QuestionId(99),
        name: "never asked".to_owned(),
        answer: Err(Failure::NoData),
    });
    assert_eq!(state.questions.len(), 2);
    assert_eq!(state.questions[0].reply, Reply::Answered(answer));
    assert_eq!(state.questions[0].name, "knees");
    assert_eq!(state.questions[1].reply, Reply::Failed(Failure::NotTrained));
}

fn erased(cells: usize) -> Inquiry {
    Inquiry::Erased {
        subject: Subject::Sample(0),
        mask: Mask {
            cells,
            painted: Vec::new(),
        },
    }
}

fn erased_finding() -> Finding {
    Finding::Erased {
        probabilities: vec![1.0],
    }
}

#[test]
fn an_inquiry_is_asked_once_and_its_answer_kept() {
    let (mut state, run) = trained();
    let (of, inquiry) = state.inquire(Inquiry::Atlas).expect("a trained run");
    assert_eq!(of, run);
    assert_eq!(state.inquire(Inquiry::Atlas), None);
    state.apply(Event::Inquiring {
        inquiry,
        done: 1,
        total: 2,
        seconds_left: None,
    });
    let stage = state.inquiries.stage(&Inquiry::Atlas);
    assert!(matches!(stage, Some(Stage::Asked(Some(_)))));
    state.apply(Event::Found {
        inquiry,
        finding: Ok(erased_finding()),
    });
    assert_eq!(state.inquire(Inquiry::Atlas), None);
    state.begin_run();
    assert_eq!(state.inquiries.stage(&Inquiry::Atlas), None);
}

#[test]
fn a_new_inquiry_takes_the_place_of_one_of_its_kind() {
    let (mut state, _) = trained();
    let (_, first) = state.inquire(erased(1)).expect("asked");
    let (_, second) = state.inquire(erased(2)).expect("asked");
    let found = |inquiry| Event::Found {
        inquiry,
        finding: Ok(erased_finding()),
    };
    state.apply(found(first));
    assert_eq!(state.inquiries.stage(&erased(1)), None);
    state.apply(found(second));
    let kept = Some(&Stage::Found(erased_finding()));
    assert_eq!(state.inquiries.stage(&erased(2)), kept);
    state.inquire(erased(3));
    assert_eq!(state.inquiries.stage(&erased(2)), kept);
}

#[test]
fn an_inquiry_that_failed_can_be_asked_again() {
    let (mut state, _) = trained();
    state.inquire(Inquiry::Atlas);
    state.inquiries.fail_pending(&Failure::NotTrained);
    assert!(state.inquire(Inquiry::Atlas).is_some());
}

#[test]
fn past_runs_are_kept_with_what_their_test_showed() {
    let (mut state, run) = trained();
    state.apply(tested(run, 1));
    state.begin_run();
    state.begin_run();
    let past = &state.past_runs;
    assert_eq!(past.len(), 1, "a run that learnt nothing is not kept");
    assert_eq!((past[0].run.id, past[0].title.as_str()), (run, "films"));
    assert!(past[0].opened.is_some());
    assert_eq!(past[0].looks, 1);
}

#[test]
fn the_split_fits_the_films() {
    let mut state = AppState::new(Settings {
        split_by: SplitBy::Patient,
        ..Settings::default()
    });
    state.apply(load(data("none")));
    assert_eq!(state.settings.split_by, SplitBy::Image);
    let mut folders = data("folders");
    folders.built_in = false;
    folders.samples[0].part = Some(Part::Test);
    state.apply(load(folders));
    assert_eq!(state.settings.split_by, SplitBy::Folder);
    state.apply(load(data("back")));
    assert_eq!(state.settings.split_by, SplitBy::Image);
}

#[test]
fn another_task_begins_with_the_reading_that_suits_it() {
    let mut state = loaded();
    let mirrored = |title| Event::Loaded {
        data: data(title),
        pack: Some(Pack::BuiltIn),
        task: Task::Mirrored,
    };
    let reading = |state: &AppState| state.settings.network;
    state.apply(mirrored("mirrored"));
    assert_eq!(reading(&state), Network::Pretrained(Reading::Grid));
    state.settings.network = Network::Pretrained(Reading::GlobalAverage);
    state.apply(mirrored("others, mirrored"));
    assert_eq!(reading(&state), Network::Pretrained(Reading::GlobalAverage));
    state.apply(load(data("films")));
    assert_eq!(reading(&state), Network::Pretrained(Reading::GlobalAverage));
    state.settings.network = Network::Scratch;
    state.apply(mirrored("mirrored"));
    assert_eq!(reading(&state), Network::Scratch);
}

#[test]
fn a_close_up_stays_until_the_next_step() {
    let mut state = loaded();
    let run = state.begin_run();
    let mut closely = step(run, 1, StageKind::Frozen);
    if let Event::Step { report, .. } = &mut closely {
        report.close_up = Some(CloseUp {
            after: vec![vec![0.4, 0.6]],
            loss_after: 0.6,
            gradients: Vec::new(),
        });
    }
    let seen = |state: &AppState| state.run.as_ref().is_some_and(|run| run.close_up.is_some());
    state.apply(closely);
    assert!(seen(&state));
    state.apply(step(run, 2, StageKind::Frozen));
    assert!(!seen(&state));
}

#[test]
fn background_preparation_ends_when_all_is_done() {
    let mut state = loaded();
    let preparing = |done| Event::Preparing {
        run: None,
        work: Preparation::Views,
        done,
        total: 6,
        seconds_left: Some(1.0),
    };
    state.apply(preparing(3));
    assert_eq!(state.background.map(|progress| progress.done), Some(3));
    state.apply(preparing(6));
    assert_eq!(state.background, None);
    state.apply(preparing(3));
    state.apply(load(data("other")));
    assert_eq!(state.background, None);
}
