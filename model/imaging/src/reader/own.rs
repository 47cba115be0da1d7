use super::{FormatReader, picture_refused};
use crate::{
    decode::Decoded,
    dicom::{DicomFilm, FrameValues, refused},
    pack::FileError,
};

/// This program itself, where it has the decoders.
pub struct OwnReader;

impl FormatReader for OwnReader {
    fn film(&self, bytes: &[u8], frame: u32) -> Result<DicomFilm, FileError> {
        let read = dicom::film(bytes, frame).map_err(refused)?;
        DicomFilm::new(read, frame).map_err(FileError::Decode)
    }

    fn values(&self, bytes: &[u8], frame: u32, longest: u32) -> Result<FrameValues, FileError> {
        let read = dicom::values(bytes, frame).map_err(refused)?;
        FrameValues::new(read, longest).map_err(FileError::Decode)
    }

    fn picture(&self, bytes: &[u8]) -> Result<Decoded, FileError> {
        let read =
            picture_formats::read(bytes).map_err(|refusal| picture_refused(refusal, bytes))?;
        Decoded::of_picture(&read, bytes.len() as u64).map_err(FileError::Decode)
    }
}
