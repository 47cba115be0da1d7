//! A list of the images whose patient nothing tells, each with a field for it.

use std::collections::BTreeMap;

use imaging::pack::{PatientAnswer, fold};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement};

use super::own_words::answer;
use crate::{
    bridge::Bridge, film::FilmCanvas, i18n::use_i18n, say, tr, words, workbench::Workbench,
};

/// More images are typed into a table in less time than here.
const MOST: usize = 300;

/// An image of the list.
#[derive(Clone)]
struct Line {
    sample: usize,
    name: String,
    class: usize,
    /// What was said before.
    said: String,
}

/// Nothing where something else tells all patients, or where there are too many images.
pub(super) fn view(workbench: Workbench) -> AnyView {
    let i18n = use_i18n();
    // Closing it loses nothing of what was typed.
    let was_opened = RwSignal::new(false);
    let possible = Memo::new(move |_| {
        workbench.films.track();
        (1..=MOST).contains(&untrack(|| lines(workbench)).len())
    });
    let toggled = move |event: Event| {
        let details = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlElement>().ok());
        if details.is_some_and(|details| details.has_attribute("open")) {
            was_opened.set(true);
        }
    };
    view! {
        <details
            data-testid="patients-by-hand"
            hidden=move || !possible.get()
            on:toggle=toggled
        >
            <summary>{tr!(i18n, patients.by_hand)}</summary>
            <Show when=move || was_opened.get()>{list(workbench)}</Show>
        </details>
    }
    .into_any()
}

fn list(workbench: Workbench) -> AnyView {
    let i18n = use_i18n();
    let lines = lines(workbench).into_iter().map(|line| {
        let patient = RwSignal::new(line.said.clone());
        (line, patient)
    });
    let lines = StoredValue::new(lines.collect::<Vec<_>>());
    let given = Memo::new(move |_| {
        let patients = lines.with_value(|lines| {
            let given = lines.iter().map(|(line, patient)| {
                let patient = patient.with(|patient| fold(patient.trim()));
                (line.name.clone(), patient)
            });
            given.collect::<Vec<_>>()
        });
        let given = patients
            .into_iter()
            .filter(|(_, patient)| !patient.is_empty());
        given.collect::<BTreeMap<_, _>>()
    });
    let sentence = move || {
        let (images, patients) = given.with(|given| {
            let mut different: Vec<&String> = given.values().collect();
            different.sort();
            different.dedup();
            (given.len(), different.len())
        });
        let all = lines.with_value(Vec::len);
        say!(
            i18n,
            patients.given,
            n = images,
            images = words::films(i18n, all),
            patients = words::patients(i18n, patients)
        )
    };
    let fill = move |_| {
        let mut above = String::new();
        for (_, patient) in lines.get_value() {
            match patient.get_untracked() {
                own if own.trim().is_empty() => patient.set(above.clone()),
                own => above = own,
            }
        }
    };
    let use_them = move |_| {
        let patients = given.get_untracked();
        if !patients.is_empty() {
            answer(workbench, PatientAnswer::ByHand { patients });
        }
    };
    let rows = lines.with_value(|lines| {
        let rows = lines
            .iter()
            .map(|(line, patient)| row(workbench, line.clone(), *patient));
        rows.collect_view()
    });
    view! {
        <p class="hint">{tr!(i18n, patients.by_hand_help)}</p>
        <ol class="patients-list">{rows}</ol>
        <p role="status" data-testid="patients-given">{sentence}</p>
        <div class="row">
            <button type="button" data-testid="patients-fill" on:click=fill>
                {tr!(i18n, patients.fill)}
            </button>
            <button
                type="button"
                class="primary"
                data-testid="patients-by-hand-use"
                aria-disabled=move || given.with(BTreeMap::is_empty).to_string()
                on:click=use_them
            >
                {tr!(i18n, patients.use_rule)}
            </button>
        </div>
    }
    .into_any()
}

/// Of what only the visitor's word tells, or nothing, with what was said before.
fn lines(workbench: Workbench) -> Vec<Line> {
    let said = workbench.bridge.with_value(Bridge::said_of_patients);
    let by_word = |name: &str| match &said {
        Some(PatientAnswer::ByHand { patients }) => patients.get(name).cloned(),
        Some(PatientAnswer::ByName { rule, .. }) => rule.patient(name),
        Some(PatientAnswer::EachAnother | PatientAnswer::Unknown) | None => None,
    };
    workbench.films.with_untracked(|films| {
        let samples = films.iter().flat_map(|films| films.data.samples.iter());
        let open = samples.enumerate().filter_map(|(sample, film)| {
            let said = by_word(&film.name);
            // Else a table or the file itself says it.
            (film.patient.is_none() || film.patient == said).then(|| Line {
                sample,
                name: film.name.clone(),
                class: film.class,
                said: said.unwrap_or_default(),
            })
        });
        open.collect()
    })
}

fn row(workbench: Workbench, line: Line, patient: RwSignal<String>) -> AnyView {
    let i18n = workbench.i18n();
    let picture = workbench.thumbnail(line.sample);
    let class = workbench.class_name(line.class);
    let label = say!(i18n, patients.of_image, name = line.name.clone());
    view! {
        <li>
            <FilmCanvas picture />
            <span class="patients-name">{line.name} <br /> <span class="hint">{class}</span></span>
            <input
                type="text"
                maxlength="40"
                aria-label=label
                prop:value=patient
                on:input=move |event| patient.set(event_target_value(&event))
            />
        </li>
    }
    .into_any()
}
