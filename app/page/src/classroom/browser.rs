//! Pictures that a worker can be given.

use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use crate::camera::CameraFault;

#[wasm_bindgen]
extern "C" {
    type Video;
    #[wasm_bindgen(method, getter, js_name = videoWidth)]
    fn width(this: &Video) -> f64;

    /// An `ImageBitmap`.
    pub type Bitmap;

    #[wasm_bindgen(catch, js_name = createImageBitmap)]
    fn create_image_bitmap(source: &JsValue) -> Result<Promise, JsValue>;
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
