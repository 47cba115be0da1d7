//! First stop: films of each class; a tap opens one large.

use std::sync::Arc;

use imaging::split::Subset;
use leptos::prelude::*;

use super::{
    KioskContext, button,
    enlarge::{self, EnlargedSample},
    head, i18n,
};
use crate::{
    film::{self, FilmCanvas},
    i18n::I18n,
    say, tr, words,
    workbench::Workbench,
};
use protocol::Pack;
use ui_core::{
    kiosk::{draw, machine::Stop, parts::PartSizes},
    state::Films,
};

/// Films of each class that are shown.
const EACH: usize = 6;

#[component]
pub fn Look() -> impl IntoView {
    let i18n = i18n();
    let kiosk = expect_context::<KioskContext>();
    let workbench = kiosk.workbench;
    let lead = Signal::derive(move || {
        let films = workbench.films.get();
        let Some(films) = films else {
            return say!(i18n, kiosk.look.waits);
        };
        let names = (0..films.data.classes.len()).map(|class| words::class(i18n, &films, class));
        let names = words::all_of(i18n, &names.collect::<Vec<_>>());
        let sizes = workbench.parts.with(|parts| {
            let parts = parts.as_ref()?.as_ref().ok()?;
            Some(PartSizes::of(parts))
        });
        let Some(sizes) = sizes else {
            return say!(i18n, kiosk.look.waits);
        };
        let n = words::films(i18n, films.len());
        say!(
            i18n,
            kiosk.look.lead,
            learn = sizes.learned_from,
            films = n,
            classes = names,
            held = sizes.held_back,
            locked = sizes.locked_away
        )
    });
    let rows = move || {
        let classes = workbench.films.with(|films| {
            let films = films.as_ref();
            films.map_or(0, |films| films.data.classes.len())
        });
        (0..classes)
            .map(|class| row(i18n, kiosk, class))
            .collect_view()
    };
    let what = Signal::derive(move || {
        enlarge::class_of(workbench)
            .and_then(|class| meaning(i18n, workbench, class))
            .unwrap_or_default()
    });
    view! {
        <section class="kiosk-screen">
            {head(tr!(i18n, kiosk.look.heading), lead)}
            <div class="kiosk-classes">{rows}</div>
            <div class="kiosk-next">
                <p class="kiosk-note kiosk-aside" data-testid="kiosk-simulated">
                    {move || simulated(i18n, workbench)}
                </p>
                {button("kiosk-next", "primary kiosk-huge", tr!(i18n, kiosk.look.next), move || {
                    kiosk.go(Stop::Train);
                })}
            </div>
            <EnlargedSample what />
        </section>
    }
}

fn row(i18n: I18n, kiosk: KioskContext, class: usize) -> AnyView {
    let workbench = kiosk.workbench;
    let films = Memo::new(move |_| shown(workbench, class));
    let one = move |sample: usize| {
        let label = move || {
            say!(
                i18n,
                kiosk.look.enlarge,
                class = workbench.class_name(class)
            )
        };
        let open = move |_| {
            kiosk.look_closely(sample);
        };
        view! {
            <button
                type="button"
                class=format!("film {}", film::colour(class))
                data-testid="kiosk-sample"
                data-sample=sample.to_string()
                aria-label=label
                on:click=open
            >
                <FilmCanvas picture=workbench.thumbnail(sample) />
                <span class="film-ribbon" aria-hidden="true"></span>
            </button>
        }
    };
    view! {
        <section class="kiosk-class">
            <h2 class=film::colour(class)>
                <span class="film-ribbon" aria-hidden="true"></span>
                {move || workbench.class_name(class)}
            </h2>
            <p>{move || meaning(i18n, workbench, class)}</p>
            <div class="kiosk-films">{move || films.get().into_iter().map(one).collect_view()}</div>
        </section>
    }
    .into_any()
}

/// Training films of a class; those of the test stay unseen until the contest.
fn shown(workbench: Workbench, class: usize) -> Vec<usize> {
    let seed = workbench.state.with_untracked(|state| state.settings.seed);
    let own = workbench.films.with(|films| {
        let of = |films: &Arc<Films>| {
            let samples = films.data.samples.iter().enumerate();
            let own = samples.filter(|(_, sample)| sample.class == class);
            own.map(|(place, _)| place).collect::<Vec<_>>()
        };
        films.as_ref().map(of).unwrap_or_default()
    });
    let learnt: Vec<usize> = own
        .into_iter()
        .filter(|&sample| workbench.part_of(sample) == Some(Subset::Train))
        .collect();
    let drawn = draw::order(learnt.len(), seed).into_iter().take(EACH);
    drawn.map(|place| learnt[place]).collect()
}

/// What the built-in films are, which no X-ray tube has made.
fn simulated(i18n: I18n, workbench: Workbench) -> Option<String> {
    let films = workbench.films.get()?;
    let all: Vec<usize> = (0..films.len()).collect();
    let people = films.data.patients_of(&all)?;
    (films.pack == Some(Pack::BuiltIn)).then(|| say!(i18n, kiosk.look.simulated, n = people))
}

/// What a class of the built-in films is.
fn meaning(i18n: I18n, workbench: Workbench, class: usize) -> Option<String> {
    workbench.films.with(|films| {
        let films = films.as_ref()?;
        match films.data.classes.get(class)?.as_str() {
            "chest" => Some(say!(i18n, kiosk.look.chest)),
            "abdomen" => Some(say!(i18n, kiosk.look.abdomen)),
            _ => None,
        }
    })
}
