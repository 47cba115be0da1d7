//! The column itself: where one is, what the step is about, and the one next thing to do.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{
    act, clock,
    guide::{Guide, HEADING, Mode},
    offer, pack_fit, predict, reading, result, review, start, texts,
};
use crate::{
    I18n, chunk,
    i18n::use_i18n,
    overlay::{Over, RoomPart, Shown, room},
    say,
    test::figures,
    tr,
    workbench::Workbench,
};
use ui_core::lesson::{Ask, Lesson, Need, Step, Todo};

/// The button with the one next thing.
const NEXT: &str = "lesson-next";

/// Pixels that stay in view above what is scrolled to.
const MARGIN: i32 = 16;

#[component]
pub fn Column() -> impl IntoView {
    let i18n = use_i18n();
    let guide = expect_context::<Guide>();
    let workbench = expect_context::<Workbench>();
    let folded = RwSignal::new(false);
    let content = figures::keyed(move || match guide.mode.get() {
        Mode::Free => ().into_any(),
        Mode::Offer => offer::in_column(guide),
        Mode::Lesson => path(guide, i18n, folded),
    });
    let lines = Memo::new(move |_| match (guide.mode.get(), guide.todo.get()) {
        (Mode::Lesson, Todo::Done) => result::lines(i18n, workbench, guide, guide.step.get()),
        _ => result::Lines::default(),
    });
    // Noted, not shown: what was seen belongs to the learner's progress.
    Effect::new(move |_| {
        if guide.mode.get() == Mode::Lesson && guide.todo.get() == Todo::Done {
            guide.see(guide.step.get());
        }
    });
    // A step opens at its top; what comes out of it is then brought into view.
    Effect::new(move |before| {
        let step = guide.step.get();
        let has_result = !lines.with(result::Lines::is_empty);
        if before != Some(step) {
            to_top();
        } else if has_result {
            result::show();
        }
        step
    });
    let said = Signal::derive(move || lines.with(result::Lines::said));
    view! {
        <aside
            class="lesson"
            class:lesson-folded=folded
            class:lesson-running=move || guide.leads() && guide.todo.get() == Todo::Wait(Need::Run)
            class:lesson-wide=move || guide.leads() && guide.step.get().reviews()
            data-testid="lesson"
            aria-label=tr!(i18n, lesson.name)
            hidden=move || guide.mode.get() == Mode::Free
        >
            {content}
            <p class="unseen" role="status" data-testid="lesson-live">{said}</p>
        </aside>
    }
}

fn to_top() {
    request_animation_frame(|| {
        if let Ok(Some(body)) = document().query_selector(".lesson-body") {
            body.set_scroll_top(0);
        }
    });
}

/// Brings a place into the column's view; the page stays where it is.
pub fn scroll_to(id: &str) {
    let place = document().get_element_by_id(id);
    let Some(place) = place.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) else {
        return;
    };
    if let Some(column) = place.offset_parent() {
        column.set_scroll_top(place.offset_top() - MARGIN);
    }
}

fn path(guide: Guide, i18n: I18n, folded: RwSignal<bool>) -> AnyView {
    let step = guide.step;
    let place = move || texts::place(i18n, step.get());
    let fold = move || match folded.get() {
        true => say!(i18n, lesson.unfold),
        false => say!(i18n, lesson.fold),
    };
    let body = figures::keyed(move || body(guide, i18n, step.get(), folded));
    view! {
        <header class="lesson-head">
            <p class="lesson-top">
                <span class="hint" data-testid="lesson-place">{place}</span>
                <button
                    type="button"
                    class="quiet lesson-small"
                    data-testid="lesson-fold"
                    aria-expanded=move || (!folded.get()).to_string()
                    on:click=move |_| folded.update(|folded| *folded = !*folded)
                >
                    {fold}
                </button>
            </p>
            <h2 id=HEADING tabindex="-1">{move || texts::name(i18n, step.get())}</h2>
            <clock::LessonClock />
            {steps(guide, i18n)}
        </header>
        {body}
    }
    .into_any()
}

