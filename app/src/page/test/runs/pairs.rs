//! Two settings compared over the seeds that both were run with.

use leptos::prelude::*;
use model::metrics::{Interval, paired::PairedScores};

use super::named;
use crate::{
    i18n::use_i18n,
    page::{I18n, say, told},
    runs::{Measure, Row, Setting, by_seed, differing, recipes},
};

#[component]
pub fn Pairs(rows: Memo<Vec<Row>>) -> impl IntoView {
    let i18n = use_i18n();
    let all = Memo::new(move |_| rows.with(|rows| recipes(rows)));
    let (first, second) = (RwSignal::new(0), RwSignal::new(1));
    let several = move || all.with(|all| all.len() > 1);
    let options = move |picked: RwSignal<usize>| {
        let names = rows.with(|rows| all.with(|all| names(i18n, rows, all)));
        let option = move |(place, name): (usize, String)| {
            view! {
                <option value=place.to_string() selected=move || picked.get() == place>
                    {name}
                </option>
            }
        };
        names.into_iter().enumerate().map(option).collect_view()
    };
    let choice = move |id: &'static str, label: Signal<String>, picked: RwSignal<usize>| {
        let choose = move |event| {
            if let Ok(place) = event_target_value(&event).parse() {
                picked.set(place);
            }
        };
        view! {
            <label class="pair-choice">
                <span>{label}</span>
                <select data-testid=id on:change=choose>
                    {move || options(picked)}
                </select>
            </label>
        }
    };
    let sentences = move || {
        rows.with(|rows| all.with(|all| compared(i18n, rows, all, first.get(), second.get())))
            .into_iter()
            .map(|sentence| view! { <p>{sentence}</p> })
            .collect_view()
    };
    view! {
        <section class="panel" aria-labelledby="pairs-heading">
            <h2 id="pairs-heading">{told!(i18n, beyond.runs.pairs)}</h2>
            <p>{told!(i18n, beyond.runs.pairs_help)}</p>
            <Show
                when=several
                fallback=move || view! { <p class="strong">{told!(i18n, beyond.runs.pairs_one)}</p> }
            >
                {choice("pair-first", told!(i18n, beyond.runs.first), first)}
                {choice("pair-second", told!(i18n, beyond.runs.second), second)}
                <div role="status" class="pair-result" data-testid="pairs">
                    {sentences}
                </div>
            </Show>
        </section>
    }
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
    first: usize,
    second: usize,
) -> Vec<String> {
    let (Some(one), Some(other)) = (recipes.get(first), recipes.get(second)) else {
        return Vec::new();
    };
    if first == second {
        return vec![say!(i18n, beyond.runs.pairs_equal)];
    }
    if rows[one[0]].title != rows[other[0]].title {
        return vec![say!(i18n, beyond.runs.pairs_films)];
    }
    let sentence = |measure: Measure| {
        let name = match measure {
            Measure::Validation => say!(i18n, beyond.runs.on_validation),
            Measure::Test => say!(i18n, beyond.runs.on_test),
        };
        match by_seed(rows, one, other, measure) {
            Ok(pairs) => told_pairs(i18n, name, &pairs),
            Err(_) => say!(i18n, beyond.runs.pairs_none, measure = name),
        }
    };
    vec![sentence(Measure::Validation), sentence(Measure::Test)]
}

fn told_pairs(i18n: I18n, measure: String, pairs: &PairedScores) -> String {
    let points = |share: f64| format!("{:+.1}", share * 100.0);
    let (n, mean) = (pairs.n, points(pairs.mean));
    match pairs.interval {
        None => say!(i18n, beyond.runs.pairs_few, measure = measure, mean = mean),
        Some(Interval { low, high }) if low == high => {
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
