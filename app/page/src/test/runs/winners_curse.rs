//! What looking at the test films again and again is worth.

use leptos::prelude::*;

use crate::{I18n, i18n::use_i18n, say, tr, words, workbench::Workbench};
use ui_core::runs::{Flattery, Row, flattery};

#[component]
pub fn Luck(rows: Memo<Vec<Row>>) -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let dataset = Memo::new(move |_| {
        workbench
            .films
            .with(|films| films.as_ref().map(|films| films.data.name()))
    });
    let looks = Memo::new(move |_| workbench.state.with(|state| state.times_opened));
    let found = Memo::new(move |_| {
        let dataset = dataset.get()?;
        rows.with(|rows| flattery(rows, &dataset))
    });
    let sentence = Signal::derive(move || sentence(i18n, found.get()));
    let looked = Signal::derive(move || match looks.get() {
        0 => String::new(),
        1 => say!(i18n, beyond.runs.luck_looks_one),
        n => say!(i18n, beyond.runs.luck_looks, n = n),
    });
    let single = Signal::derive(move || found.get().is_none_or(|found| found.networks < 2));
    view! {
        <section class="panel" aria-labelledby="luck-heading">
            <h2 id="luck-heading">{tr!(i18n, beyond.runs.luck)}</h2>
            <p>{looked}</p>
            <p data-testid="luck">{sentence}</p>
            <p class="hint" hidden=single>{tr!(i18n, beyond.runs.luck_note)}</p>
        </section>
    }
}

fn sentence(i18n: I18n, found: Option<Flattery>) -> String {
    match found {
        None => say!(i18n, beyond.runs.luck_none),
        Some(Flattery { networks: 1, .. }) => say!(i18n, beyond.runs.luck_one),
        Some(found) => say!(
            i18n,
            beyond.runs.luck_many,
            networks = found.networks,
            mean = words::percent(i18n, found.mean),
            films = words::films(i18n, found.n),
            best = words::percent(i18n, found.best),
            gain = words::fixed(i18n, (found.best - found.mean) * 100.0, 1)
        ),
    }
}
