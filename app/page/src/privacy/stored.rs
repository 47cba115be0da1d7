//! What this site keeps on this computer, and the button that erases it.

use leptos::{html, prelude::*};
use wasm_bindgen_futures::spawn_local;

use crate::{
    I18n,
    i18n::use_i18n,
    kept::{
        self,
        script::{self as script_of_work, Size},
    },
    offline::{Offline, megabytes, script},
    reveal::back_to,
    say, storage, tr, words,
};

#[derive(Clone, Debug, Default, PartialEq)]
enum Erasing {
    #[default]
    Not,
    /// The visitor is asked once more.
    Asked,
    /// With what could not be erased.
    Done(String),
}

pub fn section() -> AnyView {
    let i18n = use_i18n();
    let offline = expect_context::<Offline>();
    let erasing = RwSignal::new(Erasing::default());
    let work = RwSignal::new(None);
    // What is listed is of now whenever the dialog is drawn, and after all is erased.
    Effect::new(move |_| {
        erasing.track();
        spawn_local(async move {
            work.try_set(script_of_work::size().await);
        });
    });
    let list = move || {
        erasing.track();
        stored(i18n, offline, work.get())
            .into_iter()
            .map(|item| view! { <li>{item}</li> })
            .collect_view()
    };
    let result = Signal::derive(move || match erasing.get() {
        Erasing::Not | Erasing::Asked => String::new(),
        Erasing::Done(left) if left.is_empty() => say!(i18n, privacy.erased),
        Erasing::Done(left) => say!(i18n, privacy.erase_left, what = left),
    });
    let asked = Memo::new(move |_| erasing.get() == Erasing::Asked);
    let keep = NodeRef::<html::Button>::new();
    // The question is read out, and what undoes nothing is what Enter presses.
    Effect::new(move |_| keep.get().map(|button| button.focus().is_ok()));
    let first = NodeRef::<html::Button>::new();
    view! {
        <h3>{tr!(i18n, privacy.stored)}</h3>
        <ul data-testid="stored">{list}</ul>
        <p class="hint">{tr!(i18n, privacy.films)}</p>
        <button
            type="button"
            node_ref=first
            class="erase-stored"
            data-testid="erase-stored"
            hidden=move || asked.get()
            on:click=move |_| erasing.set(Erasing::Asked)
        >
            {tr!(i18n, privacy.erase)}
        </button>
        <Show when=move || asked.get()>
            {question(i18n, erasing, keep, first)}
        </Show>
        <p class="live" role="status" data-testid="erased">{result}</p>
    }
    .into_any()
}

fn stored(i18n: I18n, offline: Offline, work: Option<Size>) -> Vec<String> {
    let mut items: Vec<String> = storage::keys()
        .iter()
        .map(|key| in_words(i18n, key))
        .collect();
    let decimals = |bytes: f64| {
        let n = words::fixed(i18n, bytes / 1e6, 1);
        say!(i18n, offline.megabytes, n = n)
    };
    let made = work.filter(|work| work.visits > 0);
    items.extend(made.map(|work| {
        let size = decimals(work.bytes);
        say!(i18n, privacy.stored_work, n = work.visits, size = size)
    }));
    let images = work.filter(|work| work.images > 0);
    items.extend(images.map(|work| {
        let size = decimals(work.image_bytes);
        say!(i18n, privacy.stored_images, n = work.images, size = size)
    }));
    items.extend(kept::sorting::is_kept().then(|| say!(i18n, privacy.stored_sorting)));
    let copy = offline.stored.get().bytes();
    items.extend(copy.map(|bytes| say!(i18n, privacy.stored_copy, size = megabytes(i18n, bytes))));
    if items.is_empty() {
        items.push(say!(i18n, privacy.stored_nothing));
    }
    items
}

/// Whether to erase all of it: `keep` is the button for no, `first` the one that was pressed.
fn question(
    i18n: I18n,
    erasing: RwSignal<Erasing>,
    keep: NodeRef<html::Button>,
    first: NodeRef<html::Button>,
) -> AnyView {
    view! {
        <div class="notice" role="group" aria-labelledby="erase-sure">
            <p id="erase-sure">{tr!(i18n, privacy.erase_sure)}</p>
            <div class="row">
                <button
                    type="button"
                    node_ref=keep
                    data-testid="erase-no"
                    on:click=move |_| {
                        erasing.set(Erasing::Not);
                        back_to(first);
                    }
                >
                    {tr!(i18n, privacy.erase_no)}
                </button>
                <button
                    type="button"
                    data-testid="erase-yes"
                    on:click=move |_| {
                        erase(erasing);
                        back_to(first);
                    }
                >
                    {tr!(i18n, privacy.erase_yes)}
                </button>
            </div>
        </div>
    }
    .into_any()
}

fn erase(erasing: RwSignal<Erasing>) {
    spawn_local(async move {
        storage::stop();
        storage::work().set(storage::Keeping::Stopped);
        let left = script::erase().await;
        erasing.try_set(Erasing::Done(left));
    });
}

fn in_words(i18n: I18n, key: &str) -> String {
    match key {
        "firstread.language" => say!(i18n, privacy.stored_language),
        "firstread.theme" => say!(i18n, privacy.stored_theme),
        "firstread.lesson.1" => say!(i18n, privacy.stored_lesson),
        "firstread.questions.1" => say!(i18n, privacy.stored_questions),
        "firstread.room.1" => say!(i18n, privacy.stored_room),
        other => say!(i18n, privacy.stored_other, name = other),
    }
}
