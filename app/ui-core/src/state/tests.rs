//! What the tests of the state share.

mod asking;
mod importing;
mod keeping;
mod keeping_own;
mod loading;
mod running;

use imaging::{
    dataset::{DatasetSummary, SampleSummary},
    incidental::Incidentals,
    insight::{Mask, OodScore},
    report::{EpochReport, LossAccuracy, StageKind, StepDiagnostics, StepReport, TestReport},
    settings::{Network, Pooling},
    split::{SplitBy, Subset},
    task::Task,
};
use metrics::{Proportion, Scores};

use super::*;
use protocol::{Answer, DeviceName, DeviceReason, ExplanationResult, Pack, Preparation, Subject};

fn data(title: &str) -> DatasetSummary {
    let sample = |index: usize| SampleSummary {
        name: format!("{index}.png"),
        class: index % 2,
        patient: None,
        part: None,
        width: 256,
        height: 256,
        facts: None,
        incidentals: Incidentals::default(),
    };
    DatasetSummary {
        title: title.to_owned(),
        task: imaging::task::Task::Region,
        built_in: true,
        classes: vec!["chest".to_owned(), "abdomen".to_owned()],
        samples: (0..6).map(sample).collect(),
        skipped: Vec::new(),
    }
}

fn being_read(done: usize, total: usize) -> Event {
    Event::Loading {
        progress: Progress {
            done,
            total,
            seconds_left: None,
        },
    }
}

fn load(data: DatasetSummary) -> Event {
    Event::Loaded {
        data,
        pack: Some(Pack::BuiltIn),
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
            diagnostics: None,
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
            validation_confusion: vec![vec![correct, 20 - correct], vec![0, 0]],
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

fn tested(run: RunId, times_opened: usize) -> Event {
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
        opened: Box::new(TestResult {
            validation: report.clone(),
            baseline: report.clone(),
            report,
        }),
        times_opened,
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
