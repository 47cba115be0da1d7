//! How many films of each class in each part; each count shows its films.

use std::collections::BTreeSet;

use imaging::split::{SplitBy, Subset};
use leptos::prelude::*;

use crate::{
    failure, film,
    i18n::use_i18n,
    say, tr, words,
    workbench::{Filter, Workbench},
};
use ui_core::state::Films;

/// A score of so few patients says little about others.
const FEW_PATIENTS: usize = 2;

const COLUMNS: [Option<Subset>; 4] = [
    Some(Subset::Train),
    Some(Subset::Validation),
    Some(Subset::Test),
    None,
];

#[component]
pub fn Counts() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let classes = Memo::new(move |_| {
        let count = |films: &std::sync::Arc<Films>| films.data.classes.len();
        workbench
            .films
            .with(|films| films.as_ref().map_or(0, count))
    });
    let rows = move || {
        let rows = (0..classes.get()).map(Some).chain([None]);
        rows.map(|class| view! { <Row class /> }).collect_view()
    };
    let column = move |part: Option<Subset>| {
        let name = move || match part {
            Some(part) => words::part(i18n, Some(part)),
            None => say!(i18n, look.count_all),
        };
        view! { <th scope="col">{name}</th> }
    };
    view! {
        <div class="counts" data-testid="counts">
            <table>
                <caption class="unseen">{tr!(i18n, look.counts)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{tr!(i18n, look.count_class)}</th>
                        {COLUMNS.map(column).collect_view()}
                    </tr>
                </thead>
                <tbody>
                    {rows}
                    <Patients />
                </tbody>
            </table>
            <Division />
        </div>
    }
}

#[component]
fn Row(class: Option<usize>) -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let name = move || match class {
        Some(class) => workbench.class_name(class),
        None => say!(i18n, look.count_all),
    };
    view! {
        <tr>
            <th scope="row">
                {class.map(|class| view! { <span class=format!("swatch {}", film::colour(class))></span> })}
                {name}
            </th>
            {COLUMNS.map(|part| view! { <td><Cell filter=Filter { class, part } /></td> }).collect_view()}
        </tr>
    }
}

/// Different patients in each set, where any is known.
#[component]
fn Patients() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let known = Memo::new(move |_| patients(workbench, None) > 0);
    let cell = move |part| view! { <td>{move || patients(workbench, part)}</td> };
    move || {
        known.get().then(|| {
            view! {
                <tr data-testid="count-patients">
                    <th scope="row">{tr!(i18n, look.patients)}</th>
                    {COLUMNS.map(cell).collect_view()}
                </tr>
            }
        })
    }
}

#[component]
fn Cell(filter: Filter) -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let count = Memo::new(move |_| count(workbench, filter));
    let label = move || {
        let class = match filter.class {
            Some(class) => workbench.class_name(class),
            None => say!(i18n, look.every_class),
        };
        let part = match filter.part {
            Some(part) => words::part(i18n, Some(part)),
            None => say!(i18n, look.every_part),
        };
        let films = words::films(i18n, count.get());
        say!(
            i18n,
            look.count_cell,
            films = films,
            class = class,
            part = part
        )
    };
    let pressed = move || workbench.filter.get() == filter;
    view! {
        <button
            type="button"
            class="count"
            data-testid=test_id(filter)
            aria-label=label
            aria-pressed=move || pressed().to_string()
            on:click=move |_| workbench.filter.set(filter)
        >
            {count}
        </button>
    }
}

/// How the films are divided, and of how many patients they are.
#[component]
fn Division() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let by = Memo::new(move |_| workbench.state.with(|state| state.settings.split_by));
    let sentence = move || match by.get() {
        SplitBy::Image => say!(i18n, look.split_image),
        SplitBy::Patient => say!(i18n, look.split_patient),
        SplitBy::Folder => say!(i18n, look.split_folder),
    };
    let of_patients = move || {
        let n = patients(workbench, None);
        (n > 0).then(|| {
            say!(
                i18n,
                look.patients_note,
                patients = words::patients(i18n, n)
            )
        })
    };
    let few = move || {
        let n = patients(workbench, Some(Subset::Test));
        (by.get() == SplitBy::Patient && (1..=FEW_PATIENTS).contains(&n)).then(|| {
            let patients = words::patients(i18n, n);
            say!(i18n, look.few_test_patients, patients = patients)
        })
    };
    let error = move || {
        workbench.parts.with(|parts| match parts {
            Some(Err(error)) => Some(failure::split_error(i18n, error)),
            _ => None,
        })
    };
    view! {
        <p class="hint">{of_patients} " " {move || error().is_none().then(sentence)} " " {few}</p>
        <Show when=move || error().is_some()>
            <p class="problem" role="alert">{error}</p>
        </Show>
    }
}

/// How many different patients a set has, or all of them together.
fn patients(workbench: Workbench, part: Option<Subset>) -> usize {
    workbench.films.with(|films| {
        let Some(films) = films else {
            return 0;
        };
        let samples = films.data.samples.iter().enumerate();
        let own = samples
            .filter(|(place, _)| part.is_none_or(|part| workbench.part_of(*place) == Some(part)));
        let named: BTreeSet<&str> = own
            .filter_map(|(_, sample)| sample.patient.as_deref())
            .collect();
        named.len()
    })
}

fn count(workbench: Workbench, filter: Filter) -> usize {
    workbench.films.with(|films| {
        let Some(films) = films else {
            return 0;
        };
        let samples = films.data.samples.iter().enumerate();
        let counted = samples.filter(|(place, sample)| {
            filter.class.is_none_or(|class| sample.class == class)
                && filter
                    .part
                    .is_none_or(|part| workbench.part_of(*place) == Some(part))
        });
        counted.count()
    })
}

fn test_id(filter: Filter) -> String {
    let class = filter
        .class
        .map_or("all".to_owned(), |class| class.to_string());
    let part = match filter.part {
        Some(Subset::Train) => "train",
        Some(Subset::Validation) => "validation",
        Some(Subset::Test) => "test",
        None => "all",
    };
    format!("count-{class}-{part}")
}
