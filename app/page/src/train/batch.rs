//! The films of the last step, with what the network thought of them.

use gloo_timers::callback::Interval;
use imaging::report::BatchFilm;
use leptos::prelude::*;

use super::microscope;
use crate::{film, film::FilmCanvas, i18n::use_i18n, say, tr, words, workbench::Workbench};
use ui_core::{kiosk::pace::Pace, state::Run};

/// Faster than this nobody can follow.
const SHOWN_EVERY_MS: u32 = 250;
/// Films of a batch that are shown.
const MOST: usize = 16;

#[component]
pub fn Batch() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let any = Memo::new(move |_| {
        let films = |run: &Run| !run.batch.is_empty();
        workbench
            .state
            .with(|state| state.run.as_ref().is_some_and(films))
    });
    let looked_at = microscope::is_open(workbench);
    view! {
        <Show when=move || any.get() && !looked_at.get()>
            <section aria-labelledby="batch-heading">
                <h2 id="batch-heading">{tr!(i18n, train.batch_heading)}</h2>
                <p class="hint">{tr!(i18n, train.batch_help)}</p>
                <Films most=MOST />
            </section>
        </Show>
    }
}

/// The films alone, at most so many of them.
#[component]
pub fn Films(
    most: usize,
    /// How much of the run is shown, where that is not all.
    #[prop(optional, into)]
    pace: Option<Signal<Pace>>,
) -> impl IntoView {
    let workbench = expect_context::<Workbench>();
    let batch = RwSignal::new(Vec::<BatchFilm>::new());
    let show = move || {
        let present = workbench.state.with_untracked(|state| {
            let run = state.run.as_ref();
            let batch = run.map(|run| match pace {
                Some(pace) => pace.get_untracked().batch(run).to_vec(),
                None => run.batch.clone(),
            });
            batch.unwrap_or_default()
        });
        if batch.with_untracked(|shown| *shown != present) {
            batch.set(present);
        }
    };
    show();
    let pace = Interval::new(SHOWN_EVERY_MS, show);
    let pace = StoredValue::new_local(pace);
    on_cleanup(move || pace.dispose());
    let places = Memo::new(move |_| batch.with(Vec::len).min(most));
    view! {
        <ul class="batch" data-testid="batch">
            <For each=move || 0..places.get() key=|place| *place let(place)>
                <Place batch place />
            </For>
        </ul>
    }
}

/// One place of the batch; films come and go in it.
#[component]
fn Place(batch: RwSignal<Vec<BatchFilm>>, place: usize) -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let film = Memo::new(move |_| batch.with(|batch| batch.get(place).cloned()));
    let picture = Memo::new(move |_| {
        let sample = film.with(|film| film.as_ref().map(|film| film.sample))?;
        workbench.films.with(|films| {
            let thumbnails = &films.as_ref()?.thumbnails;
            thumbnails.get(sample).cloned().flatten()
        })
    });
    // The share that the network gave to the film's own class.
    let shown = move || {
        let film = film.get()?;
        let class = workbench.films.with(|films| {
            let samples = &films.as_ref()?.data.samples;
            samples.get(film.sample).map(|sample| sample.class)
        })?;
        let probability = film.probabilities.get(class).copied().unwrap_or_default();
        let share = words::surety(i18n, probability);
        let label = say!(
            i18n,
            train.batch_label,
            class = workbench.class_name(class),
            share = share.clone()
        );
        let view_note = (film.view > 0).then(|| say!(i18n, train.view));
        Some(view! {
            <span class="unseen">{label}</span>
            <span class="bar-track" aria-hidden="true">
                <span
                    class=format!("bar-fill {}", film::colour(class))
                    style:width=format!("{}%", probability * 100.0)
                ></span>
            </span>
            <span class="batch-words" aria-hidden="true">
                <span>{workbench.class_name(class)}</span>
                <span>{share}</span>
            </span>
            <span class="batch-view" aria-hidden="true">{view_note}</span>
        })
    };
    view! {
        <li>
            <FilmCanvas picture />
            {shown}
        </li>
    }
}
