//! The facilitator's page: clock and talking points, the link for the room, and what comes of its codes pooled.

pub(super) mod browser;
mod gather;
mod guide;
pub mod join;
mod kept;
mod measured;
mod prepare;
pub mod qr;
mod reader;
mod results;
mod runs;
mod scan;
mod slide_pictures;
mod slides;
mod take_along;
mod time;
mod window;
mod words;

use leptos::prelude::*;

use super::{overlay, test::figures, tr};
use crate::i18n::use_i18n;
use slides::Slide;
use ui_core::{classroom::pool::PooledResults, lesson::Clock, lesson::Step};

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Hall {
    pool: RwSignal<PooledResults>,
    chosen: results::ChosenGroup,
    clock: RwSignal<Clock>,
    /// Milliseconds since 1970, a second old at most.
    now: RwSignal<f64>,
    /// Where the room is.
    step: RwSignal<Step>,
    link: RwSignal<join::WantedLink>,
    /// What the projector shows, in whichever window it is.
    slide: RwSignal<Slide>,
    /// Whether this window is it.
    projecting: RwSignal<bool>,
}

/// Lasts as long as the page, whether it is seen or not.
pub fn provide() {
    provide_context(kept::hall());
}

/// What a facilitator can say to the question that a step asks to discuss.
pub fn answers(step: Step) -> AnyView {
    let i18n = use_i18n();
    let words = Signal::derive(move || words::answers(i18n, step));
    view! { <p data-testid="lesson-answers">{words}</p> }.into_any()
}

#[component]
pub fn Room() -> impl IntoView {
    let i18n = use_i18n();
    let hall = expect_context::<Hall>();
    time::tick(hall);
    let project = move || {
        view! {
            <button type="button" class="primary" data-testid="projector-window" on:click=move |_| window::open()>
                {tr!(i18n, room.window)}
            </button>
            <button
                type="button"
                data-testid="projector"
                on:click=move |_| {
                    hall.slide.set(Slide::Join);
                    hall.projecting.set(true);
                }
            >
                {tr!(i18n, room.projector)}
            </button>
        }
        .into_any()
    };
    figures::keyed(move || match hall.projecting.get() {
        true => view! { <slides::Slides /> }.into_any(),
        false => view! {
            <main class="room" data-testid="room">
                {overlay::head(tr!(i18n, room.heading), tr!(i18n, room.lead), project())}
                <time::Time />
                <prepare::Prepare />
                <div class="room-columns">
                    <guide::Guide />
                    <join::Join />
                </div>
                <gather::Gather />
                <results::Results />
                <runs::Runs />
            </main>
        }
        .into_any(),
    })
}
