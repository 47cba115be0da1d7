//! A photograph. The camera is asked for by a button, and off again with the screen.

use js_sys::Array;
use leptos::{html, prelude::*};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, CanvasRenderingContext2d, File, HtmlCanvasElement, HtmlVideoElement};

use super::{KioskContext, button, i18n};
use crate::{
    classroom::browser::{Camera, CameraFault},
    say,
    test::figures,
    tr,
};

/// Longer side of a photograph, in pixels; the network sees far fewer.
const LONGEST: f64 = 1024.0;

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
                Err(fault) => state.set(View::Failed(fault)),
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
            take(&video, move |file| {
                if state.try_get_untracked() == Some(View::On) {
                    super::film::ask(kiosk, vec![(file.name(), file)]);
                }
            });
        }
    };
    let said = move || match state.get() {
        View::Off | View::On => String::new(),
        View::Asking => say!(i18n, kiosk.film.asking),
        View::Failed(CameraFault::Insecure) => say!(i18n, kiosk.film.insecure),
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

/// What the camera sees now, as a file. Nothing before its first picture.
fn take(video: &HtmlVideoElement, done: impl Fn(File) + 'static) -> Option<()> {
    let (width, height) = (
        f64::from(video.video_width()),
        f64::from(video.video_height()),
    );
    if width < 1.0 || height < 1.0 {
        return None;
    }
    let scale = (LONGEST / width.max(height)).min(1.0);
    let (width, height) = (width * scale, height * scale);
    let canvas = document().create_element("canvas").ok()?;
    let canvas: HtmlCanvasElement = canvas.dyn_into().ok()?;
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context = canvas.get_context("2d").ok()??;
    let context: CanvasRenderingContext2d = context.dyn_into().ok()?;
    context
        .draw_image_with_html_video_element_and_dw_and_dh(video, 0.0, 0.0, width, height)
        .ok()?;
    let made = Closure::once_into_js(move |blob: JsValue| {
        if let Ok(blob) = blob.dyn_into::<Blob>()
            && let Ok(file) = File::new_with_blob_sequence(&Array::of1(&blob), "photo.jpg")
        {
            done(file);
        }
    });
    canvas
        .to_blob_with_type(made.unchecked_ref(), "image/jpeg")
        .ok()
}
