//! The program that reads what this one has no decoder for.

use std::cell::RefCell;

use imaging::{
    decode::Decoded,
    dicom::{DicomFilm, FrameValues, refused},
    pack::FileError,
    reader::{FormatReader, picture_refused},
};
use reader_answers::{Read, Unread, Wanted};
use side_program::Unanswered;

use super::side_program::{Body, Instance, Program};

/// The program as a reader. Its instance goes on from file to file as long as it can.
pub struct Reader {
    program: Program,
    instance: RefCell<Option<Instance>>,
}

impl Reader {
    pub fn new(program: Program) -> Self {
        Self {
            program,
            instance: RefCell::default(),
        }
    }

    fn ask(&self, wanted: Wanted, file: &[u8]) -> Result<(Read, Body), FileError> {
        let kept = self.instance.take();
        let mut instance = kept.unwrap_or_else(|| self.program.start());
        let answer = instance.ask(&wanted, file);
        self.instance
            .replace(Some(instance).filter(Instance::is_fit));
        answer.map_err(|error| match error {
            Unanswered::Ended => FileError::DecoderFailed,
            Unanswered::Garbled => garbled(),
        })
    }
}

impl FormatReader for Reader {
    fn film(&self, bytes: &[u8], frame: u32) -> Result<DicomFilm, FileError> {
        let (read, pixels) = self.ask(Wanted::Film { frame }, bytes)?;
        let film = read.into_film(|| pixels.words());
        let film = film.map_err(|error| unread(error, refused))?;
        DicomFilm::new(film, frame).map_err(FileError::Decode)
    }

    fn values(&self, bytes: &[u8], frame: u32, longest: u32) -> Result<FrameValues, FileError> {
        let (read, levels) = self.ask(Wanted::Values { frame }, bytes)?;
        let values = read.into_values(|| levels.words());
        let values = values.map_err(|error| unread(error, refused))?;
        FrameValues::new(values, longest).map_err(FileError::Decode)
    }

    fn picture(&self, bytes: &[u8]) -> Result<Decoded, FileError> {
        let (read, samples) = self.ask(Wanted::Picture, bytes)?;
        let picture = read.into_picture(|| samples.bytes());
        let refused = |refusal| picture_refused(refusal, bytes);
        let picture = picture.map_err(|error| unread(error, refused))?;
        Decoded::of_picture(&picture, bytes.len() as u64).map_err(FileError::Decode)
    }
}

fn unread<R>(error: Unread<R>, refused: impl FnOnce(R) -> FileError) -> FileError {
    match error {
        Unread::Refused(refusal) => refused(refusal),
        Unread::Garbled => garbled(),
    }
}

fn garbled() -> FileError {
    FileError::FormatReader {
        detail: "another build".into(),
    }
}
