//! Comparisons and levels as sentences, each with its interval and the number of seeds.

use experiments::{Cell, Experiment, Measure, Spread};

use super::names;
use crate::{I18n, say, words};
use ui_core::lesson::{findings::Comparison, verdict::Sense};

/// "4 by 4, test films: 97 % right (95 to 99 %; 10 seeds)."
pub fn level(i18n: I18n, experiment: Experiment, cell: &Cell, spread: &Spread) -> String {
    say!(
        i18n,
        experiment.level,
        what = sentence_case(&names::condition(i18n, experiment, cell.condition)),
        ground = names::evaluation_set(i18n, cell.evaluation_set),
        share = words::percent(i18n, spread.mean),
        interval = words::ends(i18n, spread.low.max(0.0), spread.high.min(1.0)),
        seeds = spread.n
    )
}

pub fn comparison(i18n: I18n, experiment: Experiment, own: &Comparison) -> String {
    let (from, to) = (&own.from, &own.to);
    let condition = |cell: &Cell| names::condition(i18n, experiment, cell.condition);
    let evaluation_set = |cell: &Cell| names::evaluation_set(i18n, cell.evaluation_set);
    let effect = effect(i18n, own);
    let sentence = if from.evaluation_set == to.evaluation_set {
        say!(
            i18n,
            experiment.by_condition,
            to = condition(to),
            from = condition(from),
            ground = evaluation_set(to),
            effect = effect
        )
    } else if from.condition == to.condition {
        say!(
            i18n,
            experiment.by_ground,
            what = condition(to),
            to = evaluation_set(to),
            from = evaluation_set(from),
            effect = effect
        )
    } else {
        say!(
            i18n,
            experiment.by_both,
            to = condition(to),
            to_ground = evaluation_set(to),
            from = condition(from),
            from_ground = evaluation_set(from),
            effect = effect
        )
    };
    sentence_case(&sentence)
}

/// How much more or less, or that these seeds show no difference.
fn effect(i18n: I18n, own: &Comparison) -> String {
    let spread = &own.spread;
    let seeds = spread.n;
    let sense = own.sense();
    // Told as a positive number where the words say which way.
    let (mean, low, high) = match sense {
        Sense::Less => (-spread.mean, -spread.high, -spread.low),
        Sense::More | Sense::Same => (spread.mean, spread.low, spread.high),
    };
    let area = own.to.measure == Measure::Auc;
    let told = |value: f64| match area {
        true => words::fixed(i18n, value, 3),
        false => words::fixed(i18n, value * 100.0, 1),
    };
    let (n, low, high) = (told(mean), told(low), told(high));
    match (area, sense) {
        (false, Sense::More) => {
            say!(
                i18n,
                experiment.more,
                n = n,
                low = low,
                high = high,
                seeds = seeds
            )
        }
        (false, Sense::Less) => {
            say!(
                i18n,
                experiment.less,
                n = n,
                low = low,
                high = high,
                seeds = seeds
            )
        }
        (false, Sense::Same) => {
            say!(i18n, experiment.same, low = low, high = high, seeds = seeds)
        }
        (true, Sense::More) => {
            say!(
                i18n,
                experiment.auc_more,
                n = n,
                low = low,
                high = high,
                seeds = seeds
            )
        }
        (true, Sense::Less) => {
            say!(
                i18n,
                experiment.auc_less,
                n = n,
                low = low,
                high = high,
                seeds = seeds
            )
        }
        (true, Sense::Same) => {
            say!(
                i18n,
                experiment.auc_same,
                low = low,
                high = high,
                seeds = seeds
            )
        }
    }
}

fn sentence_case(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next();
    let upper = first.into_iter().flat_map(char::to_uppercase);
    upper.chain(letters).collect()
}
