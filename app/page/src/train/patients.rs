//! Before a run with images of one's own: whether anybody has said whose they are.

use leptos::prelude::*;

use crate::{i18n::use_i18n, station::Station, test::figures::keyed, tr, workbench::Workbench};
use ui_core::state::AppState;

/// Nothing once there is a network, or where patients are known.
pub fn view() -> AnyView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let own_unknown = Memo::new(move |_| {
        workbench.films.with(|films| {
            let own = films.as_ref().filter(|films| films.pack.is_none());
            own.is_some_and(|films| !films.has_patients())
        })
    });
    let begun = Memo::new(move |_| {
        let begun = |state: &AppState| state.run.is_some();
        workbench.state.with(begun)
    });
    keyed(move || match own_unknown.get() && !begun.get() {
        false => ().into_any(),
        true => view! {
            <div class="notice" data-testid="patients-unknown">
                <p>{tr!(i18n, train.patients_unknown)}</p>
                <button
                    type="button"
                    data-testid="patients-say"
                    on:click=move |_| workbench.go(Station::Look)
                >
                    {tr!(i18n, train.patients_say)}
                </button>
            </div>
        }
        .into_any(),
    })
}
