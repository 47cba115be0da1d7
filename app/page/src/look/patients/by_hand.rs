//! A list of the images whose patient nothing tells, each with a field for it.

use std::collections::BTreeMap;

use imaging::pack::PatientAnswer;
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
    patient: RwSignal<String>,
}

/// Nothing where all patients are known, or where there are too many images.
pub(super) fn view(workbench: Workbench) -> AnyView {
    let i18n = use_i18n();
    let open = RwSignal::new(false);
    let possible = Memo::new(move |_| {
        workbench.films.with(|films| {
            let samples = films.as_ref().map(|films| &films.data.samples);
            let unknown = |samples: &Vec<_>| samples.len() <= MOST;
            samples.is_some_and(unknown)
        })
    });
    let toggled = move |event: Event| {
        let details = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlElement>().ok());
        open.set(details.is_some_and(|details| details.has_attribute("open")));
    };
    view! {
        <details
            class="patients-by-hand"
            data-testid="patients-by-hand"
            hidden=move || !possible.get()
            on:toggle=toggled
        >
            <summary>{tr!(i18n, patients.by_hand)}</summary>
            {move || open.get().then(|| list(workbench))}
        </details>
    }
    .into_any()
}

fn list(workbench: Workbench) -> AnyView {
    let i18n = use_i18n();
    let lines = StoredValue::new(lines(workbench));
    let given = Memo::new(move |_| {
        let patients = lines.with_value(|lines| {
            let given = lines.iter().map(|line| {
                let patient = line.patient.with(|patient| patient.trim().to_owned());
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
        for line in lines.get_value() {
            match line.patient.get_untracked() {
                own if own.trim().is_empty() => line.patient.set(above.clone()),
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
        let rows = lines.iter().map(|line| row(workbench, line.clone()));
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

/// Of what nothing else tells, with what was typed before.
fn lines(workbench: Workbench) -> Vec<Line> {
    let before = match workbench.bridge.with_value(Bridge::said_of_patients) {
        Some(PatientAnswer::ByHand { patients }) => patients,
        _ => BTreeMap::new(),
    };
    workbench.films.with_untracked(|films| {
        let samples = films.iter().flat_map(|films| films.data.samples.iter());
        let open = samples.enumerate().filter_map(|(sample, film)| {
            let typed = before.get(&film.name);
            (film.patient.is_none() || typed.is_some()).then(|| Line {
                sample,
                name: film.name.clone(),
                class: film.class,
                patient: RwSignal::new(typed.cloned().unwrap_or_default()),
            })
        });
        open.collect()
    })
}

fn row(workbench: Workbench, line: Line) -> AnyView {
    let i18n = workbench.i18n();
    let picture = workbench.thumbnail(line.sample);
    let class = workbench.class_name(line.class);
    let label = say!(i18n, patients.of_image, name = line.name.clone());
    let patient = line.patient;
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
