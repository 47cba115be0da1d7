//! The trained network as a file to take along: for other programs, for those who program, and as a page that classifies by itself.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::{
    I18n, bridge::Bridge, chunk::Missing, i18n::use_i18n, plot::save, project, say,
    test::figures::keyed, tr, words, workbench::Workbench,
};
use imaging::split::{SplitBy, Subset};
use model_card::{Card, Form, Images, PageWords, WriteError};
use protocol::{ExportError, Pack};
use ui_core::{
    network_file::{scores, sets, size},
    state::{AppState, Exporting, FileForm, Films, Origin},
};

/// Nothing where nothing is trained.
#[component]
pub fn NetworkFile(
    /// Tells the one at the station from the one to take home.
    place: &'static str,
) -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let trained = Memo::new(move |_| workbench.state.with(|state| state.trained().is_some()));
    let exporting = Memo::new(move |_| workbench.state.with(|state| state.exporting.clone()));
    Effect::new(move |_| {
        if let Exporting::Ready(form, _) = exporting.get()
            && let Some(file) = workbench.bridge.with_value(Bridge::take_network)
        {
            save::hand_over(form.file_name(), file.into());
        }
    });
    let outcome = keyed(move || match exporting.get() {
        Exporting::NotYet => ().into_any(),
        Exporting::Asked(_) => {
            let words = say!(i18n, network_file.writing);
            view! { <p role="status">{words}</p> }.into_any()
        }
        Exporting::Ready(form, bytes) => {
            let size = megabytes(i18n, bytes as f64);
            let words = say!(
                i18n,
                network_file.saved,
                name = form.file_name(),
                size = size
            );
            view! { <p role="status" data-testid="network-saved">{words}</p> }.into_any()
        }
        Exporting::Failed(error) => {
            let words = failed(i18n, error);
            view! { <p class="problem" role="alert" data-testid="network-failed">{words}</p> }
                .into_any()
        }
    });
    let buttons = FileForm::ALL.map(|form| button(workbench, form, place));
    view! {
        <section class="panel network-file" data-testid="network-file" hidden=move || !trained.get()>
            <h2>{tr!(i18n, network_file.heading)}</h2>
            <p class="hint">{tr!(i18n, network_file.help)}</p>
            {buttons}
            {outcome}
            {project::saving(place)}
        </section>
    }
}

fn button(workbench: Workbench, form: FileForm, place: &str) -> AnyView {
    let i18n = workbench.i18n();
    let about = Memo::new(move |_| {
        workbench.state.with(|state| {
            let classes = state.films.as_ref().map(|films| films.data.classes.len());
            let run = state.trained();
            run.map(|run| size(&run.settings, classes.unwrap_or(2), form))
                .unwrap_or_default()
        })
    });
    let label = move || match form {
        FileForm::Onnx => say!(i18n, network_file.onnx),
        FileForm::Safetensors => say!(i18n, network_file.safetensors),
        FileForm::Page => say!(i18n, network_file.page),
    };
    let help = move || {
        let size = megabytes(i18n, about.get() as f64);
        match form {
            FileForm::Onnx => say!(i18n, network_file.onnx_help, size = size),
            FileForm::Safetensors => say!(i18n, network_file.safetensors_help, size = size),
            FileForm::Page => say!(i18n, network_file.page_help, size = size),
        }
    };
    let id = format!("network-{}-{place}", form.key());
    let described = id.clone();
    let act = move |_| {
        workbench
            .state
            .update(|state| state.exporting = Exporting::Asked(form));
        spawn_local(async move {
            if ask(workbench, form).await.is_err() {
                let detail = say!(i18n, chunk.missing);
                let failed = Exporting::Failed(ExportError::Failed { detail });
                workbench.state.update(|state| state.exporting = failed);
            }
        });
    };
    view! {
        <div class="network-form">
            <button
                type="button"
                data-testid=format!("save-network-{}", form.key())
                aria-describedby=described
                on:click=act
            >
                {label}
            </button>
            <p class="hint" id=id>{help}</p>
        </div>
    }
    .into_any()
}

/// Has the file made. What it says of the network in words comes with the first one.
#[cfg(feature = "split")]
#[wasm_split_helpers::wasm_split(network_file, fallible)]
fn ask(workbench: Workbench, form: FileForm) -> Result<(), Missing> {
    export(workbench, form);
    Ok(())
}

#[cfg(not(feature = "split"))]
async fn ask(workbench: Workbench, form: FileForm) -> Result<(), Missing> {
    export(workbench, form);
    Ok(())
}

fn export(workbench: Workbench, form: FileForm) {
    let i18n = workbench.i18n();
    let made = workbench
        .state
        .with_untracked(|state| Some((card(i18n, state)?, own_words(i18n, state)?)));
    if let Some((card, words)) = made {
        let form_wanted = match form {
            FileForm::Onnx => Form::Onnx,
            FileForm::Safetensors => Form::Safetensors,
            FileForm::Page => Form::Page(Box::new(words)),
        };
        workbench.export_network(form, form_wanted, card);
    }
}

