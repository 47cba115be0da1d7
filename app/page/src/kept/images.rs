//! The visitor's own images in this browser, where they ask for that: they come back with their network.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::{Kept, notice, script, script::Trouble};
use crate::{
    bridge::Bridge,
    files::Named,
    i18n::use_i18n,
    say,
    storage::{self, Keeping},
    test::figures::keyed,
    tr, words,
};
use protocol::Command;
use ui_core::{kept::KeptFilms, state::AppState};

/// What became of keeping them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum KeptImages {
    #[default]
    No,
    Writing,
    /// So many files, of so many bytes.
    Kept(usize, f64),
    Failed(Trouble),
}

/// What there is to do about them.
#[derive(Clone, Copy, PartialEq)]
enum Due {
    Nothing,
    /// Those with this fingerprint are to be kept.
    Write(u64),
    /// The visitor has gone on to others, which are not theirs.
    Remove,
}

impl Kept {
    /// Loads those that are kept, as they were sorted then; none are where the visitor did not ask for it.
    pub(super) async fn load_kept_images(&self, films: KeptFilms) {
        if films.pack.is_some() {
            return;
        }
        let images = script::images().await;
        if images.is_empty() {
            return;
        }
        self.images_found.try_set(Some(sum(&images)));
        self.workbench.expect_films(true);
        let (paths, files) = images.into_iter().unzip();
        let command = Command::LoadFiles {
            paths,
            answers: films.before.map(notice::answer_before).unwrap_or_default(),
            task: films.task,
            class: None,
        };
        self.workbench.send(command, files);
    }

    /// Keeps the images that are there, and those that are loaded in their place.
    pub(super) fn follow_images(&self) {
        let kept = *self;
        let state = self.workbench.state;
        let own = Memo::new(move |_| state.with(own_fingerprint));
        let wants = Memo::new(move |_| state.with(|state| state.keeps_images));
        let waits = Memo::new(move |_| state.with(|state| state.needed_films().is_some()));
        let failed = Memo::new(move |_| state.with(|state| state.loading.went_wrong()));
        let stopped = storage::work();
        let here = Memo::new(move |_| state.with(|state| state.films.is_some()));
        Effect::new(move |_| {
            // Those that were waited for have come out of this browser.
            if let (Some(own), false) = (own.get(), waits.get())
                && let Some(found) = kept.images_found.get()
            {
                kept.images_found.set(None);
                kept.images_of.set_value(Some(own));
                kept.images.set(found);
                state.update(|state| state.keeps_images = true);
            }
            // Not set where there are none: this would follow its own change for ever.
            if failed.get() && kept.images_found.get_untracked().is_some() {
                kept.images_found.set(None);
            }
            let erased = stopped.get() == Keeping::Stopped;
            if erased && wants.get() {
                state.update(|state| state.keeps_images = false);
            }
            let due = match (wants.get() && !erased, own.get()) {
                (true, Some(own)) if kept.images_of.get_value() != Some(own) => Due::Write(own),
                (true, None) if here.get() && !waits.get() => Due::Remove,
                _ => Due::Nothing,
            };
            match due {
                Due::Write(own) => kept.write_images(own),
                Due::Remove => kept.remove_images(),
                Due::Nothing => {}
            }
        });
    }

    fn write_images(&self, own: u64) {
        self.images_of.set_value(Some(own));
        self.images.set(KeptImages::Writing);
        let images = self.workbench.bridge.with_value(Bridge::present_files);
        let kept = *self;
        spawn_local(async move {
            kept.leave_what_waits().await;
            let outcome = match script::write_images(&images).await {
                Ok(()) => sum(&images),
                Err(trouble) => KeptImages::Failed(trouble),
            };
            if kept.images_of.try_get_value() != Some(Some(own)) {
                return; // given up meanwhile, or others have come
            }
            if let KeptImages::Failed(_) = outcome {
                kept.images_of.set_value(None);
                kept.workbench
                    .state
                    .update(|state| state.keeps_images = false);
            }
            kept.images.try_set(outcome);
        });
    }

    fn remove_images(&self) {
        self.images_of.set_value(None);
        self.images.set(KeptImages::No);
        self.workbench
            .state
            .update(|state| state.keeps_images = false);
        spawn_local(async move {
            // What cannot be removed goes when all is erased.
            let _ = script::write_images(&[]).await;
        });
    }

    /// What waits for its films keeps its name, and its images.
    async fn leave_what_waits(&self) {
        let waits = |state: &AppState| state.needed_films().is_some();
        let renewed = self.writing.try_with_value(|own| own.renewed);
        if self.workbench.state.with_untracked(waits) && renewed == Some(false) {
            script::renew().await;
            self.writing.try_update_value(|own| own.renewed = true);
        }
    }
}

fn own_fingerprint(state: &AppState) -> Option<u64> {
    let films = state.films.as_ref()?;
    films.pack.is_none().then(|| films.data.fingerprint())
}

fn sum(images: &[Named]) -> KeptImages {
    let bytes = images.iter().map(|(_, file)| file.size()).sum();
    KeptImages::Kept(images.len(), bytes)
}

/// Whether the images that are there are kept. Nothing where nothing is.
pub fn choice() -> Option<AnyView> {
    let kept = use_context::<Kept>()?;
    let i18n = use_i18n();
    let state = kept.workbench.state;
    let wants = move || state.with(|state| state.keeps_images);
    let change = move |_| match state.with_untracked(|state| state.keeps_images) {
        true => kept.remove_images(),
        false => state.update(|state| state.keeps_images = true),
    };
    let stopped = storage::work();
    let erased = Memo::new(move |_| stopped.get() == Keeping::Stopped);
    let outcome = keyed(move || match kept.images.get() {
        KeptImages::No => ().into_any(),
        KeptImages::Writing => {
            view! { <p role="status">{tr!(i18n, kept.images_writing)}</p> }.into_any()
        }
        KeptImages::Kept(images, bytes) => {
            let size = words::fixed(i18n, bytes / 1e6, 1);
            let said = say!(i18n, kept.images_kept, n = images, size = size);
            view! { <p role="status" data-testid="images-kept">{said}</p> }.into_any()
        }
        KeptImages::Failed(trouble) => {
            let said = match trouble {
                Trouble::Full => say!(i18n, kept.images_full),
                _ => say!(i18n, kept.images_forbidden),
            };
            view! { <p class="problem" role="alert" data-testid="images-not-kept">{said}</p> }
                .into_any()
        }
    });
    let help = move || {
        let privacy = say!(i18n, privacy.open);
        say!(i18n, kept.keep_images_help, privacy = privacy)
    };
    let view = view! {
        <div class="keep-images" hidden=move || erased.get()>
            <label class="field field-switch">
                <input
                    type="checkbox"
                    data-testid="keep-images"
                    aria-describedby="keep-images-help"
                    prop:checked=wants
                    on:change=change
                />
                <span>{tr!(i18n, kept.keep_images)}</span>
            </label>
            <p class="hint" id="keep-images-help">{help}</p>
            {outcome}
        </div>
    };
    Some(view.into_any())
}
