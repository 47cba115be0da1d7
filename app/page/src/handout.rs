//! What a learner takes home: five sentences, five questions, the code of the run, and the report to print or to save.

mod messages;
mod questions;
mod report;
mod sentences;

use leptos::prelude::*;

pub use questions::KEY as ANSWERS;

use super::{
    classroom::qr,
    lesson::{self, Guide, Mode},
    network_file::NetworkFile,
    overlay::{self, Over, Shown},
    plot::save,
    station::Station,
    test::figures,
    tr,
    workbench::Workbench,
};
use crate::i18n::use_i18n;
use ui_core::{
    classroom::code::Code,
    handout::{Answers, Handout, code, document},
    state::AppState,
};

/// The answers to the five questions; in the context of the whole page.
#[derive(Clone, Copy)]
pub struct HandoutData(RwSignal<Answers>);

impl HandoutData {
    /// Whether another tab has kept other answers than this one's.
    pub fn is_overwritten(self) -> bool {
        questions::stored() != self.0.get_untracked()
    }
}

pub fn provide() {
    provide_context(HandoutData(questions::kept()));
}

/// What the lesson adds to the report.
fn handout(workbench: Workbench) -> Memo<Handout> {
    let i18n = use_i18n();
    let guide = expect_context();
    Memo::new(move |_| {
        let of = |state: &AppState| lesson::handout(i18n, guide, state);
        workbench.state.with(of)
    })
}

/// The code of the present run, if it came to its end.
pub fn code(workbench: Workbench) -> Memo<Option<Code>> {
    Memo::new(move |_| workbench.state.with(code::of_run))
}

#[component]
pub fn TakeAway() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let trained = Memo::new(move |_| workbench.state.with(|state| state.trained().is_some()));
    let document = report::document(workbench);
    let html = Signal::derive(move || document.with(document::body));
    let keep = move |_| {
        let file = document.with_untracked(|own| document::file(own, i18n.language().tag()));
        save::save("firstread-report.html", "text/html", &file);
    };
    let print = move |_| {
        // Refused only where a frame may not print.
        let _ = window().print();
    };
    let shown = expect_context::<Shown>();
    let train = move |_| {
        shown.show(Over::Nothing);
        workbench.go(Station::Train);
    };
    let buttons = figures::keyed(move || match trained.get() {
        true => view! {
            <button type="button" data-testid="save-report" on:click=keep>
                {tr!(i18n, takeaway.save)}
            </button>
            <button type="button" class="primary" data-testid="print-report" on:click=print>
                {tr!(i18n, takeaway.print)}
            </button>
        }
        .into_any(),
        false => ().into_any(),
    });
    let report = figures::keyed(move || match trained.get() {
        true => view! {
            <article
                class="sheet report-plot"
                data-testid="report"
                aria-label=tr!(i18n, takeaway.report)
                inner_html=html
            ></article>
        }
        .into_any(),
        false => view! {
            <section class="panel takeaway-none">
                <p>{tr!(i18n, takeaway.untrained)}</p>
                <button type="button" class="primary" on:click=train>
                    {tr!(i18n, test.go_train)}
                </button>
            </section>
        }
        .into_any(),
    });
    let code = figures::keyed(move || match trained.get() {
        true => view! { <RunCode /> }.into_any(),
        false => ().into_any(),
    });
    let lesson = move || {
        view! {
            <messages::Messages />
            <questions::Questions />
        }
        .into_any()
    };
    let network = || view! { <NetworkFile place="home" /> }.into_any();
    let guide = expect_context::<Guide>();
    let reviews = guide.step.with_untracked(|step| step.reviews());
    let parts = match (guide.mode.get_untracked(), reviews) {
        // Outside of the lesson its sentences and questions are not what anybody comes for.
        (Mode::Free, _) => [report, network(), lesson()],
        // They answer what later steps ask.
        (Mode::Lesson, false) => [report, network(), ().into_any()],
        (Mode::Lesson, true) | (Mode::Offer, _) => [lesson(), network(), report],
    };
    view! {
        <main class="takeaway" data-testid="takeaway">
            {overlay::head(tr!(i18n, takeaway.heading), tr!(i18n, takeaway.lead), buttons)}
            {code}
            {parts}
        </main>
    }
}

/// To hand to whoever leads the room.
#[component]
pub fn RunCode() -> impl IntoView {
    let i18n = use_i18n();
    let code = code(expect_context());
    let content = figures::keyed(move || match code.get() {
        Some(code) => {
            let text = Signal::derive(move || code.text());
            view! {
                <p>{tr!(i18n, takeaway.code_help)}</p>
                {qr::shown("result-code", text)}
            }
            .into_any()
        }
        None => view! { <p>{tr!(i18n, takeaway.no_code)}</p> }.into_any(),
    });
    view! {
        <section class="panel takeaway-code" aria-labelledby="run-code-heading">
            <h2 id="run-code-heading">{tr!(i18n, takeaway.code)}</h2>
            {content}
        </section>
    }
}
