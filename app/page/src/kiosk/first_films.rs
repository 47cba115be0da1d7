//! Films that are shown until the first step of a training has some: as soon as there are any.

use imaging::split::Subset;
use leptos::prelude::*;

use super::KioskContext;
use crate::film::FilmCanvas;

/// From all over those that are trained on, so that each class is among them; without parts, from all over the pack.
#[component]
pub fn FirstFilms(count: usize) -> impl IntoView {
    let workbench = expect_context::<KioskContext>().workbench;
    let samples = Memo::new(move |_| {
        let all = workbench.films.get().map_or(0, |films| films.len());
        let learned_from: Vec<usize> = (0..all)
            .filter(|&sample| workbench.part_of(sample) == Some(Subset::Train))
            .collect();
        match learned_from.is_empty() {
            true => (0..all).collect(),
            false => learned_from,
        }
    });
    let film = move |place: usize| {
        let picture = Memo::new(move |_| {
            let sample =
                samples.with(|samples| samples.get(place * samples.len() / count).copied())?;
            workbench.films.with(|films| {
                let thumbnails = &films.as_ref()?.thumbnails;
                thumbnails.get(sample).cloned().flatten()
            })
        });
        view! {
            <li>
                <FilmCanvas picture />
            </li>
        }
    };
    view! {
        <ul class="batch kiosk-first" aria-hidden="true" data-testid="kiosk-first-films">
            {(0..count).map(film).collect_view()}
        </ul>
    }
}
