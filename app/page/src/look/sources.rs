//! The visitor's own films: a folder, files, a zip.

use leptos::{html, prelude::*};

use super::photographs;
use crate::{
    files::take_chosen, i18n::use_i18n, other_films::OtherFilms, tr, workbench::Workbench,
};

#[component]
pub fn Sources() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let folder = NodeRef::<html::Input>::new();
    let files = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let Some(folder) = folder.get() {
            folder.set_webkitdirectory(true);
        }
    });
    let take = move |input: NodeRef<html::Input>| {
        if let Some(input) = input.get_untracked() {
            let chosen = take_chosen(&input);
            if !workbench.take_network(&chosen) {
                workbench.choose_films(OtherFilms::Files(chosen));
            }
        }
    };
    let ask = |input: NodeRef<html::Input>| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    view! {
        <div class="sources">
            <h2>{tr!(i18n, look.sources)}</h2>
            <p class="hint">{tr!(i18n, look.sources_help)}</p>
            <div class="row">
                <button type="button" on:click=move |_| ask(folder)>
                    {tr!(i18n, look.choose_folder)}
                </button>
                <button type="button" on:click=move |_| ask(files)>
                    {tr!(i18n, look.choose_files)}
                </button>
                {photographs::view(workbench)}
            </div>
            <input
                node_ref=folder
                type="file"
                hidden
                data-testid="choose-folder"
                on:change=move |_| take(folder)
            />
            <input
                node_ref=files
                type="file"
                multiple
                hidden
                data-testid="choose-files"
                on:change=move |_| take(files)
            />
        </div>
    }
}
