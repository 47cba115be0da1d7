//! The score before and after a change, and what follows.

use imaging::{perturb::Perturbation, report::TestReport};
use leptos::prelude::*;
use metrics::{
    auc::{Auc, AucSpread},
    roc::RocError,
};

use super::{about, answers, described};
use crate::{
    I18n,
    i18n::use_i18n,
    say,
    test::{explanation, figures},
    tr, words,
    workbench::Workbench,
};
use plots::chart::svg::escaped;
use ui_core::{
    robustness::{Judged, RobustnessVerdict, verdict},
    state::ExplanationStage,
};

#[component]
pub fn Outcome(
    change: RwSignal<Perturbation>,
    stage: Memo<Option<ExplanationStage>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let before = Memo::new(move |_| before(workbench));
    let after = move || answers(stage.get());
    let standing = figures::keyed(move || standing(i18n, workbench, change, stage.get()));
    let sentence = Signal::derive(move || match (before.get(), after()) {
        (Some(before), Some(after)) => sentence(i18n, verdict(&before, &after), after.films.len()),
        _ => String::new(),
    });
    let table = Signal::derive(move || {
        let words = change.with(|change| described(i18n, change));
        let heading = if words.is_empty() {
            say!(i18n, beyond.changes.after)
        } else {
            say!(i18n, beyond.changes.after_what, what = words)
        };
        let before = before.get().map(|before| Judged::of(&before));
        let after = after().map(|after| Judged::of(&after));
        table(i18n, workbench, &heading, before.as_ref(), after.as_ref())
    });
    view! {
        <section class="panel changes-result" aria-labelledby="changes-result-heading">
            <h2 id="changes-result-heading">{tr!(i18n, beyond.changes.result)}</h2>
            <div class="wide">
                <table class="numbers" data-testid="changes-result" inner_html=table></table>
            </div>
            <figures::Basis />
            {standing}
            <p class="strong" role="status" data-testid="changes-verdict">{sentence}</p>
        </section>
    }
}

/// The answers to the films as they are.
pub fn before(workbench: Workbench) -> Option<TestReport> {
    workbench
        .state
        .with(|state| state.opened().map(|opened| opened.report.clone()))
}

fn standing(
    i18n: I18n,
    workbench: Workbench,
    change: RwSignal<Perturbation>,
    stage: Option<ExplanationStage>,
) -> AnyView {
    let words = |words: String| view! { <p class="hint">{words}</p> }.into_any();
    match stage {
        _ if change.with(|change| *change == Perturbation::default()) => {
            words(say!(i18n, beyond.changes.rest))
        }
        None => words(say!(i18n, beyond.changes.waiting)),
        Some(ExplanationStage::Asked(progress)) => explanation::working(i18n, progress),
        Some(ExplanationStage::Failed(reason)) => {
            let again = move |()| workbench.explain(about(change.get_untracked()));
            explanation::failed(i18n, &reason, Callback::new(again))
        }
        Some(ExplanationStage::Found(_)) => ().into_any(),
    }
}

/// What is within the `table` element.
fn table(
    i18n: I18n,
    workbench: Workbench,
    heading: &str,
    before: Option<&Judged>,
    after: Option<&Judged>,
) -> String {
    let heads = [
        &say!(i18n, beyond.changes.measure),
        &say!(i18n, beyond.changes.before),
        heading,
    ];
    let head = |head: &str| format!("<th scope=\"col\">{}</th>", escaped(head));
    let mut table = format!(
        "<thead><tr>{}</tr></thead><tbody>",
        heads.map(head).concat()
    );
    let mut row = |name: String, of: &dyn Fn(&Judged) -> String| {
        let cell = |judged: Option<&Judged>| escaped(&judged.map(of).unwrap_or_default());
        table.push_str(&format!(
            "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td></tr>",
            escaped(&name),
            cell(before),
            cell(after),
        ));
    };
    row(say!(i18n, beyond.changes.accuracy), &|judged| {
        figures::measured(i18n, Some(judged.accuracy))
    });
    let classes = before.map_or(0, |before| before.areas.len());
    let area_of = |judged: &Judged, class: usize| {
        let area = judged.areas.get(class);
        area.map(|area| self::area(i18n, area)).unwrap_or_default()
    };
    if classes == 2 {
        row(say!(i18n, beyond.changes.area), &|judged| {
            area_of(judged, 1)
        });
    } else {
        for class in 0..classes {
            let name = workbench.class_name(class);
            let name = say!(i18n, beyond.changes.area_class, class = name);
            row(name, &|judged| area_of(judged, class));
        }
    }
    table + "</tbody>"
}

/// "0.987 (0.950 to 1.000)", or why not.
pub fn area(i18n: I18n, area: &Result<Auc, RocError>) -> String {
    match area {
        Ok(Auc { value, spread }) => {
            let written = |interval| figures::estimated(i18n, *value, interval, 3);
            match spread {
                AucSpread::DeLong { interval, .. } | AucSpread::Separated { interval, .. } => {
                    written(Some(*interval))
                }
                AucSpread::NoVariance => say!(i18n, beyond.auc_certain, value = written(None)),
                AucSpread::TooFew => say!(i18n, beyond.auc_few, value = written(None)),
            }
        }
        Err(RocError::NotANumber) => say!(i18n, beyond.auc_none),
        Err(RocError::OneClass | RocError::TooFew | RocError::Uneven) => {
            say!(i18n, beyond.auc_one_class)
        }
    }
}

fn sentence(i18n: I18n, verdict: RobustnessVerdict, n: usize) -> String {
    match verdict {
        RobustnessVerdict::ThresholdBroke => say!(i18n, beyond.changes.threshold_broke),
        RobustnessVerdict::RankingBroke => say!(i18n, beyond.changes.ranking_broke),
        RobustnessVerdict::Fell => say!(i18n, beyond.changes.fell),
        RobustnessVerdict::OnlyRankingFell => say!(i18n, beyond.changes.only_ranking_fell),
        RobustnessVerdict::Rose => say!(i18n, beyond.changes.rose),
        RobustnessVerdict::NoDifference => {
            let films = words::films(i18n, n);
            say!(i18n, beyond.changes.no_difference, films = films)
        }
        RobustnessVerdict::NotComparable => say!(i18n, beyond.changes.not_comparable),
    }
}
