//! What a visit has made, kept and brought back.

use ::checkpoint::{
    Checkpoint, EpochSoFar, NamedTensor, Origin, Position, RandomPositions, TrainedNetwork,
    project::{self, Project},
};
use ::experiments::Outcome;
use imaging::perturb::Perturbation;

use super::{keeping_own::told_apart, *};
use crate::kept::{Found, KeptError, KeptWork, Order, VERSION};
use protocol::Returning;

const SECONDS: f32 = 1.5;

fn checkpoint(run: RunId, steps_done: usize) -> Event {
    Event::Checkpoint {
        run,
        steps_done,
        seconds: SECONDS,
    }
}

/// A run after six steps and one epoch, kept after five.
fn begun() -> (AppState, RunId) {
    let mut state = loaded();
    state.keeps = true;
    state.settings.seed = 9;
    let run = state.begin_run();
    state.apply(Event::RunStarted {
        run,
        parts: vec![Some(Subset::Train); 6],
        steps_total: 10,
    });
    for steps in 1..=5 {
        state.apply(step(run, steps, StageKind::Frozen));
    }
    state.apply(epoch(run, 18));
    state.apply(checkpoint(run, 5));
    state.apply(step(run, 6, StageKind::Frozen));
    (state, run)
}

/// A run that is over, tested and asked, after another one.
pub(super) fn visited() -> AppState {
    let mut state = loaded();
    state.keeps = true;
    let run = state.begin_run();
    state.apply(step(run, 1, StageKind::Frozen));
    state.apply(finished(run));
    state.apply(tested(run, 1));
    let (run, mut state) = (state.begin_run(), state);
    for steps in 1..=5 {
        state.apply(step(run, steps, StageKind::Frozen));
    }
    state.apply(epoch(run, 17));
    state.apply(finished(run));
    state.apply(checkpoint(run, 5));
    state.apply(tested(run, 2));
    for (name, source) in [
        ("knees", QuestionSource::Odd(1)),
        ("DOE^JANE.dcm", QuestionSource::File),
    ] {
        let question = state.ask(name.to_owned(), source);
        state.apply(Event::Classified {
            question,
            name: name.to_owned(),
            answer: Ok(Answer {
                probabilities: vec![0.25, 0.75],
                ood_score: OodScore {
                    neighbours: Vec::new(),
                    distance: 0.5,
                    rank: 0.1,
                },
                same_as: None,
                picture: picture(3),
            }),
        });
    }
    let id = state.experiment(Experiment::Leak, 1, 2).expect("films");
    let outcome = Outcome {
        condition: 1,
        seed: 2,
        scores: Vec::new(),
    };
    state.apply(Event::Outcomes {
        id,
        outcomes: vec![outcome],
    });
    let about = Explanation::Changed {
        perturbation: Perturbation {
            rotation: 3.0,
            ..Perturbation::NONE
        },
    };
    let (_, explanation) = state.explain(about).expect("a network");
    let report = state.opened().expect("an open door").report.clone();
    state.apply(Event::Found {
        explanation,
        finding: Ok(ExplanationResult::Changed(report)),
    });
    state
}

pub(super) fn own(mut data: DatasetSummary) -> DatasetSummary {
    data.built_in = false;
    data.classes = vec!["normal".to_owned(), "fracture".to_owned()];
    data
}

pub(super) fn load_own(data: DatasetSummary) -> Event {
    let pack = None;
    Event::Loaded { data, pack }
}

#[test]
fn before_anything_is_made_nothing_is_kept() {
    assert_eq!(AppState::default().keep(), None);
    assert_eq!(loaded().keep(), None);
}

#[test]
fn it_comes_back_from_its_bytes_and_other_bytes_are_refused() {
    let work = visited().keep().expect("work");
    let bytes = work.to_bytes();
    assert_eq!(KeptWork::parse(&bytes), Ok(work));
    for length in 0..bytes.len() {
        let cut = KeptWork::parse(&bytes[..length]);
        assert_eq!(cut, Err(KeptError::Unreadable), "{length}");
    }
    let mut later = bytes.clone();
    later[4] += 1;
    assert_eq!(KeptWork::parse(&later), Err(KeptError::Later));
    let mut earlier = bytes;
    earlier[4] = 1;
    assert_eq!(KeptWork::parse(&earlier), Err(KeptError::Unreadable));
}

