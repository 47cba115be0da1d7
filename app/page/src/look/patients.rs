//! Which images are of the same patient: what is known, and what the names of the files could tell.

mod by_hand;
mod own_words;

use imaging::pack::{PatientAnswer, PatientCandidate, PatientRule, patient_rules};
use leptos::prelude::*;

use crate::{I18n, i18n::use_i18n, say, test::figures::keyed, tr, words, workbench::Workbench};

/// Images whose patient is known, all of them, and how many patients these are.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Known {
    images: usize,
    all: usize,
    patients: usize,
}

pub fn view(workbench: Workbench) -> AnyView {
    let i18n = use_i18n();
    let known = Memo::new(move |_| {
        workbench.films.with(|films| {
            let samples = &films.as_ref()?.data.samples;
            let patients: Vec<&str> = samples
                .iter()
                .filter_map(|sample| sample.patient.as_deref())
                .collect();
            let different: std::collections::BTreeSet<&str> = patients.iter().copied().collect();
            Some(Known {
                images: patients.len(),
                all: samples.len(),
                patients: different.len(),
            })
        })
    });
    let sentence = Signal::derive(move || match known.get() {
        None => String::new(),
        Some(Known { images: 0, .. }) => say!(i18n, patients.unknown),
        Some(Known {
            images,
            all,
            patients,
        }) if images == all => {
            say!(
                i18n,
                patients.known,
                patients = words::patients(i18n, patients)
            )
        }
        Some(Known {
            images,
            all,
            patients,
        }) => say!(
            i18n,
            patients.partly,
            known = images,
            images = words::films(i18n, all),
            patients = words::patients(i18n, patients)
        ),
    });
    let all_known = Memo::new(move |_| known.get().is_none_or(|known| known.images == known.all));
    // Reading all names takes a moment, and is done for whoever asks.
    let offered = RwSignal::new(None::<Vec<PatientCandidate>>);
    Effect::new(move |_| {
        known.track();
        offered.set(None);
    });
    let look = move |_| {
        let found = workbench.films.with_untracked(|films| {
            let films = films.as_ref()?;
            let names = films.data.samples.iter().map(|sample| &*sample.name);
            Some(patient_rules(&names.collect::<Vec<_>>()))
        });
        offered.set(Some(found.unwrap_or_default()));
    };
    let none_known = Memo::new(move |_| known.get().is_some_and(|known| known.images == 0));
    let content = keyed(move || match offered.get() {
        None => view! {
            <button
                type="button"
                data-testid="patients-by-name"
                hidden=move || all_known.get()
                on:click=look
            >
                {tr!(i18n, patients.by_name)}
            </button>
            {own_words::take_back(workbench)}
        }
        .into_any(),
        Some(rules) if rules.is_empty() => view! {
            <p role="status">{tr!(i18n, patients.no_rule)}</p>
            {own_words::each_another(workbench, none_known)}
        }
        .into_any(),
        Some(rules) => view! {
            {choice(workbench, i18n, rules)}
            {own_words::each_another(workbench, none_known)}
        }
        .into_any(),
    });
    view! {
        <h3>{tr!(i18n, patients.heading)}</h3>
        <p data-testid="patients-known">{sentence}</p>
        {content}
        {keyed(move || {
            known.track();
            by_hand::view(workbench)
        })}
    }
    .into_any()
}

/// The rules, each with the patients that it makes; nothing is taken from names unseen.
fn choice(workbench: Workbench, i18n: I18n, rules: Vec<PatientCandidate>) -> AnyView {
    let chosen = RwSignal::new(0_usize);
    let cards = rules.iter().cloned().enumerate().map(|(place, candidate)| {
        let (title, facts, example) = described(i18n, &candidate);
        view! {
            <label class="lesson-choice">
                <input
                    type="radio"
                    name="patient-rule"
                    data-testid=format!("patient-rule-{place}")
                    prop:checked=move || chosen.get() == place
                    on:change=move |_| chosen.set(place)
                />
                <span>{title} ": " {facts} <br /> <span class="hint">{example}</span></span>
            </label>
        }
        .into_any()
    });
    let cards: Vec<AnyView> = cards.collect();
    let rules = StoredValue::new(rules);
    let use_it = move |_| {
        let rule = rules.with_value(|rules| {
            let chosen = rules.get(chosen.get_untracked());
            chosen.map(|candidate| candidate.rule.clone())
        });
        if let Some(rule) = rule {
            own_words::answer(workbench, PatientAnswer::ByName { rule, all: false });
        }
    };
    view! {
        <fieldset class="lesson-question" data-testid="patient-rules">
            <legend>{tr!(i18n, patients.which)}</legend>
            {cards}
        </fieldset>
        <button type="button" class="primary" data-testid="patients-use" on:click=use_it>
            {tr!(i18n, patients.use_rule)}
        </button>
    }
    .into_any()
}

/// The rule in words, how many patients it makes, and one of them.
fn described(i18n: I18n, candidate: &PatientCandidate) -> (String, String, String) {
    let title = match &candidate.rule {
        PatientRule::DigitsAfter { word } => {
            say!(i18n, patients.digits_after, word = word.clone())
        }
        PatientRule::Part { separator, number } => {
            let (sign, n) = (sign(i18n, *separator), *number + 1);
            say!(i18n, patients.part, sign = sign, n = n)
        }
        PatientRule::BeforeLast { separator } => {
            say!(i18n, patients.before_last, sign = sign(i18n, *separator))
        }
        PatientRule::Folder { above: 1 } => say!(i18n, patients.folder),
        PatientRule::Folder { above } => say!(i18n, patients.folder_above, n = *above - 1),
    };
    let patients = words::patients(i18n, candidate.patients);
    let most = words::films(i18n, candidate.most);
    let mut facts = match candidate.fewest == candidate.most {
        true => say!(
            i18n,
            patients.makes_equal,
            patients = patients,
            images = most
        ),
        false => say!(
            i18n,
            patients.makes,
            patients = patients,
            fewest = candidate.fewest,
            most = most
        ),
    };
    if candidate.without > 0 {
        let without = say!(i18n, patients.without, n = candidate.without);
        facts = format!("{facts} {without}");
    }
    let example = candidate.groups.first().map(|group| {
        let files = group.examples.join(", ");
        say!(
            i18n,
            patients.example,
            patient = group.patient.clone(),
            files = files
        )
    });
    (title, facts, example.unwrap_or_default())
}

fn sign(i18n: I18n, separator: char) -> String {
    match separator {
        ' ' => say!(i18n, patients.space),
        other => other.to_string(),
    }
}
