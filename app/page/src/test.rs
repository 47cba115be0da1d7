//! Test: a locked door, what opening it costs, and what is behind it.

mod calibration;
mod classes;
mod explanation;
pub(crate) mod figures;
mod map;
mod matrix;
mod mistakes;
mod robustness;
pub(crate) mod runs;
mod score;
mod sections;
pub(super) mod slider;
mod threshold;

use imaging::split::Subset;
use leptos::prelude::*;

use super::{
    failure,
    importing::UnknownImages,
    say,
    station::{Station, StationFrame, hides_next},
    tr, words,
    workbench::Workbench,
};
use crate::i18n::use_i18n;
use ui_core::state::{AppState, RunPhase, TestSet};

/// What the station can offer now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Situation {
    NeedsTraining,
    Running,
    Locked,
    Opening,
    Open,
}

#[component]
pub fn Test() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let situation = Memo::new(move |_| situation(workbench));
    let hides_next = hides_next(
        Station::Test,
        Signal::derive(move || !matches!(situation.get(), Situation::Locked | Situation::Opening)),
    );
    let label = move || match situation.get() {
        Situation::NeedsTraining | Situation::Running => say!(i18n, test.go_train),
        Situation::Locked => say!(i18n, test.open),
        Situation::Opening => say!(i18n, test.opening),
        Situation::Open => say!(i18n, test.next),
    };
    let act = move |_| match situation.get() {
        Situation::NeedsTraining | Situation::Running => workbench.go(Station::Train),
        Situation::Locked => workbench.open_test(),
        Situation::Opening => {}
        Situation::Open => workbench.go(Station::Try),
    };
    view! {
        <StationFrame
            station=Station::Test
            heading=tr!(i18n, test.heading)
            lead=tr!(i18n, test.lead)
            buttons=ToChildren::to_children(move || {
                view! {
                    <button
                        type="button"
                        class="primary"
                        data-testid="primary"
                        aria-disabled=move || (situation.get() == Situation::Opening).to_string()
                        hidden=hides_next
                        on:click=act
                    >
                        {label}
                    </button>
                }
            })
        >
            <UnknownImages />
            <Show when=move || situation.get() != Situation::Open>
                <ClosedDoor situation />
                <Earlier />
            </Show>
            <Show when=move || situation.get() == Situation::Open>
                <sections::Sections />
            </Show>
            <Looks />
        </StationFrame>
    }
}

#[component]
fn ClosedDoor(situation: Memo<Situation>) -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let behind = move || {
        let count = |parts: &std::sync::Arc<Vec<Subset>>| {
            parts.iter().filter(|&&part| part == Subset::Test).count()
        };
        let n = workbench.parts.with(|parts| match parts {
            Some(Ok(parts)) => count(parts),
            _ => 0,
        });
        (n > 0).then(|| say!(i18n, test.behind, films = words::films(i18n, n)))
    };
    let missing = move || match situation.get() {
        Situation::NeedsTraining => say!(i18n, test.need_training),
        Situation::Running => say!(i18n, test.running),
        Situation::Locked | Situation::Opening | Situation::Open => String::new(),
    };
    let failed = move || {
        workbench
            .state
            .with(|state| match &state.run.as_ref()?.phase {
                RunPhase::Failed(reason) => Some(failure::failure(i18n, reason)),
                _ => None,
            })
    };
    view! {
        <div class="door" data-testid="door">
            <span class="door-lock" aria-hidden="true"></span>
            <h2>{tr!(i18n, test.door)}</h2>
            <p>{behind}</p>
            <p>{tr!(i18n, test.cost)}</p>
            <p class="strong">{missing}</p>
            <p class="problem-text">{failed}</p>
        </div>
    }
}

/// The runs of this visit can be compared also while the door is closed.
#[component]
fn Earlier() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let opened = RwSignal::new(false);
    let any = Memo::new(move |_| {
        let state = workbench.state;
        state.with(|state| !state.past_runs.is_empty() || state.trained().is_some())
    });
    let toggle = move |event| {
        opened.set(event_target::<web_sys::Element>(&event).has_attribute("open"));
    };
    let content = move || {
        figures::keyed(move || match opened.get() {
            true => view! { <runs::Runs /> }.into_any(),
            false => ().into_any(),
        })
    };
    let shown = figures::keyed(move || match any.get() {
        true => {
            // Curves from before may be all that there is.
            let waits = |state: &AppState| state.needed_films().is_some();
            let waits = workbench.state.with_untracked(waits);
            opened.set(waits);
            view! {
                <details class="earlier" data-testid="earlier-runs" open=waits on:toggle=toggle>
                    <summary>{tr!(i18n, beyond.runs.closed)}</summary>
                    {content()}
                </details>
            }
            .into_any()
        }
        false => ().into_any(),
    });
    view! {
        {shown}
    }
}

#[component]
fn Looks() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let looks = Memo::new(move |_| workbench.state.with(|state| state.times_opened));
    let sentence = move || match looks.get() {
        0 => None,
        1 => Some(say!(i18n, test.looks_one)),
        n => Some(say!(i18n, test.looks, n = n)),
    };
    view! { <p class="hint" data-testid="looks">{sentence}</p> }
}

fn situation(workbench: Workbench) -> Situation {
    workbench
        .state
        .with(|state| match (&state.door, &state.run) {
            (TestSet::Open(_), _) => Situation::Open,
            (TestSet::Opening, _) => Situation::Opening,
            (TestSet::Locked, Some(run)) if run.is_active() => Situation::Running,
            (TestSet::Locked, Some(run)) if run.is_trained() => Situation::Locked,
            (TestSet::Locked, _) => Situation::NeedsTraining,
        })
}