/// Whoever changes a type that is kept changes its bytes: then [`VERSION`] goes up by one, and these numbers change.
#[test]
fn another_form_has_another_version() {
    let bytes = visited().keep().expect("work").to_bytes();
    let hash = bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash: u64, &byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    assert_eq!(
        (VERSION, bytes.len(), hash),
        (3, 592, 12_612_961_277_850_811_875)
    );
}

/// As a project from anywhere may be: whatever is taken in, nothing that follows from it panics.
#[test]
fn changed_bytes_are_refused_or_do_no_harm() {
    let mut own_films = visited();
    own_films.films = Some(Arc::new(Films::new(told_apart(), None)));
    let seeds = [visited(), own_films].map(|state| state.keep().expect("work").to_bytes());
    let target = fuzzing::Target {
        name: "work from before",
        seeds: &seeds,
        most_memory: 16 << 20,
    };
    target.try_all(|bytes, _| {
        let Ok(work) = KeptWork::parse(bytes) else {
            return false;
        };
        let mut state = loaded();
        state.found(work);
        state.apply(load_own(told_apart()));
        for row in crate::runs::rows(&state) {
            crate::runs::differing(&[&row]);
        }
        for run in state.run.iter() {
            crate::curves::Curves::loss(run);
            crate::curves::Curves::accuracy(run);
        }
        if let Some(opened) = state.opened() {
            crate::evaluation::Answers::of(&opened.report);
            crate::evaluation::threshold::Detection::of(&opened.report, 1);
        }
        state.marks();
        state.keep();
        true
    });
}

/// Projects lie on people's disks: every form that was ever written stays readable. Whoever makes another one runs
/// `cargo test -p ui-core -- --ignored write_a_project`, commits the file, and leaves those that are there.
#[test]
fn every_project_that_was_ever_written_is_read() {
    let files = std::fs::read_dir(FORMS).expect("the projects");
    let mut read = 0;
    for file in files {
        let path = file.expect("a file").path();
        let bytes = std::fs::read(&path).expect("its bytes");
        let project = Project::parse(&bytes).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        let work = KeptWork::parse(&project.work);
        let work = work.unwrap_or_else(|error| panic!("{path:?}: {error:?}"));
        let mut state = AppState::default();
        state.apply(load(data("films")));
        state.found(work);
        assert_eq!(state.past_runs.len(), 2, "{path:?}: curves");
        assert!(state.needed_films().is_some(), "{path:?}");
        let network = Checkpoint::parse(&project.network);
        let network = network.unwrap_or_else(|error| panic!("{path:?}: {error}"));
        assert_eq!(network.network.classes.len(), 2, "{path:?}");
        read += 1;
    }
    assert!(read > 0);
    let present = format!("{FORMS}/{}-{VERSION}.firstread", project::VERSION);
    assert!(
        std::fs::exists(&present).is_ok_and(|there| there),
        "{present} is missing"
    );
}

const FORMS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/forms");

#[test]
#[ignore = "writes a file that is kept"]
fn write_a_project() {
    let mut before = visited();
    before.films = Some(Arc::new(Films::new(told_apart(), None)));
    let kept = Checkpoint {
        network: TrainedNetwork {
            settings: before.settings.clone(),
            classes: vec!["normal".to_owned(), "fracture".to_owned()],
            tensors: vec![NamedTensor {
                name: "head.output.bias".to_owned(),
                shape: vec![2],
                values: vec![0.25, -0.25],
            }],
        },
        films: told_apart().fingerprint(),
        origin: Origin::Drawn,
        optimiser: Vec::new(),
        position: Position::default(),
        random: RandomPositions::default(),
        epoch_so_far: EpochSoFar::default(),
    };
    let project = Project {
        work: before.keep().expect("work").to_bytes(),
        network: kept.to_bytes().expect("a network"),
    };
    let path = format!("{FORMS}/{}-{VERSION}.firstread", project::VERSION);
    std::fs::write(path, project.to_bytes()).expect("a disk");
}

