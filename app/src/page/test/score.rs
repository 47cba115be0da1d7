//! The score of the test, with its interval, and what it has to beat.

use leptos::prelude::*;
use model::metrics::Scores;

use crate::{
    i18n::use_i18n,
    page::{say, told, words, workbench::Workbench},
    state::AppState,
};

/// With fewer patients than this an interval over films says nothing of other patients.
const MANY_PATIENTS: usize = 10;

#[component]
pub fn Score() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let scores = Memo::new(move |_| scores(workbench));
    let shown = move || {
        scores.get().map(|scores| {
        let accuracy = scores.accuracy;
        let few = scores.patients.is_some_and(|n| n < MANY_PATIENTS);
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
        view! {
            <p class="score-number" data-testid="score">{words::percent(i18n, accuracy.share())}</p>
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
            <p class="hint">{few.then(|| say!(i18n, test.these_patients))}</p>
            <p data-testid="majority">
                {say!(i18n, test.majority, share = majority)} " " {verdict}
            </p>
        }
    })
    };
    view! {
        <section class="panel score" aria-labelledby="score-heading">
            <h2 id="score-heading">{told!(i18n, test.accuracy)}</h2>
            {shown}
        </section>
    }
}

fn scores(workbench: Workbench) -> Option<Scores> {
    let scores = |state: &AppState| state.opened().map(|opened| opened.report.scores.clone());
    workbench.state.with(scores)
}
