//! Files that did not become films, and what else could be done with them.

use imaging::{
    dataset::DatasetSummary,
    pack::{FileError, FileProblem, LoadError},
};
use leptos::prelude::*;
use ui_core::state::FILM_ENDINGS;

use crate::{
    I18n, failure, files::Named, i18n::use_i18n, say, test::figures::keyed, tr,
    workbench::Workbench,
};

/// So many films at most are a question to the network rather than films to learn from.
const FEW: usize = 12;

/// What belongs to the sentence that refuses the files: the reasons, and what to do instead.
pub fn of_refusal(workbench: Workbench, error: &LoadError) -> AnyView {
    let problems = error.problems().to_vec();
    let films = match error {
        LoadError::NoFilms { .. } | LoadError::NoLabels { .. } | LoadError::OneClass { .. } => {
            readable(workbench.files_asked_for(), &problems)
        }
        _ => Vec::new(),
    };
    let instead = (1..=FEW).contains(&films.len());
    view! {
        {list(problems)}
        {instead.then(|| ask_instead(workbench, films))}
    }
    .into_any()
}

/// The files that are named like films, but for those that are known not to be.
fn readable(files: Vec<Named>, problems: &[FileProblem]) -> Vec<Named> {
    let is_film = |path: &str| {
        let name = path.to_lowercase();
        let named = FILM_ENDINGS.iter().any(|end| name.ends_with(end));
        // As on a hospital's disc.
        let bare = !name.rsplit('/').next().unwrap_or(&name).contains('.');
        let broken = |problem: &FileProblem| {
            matches!(problem.error, FileError::Decode(_)) && path.ends_with(&problem.path)
        };
        (named || bare) && !problems.iter().any(broken)
    };
    files
        .into_iter()
        .filter(|(path, _)| is_film(path))
        .collect()
}

/// Films that there is nothing to learn from may have been meant for the network that is there.
fn ask_instead(workbench: Workbench, films: Vec<Named>) -> AnyView {
    let i18n = use_i18n();
    let trained = Memo::new(move |_| workbench.state.with(|state| state.trained().is_some()));
    let n = films.len();
    let films = StoredValue::new_local(films);
    let ask = move |_| workbench.ask_instead(films.get_value());
    keyed(move || match trained.get() {
        true => view! {
            <button type="button" data-testid="ask-instead" on:click=ask>
                {tr!(i18n, look.ask_instead, n = n)}
            </button>
        }
        .into_any(),
        false => view! { <p>{tr!(i18n, look.ask_later, n = n)}</p> }.into_any(),
    })
}

/// The files that were left out of the loaded films.
pub fn skipped(data: &DatasetSummary) -> AnyView {
    let i18n = use_i18n();
    let n = data.skipped.len();
    if n == 0 {
        return ().into_any();
    }
    view! {
        <details data-testid="skipped">
            <summary>{move || left_out(i18n, n)}</summary>
            {list(data.skipped.clone())}
        </details>
    }
    .into_any()
}

/// How many files were left out; nothing if none were.
pub fn left_out(i18n: I18n, n: usize) -> String {
    match n {
        0 => String::new(),
        1 => say!(i18n, look.skipped_one),
        n => say!(i18n, look.skipped, n = n),
    }
}

fn list(problems: Vec<FileProblem>) -> AnyView {
    if problems.is_empty() {
        return ().into_any();
    }
    let i18n = use_i18n();
    let item = move |problem: FileProblem| {
        view! { <li>{move || failure::file_problem(i18n, &problem)}</li> }.into_any()
    };
    let items: Vec<AnyView> = problems.into_iter().map(item).collect();
    // It scrolls, so the keyboard must reach it.
    view! { <ul class="file-problems" tabindex="0" aria-labelledby="load-heading">{items}</ul> }
        .into_any()
}
