//! The program that reads what this one has no decoder for, which is fetched for the first such file.

use std::rc::Rc;

use imaging::{dicom::FrameValues, pack::FileError, reader::FormatReader};

use crate::{host::Host, session::Session};
use protocol::Event;

/// Longer side of the values that are sent for the viewer, in pixels.
const SHOWN: u32 = 1024;

#[derive(Default)]
pub(crate) enum ReaderProgram {
    #[default]
    NotAskedFor,
    Coming,
    Here(Rc<dyn FormatReader>),
    Failed(String),
}

impl ReaderProgram {
    /// The reader, or `None` until it is there; whoever is the first to want it has it fetched.
    ///
    /// # Errors
    /// What the browser said when it could not be fetched, once: whoever asks after that has it fetched again.
    pub(crate) fn reader(
        &mut self,
        host: &dyn Host,
    ) -> Result<Option<Rc<dyn FormatReader>>, String> {
        match std::mem::take(self) {
            Self::NotAskedFor => {
                *self = Self::Coming;
                host.fetch_format_reader();
                Ok(None)
            }
            Self::Coming => {
                *self = Self::Coming;
                Ok(None)
            }
            Self::Here(reader) => {
                *self = Self::Here(reader.clone());
                Ok(Some(reader))
            }
            Self::Failed(detail) => Err(detail),
        }
    }
}

impl Session {
    pub(crate) fn reader_came(&mut self, result: Result<Rc<dyn FormatReader>, String>) {
        self.reader = match result {
            Ok(reader) => ReaderProgram::Here(reader),
            Err(detail) => ReaderProgram::Failed(detail),
        };
    }

    /// Sends the values of a frame of a loaded DICOM file, which is read again for that.
    pub(crate) fn show_frame(&mut self, sample: usize, frame: u32) {
        if let Some(values) = self.values_of(sample, frame) {
            self.host.post(Event::Frame {
                sample,
                frame,
                values,
            });
        }
    }

    fn values_of(&mut self, sample: usize, frame: u32) -> Option<Result<FrameValues, FileError>> {
        let data = self.data.as_mut()?;
        let shown = data.films.samples.get(sample)?;
        let source = data.source.as_mut()?;
        // It was there when the film was loaded.
        let Ok(Some(reader)) = self.reader.reader(&*self.host) else {
            return None;
        };
        self.host.note_reading(Some(&shown.name));
        let read = source.read(shown.file);
        let values = read.and_then(|bytes| reader.values(&bytes, frame, SHOWN));
        self.host.note_reading(None);
        Some(values)
    }
}
