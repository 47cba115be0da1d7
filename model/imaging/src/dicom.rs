//! DICOM files as films. What they are is known to the crate `dicom`; here is what the app wants of it.

use dicom::{Facts, GreyFrame, Levels, Refusal, Scale};
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
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FrameFacts {
    pub file: Facts,
    /// Counted from 0.
    pub frame: u32,
}

/// The values of one frame as its modality means them (Hounsfield units of a CT), before any window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FrameValues {
    /// The sides are smaller than the frame's where those are larger than was asked for.
    pub scale: Scale,
    /// Row-major.
    pub levels: Vec<u16>,
}

impl DicomFilm {
    /// # Errors
    /// [`DecodeError::TooSmall`] and [`DecodeError::TooLarge`], as of any picture.
    pub fn new(read: GreyFrame, frame: u32) -> Result<Self, DecodeError> {
        check_size(read.width, read.height)?;
        let film = Film::new(read.width, read.height, read.pixels);
        Ok(Self {
            film: film.ok_or(DecodeError::Dicom(Refusal::Damaged))?,
            facts: Box::new(FrameFacts {
                file: *read.facts,
                frame,
            }),
        })
    }
}

impl FrameValues {
    /// With at most `longest` pixels on the longer side.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] if there are not as many levels as pixels.
    pub fn new(read: Levels, longest: u32) -> Result<Self, DecodeError> {
        let Levels { mut scale, levels } = read;
        let film = Film::new(scale.width, scale.height, levels);
        let film = film.ok_or(DecodeError::Dicom(Refusal::Damaged))?;
        let film = film.shrunk(longest);
        (scale.width, scale.height) = (film.width(), film.height());
        let levels = film.into_pixels();
        Ok(Self { scale, levels })
    }
}

/// As the reason for which a file is left out.
pub fn refused(refusal: Refusal) -> FileError {
    FileError::Decode(DecodeError::Dicom(refusal))
}
