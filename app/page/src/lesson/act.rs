//! What a step does with the workbench, how far that has come, and what more can be tried.

use experiments::Experiment;
use imaging::split::Subset;
use leptos::prelude::*;

use super::guide::{Guide, subject};
use crate::{
    I18n, experiment, failure, i18n::use_i18n, say, station::Station, test::figures, tr,
    workbench::Workbench,
};
use protocol::Subject;
use ui_core::{
    lesson::{Break, Need, Step, Todo, need},
    state::{AppState, Progress, RunPhase, TrialPhase},
};

/// What the button says that does it.
pub fn label(i18n: I18n, step: Step, need: Need) -> String {
    match need {
        Need::Arm => say!(i18n, lesson.do_label.draw),
        Need::Run if step == Step::Train => say!(i18n, lesson.do_label.train),
        Need::Run => say!(i18n, lesson.do_label.train_first),
        Need::Test => say!(i18n, lesson.do_label.test),
        Need::Experiment(Experiment::Pixels) => say!(i18n, lesson.do_label.pixels),
        Need::Experiment(Experiment::Arms) => say!(i18n, lesson.do_label.arms),
        Need::Experiment(Experiment::Shortcut) => say!(i18n, lesson.do_label.shortcut),
        Need::Experiment(Experiment::NewHospital) => say!(i18n, lesson.do_label.new_hospital),
        Need::Experiment(Experiment::Leak) => say!(i18n, lesson.do_label.leak),
        Need::Experiment(Experiment::Mirrored) => say!(i18n, lesson.do_label.mirrored),
        Need::Experiment(_) => say!(i18n, lesson.do_label.experiment),
        Need::Odd => say!(i18n, lesson.do_label.odd),
        Need::Heat => say!(i18n, lesson.do_label.heat),
    }
}

/// The station where it happens.
fn place(need: Need) -> Option<Station> {
    match need {
        Need::Arm => None,
        Need::Run => Some(Station::Train),
        Need::Test | Need::Heat => Some(Station::Test),
        Need::Experiment(_) => Some(Station::Lab),
        Need::Odd => Some(Station::Try),
    }
}

/// Does it, in the workbench as anyone would, and where it can be seen.
pub fn run(workbench: Workbench, guide: Guide, need: Need) {
    if let Some(station) = place(need) {
        workbench.station.set(station);
    }
    match need {
        Need::Arm => guide.draw(),
        Need::Run => workbench.train(false),
        Need::Test => workbench.open_test(),
        Need::Experiment(experiment) => {
            workbench.tried.set(experiment);
            workbench.experiment(experiment, experiment.seeds());
        }
        Need::Odd => {
            let n = workbench.state.with_untracked(|state| state.odd.len());
            (0..n).for_each(|odd| workbench.classify_odd(odd));
        }
        Need::Heat => {
            if let Some(sample) = workbench.state.with_untracked(film_to_examine) {
                workbench.examine(Subject::Sample(sample));
            }
        }
    }
}

/// A test film if they are open, else one that validates; of the second class where there is one. What is painted over is gray, and
/// to networks of the built-in images even gray is an abdomen, the first: such an answer cannot be painted away
/// (docs/decisions/explanations.md).
fn film_to_examine(state: &AppState) -> Option<usize> {
    let part = match state.opened() {
        Some(_) => Subset::Test,
        None => Subset::Validation,
    };
    let parts = &state.trained()?.parts;
    let samples = &state.films.as_ref()?.data.samples;
    let in_part = || (0..parts.len()).filter(|&film| parts[film] == Some(part));
    let second = in_part().find(|&film| samples.get(film).is_some_and(|own| own.class == 1));
    second.or_else(|| in_part().next())
}

pub fn view(guide: Guide, step: Step) -> AnyView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let todo = guide.todo;
    let standing = figures::keyed(move || match todo.get() {
        Todo::Predict => view! { <p class="hint">{tr!(i18n, lesson.first_predict)}</p> }.into_any(),
        Todo::Wait(need) => waiting(i18n, workbench, need),
        Todo::Do(need) => ready(i18n, workbench, step, need),
        Todo::LeftOut | Todo::Done => ().into_any(),
    });
    let heading = match step {
        Step::Start | Step::TakeAway | Step::LookBack => ().into_any(),
        _ => {
            let done = move || matches!(todo.get(), Todo::LeftOut | Todo::Done);
            view! { <h3 id="lesson-act" hidden=done>{tr!(i18n, lesson.act)}</h3> }.into_any()
        }
    };
    view! {
        <div class="lesson-part lesson-act">
            {heading}
            {standing}
            {(step == Step::Train).then(|| beside(guide, i18n, step))}
        </div>
    }
    .into_any()
}

/// What the step points at once its result is there. Training points at its batches from the beginning.
pub fn after(guide: Guide, step: Step) -> AnyView {
    let i18n = use_i18n();
    let todo = guide.todo;
    match step {
        Step::Train => ().into_any(),
        _ => view! {
            <div class="lesson-part" hidden=move || todo.get() != Todo::Done>
                {beside(guide, i18n, step)}
            </div>
        }
        .into_any(),
    }
}

fn waiting(i18n: I18n, workbench: Workbench, need: Need) -> AnyView {
    let progress = Memo::new(move |_| workbench.state.with(|state| progress(need, state)));
    let stop = matches!(need, Need::Run | Need::Experiment(_)).then(|| {
        view! {
            <button
                type="button"
                class="lesson-small"
                data-testid="lesson-stop"
                on:click=move |_| {
                    match need {
                        Need::Run => workbench.stop(),
                        _ => workbench.end_experiment(),
                    }
                    super::column::focus_next();
                }
            >
                {tr!(i18n, lesson.stop)}
            </button>
        }
    });
    view! {
        <div class="lesson-wait" data-testid="lesson-waiting">
            {experiment::progress(i18n, progress)}
            {stop}
        </div>
    }
    .into_any()
}

