//! What this site keeps on this computer, and the button that erases it.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::{
    I18n,
    i18n::use_i18n,
    kept::{
        script::{self as script_of_work, Size},
        sorting,
    },
    offline::{Offline, megabytes, script},
    say, storage,
    sure::{Sure, Wording},
    tr, words,
};

pub fn section() -> AnyView {
    let i18n = use_i18n();
    let offline = expect_context::<Offline>();
    // What could not be erased, once all else was.
    let erased = RwSignal::new(None::<String>);
    let work = RwSignal::new(None);
    // What is listed is of now whenever the dialog is drawn, and after all is erased.
    Effect::new(move |_| {
        erased.track();
        spawn_local(async move {
            work.try_set(script_of_work::size().await);
        });
    });
    let list = move || {
        erased.track();
        stored(i18n, offline, work.get())
            .into_iter()
            .map(|item| view! { <li>{item}</li> })
            .collect_view()
    };
    let result = Signal::derive(move || match erased.get() {
        None => String::new(),
        Some(left) if left.is_empty() => say!(i18n, privacy.erased),
        Some(left) => say!(i18n, privacy.erase_left, what = left),
    });
    let sure = Sure::new();
    let wording = Wording {
        id: "erase",
        question: tr!(i18n, privacy.erase_sure),
        no: tr!(i18n, privacy.erase_no),
        yes: tr!(i18n, privacy.erase_yes),
    };
    view! {
        <h3>{tr!(i18n, privacy.stored)}</h3>
        <ul data-testid="stored">{list}</ul>
        <p class="hint">{tr!(i18n, privacy.films)}</p>
        <button
            type="button"
            node_ref=sure.from
            class="erase-stored"
            data-testid="erase-stored"
            hidden=move || sure.is_asked()
            on:click=move |_| sure.ask()
        >
            {tr!(i18n, privacy.erase)}
        </button>
        {sure.question(wording, move || erase(erased))}
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
    let copy = offline.stored.get().bytes();
    items.extend(copy.map(|bytes| say!(i18n, privacy.stored_copy, size = megabytes(i18n, bytes))));
    if items.is_empty() {
        items.push(say!(i18n, privacy.stored_nothing));
    }
    items
}

fn erase(erased: RwSignal<Option<String>>) {
    spawn_local(async move {
        storage::stop();
        storage::work().set(storage::Keeping::Stopped);
        let left = script::erase().await;
        erased.try_set(Some(left));
    });
}

fn in_words(i18n: I18n, key: &str) -> String {
    match key {
        "firstread.language" => say!(i18n, privacy.stored_language),
        "firstread.theme" => say!(i18n, privacy.stored_theme),
        "firstread.lesson.1" => say!(i18n, privacy.stored_lesson),
        "firstread.questions.1" => say!(i18n, privacy.stored_questions),
        sorting::KEY => say!(i18n, privacy.stored_sorting),
        "firstread.room.1" => say!(i18n, privacy.stored_room),
        other => say!(i18n, privacy.stored_other, name = other),
    }
}
