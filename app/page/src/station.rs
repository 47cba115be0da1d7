//! The four stations, always in sight with their state.

use imaging::pack::LoadError;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{
    I18n,
    lesson::{self, Guide},
    say, tr, words,
    workbench::Workbench,
};
use crate::i18n::use_i18n;
use ui_core::curves;
use ui_core::state::{AppState, Loading, Run, RunPhase, TestSet};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Station {
    Look,
    Train,
    Test,
    Try,
    /// Beside the four, which a film goes through.
    Lab,
}

impl Station {
    const ALL: [Self; 5] = [Self::Look, Self::Train, Self::Test, Self::Try, Self::Lab];

    pub fn id(self) -> &'static str {
        match self {
            Self::Look => "look",
            Self::Train => "train",
            Self::Test => "test",
            Self::Try => "try",
            Self::Lab => "lab",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|station| station.id() == id)
    }

    fn name(self, i18n: I18n) -> String {
        match self {
            Self::Look => say!(i18n, station.look),
            Self::Train => say!(i18n, station.train),
            Self::Test => say!(i18n, station.test),
            Self::Try => say!(i18n, station.ask),
            Self::Lab => say!(i18n, experiment.name),
        }
    }

    fn glance(self, i18n: I18n, state: &AppState) -> String {
        match self {
            Self::Look => look_glance(i18n, state),
            Self::Train => match &state.run {
                Some(run) => run_glance(i18n, run),
                None => say!(i18n, station.not_trained),
            },
            Self::Test => match &state.door {
                TestSet::Locked => say!(i18n, station.locked),
                TestSet::Opening => say!(i18n, station.opening),
                TestSet::Open(opened) => {
                    let score = opened.report.scores.accuracy;
                    say!(i18n, station.scored, hits = score.hits, n = score.n)
                }
            },
            Self::Try => match state.questions.len() {
                0 => say!(i18n, station.none_tried),
                n => say!(i18n, station.tried, n = n),
            },
            Self::Lab => match state.experiments.all().len() {
                _ if state.experiments.under_way().is_some() => say!(i18n, experiment.running),
                0 => say!(i18n, experiment.none),
                n => say!(i18n, experiment.done, n = n),
            },
        }
    }
}

fn look_glance(i18n: I18n, state: &AppState) -> String {
    let films = match &state.films {
        Some(films) => say!(i18n, station.films, n = films.len()),
        None => say!(i18n, station.no_films),
    };
    // Whoever has gone on while their files were read sees here that there is something to go back for.
    match &state.loading {
        Loading::Idle => films,
        Loading::Reading(_) => say!(i18n, station.reading),
        Loading::Failed(
            LoadError::UnsureFolders { .. }
            | LoadError::UnsureTable(_)
            | LoadError::UnsureNames(_)
            | LoadError::Contradictions { .. }
            | LoadError::NoLabels { n: 2.., .. }
            | LoadError::OneClass { n: 2.., .. },
        ) => {
            say!(i18n, station.files_ask, films = films)
        }
        Loading::Failed(_) | Loading::Interrupted => {
            say!(i18n, station.files_refused, films = films)
        }
    }
}

fn run_glance(i18n: I18n, run: &Run) -> String {
    match &run.phase {
        RunPhase::Asked | RunPhase::Preparing(..) => say!(i18n, station.getting_ready),
        RunPhase::Training => {
            let n = 100 * run.steps_done() / run.steps_total.max(1);
            say!(i18n, station.percent_done, n = n)
        }
        RunPhase::Pausing | RunPhase::Paused => say!(i18n, station.paused),
        RunPhase::Stopping => say!(i18n, station.stopped),
        RunPhase::Failed(_) => say!(i18n, station.failed),
        RunPhase::Finished { .. } => match run.epochs.last() {
            Some(epoch) => {
                let accuracy = words::percent(i18n, curves::share(epoch.validation));
                say!(i18n, station.trained_to, accuracy = accuracy)
            }
            None if run.is_trained() => say!(i18n, station.trained),
            None => say!(i18n, station.not_trained),
        },
    }
}

#[component]
pub fn Stepper() -> impl IntoView {
    let i18n = use_i18n();
    let step = move |(place, station): (usize, Station)| {
        let workbench = expect_context::<Workbench>();
        let glance = Memo::new(move |_| workbench.state.with(|state| station.glance(i18n, state)));
        let number = (station != Station::Lab).then_some(place + 1);
        let current = move || (workbench.station.get() == station).then_some("step");
        view! {
            <li>
                <button
                    type="button"
                    class="step"
                    class:step-beside=station == Station::Lab
                    data-testid=format!("nav-{}", station.id())
                    aria-current=current
                    on:click=move |_| workbench.go(station)
                >
                    <span class="step-number" aria-hidden="true">{number}</span>
                    <span class="step-name">{move || station.name(i18n)}</span>
                    <span class="step-glance">{glance}</span>
                </button>
            </li>
        }
    };
    view! {
        <nav class="stepper" aria-label=tr!(i18n, bar.stations)>
            <ol>{Station::ALL.into_iter().enumerate().map(step).collect_view()}</ol>
        </nav>
    }
}

/// The frame of a station: heading, what it is for, and its buttons, the primary one last.
#[component]
pub fn StationFrame(
    station: Station,
    #[prop(into)] heading: Signal<String>,
    #[prop(into)] lead: Signal<String>,
    buttons: Children,
    children: Children,
) -> impl IntoView {
    let workbench = expect_context::<Workbench>();
    let guide = expect_context::<Guide>();
    let heading_id = heading_id(station);
    view! {
        <section
            class="station"
            data-testid=format!("station-{}", station.id())
            aria-labelledby=heading_id.clone()
            hidden=move || workbench.station.get() != station
        >
            <header class="station-head">
                <div class="station-words">
                    <h1 id=heading_id.clone() tabindex="-1">{heading}</h1>
                    <p class="lead">{lead}</p>
                </div>
                <div class="station-buttons" inert=move || guide.holds(station)>{buttons()}</div>
            </header>
            {children()}
        </section>
    }
}

/// Whether the way on that a station offers is hidden: where the lesson says what comes next, there is one. A button
/// that is hidden while it has the focus leaves it to the lesson's.
pub fn hides_next(station: Station, is_next: Signal<bool>) -> Memo<bool> {
    let guide = expect_context::<Guide>();
    let hides = Memo::new(move |_| guide.leads() && is_next.get());
    let own = format!(
        "[data-testid=station-{}] .station-buttons .primary",
        station.id()
    );
    Effect::new(move |_| {
        let focus = document().active_element();
        if hides.get() && focus.is_some_and(|button| button.matches(&own) == Ok(true)) {
            lesson::focus_next();
        }
    });
    hides
}

impl Workbench {
    /// Goes to a station; keyboard and screen reader go along.
    pub fn go(&self, station: Station) {
        self.station.set(station);
        // The heading can take the focus once it is no longer hidden.
        request_animation_frame(move || {
            let heading = document().get_element_by_id(&heading_id(station));
            if let Some(heading) = heading.and_then(|found| found.dyn_into().ok()) {
                let heading: web_sys::HtmlElement = heading;
                let _ = heading.focus();
            }
            if let Some(window) = web_sys::window() {
                window.scroll_to_with_x_and_y(0.0, 0.0);
            }
        });
    }
}

fn heading_id(station: Station) -> String {
    format!("{}-heading", station.id())
}
