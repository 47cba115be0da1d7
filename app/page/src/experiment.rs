//! Experiments: many networks with several seeds, as points with intervals, in sentences and as tables.

mod marked;
pub mod names;
mod plots;
pub mod sentences;

use experiments::{Experiment, Outcome};
use leptos::prelude::*;

use super::{
    I18n, failure,
    lesson::Guide,
    say,
    station::{Station, StationFrame},
    test::figures,
    tr,
    train::field::{ChoiceField, NumberField},
    words,
    workbench::Workbench,
};
use crate::i18n::use_i18n;
use ui_core::{
    lesson::findings::comparisons,
    state::{Progress, Run, TrialPhase},
};

const SEEDS: std::ops::RangeInclusive<usize> = 2..=30;

/// What the button does now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ButtonState {
    NoFilms,
    /// The lesson asks for a prediction first.
    Held,
    Ready,
    Running,
    Done,
}

#[component]
pub fn Lab() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let guide = expect_context::<Guide>();
    let experiment = workbench.tried;
    // As many as tell enough, unless the visitor asks for others.
    let asked = RwSignal::new(None::<usize>);
    let seeds = Signal::derive(move || asked.get().unwrap_or(experiment.get().seeds()));
    let moment = Memo::new(move |_| moment(workbench, guide, experiment.get()));
    let label = move || match moment.get() {
        ButtonState::NoFilms | ButtonState::Held | ButtonState::Ready => {
            say!(i18n, experiment.start)
        }
        ButtonState::Running => say!(i18n, experiment.stop),
        ButtonState::Done => say!(i18n, experiment.again),
    };
    let act = move |_| match moment.get_untracked() {
        ButtonState::Ready | ButtonState::Done => {
            workbench.experiment(experiment.get_untracked(), seeds.get_untracked());
        }
        ButtonState::Running => workbench.end_experiment(),
        ButtonState::NoFilms | ButtonState::Held => {}
    };
    let result = figures::keyed(move || match moment.get() {
        ButtonState::Held => {
            view! { <p class="empty">{tr!(i18n, experiment.predict_first)}</p> }.into_any()
        }
        _ => outcome(i18n, workbench, guide, experiment.get()),
    });
    let what = Signal::derive(move || names::what(i18n, experiment.get()));
    view! {
        <StationFrame
            station=Station::Lab
            heading=tr!(i18n, experiment.heading)
            lead=tr!(i18n, experiment.lead)
            buttons=ToChildren::to_children(move || {
                view! {
                    <button
                        type="button"
                        class="primary"
                        data-testid="primary"
                        aria-disabled=move || {
                            matches!(moment.get(), ButtonState::NoFilms | ButtonState::Held).to_string()
                        }
                        on:click=act
                    >
                        {label}
                    </button>
                }
            })
        >
            {choice(i18n, workbench, asked, seeds)}
            <p data-testid="experiment-what">{what}</p>
            {marked::view(i18n, workbench)}
            {standing(i18n, workbench, moment)}
            {result}
        </StationFrame>
    }
}

fn choice(
    i18n: I18n,
    workbench: Workbench,
    asked: RwSignal<Option<usize>>,
    seeds: Signal<usize>,
) -> AnyView {
    let experiment = workbench.tried;
    let place = move || {
        let own = |&other: &Experiment| other == experiment.get();
        Experiment::ALL.iter().position(own).unwrap_or(0)
    };
    let set = Callback::new(move |place: usize| {
        if let Some(&chosen) = Experiment::ALL.get(place) {
            asked.set(None);
            experiment.set(chosen);
        }
    });
    let choices = Memo::new(move |_| {
        let title = |own: &Experiment| (names::title(i18n, *own), true);
        Experiment::ALL.iter().map(title).collect::<Vec<_>>()
    });
    view! {
        <div class="lab-choice">
            <ChoiceField
                name="experiment"
                label=tr!(i18n, experiment.choice)
                help=tr!(i18n, experiment.choice_help)
                choices
                value=Signal::derive(place)
                set
            />
            <NumberField
                name="experiment-seeds"
                label=tr!(i18n, experiment.seeds)
                help=tr!(i18n, experiment.seeds_help)
                value=seeds
                set=Callback::new(move |n: usize| asked.set(Some(n)))
                range=SEEDS
                step="1"
            />
        </div>
    }
    .into_any()
}

fn moment(workbench: Workbench, guide: Guide, experiment: Experiment) -> ButtonState {
    if guide.holds_experiment(experiment) {
        return ButtonState::Held;
    }
    workbench
        .state
        .with(|state| match state.experiments.of(experiment) {
            _ if state.films.is_none() => ButtonState::NoFilms,
            None => ButtonState::Ready,
            Some(trials) if trials.is_active() => ButtonState::Running,
            Some(trials) if trials.outcomes.is_empty() => ButtonState::Ready,
            Some(_) => ButtonState::Done,
        })
}

