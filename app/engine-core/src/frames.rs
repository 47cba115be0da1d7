//! Frames of loaded DICOM files for the viewer.

use imaging::{dicom::FrameValues, pack::FileError};

use crate::session::Session;
use protocol::Event;

/// Longer side of the values that are sent for the viewer, in pixels.
const SHOWN: u32 = 1024;

impl Session {
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
        let Ok(Some(reader)) = self.reader.get(&*self.host) else {
            return None;
        };
        self.host.note_reading(Some(&shown.name));
        let read = source.read(shown.file);
        let values = read.and_then(|bytes| reader.values(&bytes, frame, SHOWN));
        self.host.note_reading(None);
        Some(values)
    }
}
