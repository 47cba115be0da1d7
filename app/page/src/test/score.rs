//! The score of the test, with its interval, and what it has to beat.

use leptos::prelude::*;
use metrics::bootstrap::FEWEST_PATIENTS;

use super::figures;
use crate::{I18n, i18n::use_i18n, say, tr, words, workbench::Workbench};
use protocol::TestResult;
use ui_core::evaluation;

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
        let verdict = if accuracy.share() > scores.majority {
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
            <p>{say!(i18n, test.score, right = words::hits(i18n, &accuracy))} ". " {basis} "."</p>
            <div class="whisker" aria-hidden="true">
                <span
                    class="whisker-range"
                    style:left=format!("{}%", accuracy.low * 100.0)
                    style:width=format!("{}%", (accuracy.high - accuracy.low) * 100.0)
                ></span>
                <span class="whisker-mark" style:left=format!("{}%", accuracy.share() * 100.0)></span>
                <span class="whisker-base" style:left=format!("{}%", scores.majority * 100.0)></span>
            </div>
            <p class="whisker-ends hint" aria-hidden="true">
                <span>{words::percent(i18n, 0.0)}</span>
                <span>{words::percent(i18n, 1.0)}</span>
            </p>
            <p data-testid="interval">{interval}</p>
            <p data-testid="balanced">{figures::balanced(i18n, &scores.confusion)}</p>
            <p class="hint">{few.then(|| say!(i18n, test.these_patients))}</p>
            <p data-testid="over-patients">{over_patients(i18n, workbench, &opened)}</p>
            <p data-testid="majority">
                {say!(i18n, test.majority, share = majority)} " " {verdict}
            </p>
            <p data-testid="baseline">{baseline(i18n, &opened)}</p>
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

/// With enough patients, the interval if others of their kind had come.
fn over_patients(i18n: I18n, workbench: Workbench, opened: &TestResult) -> Option<String> {
    let many = opened
        .report
        .scores
        .patients
        .filter(|&n| n >= FEWEST_PATIENTS)?;
    let patients = words::patients(i18n, many);
    let interval = workbench.films.with_untracked(|films| {
        let samples = &films.as_ref()?.data.samples;
        let groups = evaluation::patients(&opened.report, samples)?;
        evaluation::accuracy_over_patients(&opened.report, &groups)
    });
    Some(match interval {
        Some(interval) => {
            let interval = words::ends(i18n, interval.low, interval.high);
            say!(
                i18n,
                report.over_patients,
                patients = patients,
                interval = interval
            )
        }
        None => say!(i18n, report.over_patients_none, patients = patients),
    })
}

/// What 16 pixels alone score, and how that compares on the same films.
fn baseline(i18n: I18n, opened: &TestResult) -> String {
    let accuracy = opened.report.scores.accuracy;
    let pixels = opened.baseline.scores.accuracy;
    let verdict = evaluation::agreement(&opened.report, &opened.baseline).map(|agreement| {
        let chance = agreement.p();
        let p = figures::chance(i18n, chance);
        if chance >= SIGNIFICANT {
            say!(i18n, report.baseline_near, p = p)
        } else if pixels.hits > accuracy.hits {
            say!(i18n, report.baseline_more, p = p)
        } else {
            say!(i18n, report.baseline_less, p = p)
        }
    });
    let share = figures::measured(i18n, (pixels.n > 0).then_some(pixels));
    let verdict = verdict.unwrap_or_default();
    say!(i18n, report.baseline, share = share, verdict = verdict)
}
