//! Firstread itself, to be passed on: as one file, and as the folder for a web server. The host has both beside the page.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::{
    I18n,
    i18n::use_i18n,
    offline, origin,
    site_files::{self, HostedFile},
    test::figures::keyed,
    tr,
};
use ui_core::origin::PageOrigin;

/// Written by `e2e/release/take-along.mjs`.
const SINGLE: &str = "./firstread.html";
pub const SINGLE_NAME: &str = "firstread.html";
const FOLDER: &str = "./firstread-site.zip";

/// Asks the host once `wanted`.
pub fn view(wanted: RwSignal<bool>) -> AnyView {
    let i18n = use_i18n();
    // It is itself what is passed on, and can fetch nothing.
    if origin::place() == PageOrigin::Disk {
        return ().into_any();
    }
    let found = RwSignal::new((None, None));
    let wanted = Memo::new(move |_| wanted.get());
    Effect::new(move |_| {
        if wanted.get() {
            spawn_local(async move {
                let folder = site_files::look(FOLDER, "application/").await;
                // Some hosts answer every address with the page, which is HTML as the single file is: the zip tells these.
                let single = match folder {
                    Some(_) => site_files::look(SINGLE, "text/html").await,
                    None => None,
                };
                found.try_set((single, folder));
            });
        }
    });
    keyed(move || {
        match found.get() {
        (None, None) => ().into_any(),
        (single, folder) => view! {
            <h3>{tr!(i18n, room.take_along.heading)}</h3>
            <ul data-testid="take-along">
                {single.map(|file| {
                    let (label, help) = (tr!(i18n, room.take_along.single), tr!(i18n, room.take_along.single_help));
                    link(i18n, SINGLE, file, label, help)
                })}
                {folder.map(|file| {
                    let (label, help) = (tr!(i18n, room.take_along.folder), tr!(i18n, room.take_along.folder_help));
                    link(i18n, FOLDER, file, label, help)
                })}
            </ul>
        }
        .into_any(),
    }
    })
}

fn link(
    i18n: I18n,
    address: &'static str,
    file: HostedFile,
    label: Signal<String>,
    help: Signal<String>,
) -> AnyView {
    let size = file.bytes.map(|bytes| offline::megabytes(i18n, bytes));
    view! {
        <li>
            <a href=address download="">{label}</a>
            " "
            {size}
            <p class="hint">{help}</p>
        </li>
    }
    .into_any()
}
