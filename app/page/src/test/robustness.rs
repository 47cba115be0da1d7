//! The test films as another hospital might deliver them.

mod controls;
mod history;
mod preview;
pub mod result;

use std::time::Duration;

use imaging::{perturb::Perturbation, report::TestReport};
use leptos::prelude::*;

use crate::{I18n, i18n::use_i18n, say, test::figures, tr, workbench::Workbench};
use protocol::{Explanation, ExplanationResult};
use ui_core::{robustness::Dial, state::ExplanationStage};

/// Sliders that have not moved for so long rest.
const REST: Duration = Duration::from_millis(400);

#[component]
pub fn Changes() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let change = RwSignal::new(Perturbation::default());
    let stage = Memo::new(move |_| {
        let about = about(change.get());
        workbench
            .state
            .with(|state| state.explanations.stage(&about).cloned())
    });
    ask_when_resting(workbench, change);
    let unlocked = Memo::new(move |_| workbench.state.with(|state| state.opened().is_some()));
    let content = figures::keyed(move || match unlocked.get() {
        true => view! {
            <div class="changes-top">
                <controls::Controls change />
                <preview::Preview change />
                <result::Outcome change stage />
            </div>
            <history::History change />
        }
        .into_any(),
        false => view! { <p class="empty">{tr!(i18n, beyond.changes.locked)}</p> }.into_any(),
    });
    view! {
        <div class="changes" data-testid="changes">
            <p>{tr!(i18n, beyond.changes.lead)}</p>
            {content}
        </div>
    }
}

/// The network is asked once the sliders rest; what is under way is given up as soon as they move.
fn ask_when_resting(workbench: Workbench, change: RwSignal<Perturbation>) {
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let forget = move || {
        if let Some(handle) = waiting.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    };
    let changed = Memo::new(move |_| change.get());
    Effect::new(move |_| {
        let about = about(changed.get());
        forget();
        workbench.end_explanation(&about);
        if changed.get_untracked() != Perturbation::default() {
            let ask = move || workbench.explain(about.clone());
            waiting.set_value(set_timeout_with_handle(ask, REST).ok());
        }
    });
    on_cleanup(forget);
}

fn about(perturbation: Perturbation) -> Explanation {
    Explanation::Changed { perturbation }
}

/// The answers after a change, if they have come.
fn answers(stage: Option<ExplanationStage>) -> Option<TestReport> {
    match stage {
        Some(ExplanationStage::Found(ExplanationResult::Changed(report))) => Some(report),
        _ => None,
    }
}

/// All that differs, in words.
fn described(i18n: I18n, change: &Perturbation) -> String {
    let dials = Dial::ALL.into_iter().filter(|dial| !dial.rests(change));
    let mut words: Vec<String> = dials
        .map(|dial| {
            let value = controls::value(i18n, dial, change);
            match dial {
                Dial::Window => say!(i18n, beyond.changes.told_window, value = value),
                Dial::Level => say!(i18n, beyond.changes.told_level, value = value),
                Dial::Noise => say!(i18n, beyond.changes.told_noise, value = value),
                Dial::Blur => say!(i18n, beyond.changes.told_blur, value = value),
                Dial::Rotation => say!(i18n, beyond.changes.told_rotation, value = value),
                Dial::Scale => say!(i18n, beyond.changes.told_scale, value = value),
                Dial::Jpeg => say!(i18n, beyond.changes.told_jpeg, value = value),
            }
        })
        .collect();
    if change.inversion {
        words.push(say!(i18n, beyond.changes.told_inversion));
    }
    words.join(", ")
}
