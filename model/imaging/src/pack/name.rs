//! Names, so that the same name is the same however it was typed and stored.

/// Names are compared without regard to case, outer spaces and the form of accents.
pub fn fold(name: &str) -> String {
    composed(name.trim()).to_lowercase()
}

/// With each accent in its letter (Unicode's form NFC): macOS stores them apart.
#[cfg(any(feature = "tools", not(target_arch = "wasm32")))]
pub(super) fn composed(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    name.nfc().collect()
}

/// With each accent in its letter (Unicode's form NFC): macOS stores them apart. JavaScript has the tables already.
#[cfg(all(target_arch = "wasm32", feature = "zips", not(feature = "tools")))]
pub(super) fn composed(name: &str) -> String {
    match name.is_ascii() {
        true => name.to_owned(),
        false => js_sys::JsString::from(name).normalize("NFC").into(),
    }
}

/// As it is: a program beside the engine reads no packs.
#[cfg(all(target_arch = "wasm32", not(feature = "zips"), not(feature = "tools")))]
pub(super) fn composed(name: &str) -> String {
    name.to_owned()
}
