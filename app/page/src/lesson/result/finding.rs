//! The finding of a step as a sentence.

use crate::{
    I18n,
    experiment::{names, sentences::sentence_case},
    lesson::texts,
    say, words,
};
use ui_core::{
    lesson::{Answer, Finding, Step},
    state::AppState,
};

/// Empty where it is not there yet.
pub fn sentence(i18n: I18n, step: Step, state: &AppState) -> String {
    let percent = |share| words::percent(i18n, share);
    let Some(finding) = Finding::of(step, state) else {
        return String::new();
    };
    match finding {
        Finding::EnoughPixels { choice, share } => say!(
            i18n,
            lesson.finding.pixels,
            pixels = texts::answer(i18n, step, Answer::Choice(choice)),
            share = percent(share)
        ),
        Finding::TooFewPixels => say!(i18n, lesson.out.no_cue),
        Finding::Arms {
            choice,
            evaluation_set,
        } => {
            let ground = names::evaluation_set(i18n, evaluation_set);
            match choice {
                0 => say!(i18n, lesson.finding.augmentation, ground = ground),
                1 => say!(i18n, lesson.finding.dropout, ground = ground),
                2 => say!(i18n, lesson.finding.both, ground = ground),
                _ => say!(i18n, lesson.finding.neither, ground = ground),
            }
        }
        Finding::Marker { aligned, swapped } => say!(
            i18n,
            lesson.finding.marker,
            aligned = percent(aligned),
            swapped = percent(swapped)
        ),
        Finding::Change {
            choice,
            evaluation_set,
            fell,
        } => {
            let ground = sentence_case(&names::evaluation_set(i18n, evaluation_set));
            let points = words::fixed(i18n, fell * 100.0, 0);
            match choice {
                0 => say!(
                    i18n,
                    lesson.finding.both_fell,
                    ground = ground,
                    points = points
                ),
                1 => say!(
                    i18n,
                    lesson.finding.accuracy_fell,
                    ground = ground,
                    points = points
                ),
                _ => say!(i18n, lesson.finding.none_fell, ground = ground),
            }
        }
        Finding::Leak {
            by_image,
            by_patient,
        } => say!(
            i18n,
            lesson.finding.leak,
            by_image = percent(by_image),
            by_patient = percent(by_patient)
        ),
        Finding::Flips { without, with } => say!(
            i18n,
            lesson.finding.flips,
            without = percent(without),
            with = percent(with)
        ),
        Finding::Maps { alike, of } => say!(i18n, lesson.finding.maps, n = alike, total = of),
    }
}
