//! What the parts of the lesson share: where the learner is, and what moves that.

use experiments::{Experiment, Outcome};
use gloo_timers::callback::Interval;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::{
    clock,
    overlay::{Over, Shown},
    station::Station,
    storage,
    workbench::Workbench,
};
use ui_core::{
    lesson::{Answer, Arm, Break, LessonProgress, Need, Step, Todo, need, progress::KEY},
    link::Link,
    state::{AppState, Run},
};

/// Where the column's heading is, which takes the focus when the step changes.
pub const HEADING: &str = "lesson-heading";

/// The clock shows minutes.
const TICK_MS: u32 = 5_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Free,
    /// The lesson is offered, or what was kept of an earlier visit.
    Offer,
    Lesson,
}

#[derive(Clone, Copy)]
pub struct Guide {
    pub mode: RwSignal<Mode>,
    pub progress: RwSignal<LessonProgress>,
    /// What an earlier visit left, until it is gone on with or begun anew.
    pub kept: RwSignal<Option<LessonProgress>>,
    pub step: Memo<Step>,
    pub todo: Memo<Todo>,
    /// Milliseconds since 1970, every few seconds.
    pub now: RwSignal<f64>,
    /// Where the lesson begins: at its beginning, or where the link says.
    first: Step,
    workbench: Workbench,
}

impl Guide {
    /// Begins where the link or an earlier visit says.
    pub fn new(workbench: Workbench, link: &Link) -> Self {
        let invited = invitation(link);
        let kept = storage::kept::<LessonProgress>(KEY).filter(LessonProgress::is_begun);
        let mode = match (&kept, link.step) {
            (Some(kept), step) if !kept.free || step.is_some() => Mode::Offer,
            (None, Some(_)) => Mode::Lesson,
            _ => Mode::Free,
        };
        let progress = RwSignal::new(invited);
        let step = Memo::new(move |_| progress.with(|progress| progress.step));
        let todo = Memo::new(move |_| {
            let of = |state: &AppState| progress.with(|own| Todo::of(own.step, own, state));
            workbench.state.with(of)
        });
        let guide = Self {
            mode: RwSignal::new(mode),
            progress,
            kept: RwSignal::new(kept),
            step,
            todo,
            now: RwSignal::new(clock::date_ms()),
            first: link.step.unwrap_or_default(),
            workbench,
        };
        guide.tick();
        guide.remember();
        if mode == Mode::Lesson {
            guide.change(LessonProgress::begin);
            guide.prepare();
        }
        guide
    }

    /// Goes to a step: its place opens, and keyboard and screen reader go to its heading.
    pub fn go(&self, step: Step) {
        self.change(|progress, now| progress.go(step, now));
        self.prepare();
        focus_heading();
    }

    /// Back to a step, or with `None` out of the lesson, as the browser's history says. An earlier visit is gone on with.
    pub fn return_to(&self, step: Option<Step>) {
        let mode = self.mode.get_untracked();
        match step {
            None if mode == Mode::Lesson => self.leave(),
            Some(step) if (mode, step) != (Mode::Lesson, self.step.get_untracked()) => {
                if self.kept.with_untracked(Option::is_some) {
                    self.resume();
                }
                self.change(|progress, _| progress.free = false);
                self.mode.set(Mode::Lesson);
                self.go(step);
            }
            _ => {}
        }
    }

    /// Stores an answer to the present step's question.
    pub fn predict(&self, answer: Answer) {
        let step = self.step.get_untracked();
        let informed = self.workbench.state.with_untracked(|state| {
            let progress = self.progress;
            progress.with_untracked(|progress| need::in_sight(step, progress, state))
        });
        self.change(|progress, now| progress.predict(step, answer, informed, now));
    }

    /// Draws what is left to chance, unless a link said it.
    pub fn draw(&self) {
        let arm = Arm::drawn(js_sys::Math::random());
        self.change(|progress, _| {
            progress.arm.get_or_insert(arm);
        });
        self.restore_settings();
    }

