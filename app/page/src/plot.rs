//! A plot with all that belongs to one: caption, numbers as a table, and buttons that save it.

pub mod save;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{I18n, say, tr, words};
use crate::i18n::use_i18n;
use plots::{
    chart::{
        drawing::Drawing,
        svg,
        table::{self, Heads},
    },
    direction::Direction,
};

/// A plot whose points can be gone to, by pointer and by arrow key. Places are in data units.
#[derive(Clone, Copy)]
pub struct Explore {
    /// The point that is looked at.
    pub at: Signal<Option<(f64, f64)>>,
    /// The pointer is here.
    pub hover: Callback<(f64, f64)>,
    pub step: Callback<Direction>,
    /// Open what is here, or the point that is looked at.
    pub open: Callback<Option<(f64, f64)>>,
}

impl Explore {
    fn key(self, event: &web_sys::KeyboardEvent) {
        let key = event.key();
        match Direction::of_key(&key) {
            Some(direction) => self.step.run(direction),
            None if matches!(key.as_str(), "Enter" | " ") => self.open.run(None),
            None => return,
        }
        event.prevent_default();
    }
}

/// A plot of `drawing`. It is saved as `firstread-ID`.
#[component]
pub fn Plot(
    id: &'static str,
    #[prop(into)] heading: Signal<String>,
    /// What it shows, of how many.
    #[prop(into)]
    caption: Signal<String>,
    #[prop(into)] drawing: Signal<Drawing>,
    /// What a pointer that is pressed on it points to, in data units.
    #[prop(optional, into)]
    grab: Option<Callback<(f64, f64)>>,
    #[prop(optional, into)] explore: Option<Explore>,
) -> impl IntoView {
    let i18n = use_i18n();
    let label = Signal::derive(move || format!("{} {}", heading.get(), caption.get()));
    view! {
        <figure class="plot report-plot" data-testid=format!("plot-{id}")>
            <figcaption>
                <strong>{heading}</strong>
                " "
                {caption}
            </figcaption>
            {drawn(i18n, drawing, label, grab, explore)}
            <div class="plot-foot">
                {numbers(i18n, drawing, heading)}
                {tools(i18n, id, drawing, label)}
            </div>
        </figure>
    }
}

/// The picture of a plot, without what stands around it.
pub fn drawn(
    i18n: I18n,
    drawing: Signal<Drawing>,
    label: Signal<String>,
    grab: Option<Callback<(f64, f64)>>,
    explore: Option<Explore>,
) -> AnyView {
    let size = Signal::derive(move || {
        drawing.with(|drawing| format!("0 0 {} {}", drawing.size.0, drawing.size.1))
    });
    let body = Signal::derive(move || {
        drawing.with(|drawing| {
            let at = explore.and_then(|explore| explore.at.get());
            let ring = at.map(|at| svg::ring(drawing, at));
            svg::body(drawing, i18n.language()) + &ring.unwrap_or_default()
        })
    });
    let place = move |event: &web_sys::MouseEvent| {
        drawing.with_untracked(|drawing| pointed(drawing, event))
    };
    let point = move |event: web_sys::PointerEvent| {
        if let Some(grab) = grab
            && event.buttons() == 1
        {
            grab.run(place(&event));
        }
        if let Some(explore) = explore {
            explore.hover.run(place(&event));
        }
    };
    let hold = move |event: web_sys::PointerEvent| {
        if let (true, Some(svg)) = (grab.is_some(), target(&event)) {
            // A pointer that is gone again cannot be held.
            let _ = svg.set_pointer_capture(event.pointer_id());
        }
        point(event);
    };
    let open = move |event: web_sys::MouseEvent| {
        if let Some(explore) = explore {
            explore.open.run(Some(place(&event)));
        }
    };
    let key = move |event: web_sys::KeyboardEvent| {
        if let Some(explore) = explore {
            explore.key(&event);
        }
    };
    view! {
        <svg
            class:plot-grab=grab.is_some()
            viewBox=size
            // An application has the arrow keys to itself.
            role=if explore.is_some() { "application" } else { "img" }
            tabindex=explore.map(|_| "0")
            aria-label=label
            on:pointerdown=hold
            on:pointermove=point
            on:click=open
            on:keydown=key
            inner_html=body
        ></svg>
    }
    .into_any()
}

/// The numbers as a table, made while it is unfolded.
fn numbers(i18n: I18n, drawing: Signal<Drawing>, heading: Signal<String>) -> AnyView {
    let tabled = RwSignal::new(false);
    let numbers = Signal::derive(move || {
        let html = |drawing: &Drawing| table::html(drawing, &heads(i18n), i18n.language());
        let table = tabled.get().then(|| drawing.with(html));
        table.unwrap_or_default()
    });
    view! {
        <details
            class="plot-numbers"
            on:toggle=move |event| tabled.set(event_target::<web_sys::Element>(&event).has_attribute("open"))
        >
            <summary>{tr!(i18n, report.numbers)}</summary>
            <div class="plot-table" tabindex="0" role="region" aria-label=heading>
                <table inner_html=numbers></table>
            </div>
        </details>
    }
    .into_any()
}

/// The buttons that save it.
fn tools(i18n: I18n, id: &'static str, drawing: Signal<Drawing>, label: Signal<String>) -> AnyView {
    let save_svg = move |_| {
        let caption = label.get_untracked();
        let file = drawing.with_untracked(|drawing| svg::file(drawing, &caption, i18n.language()));
        save::save(&format!("firstread-{id}.svg"), "image/svg+xml", &file);
    };
    let save_csv = move |_| {
        let file = drawing.with_untracked(|drawing| table::csv(drawing, &heads(i18n)));
        save::save(&format!("firstread-{id}.csv"), "text/csv", &file);
    };
    view! {
        <div class="plot-tools">
            <button type="button" class="quiet" data-testid="save-svg" on:click=save_svg>
                {tr!(i18n, report.save_svg)}
            </button>
            <button type="button" class="quiet" data-testid="save-csv" on:click=save_csv>
                {tr!(i18n, report.save_csv)}
            </button>
        </div>
    }
    .into_any()
}

/// The name of an axis of shares that does not begin at 0.
pub fn cut_axis(i18n: I18n, name: String, low: f64) -> String {
    say!(
        i18n,
        report.cut_axis,
        name = name,
        low = words::exact(i18n, (low * 100.0).round())
    )
}

pub fn heads(i18n: I18n) -> Heads {
    Heads {
        series: say!(i18n, report.series),
        low: say!(i18n, report.low),
        high: say!(i18n, report.high),
    }
}

fn target(event: &web_sys::MouseEvent) -> Option<web_sys::Element> {
    event.current_target()?.dyn_into().ok()
}

fn pointed(drawing: &Drawing, event: &web_sys::MouseEvent) -> (f64, f64) {
    let Some(svg) = target(event) else {
        return drawing.read(0.0, 0.0);
    };
    let area = svg.get_bounding_client_rect();
    drawing.read(
        (f64::from(event.client_x()) - area.left()) / area.width(),
        (f64::from(event.client_y()) - area.top()) / area.height(),
    )
}
