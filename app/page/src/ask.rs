//! Try: give the trained network a film, and read its answer.

mod answer;
pub mod rule;

use leptos::{html, prelude::*};

use super::{
    files::take_chosen,
    film::FilmCanvas,
    importing::UnknownImages,
    network_file::NetworkFile,
    say,
    station::{Station, StationFrame, hides_next},
    tr, words,
    workbench::Workbench,
};
use crate::i18n::use_i18n;
use protocol::OddFilm;
use std::sync::Arc;

#[component]
pub fn Ask() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let ready = Memo::new(move |_| workbench.state.with(|state| state.trained().is_some()));
    let hides_next = hides_next(Station::Try, Signal::derive(move || !ready.get()));
    let input = NodeRef::<html::Input>::new();
    let act = move |_| {
        if !ready.get() {
            workbench.go(Station::Train);
        } else if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    let label = move || {
        if ready.get() {
            say!(i18n, ask.choose)
        } else {
            say!(i18n, ask.go_train)
        }
    };
    let zone = move || {
        if ready.get() {
            say!(i18n, ask.drop)
        } else {
            say!(i18n, ask.need_training)
        }
    };
    let zone_help = move || ready.get().then(|| say!(i18n, ask.drop_help));
    let take = move |_| {
        if let Some(input) = input.get_untracked() {
            let chosen = take_chosen(&input);
            if !workbench.take_network(&chosen) {
                workbench.classify(chosen);
            }
        }
    };
    view! {
        <StationFrame
            station=Station::Try
            heading=tr!(i18n, ask.heading)
            lead=tr!(i18n, ask.lead)
            buttons=ToChildren::to_children(move || {
                view! {
                    <button
                        type="button"
                        class="primary"
                        data-testid="primary"
                        hidden=hides_next
                        on:click=act
                    >
                        {label}
                    </button>
                }
            })
        >
            <input
                node_ref=input
                type="file"
                multiple
                hidden
                data-testid="choose-films"
                on:change=take
            />
            <UnknownImages />
            <div class="ask">
                <div class="ask-give">
                    <div class="drop-zone" class:drop-zone-idle=move || !ready.get() data-testid="drop-zone">
                        <p class="drop-title">{zone}</p>
                        <p class="hint">{zone_help}</p>
                    </div>
                    <OddFilms ready />
                    <Show when=move || ready.get()>
                        <rule::Rule />
                    </Show>
                </div>
                <answer::Answers />
            </div>
            <NetworkFile place="try" />
        </StationFrame>
    }
}

#[component]
fn OddFilms(ready: Memo<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let odd = Memo::new(move |_| workbench.state.with(|state| state.odd.clone()));
    let button = move |(place, film): (usize, &OddFilm)| {
        let picture = Some(Arc::new(film.picture.clone()));
        let key = film.key.clone();
        view! {
            <button
                type="button"
                class="odd"
                data-testid="odd"
                data-odd=film.key.clone()
                disabled=move || !ready.get()
                on:click=move |_| workbench.classify_odd(place)
            >
                <FilmCanvas picture=Signal::stored(picture) />
                <span>{move || words::odd_film(i18n, &key)}</span>
            </button>
        }
    };
    let own =
        Memo::new(move |_| odd.with(|odd| odd.iter().any(|film| !words::is_captioned(&film.key))));
    let heading = move || match own.get() {
        true => say!(i18n, ask.own),
        false => say!(i18n, ask.odd),
    };
    let help = move || match own.get() {
        true => say!(i18n, ask.own_help),
        false => say!(i18n, ask.odd_help),
    };
    let ask_all = move || {
        (0..odd.with_untracked(|odd| odd.len())).for_each(|place| workbench.classify_odd(place))
    };
    view! {
        <Show when=move || odd.with(|odd| !odd.is_empty())>
            <section class="odd-films" aria-labelledby="odd-heading">
                <h2 id="odd-heading">{heading}</h2>
                <p class="hint">{help}</p>
                <div class="row">
                    <button
                        type="button"
                        data-testid="ask-all"
                        disabled=move || !ready.get()
                        on:click=move |_| ask_all()
                    >
                        {tr!(i18n, insight.ask_all)}
                    </button>
                </div>
                <div class="odd-row">
                    {move || odd.with(|odd| odd.iter().enumerate().map(button).collect_view())}
                </div>
            </section>
        </Show>
    }
}
