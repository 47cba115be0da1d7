//! Second stop: one button, and a network that learns.

use gloo_timers::callback::Interval;
use imaging::split::Subset;
use leptos::prelude::*;

use super::{
    KioskContext, button, contest::few_people, first_films::FirstFilms, head, i18n, legend::Legend,
};
use crate::{
    I18n, say,
    test::figures,
    tr,
    train::{batch::Films, plot, progress::Said},
    words,
    workbench::Workbench,
};
use ui_core::{
    kiosk::{
        machine::Stop,
        pace::{PASS_MS, Pace},
        starts,
    },
    state::{AppState, Run, RunPhase},
};

/// Images of a batch that are shown.
const PRACTICE: usize = 8;

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
    let pace = paced(workbench);
    let moment = Memo::new(move |_| {
        workbench.state.with(|state| match &state.run {
            Some(run) if run.is_trained() && pace.get().behind(run) == 0 => TrainingState::Learnt,
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
    let begun = Memo::new(move |_| {
        matches!(
            moment.get(),
            TrainingState::Learning | TrainingState::Learnt
        )
    });
    // Also of a network that has learned: its high scores are what is most easily misread.
    let bars = move || match begun.get() {
        true => say!(i18n, kiosk.train.bars),
        false => say!(i18n, kiosk.train.practice),
    };
    let line_is_drawn = Memo::new(move |_| {
        workbench.state.with(|state| {
            let run = state.run.as_ref();
            run.is_some_and(|run| pace.get().has_unfrozen(run))
        })
    });
    let stages = move || line_is_drawn.get().then(|| say!(i18n, kiosk.train.stages));
    view! {
        <section class="kiosk-screen">
            {head(tr!(i18n, kiosk.train.heading), lead)}
            <div class="kiosk-learning">
                <plot::Plot measure=plot::Curve::Accuracy wording=plot::Wording::Plain pace />
                <div class="kiosk-practice">
                    <Show when=move || begun.get() fallback=|| view! { <FirstFilms count=PRACTICE /> }>
                        <Films most=PRACTICE pace />
                    </Show>
                    <Legend />
                    <p class="kiosk-note">{bars}</p>
                    <p class="kiosk-note">{stages}</p>
                </div>
            </div>
            <div class="kiosk-next">
                {move || time_left(i18n, workbench, pace.get())}
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
            if let Some(n) = few_people(workbench, Subset::Validation) {
                return say!(i18n, kiosk.train.result_of_few, right = right, n = n);
            }
            let interval = words::interval(i18n, &score);
            say!(i18n, kiosk.train.result, right = right, interval = interval)
        });
        let never_found = last
            .and_then(|epoch| figures::never_found(i18n, workbench, &epoch.validation_confusion));
        format!("{result} {}", never_found.unwrap_or_default())
    })
}

/// One pass after the other, as an eye can follow; also with less motion, where nothing else moves.
fn paced(workbench: Workbench) -> Signal<Pace> {
    let run = move |state: &AppState| Pace::caught_up(state.run.as_ref());
    let pace = RwSignal::new(workbench.state.with_untracked(run));
    let clock = Interval::new(PASS_MS, move || {
        let mut next = pace.get_untracked();
        workbench
            .state
            .with_untracked(|state| next.go_on(state.run.as_ref()));
        if next != pace.get_untracked() {
            pace.set(next);
        }
    });
    let clock = StoredValue::new_local(clock);
    on_cleanup(move || clock.dispose());
    pace.into()
}

fn time_left(i18n: I18n, workbench: Workbench, pace: Pace) -> Option<AnyView> {
    workbench.state.with(|state| {
        let is_on = |run: &&Run| run.is_active() || run.is_trained() && pace.behind(run) > 0;
        let run = state.run.as_ref().filter(is_on)?;
        let (words, done, total) = progress(run, pace);
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
fn progress(run: &Run, pace: Pace) -> (Option<f32>, usize, usize) {
    let to_show = (pace.left(run) * PASS_MS as usize) as f32 / 1000.0;
    if let RunPhase::Preparing(_, progress) = &run.phase {
        let seconds = progress.seconds_left.map(|seconds| seconds + to_show);
        return (seconds, progress.done, progress.total);
    }
    let seconds = match run.is_active() {
        true => run.seconds_left,
        false => Some(0.0),
    };
    let seconds = seconds.map(|seconds| seconds.max(to_show));
    (seconds, pace.steps_done(run), run.steps_total)
}
