//! One film on the light box.

use std::sync::Arc;

use imaging::dataset::Picture;
use leptos::{html, prelude::*};

use super::{paint, say, words, workbench::Workbench};
use crate::i18n::use_i18n;
use plots::chart::CLASS_COLOURS;
use protocol::Subject;

/// The style class of a film class's colour.
pub fn colour(class: usize) -> String {
    format!("class-{}", class % CLASS_COLOURS)
}

/// A film without any words; whoever shows it names it.
#[component]
pub fn FilmCanvas(#[prop(into)] picture: Signal<Option<Arc<Picture>>>) -> impl IntoView {
    let canvas = NodeRef::<html::Canvas>::new();
    Effect::new(move |_| {
        if let (Some(canvas), Some(picture)) = (canvas.get(), picture.get()) {
            paint::soon(canvas, picture);
        }
    });
    view! { <canvas node_ref=canvas class="film-canvas" aria-hidden="true" width="1" height="1"></canvas> }
}

/// A film with its class, part and patient; opens large, or where the trained network looks on it.
#[component]
pub fn FilmCard(
    sample: usize,
    /// Something more to say about the film.
    #[prop(optional, into)]
    note: Signal<String>,
    #[prop(optional)] examined: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let facts = workbench.films.with_untracked(|films| {
        let films = films.as_ref()?;
        let sample = films.data.samples.get(sample)?;
        Some((sample.name.clone(), sample.class, sample.patient.clone()))
    });
    let (name, class, patient) = facts.unwrap_or_default();
    let patient = move || {
        let patient = patient.clone();
        patient.map(|patient| say!(i18n, look.patient, patient = patient))
    };
    let badge = move || {
        let part = workbench.part_of(sample);
        part.map(|part| words::part_badge(i18n, part))
    };
    let open = move |_| {
        if examined {
            workbench.examine(Subject::Sample(sample));
        } else {
            workbench.view_film(sample);
        }
    };
    view! {
        <button
            type="button"
            class=format!("film {}", colour(class))
            data-testid="film"
            data-sample=sample.to_string()
            on:click=open
        >
            <FilmCanvas picture=workbench.thumbnail(sample) />
            <span class="unseen">{name} ": "</span>
            <span class="film-ribbon" aria-hidden="true"></span>
            <span class="film-words">
                <span class="film-class">{move || workbench.class_name(class)}</span>
                <span class="badge">{badge}</span>
            </span>
            <span class="film-note">{note}</span>
            <span class="film-patient">{patient}</span>
        </button>
    }
}
