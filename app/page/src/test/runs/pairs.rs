//! Two settings compared over the seeds that both were run with.

use leptos::prelude::*;
use metrics::{Interval, paired::PairedScores};

use super::named;
use crate::{I18n, i18n::use_i18n, say, test::figures, tr, words};
use plots::chart::svg::escaped;
use ui_core::runs::{Row, RunMeasure, Setting, by_seed, differing, recipes};

#[component]
pub fn Pairs(rows: Memo<Vec<Row>>) -> impl IntoView {
    let i18n = use_i18n();
    let all = Memo::new(move |_| rows.with(|rows| recipes(rows)));
    let (first, second) = (RwSignal::new(0), RwSignal::new(1));
    let several = Memo::new(move |_| all.with(|all| all.len() > 1));
    let choice = move |id: &'static str, label: Signal<String>, picked: RwSignal<usize>| {
        // Not made keyed when another is picked: the list would lose the focus.
        let options = Signal::derive(move || {
            let names = rows.with(|rows| all.with(|all| names(i18n, rows, all)));
            options(&names, picked.get_untracked())
        });
        let choose = move |event| {
            if let Ok(place) = event_target_value(&event).parse() {
                picked.set(place);
            }
        };
        view! {
            <label class="pair-choice">
                <span>{label}</span>
                <select data-testid=id on:change=choose inner_html=options></select>
            </label>
        }
        .into_any()
    };
    let sentence = move |measure: RunMeasure| {
        Signal::derive(move || {
            let (first, second) = (first.get(), second.get());
            rows.with(|rows| all.with(|all| compared(i18n, rows, all, [first, second], measure)))
        })
    };
    let content = figures::keyed(move || match several.get() {
        true => view! {
            {choice("pair-first", tr!(i18n, beyond.runs.first), first)}
            {choice("pair-second", tr!(i18n, beyond.runs.second), second)}
            <div role="status" class="pair-result" data-testid="pairs">
                <p>{sentence(RunMeasure::Validation)}</p>
                <p>{sentence(RunMeasure::Test)}</p>
            </div>
        }
        .into_any(),
        false => view! { <p class="strong">{tr!(i18n, beyond.runs.pairs_one)}</p> }.into_any(),
    });
    view! {
        <section class="panel" aria-labelledby="pairs-heading">
            <h2 id="pairs-heading">{tr!(i18n, beyond.runs.pairs)}</h2>
            <p>{tr!(i18n, beyond.runs.pairs_help)}</p>
            {content}
        </section>
    }
}

/// What is within the `select` element.
fn options(names: &[String], picked: usize) -> String {
    let option = |(place, name): (usize, &String)| {
        let selected = if place == picked { " selected" } else { "" };
        let name = escaped(name);
        format!("<option value=\"{place}\"{selected}>{name}</option>")
    };
    names.iter().enumerate().map(option).collect()
}

/// Each recipe by its runs and by what tells the recipes apart.
fn names(i18n: I18n, rows: &[Row], recipes: &[Vec<usize>]) -> Vec<String> {
    let heads: Vec<&Row> = recipes.iter().map(|recipe| &rows[recipe[0]]).collect();
    let telling = differing(&heads);
    let name = |recipe: &Vec<usize>| {
        let numbers: Vec<String> = recipe
            .iter()
            .map(|&place| rows[place].id.0.to_string())
            .collect();
        let runs = if numbers.len() == 1 {
            say!(
                i18n,
                beyond.runs.recipe_runs_one,
                names = numbers.join(", ")
            )
        } else {
            say!(i18n, beyond.runs.recipe_runs, names = numbers.join(", "))
        };
        let own = &rows[recipe[0]];
        let settings: Vec<String> = telling
            .iter()
            .filter(|setting| **setting != Setting::Seed)
            .map(|&setting| {
                let name = named::setting(i18n, setting).to_lowercase();
                let values = named::value(i18n, setting, own);
                say!(
                    i18n,
                    beyond.runs.setting_values,
                    setting = name,
                    values = values
                )
            })
            .collect();
        let settings = settings.join(", ");
        say!(i18n, beyond.runs.recipe, runs = runs, settings = settings)
    };
    recipes.iter().map(name).collect()
}

fn compared(
    i18n: I18n,
    rows: &[Row],
    recipes: &[Vec<usize>],
    picked: [usize; 2],
    measure: RunMeasure,
) -> String {
    let [Some(one), Some(other)] = picked.map(|place| recipes.get(place)) else {
        return String::new();
    };
    let first = measure == RunMeasure::Validation;
    let once = |sentence: String| if first { sentence } else { String::new() };
    if picked[0] == picked[1] {
        return once(say!(i18n, beyond.runs.pairs_equal));
    }
    if rows[one[0]].dataset != rows[other[0]].dataset {
        return once(say!(i18n, beyond.runs.pairs_films));
    }
    let name = match measure {
        RunMeasure::Validation => say!(i18n, beyond.runs.on_validation),
        RunMeasure::Test => say!(i18n, beyond.runs.on_test),
    };
    match by_seed(rows, one, other, measure) {
        Ok(pairs) => told_pairs(i18n, name, &pairs),
        Err(_) => say!(i18n, beyond.runs.pairs_none, measure = name),
    }
}

fn told_pairs(i18n: I18n, measure: String, pairs: &PairedScores) -> String {
    let points = |share: f64| words::points(i18n, share);
    let (n, mean) = (pairs.n, points(pairs.mean));
    match pairs.interval {
        None if n == 1 => say!(i18n, beyond.runs.pairs_few, measure = measure, mean = mean),
        None => {
            say!(
                i18n,
                beyond.runs.pairs_flat,
                measure = measure,
                mean = mean,
                n = n
            )
        }
        Some(Interval { low, high }) => {
            let verdict = if low <= 0.0 && high >= 0.0 {
                say!(i18n, beyond.runs.pairs_zero)
            } else {
                say!(i18n, beyond.runs.pairs_apart)
            };
            let result = say!(
                i18n,
                beyond.runs.pairs_result,
                measure = measure,
                mean = mean,
                low = points(low),
                high = points(high),
                n = n
            );
            format!("{result} {verdict}")
        }
    }
}