#[test]
fn no_image_and_no_name_of_a_file_is_kept() {
    let bytes = visited().keep().expect("work").to_bytes();
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.contains("knees") && !text.contains("DOE"), "{text}");
}

#[test]
fn after_a_reload_everything_is_there_and_the_network_on_its_way() {
    let before = visited();
    let mut state = AppState::default();
    state.found(before.keep().expect("work"));
    assert!(state.awaits_films());
    state.apply(load(data("films")));
    assert_eq!(state.found, Found::Nothing);
    assert_eq!(state.settings, before.settings);
    assert_eq!(state.opened(), before.opened());
    assert_eq!(state.times_opened, 2);
    let run = state.trained().expect("a trained run");
    let own = before.trained().expect("a trained run");
    assert_eq!((&run.steps, &run.epochs), (&own.steps, &own.epochs));
    assert_eq!(state.past_runs.len(), 1);
    assert_eq!(state.past_runs[0].opened, before.past_runs[0].opened);
    assert!(state.past_runs[0].run.id < run.id);
    assert_eq!(state.questions.len(), 2);
    let names: Vec<&str> = state
        .questions
        .iter()
        .map(|own| own.name.as_str())
        .collect();
    assert_eq!(names, ["", "knees"]);
    assert_eq!(state.experiments.outcomes(Experiment::Leak).len(), 1);
    assert_eq!(state.explanations.found_all().count(), 1);
    let order = Order::Return {
        run: run.id,
        state: Returning::Over,
        steps_done: 5,
        seconds: SECONDS,
    };
    assert_eq!(state.take_order(), Some(order));
    assert_eq!(state.take_order(), None);
    // And the same once more.
    assert_eq!(state.keep().map(|work| work.past_runs.len()), Some(1));
}

#[test]
fn cut_off_in_mid_training_it_goes_on_from_what_was_kept() {
    let (before, _) = begun();
    let mut state = AppState::default();
    state.found(before.keep().expect("work"));
    state.apply(load(data("films")));
    let run = state.run.clone().expect("a run");
    assert_eq!((run.steps.len(), run.epochs.len()), (5, 1));
    assert_eq!(run.settings.seed, 9);
    assert!(run.is_active());
    assert!(
        matches!(
            state.take_order(),
            Some(Order::Return {
                state: Returning::Going,
                ..
            })
        ),
        "no order"
    );
    state.apply(Event::Returned {
        run: run.id,
        parts: run.parts.clone(),
        steps_total: 10,
    });
    state.apply(step(run.id, 6, StageKind::Frozen));
    let run = state.run.as_ref().expect("a run");
    assert_eq!((run.steps.len(), run.epochs.len()), (6, 1));
}

#[test]
fn paused_it_comes_back_paused() {
    let (mut before, run) = begun();
    before.apply(Event::Paused { run });
    let mut state = AppState::default();
    state.found(before.keep().expect("work"));
    state.apply(load(data("films")));
    assert_eq!(phase(&state), &RunPhase::Paused);
}

#[test]
fn cut_off_before_anything_was_kept_it_begins_again() {
    let mut before = loaded();
    let run = before.begin_run();
    before.apply(step(run, 1, StageKind::Frozen));
    let mut state = AppState::default();
    state.found(before.keep().expect("work"));
    state.apply(load(data("films")));
    let run = state.run.clone().expect("a run");
    assert_eq!(run.steps, []);
    let settings = run.settings.clone();
    let order = Order::Begin {
        run: run.id,
        settings,
    };
    assert_eq!(state.take_order(), Some(order));
}

#[test]
fn of_changed_films_the_curves_come_back_alone() {
    let mut state = AppState::default();
    state.found(visited().keep().expect("work"));
    let mut others = data("films");
    others.samples[0].class = 1;
    state.apply(load(others));
    assert!(state.run.is_none() && state.take_order().is_none());
    assert_eq!(state.past_runs.len(), 2);
    assert!(state.past_runs.iter().all(|past| past.opened.is_some()));
}

