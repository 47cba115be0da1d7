//! The square to paint on: cells under a pointer, or under a frame that the arrow keys move.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use crate::{I18n, i18n::use_i18n, paint, say, tr};
use plots::direction::Direction;
use ui_core::insight::painting::{CELL_PIXELS, CELLS, Painting};

#[component]
pub fn Pad(
    painting: RwSignal<Painting>,
    /// What covers the film.
    grey: Signal<u8>,
    #[prop(into)] stroke_ended: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let canvas = NodeRef::<html::Canvas>::new();
    Effect::new(move |_| {
        if let Some(canvas) = canvas.get() {
            let side = (CELLS * CELL_PIXELS) as u32;
            let pixels = painting.with(|painting| painting.pixels(grey.get()));
            paint::pixels(&canvas, (side, side), &pixels);
        }
    });
    let said = RwSignal::new(String::new());
    let brush = Brush {
        i18n,
        painting,
        said,
        stroke_ended,
    };
    let edge = move |place: fn((usize, usize)) -> usize| {
        let place = painting.with(|painting| place(painting.place()));
        format!("{}%", place as f64 / CELLS as f64 * 100.0)
    };
    view! {
        <div
            class="pad"
            role="application"
            tabindex="0"
            data-testid="pad"
            aria-label=tr!(i18n, insight.erase_pad)
            aria-describedby="erase-keys"
            on:keydown=move |event| brush.key(&event)
            on:pointerdown=move |event| brush.down(&event)
            // Where text is selected, the browser would drag that and end the stroke.
            on:mousedown=move |event| {
                event.prevent_default();
                focus(&event);
            }
            on:dragstart=move |event| event.prevent_default()
            on:pointermove=move |event| brush.drag(&event)
            on:pointerup=move |_| brush.up()
            on:pointercancel=move |_| brush.up()
        >
            <canvas node_ref=canvas class="pad-paint" aria-hidden="true"></canvas>
            <span
                class="pad-cursor"
                style:left=move || edge(|(_, column)| column)
                style:top=move || edge(|(row, _)| row)
            ></span>
        </div>
        <p class="unseen" role="status">{said}</p>
    }
}

/// What keys and pointers paint with.
#[derive(Clone, Copy)]
struct Brush {
    i18n: I18n,
    painting: RwSignal<Painting>,
    said: RwSignal<String>,
    stroke_ended: Callback<()>,
}

impl Brush {
    fn key(self, event: &ev::KeyboardEvent) {
        let key = event.key();
        let direction = Direction::of_key(&key);
        if direction.is_none() && key != " " {
            return;
        }
        event.prevent_default();
        self.painting.update(|painting| match direction {
            Some(direction) => painting.go(direction),
            None => painting.toggle(),
        });
        let told = |painting: &Painting| told_cell(self.i18n, painting);
        self.said.set(self.painting.with_untracked(told));
        if direction.is_none() {
            self.stroke_ended.run(());
        }
    }

    fn down(self, event: &ev::PointerEvent) {
        if let (Some(pad), Some((x, y))) = (target(event), place(event)) {
            // A pointer that is gone again cannot be held.
            let _ = pad.set_pointer_capture(event.pointer_id());
            self.painting.update(|painting| painting.begin(x, y));
        }
    }

    fn drag(self, event: &ev::PointerEvent) {
        if !self.painting.with_untracked(Painting::is_down) {
            return;
        }
        if let Some((x, y)) = place(event) {
            self.painting.maybe_update(|painting| painting.drag(x, y));
        }
    }

    fn up(self) {
        if self.painting.try_update(Painting::end).unwrap_or(false) {
            self.stroke_ended.run(());
        }
    }
}

/// The cell at which the keyboard is.
fn told_cell(i18n: I18n, painting: &Painting) -> String {
    let (row, column) = painting.place();
    let (row, column) = (row + 1, column + 1);
    match painting.is_painted(painting.cursor) {
        true => say!(i18n, insight.cell_painted, row = row, column = column),
        false => say!(i18n, insight.cell_free, row = row, column = column),
    }
}

/// Which a press does by itself, unless its other effects are prevented.
fn focus(event: &ev::MouseEvent) {
    let pad = event.current_target();
    if let Some(pad) = pad.and_then(|pad| pad.dyn_into::<web_sys::HtmlElement>().ok()) {
        // Refused only if it is gone again.
        let _ = pad.focus();
    }
}

fn target(event: &ev::PointerEvent) -> Option<web_sys::Element> {
    event.current_target()?.dyn_into().ok()
}

/// The pointer's place in shares of the pad's sides.
fn place(event: &ev::PointerEvent) -> Option<(f64, f64)> {
    let area = target(event)?.get_bounding_client_rect();
    Some((
        (f64::from(event.client_x()) - area.left()) / area.width(),
        (f64::from(event.client_y()) - area.top()) / area.height(),
    ))
}
