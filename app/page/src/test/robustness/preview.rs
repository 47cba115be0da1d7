//! A few test films with the change, as small copies.

use std::sync::Arc;

use imaging::{dataset::Picture, film::Film, perturb::Perturbation};
use leptos::prelude::*;

use crate::{
    film::{self, FilmCanvas},
    i18n::use_i18n,
    say,
    test::figures,
    tr,
    workbench::Workbench,
};

/// Enough to see each class; more would make the sliders slow.
const SHOWN: usize = 4;

#[component]
pub fn Preview(change: RwSignal<Perturbation>) -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let shown = Memo::new(move |_| shown(workbench));
    let card = move |(sample, class): (usize, usize)| {
        let thumbnail = workbench.thumbnail(sample);
        let picture = Memo::new(move |_| {
            let small = thumbnail.get()?;
            Some(change.with(|change| changed(&small, change)))
        });
        let label = Signal::derive(move || {
            let name = workbench.class_name(class);
            say!(i18n, beyond.changes.preview_film, name = name)
        });
        view! {
            <li class=film::colour(class)>
                <FilmCanvas picture />
                <span class="film-ribbon" aria-hidden="true"></span>
                <span class="preview-name">{label}</span>
            </li>
        }
        .into_any()
    };
    let compressed = Signal::derive(move || match change.with(|change| change.jpeg_quality) {
        Some(_) => say!(i18n, beyond.changes.preview_jpeg),
        None => String::new(),
    });
    let cards = figures::keyed(move || {
        let cards: Vec<AnyView> = shown.get().into_iter().map(card).collect();
        cards.into_any()
    });
    view! {
        <section class="panel changes-preview" aria-labelledby="preview-heading" data-testid="changes-preview">
            <h2 id="preview-heading">{tr!(i18n, beyond.changes.preview)}</h2>
            <ul class="light-box preview">{cards}</ul>
            <p class="hint">{tr!(i18n, beyond.changes.preview_help)} " " {compressed}</p>
        </section>
    }
}

/// The first test films of each class, with their class.
fn shown(workbench: Workbench) -> Vec<(usize, usize)> {
    workbench.state.with(|state| {
        let Some(opened) = state.opened() else {
            return Vec::new();
        };
        let classes = opened.report.scores.confusion.len().max(1);
        let each = SHOWN.div_ceil(classes);
        let of = |class: usize| {
            let films = opened.report.films.iter();
            films.filter(move |film| film.class == class).take(each)
        };
        (0..classes)
            .flat_map(of)
            .take(SHOWN)
            .map(|film| (film.sample, film.class))
            .collect()
    })
}

fn changed(small: &Arc<Picture>, change: &Perturbation) -> Arc<Picture> {
    let greys = small.pixels.iter().map(|&grey| u16::from(grey) * 257);
    let film = Film::new(small.width, small.height, greys.collect());
    match film {
        Some(film) => {
            let longest = small.width.max(small.height);
            Arc::new(change.before_storage(&film, 0).picture(longest))
        }
        None => small.clone(),
    }
}
