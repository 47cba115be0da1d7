//! The program that reads what this one has no decoder for, run in this worker: another instance beside the engine, with a memory of its own.

use std::rc::Rc;

use imaging::{
    decode::Decoded,
    dicom::{DicomFilm, FrameValues, refused},
    pack::FileError,
    reader::{FormatReader, picture_refused},
};
use js_sys::{Array, Promise, Uint8Array, Uint16Array};
use reader_answers::{Unread, read_film, read_picture, read_values};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

use super::worker_scope::describe;

#[wasm_bindgen]
extern "C" {
    /// Of `engine-start.js`: fetches and compiles the program.
    #[wasm_bindgen(catch, js_name = fetchFormatReader)]
    fn fetch_format_reader() -> Result<Promise, JsValue>;

    /// Of `engine-start.js`: has it read a file; gives back head and bytes of its answer, or fails with what ended it.
    #[wasm_bindgen(catch, js_name = readFile)]
    fn read_file(function: &str, file: &[u8], frame: u32) -> Result<Array, JsValue>;
}

/// `build`: what the program must say that it belongs to.
///
/// # Errors
/// What the browser said against it.
pub async fn fetch(build: &'static str) -> Result<Rc<dyn FormatReader>, String> {
    let fetched = fetch_format_reader().map_err(|error| describe(&error))?;
    JsFuture::from(fetched)
        .await
        .map_err(|error| describe(&error))?;
    Ok(Rc::new(Program { build }))
}

struct Program {
    build: &'static str,
}

impl FormatReader for Program {
    fn film(&self, bytes: &[u8], frame: u32) -> Result<DicomFilm, FileError> {
        let answer = ask("read_film", bytes, frame)?;
        let film = read_film(self.build, &answer.head, answer.words());
        let film = film.map_err(|error| unread(error, refused))?;
        DicomFilm::new(film, frame).map_err(FileError::Decode)
    }

    fn values(&self, bytes: &[u8], frame: u32, longest: u32) -> Result<FrameValues, FileError> {
        let answer = ask("read_values", bytes, frame)?;
        let values = read_values(self.build, &answer.head, answer.words());
        let values = values.map_err(|error| unread(error, refused))?;
        FrameValues::new(values, longest).map_err(FileError::Decode)
    }

    fn picture(&self, bytes: &[u8]) -> Result<Decoded, FileError> {
        let answer = ask("read_picture", bytes, 0)?;
        let picture = read_picture(self.build, &answer.head, answer.body.to_vec());
        let refused = |refusal| picture_refused(refusal, bytes);
        let picture = picture.map_err(|error| unread(error, refused))?;
        Decoded::of_picture(&picture, bytes.len() as u64).map_err(FileError::Decode)
    }
}

struct Answer {
    head: Vec<u8>,
    /// Pixels or samples.
    body: Uint8Array,
}

impl Answer {
    /// The body as numbers of two bytes.
    fn words(&self) -> Vec<u16> {
        Uint16Array::new(&self.body.buffer()).to_vec()
    }
}

fn ask(function: &str, file: &[u8], frame: u32) -> Result<Answer, FileError> {
    // A panic there ends its instance, not this one.
    let answer = read_file(function, file, frame);
    let answer = answer.map_err(|_| FileError::DecoderFailed)?;
    let head: Result<Uint8Array, _> = answer.get(0).dyn_into();
    let body: Result<Uint8Array, _> = answer.get(1).dyn_into();
    match (head, body) {
        (Ok(head), Ok(body)) => Ok(Answer {
            head: head.to_vec(),
            body,
        }),
        _ => Err(FileError::DecoderFailed),
    }
}

fn unread<R>(error: Unread<R>, refused: impl FnOnce(R) -> FileError) -> FileError {
    match error {
        Unread::Refused(refusal) => refused(refusal),
        Unread::Garbled => FileError::FormatReader {
            detail: "another build".into(),
        },
    }
}
