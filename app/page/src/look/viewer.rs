//! One film large: its greys, how it lies, and what its file says of it.

mod facts;
mod greys;
mod stage;

use std::sync::Arc;

use imaging::{
    dataset::Picture,
    dicom::{FrameFacts, FrameValues},
    pack::Answers,
};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

use crate::{
    dialog::Dialog, failure, i18n::use_i18n, insight, other_films::OtherFilms, say, tr, words,
    workbench::Workbench,
};
use protocol::Command;
use ui_core::viewer::{
    greys::{Greys, values_of},
    placement::Placement,
};

/// A press of a key zooms by this factor.
const KEY_ZOOM: f64 = 1.25;

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

/// How the film is looked at; each film begins anew.
#[derive(Clone, Copy)]
struct Viewing {
    greys: RwSignal<Greys>,
    placement: RwSignal<Placement>,
    /// The frame that is shown, counted from 0.
    frame: Memo<u32>,
    /// As it was read: what the network is given.
    film: Memo<Option<Arc<Picture>>>,
    /// What window and level are of.
    values: Memo<Option<Arc<FrameValues>>>,
    facts: Memo<Option<Arc<FrameFacts>>>,
}

impl Viewing {
    fn new(workbench: Workbench) -> Self {
        let film = Memo::new(move |_| best(workbench, workbench.viewed.get()?));
        let facts = Memo::new(move |_| {
            let viewed = workbench.viewed.get()?;
            workbench.films.with(|films| {
                let sample = films.as_ref()?.data.samples.get(viewed)?;
                Some(Arc::new((**sample.facts.as_ref()?).clone()))
            })
        });
        let values = Memo::new(move |_| {
            let viewed = workbench.viewed.get()?;
            let read = workbench
                .state
                .with(|state| state.frame.values_of(viewed).cloned());
            read.or_else(|| film.get().map(|film| Arc::new(values_of(&film))))
        });
        let frame = Memo::new(move |_| {
            let viewed = workbench.viewed.get();
            let asked = workbench.state.with(|state| state.frame.number_of(viewed?));
            asked.or_else(|| Some(facts.get()?.frame)).unwrap_or(0)
        });
        let viewing = Self {
            greys: RwSignal::default(),
            placement: RwSignal::default(),
            frame,
            film,
            values,
            facts,
        };
        Effect::new(move || {
            workbench.viewed.track();
            viewing.reset();
        });
        viewing
    }

    fn reset(self) {
        self.greys.set(Greys::default());
        self.placement.set(Placement::default());
    }

    fn invert(self) {
        self.greys.update(|greys| greys.inverted = !greys.inverted);
    }

    fn zoom(self, factor: f64) {
        self.placement
            .update(|placement| placement.zoom_at((0.0, 0.0), factor));
    }
}

#[component]
fn Film() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let viewing = Viewing::new(workbench);
    let on_key = move |event: ev::KeyboardEvent| {
        let target = event.target();
        let field = target.is_some_and(|target| {
            target.has_type::<web_sys::HtmlInputElement>()
                || target.has_type::<web_sys::HtmlSelectElement>()
        });
        if field || event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        match event.key().as_str() {
            "ArrowRight" => workbench.view_neighbour(1),
            "ArrowLeft" => workbench.view_neighbour(-1),
            "i" | "I" => viewing.invert(),
            "r" | "R" => viewing.placement.update(Placement::turn),
            "f" | "F" => viewing.placement.update(Placement::flip),
            "+" | "=" => viewing.zoom(KEY_ZOOM),
            "-" => viewing.zoom(1.0 / KEY_ZOOM),
            "0" => viewing.reset(),
            _ => {}
        }
    };
    let keys = window_event_listener(ev::keydown, on_key);
    on_cleanup(move || keys.remove());
    let label = Signal::derive(move || described(workbench, i18n).0);
    view! {
        <div class="viewer">
            <div class="viewer-films">
                {stage::stage(i18n, viewing, label)}
                {stage::network_sees(i18n, workbench, viewing)}
            </div>
            <div class="viewer-side">
                <p class="viewer-name">{label}</p>
                <p class="hint">{move || described(workbench, i18n).1}</p>
                <p class="problem-text">{move || problem(workbench, i18n)}</p>
                {greys::controls(i18n, viewing)}
                {facts::panel(i18n, workbench, viewing)}
                {move || workbench.viewed.get().map(insight::opener)}
                <div class="row viewer-steps">
                    <button type="button" on:click=move |_| workbench.view_neighbour(-1)>
                        {tr!(i18n, viewer.previous)}
                    </button>
                    <button type="button" on:click=move |_| workbench.view_neighbour(1)>
                        {tr!(i18n, viewer.next)}
                    </button>
                </div>
                <p class="hint">{tr!(i18n, viewer.mouse)}</p>
                <p class="hint">{tr!(i18n, viewer.keys)}</p>
            </div>
        </div>
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

/// What the film that is open is, and its size.
fn described(workbench: Workbench, i18n: crate::I18n) -> (String, String) {
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

/// Why the file that is open could not be read again.
fn problem(workbench: Workbench, i18n: crate::I18n) -> Option<String> {
    let viewed = workbench.viewed.get()?;
    let problem = workbench
        .state
        .with(|state| state.frame.problem_of(viewed).cloned());
    problem.map(|error| failure::file_error(i18n, &error))
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

    /// Shows a frame of the DICOM file that is open.
    pub fn show_frame(&self, frame: u32) {
        if let Some(sample) = self.viewed.get_untracked() {
            self.state.update(|state| state.frame.ask(sample, frame));
            self.send(Command::ShowFrame { sample, frame }, Vec::new());
        }
    }

    /// From now on this frame of the file that is open is the film: the films are loaded again.
    pub fn use_frame(&self, frame: u32) {
        let viewed = self.viewed.get_untracked();
        let name = self.films.with_untracked(|films| {
            let sample = films.as_ref()?.data.samples.get(viewed?)?;
            Some(sample.name.clone())
        });
        if let Some(name) = name {
            self.viewed.set(None);
            self.choose_films(OtherFilms::Again(Answers {
                frames: vec![(name, frame)],
                ..Answers::default()
            }));
        }
    }
}
