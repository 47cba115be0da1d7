//! The film whose point has the ring.

use leptos::prelude::*;

use crate::{I18n, film::FilmCanvas, i18n::use_i18n, say, tr, words, workbench::Workbench};

#[component]
pub fn LookedAt(at: RwSignal<Option<usize>>) -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let none = Signal::derive(move || at.get().is_none());
    let some = Signal::derive(move || at.get().is_some());
    let picture = Memo::new(move |_| {
        let film = at.get()?;
        let thumbnail = |films: &std::sync::Arc<ui_core::state::Films>| {
            films.thumbnails.get(film).cloned().flatten()
        };
        workbench
            .films
            .with(|films| films.as_ref().and_then(thumbnail))
    });
    let facts = Signal::derive(move || {
        let facts = at.get().map(|film| facts(i18n, workbench, film));
        facts.unwrap_or_default()
    });
    let open = move |_| {
        if let Some(film) = at.get_untracked() {
            workbench.view_film(film);
        }
    };
    view! {
        <section class="panel map-film" aria-labelledby="map-film-heading">
            <h2 id="map-film-heading">{tr!(i18n, beyond.map.shown)}</h2>
            <div class="map-picture" hidden=none>
                <FilmCanvas picture />
            </div>
            <p role="status" class="map-facts" data-testid="map-film">
                {facts}
            </p>
            <p class="hint" hidden=some>{tr!(i18n, beyond.map.none_shown)}</p>
            <button type="button" data-testid="map-open" hidden=none on:click=open>
                {tr!(i18n, beyond.map.open)}
            </button>
            <p class="hint" hidden=none>{tr!(i18n, beyond.map.keys)}</p>
        </section>
    }
}

/// Name, class, part in this run, patient.
fn facts(i18n: I18n, workbench: Workbench, film: usize) -> String {
    workbench
        .state
        .with(|state| {
            let films = state.films.as_ref()?;
            let sample = films.data.samples.get(film)?;
            let parts = state.run.as_ref().map_or(&[][..], |run| &run.parts);
            let patient = sample.patient.clone();
            let patient = patient.map(|patient| say!(i18n, look.patient, patient = patient));
            let patient = patient.map(|patient| format!(", {patient}"));
            Some(say!(
                i18n,
                look.film_label,
                name = sample.name.clone(),
                class = words::class(i18n, films, sample.class),
                part = words::part(i18n, parts.get(film).copied().flatten()),
                patient = patient.unwrap_or_default()
            ))
        })
        .unwrap_or_default()
}
