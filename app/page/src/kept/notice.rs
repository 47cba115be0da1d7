//! What there is to say of work from before, in a line of its own: it is not in the way of who wants to begin anew.

use leptos::prelude::*;

use imaging::{
    dataset::DatasetName,
    pack::{Answers, ByHand, FilmsBefore},
};

use super::{Kept, Said};
use crate::{
    I18n, clock, i18n::use_i18n, other_films::OtherFilms, project, project::Outcome,
    reveal::reveal, say, station::Station, test::figures, tr, words,
};
use protocol::Pack;
use ui_core::{
    kept::{CameBack, KeptFilms, NeededFilms},
    state::AppState,
};

#[derive(Clone, PartialEq)]
enum Notice {
    Nothing,
    /// Work of another visit: of that time, with what.
    Offer(String, OfferedFilms),
    Later,
    /// Of a project.
    Project(Outcome),
    /// The visitor's own images, by the name of what they were in, how many, and how far they are there.
    NeedsFilms(DatasetName, usize, NeededFilms),
    /// They have brought the network back, with their patients or without any.
    CameBack {
        patients: bool,
    },
    /// So many images, of which so many had been sorted before a reload.
    NeedsSorted(usize, usize),
}

/// Where it is said.
pub const PLACE: &str = "[data-testid=kept]";

/// What work that is offered was made with.
#[derive(Clone, Copy, PartialEq)]
enum OfferedFilms {
    OfTheApp(Pack),
    /// So many of the visitor's.
    Own(usize),
}

impl OfferedFilms {
    fn of(films: &KeptFilms) -> Self {
        films.pack.map_or(Self::Own(films.films), Self::OfTheApp)
    }

