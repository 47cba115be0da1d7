//! Where the run stands, in words and as a bar; its end; and the same for a screen reader.

use gloo_timers::callback::Interval;
use imaging::report::EpochReport;
use leptos::prelude::*;

use crate::{I18n, failure, i18n::use_i18n, say, test::figures, tr, words, workbench::Workbench};
use protocol::Preparation;
use ui_core::state::{AppState, Progress, Run, RunPhase};

/// A screen reader hears of the run at most once in this time.
const SAID_EVERY_MS: u32 = 4000;

#[derive(Clone, PartialEq)]
struct RunStanding {
    words: String,
    progress: Option<Progress>,
}

#[component]
pub fn RunState() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let standing = Memo::new(move |_| workbench.state.with(|state| standing(i18n, state)));
    let left = move || {
        let seconds = standing.with(|standing| standing.progress.as_ref()?.seconds_left);
        seconds.map(|seconds| words::time_left(i18n, seconds))
    };
    let result = Memo::new(move |_| workbench.state.with(|state| result(state.run.as_ref()?)));
    let failed = Memo::new(move |_| {
        workbench
            .state
            .with(|state| match &state.run.as_ref()?.phase {
                RunPhase::Failed(reason) => Some(failure::failure(i18n, reason)),
                _ => None,
            })
    });
    view! {
        <div class="run-state">
            <p class="run-words" data-testid="progress">
                {move || standing.with(|standing| standing.words.clone())}
                <span class="run-left">{left}</span>
            </p>
            {move || {
                let progress = standing.with(|standing| standing.progress);
                progress.map(|progress| view! {
                    <progress
                        aria-label=tr!(i18n, train.progress_label)
                        max=progress.total.max(1).to_string()
                        value=progress.done.to_string()
                    ></progress>
                })
            }}
            {move || result.get().map(|last| view! { <RunResult last /> })}
            {move || failed.get().map(|sentence| view! {
                <p class="problem" role="alert" data-testid="run-failure">{sentence}</p>
            })}
        </div>
    }
}

#[component]
fn RunResult(last: EpochReport) -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let score = words::proportion(last.validation);
    let confusion = last.validation_confusion;
    let missed = confusion.clone();
    let never_found = move || {
        figures::never_found(i18n, workbench, &missed).map(|sentence| {
            view! { <p class="problem" data-testid="run-never-found">{sentence}</p> }
        })
    };
    let balanced = move || figures::balanced(i18n, &confusion);
    let result = move || {
        let right = words::hits(i18n, &score);
        let interval = words::interval(i18n, &score);
        say!(i18n, train.result, right = right, interval = interval)
    };
    view! {
        <p class="run-result" data-testid="run-result">
            {result}
        </p>
        {never_found}
        <p class="hint" data-testid="run-balanced">{balanced}</p>
        <p class="hint">{tr!(i18n, train.result_note)}</p>
    }
}

/// The live region: says what matters, not every step.
#[component]
pub fn Said() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let said = RwSignal::new(String::new());
    let latest = Memo::new(move |_| workbench.state.with(|state| announcement(i18n, state)));
    let pace = Interval::new(SAID_EVERY_MS, move || {
        let words = latest.get_untracked();
        if said.with_untracked(|said| *said != words) {
            said.set(words);
        }
    });
    let pace = StoredValue::new_local(pace);
    // What was said last is not left in the language before.
    Effect::new(move |_| {
        i18n.language();
        said.set(latest.get_untracked());
    });
    on_cleanup(move || pace.dispose());
    view! { <p class="unseen" role="status" data-testid="said">{said}</p> }
}

fn standing(i18n: I18n, state: &AppState) -> RunStanding {
    let words_only = |words| RunStanding {
        words,
        progress: None,
    };
    let Some(run) = &state.run else {
        return match (&state.background, &state.films) {
            (Some(progress), _) => RunStanding {
                words: say!(
                    i18n,
                    train.background,
                    done = progress.done,
                    total = progress.total
                ),
                progress: Some(*progress),
            },
            (None, Some(films)) => {
                let films = words::films(i18n, films.len());
                words_only(say!(i18n, train.ready, films = films))
            }
            (None, None) => words_only(say!(i18n, train.no_films)),
        };
    };
    let steps = Progress {
        done: run.steps_done(),
        total: run.steps_total,
        seconds_left: run.seconds_left,
    };
    let (done, total) = (steps.done, steps.total);
    match &run.phase {
        RunPhase::Asked => words_only(say!(i18n, train.asked)),
        RunPhase::Preparing(work, progress) => {
            let (done, total) = (progress.done, progress.total);
            let words = match work {
                Preparation::Features => {
                    say!(i18n, train.preparing_films, done = done, total = total)
                }
                Preparation::Views => say!(i18n, train.preparing_views, done = done, total = total),
            };
            RunStanding {
                words,
                progress: Some(*progress),
            }
        }
        RunPhase::Training | RunPhase::Pausing | RunPhase::Stopping => RunStanding {
            words: say!(i18n, train.progress, done = done, total = total),
            progress: Some(steps),
        },
        RunPhase::Paused => RunStanding {
            words: say!(i18n, train.paused, done = done, total = total),
            progress: Some(Progress {
                seconds_left: None,
                ..steps
            }),
        },
        RunPhase::Finished { stopped, seconds } => {
            let time = words::time_taken(i18n, *seconds);
            words_only(match stopped {
                _ if !run.is_trained() => say!(i18n, train.untrained),
                _ if run.is_as_in_file() => say!(i18n, import.standing),
                false => say!(i18n, train.finished, time = time),
                true => say!(i18n, train.finished_early, time = time),
            })
        }
        RunPhase::Failed(_) => words_only(String::new()),
    }
}

/// The last validation of a run that is over.
fn result(run: &Run) -> Option<EpochReport> {
    run.epochs.last().filter(|_| run.is_trained()).cloned()
}

fn announcement(i18n: I18n, state: &AppState) -> String {
    let Some(run) = &state.run else {
        return String::new();
    };
    let last = run.epochs.last();
    let right = last.map(|epoch| words::hits(i18n, &words::proportion(epoch.validation)));
    match (&run.phase, right) {
        (RunPhase::Preparing(..) | RunPhase::Asked, _) => say!(i18n, train.said_preparing),
        (RunPhase::Training, Some(right)) => {
            let epoch = run.epochs.len();
            say!(i18n, train.said_running, epoch = epoch, right = right)
        }
        (RunPhase::Training, None) => say!(i18n, train.said_training),
        (RunPhase::Finished { .. }, Some(right)) => {
            let score = last.map(|epoch| words::proportion(epoch.validation));
            let interval = score.map(|score| words::interval(i18n, &score));
            let interval = interval.unwrap_or_default();
            let result = say!(i18n, train.result, right = right, interval = interval);
            format!("{} {result}", standing(i18n, state).words)
        }
        _ => standing(i18n, state).words,
    }
}
