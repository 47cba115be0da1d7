//! The score before and after a change, and what follows.

use leptos::prelude::*;
use model::{
    metrics::{
        auc::{Auc, AucSpread},
        roc::RocError,
    },
    perturb::Perturbation,
    report::TestReport,
};

use super::{about, answers, described};
use crate::{
    changes::{Judged, Verdict, verdict},
    i18n::use_i18n,
    page::{
        I18n, say,
        test::{figures, inquiry},
        told, words,
        workbench::Workbench,
    },
    state::Stage,
};

#[component]
pub fn Outcome(change: RwSignal<Perturbation>, stage: Memo<Option<Stage>>) -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let before = Memo::new(move |_| before(workbench));
    let after = move || answers(stage.get());
    let standing = move || standing(i18n, workbench, change, stage.get());
    let sentence = move || {
        let (before, after) = (before.get()?, after()?);
        Some(sentence(i18n, verdict(&before, &after), after.films.len()))
    };
    let rows = move || {
        let before = before.get()?;
        let after = after().map(|after| Judged::of(&after));
        Some(rows(i18n, workbench, &Judged::of(&before), after.as_ref()))
    };
    let heading = move || {
        let words = change.with(|change| described(i18n, change));
        if words.is_empty() {
            say!(i18n, beyond.changes.after)
        } else {
            say!(i18n, beyond.changes.after_what, what = words)
        }
    };
    view! {
        <section class="panel changes-result" aria-labelledby="changes-result-heading">
            <h2 id="changes-result-heading">{told!(i18n, beyond.changes.result)}</h2>
            <div class="wide">
                <table class="numbers" data-testid="changes-result">
                    <thead>
                        <tr>
                            <th scope="col">{told!(i18n, beyond.changes.measure)}</th>
                            <th scope="col">{told!(i18n, beyond.changes.before)}</th>
                            <th scope="col">{heading}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
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
    stage: Option<Stage>,
) -> AnyView {
    let words = |words: String| view! { <p class="hint">{words}</p> }.into_any();
    match stage {
        _ if change.with(|change| *change == Perturbation::default()) => {
            words(say!(i18n, beyond.changes.rest))
        }
        None => words(say!(i18n, beyond.changes.waiting)),
        Some(Stage::Asked(progress)) => inquiry::working(i18n, progress),
        Some(Stage::Failed(reason)) => {
            let again = move |()| workbench.inquire(about(change.get_untracked()));
            inquiry::failed(i18n, &reason, Callback::new(again))
        }
        Some(Stage::Found(_)) => ().into_any(),
    }
}

fn rows(i18n: I18n, workbench: Workbench, before: &Judged, after: Option<&Judged>) -> AnyView {
    let accuracy = |judged: &Judged| figures::measured(i18n, Some(judged.accuracy));
    let mut rows = vec![(
        say!(i18n, beyond.changes.accuracy),
        accuracy(before),
        after.map(accuracy),
    )];
    match (before.area(), after.map(Judged::area)) {
        (Some(old), new) => rows.push((
            say!(i18n, beyond.changes.area),
            area(i18n, old),
            new.flatten().map(|new| area(i18n, new)),
        )),
        (None, _) => {
            for (class, old) in before.areas.iter().enumerate() {
                let new = after.and_then(|after| after.areas.get(class));
                let name = workbench.class_name(class);
                rows.push((
                    say!(i18n, beyond.changes.area_class, class = name),
                    area(i18n, old),
                    new.map(|new| area(i18n, new)),
                ));
            }
        }
    }
    let row = |(name, before, after): (String, String, Option<String>)| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>{before}</td>
                <td>{after}</td>
            </tr>
        }
    };
    rows.into_iter().map(row).collect_view().into_any()
}

/// "0.987 (0.950 to 1.000)", or why not.
pub fn area(i18n: I18n, area: &Result<Auc, RocError>) -> String {
    match area {
        Ok(Auc { value, spread }) => {
            let written = |interval| figures::estimated(i18n, *value, interval, 3);
            match spread {
                AucSpread::DeLong { interval, .. } => written(Some(*interval)),
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

fn sentence(i18n: I18n, verdict: Verdict, n: usize) -> String {
    match verdict {
        Verdict::ThresholdBroke => say!(i18n, beyond.changes.threshold_broke),
        Verdict::RankingBroke => say!(i18n, beyond.changes.ranking_broke),
        Verdict::Fell => say!(i18n, beyond.changes.fell),
        Verdict::OnlyRankingFell => say!(i18n, beyond.changes.only_ranking_fell),
        Verdict::Rose => say!(i18n, beyond.changes.rose),
        Verdict::NoDifference => {
            let films = words::films(i18n, n);
            say!(i18n, beyond.changes.no_difference, films = films)
        }
        Verdict::NotComparable => say!(i18n, beyond.changes.not_comparable),
    }
}
