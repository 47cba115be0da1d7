//! What else than anatomy separates the classes, and what to do about it.

mod sentences;

use imaging::shortcuts::{Fact, Origin, Search, Shortcut, Shortcuts};
use leptos::{html, prelude::*};
use metrics::{Estimate, patients::OverPatients};

use crate::{I18n, i18n::use_i18n, say, test::figures::keyed, tr, words, workbench::Workbench};
use sentences::{fact, rule};
use ui_core::state::{AppState, Run, ShortcutSearch};

pub fn panel(workbench: Workbench) -> AnyView {
    let i18n = use_i18n();
    let empty = move || workbench.films.with(Option::is_none);
    let search = Memo::new(move |_| workbench.state.with(|state| state.shortcuts.clone()));
    let by_itself = Memo::new(move |_| workbench.state.with(AppState::searches_by_itself));
    Effect::new(move |_| {
        if by_itself.get() {
            workbench.find_shortcuts();
        }
    });
    let trains = Memo::new(move |_| {
        let active = |state: &AppState| state.run.as_ref().is_some_and(Run::is_active);
        workbench.state.with(active)
    });
    let asked = move || search.with(|search| *search == ShortcutSearch::Asked);
    let label = move || match search.get() {
        ShortcutSearch::Failed | ShortcutSearch::NoProgram(_) => say!(i18n, shortcut.again),
        _ => say!(i18n, shortcut.find),
    };
    let found =
        Memo::new(move |_| search.with(|search| matches!(search, ShortcutSearch::Found(_))));
    // Where the button goes that was pressed, the focus stays in its place.
    let pressed = RwSignal::new(false);
    let heading = NodeRef::<html::H2>::new();
    Effect::new(move |_| {
        if found.get() && pressed.get_untracked() {
            pressed.set(false);
            if let Some(heading) = heading.get_untracked() {
                // Refused only where another station is shown meanwhile.
                let _ = heading.focus();
            }
        }
    });
    let find = move |_| {
        if !untrack(asked) {
            pressed.set(true);
            workbench.find_shortcuts();
        }
    };
    let status = move || match search.get() {
        ShortcutSearch::NotYet => String::new(),
        ShortcutSearch::Asked if trains.get() => say!(i18n, speed.waits),
        ShortcutSearch::Asked => say!(i18n, shortcut.finding),
        ShortcutSearch::Failed => say!(i18n, shortcut.failed),
        ShortcutSearch::NoProgram(detail) => say!(i18n, shortcut.no_program, detail = detail),
        ShortcutSearch::Found(found) => verdict(i18n, &found),
    };
    let result = keyed(move || match search.get() {
        ShortcutSearch::Found(found) => result(workbench, &found),
        _ => ().into_any(),
    });
    view! {
        <section
            class="panel shortcuts"
            data-testid="shortcuts"
            aria-labelledby="shortcuts-heading"
            hidden=empty
        >
            <h2 node_ref=heading id="shortcuts-heading" tabindex="-1">{tr!(i18n, shortcut.heading)}</h2>
            <p class="hint">{tr!(i18n, shortcut.lead)}</p>
            <button
                type="button"
                data-testid="find-shortcuts"
                hidden=found
                aria-disabled=move || asked().to_string()
                on:click=find
            >
                {label}
            </button>
            <p role="status" data-testid="shortcuts-said">{status}</p>
            {result}
        </section>
    }
    .into_any()
}

/// What it comes to, as sentences.
fn verdict(i18n: I18n, Shortcuts { search, over_films }: &Shortcuts) -> String {
    let n = search.shortcuts.len();
    if n > 0 {
        return say!(i18n, shortcut.found, n = n);
    }
    let few = match (over_films, search.patients) {
        (Some(over), Some(patients)) => {
            let patients = words::patients(i18n, patients);
            let few = say!(i18n, shortcut.few_patients, patients = patients);
            match over.shortcuts.len() {
                0 => Some(few),
                n => return format!("{few} {}", say!(i18n, shortcut.few_found, n = n)),
            }
        }
        _ => None,
    };
    let tried = Fact::ALL.len();
    let nothing = match search.no_shortcuts.is_empty() {
        true => say!(i18n, shortcut.alike),
        false => say!(i18n, shortcut.nothing),
    };
    let limits = say!(i18n, shortcut.limits, n = tried);
    let sentences = few.into_iter().chain([nothing, limits]);
    sentences.collect::<Vec<_>>().join(" ")
}

