//! What thresholds mean for patients.

use metrics::{
    Counts,
    decision::{Costs, Rates, cheapest, costs, predictive_intervals, youden},
    roc::Roc,
};

use crate::golden::{Curves, assert_near, golden};

const RATES: Rates = Rates {
    sensitivity: 0.9,
    specificity: 0.91,
};

#[test]
fn predictive_values_agree_with_a_published_example() {
    // Gigerenzer et al., Psychol Sci Public Interest 8:53-96 (2007), doi 10.1111/j.1539-6053.2008.00033.x:
    // mammography with a sensitivity of 90 %, 9 % false alarms and a prevalence of 1 %. Of 1,000 women 9 of 10
    // with cancer are found and 89 of 990 without alarmed: about one in eleven positive answers is right.
    let found = RATES.patients(1000, 0.01).unwrap();
    assert_eq!((found.true_positives, found.false_negatives), (9, 1));
    assert_eq!((found.false_positives, found.true_negatives), (89, 901));
    let found = RATES.predictive(0.01).unwrap();
    assert_near(
        "positive",
        found.positive.unwrap(),
        0.009 / (0.009 + 0.0891),
        1e-12,
    );
    assert_near(
        "negative",
        found.negative.unwrap(),
        0.9009 / (0.9009 + 0.001),
        1e-12,
    );
}

#[test]
fn perfect_answers_leave_predictive_values_in_doubt() {
    let perfect = |n| Counts {
        true_positives: n,
        true_negatives: n,
        ..Counts::default()
    };
    let low = |n, prevalence| {
        let [positive, negative] = predictive_intervals(&perfect(n), prevalence).unwrap();
        assert_eq!((positive.high, negative.high), (1.0, 1.0));
        positive.low
    };
    // A rare finding needs many films before a positive answer is worth something.
    assert!(low(20, 0.01) < 0.1 && low(20, 0.5) > 0.8);
    assert!(low(2000, 0.01) > low(200, 0.01) && low(200, 0.01) > low(20, 0.01));
    assert_eq!(predictive_intervals(&Counts::default(), 0.5), None);
    assert_eq!(predictive_intervals(&perfect(9), 0.0), None);
    assert_eq!(predictive_intervals(&perfect(9), f64::NAN), None);
}

#[test]
fn patients_always_add_up() {
    let shares = [0.0, 1e-9, 0.125, 1.0 / 3.0, 0.5, 0.9995, 1.0];
    for n in [0, 1, 2, 3, 100, 999, 1000] {
        for sensitivity in shares {
            for specificity in shares {
                let rates = Rates {
                    sensitivity,
                    specificity,
                };
                for prevalence in shares {
                    let found = rates.patients(n, prevalence).unwrap();
                    assert_eq!(found.total(), n, "{rates:?} at {prevalence}");
                }
            }
        }
    }
}

#[test]
fn what_is_not_defined_is_none() {
    let never = Rates {
        sensitivity: 0.0,
        specificity: 1.0,
    };
    assert_eq!(never.predictive(0.2).unwrap().positive, None);
    assert_eq!(RATES.predictive(0.0).unwrap().positive, Some(0.0));
    let free = Costs {
        miss: 1.0,
        false_alarm: 1.0,
    };
    for wrong in [f64::NAN, -0.1, 1.1] {
        assert_eq!(RATES.predictive(wrong), None);
        assert_eq!(RATES.patients(1000, wrong), None);
        assert_eq!(RATES.cost(wrong, &free), None);
        let rates = Rates {
            sensitivity: wrong,
            ..RATES
        };
        assert_eq!(rates.predictive(0.5), None);
    }
    for miss in [f64::NAN, f64::INFINITY, -1.0] {
        assert_eq!(RATES.cost(0.5, &Costs { miss, ..free }), None);
    }
}

#[test]
fn the_cheapest_threshold_follows_prices_and_prevalence() {
    let curves: Curves = golden("curves");
    let roc = Roc::new(&curves.first, &curves.labels).unwrap();
    for (miss, false_alarm) in [(1.0, 1.0), (10.0, 1.0), (1.0, 10.0), (0.0, 0.0)] {
        for prevalence in [0.0, 0.01, 0.3, 1.0] {
            let prices = Costs { miss, false_alarm };
            let found = cheapest(&roc, prevalence, &prices).unwrap();
            let all = costs(&roc, prevalence, &prices).unwrap();
            assert!(all.iter().all(|&cost| found.cost <= cost + 1e-12));
            let rates = Rates::of(&found.point.counts).unwrap();
            assert_eq!(rates.cost(prevalence, &prices), Some(found.cost));
        }
    }
    // A dear miss calls for a lenient threshold; what is free is never answered.
    let at = |miss: f64| {
        let prices = Costs {
            miss,
            false_alarm: 1.0,
        };
        cheapest(&roc, 0.1, &prices).unwrap().point.threshold
    };
    assert_eq!(at(0.0), None);
    assert!(at(1000.0) < at(5.0));
}

#[test]
fn youdens_threshold_is_the_cheapest_of_even_odds() {
    let curves: Curves = golden("curves");
    let even = Costs {
        miss: 1.0,
        false_alarm: 1.0,
    };
    for scores in [&curves.first, &curves.second, &curves.chances] {
        let roc = Roc::new(scores, &curves.labels).unwrap();
        assert_eq!(youden(&roc), cheapest(&roc, 0.5, &even).unwrap().point);
    }
}
