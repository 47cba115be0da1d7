use super::*;
use crate::{classroom::result::Factor, lesson::Arm};

fn code(arm: usize, seed: u64, right: u32) -> Code {
    Code {
        arm: Arm::ALL[arm],
        usual: true,
        split: Split::Patient,
        task: Task::Region,
        films: FilmsOf::BuiltIn,
        stages: Stages::FineTuned,
        seed,
        validation: Counted { correct: 9, n: 10 },
        test: Some(Counted {
            correct: right,
            n: 40,
        }),
        arms_experiment: None,
    }
}

/// Ten learners an arm; augmentation adds ten films, dropout none.
fn room() -> Vec<Code> {
    let learner = |n: usize| {
        let arm = n % 4;
        let augmented = if Arm::ALL[arm].augmentation { 10 } else { 0 };
        let luck = [0, 2, 4][n / 4 % 3];
        code(arm, n as u64, 20 + augmented + luck)
    };
    (0..40).map(learner).collect()
}

fn paste(codes: &[Code]) -> String {
    codes.iter().map(|code| format!("- {code}\n")).collect()
}

#[test]
fn forty_codes_in_one_paste_are_pooled_and_wrong_ones_named() {
    let mut pool = PooledResults::default();
    let text = paste(&room()) + &room()[3].text() + "\nFR-0000-0000-0000\n";
    let added = pool.add(&text);
    assert_eq!(added.new, 40);
    assert_eq!(added.again, [room()[3].text()]);
    assert_eq!(added.wrong.len(), 1);
    assert_eq!(added.wrong[0].written, "FR-0000-0000-0000");
    assert_eq!(pool.kinds(), [(Kind::of_run(&room()[0]), 40)]);
    let mut kept = PooledResults::default();
    kept.add(&pool.text());
    assert_eq!(kept, pool);
}

#[test]
fn a_later_code_of_the_same_run_adds_what_it_knows_and_is_no_second_run() {
    let mut pool = PooledResults::default();
    let early = Code {
        test: None,
        ..code(1, 7, 40)
    };
    let late = Code {
        arms_experiment: Some(Counted { correct: 3, n: 4 }),
        ..code(1, 7, 40)
    };
    let first = pool.add(&early.text());
    assert_eq!((first.new, first.again.len()), (1, 0));
    let second = pool.add(&late.text());
    assert_eq!((second.new, second.more, second.again.len()), (0, 1, 0));
    // Nor does the early one take anything away.
    assert_eq!(pool.add(&early.text()).again, [early.text()]);
    assert_eq!(pool.codes(), [late]);
    // Another score on the same test set is another run.
    assert_eq!(pool.add(&code(1, 7, 39).text()).new, 1);
    assert_eq!(pool.codes().len(), 2);
}

#[test]
fn effects_are_those_that_were_put_in() {
    let mut pool = PooledResults::default();
    pool.add(&paste(&room()));
    let group = pool.group(Kind::of_run(&room()[0]), PoolMeasure::Test);
    assert_eq!(group.arms.each_ref().map(Vec::len), [10; 4]);
    assert_eq!(group.films(), Some((40, 40)));
    assert_eq!(group.all_right(), None);
    let augmentation = group.effect(Factor::Augmentation).expect("an effect");
    assert!((augmentation.mean - 0.25).abs() < 1e-12);
    let interval = augmentation.interval.expect("forty learners");
    assert!(interval.low > 0.2 && interval.high < 0.3);
    let dropout = group.effect(Factor::Dropout).expect("an effect");
    assert!(dropout.mean.abs() < 1e-12);
    let mean = group.mean(Arm::ALL[0]).expect("ten learners");
    assert!((mean.mean - 0.545).abs() < 1e-9, "{}", mean.mean);
}

#[test]
fn a_room_without_an_error_is_told() {
    let mut pool = PooledResults::default();
    let all = [code(0, 1, 40), code(1, 2, 40)];
    pool.add(&paste(&all));
    let group = |pool: &PooledResults| pool.group(Kind::of_run(&all[0]), PoolMeasure::Test);
    assert_eq!(group(&pool).all_right(), Some(40));
    pool.add(&paste(&[code(2, 3, 39)]));
    assert_eq!(group(&pool).all_right(), None);
    assert_eq!(
        PooledResults::default()
            .group(Kind::of_run(&all[0]), PoolMeasure::Test)
            .all_right(),
        None
    );
}

#[test]
fn a_later_code_of_the_same_run_takes_its_place() {
    let mut pool = PooledResults::default();
    let mut locked = code(0, 1, 30);
    locked.test = None;
    let opened = code(0, 1, 30);
    assert_eq!(pool.add(&paste(&[locked, opened])).new, 1);
    assert_eq!(pool.codes(), [opened]);
    let kind = Kind::of_run(&opened);
    assert_eq!(pool.group(kind, PoolMeasure::Validation).len(), 1);
    assert_eq!(pool.group(kind, PoolMeasure::Test).len(), 1);
}

#[test]
fn the_arms_experiment_is_pooled_by_itself_whatever_the_run_beside_it() {
    let tried = |arm, seed, stages, correct| Code {
        stages,
        arms_experiment: Some(Counted { correct, n: 100 }),
        ..code(arm, seed, 40)
    };
    let tuned = tried(0, 1, Stages::FineTuned, 80);
    let frozen = tried(2, 2, Stages::Frozen, 90);
    let mut pool = PooledResults::default();
    pool.add(&paste(&[tuned, frozen, code(1, 3, 20)]));
    let experiment = Kind::of_experiment(&tuned).expect("it was tried");
    assert_eq!(Kind::of_experiment(&frozen), Some(experiment));
    assert_eq!(
        pool.kinds(),
        [
            (Kind::of_run(&tuned), 2),
            (Kind::of_run(&frozen), 1),
            (experiment, 2)
        ]
    );
    for measure in [PoolMeasure::Validation, PoolMeasure::Test] {
        let scores = |kind| {
            let group = pool.group(kind, measure);
            let runs = group.arms.iter().flatten();
            runs.map(|run| run.score.n).collect::<Vec<_>>()
        };
        assert_eq!(scores(experiment), [100, 100]);
        assert!(!scores(Kind::of_run(&tuned)).contains(&100));
    }
    // Another split leaves the experiment other films.
    let by_image = Code {
        split: Split::Image,
        ..tuned
    };
    assert_ne!(Kind::of_experiment(&by_image), Some(experiment));
}

#[test]
fn runs_of_another_kind_are_kept_apart() {
    let mut other = code(1, 5, 30);
    other.task = Task::Mirrored;
    let mut pool = PooledResults::default();
    pool.add(&paste(&[other, code(0, 1, 30), code(1, 2, 31)]));
    let kinds = pool.kinds();
    assert_eq!(kinds[0], (Kind::of_run(&code(0, 1, 30)), 2));
    assert_eq!(kinds[1], (Kind::of_run(&other), 1));
    pool.remove(&other);
    assert_eq!(pool.codes().len(), 2);
}
