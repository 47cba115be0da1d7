//! A photograph. The camera is asked for by a button, and off again with the screen.

use leptos::{html, prelude::*};
use wasm_bindgen_futures::spawn_local;

use super::{KioskContext, button, i18n};
use crate::{
    camera::{Camera, CameraFault, photograph},
    say,
    test::figures,
    tr,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum View {
    Off,
    Asking,
    On,
    Failed(CameraFault),
}

#[component]
pub fn Photograph() -> impl IntoView {
    let i18n = i18n();
    let kiosk = expect_context::<KioskContext>();
    let state = RwSignal::new(View::Off);
    let camera = StoredValue::new_local(None::<Camera>);
    let video = NodeRef::<html::Video>::new();
    on_cleanup(move || camera.dispose());
    let open = move || {
        state.set(View::Asking);
        spawn_local(async move {
            let opened = Camera::open().await;
            // The screen may be gone; the camera is dropped here.
            if state.try_get_untracked() != Some(View::Asking) {
                return;
            }
            match opened {
                Ok(opened) => {
                    camera.set_value(Some(opened));
                    state.set(View::On);
                }
                Err(fault) => {
                    if fault == CameraFault::NoCamera {
                        kiosk.has_camera.set(false);
                    }
                    state.set(View::Failed(fault));
                }
            }
        });
    };
    video.on_load(move |video| {
        camera.with_value(|camera| {
            if let Some(camera) = camera {
                camera.show(&video);
            }
        });
    });
    let shoot = move || {
        if let Some(video) = video.get_untracked() {
            photograph(&video, "photo.jpg".to_owned(), move |file| {
                if state.try_get_untracked() == Some(View::On) {
                    super::film::ask(kiosk, vec![(file.name(), file)]);
                }
            });
        }
    };
    let said = move || match state.get() {
        View::Off | View::On => String::new(),
        View::Asking => say!(i18n, kiosk.film.asking),
        View::Failed(_) => say!(i18n, kiosk.film.no_camera),
    };
    let shown = figures::keyed(move || match state.get() {
        View::On => view! {
            <video
                node_ref=video
                class="kiosk-video"
                data-testid="kiosk-video"
                muted
                playsinline
                aria-label=tr!(i18n, room.scan.video)
            ></video>
            {button("kiosk-shoot", "primary kiosk-button", tr!(i18n, kiosk.film.shoot), shoot)}
        }
        .into_any(),
        // What is said in its place stays until the visitor comes back to this stop.
        View::Failed(CameraFault::NoCamera) => ().into_any(),
        _ => button(
            "kiosk-camera",
            "kiosk-button",
            tr!(i18n, kiosk.film.camera),
            open,
        ),
    });
    view! {
        <div class="kiosk-photograph">
            {shown}
            <p role="status">{said}</p>
        </div>
    }
}
