//! What the inviting screen shows until the first step of its training: films, as soon as there are any.

use leptos::prelude::*;

use super::KioskContext;
use crate::film::FilmCanvas;

/// As many fill the place of the plot.
const COUNT: usize = 12;

/// From all over the pack, so that each class is among them.
#[component]
pub fn FirstFilms() -> impl IntoView {
    let workbench = expect_context::<KioskContext>().workbench;
    let film = |place: usize| {
        let picture = Memo::new(move |_| {
            workbench.films.with(|films| {
                let thumbnails = &films.as_ref()?.thumbnails;
                thumbnails
                    .get(place * thumbnails.len() / COUNT)
                    .cloned()
                    .flatten()
            })
        });
        view! {
            <li>
                <FilmCanvas picture />
            </li>
        }
    };
    view! {
        <ul class="batch" aria-hidden="true" data-testid="kiosk-first-films">
            {(0..COUNT).map(film).collect_view()}
        </ul>
    }
}
