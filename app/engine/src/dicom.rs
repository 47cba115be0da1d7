//! The program that reads DICOM files, run in this worker: another instance beside the engine, with a memory of its own.

use std::rc::Rc;

use dicom_reader::answer::{Unread, read_film, read_values};
use imaging::{
    dicom::{DicomFilm, DicomReader, FrameValues, refused},
    pack::FileError,
};
use js_sys::{Array, Promise, Uint8Array, Uint16Array};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

use super::worker_scope::describe;

#[wasm_bindgen]
extern "C" {
    /// Of `engine-start.js`: fetches and compiles the program.
    #[wasm_bindgen(catch, js_name = fetchDicomReader)]
    fn fetch_dicom_reader() -> Result<Promise, JsValue>;

    /// Of `engine-start.js`: has it read a file; gives back head and pixels of its answer, or fails with what ended it.
    #[wasm_bindgen(catch, js_name = readDicom)]
    fn read_dicom(function: &str, file: &[u8], frame: u32) -> Result<Array, JsValue>;
}

/// `build`: what the program must say that it belongs to.
///
/// # Errors
/// What the browser said against it.
pub async fn fetch(build: &'static str) -> Result<Rc<dyn DicomReader>, String> {
    let fetched = fetch_dicom_reader().map_err(|error| describe(&error))?;
    JsFuture::from(fetched)
        .await
        .map_err(|error| describe(&error))?;
    Ok(Rc::new(Program { build }))
}

struct Program {
    build: &'static str,
}

impl DicomReader for Program {
    fn film(&self, bytes: &[u8], frame: u32) -> Result<DicomFilm, FileError> {
        let (head, pixels) = ask("read_film", bytes, frame)?;
        let film = read_film(self.build, &head, pixels).map_err(unread)?;
        DicomFilm::new(film, frame).map_err(FileError::Decode)
    }

    fn values(&self, bytes: &[u8], frame: u32, longest: u32) -> Result<FrameValues, FileError> {
        let (head, levels) = ask("read_values", bytes, frame)?;
        let values = read_values(self.build, &head, levels).map_err(unread)?;
        FrameValues::new(values, longest).map_err(FileError::Decode)
    }
}

fn ask(function: &str, file: &[u8], frame: u32) -> Result<(Vec<u8>, Vec<u16>), FileError> {
    // A panic there ends its instance, not this one.
    let answer = read_dicom(function, file, frame);
    let answer = answer.map_err(|_| FileError::DecoderFailed)?;
    let head: Result<Uint8Array, _> = answer.get(0).dyn_into();
    let pixels: Result<Uint16Array, _> = answer.get(1).dyn_into();
    match (head, pixels) {
        (Ok(head), Ok(pixels)) => Ok((head.to_vec(), pixels.to_vec())),
        _ => Err(FileError::DecoderFailed),
    }
}

fn unread(error: Unread) -> FileError {
    match error {
        Unread::Refused(refusal) => refused(refusal),
        Unread::Garbled => FileError::DicomReader {
            detail: "another build".into(),
        },
    }
}
