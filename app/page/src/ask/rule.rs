//! When the network keeps silent: a rule that the visitor sets, for earlier answers too.

use std::sync::Arc;

use imaging::{insight::OodScore, ood_score::by_patient, split::Subset};
use leptos::prelude::*;

use crate::{
    i18n::{I18n, use_i18n},
    say, tr, words,
    workbench::Workbench,
};
use protocol::Pack;
use ui_core::{
    insight::abstain,
    state::{Films, Reply, Run},
};

/// Whether the rule, as it is set now, keeps the network from answering.
pub fn is_silent(workbench: Workbench, ood_score: &OodScore) -> bool {
    ood_score.abstains(workbench.abstain_from.get())
}

/// What the training images are measured by.
pub fn others(i18n: I18n, workbench: Workbench) -> String {
    match is_across_patients(workbench) {
        true => say!(i18n, insight.those_of_others),
        false => say!(i18n, insight.the_others),
    }
}

/// Whether the training images are measured by those of other patients: where the run learned from several.
pub fn is_across_patients(workbench: Workbench) -> bool {
    let groups = workbench.films.with(|films| {
        let samples = &films.as_ref()?.data.samples;
        workbench.state.with(|state| {
            let run = state.trained();
            // Of answers whose network is gone, all images tell.
            let learned_from = |sample: usize| {
                run.is_none_or(|run| run.parts.get(sample) == Some(&Some(Subset::Train)))
            };
            let learned = samples
                .iter()
                .enumerate()
                .filter(|(at, _)| learned_from(*at));
            by_patient(learned.map(|(_, film)| film.patient.as_deref()))
        })
    });
    groups.is_some()
}

#[component]
pub fn Rule() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let percent = workbench.abstain_from;
    let label = Signal::derive(move || match percent.get() {
        n if n == *abstain::RANGE.end() => {
            say!(
                i18n,
                insight.rule_label_all,
                others = others(i18n, workbench)
            )
        }
        n => say!(
            i18n,
            insight.rule_label,
            n = n,
            others = others(i18n, workbench)
        ),
    });
    let slide = move |event| {
        if let Ok(value) = event_target_value(&event).parse() {
            percent.set(value);
        }
    };
    let answered = Memo::new(move |_| {
        workbench.state.with(|state| {
            let all = state.questions.iter();
            let ood_score = all.filter_map(|question| match &question.reply {
                Reply::Answered(answer) => Some(answer.ood_score.clone()),
                Reply::Pending | Reply::Failed(_) => None,
            });
            ood_score.collect::<Vec<_>>()
        })
    });
    let silent = move || {
        let n = answered.with(Vec::len);
        let silent = answered.with(|all| {
            let all = all.iter();
            all.filter(|ood_score| is_silent(workbench, ood_score))
                .count()
        });
        (n > 0).then(|| say!(i18n, insight.rule_silent, silent = silent, n = n))
    };
    let fitted = move || {
        let learnt_from = |run: &Run| {
            let parts = run.parts.iter();
            parts.filter(|&&part| part == Some(Subset::Train)).count()
        };
        let n = workbench
            .state
            .with(|state| state.trained().map(learnt_from));
        let films = n.map(|n| words::films(i18n, n));
        films.map(|films| {
            let others = others(i18n, workbench);
            say!(i18n, insight.rule_fitted, films = films, others = others)
        })
    };
    let limit = move || {
        let projected = |films: &Arc<Films>| films.pack == Some(Pack::BuiltIn);
        let built_in = workbench
            .films
            .with(|films| films.as_ref().is_some_and(projected));
        built_in.then(|| say!(i18n, insight.rule_limit_built_in))
    };
    view! {
        <section class="panel rule" aria-labelledby="rule-heading" data-testid="rule">
            <h2 id="rule-heading">{tr!(i18n, insight.rule)}</h2>
            <label class="slider">
                <span>{label}</span>
                <input
                    type="range"
                    min=abstain::RANGE.start().to_string()
                    max=abstain::RANGE.end().to_string()
                    step="1"
                    data-testid="rule-percent"
                    prop:value=move || percent.get().to_string()
                    aria-valuetext=move || words::percent(i18n, f64::from(percent.get()) / 100.0)
                    on:input=slide
                />
            </label>
            <p data-testid="rule-silent">{silent}</p>
            <p class="hint">{fitted} " " {limit} " " {tr!(i18n, insight.rule_limit)}</p>
        </section>
    }
}
