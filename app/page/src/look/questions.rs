//! What tables and names of files seem to say of the images: the visitor confirms it, changes it, or leaves it out.

mod names;
mod rules;
mod table;

pub use names::names;
pub use table::table;

use imaging::pack::{Answers, FolderAgreement};
use leptos::prelude::*;

use crate::{I18n, i18n::use_i18n, other_films::OtherFilms, say, tr, words, workbench::Workbench};

/// How folders and what was found go together, where both tell classes.
fn against_folders(i18n: I18n, folders: Option<FolderAgreement>) -> AnyView {
    let Some(found) = folders.filter(|found| found.differ > 0) else {
        return ().into_any();
    };
    let sentence = Signal::derive(move || {
        let (agree, differ) = (
            words::films(i18n, found.agree),
            words::films(i18n, found.differ),
        );
        say!(i18n, question.folders, agree = agree, differ = differ)
    });
    let examples = found.examples.into_iter().map(|example| {
        let line = Signal::derive(move || {
            say!(
                i18n,
                question.disagreement,
                path = example.path.clone(),
                folder = example.folder.clone(),
                table = example.table.clone()
            )
        });
        view! { <li>{line}</li> }.into_any()
    });
    let examples: Vec<AnyView> = examples.collect();
    view! {
        <p>{sentence}</p>
        <ul>{examples}</ul>
    }
    .into_any()
}

/// The two ways on. `accepted` is asked when its button is pressed.
fn ways(
    workbench: Workbench,
    accepted: impl Fn() -> Answers + Send + Sync + 'static,
    declined: Answers,
) -> AnyView {
    let i18n = use_i18n();
    view! {
        <div class="row">
            <button
                type="button"
                class="primary"
                data-testid="question-accept"
                on:click=move |_| workbench.choose_films(OtherFilms::Again(accepted()))
            >
                {tr!(i18n, question.accept)}
            </button>
            <button
                type="button"
                data-testid="question-decline"
                on:click=move |_| workbench.choose_films(OtherFilms::Again(declined.clone()))
            >
                {tr!(i18n, question.decline)}
            </button>
        </div>
    }
    .into_any()
}
