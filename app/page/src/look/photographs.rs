//! Photographs of printed films, or of a screen: taken one after the other, then sorted by hand.

use leptos::{html, prelude::*};
use wasm_bindgen_futures::spawn_local;

use super::own_data::{OwnData, own_data};
use crate::{
    camera::{Camera, CameraFault, photograph},
    chunk::fetched,
    dialog::Dialog,
    files::Named,
    i18n::use_i18n,
    other_films::OtherFilms,
    say, tr, words,
    workbench::Workbench,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum View {
    /// The browser asks the visitor.
    Asking,
    On,
    Failed(CameraFault),
}

/// The button, and the dialog that it opens.
pub fn view(workbench: Workbench) -> AnyView {
    let i18n = use_i18n();
    let open = RwSignal::new(false);
    view! {
        <button type="button" data-testid="open-camera" on:click=move |_| open.set(true)>
            {tr!(i18n, look.camera.open)}
        </button>
        <Dialog
            id="photographs"
            open
            close=move |()| open.set(false)
            heading=tr!(i18n, look.camera.heading)
        >
            {fetched(move || Box::pin(own_data(workbench, OwnData::Photographs(open))))}
        </Dialog>
    }
    .into_any()
}

pub fn photographs(workbench: Workbench, open: RwSignal<bool>) -> AnyView {
    let i18n = use_i18n();
    let state = RwSignal::new(View::Asking);
    let taken = StoredValue::new_local(Vec::<Named>::new());
    let count = RwSignal::new(0);
    let camera = StoredValue::new_local(None::<Camera>);
    let video = NodeRef::<html::Video>::new();
    on_cleanup(move || camera.dispose());
    spawn_local(async move {
        let opened = Camera::open().await;
        // The dialog may be closed; the camera is dropped here.
        if state.try_get_untracked() != Some(View::Asking) {
            return;
        }
        match opened {
            Ok(opened) => {
                camera.set_value(Some(opened));
                state.set(View::On);
            }
            Err(fault) => state.set(View::Failed(fault)),
        }
    });
    Effect::new(move |_| {
        if let (View::On, Some(video)) = (state.get(), video.get()) {
            camera.with_value(|camera| {
                if let Some(camera) = camera {
                    camera.show(&video);
                }
            });
        }
    });
    let keep = move |file: web_sys::File| {
        let kept = taken.try_update_value(|taken| {
            taken.push((file.name(), file));
            taken.len()
        });
        if let Some(kept) = kept {
            count.set(kept);
        }
    };
    let shoot = move |_| {
        if let Some(video) = video.get_untracked() {
            let name = format!("photo-{:03}.jpg", count.get_untracked() + 1);
            photograph(&video, name, keep);
        }
    };
    let take_back = move |_| {
        taken.update_value(|taken| drop(taken.pop()));
        count.set(taken.with_value(Vec::len));
    };
    let done = move |_| {
        let files = taken.try_update_value(std::mem::take).unwrap_or_default();
        open.set(false);
        workbench.choose_films(OtherFilms::Photographs(files));
    };
    let said = move || match state.get() {
        View::Asking => say!(i18n, kiosk.film.asking),
        View::Failed(CameraFault::Insecure) => say!(i18n, look.camera.insecure),
        View::Failed(CameraFault::NoCamera) => say!(i18n, look.camera.no_camera),
        View::Failed(CameraFault::InUse) => say!(i18n, look.camera.in_use),
        View::Failed(_) => say!(i18n, look.camera.refused),
        View::On => match count.get() {
            0 => say!(i18n, look.camera.on),
            n => say!(i18n, look.camera.taken, images = words::films(i18n, n)),
        },
    };
    let off = move || state.get() != View::On;
    let none = move || count.get() == 0;
    view! {
        <p>{tr!(i18n, look.camera.help)}</p>
        <p role="status" data-testid="photographs-said">{said}</p>
        <div hidden=off>
            <video
                node_ref=video
                class="photograph-video"
                data-testid="photograph-video"
                muted
                playsinline
                aria-label=tr!(i18n, room.scan.video)
            ></video>
            <div class="row">
                <button type="button" class="primary" data-testid="photograph" on:click=shoot>
                    {tr!(i18n, look.camera.shoot)}
                </button>
                <button type="button" data-testid="photograph-undo" disabled=none on:click=take_back>
                    {tr!(i18n, look.camera.undo)}
                </button>
                <button type="button" data-testid="photographs-done" disabled=none on:click=done>
                    {tr!(i18n, look.camera.done)}
                </button>
            </div>
        </div>
    }
    .into_any()
}