/// All steps of both lessons, to go to any of them.
fn steps(guide: Guide, i18n: I18n) -> AnyView {
    let button = move |step: Step| {
        let seen = Memo::new(move |_| guide.progress.with(|own| own.has_seen(step)));
        let label = move || {
            let place = texts::place_and_name(i18n, step);
            match seen.get() {
                true => say!(i18n, lesson.step_seen, place = place),
                false => place,
            }
        };
        view! {
            <li>
                <button
                    type="button"
                    class="lesson-step"
                    class:lesson-seen=seen
                    data-testid=format!("lesson-step-{}", step.id())
                    aria-current=move || (guide.step.get() == step).then_some("step")
                    aria-label=label
                    title=label
                    on:click=move |_| guide.go(step)
                >
                    {step.number()}
                </button>
            </li>
        }
        .into_any()
    };
    let all = |lesson: Lesson| lesson.steps().map(button).collect::<Vec<AnyView>>();
    view! {
        <nav class="lesson-nav" aria-label=tr!(i18n, lesson.steps)>
            <ol class="lesson-steps">{all(Lesson::First)}</ol>
            <p class="hint" id="lesson-second">{tr!(i18n, lesson.second.name)}</p>
            <ol class="lesson-steps" aria-labelledby="lesson-second">{all(Lesson::Second)}</ol>
        </nav>
    }
    .into_any()
}

fn body(guide: Guide, i18n: I18n, step: Step, folded: RwSignal<bool>) -> AnyView {
    let workbench = expect_context::<Workbench>();
    let draft = predict::draft();
    let asks = Ask::of(step)
        .is_some()
        .then(|| predict::view(guide, step, draft));
    let left_out = move || guide.todo.get() == Todo::LeftOut;
    let own = match step {
        Step::Start => start::view(guide),
        Step::TakeAway | Step::LookBack => review::view(guide, workbench, step.lesson()),
        _ => ().into_any(),
    };
    let reading = figures::keyed(move || {
        let source = |(about, place): (String, &'static str)| {
            view! { <li>{about}": "<span class="lesson-doi">{place}</span></li> }.into_any()
        };
        let all: Vec<AnyView> = reading::of(i18n, step).into_iter().map(source).collect();
        all.into_any()
    });
    view! {
        <div class="lesson-body" data-testid=format!("lesson-at-{}", step.id())>
            <p>{Signal::derive(move || texts::objective(i18n, step))}</p>
            {pack_fit::view(guide, step)}
            <div hidden=left_out>{asks}</div>
            {act::view(guide, step)}
            {own}
            {result::view(guide, step)}
            {act::after(guide, step)}
            <section class="lesson-part" aria-labelledby="lesson-discuss">
                <h3 id="lesson-discuss">{tr!(i18n, lesson.discuss)}</h3>
                <p>{Signal::derive(move || texts::discussion(i18n, step))}</p>
                {answers(step)}
            </section>
            {act::further(step)}
            <details class="lesson-part">
                <summary>{tr!(i18n, lesson.read)}</summary>
                <ul class="lesson-reading">{reading}</ul>
            </details>
        </div>
        {foot(workbench, guide, i18n, step, draft, folded)}
    }
    .into_any()
}

/// For whoever learns alone, on request: it comes with the facilitator's page.
fn answers(step: Step) -> AnyView {
    let i18n = use_i18n();
    let asked = RwSignal::new(false);
    let answer = figures::keyed(move || match asked.get() {
        true => chunk::fetched(move || Box::pin(room(RoomPart::Answers(step)))),
        false => ().into_any(),
    });
    view! {
        <details on:toggle=move |_| asked.set(true)>
            <summary data-testid="lesson-answers-open">{tr!(i18n, lesson.discuss_answer)}</summary>
            {answer}
        </details>
    }
    .into_any()
}

/// The one next thing, as far as it depends on what has been done.
#[derive(Clone, Copy)]
struct Next {
    workbench: Workbench,
    guide: Guide,
    i18n: I18n,
    step: Step,
    draft: predict::Draft,
    /// The column, of which the foot is seen all the same.
    folded: RwSignal<bool>,
    paused: Memo<bool>,
    shown: Shown,
}

