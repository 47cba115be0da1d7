//! All films as points: what the backbone makes of them.

mod looked_at;
mod points;

use imaging::{
    insight::EmbeddingMap,
    settings::{Network, Pooling},
};
use leptos::prelude::*;

use super::{explanation, figures};
use crate::{
    I18n,
    i18n::use_i18n,
    plot::{Explore, Plot},
    say, tr, words,
    workbench::Workbench,
};
use looked_at::LookedAt;
use plots::direction::Direction;
use points::MapPoints;
use protocol::{Explanation, ExplanationResult};
use ui_core::{
    embedding_map::{self, Colouring},
    state::ExplanationStage,
};

/// A pointer within so many units of a point means it.
const REACH: f64 = 24.0;

#[component]
pub fn Map() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let stage = workbench.finding(Explanation::EmbeddingMap);
    let ask = move || workbench.explain(Explanation::EmbeddingMap);
    let trained = Memo::new(move |_| {
        workbench
            .state
            .with(|state| state.trained().map(|run| run.id))
    });
    Effect::new(move |_| {
        if trained.get().is_some() {
            ask();
        }
    });
    let content = figures::keyed(move || match stage.get() {
        None => view! { <p class="empty">{tr!(i18n, beyond.map.not_trained)}</p> }.into_any(),
        Some(ExplanationStage::Asked(progress)) => explanation::working(i18n, progress),
        Some(ExplanationStage::Failed(reason)) => {
            explanation::failed(i18n, &reason, Callback::new(move |()| ask()))
        }
        Some(ExplanationStage::Found(ExplanationResult::EmbeddingMap(embedding_map))) => {
            view! { <Found embedding_map /> }.into_any()
        }
        Some(ExplanationStage::Found(_)) => ().into_any(),
    });
    view! { <div class="map" data-testid="map">{content}</div> }
}

#[component]
fn Found(embedding_map: EmbeddingMap) -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let by = RwSignal::new(Colouring::default());
    let at = RwSignal::new(None::<usize>);
    let explained = embedding_map.explained;
    let embedding_map = StoredValue::new(embedding_map);
    let points = Memo::new(move |_| {
        embedding_map
            .with_value(|embedding_map| MapPoints::of(i18n, workbench, embedding_map, by.get()))
    });
    let nothing = Memo::new(move |_| points.with(Option::is_none));
    let something = Signal::derive(move || !nothing.get());
    let absent = Signal::derive(move || nothing.get());
    let place = move |film: usize| {
        let [x, y] =
            embedding_map.with_value(|embedding_map| embedding_map.places.get(film).copied())?;
        Some((f64::from(x), f64::from(y)))
    };
    let near = move |place: (f64, f64)| {
        points.with_untracked(|points| {
            let points = points.as_ref()?;
            let place = points.drawing.place(place.0, place.1);
            embedding_map::nearest(&points.places, place, REACH)
        })
    };
    let step = move |direction: Direction| {
        points.with_untracked(|points| {
            let Some(points) = points else { return };
            let next = match at.get_untracked() {
                Some(film) => embedding_map::neighbour(&points.places, film, direction),
                None => points.places.iter().position(Option::is_some),
            };
            if next.is_some() {
                at.set(next);
            }
        });
    };
    let explore = Explore {
        at: Signal::derive(move || at.get().and_then(place)),
        hover: Callback::new(move |place| {
            if let Some(film) = near(place).filter(|&film| at.get_untracked() != Some(film)) {
                at.set(Some(film));
            }
        }),
        step: Callback::new(step),
        open: Callback::new(move |place: Option<(f64, f64)>| {
            let film = match place {
                Some(place) => near(place),
                None => at.get_untracked(),
            };
            if let Some(film) = film {
                at.set(Some(film));
                workbench.view_film(film);
            }
        }),
    };
    let drawing = Signal::derive(move || {
        let drawing = points.with(|points| points.as_ref().map(|points| points.drawing.clone()));
        drawing.unwrap_or_else(points::empty)
    });
    let caption = Signal::derive(move || {
        let n = points.with(|points| points.as_ref().map_or(0, MapPoints::len));
        say!(i18n, beyond.map.caption, films = words::films(i18n, n))
    });
    let meaning = Signal::derive(move || meaning(i18n, workbench, explained));
    view! {
        <Colours by />
        <p class="empty" hidden=something>{tr!(i18n, beyond.map.nothing)}</p>
        <div class="map-found" hidden=absent>
            <Plot id="map" heading=tr!(i18n, beyond.map.heading) caption drawing explore />
            <LookedAt at />
        </div>
        <p data-testid="map-meaning">{meaning}</p>
        <p class="hint">{tr!(i18n, beyond.map.limits)}</p>
    }
}

/// What the points are told apart by.
#[component]
fn Colours(by: RwSignal<Colouring>) -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let patients = move || {
        workbench
            .films
            .with(|films| films.as_ref().is_some_and(|films| films.has_patients()))
    };
    let tested = move || workbench.state.with(|state| state.opened().is_some());
    let choice =
        move |id: &'static str, colouring: Colouring, name: Signal<String>, can: Signal<bool>| {
            let pressed = Signal::derive(move || (by.get() == colouring).to_string());
            let cannot = Signal::derive(move || !can.get());
            view! {
                <button
                    type="button"
                    class="choice"
                    data-testid=format!("map-by-{id}")
                    aria-pressed=pressed
                    disabled=cannot
                    on:click=move |_| by.set(colouring)
                >
                    {name}
                </button>
            }
            .into_any()
        };
    let always = Signal::derive(|| true);
    let why = Signal::derive(move || {
        let patients = (!patients()).then(|| say!(i18n, beyond.map.no_patients));
        let tested = (!tested()).then(|| say!(i18n, beyond.map.no_test));
        let why: Vec<String> = patients.into_iter().chain(tested).collect();
        why.join(" ")
    });
    view! {
        <div class="choices" role="group" aria-labelledby="map-colour">
            <span id="map-colour">{tr!(i18n, beyond.map.colour)}</span>
            {choice("class", Colouring::Class, tr!(i18n, beyond.map.by_class), always)}
            {choice("part", Colouring::Subset, tr!(i18n, beyond.map.by_part), always)}
            {choice("patient", Colouring::Patient, tr!(i18n, beyond.map.by_patient), Signal::derive(patients))}
            {choice("error", Colouring::Error, tr!(i18n, beyond.map.by_error), Signal::derive(tested))}
            <span class="hint">{why}</span>
        </div>
    }
}

fn meaning(i18n: I18n, workbench: Workbench, explained: [f32; 2]) -> String {
    let share = words::percent(i18n, explained.iter().copied().map(f64::from).sum());
    let network = workbench
        .state
        .with(|state| state.run.as_ref().map(|run| run.settings.network));
    let n = match network {
        Some(Network::Pretrained(Pooling::GlobalAverage)) => "1,280",
        Some(Network::Pretrained(Pooling::Grid)) => "1,536",
        Some(Network::Scratch) => return say!(i18n, beyond.map.meaning, share = share),
        None => return String::new(),
    };
    say!(i18n, beyond.map.meaning_numbers, n = n, share = share)
}
