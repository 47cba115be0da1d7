//! What `format-reader` says of a file: a head in `postcard` bytes, and beside it the pixels as they lie in its memory.

use dicom::{Facts, GreyFrame, Levels, Refusal, Scale};
use picture_formats::{Head, Picture};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// An answer with the build that it is from: programs of two builds must not take each other's bytes for their own.
#[derive(Serialize, Deserialize)]
struct Answer<T, R> {
    build: String,
    result: Result<T, R>,
}

/// All of a frame but its pixels.
#[derive(Serialize, Deserialize)]
struct GreyHead {
    width: u32,
    height: u32,
    facts: Box<Facts>,
}

/// An answer as bytes, and its pixels.
pub type Written<P> = (Vec<u8>, Vec<P>);

pub fn write_film(build: &str, film: Result<GreyFrame, Refusal>) -> Written<u16> {
    write(build, film, |film| {
        let head = GreyHead {
            width: film.width,
            height: film.height,
            facts: film.facts,
        };
        (head, film.pixels)
    })
}

pub fn write_values(build: &str, values: Result<Levels, Refusal>) -> Written<u16> {
    write(build, values, |values| (values.scale, values.levels))
}

pub fn write_picture(
    build: &str,
    picture: Result<Picture, picture_formats::Refusal>,
) -> Written<u8> {
    write(build, picture, |picture| (picture.head, picture.samples))
}

fn write<T, H: Serialize, R: Serialize, P>(
    build: &str,
    result: Result<T, R>,
    parts: impl FnOnce(T) -> (H, Vec<P>),
) -> Written<P> {
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
pub enum Unread<R> {
    /// The file has no such picture.
    Refused(R),
    /// The program is of another build, or says what it cannot mean.
    Garbled,
}

/// # Errors
/// See [`Unread`].
pub fn read_film(
    build: &str,
    bytes: &[u8],
    pixels: Vec<u16>,
) -> Result<GreyFrame, Unread<Refusal>> {
    let GreyHead {
        width,
        height,
        facts,
    } = read(build, bytes)?;
    Ok(GreyFrame {
        width,
        height,
        pixels,
        facts,
    })
}

/// # Errors
/// See [`Unread`].
pub fn read_values(build: &str, bytes: &[u8], levels: Vec<u16>) -> Result<Levels, Unread<Refusal>> {
    let scale: Scale = read(build, bytes)?;
    Ok(Levels { scale, levels })
}

/// # Errors
/// See [`Unread`].
pub fn read_picture(
    build: &str,
    bytes: &[u8],
    samples: Vec<u8>,
) -> Result<Picture, Unread<picture_formats::Refusal>> {
    let head: Head = read(build, bytes)?;
    Ok(Picture { head, samples })
}

fn read<T: DeserializeOwned, R: DeserializeOwned>(
    build: &str,
    bytes: &[u8],
) -> Result<T, Unread<R>> {
    let answer: Answer<T, R> = postcard::from_bytes(bytes).map_err(|_| Unread::Garbled)?;
    if answer.build != build {
        return Err(Unread::Garbled);
    }
    answer.result.map_err(Unread::Refused)
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

    #[test]
    fn what_is_written_is_read_and_so_is_a_refusal() {
        let (head, pixels) = write_film("a", Ok(film()));
        assert_eq!(read_film("a", &head, pixels), Ok(film()));
        let (head, pixels) = write_film("a", Err(Refusal::Truncated));
        let refused = Unread::Refused(Refusal::Truncated);
        assert_eq!(read_film("a", &head, pixels), Err(refused));
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
        let (head, samples) = write_picture("a", Ok(picture.clone()));
        assert_eq!(read_picture("a", &head, samples), Ok(picture));
        let refusal = picture_formats::Refusal::from(picture_formats::Kind::Animated);
        let (head, samples) = write_picture("a", Err(refusal.clone()));
        let refused = Err(Unread::Refused(refusal));
        assert_eq!(read_picture("a", &head, samples), refused);
    }

    #[test]
    fn an_answer_of_another_build_or_of_none_is_not_taken() {
        let (head, pixels) = write_film("a", Ok(film()));
        assert_eq!(read_film("b", &head, pixels.clone()), Err(Unread::Garbled));
        for length in 0..head.len() {
            assert_eq!(
                read_film("a", &head[..length], pixels.clone()),
                Err(Unread::Garbled)
            );
        }
    }
}
