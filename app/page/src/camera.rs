//! A camera: pictures of what it sees, which stay in this page. It is asked for by a button, and goes off with what shows it.

use js_sys::{Array, Promise, Reflect};
use leptos::prelude::document;
use wasm_bindgen::{
    JsCast, JsValue,
    prelude::{Closure, wasm_bindgen},
};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, File, HtmlCanvasElement, HtmlVideoElement};

use super::classroom::browser::object;

/// Longer side of a photograph, in pixels; the network sees far fewer.
const LONGEST: f64 = 1024.0;

#[wasm_bindgen]
extern "C" {
    type Devices;
    #[wasm_bindgen(method, catch, js_name = getUserMedia)]
    fn get_user_media(this: &Devices, wanted: &JsValue) -> Result<Promise, JsValue>;

    type Stream;
    #[wasm_bindgen(method, js_name = getTracks)]
    fn get_tracks(this: &Stream) -> Array;

    type Track;
    #[wasm_bindgen(method)]
    fn stop(this: &Track);

    type Video;
    #[wasm_bindgen(method, setter, js_name = srcObject)]
    fn set_source(this: &Video, stream: &JsValue);
    #[wasm_bindgen(method, catch)]
    fn play(this: &Video) -> Result<Promise, JsValue>;
}

/// Why there is no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CameraFault {
    /// No camera at all.
    NoCamera,
    /// The visitor or the system said no.
    Refused,
    /// Only pages of a secure address may ask for a camera.
    Insecure,
    /// Another program has it.
    InUse,
    /// Not a picture that the browser can read.
    NoPicture,
}

/// A camera that is on. It goes off when this is dropped.
pub struct Camera(Stream);

impl Drop for Camera {
    fn drop(&mut self) {
        for track in self.0.get_tracks() {
            track.unchecked_into::<Track>().stop();
        }
    }
}

impl Camera {
    /// Asks for a camera, the one at the back if there are two.
    pub async fn open() -> Result<Self, CameraFault> {
        let devices = devices().ok_or(CameraFault::Insecure)?;
        let video = object("facingMode", &"environment".into());
        let wanted = object("video", &video);
        let asked = devices
            .unchecked_into::<Devices>()
            .get_user_media(&wanted)
            .map_err(|error| fault(&error))?;
        let stream = JsFuture::from(asked).await.map_err(|error| fault(&error))?;
        Ok(Self(stream.unchecked_into()))
    }

    /// Shows what it sees in a `video` element.
    pub fn show(&self, video: &JsValue) {
        let video: &Video = video.unchecked_ref();
        video.set_source(&self.0);
        if let Ok(playing) = video.play() {
            // Refused only if the element is gone again.
            let quiet = async move { drop(JsFuture::from(playing).await) };
            wasm_bindgen_futures::spawn_local(quiet);
        }
    }
}

/// Whether the browser lends a page of this address a camera, if there is one.
pub fn is_lent() -> bool {
    devices().is_some()
}

fn devices() -> Option<JsValue> {
    web_sys::window()
        .and_then(|window| Reflect::get(&window.navigator(), &"mediaDevices".into()).ok())
        .filter(|devices| !devices.is_undefined() && !devices.is_null())
}

/// What the camera sees now, as a file. Nothing before its first picture.
pub fn photograph(
    video: &HtmlVideoElement,
    name: String,
    done: impl Fn(File) + 'static,
) -> Option<()> {
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
            && let Ok(file) = File::new_with_blob_sequence(&Array::of1(&blob), &name)
        {
            done(file);
        }
    });
    canvas
        .to_blob_with_type(made.unchecked_ref(), "image/jpeg")
        .ok()
}

/// By the names of the Media Capture specification.
fn fault(error: &JsValue) -> CameraFault {
    let name = Reflect::get(error, &"name".into()).ok();
    let name = name.and_then(|name| name.as_string()).unwrap_or_default();
    match name.as_str() {
        "NotFoundError" | "OverconstrainedError" => CameraFault::NoCamera,
        "NotReadableError" | "AbortError" => CameraFault::InUse,
        "SecurityError" | "TypeError" => CameraFault::Insecure,
        _ => CameraFault::Refused,
    }
}