impl Next {
    fn label(self) -> String {
        let i18n = self.i18n;
        match self.guide.todo.get() {
            Todo::Predict if self.draft.get().is_none() => say!(i18n, lesson.choose),
            Todo::Predict => say!(i18n, lesson.keep),
            Todo::Do(need) => act::label(i18n, self.step, need),
            Todo::Wait(Need::Run) if self.paused.get() => say!(i18n, train.resume),
            Todo::Wait(_) => say!(i18n, lesson.working),
            Todo::LeftOut | Todo::Done => match self.step.next() {
                Some(next) => say!(i18n, lesson.next, name = texts::name(i18n, next)),
                None => say!(i18n, lesson.review.open),
            },
        }
    }

    fn is_idle(self) -> bool {
        match self.guide.todo.get() {
            Todo::Wait(need) => need != Need::Run || !self.paused.get(),
            Todo::Predict | Todo::Do(_) | Todo::LeftOut | Todo::Done => false,
        }
    }

    fn press(self) {
        match self.guide.todo.get_untracked() {
            Todo::Predict => match self.draft.get_untracked() {
                Some(answer) => self.guide.predict(answer),
                // The question may lie below what can be seen.
                None => {
                    self.folded.set(false);
                    predict::lead_to();
                }
            },
            Todo::Do(need) => act::run(self.workbench, self.guide, need),
            Todo::Wait(Need::Run) if self.paused.get_untracked() => self.workbench.resume(),
            Todo::Wait(_) => {}
            Todo::LeftOut | Todo::Done => match self.step.next() {
                Some(next) => self.guide.go(next),
                None => self.shown.show(Over::TakeAway),
            },
        }
    }
}

/// Back, skip, and the one next thing. That button is always the same one, so that it keeps the focus.
fn foot(
    workbench: Workbench,
    guide: Guide,
    i18n: I18n,
    step: Step,
    draft: predict::Draft,
    folded: RwSignal<bool>,
) -> AnyView {
    let todo = guide.todo;
    let next = Next {
        workbench,
        guide,
        i18n,
        step,
        draft,
        folded,
        paused: act::paused(workbench),
        shown: expect_context(),
    };
    let go = move |to: Option<Step>| {
        if let Some(to) = to {
            guide.go(to);
        }
    };
    let leave = step.next().is_none().then(|| leave(guide, i18n));
    let skips = move || step.next().is_some() && !matches!(todo.get(), Todo::LeftOut | Todo::Done);
    view! {
        <footer class="lesson-foot">
            <button
                type="button"
                data-testid="lesson-back"
                disabled=step.previous().is_none()
                on:click=move |_| go(step.previous())
            >
                {tr!(i18n, lesson.back)}
            </button>
            <button
                type="button"
                class="quiet"
                data-testid="lesson-skip"
                hidden=move || !skips()
                on:click=move |_| go(step.next())
            >
                {tr!(i18n, lesson.skip)}
            </button>
            {leave}
            <button
                type="button"
                id=NEXT
                class="primary"
                data-testid="lesson-next"
                aria-disabled=move || next.is_idle().to_string()
                on:click=move |event| {
                    // The second half of a double click is for what the first one has already changed.
                    if event.detail() < 2 {
                        next.press();
                    }
                }
            >
                {move || next.label()}
            </button>
        </footer>
    }
    .into_any()
}

fn leave(guide: Guide, i18n: I18n) -> AnyView {
    view! {
        <button
            type="button"
            class="quiet"
            data-testid="lesson-finish"
            on:click=move |_| guide.leave()
        >
            {tr!(i18n, lesson.finish)}
        </button>
    }
    .into_any()
}

/// To the one next thing, when the button that had the focus is gone.
pub fn focus_next() {
    request_animation_frame(|| {
        let button = document().get_element_by_id(NEXT);
        if let Some(button) = button.and_then(|found| found.dyn_into().ok()) {
            let button: web_sys::HtmlElement = button;
            let _ = button.focus();
        }
    });
}
