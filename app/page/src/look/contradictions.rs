//! The same film under several classes: the visitor says which is right.

use imaging::pack::{Answers, Contradiction, Ruling};
use leptos::prelude::*;

use crate::{i18n::use_i18n, other_films::OtherFilms, say, tr, words, workbench::Workbench};

#[component]
pub fn Contradictions(groups: Vec<Contradiction>) -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let ruling = |group: &Contradiction| Ruling {
        classes: group.classes.clone(),
        keep: None,
    };
    let rulings = RwSignal::new(groups.iter().map(ruling).collect::<Vec<_>>());
    let load = move |_| {
        workbench.choose_films(OtherFilms::Again(Answers {
            rulings: rulings.get(),
            ..Answers::default()
        }));
    };
    let row = move |(place, group): (usize, Contradiction)| {
        let classes = group.classes.clone();
        let choose = move |event| {
            let chosen: Option<usize> = event_target_value(&event).parse().ok();
            let keep = chosen.and_then(|index| classes.get(index).cloned());
            rulings.update(|rulings| rulings[place].keep = keep);
        };
        let options = group
            .classes
            .iter()
            .cloned()
            .enumerate()
            .map(|(index, class)| {
                view! {
                    <option value=index.to_string()>
                        {tr!(i18n, look.contradiction_keep, class = class.clone())}
                    </option>
                }
            });
        let films = group.films.iter().map(|copies| {
            view! { <li>{copies.join(" = ")}</li> }
        });
        let n = group.films.len();
        let classes = group.classes.clone();
        let label = move || {
            let classes = words::all_of(i18n, &classes);
            say!(i18n, look.contradiction, n = n, classes = classes)
        };
        view! {
            <label class="field">
                <span>{label}</span>
                <select on:change=choose>
                    <option value="">{tr!(i18n, look.contradiction_none)}</option>
                    {options.collect_view()}
                </select>
            </label>
            <ul class="file-problems" tabindex="0" aria-labelledby="load-heading">{films.collect_view()}</ul>
        }
    };
    view! {
        {groups.into_iter().enumerate().map(row).collect_view()}
        <button type="button" class="primary" on:click=load>
            {tr!(i18n, look.roles_load)}
        </button>
    }
}
