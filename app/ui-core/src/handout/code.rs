//! The result code of a run that the page has trained.

use experiments::{EvaluationSet, Experiment};
use imaging::{
    settings::{Network, Settings},
    task::Task,
};

use crate::{
    classroom::code::{Code, Counted, FilmsOf, Split, Stages, fingerprint},
    lesson::Arm,
    link::Link,
    state::{AppState, Films, Run, RunPhase},
};
use protocol::Pack;

/// Of the present run; `None` where it has not come to its end, or its network is out of a file.
pub fn of_run(state: &AppState) -> Option<Code> {
    let (run, films) = (state.run.as_ref()?, state.films.as_deref()?);
    let ended = matches!(run.phase, RunPhase::Finished { stopped: false, .. });
    if !ended || run.is_from_file() {
        return None;
    }
    let settings = &run.settings;
    let last = run.epochs.last()?.validation;
    let test = state.opened().map(|opened| opened.report.scores.accuracy);
    let stages = match (settings.network, settings.fine_tuning) {
        (Network::Scratch, _) => Stages::Scratch,
        (Network::Pretrained(_), Some(_)) => Stages::FineTuned,
        (Network::Pretrained(_), None) => Stages::Frozen,
    };
    Some(Code {
        arm: Arm::of(settings),
        usual: is_usual(settings, films.data.task),
        split: Split::from(settings.split_by),
        task: films.data.task,
        films: match films.pack {
            Some(Pack::BuiltIn) => FilmsOf::BuiltIn,
            Some(Pack::Paediatric) => FilmsOf::Paediatric,
            None => FilmsOf::Own(mark(films)),
        },
        stages,
        seed: settings.seed,
        validation: Counted::new(last.correct, last.n)?,
        test: test.and_then(|score| Counted::new(score.hits, score.n)),
        arms_experiment: arms_experiment(state, run),
    })
}

/// What the arms experiment gave for the run's arm and seed on unseen patients. It is another network than the run's: smaller, and
/// trained on fewer films.
pub fn arms_experiment(state: &AppState, run: &Run) -> Option<Counted> {
    let condition = Arm::of(&run.settings).place();
    let outcomes = state.experiments.outcomes(Experiment::Arms);
    let own = outcomes
        .iter()
        .find(|own| own.condition == condition && own.seed == run.settings.seed)?;
    let (_, score) = own
        .scores
        .iter()
        .find(|(evaluation_set, _)| *evaluation_set == EvaluationSet::OtherPatients)?;
    Counted::new(score.correct, score.n)
}

/// The link that repeats the run, for films that come with the app.
pub fn link_of(settings: &Settings, films: &Films) -> Link {
    Link {
        task: (films.data.task != Task::default()).then_some(films.data.task),
        pack: films.pack.filter(|pack| *pack != Pack::default()),
        ..Link::repeating(settings)
    }
}

/// Whether all but arm, seed, split and stages is as it comes.
fn is_usual(settings: &Settings, task: Task) -> bool {
    let mut usual = Link {
        task: Some(task),
        arm: Some(Arm::of(settings)),
        ..Link::default()
    }
    .settings();
    usual.seed = settings.seed;
    usual.split_by = settings.split_by;
    if settings.network == Network::Scratch {
        usual.network = Network::Scratch;
        usual.fine_tuning = settings.fine_tuning;
    } else if settings.fine_tuning.is_none() {
        usual.fine_tuning = None;
    }
    *settings == usual
}

