//! What the program says of a file: a head in `postcard` bytes, and beside it the pixels as they lie in its memory.

use dicom::Window;
use imaging::{
    decode::DecodeError,
    dicom::{DicomFilm, FrameFacts, FrameValues},
    film::Film,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// An answer with the build that it is from: programs of two builds must not take each other's bytes for their own.
#[derive(Serialize, Deserialize)]
pub struct Answer<T> {
    build: String,
    result: Result<T, DecodeError>,
}

/// All of a film but its pixels.
#[derive(Serialize, Deserialize)]
pub struct FilmHead {
    width: u32,
    height: u32,
    facts: Box<FrameFacts>,
}

/// All of a frame's values but the values.
#[derive(Serialize, Deserialize)]
pub struct ValuesHead {
    width: u32,
    height: u32,
    lowest: f32,
    highest: f32,
    window: Option<Window>,
    inverted: bool,
}

/// An answer as bytes, and its pixels.
pub type Written = (Vec<u8>, Vec<u16>);

pub fn write_film(build: &str, film: Result<DicomFilm, DecodeError>) -> Written {
    write(build, film, |DicomFilm { film, facts }| {
        let head = FilmHead {
            width: film.width(),
            height: film.height(),
            facts,
        };
        (head, film.into_pixels())
    })
}

pub fn write_values(build: &str, values: Result<FrameValues, DecodeError>) -> Written {
    write(build, values, |values| {
        let head = ValuesHead {
            width: values.width,
            height: values.height,
            lowest: values.lowest,
            highest: values.highest,
            window: values.window,
            inverted: values.inverted,
        };
        (head, values.levels)
    })
}

fn write<T, H: Serialize>(
    build: &str,
    result: Result<T, DecodeError>,
    parts: impl FnOnce(T) -> (H, Vec<u16>),
) -> Written {
    let (result, pixels) = match result {
        Ok(read) => {
            let (head, pixels) = parts(read);
            (Ok(head), pixels)
        }
        Err(refusal) => (Err(refusal), Vec::new()),
    };
    let build = build.to_owned();
    // Writing to memory fails for no type here; what came of it all the same is an answer that nobody takes.
    let bytes = postcard::to_allocvec(&Answer { build, result }).unwrap_or_default();
    (bytes, pixels)
}

/// Why an answer cannot be taken.
#[derive(Debug, PartialEq)]
pub enum Unread {
    /// The file is no film.
    Refused(DecodeError),
    /// The program is of another build, or says what it cannot mean.
    Garbled,
}

/// # Errors
/// See [`Unread`].
pub fn read_film(build: &str, bytes: &[u8], pixels: Vec<u16>) -> Result<DicomFilm, Unread> {
    let FilmHead {
        width,
        height,
        facts,
    } = read(build, bytes)?;
    let film = Film::new(width, height, pixels).ok_or(Unread::Garbled)?;
    Ok(DicomFilm { film, facts })
}

/// # Errors
/// See [`Unread`].
pub fn read_values(build: &str, bytes: &[u8], levels: Vec<u16>) -> Result<FrameValues, Unread> {
    let ValuesHead {
        width,
        height,
        lowest,
        highest,
        window,
        inverted,
    } = read(build, bytes)?;
    if u64::from(width) * u64::from(height) != levels.len() as u64 {
        return Err(Unread::Garbled);
    }
    Ok(FrameValues {
        width,
        height,
        lowest,
        highest,
        levels,
        window,
        inverted,
    })
}

fn read<T: DeserializeOwned>(build: &str, bytes: &[u8]) -> Result<T, Unread> {
    let answer: Answer<T> = postcard::from_bytes(bytes).map_err(|_| Unread::Garbled)?;
    if answer.build != build {
        return Err(Unread::Garbled);
    }
    answer.result.map_err(Unread::Refused)
}
