//! The visit as one file on the visitor's computer, saved and opened again.

use gloo_file::{Blob, futures::read_as_bytes};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::{
    I18n, files::Named, i18n::use_i18n, kept, other_films::OtherFilms, plot::save, reveal::reveal,
    say, tr, words, workbench::Workbench,
};
use checkpoint::project::{ENDING, MAX_PROJECT, Project, ProjectError};
use protocol::RunId;
use ui_core::{
    kept::{KeptError, KeptWork},
    state::AppState,
};

const FILE_NAME: &str = "firstread-project.firstread";

/// A project whose file has been read.
#[derive(Clone)]
pub struct OpenedProject {
    pub work: KeptWork,
    pub network: web_sys::Blob,
}

/// What became of saving or opening one.
#[derive(Clone, Copy, PartialEq)]
pub enum Outcome {
    /// Of so many bytes.
    Saved(usize),
    Foreign,
    Later,
    Damaged,
    /// The browser does not hand over its bytes.
    Unread,
}

impl From<ProjectError> for Outcome {
    fn from(error: ProjectError) -> Self {
        match error {
            ProjectError::Foreign => Self::Foreign,
            ProjectError::Later { .. } => Self::Later,
            ProjectError::Damaged => Self::Damaged,
        }
    }
}

impl From<KeptError> for Outcome {
    fn from(error: KeptError) -> Self {
        match error {
            KeptError::Later => Self::Later,
            KeptError::Unreadable => Self::Damaged,
        }
    }
}

/// The one file, if it is called like a project.
pub fn in_files(files: &[Named]) -> Option<web_sys::File> {
    match files {
        [(path, file)] if path.to_lowercase().ends_with(ENDING) => Some(file.clone()),
        _ => None,
    }
}

impl Workbench {
    /// Reads it, and takes it up once the visitor agrees to what that costs.
    pub fn open_project(&self, file: web_sys::File) {
        let workbench = *self;
        self.state.update(AppState::expect_no_films);
        spawn_local(async move {
            match read(file.into()).await {
                Ok(project) => {
                    workbench.project_outcome.try_set(None);
                    workbench.choose_films(OtherFilms::Project(Box::new(project)));
                }
                Err(outcome) => {
                    workbench.project_outcome.try_set(Some(outcome));
                    reveal(kept::PLACE, kept::PLACE);
                }
            }
        });
    }

    /// Of the run with this number, which is over.
    fn save_project(&self, run: RunId) {
        let workbench = *self;
        let blob = self.bridge.with_value(|bridge| bridge.network(run));
        let work = self.state.with_untracked(|state| state.keep());
        spawn_local(async move {
            let outcome = match (blob, work) {
                (Some((_, network)), Some(work)) => write(&work, network.into()).await,
                _ => Outcome::Unread,
            };
            workbench.project_outcome.try_set(Some(outcome));
        });
    }
}

async fn write(work: &KeptWork, network: Blob) -> Outcome {
    let Ok(network) = read_as_bytes(&network).await else {
        return Outcome::Unread;
    };
    let work = work.to_bytes();
    let bytes = Project { work, network }.to_bytes();
    let kind = Some("application/octet-stream");
    save::hand_over(FILE_NAME, Blob::new_with_options(&*bytes, kind));
    Outcome::Saved(bytes.len())
}

async fn read(file: Blob) -> Result<OpenedProject, Outcome> {
    if file.size() > MAX_PROJECT {
        return Err(Outcome::Foreign);
    }
    let bytes = read_as_bytes(&file).await.map_err(|_| Outcome::Unread)?;
    let project = Project::parse(&bytes)?;
    let network = Blob::new(&*project.network);
    Ok(OpenedProject {
        work: KeptWork::parse(&project.work)?,
        network: network.into(),
    })
}

pub fn said(i18n: I18n, outcome: Outcome) -> String {
    match outcome {
        Outcome::Saved(bytes) => {
            let size = words::fixed(i18n, bytes as f64 / 1e6, 1);
            say!(i18n, project.saved, name = FILE_NAME, size = size)
        }
        Outcome::Foreign => say!(i18n, project.foreign),
        Outcome::Later => say!(i18n, project.later),
        Outcome::Damaged => say!(i18n, project.damaged),
        Outcome::Unread => say!(i18n, project.unread),
    }
}

/// The button, where a network is trained.
pub fn saving(place: &str) -> AnyView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let act = move |_| {
        let trained = workbench
            .state
            .with_untracked(|state| state.trained().map(|run| run.id));
        if let Some(run) = trained {
            workbench.save_project(run);
        }
    };
    let done = move || match workbench.project_outcome.get() {
        Some(outcome @ Outcome::Saved(_)) => said(i18n, outcome),
        _ => String::new(),
    };
    let id = format!("project-{place}");
    view! {
        <div class="network-form">
            <button
                type="button"
                data-testid="save-project"
                aria-describedby=id.clone()
                on:click=act
            >
                {tr!(i18n, project.save)}
            </button>
            <p class="hint" id=id>{tr!(i18n, project.help)}</p>
        </div>
        <p role="status" data-testid="project-saved">{done}</p>
    }
    .into_any()
}
