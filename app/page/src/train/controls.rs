//! One primary button that is Train, Pause and Resume in turn; Step and Stop beside it.

use leptos::prelude::*;

use crate::{i18n::use_i18n, say, station::Station, told, workbench::Workbench};
use ui_core::state::{AppState, RunPhase};

/// What can be done next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moment {
    NoFilms,
    Ready,
    Running,
    Pausing,
    Paused,
    Stopping,
    Trained,
}

#[component]
pub fn Controls() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let moment = Memo::new(move |_| workbench.state.with(moment));
    let label = move || match moment.get() {
        Moment::NoFilms => say!(i18n, train.go_look),
        Moment::Ready => say!(i18n, train.start),
        Moment::Running => say!(i18n, train.pause),
        Moment::Pausing => say!(i18n, train.pausing),
        Moment::Paused => say!(i18n, train.resume),
        Moment::Stopping => say!(i18n, train.stopping),
        Moment::Trained => say!(i18n, train.next_test),
    };
    let act = move |_| match moment.get() {
        Moment::NoFilms => workbench.go(Station::Look),
        Moment::Ready => workbench.train(false),
        Moment::Running => workbench.pause(),
        Moment::Paused => workbench.resume(),
        Moment::Trained => workbench.go(Station::Test),
        Moment::Pausing | Moment::Stopping => {}
    };
    let step = move |_| match moment.get() {
        Moment::Ready | Moment::Trained => workbench.train(true),
        Moment::Paused => workbench.step(),
        _ => {}
    };
    let can_step = move || {
        matches!(
            moment.get(),
            Moment::Ready | Moment::Paused | Moment::Trained
        )
    };
    let can_stop = move || {
        matches!(
            moment.get(),
            Moment::Running | Moment::Pausing | Moment::Paused
        )
    };
    view! {
        <Show when=move || moment.get() == Moment::Trained>
            <button type="button" data-testid="again" on:click=move |_| workbench.train(false)>
                {told!(i18n, train.again)}
            </button>
        </Show>
        <button
            type="button"
            data-testid="stop"
            disabled=move || !can_stop()
            on:click=move |_| workbench.stop()
        >
            {told!(i18n, train.stop)}
        </button>
        <button
            type="button"
            data-testid="step"
            title=told!(i18n, train.step_help)
            disabled=move || !can_step()
            on:click=step
        >
            {told!(i18n, train.step)}
        </button>
        // Never disabled: the button that was just pressed keeps the focus.
        <button
            type="button"
            class="primary"
            data-testid="primary"
            aria-disabled=move || {
                matches!(moment.get(), Moment::Pausing | Moment::Stopping).to_string()
            }
            on:click=act
        >
            {label}
        </button>
    }
}

fn moment(state: &AppState) -> Moment {
    let Some(run) = &state.run else {
        return if state.films.is_some() {
            Moment::Ready
        } else {
            Moment::NoFilms
        };
    };
    match run.phase {
        RunPhase::Asked | RunPhase::Preparing(..) | RunPhase::Training => Moment::Running,
        RunPhase::Pausing => Moment::Pausing,
        RunPhase::Paused => Moment::Paused,
        RunPhase::Stopping => Moment::Stopping,
        RunPhase::Finished { .. } if run.is_trained() => Moment::Trained,
        RunPhase::Finished { .. } | RunPhase::Failed(_) => Moment::Ready,
    }
}