    pub fn choose(&self, arm: Arm, seed: u64) {
        self.change(|progress, _| {
            progress.arm = Some(arm);
            progress.seed = seed;
        });
        self.restore_settings();
    }

    pub fn pause_clock(&self) {
        self.change(LessonProgress::pause);
    }

    pub fn start_clock(&self) {
        self.change(LessonProgress::unpause);
    }

    /// From free play to the lesson, where it was left.
    pub fn enter(&self) {
        let kept = self.kept.with_untracked(Option::is_some);
        let begun = !kept && self.progress.with_untracked(LessonProgress::is_begun);
        let mode = if begun { Mode::Lesson } else { Mode::Offer };
        self.change(|progress, _| progress.free = false);
        self.mode.set(mode);
        if begun {
            self.prepare();
        }
        focus_heading();
    }

    /// To free play; the lesson remembers where it was.
    pub fn leave(&self) {
        self.change(|progress, _| progress.free = true);
        self.mode.set(Mode::Free);
    }

    /// Goes on where an earlier visit ended.
    pub fn resume(&self) {
        if let Some(kept) = self.kept.try_update(Option::take).flatten() {
            self.progress.set(kept.resumed(clock::date_ms()));
        }
        self.start();
    }

    /// Begins where the link says, else at the beginning; what an earlier visit left is forgotten.
    pub fn begin_anew(&self) {
        storage::forget(KEY);
        self.kept.set(None);
        self.change(|progress, now| {
            *progress = progress.anew(now);
            progress.step = self.first;
        });
        self.start();
    }

    /// Whether to begin anew would lose a place or predictions.
    pub fn would_lose(&self) -> bool {
        let own = self.own();
        own.step != self.first || !own.predictions().is_empty()
    }

    /// Whether another tab has kept other predictions than this one's.
    pub fn is_overwritten(&self) -> bool {
        let kept = storage::kept::<LessonProgress>(KEY);
        let kept = kept.as_ref().map(LessonProgress::predictions);
        kept.unwrap_or_default() != self.own().predictions()
    }

    /// What this tab knows of the lesson: what an earlier visit left, until it is gone on with, or what this one has done.
    fn own(&self) -> LessonProgress {
        let kept = self.kept.get_untracked();
        kept.unwrap_or_else(|| self.progress.get_untracked())
    }

    fn start(&self) {
        self.change(|progress, _| progress.free = false);
        self.mode.set(Mode::Lesson);
        self.restore_settings();
        self.prepare();
        focus_heading();
    }

    /// Whether the lesson says what comes next.
    pub fn leads(&self) -> bool {
        self.mode.get() == Mode::Lesson
    }

    /// Whether a prediction comes before what this station can do in the present step.
    pub fn holds(&self, station: Station) -> bool {
        let asks = self.leads() && self.todo.get() == Todo::Predict;
        asks && place(self.step.get()) == station
    }

    /// Whether the lesson waits for a prediction about this experiment.
    pub fn holds_experiment(&self, experiment: Experiment) -> bool {
        let asks = self.leads() && self.todo.get() == Todo::Predict;
        asks && subject(self.step.get()) == Some(experiment)
    }

    /// Whether the lesson has yet to ask about some scores of this experiment.
    pub fn withholds_of(&self, experiment: Experiment) -> bool {
        self.leads() && self.progress.with(|own| own.withholds_of(experiment))
    }

    /// What may be shown of an experiment by now.
    pub fn shown(&self, experiment: Experiment, outcomes: &[Outcome]) -> Vec<Outcome> {
        match self.leads() {
            true => self.progress.with(|own| own.shown(experiment, outcomes)),
            false => outcomes.to_vec(),
        }
    }

    /// The arm's settings are those of the next run.
    pub fn has_settings(&self) -> bool {
        let (arm, seed) = self.progress.with(|progress| (progress.arm, progress.seed));
        let fits = |state: &AppState| {
            let arm = arm.is_none_or(|arm| arm == Arm::of(&state.settings));
            arm && state.settings.seed == seed
        };
        self.workbench.state.with(fits)
    }

