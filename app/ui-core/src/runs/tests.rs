use super::*;

fn named(title: &str) -> DatasetName {
    DatasetName {
        title: title.to_owned(),
        ..DatasetName::default()
    }
}

fn run(id: u32, seed: u64, dropout: f64, right: usize) -> Row {
    Row {
        id: RunId(id),
        dataset: named("films"),
        films: 116,
        settings: Settings {
            seed,
            dropout,
            ..Settings::default()
        },
        ended: Ended::Whole,
        curve: vec![0.5, right as f64 / 20.0],
        validation: Some(score(right, 20)),
        tested: None,
        times_opened: 0,
    }
}

fn score(hits: usize, n: usize) -> RunScore {
    RunScore {
        accuracy: Proportion::new(hits, n),
        never_found: 0,
    }
}

fn tested(mut row: Row, hits: usize) -> Row {
    row.tested = Some(Tested {
        score: score(hits, 38),
        area: None,
    });
    row
}

#[test]
fn only_what_differs_is_named() {
    let rows = [run(1, 1, 0.5, 18), run(2, 1, 0.5, 18), run(3, 2, 0.0, 18)];
    let [one, two, three] = [&rows[0], &rows[1], &rows[2]];
    assert_eq!(differing(&[one, two]), []);
    assert_eq!(
        differing(&[one, two, three]),
        [Setting::Seed, Setting::Dropout]
    );
    assert_eq!(differing(&[one]), []);
}

#[test]
fn runs_of_one_recipe_differ_in_the_seed_alone() {
    let mut stopped = run(5, 3, 0.5, 10);
    stopped.ended = Ended::Early;
    let mut other_films = run(6, 1, 0.5, 18);
    other_films.dataset = named("others");
    let rows = [
        run(1, 1, 0.5, 18),
        run(2, 1, 0.0, 18),
        run(3, 2, 0.5, 17),
        run(4, 2, 0.0, 15),
        stopped,
        other_films,
    ];
    assert_eq!(recipes(&rows), [vec![0, 2], vec![1, 3], vec![5]]);
}

#[test]
fn recipes_are_compared_seed_by_seed() {
    let rows = [
        run(1, 1, 0.5, 18),
        run(2, 2, 0.5, 16),
        run(3, 7, 0.5, 20),
        run(4, 2, 0.0, 2),
        run(5, 1, 0.0, 16),
        run(6, 2, 0.0, 15),
    ];
    let pairs = by_seed(&rows, &[0, 1, 2], &[3, 4, 5], RunMeasure::Validation).expect("two pairs");
    assert_eq!((pairs.n, pairs.higher), (2, 2));
    // 18 - 16 and 16 - 15 of 20: 0.1 and 0.05.
    assert!((pairs.mean - 0.075).abs() < 1e-12);
    // 12.706 times 0.035355 / sqrt 2.
    let interval = pairs.interval.expect("two pairs");
    assert!((interval.high - (0.075 + 12.706_204_7 * 0.025)).abs() < 1e-6);
    let none = by_seed(&rows, &[2], &[3, 4, 5], RunMeasure::Validation);
    assert_eq!(none, Err(PairedError::Empty));
    let untested = by_seed(&rows, &[0], &[4], RunMeasure::Test);
    assert_eq!(untested, Err(PairedError::Empty));
}

#[test]
fn the_best_of_several_tests_is_flattered() {
    let rows = [
        tested(run(1, 1, 0.5, 18), 33),
        run(2, 2, 0.5, 18),
        tested(run(3, 3, 0.5, 18), 35),
    ];
    let flattery = flattery(&rows, &named("films")).expect("tests");
    assert_eq!((flattery.networks, flattery.n), (2, 38));
    assert!((flattery.mean - 34.0 / 38.0).abs() < 1e-12);
    assert_eq!(Some(flattery.best), best_of(2, 38, 34.0 / 38.0));
    assert!(flattery.best > flattery.mean);
    assert_eq!(super::flattery(&rows, &named("others")), None);
}

#[test]
fn the_table_holds_past_runs_and_the_present_one() {
    let mut state = AppState::default();
    state.begin_run();
    assert!(rows(&state).is_empty(), "nothing has been learnt yet");
    let learn = |state: &mut AppState| {
        let run = state.run.as_mut().expect("a run");
        run.steps.push(crate::state::StepPoint {
            steps_done: 1,
            stage: imaging::report::StageKind::Frozen,
            loss: 0.5,
        });
    };
    learn(&mut state);
    let score = |correct, n| imaging::report::LossAccuracy {
        loss: 0.1,
        correct,
        n,
    };
    let run = state.run.as_mut().expect("a run");
    // 19 films of one class and one of the other, which is taken for the first.
    run.epochs.push(EpochReport {
        stage: imaging::report::StageKind::Frozen,
        epoch: 0,
        steps_done: 1,
        train: score(60, 60),
        validation: score(19, 20),
        validation_confusion: vec![vec![19, 0], vec![1, 0]],
    });
    state.begin_run();
    learn(&mut state);
    let rows = rows(&state);
    let ids: Vec<RunId> = rows.iter().map(|row| row.id).collect();
    assert_eq!(ids, [RunId(1), RunId(2)]);
    assert_eq!(rows[1].ended, Ended::Running);
    let validation = rows[0].validation.expect("an epoch");
    assert_eq!((validation.accuracy.hits, validation.never_found), (19, 1));
    assert_eq!(rows[1].validation, None);
}
