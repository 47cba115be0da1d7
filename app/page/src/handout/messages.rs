//! What is worth taking home, one sentence for each thing that was seen, with the learner's own finding below it.

use leptos::prelude::*;

use crate::{
    i18n::{I18n, use_i18n},
    lesson, say,
    test::figures::keyed,
    tr,
    workbench::Workbench,
};
use ui_core::lesson::{Break, Step};

/// Steps of the lesson, each with its sentence.
const ALL: [Step; 5] = [
    Step::Look,
    Step::Test,
    Step::Break(Break::Leak),
    Step::Break(Break::Marker),
    Step::Where,
];

fn message(i18n: I18n, step: Step) -> String {
    match step {
        Step::Look => say!(i18n, takeaway.message.look),
        Step::Test => say!(i18n, takeaway.message.test),
        Step::Break(Break::Leak) => say!(i18n, takeaway.message.leak),
        Step::Break(_) => say!(i18n, takeaway.message.marker),
        _ => say!(i18n, takeaway.message.heat),
    }
}

/// Each sentence with what the learner found, which is empty where the step was not carried out.
pub fn all(i18n: I18n, workbench: Workbench, guide: lesson::Guide) -> Vec<(String, String)> {
    let one = |step| {
        let found = lesson::found(i18n, workbench, guide, step);
        (message(i18n, step), found)
    };
    ALL.into_iter().map(one).collect()
}

#[component]
pub fn Messages() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let guide = expect_context::<lesson::Guide>();
    let all = Memo::new(move |_| all(i18n, workbench, guide));
    let item = move |(message, found): (String, String)| {
        let found = (!found.is_empty()).then(|| {
            let found = say!(i18n, takeaway.message.found, finding = found);
            view! { <p class="hint">{found}</p> }
        });
        view! { <li><p class="strong">{message}</p> {found}</li> }.into_any()
    };
    let items = keyed(move || {
        let items: Vec<AnyView> = all.get().into_iter().map(item).collect();
        items.into_any()
    });
    view! {
        <section class="panel messages" aria-labelledby="messages-heading" data-testid="messages">
            <h2 id="messages-heading">{tr!(i18n, takeaway.message.heading)}</h2>
            <ol>{items}</ol>
        </section>
    }
}
