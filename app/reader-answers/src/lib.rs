//! What `format-reader` is asked of a file and says of it; the pixels lie beside that as they are in its memory.

use dicom::{Facts, GreyFrame, Levels, Refusal, Scale};
use picture_formats::{Head, Picture};
use serde::{Deserialize, Serialize};
use side_program::Body;

/// What is wanted of the file that lies beside the question.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub enum Wanted {
    /// A frame of a DICOM file in grey.
    Film { frame: u32 },
    /// The values of a frame of a DICOM file.
    Values { frame: u32 },
    /// Any other picture.
    Picture,
}

/// All but the pixels.
#[derive(Serialize, Deserialize)]
pub enum Read {
    Film(Result<GreyHead, Refusal>),
    Values(Result<Scale, Refusal>),
    Picture(Result<Head, picture_formats::Refusal>),
}

/// All of a frame but its pixels.
#[derive(Serialize, Deserialize)]
pub struct GreyHead {
    width: u32,
    height: u32,
    facts: Box<Facts>,
}

/// Why an answer cannot be taken.
#[derive(Debug, PartialEq)]
pub enum Unread<R> {
    /// The file has no such picture.
    Refused(R),
    /// The answer is one to another question.
    Garbled,
}

impl Read {
    pub fn film(read: Result<GreyFrame, Refusal>) -> (Self, Body) {
        let (head, pixels) = parted(read, |film| {
            let head = GreyHead {
                width: film.width,
                height: film.height,
                facts: film.facts,
            };
            (head, film.pixels)
        });
        (Self::Film(head), Body::Words(pixels))
    }

    pub fn values(read: Result<Levels, Refusal>) -> (Self, Body) {
        let (scale, levels) = parted(read, |values| (values.scale, values.levels));
        (Self::Values(scale), Body::Words(levels))
    }

    pub fn picture(read: Result<Picture, picture_formats::Refusal>) -> (Self, Body) {
        let (head, samples) = parted(read, |picture| (picture.head, picture.samples));
        (Self::Picture(head), Body::Bytes(samples))
    }

    /// # Errors
    /// See [`Unread`].
    pub fn into_film(
        self,
        pixels: impl FnOnce() -> Vec<u16>,
    ) -> Result<GreyFrame, Unread<Refusal>> {
        let Self::Film(head) = self else {
            return Err(Unread::Garbled);
        };
        let head = head.map_err(Unread::Refused)?;
        Ok(GreyFrame {
            width: head.width,
            height: head.height,
            pixels: pixels(),
            facts: head.facts,
        })
    }

    /// # Errors
    /// See [`Unread`].
    pub fn into_values(self, levels: impl FnOnce() -> Vec<u16>) -> Result<Levels, Unread<Refusal>> {
        let Self::Values(scale) = self else {
            return Err(Unread::Garbled);
        };
        let scale = scale.map_err(Unread::Refused)?;
        Ok(Levels {
            scale,
            levels: levels(),
        })
    }

    /// # Errors
    /// See [`Unread`].
    pub fn into_picture(
        self,
        samples: impl FnOnce() -> Vec<u8>,
    ) -> Result<Picture, Unread<picture_formats::Refusal>> {
        let Self::Picture(head) = self else {
            return Err(Unread::Garbled);
        };
        let head = head.map_err(Unread::Refused)?;
        Ok(Picture {
            head,
            samples: samples(),
        })
    }
}

fn parted<T, H, R, P>(
    read: Result<T, R>,
    parts: impl FnOnce(T) -> (H, Vec<P>),
) -> (Result<H, R>, Vec<P>) {
    match read.map(parts) {
        Ok((head, pixels)) => (Ok(head), pixels),
        Err(refusal) => (Err(refusal), Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn film() -> GreyFrame {
        GreyFrame {
            width: 2,
            height: 1,
            pixels: vec![1, 65_535],
            facts: Box::default(),
        }
    }

    /// As it arrives.
    fn sent((read, body): (Read, Body)) -> (Read, Body) {
        let bytes = side_program::write("a", &read);
        (side_program::read("a", &bytes).expect("an answer"), body)
    }

    fn words(body: Body) -> Vec<u16> {
        match body {
            Body::Words(words) => words,
            Body::Bytes(_) => panic!("words"),
        }
    }

    #[test]
    fn what_is_written_is_read_and_so_is_a_refusal() {
        let (read, body) = sent(Read::film(Ok(film())));
        assert_eq!(read.into_film(|| words(body)), Ok(film()));
        let (read, body) = sent(Read::film(Err(Refusal::Truncated)));
        let refused = Err(Unread::Refused(Refusal::Truncated));
        assert_eq!(read.into_film(|| words(body)), refused);
    }

    #[test]
    fn a_picture_comes_back_as_it_went() {
        let picture = Picture {
            head: Head {
                format: picture_formats::Format::Tiff,
                width: 2,
                height: 1,
                layout: picture_formats::Layout::InvertedGrey,
                deep: false,
                stated_bits: None,
                orientation: 6,
                bits: 4,
                palette: false,
            },
            samples: vec![1, 255],
        };
        let (read, body) = sent(Read::picture(Ok(picture.clone())));
        let Body::Bytes(samples) = body else {
            panic!("bytes");
        };
        assert_eq!(read.into_picture(|| samples), Ok(picture));
        let refusal = picture_formats::Refusal::from(picture_formats::Kind::Animated);
        let (read, _) = sent(Read::picture(Err(refusal.clone())));
        let refused = Err(Unread::Refused(refusal));
        assert_eq!(read.into_picture(Vec::new), refused);
    }

    #[test]
    fn an_answer_to_another_question_is_not_taken() {
        let (read, _) = sent(Read::film(Ok(film())));
        assert_eq!(read.into_values(Vec::new), Err(Unread::Garbled));
    }
}