/// Where the chosen experiment stands, in words and as a bar.
fn standing(i18n: I18n, workbench: Workbench, moment: Memo<ButtonState>) -> AnyView {
    let experiment = workbench.tried;
    let own = Memo::new(move |_| {
        let phase = |state: &ui_core::state::AppState| {
            let trials = state.experiments.of(experiment.get());
            trials.map(|trials| trials.phase.clone())
        };
        workbench.state.with(phase)
    });
    let progress = Memo::new(move |_| match own.get() {
        Some(TrialPhase::Asked(progress)) => progress,
        _ => None,
    });
    let busy = Memo::new(move |_| {
        let active =
            |state: &ui_core::state::AppState| state.run.as_ref().is_some_and(Run::is_active);
        workbench.state.with(active)
    });
    let bar = figures::keyed(move || match moment.get() {
        ButtonState::Running => self::progress(i18n, progress),
        _ => ().into_any(),
    });
    let words = move || match (own.get(), moment.get()) {
        (_, ButtonState::NoFilms) => say!(i18n, experiment.no_films),
        (_, ButtonState::Held) => String::new(),
        (None, _) => say!(i18n, experiment.ready),
        (Some(TrialPhase::Asked(_)), _) if busy.get() => say!(i18n, experiment.busy),
        (Some(TrialPhase::Stopped), _) => say!(i18n, experiment.stopped),
        (Some(TrialPhase::Asked(_) | TrialPhase::Done | TrialPhase::Failed(_)), _) => String::new(),
    };
    let failed = move || match own.get() {
        Some(TrialPhase::Failed(reason)) => Some(failure::failure(i18n, &reason)),
        _ => None,
    };
    let problem = figures::keyed(move || match failed() {
        Some(reason) => view! { <p class="problem" role="alert">{reason}</p> }.into_any(),
        None => ().into_any(),
    });
    view! {
        <div class="run-state" data-testid="experiment-state">
            <p class="hint">{words}</p>
            {bar}
            {problem}
        </div>
    }
    .into_any()
}

/// How far something has come, with the time that is left.
pub fn progress(i18n: I18n, progress: Memo<Option<Progress>>) -> AnyView {
    let words = move || match progress.get() {
        Some(Progress { done, total, .. }) => {
            say!(i18n, experiment.working, done = done, total = total)
        }
        None => say!(i18n, experiment.asked),
    };
    let left = move || {
        let seconds = progress.get().and_then(|progress| progress.seconds_left);
        seconds
            .map(|seconds| words::time_left(i18n, seconds))
            .unwrap_or_default()
    };
    let total = move || {
        progress
            .get()
            .map_or(1, |progress| progress.total.max(1))
            .to_string()
    };
    let done = move || {
        progress
            .get()
            .map_or(0, |progress| progress.done)
            .to_string()
    };
    view! {
        <p class="run-words">
            <span>{words}</span>
            <span class="run-left">{left}</span>
        </p>
        <progress aria-label=tr!(i18n, experiment.progress) max=total value=done></progress>
    }
    .into_any()
}

/// Plots and sentences of what has come so far.
fn outcome(i18n: I18n, workbench: Workbench, guide: Guide, experiment: Experiment) -> AnyView {
    let outcomes = Memo::new(move |_| {
        let shown = |outcomes: &[Outcome]| guide.shown(experiment, outcomes);
        workbench
            .state
            .with(|state| shown(state.experiments.outcomes(experiment)))
    });
    let none_later = Signal::derive(move || !guide.withholds_of(experiment));
    let sentences = figures::keyed(move || {
        let found = outcomes.with(|outcomes| comparisons(experiment, outcomes));
        let told = |comparison| sentences::comparison(i18n, experiment, comparison);
        let line = |line: String| view! { <li>{line}</li> }.into_any();
        let all: Vec<AnyView> = found.iter().map(told).map(line).collect();
        all.into_any()
    });
    let none = Signal::derive(move || outcomes.with(Vec::is_empty));
    view! {
        <div class="lab-result" data-testid="experiment-result" hidden=none>
            <p class="hint" data-testid="experiment-later" hidden=none_later>{tr!(i18n, experiment.later)}</p>
            <div class="lab-plots">{plots::view(i18n, experiment, outcomes)}</div>
            <section class="panel" aria-labelledby="lab-sentences">
                <h2 id="lab-sentences">{tr!(i18n, experiment.sentences)}</h2>
                <ul class="lesson-lines" data-testid="experiment-sentences">{sentences}</ul>
            </section>
        </div>
    }
    .into_any()
}
