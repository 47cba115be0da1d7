//! All predictions of the lesson beside what came out.

use leptos::prelude::*;

use super::{guide::Guide, result, texts};
use crate::{
    I18n,
    i18n::use_i18n,
    overlay::{Over, Shown},
    say,
    test::figures,
    tr,
    workbench::Workbench,
};
use ui_core::lesson::{
    Prediction,
    verdict::{LessonVerdict, Truth},
};

pub fn view(guide: Guide, workbench: Workbench) -> AnyView {
    let i18n = use_i18n();
    let rows = figures::keyed(move || {
        let predictions = guide.progress.with(|own| own.predictions().to_vec());
        let rows: Vec<AnyView> = predictions
            .iter()
            .map(|prediction| row(i18n, workbench, prediction))
            .collect();
        rows.into_any()
    });
    let shown = expect_context::<Shown>();
    let none = Signal::derive(move || guide.progress.with(|own| own.predictions().is_empty()));
    let some = Signal::derive(move || !none.get());
    view! {
        <section class="lesson-part" aria-labelledby="lesson-review" data-testid="lesson-review">
            <h3 id="lesson-review">{tr!(i18n, lesson.review.heading)}</h3>
            <p class="hint" hidden=some>{tr!(i18n, lesson.review.none)}</p>
            <dl class="lesson-review">{rows}</dl>
            <button
                type="button"
                class="lesson-small"
                data-testid="lesson-report"
                on:click=move |_| shown.show(Over::TakeAway)
            >
                {tr!(i18n, lesson.review.open)}
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
    let verdict = match truth.map(|truth| truth.judge(prediction.answer)) {
        _ if prediction.informed => say!(i18n, lesson.review.informed),
        Some(LessonVerdict::Held) => say!(i18n, lesson.review.held),
        Some(LessonVerdict::Missed) => say!(i18n, lesson.review.missed),
        Some(LessonVerdict::Declined) => say!(i18n, lesson.review.declined),
        Some(LessonVerdict::Unclear) => say!(i18n, lesson.review.unclear),
        None => String::new(),
    };
    view! {
        <div data-testid=format!("review-{}", step.id())>
            <dt>{format!("{} {}", texts::number(step), texts::name(i18n, step))}</dt>
            <dd>
                <span class="hint">{say!(i18n, lesson.review.said)}": "</span>
                {texts::answer(i18n, step, prediction.answer)}
            </dd>
            <dd>
                <span class="hint">{say!(i18n, lesson.review.came)}": "</span>
                {came}
                " "
                <strong>{verdict}</strong>
            </dd>
        </div>
    }
    .into_any()
}
