//! What the program says of a file: a head in `postcard` bytes, and beside it the pixels as they lie in its memory.

use dicom::{Facts, GreyFrame, Levels, Refusal, Scale};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// An answer with the build that it is from: programs of two builds must not take each other's bytes for their own.
#[derive(Serialize, Deserialize)]
struct Answer<T> {
    build: String,
    result: Result<T, Refusal>,
}

/// All of a frame but its pixels.
#[derive(Serialize, Deserialize)]
struct GreyHead {
    width: u32,
    height: u32,
    facts: Box<Facts>,
}

/// An answer as bytes, and its pixels.
pub type Written = (Vec<u8>, Vec<u16>);

pub fn write_film(build: &str, film: Result<GreyFrame, Refusal>) -> Written {
    write(build, film, |film| {
        let head = GreyHead {
            width: film.width,
            height: film.height,
            facts: film.facts,
        };
        (head, film.pixels)
    })
}

pub fn write_values(build: &str, values: Result<Levels, Refusal>) -> Written {
    write(build, values, |values| (values.scale, values.levels))
}

fn write<T, H: Serialize>(
    build: &str,
    result: Result<T, Refusal>,
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
    /// The file has no such picture.
    Refused(Refusal),
    /// The program is of another build, or says what it cannot mean.
    Garbled,
}

/// # Errors
/// See [`Unread`].
pub fn read_film(build: &str, bytes: &[u8], pixels: Vec<u16>) -> Result<GreyFrame, Unread> {
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
pub fn read_values(build: &str, bytes: &[u8], levels: Vec<u16>) -> Result<Levels, Unread> {
    let scale: Scale = read(build, bytes)?;
    Ok(Levels { scale, levels })
}

fn read<T: DeserializeOwned>(build: &str, bytes: &[u8]) -> Result<T, Unread> {
    let answer: Answer<T> = postcard::from_bytes(bytes).map_err(|_| Unread::Garbled)?;
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
