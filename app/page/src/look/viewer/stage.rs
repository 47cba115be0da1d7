//! The film itself, under the pointer; and what the network is given of it.

use gloo_events::{EventListener, EventListenerOptions};
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, PointerEvent, WheelEvent};

use super::Viewing;
use crate::{
    I18n, film::FilmCanvas, paint, say, test::figures::keyed, tr, words, workbench::Workbench,
};
use ui_core::viewer::{
    greys::network_input,
    placement::{Placement, Point},
};

/// A turn of the wheel by so many pixels zooms to double or half.
const WHEEL_PER_DOUBLING: f64 = 240.0;

pub fn stage(i18n: I18n, viewing: Viewing, label: Signal<String>) -> AnyView {
    let place = NodeRef::<html::Div>::new();
    let canvas = NodeRef::<html::Canvas>::new();
    let picture = Memo::new(move |_| {
        let values = viewing.values.get()?;
        let greys = viewing.greys.get();
        let shown = greys.picture(&values);
        // A table of the file: the film as it was read.
        let film = || {
            viewing
                .film
                .get()
                .map(|film| inverted(&film, greys.inverted))
        };
        shown.or_else(film)
    });
    Effect::new(move |_| {
        if let (Some(canvas), Some(picture)) = (canvas.get(), picture.get()) {
            paint::now(&canvas, &picture);
        }
    });
    let transform = move || {
        let sides = picture.with(|picture| {
            let sides = picture
                .as_ref()
                .map(|picture| (picture.width, picture.height));
            sides.unwrap_or((1, 1))
        });
        viewing
            .placement
            .with(|placement| placement.transform(sides))
    };
    let last = StoredValue::new(None::<Point>);
    let press = move |event: PointerEvent| {
        if let Some(target) = element(&event) {
            // A pointer that is gone again cannot be held.
            let _ = target.set_pointer_capture(event.pointer_id());
        }
        last.set_value(Some(point(&event)));
    };
    let drag = move |event: PointerEvent| {
        let Some(before) = last.get_value().filter(|_| event.buttons() != 0) else {
            return;
        };
        let now = point(&event);
        last.set_value(Some(now));
        let by = (now.0 - before.0, now.1 - before.1);
        if event.shift_key() || event.buttons() != 1 {
            viewing.placement.update(|placement| placement.move_by(by));
        } else if let Some(values) = viewing.values.get_untracked() {
            viewing
                .greys
                .update(|greys| greys.drag(&values, by.0, by.1));
        }
    };
    zoom_by_wheel(place, viewing);
    let changes = move || changes(i18n, viewing).join(" ");
    view! {
        <div
            node_ref=place
            class="viewer-stage"
            data-testid="stage"
            on:pointerdown=press
            on:pointermove=drag
            on:pointerup=move |_| last.set_value(None)
            on:contextmenu=move |event: ev::MouseEvent| event.prevent_default()
        >
            <canvas
                node_ref=canvas
                class="film-large"
                role="img"
                aria-label=label
                style:transform=transform
            ></canvas>
        </div>
        <p class="hint viewer-changes" data-testid="changes" aria-live="polite">{changes}</p>
    }
    .into_any()
}

/// The browser would scroll the page, unless it is told at once that it must not.
fn zoom_by_wheel(place: NodeRef<html::Div>, viewing: Viewing) {
    let listener = StoredValue::new_local(None::<EventListener>);
    Effect::new(move |_| {
        let Some(stage) = place.get() else {
            return;
        };
        let options = EventListenerOptions::enable_prevent_default();
        let own = stage.clone();
        let zoom = move |event: &Event| {
            let Some(wheel) = event.dyn_ref::<WheelEvent>() else {
                return;
            };
            event.prevent_default();
            let bounds = own.get_bounding_client_rect();
            let at = (
                f64::from(wheel.client_x()) - bounds.left() - bounds.width() / 2.0,
                f64::from(wheel.client_y()) - bounds.top() - bounds.height() / 2.0,
            );
            let pixels = match wheel.delta_mode() {
                WheelEvent::DOM_DELTA_PIXEL => wheel.delta_y(),
                _ => wheel.delta_y() * 40.0,
            };
            let factor = (-pixels / WHEEL_PER_DOUBLING).exp2();
            viewing
                .placement
                .update(|placement| placement.zoom_at(at, factor));
        };
        let wheel = EventListener::new_with_options(&stage, "wheel", options, zoom);
        listener.set_value(Some(wheel));
    });
    on_cleanup(move || listener.dispose());
}

fn point(event: &PointerEvent) -> Point {
    (event.client_x().into(), event.client_y().into())
}

fn element(event: &PointerEvent) -> Option<Element> {
    event.current_target()?.dyn_into().ok()
}

fn inverted(film: &imaging::dataset::Picture, inverted: bool) -> imaging::dataset::Picture {
    let mut film = film.clone();
    if inverted {
        film.pixels
            .iter_mut()
            .for_each(|grey| *grey = u8::MAX - *grey);
    }
    film
}

/// What is not as in the file, in words: a flipped film must not pass for another side.
fn changes(i18n: I18n, viewing: Viewing) -> Vec<String> {
    let Placement { zoom, flipped, .. } = viewing.placement.get();
    let degrees = viewing.placement.with(Placement::degrees);
    let mut changes = Vec::new();
    if flipped {
        changes.push(say!(i18n, viewer.flipped));
    }
    if degrees > 0 {
        changes.push(say!(i18n, viewer.rotated, degrees = degrees));
    }
    if viewing.greys.with(|greys| greys.inverted) {
        changes.push(say!(i18n, viewer.inverted));
    }
    if (zoom - 1.0).abs() > 1e-3 {
        let percent = words::percent(i18n, zoom);
        changes.push(say!(i18n, viewer.zoomed, percent = percent));
    }
    changes
}

pub fn network_sees(i18n: I18n, workbench: Workbench, viewing: Viewing) -> AnyView {
    let side = Memo::new(move |_| workbench.state.with(|state| state.settings.film_side));
    let picture = Memo::new(move |_| {
        let input = network_input(&*viewing.film.get()?, side.get())?;
        Some(std::sync::Arc::new(input))
    });
    keyed(move || {
        let side = side.get();
        view! {
            <figure class="viewer-network" data-testid="network-sees">
                <FilmCanvas picture />
                <figcaption class="hint">
                    {tr!(i18n, viewer.network, side = side)}
                </figcaption>
            </figure>
        }
        .into_any()
    })
}
