//! What a browser has for cameras and pictures, with its faults as sentences can tell them.

use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, File, HtmlCanvasElement};

/// Pictures are brought down to so many pixels along their longer side: a code that fills a third of it still has four
/// pixels a square.
const MOST_PIXELS: f64 = 640.0;

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
    #[wasm_bindgen(method, getter, js_name = videoWidth)]
    fn width(this: &Video) -> f64;
    #[wasm_bindgen(method, getter, js_name = videoHeight)]
    fn height(this: &Video) -> f64;

    type Bitmap;
    #[wasm_bindgen(method, getter)]
    fn width(this: &Bitmap) -> f64;
    #[wasm_bindgen(method, getter)]
    fn height(this: &Bitmap) -> f64;

    #[wasm_bindgen(catch, js_name = createImageBitmap)]
    fn create_image_bitmap(file: &File) -> Result<Promise, JsValue>;

    type Canvas2d;
    #[wasm_bindgen(method, catch, js_name = drawImage)]
    fn draw(
        this: &Canvas2d,
        picture: &JsValue,
        x: f64,
        y: f64,
        width: f64,
        height: f64,
    ) -> Result<(), JsValue>;
}

/// Why there is no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
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
    pub async fn open() -> Result<Self, Fault> {
        let devices = web_sys::window()
            .and_then(|window| Reflect::get(&window.navigator(), &"mediaDevices".into()).ok())
            .filter(|devices| !devices.is_undefined() && !devices.is_null())
            .ok_or(Fault::Insecure)?;
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

/// Pixels of a picture, four bytes each.
pub struct Pixels {
    pub width: u32,
    pub height: u32,
    pub rgba: Vec<u8>,
}

/// What a `video` element shows now; `None` before its first picture.
pub fn frame(video: &JsValue) -> Option<Pixels> {
    let size: &Video = video.unchecked_ref();
    pixels(video, (size.width(), size.height()))
}

/// The picture in a file.
pub async fn picture(file: &File) -> Result<Pixels, Fault> {
    let decoding = create_image_bitmap(file).map_err(|_| Fault::NoPicture)?;
    let bitmap = JsFuture::from(decoding)
        .await
        .map_err(|_| Fault::NoPicture)?;
    let size: &Bitmap = bitmap.unchecked_ref();
    pixels(&bitmap, (size.width(), size.height())).ok_or(Fault::NoPicture)
}

fn pixels(picture: &JsValue, (width, height): (f64, f64)) -> Option<Pixels> {
    let shrink = (MOST_PIXELS / width.max(height)).min(1.0);
    let (width, height) = ((width * shrink).round(), (height * shrink).round());
    if !(width >= 1.0 && height >= 1.0) {
        return None;
    }
    let canvas = leptos::prelude::document().create_element("canvas").ok()?;
    let canvas: HtmlCanvasElement = canvas.dyn_into().ok()?;
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let options = object("willReadFrequently", &true.into());
    let context = canvas
        .get_context_with_context_options("2d", &options)
        .ok()??;
    let drawn: &Canvas2d = context.unchecked_ref();
    drawn.draw(picture, 0.0, 0.0, width, height).ok()?;
    let context: CanvasRenderingContext2d = context.dyn_into().ok()?;
    let data = context.get_image_data(0.0, 0.0, width, height).ok()?;
    Some(Pixels {
        width: width as u32,
        height: height as u32,
        rgba: data.data().0,
    })
}

/// An object with one property.
pub fn object(name: &str, value: &JsValue) -> JsValue {
    let object = Object::new();
    // A plain object takes any property.
    let _ = Reflect::set(&object, &name.into(), value);
    object.into()
}

/// By the names of the Media Capture specification.
fn fault(error: &JsValue) -> Fault {
    let name = Reflect::get(error, &"name".into()).ok();
    let name = name.and_then(|name| name.as_string()).unwrap_or_default();
    match name.as_str() {
        "NotFoundError" | "OverconstrainedError" => Fault::NoCamera,
        "NotReadableError" | "AbortError" => Fault::InUse,
        "SecurityError" | "TypeError" => Fault::Insecure,
        _ => Fault::Refused,
    }
}
