//! Which films, and what is asked about them.

use imaging::task::Task;
use leptos::prelude::*;

use super::{
    own_data::{OwnData, own_data},
    site_packs,
};
use crate::{
    I18n, chunk::fetched, i18n::use_i18n, other_films::OtherFilms, say, test::figures::keyed, tr,
    words, workbench::Workbench,
};
use protocol::Pack;
use ui_core::state::Films;

/// What is loaded: which of the app's own packs, and the task.
type Present = Option<(Option<Pack>, Task)>;

#[component]
pub fn Packs() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let present: Memo<Present> = Memo::new(move |_| {
        let present = |films: &std::sync::Arc<Films>| (films.pack, films.data.task);
        workbench.films.with(|films| films.as_ref().map(present))
    });
    let pack = move || present.get().and_then(|(pack, _)| pack);
    let task = move || present.get().map(|(_, task)| task);
    let load = move |wanted: Pack| {
        if pack() != Some(wanted) {
            workbench.choose_films(OtherFilms::Pack(wanted));
        }
    };
    let ask = move |wanted: Task| {
        if task() != Some(wanted) {
            workbench.choose_films(OtherFilms::Task(wanted, None));
        }
    };
    let source = Memo::new(move |_| present.get().map(|(pack, _)| pack));
    let questions = keyed(move || match source.get() {
        Some(Some(pack)) => {
            let cards = [Task::Region, Task::Mirrored].map(|wanted| {
                Card {
                    id: task_id(wanted).to_owned(),
                    words: task_words(i18n, pack, wanted),
                    facts: String::new(),
                    pressed: Signal::derive(move || task() == Some(wanted)),
                    choose: Callback::new(move |()| ask(wanted)),
                }
                .view()
            });
            view! {
                <h3 id="question-heading">{tr!(i18n, task.heading)}</h3>
                <div class="cards" role="group" aria-labelledby="question-heading">
                    {cards.into_iter().collect::<Vec<_>>()}
                </div>
            }
            .into_any()
        }
        Some(None) => fetched(move || Box::pin(own_data(workbench, OwnData::Loaded))),
        None => ().into_any(),
    });
    let films = keyed(move || {
        let cards = [Pack::BuiltIn, Pack::Paediatric].map(|wanted| {
            Card {
                id: pack_id(wanted).to_owned(),
                words: pack_words(i18n, wanted),
                facts: pack_facts(i18n, wanted),
                pressed: Signal::derive(move || pack() == Some(wanted)),
                choose: Callback::new(move |()| load(wanted)),
            }
            .view()
        });
        cards.into_iter().collect::<Vec<_>>().into_any()
    });
    let note = keyed(move || {
        let words = match present.get() {
            Some((pack, Task::Mirrored)) => mirrored_note(i18n, pack),
            Some((Some(Pack::Paediatric), Task::Region)) => say!(i18n, pack.paediatric_note),
            _ => return ().into_any(),
        };
        view! { <p class="packs-note" data-testid="task-note">{words}</p> }.into_any()
    });
    view! {
        <section class="packs panel" data-testid="packs" aria-labelledby="packs-heading">
            <h2 id="packs-heading">{tr!(i18n, pack.heading)}</h2>
            <div class="cards" role="group" aria-labelledby="packs-heading">{films}</div>
            {site_packs::view(workbench)}
            {questions}
            <div aria-live="polite">{note}</div>
        </section>
    }
}

/// A choice with a sentence on it.
pub(super) struct Card {
    pub(super) id: String,
    /// What it is called, and what it is.
    pub(super) words: (String, String),
    /// How much, how large, whose.
    pub(super) facts: String,
    pub(super) pressed: Signal<bool>,
    pub(super) choose: Callback<()>,
}

impl Card {
    pub(super) fn view(self) -> AnyView {
        let Self {
            id,
            words: (name, sentence),
            facts,
            pressed,
            choose,
        } = self;
        view! {
            <button
                type="button"
                class="card"
                data-testid=id
                aria-pressed=move || pressed.get().to_string()
                on:click=move |_| choose.run(())
            >
                <span class="card-name">{name}</span>
                <span class="card-words">{sentence}</span>
                <span class="card-facts">{facts}</span>
            </button>
        }
        .into_any()
    }
}

fn pack_id(pack: Pack) -> &'static str {
    match pack {
        Pack::BuiltIn => "pack-built-in",
        Pack::Paediatric => "pack-paediatric",
    }
}

fn task_id(task: Task) -> &'static str {
    match task {
        Task::Region => "task-region",
        Task::Mirrored => "task-mirrored",
    }
}

fn pack_words(i18n: I18n, pack: Pack) -> (String, String) {
    match pack {
        Pack::BuiltIn => (say!(i18n, pack.built_in), say!(i18n, pack.built_in_words)),
        Pack::Paediatric => (
            say!(i18n, pack.paediatric),
            say!(i18n, pack.paediatric_words),
        ),
    }
}

/// How many films, how many megabytes, under which licence.
fn pack_facts(i18n: I18n, pack: Pack) -> String {
    let (films, megabytes, licence) = match pack {
        Pack::BuiltIn => (192, 1.1, say!(i18n, pack.built_in_licence)),
        Pack::Paediatric => (16, 0.2, say!(i18n, pack.paediatric_licence)),
    };
    let films = words::films(i18n, films);
    let size = words::fixed(i18n, megabytes, 1);
    say!(
        i18n,
        pack.facts,
        films = films,
        size = size,
        licence = licence
    )
}

fn task_words(i18n: I18n, pack: Pack, task: Task) -> (String, String) {
    match (pack, task) {
        (Pack::BuiltIn, Task::Region) => (say!(i18n, task.region), say!(i18n, task.region_words)),
        (Pack::Paediatric, Task::Region) => {
            (say!(i18n, task.pneumonia), say!(i18n, task.pneumonia_words))
        }
        (_, Task::Mirrored) => (say!(i18n, task.mirrored), say!(i18n, task.mirrored_words)),
    }
}

fn mirrored_note(i18n: I18n, pack: Option<Pack>) -> String {
    let where_it_is = say!(i18n, task.mirrored_note);
    match pack {
        Some(Pack::BuiltIn) => format!("{where_it_is} {}", say!(i18n, task.three_people)),
        Some(Pack::Paediatric) => format!("{where_it_is} {}", say!(i18n, task.letters)),
        None => format!("{where_it_is} {}", say!(i18n, task.traces)),
    }
}
