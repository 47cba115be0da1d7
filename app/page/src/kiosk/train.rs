//! Second stop: one button, and a network that learns.

use leptos::prelude::*;

use super::{KioskContext, button, contest::of_few_people, head, i18n};
use crate::{
    I18n, say,
    test::figures,
    tr,
    train::{batch::Films, plot, progress::Said},
    words,
    workbench::Workbench,
};
use ui_core::{
    kiosk::{machine::Stop, starts},
    state::{Run, RunPhase},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TrainingState {
    /// The engine is not ready.
    Starting,
    Ready,
    Learning,
    Learnt,
}

#[component]
pub fn Train() -> impl IntoView {
    let i18n = i18n();
    let kiosk = expect_context::<KioskContext>();
    let workbench = kiosk.workbench;
    let moment = Memo::new(move |_| {
        workbench.state.with(|state| match &state.run {
            Some(run) if run.is_trained() => TrainingState::Learnt,
            Some(_) => TrainingState::Learning,
            None if starts(state) => TrainingState::Starting,
            None => TrainingState::Ready,
        })
    });
    let lead = Signal::derive(move || match moment.get() {
        TrainingState::Starting | TrainingState::Ready => say!(i18n, kiosk.train.lead),
        TrainingState::Learning => say!(i18n, kiosk.train.learning),
        TrainingState::Learnt => learnt(i18n, workbench),
    });
    let act = figures::keyed(move || match moment.get() {
        TrainingState::Starting => {
            view! { <p class="kiosk-left" role="status">{tr!(i18n, kiosk.train.starts)}</p> }
                .into_any()
        }
        TrainingState::Ready => button(
            "kiosk-train",
            "primary kiosk-huge",
            tr!(i18n, kiosk.train.start),
            move || workbench.train(false),
        ),
        TrainingState::Learning => ().into_any(),
        TrainingState::Learnt => button(
            "kiosk-next",
            "primary kiosk-huge",
            tr!(i18n, kiosk.train.next),
            move || kiosk.go(Stop::FaceOff),
        ),
    });
    view! {
        <section class="kiosk-screen">
            {head(tr!(i18n, kiosk.train.heading), lead)}
            <div class="kiosk-learning">
                <plot::Plot measure=plot::Curve::Accuracy wording=plot::Wording::Plain />
                <Films most=8 />
            </div>
            <div class="kiosk-next">
                {move || time_left(i18n, workbench)}
                {act}
            </div>
            <Said />
        </section>
    }
}

/// The network's score on the validation films, and what it never finds.
fn learnt(i18n: I18n, workbench: Workbench) -> String {
    workbench.state.with(|state| {
        let last = state.run.as_ref().and_then(|run| run.epochs.last());
        let score = last.map(|epoch| words::proportion(epoch.validation));
        let result = score.map_or_else(String::new, |score| {
            let right = words::hits(i18n, &score);
            if of_few_people(workbench) {
                return say!(i18n, kiosk.train.result_of_few, right = right);
            }
            let interval = words::interval(i18n, &score);
            say!(i18n, kiosk.train.result, right = right, interval = interval)
        });
        let never_found = last
            .and_then(|epoch| figures::never_found(i18n, workbench, &epoch.validation_confusion));
        format!("{result} {}", never_found.unwrap_or_default())
    })
}

fn time_left(i18n: I18n, workbench: Workbench) -> Option<AnyView> {
    workbench.state.with(|state| {
        let run = state.run.as_ref().filter(|run| run.is_active())?;
        let (words, done, total) = progress(run);
        let left = words.map(|seconds| words::time_left(i18n, seconds));
        let view = view! {
            <p class="kiosk-left" data-testid="kiosk-left">
                {left.unwrap_or_else(|| say!(i18n, kiosk.train.prepares))}
            </p>
            <progress
                aria-label=say!(i18n, train.progress_label)
                max=total.max(1).to_string()
                value=done.to_string()
            ></progress>
        };
        Some(view.into_any())
    })
}

/// Seconds left, where they are known; what is done, of how much.
fn progress(run: &Run) -> (Option<f32>, usize, usize) {
    match &run.phase {
        RunPhase::Preparing(_, progress) => (progress.seconds_left, progress.done, progress.total),
        _ => (run.seconds_left, run.steps_done(), run.steps_total),
    }
}