#[test]
fn after_a_crash_the_network_comes_back_with_the_films() {
    let (mut state, run) = begun();
    state.engine_lost("out of memory", true);
    assert!(matches!(phase(&state), RunPhase::Failed(_)));
    let kept = state.keep().and_then(|work| work.run).expect("a run");
    assert!(kept.network.is_some(), "a reload would lose it");
    state.apply(load(data("films")));
    assert_eq!(phase(&state), &RunPhase::Asked);
    assert_eq!(state.run.as_ref().map(Run::steps_done), Some(5));
    let order = Order::Return {
        run,
        state: Returning::Going,
        steps_done: 5,
        seconds: SECONDS,
    };
    assert_eq!(state.take_order(), Some(order));
}

#[test]
fn after_a_crash_of_a_kiosk_nothing_comes_back() {
    let (mut state, _) = begun();
    state.keeps = false;
    state.engine_lost("out of memory", true);
    state.apply(load(data("films")));
    assert!(matches!(phase(&state), RunPhase::Failed(_)));
    assert_eq!(state.take_order(), None);
}

#[test]
fn what_cannot_come_back_is_left_with_its_curve() {
    let mut state = AppState::default();
    state.found(visited().keep().expect("work"));
    state.apply(load(data("films")));
    let run = state.run.as_ref().expect("a run").id;
    state.apply(Event::RunFailed {
        run,
        failure: Failure::NoData,
    });
    let work = state.keep().expect("work");
    assert_eq!((work.run, work.past_runs.len()), (None, 2));
}

#[test]
fn marks_change_with_what_is_new_and_not_with_every_step() {
    let (mut state, run) = begun();
    let marks = state.marks();
    state.apply(step(run, 7, StageKind::Frozen));
    assert_eq!(state.marks(), marks);
    assert!(marks.cover(&state.marks()));
    state.apply(checkpoint(run, 7));
    assert_ne!(state.marks(), marks);
    assert!(
        marks.cover(&state.marks()),
        "a run in progress is kept often enough"
    );
    let marks = state.marks();
    state.apply(finished(run));
    assert!(!marks.cover(&state.marks()));
    assert_ne!(state.marks(), marks);
    let marks = state.marks();
    state.apply(tested(run, 1));
    assert_ne!(state.marks(), marks);
}

#[test]
fn who_begins_anew_before_it_is_back_keeps_the_curves() {
    let mut state = AppState::default();
    state.found(visited().keep().expect("work"));
    state.apply(Event::Loaded {
        data: own(data("others")),
        pack: Some(Pack::Paediatric),
    });
    assert!(state.awaits_films());
    state.begin_run();
    assert!(!state.awaits_films());
    assert_eq!(state.past_runs.len(), 2);
}

#[test]
fn one_goes_back_to_the_network_before_and_forth_again() {
    let mut state = loaded();
    let first = state.begin_run();
    state.apply(step(first, 1, StageKind::Frozen));
    state.apply(finished(first));
    state.apply(checkpoint(first, 1));
    state.apply(tested(first, 1));
    assert_eq!(state.can_go_back(), None);
    let second = state.begin_run();
    assert_eq!(state.can_go_back(), None, "while another one trains");
    state.apply(step(second, 1, StageKind::Frozen));
    state.apply(finished(second));
    state.apply(checkpoint(second, 1));
    assert_eq!(state.can_go_back(), Some(first));
    state.go_back();
    assert_eq!(state.trained().map(|run| run.id), Some(first));
    assert!(state.opened().is_some());
    assert!(matches!(state.take_order(), Some(Order::Return { run, .. }) if run == first));
    assert_eq!(state.can_go_back(), Some(second));
    state.go_back();
    assert_eq!(state.trained().map(|run| run.id), Some(second));
    assert!(state.opened().is_none());
    assert_eq!(state.past_runs.len(), 1);
}
