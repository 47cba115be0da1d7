//! One film large, with window and level.

use std::sync::Arc;

use imaging::dataset::Picture;
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use crate::{dialog::Dialog, i18n::use_i18n, insight, paint, say, tr, words, workbench::Workbench};
use ui_core::window_level::WindowLevel;

#[component]
pub fn Viewer() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let open = Signal::derive(move || workbench.viewed.get().is_some());
    let heading = Signal::derive(move || {
        let (place, n) = workbench.place();
        say!(i18n, viewer.heading, place = place + 1, n = n)
    });
    view! {
        <Dialog id="viewer" open close=move |()| workbench.viewed.set(None) heading>
            <Film />
        </Dialog>
    }
}

#[component]
fn Film() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let greys = RwSignal::new(WindowLevel::default());
    let picture = Memo::new(move |_| {
        workbench
            .viewed
            .get()
            .and_then(|film| best(workbench, film))
    });
    let canvas = NodeRef::<html::Canvas>::new();
    Effect::new(move |_| {
        if let (Some(canvas), Some(picture)) = (canvas.get(), picture.get()) {
            paint::now(&canvas, &picture, greys.get());
        }
    });
    let on_key = move |event: ev::KeyboardEvent| {
        let slides = event
            .target()
            .is_some_and(|target| target.has_type::<web_sys::HtmlInputElement>());
        match event.key().as_str() {
            "ArrowRight" if !slides => workbench.view_neighbour(1),
            "ArrowLeft" if !slides => workbench.view_neighbour(-1),
            _ => {}
        }
    };
    let keys = window_event_listener(ev::keydown, on_key);
    on_cleanup(move || keys.remove());
    view! {
        <div class="viewer">
            <canvas node_ref=canvas class="film-large" role="img" aria-label=move || facts(workbench, i18n).0></canvas>
            <div class="viewer-side">
                <p class="viewer-name">{move || facts(workbench, i18n).0}</p>
                <p class="hint">{move || facts(workbench, i18n).1}</p>
                <GreySlider
                    label=tr!(i18n, viewer.window)
                    value=Signal::derive(move || greys.get().window)
                    change=move |window| greys.update(|greys| greys.window = window)
                />
                <GreySlider
                    label=tr!(i18n, viewer.level)
                    value=Signal::derive(move || greys.get().level)
                    change=move |level| greys.update(|greys| greys.level = level)
                />
                <button type="button" on:click=move |_| greys.set(WindowLevel::default())>
                    {tr!(i18n, viewer.reset)}
                </button>
                {move || workbench.viewed.get().map(insight::opener)}
                <div class="row viewer-steps">
                    <button type="button" on:click=move |_| workbench.view_neighbour(-1)>
                        {tr!(i18n, viewer.previous)}
                    </button>
                    <button type="button" on:click=move |_| workbench.view_neighbour(1)>
                        {tr!(i18n, viewer.next)}
                    </button>
                </div>
                <p class="hint">{tr!(i18n, viewer.keys)}</p>
            </div>
        </div>
    }
}

#[component]
fn GreySlider(
    label: Signal<String>,
    value: Signal<f64>,
    #[prop(into)] change: Callback<f64>,
) -> impl IntoView {
    let slide = move |event| {
        if let Ok(grey) = event_target_value(&event).parse() {
            change.run(grey);
        }
    };
    view! {
        <label class="slider">
            <span>{label}</span>
            <input type="range" min="1" max="255" step="1" prop:value=move || value.get().to_string() on:input=slide />
        </label>
    }
}

/// The film in full, or its small picture until that has come.
pub fn best(workbench: Workbench, film: usize) -> Option<Arc<Picture>> {
    let full = workbench.state.with(|state| state.film.clone());
    match full {
        Some((sample, picture)) if sample == film => Some(picture),
        _ => workbench.films.with(|films| {
            let thumbnails = &films.as_ref()?.thumbnails;
            thumbnails.get(film).cloned().flatten()
        }),
    }
}

/// What a film is, in one line: name, class, part and patient.
pub fn name(workbench: Workbench, i18n: crate::I18n, film: usize) -> String {
    let part = words::part(i18n, workbench.part_of(film));
    let name = workbench.films.with(|films| {
        let films = films.as_ref()?;
        let sample = films.data.samples.get(film)?;
        let patient = sample.patient.clone();
        let patient = patient.map(|patient| say!(i18n, look.patient, patient = patient));
        let patient = patient
            .map(|patient| format!(", {patient}"))
            .unwrap_or_default();
        Some(say!(
            i18n,
            look.film_label,
            name = sample.name.clone(),
            class = words::class(i18n, films, sample.class),
            part = part,
            patient = patient
        ))
    });
    name.unwrap_or_default()
}

/// What is known of the film that is open: two lines.
fn facts(workbench: Workbench, i18n: crate::I18n) -> (String, String) {
    let Some(film) = workbench.viewed.get() else {
        return <(String, String)>::default();
    };
    let size = workbench.films.with(|films| {
        let sample = films.as_ref()?.data.samples.get(film)?;
        Some(say!(
            i18n,
            viewer.size,
            width = sample.width,
            height = sample.height
        ))
    });
    (name(workbench, i18n, film), size.unwrap_or_default())
}

impl Workbench {
    /// Place of the open film among those that are shown, and how many these are.
    fn place(&self) -> (usize, usize) {
        let viewed = self.viewed.get();
        self.visible.with(|visible| {
            let place = visible.iter().position(|&film| Some(film) == viewed);
            (place.unwrap_or(0), visible.len().max(1))
        })
    }

    /// Opens the next or the previous of the films that are shown; after the last comes the first.
    fn view_neighbour(&self, step: isize) {
        let (place, n) = untrack(|| self.place());
        let next = (place as isize + step).rem_euclid(n as isize) as usize;
        if let Some(film) = self
            .visible
            .with_untracked(|visible| visible.get(next).copied())
        {
            self.view_film(film);
        }
    }
}
