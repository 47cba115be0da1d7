//! One image of the class that carries the planted word, with it and without, so that everybody knows what is talked about.

use std::sync::Arc;

use experiments::{Experiment, marker::MARKED_CLASS};
use leptos::prelude::*;

use crate::{I18n, film::FilmCanvas, test::figures::keyed, tr, workbench::Workbench};
use ui_core::{
    altered::{marked, square},
    state::Films,
};

/// Beside the experiment with the word; nothing beside others.
pub fn view(i18n: I18n, workbench: Workbench) -> AnyView {
    let shown = Memo::new(move |_| workbench.tried.get() == Experiment::Shortcut);
    let without = Memo::new(move |_| {
        let of_class = |films: &Option<Arc<Films>>| {
            let films = films.as_ref()?;
            let mut samples = films.data.samples.iter();
            let first = samples.position(|film| film.class == MARKED_CLASS)?;
            let picture = films.thumbnails.get(first)?.as_deref()?;
            Some(Arc::new(square(picture)))
        };
        workbench.films.with(of_class)
    });
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
