use imaging::report::TestFilm;
use metrics::scores;

use super::*;

/// Films of two classes in turn, whose probability of the second is `probability`.
fn report(n: usize, probability: impl Fn(usize, usize) -> f32) -> TestReport {
    let film = |sample: usize| {
        let class = sample % 2;
        let second = probability(sample, class);
        TestFilm {
            sample,
            class,
            probabilities: vec![1.0 - second, second],
        }
    };
    let films: Vec<TestFilm> = (0..n).map(film).collect();
    let truth: Vec<usize> = films.iter().map(|film| film.class).collect();
    let answers: Vec<Vec<f32>> = films
        .iter()
        .map(|film| film.probabilities.clone())
        .collect();
    TestReport {
        scores: scores(2, &truth, &answers, None),
        films,
    }
}

/// All right.
fn perfect(n: usize) -> TestReport {
    report(n, |_, class| if class == 1 { 0.9 } else { 0.1 })
}

#[test]
fn a_shift_of_all_answers_breaks_the_threshold_alone() {
    let shifted = report(40, |_, class| if class == 1 { 0.45 } else { 0.02 });
    assert_eq!(
        verdict(&perfect(40), &shifted),
        RobustnessVerdict::ThresholdBroke
    );
    let judged = Judged::of(&shifted);
    assert_eq!(judged.accuracy.hits, 20);
    let area = judged.area().expect("two classes").expect("both kinds");
    assert_eq!(area.value, 1.0);
}

#[test]
fn answers_at_random_break_the_ranking() {
    let random = report(40, |sample, _| (sample * 7 % 40) as f32 / 40.0);
    assert_eq!(
        verdict(&perfect(40), &random),
        RobustnessVerdict::RankingBroke
    );
}

#[test]
fn few_films_show_no_difference() {
    let one_wrong = report(10, |sample, class| match (sample, class) {
        (3, _) => 0.4,
        (_, 1) => 0.9,
        _ => 0.1,
    });
    assert_eq!(
        verdict(&perfect(10), &one_wrong),
        RobustnessVerdict::NoDifference
    );
    assert_eq!(
        verdict(&perfect(2), &perfect(2)),
        RobustnessVerdict::NoDifference
    );
}

#[test]
fn repaired_answers_rise() {
    let shifted = report(40, |_, class| if class == 1 { 0.45 } else { 0.02 });
    assert_eq!(verdict(&shifted, &perfect(40)), RobustnessVerdict::Rose);
}

#[test]
fn one_class_has_no_ranking() {
    let one = |second: f32| {
        let mut report = report(40, |_, _| second);
        report.films.retain(|film| film.class == 1);
        let truth = vec![1; 20];
        let answers: Vec<Vec<f32>> = vec![vec![1.0 - second, second]; 20];
        report.scores = scores(2, &truth, &answers, None);
        report
    };
    assert_eq!(verdict(&one(0.9), &one(0.2)), RobustnessVerdict::Fell);
    let judged = Judged::of(&one(0.2));
    assert_eq!(judged.area(), Some(&Err(RocError::OneClass)));
}

#[test]
fn other_films_are_not_compared() {
    let mut others = perfect(40);
    others.films[0].sample = 99;
    assert_eq!(
        verdict(&perfect(40), &others),
        RobustnessVerdict::NotComparable
    );
    assert_eq!(
        verdict(&perfect(40), &perfect(38)),
        RobustnessVerdict::NotComparable
    );
}

#[test]
fn each_preset_but_the_first_changes_the_films() {
    let unchanged = Perturbation::default();
    for preset in Preset::ALL {
        let same = preset.perturbation() == unchanged;
        assert_eq!(same, preset == Preset::Unchanged, "{preset:?}");
    }
}

#[test]
fn sliders_say_what_they_were_set_to() {
    for dial in Dial::ALL {
        let mut change = Perturbation::default();
        let (least, most, _) = dial.range();
        for value in [least, most, dial.get(&change)] {
            dial.set(&mut change, value);
            assert_eq!(dial.get(&change), value, "{dial:?}");
        }
        assert_eq!(change, Perturbation::default(), "{dial:?}");
        assert!(dial.rests(&change));
        dial.set(&mut change, most + 1);
        assert_eq!(dial.get(&change), most, "{dial:?}");
    }
}

#[test]
fn presets_lie_on_the_sliders() {
    for preset in Preset::ALL {
        let wanted = preset.perturbation();
        let mut set = Perturbation {
            inversion: wanted.inversion,
            ..Perturbation::default()
        };
        for dial in Dial::ALL {
            dial.set(&mut set, dial.get(&wanted));
        }
        assert_eq!(set, wanted, "{preset:?}");
    }
}
