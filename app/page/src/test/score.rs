//! The score of the test, with its interval, and what it has to beat.

use imaging::split::SplitBy;
use leptos::prelude::*;
use metrics::{Interval, patients::FEWEST_PATIENTS};

use super::figures;
use crate::{I18n, i18n::use_i18n, say, tr, words, workbench::Workbench};
use protocol::TestResult;
use ui_core::evaluation::{self, Chance};

/// A difference that luck brings about less often than this is not called luck.
const SIGNIFICANT: f64 = 0.05;

#[component]
pub fn Score() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let opened = figures::opened(workbench);
    let shown = move || {
        opened.get().map(|opened| {
        let scores = &opened.report.scores;
        let accuracy = scores.accuracy;
        let few = scores.patients.is_some_and(|n| n < FEWEST_PATIENTS);
        let interval = words::interval(i18n, &accuracy);
        let interval = if few {
            say!(i18n, test.interval_these, interval = interval)
        } else {
            say!(i18n, test.interval, interval = interval)
        };
        let films = words::films(i18n, accuracy.n);
        let basis = match scores.patients {
            Some(n) => {
                let patients = words::patients(i18n, n);
                say!(i18n, test.basis, films = films, patients = patients)
            }
            None => films,
        };
        let over_patients = over_patients(workbench, &opened);
        let verdict = if evaluation::beats_majority(scores, over_patients) {
            say!(i18n, test.better)
        } else {
            say!(i18n, test.not_better)
        };
        let majority = words::percent(i18n, scores.majority);
        let never_found = figures::never_found(i18n, workbench, &scores.confusion);
        let never_found = never_found.map(|sentence| {
            view! { <p class="problem" data-testid="never-found">{sentence}</p> }
        });
        view! {
            <p class="score-number" data-testid="score">{words::percent(i18n, accuracy.share())}</p>
            {never_found}
            <p class="strong" data-testid="patients-unknown">
                {scores.patients.is_none().then(|| say!(i18n, test.patients_unknown))}
            </p>
            <p>{say!(i18n, test.score, right = words::hits(i18n, &accuracy))} ". " {basis} "."</p>
            <div class="whisker" aria-hidden="true">
                <span
                    class="whisker-range"
                    style:left=format!("{}%", accuracy.low * 100.0)
                    style:width=format!("{}%", (accuracy.high - accuracy.low) * 100.0)
                ></span>
                <span class="whisker-mark" style:left=within(accuracy.share(), 4)></span>
                <span class="whisker-base" style:left=within(scores.majority, 2)></span>
            </div>
            <p class="whisker-ends hint" aria-hidden="true">
                <span>{words::percent(i18n, 0.0)}</span>
                <span>{words::percent(i18n, 1.0)}</span>
            </p>
            <p data-testid="interval">{interval}</p>
            <p data-testid="balanced">{figures::balanced(i18n, &scores.confusion)}</p>
            <p class="hint">{few.then(|| about_few_patients(i18n, workbench))}</p>
            <p data-testid="over-patients">{told_over_patients(i18n, scores.patients, over_patients)}</p>
            <p data-testid="majority">
                {say!(i18n, test.majority, share = majority)} " " {verdict}
            </p>
            <p data-testid="baseline">{baseline(i18n, workbench, &opened)}</p>
        }
    })
    };
    view! {
        <section class="panel score" aria-labelledby="score-heading">
            <h2 id="score-heading">{tr!(i18n, test.accuracy)}</h2>
            {shown}
        </section>
    }
}

/// Where a mark of this width begins, in a box from 0 to 1: one at either end stays inside.
fn within(share: f64, pixels: u8) -> String {
    format!("calc({share} * (100% - {pixels}px))")
}

/// The interval if other patients had come; `None` of too few, and where the network was trained on the same patients.
fn over_patients(workbench: Workbench, opened: &TestResult) -> Option<Interval> {
    let split_by = workbench
        .state
        .with_untracked(|state| state.trained().map(|run| run.settings.split_by));
    if split_by == Some(SplitBy::Image) {
        return None;
    }
    evaluation::accuracy_over_patients(&opened.report, &patients(workbench, opened)?)
}

/// The patient of each test film; `None` if one is not known.
fn patients(workbench: Workbench, opened: &TestResult) -> Option<Vec<usize>> {
    workbench.films.with_untracked(|films| {
        let samples = &films.as_ref()?.data.samples;
        evaluation::patients(&opened.report, samples)
    })
}

fn told_over_patients(
    i18n: I18n,
    patients: Option<usize>,
    interval: Option<Interval>,
) -> Option<String> {
    let many = patients.filter(|&n| n >= FEWEST_PATIENTS)?;
    Some(match interval {
        Some(Interval { low, high }) => say!(
            i18n,
            report.over_patients,
            patients = words::patients(i18n, many),
            interval = words::ends(i18n, low, high)
        ),
        None => say!(i18n, report.over_patients_none),
    })
}

/// What 16 pixels alone score, and how that compares on the same films.
fn baseline(i18n: I18n, workbench: Workbench, opened: &TestResult) -> String {
    let pixels = opened.baseline.scores.accuracy;
    let verdict = against_baseline(i18n, workbench, opened).unwrap_or_default();
    let share = figures::measured(i18n, (pixels.n > 0).then_some(pixels));
    say!(i18n, report.baseline, share = share, verdict = verdict)
}

fn against_baseline(i18n: I18n, workbench: Workbench, opened: &TestResult) -> Option<String> {
    let (network, pixels) = (&opened.report, &opened.baseline);
    let patients = patients(workbench, opened);
    let chance = Chance::of(network, pixels, patients.as_deref())?;
    let (p, told) = match chance {
        Chance::OverPatients(p) => {
            let told = figures::chance(i18n, p);
            (p, say!(i18n, report.p_over_patients, p = told))
        }
        Chance::OverFilms(p) => {
            let told = figures::chance(i18n, p);
            (p, say!(i18n, report.p_over_images, p = told))
        }
        Chance::TooFewPatients => {
            let agreement = evaluation::agreement(network, pixels)?;
            return Some(say!(
                i18n,
                report.baseline_few,
                network = agreement.only_first_right,
                pixels = agreement.only_second_right
            ));
        }
    };
    let [network, pixels] = [network, pixels].map(|report| report.scores.accuracy.hits);
    Some(if p >= SIGNIFICANT {
        say!(i18n, report.baseline_near, p = told)
    } else if pixels > network {
        say!(i18n, report.baseline_more, p = told)
    } else {
        say!(i18n, report.baseline_less, p = told)
    })
}

/// What an interval from few patients is about, by how the images were divided.
fn about_few_patients(i18n: I18n, workbench: Workbench) -> String {
    let by = workbench.state.with(|state| {
        let run = state.trained();
        run.map(|run| run.settings.split_by)
    });
    match by {
        Some(SplitBy::Image) => say!(i18n, test.same_patients),
        _ => say!(i18n, test.these_patients),
    }
}
