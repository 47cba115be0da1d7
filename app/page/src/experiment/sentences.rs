//! Comparisons and levels as sentences, each with its interval and the number of seeds.

use experiments::{Cell, Effect, Experiment, Measure, Spread};

use metrics::{Interval, Proportion};

use super::names;
use crate::{I18n, say, words};
use text::number;
use ui_core::lesson::findings::Comparison;

/// Fractions of films that differ by less are equal but for their last digits.
const EQUAL: f64 = 1e-9;

/// "4 by 4, test films: 97 % right (95 to 99 %; 10 seeds)." Where all seeds were always right on `films` films or more,
/// what so many say of one network.
pub fn level(
    i18n: I18n,
    experiment: Experiment,
    cell: &Cell,
    spread: &Spread,
    films: Option<usize>,
) -> String {
    let what = sentence_case(&names::condition(i18n, experiment, cell.condition));
    let ground = names::evaluation_set(i18n, cell.evaluation_set);
    let share = words::percent(i18n, spread.mean);
    match (spread.interval, films) {
        (Some(Interval { low, high }), _) => say!(
            i18n,
            experiment.level,
            what = what,
            ground = ground,
            share = share,
            interval = words::ends(i18n, low, high),
            seeds = spread.n
        ),
        (None, Some(films)) if spread.mean == 1.0 => {
            let one = Proportion::new(films, films);
            say!(
                i18n,
                experiment.level_perfect,
                what = what,
                ground = ground,
                share = share,
                seeds = spread.n,
                right = words::hits(i18n, &one),
                bound = words::percent(i18n, one.low)
            )
        }
        (None, _) => say!(
            i18n,
            experiment.level_flat,
            what = what,
            ground = ground,
            share = share,
            seeds = spread.n
        ),
    }
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

/// How much more or less, that there is no effect, or that these seeds cannot tell.
fn effect(i18n: I18n, own: &Comparison) -> String {
    let spread = &own.spread;
    let seeds = spread.n;
    let effect = own.effect();
    let area = own.to.measure == Measure::Auc;
    let Some(interval) = spread.interval else {
        return flat(i18n, spread, area);
    };
    // Told as a positive number where the words say which way.
    let (mean, low, high) = match effect {
        Effect::Less => (-spread.mean, -interval.high, -interval.low),
        Effect::More | Effect::Negligible | Effect::Unclear => {
            (spread.mean, interval.low, interval.high)
        }
    };
    let told = |value: f64| match area {
        true => words::fixed(i18n, value, 3),
        false => words::fixed(i18n, value * 100.0, 1),
    };
    let (n, low, high) = (told(mean), told(low), told(high));
    let margin = own.to.measure.margin();
    let margin = match area {
        true => words::fixed(i18n, margin, 2),
        false => words::fixed(i18n, margin * 100.0, 0),
    };
    let sentence = match (area, effect) {
        (false, Effect::More) => say!(i18n, experiment.more, n = n),
        (false, Effect::Less) => say!(i18n, experiment.less, n = n),
        (false, Effect::Negligible) => say!(i18n, experiment.negligible, margin = margin),
        (true, Effect::More) => say!(i18n, experiment.auc_more, n = n),
        (true, Effect::Less) => say!(i18n, experiment.auc_less, n = n),
        (true, Effect::Negligible) => say!(i18n, experiment.auc_negligible, margin = margin),
        (false, Effect::Unclear) => say!(i18n, experiment.unclear),
        (true, Effect::Unclear) => say!(i18n, experiment.auc_unclear),
    };
    let interval = match area {
        true => say!(
            i18n,
            experiment.interval_auc,
            low = low,
            high = high,
            seeds = seeds
        ),
        false => say!(
            i18n,
            experiment.interval,
            low = low,
            high = high,
            seeds = seeds
        ),
    };
    format!("{sentence} {interval}")
}

/// The same difference with every seed.
fn flat(i18n: I18n, spread: &Spread, area: bool) -> String {
    let Spread { mean, n: seeds, .. } = *spread;
    let language = i18n.language();
    if mean.abs() < EQUAL {
        say!(i18n, experiment.flat_same, seeds = seeds)
    } else if area {
        let n = number::signed(language, mean, 3);
        say!(i18n, experiment.flat_auc, n = n, seeds = seeds)
    } else {
        let n = words::points(i18n, mean);
        say!(i18n, experiment.flat, n = n, seeds = seeds)
    }
}

pub fn sentence_case(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next();
    let upper = first.into_iter().flat_map(char::to_uppercase);
    upper.chain(letters).collect()
}