fn mark(films: &Films) -> u16 {
    let names = films.data.samples.iter().map(|sample| sample.name.as_str());
    let classes = films.data.classes.iter().map(String::as_str);
    fingerprint(classes.chain(names))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classroom::code::read_all;
    use experiments::{Outcome, Score};
    use imaging::{
        dataset::DatasetSummary,
        report::{EpochReport, LossAccuracy, StageKind},
    };
    use protocol::{Event, RunId};

    fn films(pack: Option<Pack>, task: Task) -> Films {
        let data = DatasetSummary {
            title: "Films".to_owned(),
            task,
            built_in: pack.is_some(),
            classes: vec!["a".to_owned(), "b".to_owned()],
            samples: Vec::new(),
            skipped: Vec::new(),
        };
        Films::new(data, pack)
    }

    fn run(settings: Settings, stopped: bool) -> Run {
        let mut run = Run::new(RunId(1), settings);
        let score = LossAccuracy {
            loss: 0.1,
            correct: 37,
            n: 38,
        };
        run.epochs.push(EpochReport {
            stage: StageKind::Frozen,
            epoch: 0,
            steps_done: 1,
            train: score,
            validation: score,
            validation_confusion: vec![vec![19, 0], vec![1, 18]],
        });
        run.phase = RunPhase::Finished {
            stopped,
            seconds: 1.0,
        };
        run
    }

    fn state(films: Films, run: Run) -> AppState {
        let mut state = AppState::new(run.settings.clone());
        state.films = Some(films.into());
        state.run = Some(run);
        state
    }

    #[test]
    fn a_whole_run_has_a_code_that_is_read_again() {
        for task in [Task::Region, Task::Mirrored] {
            let films = films(Some(Pack::BuiltIn), task);
            let settings = Link::parse(&format!(
                "?arm=both&seed=9&task={}",
                match task {
                    Task::Region => "region",
                    Task::Mirrored => "mirrored",
                }
            ))
            .settings();
            let link = link_of(&settings, &films);
            let code = of_run(&state(films, run(settings.clone(), false))).expect("a code");
            assert!(code.usual, "{task:?}");
            assert_eq!((code.seed, code.stages), (9, Stages::FineTuned));
            assert_eq!(read_all(&code.text()), [Ok(code)]);
            assert_eq!(Link::parse(&link.query()).settings(), settings);
        }
    }

    #[test]
    fn other_settings_are_told() {
        let code = |settings| {
            let own = films(None, Task::Region);
            of_run(&state(own, run(settings, false))).expect("a code")
        };
        let mut settings = Settings {
            fine_tuning: None,
            ..Settings::default()
        };
        let frozen = code(settings.clone());
        assert!(frozen.usual);
        assert_eq!(frozen.stages, Stages::Frozen);
        assert!(matches!(frozen.films, FilmsOf::Own(_)));
        settings.film_side = 64;
        assert!(!code(settings).usual);
    }

    #[test]
    fn a_run_that_was_stopped_has_none() {
        let films = films(Some(Pack::BuiltIn), Task::Region);
        let stopped = state(films, run(Settings::default(), true));
        assert_eq!(of_run(&stopped), None);
    }

    #[test]
    fn the_arms_experiment_is_that_of_the_runs_own_arm_and_seed() {
        let settings = Settings {
            seed: 7,
            dropout: 0.0,
            ..Settings::default()
        };
        let own = Arm::of(&settings).place();
        let mut state = state(films(None, Task::Region), run(settings, false));
        let id = state.experiment(Experiment::Arms, 6, 2).expect("films");
        let score = |correct| Score {
            n: 100,
            correct,
            patients: None,
            sensitivity: None,
            specificity: None,
            auc: None,
        };
        let of_all = (0..4).flat_map(|condition| [6, 7].map(|seed| (condition, seed)));
        let outcomes = of_all.map(|(condition, seed)| Outcome {
            condition,
            seed,
            scores: vec![
                (EvaluationSet::Test, score(99)),
                (
                    EvaluationSet::OtherPatients,
                    score(10 * condition + seed as usize),
                ),
            ],
        });
        state.apply(Event::Outcomes {
            id,
            outcomes: outcomes.collect(),
        });
        assert_eq!(of_run(&state).expect("a code").arms_experiment, None);
        state.apply(Event::Experimented { id, result: Ok(()) });
        let code = of_run(&state).expect("a code");
        let expected = Counted::new(10 * own + 7, 100);
        assert_eq!(code.arms_experiment, expected);
        // The run has scores of its own.
        assert_eq!(code.validation.n, 38);
        assert_eq!(code.test, None);
    }
}
