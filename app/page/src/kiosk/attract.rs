//! What invites: a network that really trains, slowly enough to watch, one after another.

use gloo_timers::callback::Interval;
use imaging::{report::EpochReport, split::Subset};
use leptos::prelude::*;

use super::{
    KioskContext, browser, contest::few_people, first_films::FirstFilms, i18n, legend::Legend,
};
use crate::{
    clock, say, tr,
    train::{batch::Films, plot},
    words,
};
use ui_core::{
    kiosk::{
        machine::Happening,
        rounds::{Next, Rounds},
        settings::KioskSettings,
        starts,
    },
    state::{AppState, Progress, RunPhase},
};

/// Films that fill the place of the plot.
const COUNT: usize = 12;
/// With less motion, a step takes so many times as long.
const CALM: u32 = 4;

#[component]
pub fn Attract() -> impl IntoView {
    let i18n = i18n();
    let kiosk = expect_context::<KioskContext>();
    let workbench = kiosk.workbench;
    drive(kiosk);
    let of_whom = move |epoch: &EpochReport| {
        let right = words::hits(i18n, &words::proportion(epoch.validation));
        match few_people(workbench, Subset::Validation) {
            Some(n) => say!(i18n, kiosk.attract.images_of, right = right, n = n),
            None => say!(i18n, kiosk.attract.images, right = right),
        }
    };
    let standing = Memo::new(move |_| {
        workbench.state.with(|state| {
            let prepares = |progress: Progress| {
                let (done, total) = (progress.done, progress.total);
                say!(i18n, kiosk.attract.prepares, done = done, total = total)
            };
            let Some(run) = &state.run else {
                let starts = || say!(i18n, kiosk.attract.starts);
                return state.background.map_or_else(starts, prepares);
            };
            match (&run.phase, run.epochs.last()) {
                (RunPhase::Preparing(_, progress), _) => prepares(*progress),
                (RunPhase::Finished { .. }, Some(epoch)) => {
                    say!(i18n, kiosk.attract.done, right = of_whom(epoch))
                }
                (_, Some(epoch)) => say!(i18n, kiosk.attract.learns, right = of_whom(epoch)),
                (_, None) if run.batch.is_empty() => say!(i18n, kiosk.attract.begins),
                (_, None) => say!(i18n, kiosk.attract.first_pass),
            }
        })
    });
    // From its first step on, also between two trainings.
    let has_learned = Memo::new(move |before| {
        let steps = |state: &AppState| state.run.as_ref().is_some_and(|run| !run.batch.is_empty());
        before == Some(&true) || workbench.state.with(steps)
    });
    let begin = move |_| kiosk.on(Happening::Begun);
    view! {
        // The whole screen is the target; the button says so and serves the keyboard.
        <div class="kiosk-attract" data-testid="kiosk-attract" on:click=begin>
            <div class="kiosk-invite">
                <h1>{tr!(i18n, kiosk.attract.heading)}</h1>
                <p class="kiosk-lead">{tr!(i18n, kiosk.attract.lead)}</p>
                <button type="button" class="primary kiosk-huge" data-testid="kiosk-begin">
                    {tr!(i18n, kiosk.attract.begin)}
                </button>
                <p class="kiosk-private">{tr!(i18n, kiosk.attract.private)}</p>
            </div>
            <div class="kiosk-live">
                <p class="kiosk-standing" data-testid="kiosk-standing">{standing}</p>
                <Show when=move || has_learned.get() fallback=|| view! { <FirstFilms count=COUNT /> }>
                    <plot::Plot measure=plot::Curve::Accuracy wording=plot::Wording::Plain />
                    <Films most=8 />
                    <div class="kiosk-key">
                        <Legend />
                        <p class="kiosk-note">{tr!(i18n, kiosk.attract.bars)}</p>
                    </div>
                </Show>
            </div>
        </div>
    }
}

/// Asks for one step after another as long as this screen is shown.
fn drive(kiosk: KioskContext) {
    let rounds = StoredValue::new(Rounds::default());
    let turn = move || {
        let now = clock::steady_ms();
        let state = kiosk.workbench.state;
        let ready = !state.with_untracked(starts) && kiosk.settings.with_untracked(Option::is_some);
        if !ready {
            return;
        }
        let next = |rounds: &mut Rounds| {
            state.with_untracked(|state| rounds.next(state.run.as_ref(), now))
        };
        match rounds.try_update_value(next) {
            Some(Next::Begin) => {
                state.update(AppState::forget);
                kiosk.next_training(KioskSettings::round);
                kiosk.workbench.train(true);
            }
            Some(Next::Step) => {
                // Until the engine says that it waits again: a step asked for before that would be lost.
                state.update(|state| state.expect_phase(RunPhase::Training));
                kiosk.workbench.step();
            }
            Some(Next::Wait) | None => {}
        }
    };
    let pace = Memo::new(move |_| {
        let pace = kiosk.set().attract_step_ms;
        if browser::calm() { pace * CALM } else { pace }
    });
    let clock = StoredValue::new_local(None::<Interval>);
    Effect::new(move |_| clock.set_value(Some(Interval::new(pace.get(), turn))));
    on_cleanup(move || clock.dispose());
}
