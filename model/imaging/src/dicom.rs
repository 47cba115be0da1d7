//! DICOM files as films. What they are is known to the crate `dicom`; here is what the app wants of it.
//!
//! [`film`] and [`values`] need all of its decoders. In a browser they run in a program of their own, which is fetched for the
//! first such file (`app/dicom-reader`): the engine only names [`DicomReader`], and takes none of them in.

use dicom::{Facts, Frame, Range, Refusal, Voi, Window, WindowFunction};
use serde::{Deserialize, Serialize};

use crate::{
    decode::{DecodeError, check_size},
    film::Film,
    pack::FileError,
};

/// One frame of a DICOM file as a film, by what the file itself says of its window, and what else it says.
#[derive(Clone, Debug, PartialEq)]
pub struct DicomFilm {
    pub film: Film,
    pub facts: Box<FrameFacts>,
}

/// What a DICOM file says, and which of its frames is meant. Names and numbers of people in it stay in memory, and are shown to
/// nobody who has not asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FrameFacts {
    pub file: Facts,
    /// Counted from 0.
    pub frame: u32,
}

/// The values of one frame as its modality means them (Hounsfield units of a CT), before any window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FrameValues {
    /// In pixels; smaller than the frame where that is larger than was asked for.
    pub width: u32,
    pub height: u32,
    /// The value at level 0.
    pub lowest: f32,
    /// The value at level 65,535.
    pub highest: f32,
    /// Row-major, evenly from the lowest to the highest value.
    pub levels: Vec<u16>,
    /// With which the film is read; `None` where a table of the file takes its place.
    pub window: Option<Window>,
    /// Whether the film is inverted after that.
    pub inverted: bool,
}

impl FrameValues {
    /// The value of a level.
    pub fn at(&self, level: u16) -> f64 {
        let (lowest, highest) = (f64::from(self.lowest), f64::from(self.highest));
        lowest + (highest - lowest) * f64::from(level) / f64::from(u16::MAX)
    }

    /// The window from the lowest to the highest value.
    pub fn whole_range(&self) -> Window {
        let (lowest, highest) = (f64::from(self.lowest), f64::from(self.highest));
        Window {
            center: (lowest + highest) / 2.0,
            // Where all values are one, it is black, as the film is.
            width: (highest - lowest).max(f64::from(f32::MIN_POSITIVE)),
            function: WindowFunction::LinearExact,
            explanation: None,
        }
    }
}

/// Whoever reads DICOM files for this program. `frame` counts from 0.
pub trait DicomReader {
    /// # Errors
    /// Why there is no film in it.
    fn film(&self, bytes: &[u8], frame: u32) -> Result<DicomFilm, FileError>;

    /// `longest`: at most so many pixels on the longer side.
    ///
    /// # Errors
    /// Why there is no film in it.
    fn values(&self, bytes: &[u8], frame: u32, longest: u32) -> Result<FrameValues, FileError>;
}

/// This program itself.
pub struct OwnReader;

impl DicomReader for OwnReader {
    fn film(&self, bytes: &[u8], frame: u32) -> Result<DicomFilm, FileError> {
        film(bytes, frame).map_err(FileError::Decode)
    }

    fn values(&self, bytes: &[u8], frame: u32, longest: u32) -> Result<FrameValues, FileError> {
        values(bytes, frame, longest).map_err(FileError::Decode)
    }
}

/// As the reason for which a file is left out.
pub fn refused(refusal: Refusal) -> FileError {
    FileError::Decode(DecodeError::Dicom(refusal))
}

/// A frame as a film, with the window or table that the file names first.
///
/// # Errors
/// Why there is no film in it.
pub fn film(bytes: &[u8], frame: u32) -> Result<DicomFilm, DecodeError> {
    let (file, decoded) = read(bytes, frame)?;
    let pixels = decoded.render(&decoded.default_voi(), decoded.inverted);
    let film = Film::new(decoded.width, decoded.height, pixels);
    let film = film.ok_or(DecodeError::Dicom(Refusal::Damaged))?;
    let facts = Box::new(FrameFacts { file, frame });
    Ok(DicomFilm { film, facts })
}

/// The values of a frame, with at most `longest` pixels on the longer side.
///
/// # Errors
/// Why there is no film in it.
pub fn values(bytes: &[u8], frame: u32, longest: u32) -> Result<FrameValues, DecodeError> {
    let (_, decoded) = read(bytes, frame)?;
    let Range { low, high } = decoded.range;
    let levels = decoded.render(&Voi::Range, false);
    let film = Film::new(decoded.width, decoded.height, levels);
    let film = film.ok_or(DecodeError::Dicom(Refusal::Damaged))?;
    let film = film.shrunk(longest);
    let mut values = FrameValues {
        width: film.width(),
        height: film.height(),
        lowest: low,
        highest: high,
        levels: film.into_pixels(),
        window: None,
        inverted: decoded.inverted,
    };
    values.window = match decoded.default_voi() {
        Voi::Window(window) => Some(window),
        Voi::Range => Some(values.whole_range()),
        Voi::Lut(_) => None,
    };
    Ok(values)
}

fn read(bytes: &[u8], frame: u32) -> Result<(Facts, Frame), DecodeError> {
    let object = dicom::read(bytes).map_err(DecodeError::Dicom)?;
    let facts = object.facts().clone();
    check_size(facts.columns, facts.rows)?;
    let decoded = object.frame(frame).map_err(DecodeError::Dicom)?;
    Ok((facts, decoded))
}
