//! Patients in more than one set, and what mends that.

use imaging::{
    pack::Answers,
    settings::Settings,
    split::{SplitBy, shared_patients, split},
};
use leptos::prelude::*;

use crate::{
    i18n::use_i18n, other_films::OtherFilms, say, test::figures::keyed, tr, words,
    workbench::Workbench,
};

/// Patients who are named.
const NAMED: usize = 5;

#[derive(Clone, PartialEq)]
struct Leak {
    patients: usize,
    /// The first of them.
    named: Vec<String>,
    by: SplitBy,
    /// Whether a division by patient is possible.
    divisible: bool,
}

/// Of the visitor's own images; in the built-in ones it is the lesson that shows it.
pub fn view(workbench: Workbench) -> AnyView {
    let i18n = use_i18n();
    // By itself, as the state changes with every step of a training.
    let division = Memo::new(move |_| {
        let of = |settings: &Settings| (settings.split_by, settings.seed);
        workbench.state.with(|state| of(&state.settings))
    });
    let leak = Memo::new(move |_| {
        let parts = workbench.parts.get()?.ok()?;
        let (by, seed) = division.get();
        workbench.films.with(|films| {
            let data = &films.as_ref().filter(|films| films.pack.is_none())?.data;
            let parts: Vec<_> = parts.iter().copied().map(Some).collect();
            let shared = shared_patients(data, &parts);
            let named = shared.iter().take(NAMED);
            (!shared.is_empty()).then(|| Leak {
                patients: shared.len(),
                named: named.map(|one| one.patient.clone()).collect(),
                by,
                divisible: split(data, SplitBy::Patient, seed).is_ok(),
            })
        })
    });
    let by_patient = move |_| {
        workbench
            .state
            .update(|state| state.settings.split_by = SplitBy::Patient);
    };
    let apart = move |_| {
        workbench.choose_films(OtherFilms::Present(Answers {
            patients_apart: true,
            ..Answers::default()
        }));
    };
    keyed(move || {
        let Some(leak) = leak.get() else {
            return ().into_any();
        };
        let (n, named) = (leak.patients, leak.named.join(", "));
        let sentence = move || {
            let patients = words::patients(i18n, n);
            say!(
                i18n,
                leaks.found,
                n = n,
                patients = patients,
                named = named.clone()
            )
        };
        let mend = (leak.divisible && leak.by != SplitBy::Patient).then(|| {
            view! {
                <button type="button" class="primary" data-testid="leak-by-patient" on:click=by_patient>
                    {tr!(i18n, leaks.by_patient)}
                </button>
            }
        });
        let keep = (leak.by == SplitBy::Folder).then(|| {
            view! {
                <button type="button" data-testid="leak-apart" on:click=apart>
                    {tr!(i18n, leaks.apart)}
                </button>
            }
        });
        view! {
            <div class="notice problem" role="status" data-testid="leak">
                <p>{sentence}</p>
                <div class="row">{mend} {keep}</div>
            </div>
        }
        .into_any()
    })
}