fn megabytes(i18n: I18n, bytes: f64) -> String {
    words::fixed(i18n, bytes / 1e6, 1)
}

fn failed(i18n: I18n, error: ExportError) -> String {
    match error {
        ExportError::NotTrained => say!(i18n, network_file.not_trained),
        ExportError::Refused(WriteError::NotFinite { .. }) => {
            say!(i18n, network_file.not_finite)
        }
        ExportError::Refused(other) => {
            say!(i18n, network_file.failed, detail = other.to_string())
        }
        ExportError::Failed { detail } => say!(i18n, network_file.failed, detail = detail),
    }
}

/// What the file says of the network, in the visitor's language.
fn card(i18n: I18n, state: &AppState) -> Option<Card> {
    let run = state.trained()?;
    let films = state.films.as_deref()?;
    let is_known = !run.is_from_file() || run.origin == Origin::SameFilms;
    let unknown = || say!(i18n, import.card_unknown);
    if run.is_as_in_file() && !is_known {
        // What is loaded here says nothing about it.
        let own = run.file.as_ref().and_then(|file| file.card.open());
        return Some(own.unwrap_or_else(|| Card {
            made_with: made_with(),
            intended_use: say!(i18n, network_file.card.purpose),
            limits: vec![unknown(), say!(i18n, network_file.card.forced)],
            ..Card::default()
        }));
    }
    let sets = sets(films, run);
    let seen = sets.first().map_or(0, |set| set.images);
    let mut limits = vec![
        say!(
            i18n,
            network_file.card.learned,
            images = words::films(i18n, seen)
        ),
        say!(i18n, network_file.card.forced),
    ];
    if run.is_from_file() && !run.is_as_in_file() {
        limits.push(say!(i18n, import.card_went_on));
    }
    if !is_known {
        limits.push(unknown());
    }
    match state.opened() {
        None => limits.push(say!(i18n, network_file.card.untested)),
        Some(_) if state.times_opened > 1 => {
            limits.push(say!(i18n, network_file.card.looks, n = state.times_opened));
        }
        Some(_) => {}
    }
    Some(Card {
        made_with: made_with(),
        intended_use: say!(i18n, network_file.card.purpose),
        limits,
        images: Images {
            title: words::title(i18n, &films.data.name()),
            licence: films.pack.map(|pack| match pack {
                Pack::BuiltIn => say!(i18n, pack.built_in_licence),
                Pack::Paediatric => say!(i18n, pack.paediatric_licence),
            }),
            split: match run.settings.split_by {
                SplitBy::Patient => say!(i18n, network_file.card.by_patient),
                SplitBy::Image => say!(i18n, network_file.card.by_image),
                SplitBy::Folder => say!(i18n, network_file.card.by_folder),
            },
            sets,
            fingerprint: is_known.then(|| Images::written(films.data.fingerprint())),
            ..Images::default()
        },
        scores: scores(state, say!(i18n, network_file.card.accuracy)),
    })
}

fn made_with() -> String {
    format!("Firstread {}", env!("CARGO_PKG_VERSION"))
}

/// The sentences of the page that classifies by itself.
fn own_words(i18n: I18n, state: &AppState) -> Option<PageWords> {
    let films: &Films = state.films.as_deref()?;
    let classes = 0..films.data.classes.len();
    Some(PageWords {
        language: i18n.language().tag().to_owned(),
        classes: classes
            .map(|class| words::class(i18n, films, class))
            .collect(),
        title: say!(
            i18n,
            network_file.own.title,
            title = words::title(i18n, &films.data.name())
        ),
        warning: say!(i18n, network_file.card.purpose),
        choose: say!(i18n, network_file.own.choose),
        drop: say!(i18n, network_file.own.drop),
        starting: say!(i18n, network_file.own.starting),
        reading: say!(i18n, network_file.own.reading),
        unread: say!(i18n, network_file.own.unread),
        broken: say!(i18n, network_file.own.broken),
        probabilities: say!(i18n, network_file.own.probabilities),
        input: say!(i18n, network_file.own.input),
        intended_use: say!(i18n, network_file.own.purpose),
        limits: say!(i18n, network_file.own.limits),
        images: say!(i18n, network_file.own.images),
        set: say!(i18n, network_file.own.set),
        all: say!(i18n, network_file.own.all),
        patients: say!(i18n, network_file.own.patients),
        scores: say!(i18n, network_file.own.scores),
        private: say!(i18n, network_file.own.private),
        train: words::part(i18n, Some(Subset::Train)),
        validation: words::part(i18n, Some(Subset::Validation)),
        test: words::part(i18n, Some(Subset::Test)),
    })
}
