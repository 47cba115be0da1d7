//! Firstread itself, to be passed on: as one file, and as the folder for a web server. The host has both beside the page.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::{i18n::use_i18n, offline, origin, site_files, test::figures::keyed, tr};
use ui_core::origin::PageOrigin;

/// Written by `e2e/release/take-along.mjs`.
const SINGLE: &str = "./firstread.html";
const FOLDER: &str = "./firstread-site.zip";

/// Bytes of the two, where the host has them and can be reached.
#[derive(Clone, Copy, Default, PartialEq)]
struct Found {
    single: Option<f64>,
    folder: Option<f64>,
}

/// Asks the host once `wanted`.
pub fn view(wanted: RwSignal<bool>) -> AnyView {
    let i18n = use_i18n();
    if origin::place() == PageOrigin::Disk {
        let itself = tr!(i18n, room.take_along.itself, name = origin::address());
        return view! { <p data-testid="take-along">{itself}</p> }.into_any();
    }
    let found = RwSignal::new(Found::default());
    Effect::new(move |_| {
        if wanted.get() {
            spawn_local(async move {
                let (single, folder) = (
                    site_files::size(SINGLE).await,
                    site_files::size(FOLDER).await,
                );
                found.try_set(Found { single, folder });
            });
        }
    });
    keyed(move || {
        match found.get() {
        Found {
            single: None,
            folder: None,
        } => ().into_any(),
        Found { single, folder } => view! {
            <h3>{tr!(i18n, room.take_along.heading)}</h3>
            <ul class="room-take-along" data-testid="take-along">
                {single.map(|bytes| {
                    let label = tr!(i18n, room.take_along.single, size = offline::megabytes(i18n, bytes));
                    link(SINGLE, label, tr!(i18n, room.take_along.single_help))
                })}
                {folder.map(|bytes| {
                    let label = tr!(i18n, room.take_along.folder, size = offline::megabytes(i18n, bytes));
                    link(FOLDER, label, tr!(i18n, room.take_along.folder_help))
                })}
            </ul>
        }
        .into_any(),
    }
    })
}

fn link(address: &'static str, label: Signal<String>, help: Signal<String>) -> AnyView {
    view! {
        <li>
            <a href=address download="">{label}</a>
            <p class="hint">{help}</p>
        </li>
    }
    .into_any()
}
