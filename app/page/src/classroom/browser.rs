//! What a browser has for cameras and pictures, with its faults as sentences can tell them.

use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

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

    /// An `ImageBitmap`.
    pub type Bitmap;

    #[wasm_bindgen(catch, js_name = createImageBitmap)]
    fn create_image_bitmap(source: &JsValue) -> Result<Promise, JsValue>;
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
        let devices = web_sys::window()
            .and_then(|window| Reflect::get(&window.navigator(), &"mediaDevices".into()).ok())
            .filter(|devices| !devices.is_undefined() && !devices.is_null())
            .ok_or(CameraFault::Insecure)?;
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

/// What a `video` element shows now; `None` before its first picture.
pub async fn frame(video: &JsValue) -> Option<Bitmap> {
    let shown: &Video = video.unchecked_ref();
    if shown.width() < 1.0 {
        return None;
    }
    bitmap(video).await.ok()
}

/// The picture in a file.
pub async fn picture(file: &File) -> Result<Bitmap, CameraFault> {
    bitmap(file).await.map_err(|_| CameraFault::NoPicture)
}

/// A picture that a worker can be given without a copy.
async fn bitmap(source: &JsValue) -> Result<Bitmap, JsValue> {
    let bitmap = JsFuture::from(create_image_bitmap(source)?).await?;
    Ok(bitmap.unchecked_into())
}

/// An object with one property.
pub fn object(name: &str, value: &JsValue) -> JsValue {
    let object = Object::new();
    // A plain object takes any property.
    let _ = Reflect::set(&object, &name.into(), value);
    object.into()
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
