//! The visitor's own films, half of them mirrored.

use imaging::task::Task;
use leptos::prelude::*;

use crate::{
    i18n::use_i18n, other_films::OtherFilms, say, test::figures::keyed, tr, workbench::Workbench,
};

/// Mirrors half of the films of a class, or of all; or gives them their own classes back.
#[component]
pub fn MirrorOwn() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let mirrored = Memo::new(move |_| {
        workbench.films.with(|films| {
            let films = films.as_ref();
            films.is_some_and(|films| films.data.task == Task::Mirrored)
        })
    });
    let chosen = RwSignal::new(None::<usize>);
    let choice = keyed(move || {
        if mirrored.get() {
            return ().into_any();
        }
        chosen.set(None);
        let classes = workbench.films.with(|films| {
            let films = films.as_ref();
            films.map_or(0, |films| films.data.classes.len())
        });
        let option = move |class: usize| {
            let name = workbench.class_name(class);
            view! { <option value=class.to_string()>{name}</option> }.into_any()
        };
        let options: Vec<AnyView> = (0..classes).map(option).collect();
        view! {
            <label for="mirror-class">{tr!(i18n, task.whose)}</label>
            <select
                id="mirror-class"
                data-testid="mirror-class"
                on:change=move |event| chosen.set(event_target_value(&event).parse().ok())
            >
                <option value="">{say!(i18n, task.all_films)}</option>
                {options}
            </select>
        }
        .into_any()
    });
    // One button for both ways, so that it keeps the focus.
    let label = move || match mirrored.get() {
        true => say!(i18n, task.own_classes),
        false => say!(i18n, task.mirror_half),
    };
    let act = move |_| {
        workbench.choose_films(match mirrored.get_untracked() {
            true => OtherFilms::Task(Task::Region, None),
            false => OtherFilms::Task(Task::Mirrored, chosen.get_untracked()),
        });
    };
    view! {
        <h3 id="question-heading">{tr!(i18n, task.another)}</h3>
        <p class="hint">{tr!(i18n, task.own_words)}</p>
        <div class="row mirror-own" role="group" aria-labelledby="question-heading">
            {choice}
            <button type="button" data-testid="mirror-half" on:click=act>
                {label}
            </button>
        </div>
    }
}
