//! One heat map over its film.

use std::sync::Arc;

use imaging::{dataset::Picture, insight::HeatMap};
use leptos::{html, prelude::*};

use super::stack::FilmStack;
use crate::{I18n, i18n::use_i18n, paint, say};
use ui_core::insight::heat;

/// Pixels along a side of a drawn map; the browser spreads them over the film.
const SIDE: usize = 112;
const SCALE: usize = 128;

/// The colours alone; `opacity` from 0 to 1.
#[component]
pub fn Colours(map: Arc<HeatMap>, opacity: RwSignal<f64>) -> impl IntoView {
    let canvas = NodeRef::<html::Canvas>::new();
    Effect::new(move |_| {
        if let Some(canvas) = canvas.get() {
            let side = SIDE as u32;
            paint::pixels(&canvas, (side, side), &heat::pixels(&map, SIDE));
        }
    });
    view! {
        <canvas
            node_ref=canvas
            class="heat"
            aria-hidden="true"
            style:opacity=move || opacity.get().to_string()
        ></canvas>
    }
}

/// Film and colours as one picture.
pub fn picture(
    picture: Signal<Option<Arc<Picture>>>,
    map: Arc<HeatMap>,
    opacity: RwSignal<f64>,
    label: Signal<String>,
) -> AnyView {
    view! {
        <div role="img" aria-label=label>
            <FilmStack picture>
                <Colours map opacity />
            </FilmStack>
        </div>
    }
    .into_any()
}

/// What the colours mean, over the grey of a film.
#[component]
pub fn Scale(low: Signal<String>, high: Signal<String>) -> impl IntoView {
    let canvas = NodeRef::<html::Canvas>::new();
    Effect::new(move |_| {
        if let Some(canvas) = canvas.get() {
            paint::pixels(&canvas, (SCALE as u32, 1), &heat::scale(SCALE));
        }
    });
    view! {
        <p class="heat-scale hint">
            {low} <canvas node_ref=canvas aria-hidden="true"></canvas> {high}
        </p>
    }
}

/// Where a map is strongest, as a sentence.
pub fn place(i18n: I18n, map: &HeatMap) -> String {
    let place = match heat::strongest(map) {
        None => return say!(i18n, insight.heat_blank),
        Some((0, 0)) => say!(i18n, insight.place_top_left),
        Some((0, 1)) => say!(i18n, insight.place_top),
        Some((0, _)) => say!(i18n, insight.place_top_right),
        Some((1, 0)) => say!(i18n, insight.place_left),
        Some((1, 1)) => say!(i18n, insight.place_middle),
        Some((1, _)) => say!(i18n, insight.place_right),
        Some((_, 0)) => say!(i18n, insight.place_bottom_left),
        Some((_, 1)) => say!(i18n, insight.place_bottom),
        Some(_) => say!(i18n, insight.place_bottom_right),
    };
    say!(i18n, insight.map_where, place = place)
}

/// How strong the colours are.
#[component]
pub fn Opacity(opacity: RwSignal<f64>) -> impl IntoView {
    let i18n = use_i18n();
    let slide = move |event| {
        if let Ok(value) = event_target_value(&event).parse() {
            opacity.set(value);
        }
    };
    view! {
        <label class="slider">
            <span>{crate::tr!(i18n, insight.opacity)}</span>
            <input
                type="range"
                min="0"
                max="1"
                step="0.05"
                data-testid="opacity"
                prop:value=move || opacity.get().to_string()
                on:input=slide
            />
        </label>
    }
}
