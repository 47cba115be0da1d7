//! Fourth stop: a film of the visitor's own, one of the test set, or an odd one.

use std::sync::Arc;

use imaging::report::TestFilm;
use leptos::{html, prelude::*};

use super::{KioskContext, browser, camera::Photograph, head, i18n};
use crate::{
    files::{Named, take_chosen},
    film::FilmCanvas,
    say, tr, words,
};
use protocol::OddFilm;
use ui_core::kiosk::{machine::Stop, ordinary};

/// Asks the network about films and goes to its answer.
pub fn ask(kiosk: KioskContext, films: Vec<Named>) {
    if films.is_empty() {
        return;
    }
    kiosk.workbench.classify(films);
    kiosk.go(Stop::Answer);
}

#[component]
pub fn Film() -> impl IntoView {
    let i18n = i18n();
    let kiosk = expect_context::<KioskContext>();
    let workbench = kiosk.workbench;
    let odd = Memo::new(move |_| workbench.state.with(|state| state.odd.clone()));
    let settings = kiosk.set();
    let choice = move |(place, film): (usize, &OddFilm)| {
        let picture = Some(Arc::new(film.picture.clone()));
        let key = film.key.clone();
        let press = move |_| {
            workbench.classify_odd(place);
            kiosk.go(Stop::Answer);
        };
        view! {
            <button type="button" class="kiosk-odd" data-testid="kiosk-odd" data-odd=film.key.clone() on:click=press>
                <FilmCanvas picture=Signal::stored(picture) />
                <span>{move || words::odd_film(i18n, &key)}</span>
            </button>
        }
    };
    // The door was opened for the contest, also where that was skipped.
    let ordinary = Memo::new(move |_| {
        workbench.state.with(|state| {
            let seed = state.settings.seed;
            let opened = state.opened();
            opened.map_or_else(Vec::new, |opened| {
                ordinary::samples(&opened.report.films, seed)
            })
        })
    });
    let ordinary_choice = move |film: TestFilm| {
        let press = move |_| {
            workbench.classify_sample(film.sample);
            kiosk.go(Stop::Answer);
        };
        let is_right = metrics::answer(&film.probabilities) == film.class;
        let label = move || {
            let class = workbench.class_name(film.class);
            match is_right {
                true => say!(i18n, kiosk.film.it_got, class = class),
                false => say!(i18n, kiosk.film.it_missed, class = class),
            }
        };
        view! {
            <button
                type="button"
                class="kiosk-odd"
                data-testid="kiosk-ordinary"
                on:click=press
            >
                <FilmCanvas picture=workbench.thumbnail(film.sample) />
                <span>{label}</span>
            </button>
        }
    };
    let input = NodeRef::<html::Input>::new();
    let take = move |_| {
        if let Some(input) = input.get_untracked() {
            ask(kiosk, take_chosen(&input));
        }
    };
    let choose = move || {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    let files = settings.files.then(|| {
        view! {
            <input node_ref=input type="file" accept="image/png,image/jpeg" hidden data-testid="kiosk-file" on:change=take />
            {super::button("kiosk-choose", "kiosk-button", tr!(i18n, kiosk.film.choose), choose)}
        }
    });
    // Only what is possible here is offered.
    let camera = settings.camera && kiosk.has_camera.get_untracked();
    let drags = settings.files && browser::can_drag();
    let zone = settings.files.then(|| {
        view! {
            <div class="drop-zone kiosk-drop" data-testid="kiosk-drop">
                {drags.then(|| view! { <p class="drop-title">{tr!(i18n, kiosk.film.drop)}</p> })}
                {files}
            </div>
        }
    });
    // Nothing is left out by who has asked.
    let has_asked = Memo::new(move |_| workbench.state.with(|state| !state.questions.is_empty()));
    let onward = Signal::derive(move || match has_asked.get() {
        true => say!(i18n, kiosk.answer.next),
        false => say!(i18n, kiosk.film.next),
    });
    view! {
        <section class="kiosk-screen">
            {head(tr!(i18n, kiosk.film.heading), tr!(i18n, kiosk.film.lead))}
            <div class="kiosk-own">
                {camera.then(|| view! { <Photograph /> })}
                {zone}
            </div>
            <h2>{tr!(i18n, kiosk.film.odd)}</h2>
            <div class="kiosk-odds">
                {move || odd.with(|odd| odd.iter().enumerate().map(choice).collect_view())}
                // After the others, as they come later where the contest was skipped.
                {move || ordinary.get().into_iter().map(ordinary_choice).collect_view()}
            </div>
            <div class="kiosk-next">
                <p class="kiosk-note kiosk-aside">{tr!(i18n, kiosk.film.can_miss)}</p>
                {super::button("kiosk-next", "kiosk-button", onward, move || kiosk.go(Stop::End))}
            </div>
        </section>
    }
}
