//! The light box.

use gloo_timers::callback::Interval;
use leptos::prelude::*;

use crate::{
    film::FilmCard,
    i18n::use_i18n,
    say, tr, words,
    workbench::{Filter, Workbench},
};

/// Films on the light box at first, and how many more at each request.
const CHUNK: usize = 200;
/// Cards are made so many at a time, so that the page stays quick.
const AT_ONCE: usize = 12;
const PAUSE_MS: u32 = 16;

#[component]
pub fn Grid() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let visible = workbench.visible;
    let wanted = RwSignal::new(CHUNK);
    let made = RwSignal::new(AT_ONCE);
    let titled = Memo::new(move |_| {
        workbench
            .films
            .with(|films| films.as_ref().map(|films| films.data.clone()))
    });
    Effect::new(move |_| {
        titled.track();
        workbench.filter.track();
        wanted.set(CHUNK);
        made.set(AT_ONCE);
    });
    let growth = Interval::new(PAUSE_MS, move || {
        let goal = wanted
            .get_untracked()
            .min(visible.with_untracked(|films| films.len()));
        if made.get_untracked() < goal {
            made.update(|made| *made += AT_ONCE);
        }
    });
    let growth = StoredValue::new_local(growth);
    on_cleanup(move || growth.dispose());

    let total = move || visible.with(|films| films.len());
    let shown = move || wanted.get().min(total());
    let films = move || {
        let n = made.get().min(shown());
        visible.with(|films| films.iter().take(n).copied().collect::<Vec<_>>())
    };
    // The same place in other data is another film.
    let edition = Memo::new(move |before: Option<&u32>| {
        titled.track();
        before.map_or(0, |before| before + 1)
    });
    let nothing = move || total() == 0 && titled.with(Option::is_some);
    view! {
        <h2 class="unseen">{tr!(i18n, look.grid)}</h2>
        <div class="light-box" data-testid="grid">
            <For
                each=move || { let edition = edition.get(); films().into_iter().map(move |film| (edition, film)) }
                key=|key| *key
                let((_, sample))
            >
                <FilmCard sample />
            </For>
        </div>
        <Show when=nothing>
            <div class="empty">
                <p>{tr!(i18n, look.nothing_matches)}</p>
                <button type="button" on:click=move |_| workbench.filter.set(Filter::default())>
                    {tr!(i18n, look.show_all)}
                </button>
            </div>
        </Show>
        <Show when=move || titled.with(Option::is_none)>
            <p class="empty">{tr!(i18n, look.waiting)}</p>
        </Show>
        <Show when=move || { shown() < total() }>
            <div class="more">
                <p class="hint">{tr!(i18n, look.showing, shown = shown(), n = total())}</p>
                <button
                    type="button"
                    data-testid="more-films"
                    on:click=move |_| wanted.update(|wanted| *wanted += CHUNK)
                >
                    {move || {
                        let next = CHUNK.min(total() - shown());
                        say!(i18n, look.more, n = words::films(i18n, next))
                    }}
                </button>
            </div>
        </Show>
    }
}
