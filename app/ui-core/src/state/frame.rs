//! The frame of a DICOM file that the viewer asked for last.

use std::sync::Arc;

use imaging::{dicom::FrameValues, pack::FileError};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FrameRequest {
    /// The film, and the frame counted from 0.
    asked: Option<(usize, u32)>,
    /// What came last, until something else has come.
    came: Option<Arrived>,
}

#[derive(Clone, Debug, PartialEq)]
struct Arrived {
    sample: usize,
    frame: u32,
    values: Result<Arc<FrameValues>, FileError>,
}

impl FrameRequest {
    pub fn ask(&mut self, sample: usize, frame: u32) {
        self.asked = Some((sample, frame));
    }

    /// Late values of what is no longer asked for change nothing.
    pub(super) fn arrived(
        &mut self,
        sample: usize,
        frame: u32,
        values: Result<FrameValues, FileError>,
    ) {
        if self.asked == Some((sample, frame)) {
            self.came = Some(Arrived {
                sample,
                frame,
                values: values.map(Arc::new),
            });
        }
    }

    fn of(&self, sample: usize) -> Option<&Arrived> {
        self.came.as_ref().filter(|came| came.sample == sample)
    }

    /// The values of a film; of another frame than the one that was asked for last, until that has come.
    pub fn values_of(&self, sample: usize) -> Option<&Arc<FrameValues>> {
        self.of(sample)?.values.as_ref().ok()
    }

    /// Which frame of a film has come.
    pub fn number_of(&self, sample: usize) -> Option<u32> {
        self.of(sample).map(|came| came.frame)
    }

    pub fn problem_of(&self, sample: usize) -> Option<&FileError> {
        self.of(sample)?.values.as_ref().err()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(lowest: f32) -> FrameValues {
        let scale = dicom::Scale {
            width: 1,
            height: 1,
            lowest,
            highest: 1.0,
            window: None,
            inverted: false,
        };
        FrameValues {
            scale,
            levels: vec![0],
        }
    }

    #[test]
    fn only_what_was_asked_for_last_is_shown() {
        let mut request = FrameRequest::default();
        request.ask(3, 0);
        request.arrived(3, 0, Ok(values(0.5)));
        request.ask(3, 7);
        request.arrived(3, 6, Ok(values(0.25)));
        assert_eq!(request.number_of(3), Some(0));
        assert_eq!(request.values_of(4), None);
        request.arrived(3, 7, Err(FileError::Missing));
        assert_eq!(request.values_of(3), None);
        assert_eq!(request.problem_of(3), Some(&FileError::Missing));
    }
}
