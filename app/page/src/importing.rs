//! A network that comes back from a file: where it is given, what becomes of it, and what is not known of it.

mod sentences;

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
use ui_core::state::{AppState, Importing, Loading, NetworkFile, Origin, Run, is_network};

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

/// What waits for films of its classes is read again as soon as they are there.
pub fn follow(workbench: Workbench) {
    let there = Memo::new(move |_| {
        workbench
            .state
            .with(|state| state.has_films_for_network() && state.loading == Loading::Idle)
    });
    Effect::new(move |_| {
        let file = workbench.network_file.get_value();
        if let (true, Some(file)) = (there.get(), file) {
            workbench.take_network(&[file]);
        }
    });
}

/// What there is to show.
#[derive(Clone, PartialEq)]
enum Outcome {
    Nothing,
    /// Of a file that is being read, or is not used.
    Of(Importing),
    /// The network that is there is out of a file.
    Here(Box<Here>),
}

#[derive(Clone, PartialEq)]
struct Here {
    file: Option<std::sync::Arc<NetworkFile>>,
    origin: Origin,
    /// It has been trained on since.
    went_on: bool,
    has_earlier: bool,
}

impl Outcome {
    fn of(workbench: Workbench) -> Self {
        workbench.state.with(|state| match &state.importing {
            Importing::NotYet => match state.trained().filter(|run| run.is_from_file()) {
                Some(run) => Self::Here(Box::new(Here {
                    file: run.file.clone(),
                    origin: run.origin,
                    went_on: !run.is_as_in_file(),
                    has_earlier: state.can_go_back().is_some(),
                })),
                None => Self::Nothing,
            },
            importing => Self::Of(importing.clone()),
        })
    }
}

/// The offer, after all that belongs to a run of one's own.
#[component]
pub fn NetworkFromFile() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let input = NodeRef::<html::Input>::new();
    let busy = Memo::new(move |_| {
        let state = workbench.state;
        state.with(|state| state.run.as_ref().is_some_and(Run::is_active))
    });
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
        <section class="panel network-file" data-testid="import">
            <h2>{tr!(i18n, import.heading)}</h2>
            <input
                node_ref=input
                type="file"
                accept=".onnx,.safetensors"
                hidden
                data-testid="import-files"
                on:change=take
            />
            <div class="network-form">
                <button
                    type="button"
                    data-testid="import-choose"
                    aria-describedby="import-help"
                    disabled=busy
                    on:click=choose
                >
                    {tr!(i18n, import.choose)}
                </button>
                <p class="hint" id="import-help">{tr!(i18n, import.help)}</p>
            </div>
        </section>
    }
}

/// What has become of the file, where it is seen first.
#[component]
pub fn NetworkHere() -> impl IntoView {
    let workbench = expect_context::<Workbench>();
    let outcome = Memo::new(move |_| Outcome::of(workbench));
    keyed(move || match outcome.get() {
        Outcome::Nothing => ().into_any(),
        outcome => fetched(move || Box::pin(told(workbench, outcome.clone()))),
    })
}

chunk! {
    import,
    fn told(workbench: Workbench, outcome: Outcome) {
        sentences::view(workbench, outcome)
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