fn progress(need: Need, state: &AppState) -> Option<Progress> {
    match need {
        Need::Run => {
            let run = state.run.as_ref()?;
            match &run.phase {
                RunPhase::Asked => None,
                RunPhase::Preparing(_, progress) => Some(*progress),
                _ => Some(Progress {
                    done: run.steps_done(),
                    total: run.steps_total,
                    seconds_left: run.seconds_left,
                }),
            }
        }
        Need::Experiment(experiment) => match state.experiments.of(experiment)?.phase {
            TrialPhase::Asked(progress) => progress,
            TrialPhase::Done | TrialPhase::Stopped | TrialPhase::Failed(_) => None,
        },
        Need::Arm | Need::Test | Need::Odd | Need::Heat => None,
    }
}

/// What to press now, or why it has to be done again if it was tried.
fn ready(i18n: I18n, workbench: Workbench, step: Step, need: Need) -> AnyView {
    let reason = workbench.state.with(|state| match need {
        Need::Run | Need::Test => match &state.run.as_ref()?.phase {
            RunPhase::Failed(reason) => Some(failure::failure(i18n, reason)),
            _ => None,
        },
        Need::Experiment(experiment) => match &state.experiments.of(experiment)?.phase {
            TrialPhase::Failed(reason) => Some(failure::failure(i18n, reason)),
            _ => None,
        },
        Need::Arm | Need::Odd | Need::Heat => None,
    });
    match reason {
        Some(reason) => {
            view! { <p class="problem" role="alert" data-testid="lesson-failed">{reason}</p> }
                .into_any()
        }
        None => {
            let label = label(i18n, step, need);
            let words = match need {
                Need::Arm => return ().into_any(),
                Need::Run if step != Step::Train => {
                    say!(i18n, lesson.press_train, label = label)
                }
                _ => say!(i18n, lesson.press, label = label),
            };
            view! { <p class="hint">{words}</p> }.into_any()
        }
    }
}

/// The run waits for its visitor.
pub fn paused(workbench: Workbench) -> Memo<bool> {
    let paused = |state: &AppState| {
        let phase = state.run.as_ref().map(|run| &run.phase);
        matches!(phase, Some(RunPhase::Paused))
    };
    Memo::new(move |_| workbench.state.with(paused))
}

/// What else the step points at.
fn beside(guide: Guide, i18n: I18n, step: Step) -> AnyView {
    let workbench = expect_context::<Workbench>();
    let hint = Signal::derive(move || match step {
        Step::Train => say!(i18n, lesson.hint.batch_help),
        Step::Compare => say!(i18n, lesson.hint.few),
        Step::Test => say!(i18n, lesson.hint.threshold),
        Step::Break(Break::Hospital) => say!(i18n, lesson.hint.changes),
        Step::Break(Break::Odd) => say!(i18n, lesson.hint.rule),
        Step::Break(Break::Mirrored) => say!(i18n, lesson.hint.mirror),
        Step::Where => say!(i18n, lesson.hint.erase),
        _ => String::new(),
    });
    let batch = (step == Step::Train).then(|| {
        let paused = paused(workbench);
        let idle = move || match guide.todo.get() {
            Todo::Predict => true,
            Todo::Wait(_) => !paused.get(),
            Todo::Do(_) | Todo::LeftOut | Todo::Done => false,
        };
        view! {
            <button
                type="button"
                class="lesson-small"
                data-testid="lesson-batch"
                aria-disabled=move || idle().to_string()
                on:click=move |_| match (idle(), paused.get_untracked()) {
                    (true, _) => {}
                    (false, true) => workbench.step(),
                    (false, false) => workbench.train(true),
                }
            >
                {tr!(i18n, lesson.hint.batch)}
            </button>
        }
    });
    let restore = (step == Step::Train).then(|| {
        view! {
            <div class="lesson-wait" hidden=move || guide.has_settings()>
                <p class="hint">{tr!(i18n, lesson.hint.restore)}</p>
                <button
                    type="button"
                    class="lesson-small"
                    data-testid="lesson-restore"
                    on:click=move |_| guide.restore_settings()
                >
                    {tr!(i18n, lesson.hint.restore_do)}
                </button>
            </div>
        }
    });
    let again = (step == Step::Where).then(|| {
        view! {
            <button
                type="button"
                class="lesson-small"
                data-testid="lesson-again"
                on:click=move |_| run(workbench, guide, Need::Heat)
            >
                {tr!(i18n, lesson.hint.heat_again)}
            </button>
        }
    });
    view! {
        {restore}
        <p class="hint">{hint}</p>
        {batch}
        {again}
    }
    .into_any()
}

/// Experiments that go with the step, at their own place.
pub fn further(step: Step) -> AnyView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let all: Vec<Experiment> = subject(step)
        .into_iter()
        .chain(need::further(step).iter().copied())
        .collect();
    if all.is_empty() {
        return ().into_any();
    }
    let button = move |experiment: Experiment| {
        view! {
            <button
                type="button"
                class="lesson-small"
                data-testid=format!("lesson-more-{}", experiment.key())
                on:click=move |_| {
                    workbench.tried.set(experiment);
                    workbench.go(Station::Lab);
                }
            >
                {Signal::derive(move || experiment::names::title(i18n, experiment))}
            </button>
        }
        .into_any()
    };
    let all: Vec<AnyView> = all.into_iter().map(button).collect();
    view! {
        <section class="lesson-part" aria-labelledby="lesson-further">
            <h3 id="lesson-further">{tr!(i18n, lesson.further)}</h3>
            <p class="row">{all}</p>
        </section>
    }
    .into_any()
}