fn result(workbench: Workbench, found: &Shortcuts) -> AnyView {
    let i18n = workbench.i18n();
    let shown = match &found.over_films {
        Some(over) if found.search.shortcuts.is_empty() => over,
        _ => &found.search,
    };
    let what_to_do = (!shown.shortcuts.is_empty()).then(|| {
        let majority = words::percent(i18n, shown.majority);
        view! {
            {table(workbench, &shown.shortcuts)}
            <p class="hint">{say!(i18n, test.majority, share = majority)}</p>
            <p>{say!(i18n, shortcut.what_to_do)}</p>
        }
        .into_any()
    });
    view! {
        {what_to_do}
        {in_vain(i18n, shown)}
    }
    .into_any()
}

fn table(workbench: Workbench, shortcuts: &[Shortcut]) -> AnyView {
    let i18n = workbench.i18n();
    let rows: Vec<AnyView> = shortcuts.iter().map(|one| row(workbench, one)).collect();
    view! {
        <div class="shortcuts-table">
            <table class="figures" data-testid="shortcuts-table" aria-labelledby="shortcuts-heading">
                <thead>
                    <tr>
                        <th scope="col">{say!(i18n, shortcut.what)}</th>
                        <th scope="col">{say!(i18n, shortcut.rule)}</th>
                        <th scope="col">{say!(i18n, shortcut.accuracy)}</th>
                        <th scope="col">{say!(i18n, shortcut.balanced)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(workbench: Workbench, shortcut: &Shortcut) -> AnyView {
    let i18n = workbench.i18n();
    let picture = (shortcut.fact.origin() == Origin::Picture)
        .then(|| view! { <span class="hint">{say!(i18n, shortcut.picture)}</span> }.into_any());
    let rule = rule(i18n, shortcut.fact, &shortcut.rule, &|class| {
        workbench.class_name(class)
    });
    let Estimate { value, interval } = shortcut.balanced;
    let share = words::percent(i18n, shortcut.accuracy.share());
    let right = words::hits(i18n, &shortcut.accuracy);
    view! {
        <tr>
            <th scope="row">{fact(i18n, shortcut.fact)} {picture}</th>
            <td>{rule}</td>
            <td>
                <span class="figure">{share}</span>
                <span class="hint">{right}</span>
                <span class="hint">{unit(i18n, shortcut)}</span>
            </td>
            <td>
                <span class="figure">{words::percent(i18n, value)}</span>
                <span class="hint">{words::ends(i18n, interval.low, interval.high)}</span>
            </td>
        </tr>
    }
    .into_any()
}

/// The interval of the accuracy, and what it is over.
fn unit(i18n: I18n, shortcut: &Shortcut) -> String {
    let over_films = words::interval(i18n, &shortcut.accuracy);
    match shortcut.over_patients {
        Some(OverPatients::Interval { interval, patients }) => say!(
            i18n,
            report.over_patients,
            patients = patients,
            interval = words::ends(i18n, interval.low, interval.high)
        ),
        Some(OverPatients::TooFewPatients { .. }) => {
            say!(i18n, test.interval_these, interval = over_films)
        }
        None => say!(i18n, test.interval, interval = over_films),
    }
}

/// What was tried and separates nothing.
fn in_vain(i18n: I18n, search: &Search) -> AnyView {
    let n = search.no_shortcuts.len();
    if n == 0 {
        return ().into_any();
    }
    let names: Vec<String> = search
        .no_shortcuts
        .iter()
        .map(|&one| fact(i18n, one))
        .collect();
    view! {
        <details data-testid="shortcuts-in-vain">
            <summary>{say!(i18n, shortcut.in_vain, n = n)}</summary>
            <p class="hint">{words::all_of(i18n, &names)}</p>
        </details>
    }
    .into_any()
}