    fn said(self, i18n: I18n) -> String {
        match self {
            Self::OfTheApp(Pack::BuiltIn) => say!(i18n, pack.built_in),
            Self::OfTheApp(Pack::Paediatric) => say!(i18n, pack.paediatric),
            Self::Own(n) => say!(i18n, kept.offer_own, images = words::films(i18n, n)),
        }
    }
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
            let (title, task) = (films.title.clone(), films.task);
            Some((
                DatasetName { title, task },
                films.films,
                state.needed_are()?,
            ))
        })
    });
    let hidden = RwSignal::new(None::<NeededFilms>);
    let came_back = Memo::new(move |_| state.with(|state| state.came_back));
    let sorting_seen = RwSignal::new(false);
    let sorting = Memo::new(move |_| {
        state.with(|state| {
            let before = state.sorting_before.as_ref()?;
            let elsewhere = state.desk.is_none() && !state.sorting_waits_here();
            elsewhere.then(|| (before.images(), before.sorted()))
        })
    });
    let notice = Memo::new(move |_| {
        let said = kept.said.with(|said| match said {
            Said::Nothing => Notice::Nothing,
            Said::Later => Notice::Later,
            Said::Offer(offer) => {
                let time = clock::short(offer.record.saved, i18n.language());
                Notice::Offer(time, OfferedFilms::of(&offer.work.films))
            }
        });
        match kept.workbench.project_outcome.get() {
            // Said beside its button.
            None | Some(Outcome::Saved(_)) => {}
            Some(outcome) => return Notice::Project(outcome),
        }
        match (said, needed.get()) {
            (Notice::Offer(..), _) if has_run.get() => Notice::Nothing,
            // Where the files lie before the visitor this is asked there.
            (Notice::Nothing, Some((.., NeededFilms::InAPile))) => Notice::Nothing,
            // They are on their way out of this browser.
            (Notice::Nothing, Some(_)) if kept.images_found.get().is_some() => Notice::Nothing,
            (Notice::Nothing, Some((name, n, there))) if hidden.get() != Some(there) => {
                Notice::NeedsFilms(name, n, there)
            }
            (Notice::Nothing, _) => match came_back.get() {
                CameBack::Network { patients } => Notice::CameBack { patients },
                CameBack::Nothing => match sorting.get() {
                    Some((images, sorted)) if !sorting_seen.get() => {
                        Notice::NeedsSorted(images, sorted)
                    }
                    _ => Notice::Nothing,
                },
            },
            (said, _) => said,
        }
    });
    let words = figures::keyed(move || {
        match notice.get() {
        Notice::Nothing => ().into_any(),
        Notice::Later => view! {
            {tr!(i18n, kept.later)}
            " "
            {hide(kept)}
        }
        .into_any(),
        Notice::Project(outcome) => view! {
            {move || project::said(i18n, outcome)}
            " "
            <button
                type="button"
                data-testid="project-seen"
                on:click=move |_| kept.workbench.project_outcome.set(None)
            >
                {tr!(i18n, keeping.seen)}
            </button>
        }
        .into_any(),
        Notice::Offer(time, films) => view! {
            {move || say!(i18n, kept.offer, time = time.clone(), what = films.said(i18n))}
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
        Notice::NeedsFilms(name, n, there) => view! {
            {move || needs_films(kept, &name, n, there)}
            " "
            {as_before(kept, there)}
            " "
            {show_curves(kept)}
            " "
            <button type="button" data-testid="kept-anew" on:click=move |_| hidden.set(Some(there))>
                {tr!(i18n, keeping.seen)}
            </button>
        }
        .into_any(),
        Notice::NeedsSorted(images, sorted) => view! {
            {move || {
                let images = words::films(i18n, images);
                say!(i18n, kept.needs_sorting, sorted = sorted, images = images)
            }}
            " "
            <button type="button" data-testid="sorting-seen" on:click=move |_| sorting_seen.set(true)>
                {tr!(i18n, keeping.seen)}
            </button>
            " "
            <button
                type="button"
                data-testid="sorting-forget"
                on:click=move |_| state.update(|state| state.sorting_before = None)
            >
                {tr!(i18n, kept.forget_sorting)}
            </button>
        }
        .into_any(),
        Notice::CameBack { patients } => view! {
            {move || match patients {
                true => say!(i18n, kept.came_back),
                false => say!(i18n, kept.came_back_no_patients),
            }}
            " "
            <button
                type="button"
                data-testid="kept-seen"
                on:click=move |_| state.update(|state| state.came_back = CameBack::Nothing)
            >
                {tr!(i18n, keeping.seen)}
            </button>
        }
        .into_any(),
    }
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

fn needs_films(kept: Kept, name: &DatasetName, n: usize, there: NeededFilms) -> String {
    let i18n = kept.workbench.i18n();
    let images = words::films(i18n, n);
    let curves = kept
        .workbench
        .state
        .with(|state| state.has_waiting_curves());
    match there {
        NeededFilms::None => {
            let title = words::title(i18n, name);
            match curves {
                true => say!(i18n, kept.needs_films, title = title, n = n),
                false => say!(i18n, kept.needs_sorted, title = title, n = n),
            }
        }
        NeededFilms::But(missing) => {
            say!(i18n, kept.some_missing, images = images, n = missing)
        }
        NeededFilms::SaidOtherwise => say!(i18n, kept.said_otherwise, images = images),
        NeededFilms::InAPile => say!(i18n, kept.in_a_pile, images = images),
    }
}

/// To the curves that are there without their network.
fn show_curves(kept: Kept) -> AnyView {
    let i18n = use_i18n();
    let none = move || {
        let state = kept.workbench.state;
        state.with(|state| !state.has_waiting_curves())
    };
    let press = move |_| {
        kept.workbench.go(Station::Test);
        reveal(".earlier", "#runs-heading");
    };
    view! {
        <button type="button" data-testid="kept-curves" hidden=none on:click=press>
            {tr!(i18n, kept.curves)}
        </button>
    }
    .into_any()
}

/// Whether files without classes may be the images from before.
pub fn is_in_a_pile() -> Memo<bool> {
    let kept = use_context::<Kept>();
    Memo::new(move |_| {
        let asked = |state: &AppState| state.needed_are() == Some(NeededFilms::InAPile);
        kept.is_some_and(|kept| kept.workbench.state.with(asked))
    })
}

/// Beside files without classes: that they are the images from before.
pub fn of_a_pile() -> AnyView {
    let asked = is_in_a_pile();
    figures::keyed(move || match (asked.get(), use_context::<Kept>()) {
        (true, Some(kept)) => in_a_pile(kept).into_any(),
        _ => ().into_any(),
    })
}

fn in_a_pile(kept: Kept) -> Option<AnyView> {
    let (name, n) = kept.workbench.state.with_untracked(|state| {
        let films = state.needed_films()?;
        let (title, task) = (films.title.clone(), films.task);
        Some((DatasetName { title, task }, films.films))
    })?;
    let there = NeededFilms::InAPile;
    let view = view! {
        <p class="strong" data-testid="kept-in-a-pile">{move || needs_films(kept, &name, n, there)}</p>
        {as_before(kept, there)}
    };
    Some(view.into_any())
}

/// Gives the images that are there the classes and patients from before, and with them comes the network.
fn as_before(kept: Kept, there: NeededFilms) -> Option<AnyView> {
    let i18n = use_i18n();
    let again: fn(Answers) -> OtherFilms = match there {
        NeededFilms::None | NeededFilms::But(_) => return None,
        NeededFilms::SaidOtherwise => OtherFilms::Present,
        NeededFilms::InAPile => OtherFilms::Again,
    };
    let press = move |_| {
        let state = kept.workbench.state;
        if let Some(answers) = state.with_untracked(|state| films_before(state.needed_films()?)) {
            kept.workbench.choose_films(again(answers));
        }
    };
    let button = view! {
        <button type="button" class="primary" data-testid="kept-as-before" on:click=press>
            {tr!(i18n, kept.as_before)}
        </button>
    };
    Some(button.into_any())
}

/// The answer that gives a load what was said of these films before.
fn films_before(films: &KeptFilms) -> Option<Answers> {
    let before = films.before.clone()?;
    Some(answer_before(before))
}

/// See [`ByHand::AsBefore`].
pub(super) fn answer_before(before: Box<FilmsBefore>) -> Answers {
    Answers {
        by_hand: Some(ByHand::AsBefore(before)),
        ..Answers::default()
    }
}
