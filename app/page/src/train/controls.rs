//! One primary button that is Train, Pause and Resume in turn; Step and Stop beside it.

use leptos::prelude::*;

use crate::{
    i18n::use_i18n,
    say,
    station::{Station, hides_next},
    tr,
    workbench::Workbench,
};
use ui_core::state::{AppState, RunPhase};

/// What can be done next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ButtonState {
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
    let hides_next = hides_next(
        Station::Train,
        Signal::derive(move || matches!(moment.get(), ButtonState::NoFilms | ButtonState::Trained)),
    );
    let label = move || match moment.get() {
        ButtonState::NoFilms => say!(i18n, train.go_look),
        ButtonState::Ready => say!(i18n, train.start),
        ButtonState::Running => say!(i18n, train.pause),
        ButtonState::Pausing => say!(i18n, train.pausing),
        ButtonState::Paused => say!(i18n, train.resume),
        ButtonState::Stopping => say!(i18n, train.stopping),
        ButtonState::Trained => say!(i18n, train.next_test),
    };
    let act = move |_| match moment.get() {
        ButtonState::NoFilms => workbench.go(Station::Look),
        ButtonState::Ready => workbench.train(false),
        ButtonState::Running => workbench.pause(),
        ButtonState::Paused => workbench.resume(),
        ButtonState::Trained => workbench.go(Station::Test),
        ButtonState::Pausing | ButtonState::Stopping => {}
    };
    let step = move |_| match moment.get() {
        ButtonState::Ready | ButtonState::Trained => workbench.train(true),
        ButtonState::Paused => workbench.step(),
        _ => {}
    };
    let can_step = move || {
        matches!(
            moment.get(),
            ButtonState::Ready | ButtonState::Paused | ButtonState::Trained
        )
    };
    let can_stop = move || {
        matches!(
            moment.get(),
            ButtonState::Running | ButtonState::Pausing | ButtonState::Paused
        )
    };
    view! {
        <Show when=move || moment.get() == ButtonState::Trained>
            <button type="button" data-testid="again" on:click=move |_| workbench.train(false)>
                {tr!(i18n, train.again)}
            </button>
        </Show>
        <button
            type="button"
            data-testid="stop"
            disabled=move || !can_stop()
            on:click=move |_| workbench.stop()
        >
            {tr!(i18n, train.stop)}
        </button>
        <button
            type="button"
            data-testid="step"
            title=tr!(i18n, train.step_help)
            disabled=move || !can_step()
            on:click=step
        >
            {tr!(i18n, train.step)}
        </button>
        // Never disabled: the button that was just pressed keeps the focus.
        <button
            type="button"
            class="primary"
            data-testid="primary"
            aria-disabled=move || {
                matches!(moment.get(), ButtonState::Pausing | ButtonState::Stopping).to_string()
            }
            hidden=hides_next
            on:click=act
        >
            {label}
        </button>
    }
}

fn moment(state: &AppState) -> ButtonState {
    let Some(run) = &state.run else {
        return if state.films.is_some() {
            ButtonState::Ready
        } else {
            ButtonState::NoFilms
        };
    };
    match run.phase {
        RunPhase::Asked | RunPhase::Preparing(..) | RunPhase::Training => ButtonState::Running,
        RunPhase::Pausing => ButtonState::Pausing,
        RunPhase::Paused => ButtonState::Paused,
        RunPhase::Stopping => ButtonState::Stopping,
        RunPhase::Finished { .. } if run.is_trained() => ButtonState::Trained,
        RunPhase::Finished { .. } | RunPhase::Failed(_) => ButtonState::Ready,
    }
}
