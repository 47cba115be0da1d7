//! One image with the planted word and without, so that everybody knows what is talked about.

use std::sync::Arc;

use experiments::Experiment;
use leptos::prelude::*;

use crate::{I18n, film::FilmCanvas, test::figures::keyed, tr, workbench::Workbench};
use ui_core::marked::{marked, square};

/// Beside the experiment with the word; nothing beside others.
pub fn view(i18n: I18n, workbench: Workbench) -> AnyView {
    let shown = Memo::new(move |_| workbench.tried.get() == Experiment::Shortcut);
    let first = workbench.thumbnail(0);
    let without = Memo::new(move |_| first.get().map(|picture| Arc::new(square(&picture))));
    let with = Memo::new(move |_| without.get().map(|picture| Arc::new(marked(&picture))));
    keyed(move || match shown.get() {
        true => view! {
            <div class="marked-pair" data-testid="marked-pair">
                <figure>
                    <FilmCanvas picture=without />
                    <figcaption>{tr!(i18n, experiment.unmarked)}</figcaption>
                </figure>
                <figure>
                    <FilmCanvas picture=with />
                    <figcaption>{tr!(i18n, experiment.marked)}</figcaption>
                </figure>
            </div>
        }
        .into_any(),
        false => ().into_any(),
    })
}
