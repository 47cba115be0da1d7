//! All predictions of a lesson beside what came out, and how many held.

use leptos::prelude::*;

use super::{guide::Guide, result, texts};
use crate::{I18n, i18n::use_i18n, say, test::figures, tr, workbench::Workbench};
use ui_core::lesson::{
    Lesson, Prediction,
    review::{Mark, Tally, Why},
    verdict::Truth,
};

pub fn view(guide: Guide, workbench: Workbench, lesson: Lesson) -> AnyView {
    let i18n = use_i18n();
    // In the order of the lesson, whatever the order of answering.
    let predictions = move || {
        guide.progress.with(|own| {
            let predicted = |step| own.prediction(step).copied();
            let all = lesson.steps().filter_map(predicted);
            all.collect::<Vec<Prediction>>()
        })
    };
    let tally = move || {
        workbench
            .state
            .with(|state| Tally::of(&predictions(), state))
    };
    let total = move || {
        let tally = tally();
        match tally.all() {
            0 => say!(i18n, lesson.review.none),
            all => say!(i18n, lesson.review.total, n = tally.held, total = all),
        }
    };
    let untold = move || match tally().untold {
        0 => String::new(),
        n => say!(i18n, lesson.review.untold, n = n),
    };
    let rows = figures::keyed(move || {
        let all = predictions();
        let rows: Vec<AnyView> = all.iter().map(|own| row(i18n, workbench, own)).collect();
        rows.into_any()
    });
    view! {
        <section class="lesson-part" aria-labelledby="lesson-review" data-testid="lesson-review">
            <h3 id="lesson-review">{tr!(i18n, lesson.review.heading)}</h3>
            <p data-testid="lesson-total">
                <strong>{total}</strong>
                " "
                {untold}
            </p>
            <dl class="lesson-review">{rows}</dl>
        </section>
        {(lesson == Lesson::First).then(|| second(guide, i18n))}
    }
    .into_any()
}

/// The way on, for whom there is time.
fn second(guide: Guide, i18n: I18n) -> AnyView {
    view! {
        <section class="lesson-part" aria-labelledby="lesson-go-second">
            <h3 id="lesson-go-second">{tr!(i18n, lesson.second.name)}</h3>
            <p>{Signal::derive(move || texts::second(i18n))}</p>
            <button
                type="button"
                class="lesson-small"
                data-testid="lesson-second"
                on:click=move |_| guide.go(Lesson::Second.first_step())
            >
                {tr!(i18n, lesson.second.begin)}
            </button>
        </section>
    }
    .into_any()
}

fn row(i18n: I18n, workbench: Workbench, prediction: &Prediction) -> AnyView {
    let step = prediction.step;
    let truth = workbench.state.with(|state| Truth::of(step, state));
    let came = match truth {
        Some(truth) => result::truth(i18n, step, truth),
        None => say!(i18n, lesson.review.not_run),
    };
    // A sign as well as a word, and neither by color alone.
    let (sign, class, words) = match Mark::of(prediction, truth) {
        Mark::Held => ("✓", "mark-held", say!(i18n, lesson.review.held)),
        Mark::Missed => ("✗", "mark-missed", say!(i18n, lesson.review.missed)),
        Mark::Untold(why) => (
            "?",
            "mark-untold",
            match why {
                Why::Informed => say!(i18n, lesson.review.informed),
                Why::Declined => say!(i18n, lesson.review.declined),
                Why::NotRun => say!(i18n, lesson.review.unknown),
                Why::Unclear => say!(i18n, lesson.review.unclear),
            },
        ),
    };
    view! {
        <div data-testid=format!("review-{}", step.id())>
            <dt>{format!("{} {}", step.number(), texts::name(i18n, step))}</dt>
            <dd>
                <span class="hint">{say!(i18n, lesson.review.said)}": "</span>
                {texts::answer(i18n, step, prediction.answer)}
            </dd>
            <dd>
                <span class="hint">{say!(i18n, lesson.review.came)}": "</span>
                {came}
            </dd>
            <dd class=format!("lesson-mark {class}")>
                <span class="lesson-sign" aria-hidden="true">{sign}</span>
                {words}
            </dd>
        </div>
    }
    .into_any()
}
