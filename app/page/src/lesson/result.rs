//! The result of a step in the lesson's column: how the prediction did, and the lines that tell what came out.

mod finding;
mod lines;

use leptos::prelude::*;
use metrics::Interval;

pub use lines::{Lines, lines};

use super::{
    guide::{Guide, Mode},
    texts,
};
use crate::{
    I18n, classroom::qr, handout, i18n::use_i18n, say, test::figures, tr, words,
    workbench::Workbench,
};
use ui_core::lesson::{
    LessonProgress, Step, Todo,
    verdict::{LessonVerdict, Truth},
};

/// Where it stands in the column.
const PLACE: &str = "lesson-came-out";

/// Brings the result into the column's view.
pub fn show() {
    request_animation_frame(|| super::column::scroll_to(PLACE));
}

/// The result, once it is there and may be seen: the finding, what it means, and the other numbers folded away.
pub fn view(guide: Guide, step: Step) -> AnyView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let shown = Memo::new(move |_| guide.todo.get() == Todo::Done);
    let lines = Memo::new(
        move |_| match shown.get() && guide.mode.get() == Mode::Lesson {
            true => lines(i18n, workbench, guide, step),
            false => Lines::default(),
        },
    );
    let list = move |part: fn(&Lines) -> &[String]| {
        let items = figures::keyed(move || {
            let own = lines.with(|lines| part(lines).to_vec());
            let item = |line: String| view! { <li>{line}</li> }.into_any();
            own.into_iter().map(item).collect::<Vec<_>>().into_any()
        });
        view! { <ul class="lesson-lines">{items}</ul> }.into_any()
    };
    let finding = move || lines.with(|lines| lines.finding.clone());
    let verdict = move || match shown.get() {
        true => judged(i18n, guide, workbench, step),
        false => String::new(),
    };
    let empty = Signal::derive(move || lines.with(Lines::is_empty));
    let no_more = Signal::derive(move || lines.with(|lines| lines.more.is_empty()));
    // On a line of its own, where it is not broken.
    let own = (step == Step::Test).then(|| handout::code(workbench));
    let code = figures::keyed(move || match own.and_then(|own| own.get()) {
        Some(code) => {
            let text = Signal::derive(move || code.text());
            view! {
                <p>{tr!(i18n, lesson.out.test_code)}</p>
                {qr::words("lesson-code", text)}
            }
            .into_any()
        }
        None => ().into_any(),
    });
    view! {
        <section
            id=PLACE
            class="lesson-part lesson-result"
            aria-labelledby="lesson-result"
            data-testid="lesson-result"
            hidden=empty
        >
            <h3 id="lesson-result">{tr!(i18n, lesson.result)}</h3>
            <p class="strong" data-testid="lesson-finding">{finding}</p>
            <p class="lesson-verdict" data-testid="lesson-verdict">{verdict}</p>
            {list(|lines| &lines.beside)}
            {code}
            <details data-testid="lesson-more" hidden=no_more>
                <summary>{tr!(i18n, lesson.more_numbers)}</summary>
                {list(|lines| &lines.more)}
            </details>
        </section>
    }
    .into_any()
}

/// The finding of a step, in one sentence; empty as long as the learner has not been shown it.
pub fn found(i18n: I18n, workbench: Workbench, guide: Guide, step: Step) -> String {
    match guide.progress.with(|own| own.has_seen(step)) {
        true => lines(i18n, workbench, guide, step).finding,
        false => String::new(),
    }
}

/// How the prediction did, where the result is there.
fn judged(i18n: I18n, guide: Guide, workbench: Workbench, step: Step) -> String {
    let prediction = |own: &LessonProgress| own.prediction(step).map(|own| own.answer);
    let answer = guide.progress.with(prediction);
    let found = workbench.state.with(|state| Truth::of(step, state));
    let Some((found, answer)) = found.zip(answer) else {
        return String::new();
    };
    match (found.judge(answer), found) {
        (LessonVerdict::Held, _) if found.encloses(answer) => {
            let answer = texts::answer(i18n, step, answer);
            say!(i18n, lesson.held_share, answer = answer)
        }
        (LessonVerdict::Held, _) => say!(i18n, lesson.held),
        (LessonVerdict::Missed, found) => {
            let (answer, truth) = (texts::answer(i18n, step, answer), truth(i18n, step, found));
            say!(i18n, lesson.missed, answer = answer, truth = truth)
        }
        (LessonVerdict::Declined, _) => String::new(),
        (LessonVerdict::Unclear, _) => say!(i18n, lesson.unclear),
    }
}

/// What came out, in the words of the question.
pub fn truth(i18n: I18n, step: Step, truth: Truth) -> String {
    match truth {
        Truth::Choice(chosen) => texts::choices(i18n, step)
            .into_iter()
            .nth(chosen)
            .unwrap_or_default(),
        Truth::Share { value, interval } => {
            let share = words::percent(i18n, value);
            match interval {
                Some(Interval { low, high }) => say!(
                    i18n,
                    lesson.review.share,
                    share = share,
                    interval = words::ends(i18n, low, high)
                ),
                None => share,
            }
        }
        Truth::Unclear => say!(i18n, experiment.unclear),
    }
}
