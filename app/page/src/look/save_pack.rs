//! The visitor's own images as one zip to keep or to pass on.

use imaging::task::Task;
use leptos::{html, prelude::*};

use crate::{
    I18n, bridge::Bridge, i18n::use_i18n, plot::save, say, test::figures::keyed, tr, words,
    workbench::Workbench,
};
use protocol::{SaveError, SavedPack};
use ui_core::state::{Films, Saving, file_name};

/// What is to be known of the images before they are saved.
#[derive(Clone, Copy, Default, PartialEq)]
struct Own {
    /// Images that were flipped are not what their files show.
    is_possible: bool,
    dicom_files: usize,
    /// Images of another frame than the first.
    frames: usize,
}

impl Own {
    fn of(films: &Films) -> Self {
        let facts = films
            .data
            .samples
            .iter()
            .filter_map(|film| film.facts.as_ref());
        Self {
            is_possible: films.pack.is_none() && films.data.task == Task::Region,
            dicom_files: facts.clone().count(),
            frames: facts.filter(|facts| facts.frame > 0).count(),
        }
    }
}

pub fn view(workbench: Workbench) -> AnyView {
    let i18n = use_i18n();
    let own = Memo::new(move |_| {
        let films = workbench.films.get();
        films.map(|films| Own::of(&films)).unwrap_or_default()
    });
    let saving = Memo::new(move |_| workbench.state.with(|state| state.saving.clone()));
    // Made anew for another step, not as one goes on: its buttons keep the focus.
    let step = Memo::new(move |_| match saving.get() {
        Saving::Asked { .. } => Saving::BEGUN,
        other => other,
    });
    let forget = move || workbench.bridge.with_value(Bridge::forget_pack);
    Effect::new(move |_| match step.get() {
        Saving::Ready(_) => hand_over(workbench),
        _ => forget(),
    });
    on_cleanup(forget);
    let begin = move |_| match own.get_untracked().dicom_files {
        0 => workbench.save_pack(),
        _ => workbench
            .state
            .update(|state| state.saving = Saving::Warned),
    };
    let may_begin = move || matches!(step.get(), Saving::NotYet | Saving::Failed(_));
    let step = keyed(move || match step.get() {
        Saving::NotYet => ().into_any(),
        Saving::Warned => warning(workbench, own.get_untracked().dicom_files),
        Saving::Asked { .. } => under_way(workbench, saving),
        Saving::Ready(saved) => ready(workbench, saved, own.get_untracked()),
        Saving::Failed(error) => {
            let why = failed(i18n, error);
            view! {
                <p class="problem" role="alert" data-testid="save-pack-failed">
                    {why} " " {say!(i18n, save_pack.kept)}
                </p>
            }
            .into_any()
        }
    });
    view! {
        <div class="save-pack" data-testid="save-pack" hidden=move || !own.get().is_possible>
            <button type="button" data-testid="save-pack-begin" hidden=move || !may_begin() on:click=begin>
                {tr!(i18n, save_pack.save)}
            </button>
            <p class="hint">{tr!(i18n, save_pack.help)}</p>
            {step}
        </div>
    }
    .into_any()
}

/// Has the focus where that went with the button of the step before.
fn give_up(workbench: Workbench, label: String) -> AnyView {
    let button = NodeRef::<html::Button>::new();
    button.on_load(|button| {
        request_animation_frame(move || {
            let focus = document().active_element();
            if focus.is_none_or(|element| element.tag_name() == "BODY") {
                // Refused only if it is gone again.
                let _ = button.focus();
            }
        });
    });
    view! {
        <button
            node_ref=button
            type="button"
            data-testid="save-pack-end"
            on:click=move |_| workbench.end_saving()
        >
            {label}
        </button>
    }
    .into_any()
}

fn warning(workbench: Workbench, n: usize) -> AnyView {
    let i18n = workbench.i18n();
    view! {
        <p class="notice-text" role="alert" data-testid="save-pack-dicom">
            {say!(i18n, save_pack.dicom, n = n)}
        </p>
        <div class="row">
            <button
                type="button"
                data-testid="save-pack-go-on"
                on:click=move |_| workbench.save_pack()
            >
                {say!(i18n, save_pack.go_on)}
            </button>
            {give_up(workbench, say!(i18n, save_pack.cancel))}
        </div>
    }
    .into_any()
}

fn under_way(workbench: Workbench, saving: Memo<Saving>) -> AnyView {
    let i18n = workbench.i18n();
    let progress = move || match saving.get() {
        Saving::Asked { done, total } => (done, total),
        _ => (0, 0),
    };
    let words = move || match progress() {
        (_, 0) => say!(i18n, save_pack.begun),
        (done, total) => say!(i18n, save_pack.progress, done = done, total = total),
    };
    view! {
        <progress
            aria-label=say!(i18n, save_pack.begun)
            max=move || progress().1.max(1)
            value=move || progress().0
        ></progress>
        <p class="hint">{words}</p>
        <div class="row">{give_up(workbench, say!(i18n, save_pack.cancel))}</div>
    }
    .into_any()
}

fn ready(workbench: Workbench, saved: SavedPack, own: Own) -> AnyView {
    let i18n = workbench.i18n();
    let name = name(workbench);
    let sentence = say!(
        i18n,
        save_pack.ready,
        images = words::films(i18n, saved.films),
        name = name,
        size = words::fixed(i18n, saved.bytes as f64 / 1e6, 1)
    );
    let dicom = (saved.dicom_files > 0).then(|| {
        let words = say!(i18n, save_pack.dicom, n = saved.dicom_files);
        view! { <p class="notice-text">{words}</p> }.into_any()
    });
    let frames = (own.frames > 0).then(|| {
        let words = say!(i18n, save_pack.frames, n = own.frames);
        view! { <p class="hint">{words}</p> }.into_any()
    });
    view! {
        <p role="status" data-testid="save-pack-ready">{sentence}</p>
        {dicom}
        {frames}
        <div class="row">
            <button
                type="button"
                data-testid="save-pack-download"
                on:click=move |_| hand_over(workbench)
            >
                {tr!(i18n, save_pack.download)}
            </button>
            {give_up(workbench, say!(i18n, close))}
        </div>
    }
    .into_any()
}

fn name(workbench: Workbench) -> String {
    workbench.films.with_untracked(|films| {
        let title = films.as_ref().map(|films| films.data.title.as_str());
        file_name(title.unwrap_or_default())
    })
}

/// Among the browser's downloads.
fn hand_over(workbench: Workbench) {
    if let Some(pack) = workbench.bridge.with_value(Bridge::pack) {
        save::hand_over(&name(workbench), pack.into());
    }
}

fn failed(i18n: I18n, error: SaveError) -> String {
    match error {
        SaveError::Unread { path, detail } => {
            say!(i18n, save_pack.unread, path = path, detail = detail)
        }
        SaveError::TooLarge { limit_mb } => say!(i18n, save_pack.too_large, limit = limit_mb),
        SaveError::Tools { detail } => say!(i18n, save_pack.no_program, detail = detail),
        SaveError::Failed { detail } => say!(i18n, save_pack.failed, detail = detail),
    }
}
