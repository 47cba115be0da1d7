//! What choosing the best of several looks at the same test films does to its score.

/// The score to expect of the best of `draws` networks that are all right in `share` of the films, each
/// tested on `n` films of its own: the mean of the largest of `draws` binomial draws, divided by `n`.
/// `None` where there is nothing to draw.
///
/// Networks tested on the same films err alike, so that this is the most that luck can add.
pub fn best_of(draws: usize, n: usize, share: f64) -> Option<f64> {
    if draws == 0 || n == 0 || !(0.0..=1.0).contains(&share) {
        return None;
    }
    if share == 0.0 || share == 1.0 {
        return Some(share);
    }
    let films = n as f64;
    // In logarithms: the chance that all of many films are wrong is too small for a number.
    let odds = share.ln() - (-share).ln_1p();
    let mut chance = films * (-share).ln_1p();
    let mut up_to = 0.0_f64;
    // A mean is the sum of the chances to exceed 0, 1, 2 and so on.
    let mut mean = 0.0;
    for hits in 0..n {
        up_to = (up_to + chance.exp()).min(1.0);
        mean += 1.0 - up_to.powf(draws as f64);
        chance += ((n - hits) as f64 / (hits + 1) as f64).ln() + odds;
    }
    Some(mean / films)
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::best_of;

    /// What `model/reference/metrics.py` found in exact fractions.
    #[derive(Deserialize)]
    struct Golden {
        best_of: Vec<Case>,
    }

    #[derive(Deserialize)]
    struct Case {
        draws: usize,
        n: usize,
        share: f64,
        best: f64,
    }

    fn close(found: Option<f64>, expected: f64) {
        let found = found.expect("a score");
        assert!((found - expected).abs() < 1e-12, "{found} {expected}");
    }

    #[test]
    fn one_look_flatters_nobody() {
        close(best_of(1, 38, 0.9), 0.9);
        close(best_of(1, 2000, 0.3), 0.3);
        close(best_of(7, 38, 1.0), 1.0);
        close(best_of(7, 38, 0.0), 0.0);
    }

    #[test]
    fn small_cases_are_those_counted_by_hand() {
        // One film: right unless all three networks miss it.
        close(best_of(3, 1, 0.5), 0.875);
        // Two films, two networks, all 16 outcomes: 7 have a best of 2 right, 8 of 1, 1 of none.
        close(best_of(2, 2, 0.5), 0.6875);
    }

    #[test]
    fn larger_cases_are_those_of_exact_fractions() {
        let text = include_str!("../../../model/reference/metrics.json");
        let golden: Golden = serde_json::from_str(text).unwrap();
        assert!(golden.best_of.iter().any(|case| case.n == 1000));
        for case in golden.best_of {
            close(best_of(case.draws, case.n, case.share), case.best);
        }
    }

    #[test]
    fn without_films_or_looks_there_is_no_score() {
        assert_eq!(best_of(0, 38, 0.9), None);
        assert_eq!(best_of(3, 0, 0.9), None);
        assert_eq!(best_of(3, 38, f64::NAN), None);
    }
}
