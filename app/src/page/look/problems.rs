//! What happens to files while they load, and what did not become a film.

use leptos::prelude::*;
use model::pack::{FileProblem, LoadError};

use super::{contradictions::Contradictions, roles::Roles};
use crate::{
    i18n::use_i18n,
    page::{failure, say, workbench::Workbench},
    state::Loading,
};

#[component]
pub fn LoadState() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let loading = Memo::new(move |_| workbench.state.with(|state| state.loading.clone()));
    let kept = move || {
        let any = workbench.films.with(Option::is_some);
        any.then(|| say!(i18n, look.still_there))
    };
    let shown = move || match loading.get() {
        Loading::Idle => ().into_any(),
        Loading::Reading(progress) => {
            let words = if progress.total == 0 {
                say!(i18n, look.reading_start)
            } else {
                say!(
                    i18n,
                    look.reading,
                    done = progress.done,
                    total = progress.total
                )
            };
            view! {
                <div class="notice" data-testid="loading">
                    <p id="reading">{words}</p>
                    <progress
                        aria-labelledby="reading"
                        max=progress.total.max(1).to_string()
                        value=progress.done.to_string()
                    ></progress>
                </div>
            }
            .into_any()
        }
        Loading::Failed(LoadError::UnsureFolders { folders }) => {
            view! { <Roles folders /> }.into_any()
        }
        Loading::Failed(LoadError::Contradictions { groups }) => {
            view! { <Contradictions groups /> }.into_any()
        }
        Loading::Failed(error) => {
            let problems = error.problems().to_vec();
            view! {
                <div class="notice problem" role="alert" data-testid="load-error">
                    <p>{failure::load_error(i18n, &error)} " " {kept}</p>
                    <ProblemList problems />
                </div>
            }
            .into_any()
        }
        Loading::Interrupted => view! {
            <div class="notice problem" role="alert" data-testid="load-error">
                <p>{say!(i18n, look.interrupted)}</p>
            </div>
        }
        .into_any(),
    };
    view! { <div class="live" aria-live="polite">{shown}</div> }
}

/// The files that were left out of the loaded films.
#[component]
pub fn Skipped() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let skipped = Memo::new(move |_| {
        workbench.films.with(|films| {
            let films = films.as_ref();
            films.map_or_else(Vec::new, |films| films.data.skipped.clone())
        })
    });
    let title = move || match skipped.with(Vec::len) {
        1 => say!(i18n, look.skipped_one),
        n => say!(i18n, look.skipped, n = n),
    };
    view! {
        <Show when=move || skipped.with(|skipped| !skipped.is_empty())>
            <details class="notice" data-testid="skipped">
                <summary>{title}</summary>
                {move || view! { <ProblemList problems=skipped.get() /> }}
            </details>
        </Show>
    }
}

#[component]
fn ProblemList(problems: Vec<FileProblem>) -> impl IntoView {
    let i18n = use_i18n();
    let item = move |problem: FileProblem| {
        view! { <li>{move || failure::file_problem(i18n, &problem)}</li> }
    };
    let any = !problems.is_empty();
    any.then(
        || view! { <ul class="file-problems">{problems.into_iter().map(item).collect_view()}</ul> },
    )
}
