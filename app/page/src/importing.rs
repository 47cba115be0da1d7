//! A network that comes back from a file: where it is given, what becomes of it, and what is not known of it.

mod told;

use leptos::{html, prelude::*};
use protocol::Command;

use crate::{
    chunk::{chunk, fetched},
    files::{Named, take_chosen},
    i18n::use_i18n,
    station::Station,
    test::figures::keyed,
    tr,
    workbench::Workbench,
};
use ui_core::state::{AppState, Importing, Origin, Run, is_network};

impl Workbench {
    /// Takes files that are no images but networks; `false` if they are not.
    pub fn take_network(&self, files: &[Named]) -> bool {
        if files.is_empty() || !files.iter().all(|(path, _)| is_network(path)) {
            return false;
        }
        self.state.update(AppState::expect_no_films);
        self.go(Station::Train);
        match files {
            [file] => self.import(file.clone()),
            _ => self
                .state
                .update(|state| state.importing = Importing::Several),
        }
        true
    }

    fn import(&self, file: Named) {
        let (path, content) = file.clone();
        let name = path.rsplit('/').next().unwrap_or_default().to_owned();
        let run = self.state.try_update(|state| state.import(name)).flatten();
        self.network_file.set_value(Some(file));
        if let Some(run) = run {
            self.send(Command::Import { run }, vec![content]);
        }
    }

    fn go_on(&self) {
        let chosen = self.state.with_untracked(|state| state.settings.clone());
        let begun = self.state.try_update(|state| state.go_on()).flatten();
        if let Some((run, from)) = begun {
            let settings = chosen;
            let command = Command::GoOn {
                run,
                from,
                settings,
            };
            self.send(command, Vec::new());
        }
    }
}

/// The offer, after all that belongs to a run of one's own.
#[component]
pub fn NetworkFromFile() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let input = NodeRef::<html::Input>::new();
    let choose = move |_| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    let take = move |_| {
        if let Some(input) = input.get_untracked() {
            let chosen = take_chosen(&input);
            // The browser lets files of other endings be chosen too: the engine says what is wrong with those.
            match &chosen[..] {
                [file] if !is_network(&file.0) => workbench.import(file.clone()),
                files => drop(workbench.take_network(files)),
            }
        }
    };
    view! {
        <section class="notice" data-testid="import">
            <h2>{tr!(i18n, import.heading)}</h2>
            <p class="hint" id="import-help">{tr!(i18n, import.help)}</p>
            <input
                node_ref=input
                type="file"
                accept=".onnx,.safetensors"
                hidden
                data-testid="import-files"
                on:change=take
            />
            <button
                type="button"
                data-testid="import-choose"
                aria-describedby="import-help"
                on:click=choose
            >
                {tr!(i18n, import.choose)}
            </button>
        </section>
    }
}

/// What has become of the file, where it is seen first, and of the network that came out of one.
#[component]
pub fn NetworkHere() -> impl IntoView {
    let workbench = expect_context::<Workbench>();
    let any = Memo::new(move |_| {
        workbench.state.with(|state| {
            let from_file = |run: &Run| run.is_trained() && run.is_from_file();
            state.importing != Importing::NotYet || state.run.as_ref().is_some_and(from_file)
        })
    });
    keyed(move || match any.get() {
        false => ().into_any(),
        true => fetched(move || Box::pin(told(workbench))),
    })
}

chunk! {
    import,
    fn told(workbench: Workbench) {
        told::view(workbench)
    }
}

/// That scores and comparisons may be with images which the network has learned from, wherever they stand.
#[component]
pub fn UnknownImages() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let unknown = Memo::new(move |_| {
        let unknown = |run: &Run| run.is_from_file() && run.origin != Origin::SameFilms;
        workbench
            .state
            .with(|state| state.trained().is_some_and(unknown))
    });
    view! {
        <p class="notice" data-testid="unknown-images" hidden=move || !unknown.get()>
            {tr!(i18n, import.unknown)}
        </p>
    }
}
