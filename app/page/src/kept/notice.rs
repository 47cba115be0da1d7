//! What there is to say of work from before, in a line of its own: it is not in the way of who wants to begin anew.

use leptos::prelude::*;

use super::{Kept, Said};
use crate::{clock, i18n::use_i18n, say, test::figures, tr};

#[derive(Clone, PartialEq)]
enum Notice {
    Nothing,
    /// Work of another visit, of that time.
    Offer(String),
    Later,
    /// The visitor's own images, by the name of what they were in, and how many.
    NeedsFilms(String, usize),
}

#[component]
pub fn KeptNotice() -> impl IntoView {
    let i18n = use_i18n();
    let Some(kept) = use_context::<Kept>() else {
        return ().into_any();
    };
    let state = kept.workbench.state;
    let has_run = Memo::new(move |_| state.with(|state| state.run.is_some()));
    let needed = Memo::new(move |_| {
        state.with(|state| {
            let films = state.needed_films()?;
            Some((films.title.clone(), films.films))
        })
    });
    let hidden = RwSignal::new(false);
    let notice = Memo::new(move |_| {
        let said = kept.said.with(|said| match said {
            Said::Nothing => Notice::Nothing,
            Said::Later => Notice::Later,
            Said::Offer(offer) => Notice::Offer(clock::short(offer.record.saved, i18n.language())),
        });
        match (said, needed.get()) {
            (Notice::Offer(_), _) if has_run.get() => Notice::Nothing,
            (Notice::Nothing, Some((title, n))) if !hidden.get() => Notice::NeedsFilms(title, n),
            (said, _) => said,
        }
    });
    let words = figures::keyed(move || match notice.get() {
        Notice::Nothing => ().into_any(),
        Notice::Later => view! {
            {tr!(i18n, kept.later)}
            " "
            {hide(kept)}
        }
        .into_any(),
        Notice::Offer(time) => view! {
            {tr!(i18n, kept.offer, time = time.clone())}
            " "
            <button
                type="button"
                data-testid="kept-go-on"
                on:click=move |_| {
                    if let Said::Offer(offer) = kept.said.get_untracked() {
                        kept.accept(*offer);
                    }
                }
            >
                {tr!(i18n, kept.go_on)}
            </button>
            " "
            {hide(kept)}
        }
        .into_any(),
        Notice::NeedsFilms(title, n) => view! {
            {move || {
                // Files that were chosen one by one have no name in common.
                let title = match title.is_empty() {
                    true => say!(i18n, kept.untitled),
                    false => title.clone(),
                };
                say!(i18n, kept.needs_films, title = title, n = n)
            }}
            " "
            <button type="button" data-testid="kept-anew" on:click=move |_| hidden.set(true)>
                {tr!(i18n, keeping.seen)}
            </button>
        }
        .into_any(),
    });
    view! {
        <p class="keeping" role="status" data-testid="kept">{words}</p>
    }
    .into_any()
}

fn hide(kept: Kept) -> AnyView {
    let i18n = use_i18n();
    view! {
        <button
            type="button"
            data-testid="kept-anew"
            on:click=move |_| kept.said.set(Said::Nothing)
        >
            {tr!(i18n, kept.anew)}
        </button>
    }
    .into_any()
}