    pub fn restore_settings(&self) {
        let (arm, seed) = self
            .progress
            .with_untracked(|progress| (progress.arm, progress.seed));
        self.workbench.state.update(|state| {
            // A run holds its settings.
            if !state.run.as_ref().is_some_and(Run::is_active) {
                state.settings.seed = seed;
                if let Some(arm) = arm {
                    arm.apply(&mut state.settings);
                }
            }
        });
    }

    /// Opens the place of the present step.
    pub fn prepare(&self) {
        let step = self.step.get_untracked();
        if let Some(experiment) = subject(step) {
            self.workbench.tried.set(experiment);
        }
        if step == Step::Train {
            let trained = |state: &AppState| state.run.is_some();
            if !self.workbench.state.with_untracked(trained) {
                self.restore_settings();
            }
        }
        self.workbench.station.set(place(step));
    }

    /// Notes that the result of a step is before the learner's eyes.
    pub fn see(&self, step: Step) {
        if !self
            .progress
            .with_untracked(|progress| progress.has_seen(step))
        {
            self.change(|progress, now| progress.see(step, now));
        }
    }

    fn change(&self, change: impl FnOnce(&mut LessonProgress, f64)) {
        let now = clock::date_ms();
        self.now.set(now);
        self.progress.update(|progress| {
            progress.settle(now);
            change(progress, now);
        });
    }

    fn tick(&self) {
        let guide = *self;
        Interval::new(TICK_MS, move || {
            let now = clock::date_ms();
            let minute = |at: f64| guide.progress.with_untracked(|own| own.minute(at));
            if minute(now) != minute(guide.now.get_untracked()) {
                guide.change(|_, _| {});
            }
            guide.now.set(now);
        })
        .forget();
    }

    /// Every change is kept, once there is something to come back to. Behind the facilitator's page only the clock goes
    /// on: kept from there, it would overwrite the lesson of a learner's tab.
    fn remember(&self) {
        let guide = *self;
        let over = expect_context::<Shown>();
        Effect::new(move |_| {
            let offered = guide.kept.with(Option::is_some);
            let waits = offered || over.get() == Over::Room;
            guide.progress.with(|progress| {
                if !waits && progress.is_begun() {
                    storage::keep(KEY, progress);
                }
            });
        });
    }
}

/// The station that a step happens at.
fn place(step: Step) -> Station {
    match step {
        Step::Start | Step::Look => Station::Look,
        Step::Train => Station::Train,
        Step::Test | Step::Where | Step::TakeAway => Station::Test,
        Step::Break(Break::Odd) => Station::Try,
        Step::Compare | Step::Break(_) | Step::LookBack => Station::Lab,
    }
}

/// The experiment that a step is about.
pub fn subject(step: Step) -> Option<Experiment> {
    Need::of(step).iter().find_map(|need| match need {
        Need::Experiment(experiment) => Some(*experiment),
        Need::Arm | Need::Run | Need::Test | Need::Odd | Need::Heat => None,
    })
}

fn invitation(link: &Link) -> LessonProgress {
    let lot = || (js_sys::Math::random() * 9_999.0) as u64 + 1;
    let seed = link.seed.unwrap_or_else(lot);
    let mut progress = LessonProgress::invited(seed);
    progress.arm = link.arm;
    progress.task = link.task.unwrap_or_default();
    progress.pack = link.pack.unwrap_or_default();
    progress.step = link.step.unwrap_or_default();
    progress
}

/// The heading can take the focus once it is there.
fn focus_heading() {
    request_animation_frame(|| {
        let heading = document().get_element_by_id(HEADING);
        if let Some(heading) = heading.and_then(|found| found.dyn_into().ok()) {
            let heading: web_sys::HtmlElement = heading;
            let _ = heading.focus();
        }
        if let Some(window) = web_sys::window() {
            window.scroll_to_with_x_and_y(0.0, 0.0);
        }
    });
}
