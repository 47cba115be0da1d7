//! Pictures of other formats as films; what decodes them is elsewhere, see [`FormatReader`](crate::reader::FormatReader).

use image::metadata::Orientation;
use picture_formats::{Format, Head, Layout as Stored, Picture, Refusal};

use super::{
    Channels, DecodeError, Decoded, FileFacts, FileFormat, Range, check_size,
    raster::{Layout, from_bytes, from_words},
};

impl Decoded {
    /// `bytes`: size of the whole file.
    ///
    /// # Errors
    /// [`DecodeError::TooSmall`] and [`DecodeError::TooLarge`], and [`DecodeError::Damaged`] if there are not as many samples
    /// as pixels.
    pub fn of_picture(picture: &Picture, bytes: u64) -> Result<Self, DecodeError> {
        let Picture { head, samples } = picture;
        let size = (head.width, head.height);
        check_size(head.width, head.height)?;
        let layout = Layout::from(head.layout);
        let orientation = Orientation::from_exif(head.orientation);
        let orientation = orientation.unwrap_or(Orientation::NoTransforms);
        let read = match head.deep {
            true => from_words(size, samples, layout, orientation, head.stated_bits),
            false => {
                let film = from_bytes(size, samples, layout, orientation);
                film.map(|film| (film, Range::Stated))
            }
        };
        let (film, range) = read.ok_or_else(|| damaged(head.format.name()))?;
        Ok(Self {
            film,
            range,
            facts: facts(head, bytes),
        })
    }
}

fn facts(head: &Head, bytes: u64) -> FileFacts {
    FileFacts {
        format: head.format.into(),
        bytes,
        bits: head.bits,
        channels: match head.layout {
            _ if head.palette => Channels::Palette,
            Stored::Grey | Stored::InvertedGrey => Channels::Grey,
            Stored::GreyAlpha => Channels::GreyAlpha,
            Stored::Colour => Channels::Colour,
            Stored::ColourAlpha => Channels::ColourAlpha,
            Stored::Inks => Channels::Inks,
        },
        jpeg_quality: None,
    }
}

impl DecodeError {
    /// `format`: the name of the file's.
    pub(crate) fn of_picture(refusal: Refusal, format: &str) -> Self {
        match refusal {
            Refusal::Damaged => damaged(format),
            Refusal::TooSmall { width, height } => Self::TooSmall { width, height },
            Refusal::TooLarge { width, height } => Self::TooLarge { width, height },
            Refusal::Unread(kind) => Self::Picture { kind },
        }
    }
}

fn damaged(format: &str) -> DecodeError {
    DecodeError::Damaged {
        format: format.into(),
    }
}

impl From<Format> for FileFormat {
    fn from(format: Format) -> Self {
        match format {
            Format::Tiff => Self::Tiff,
            Format::Bmp => Self::Bmp,
            Format::WebP => Self::WebP,
        }
    }
}

impl From<Stored> for Layout {
    fn from(stored: Stored) -> Self {
        match stored {
            Stored::Grey => Self::Grey,
            Stored::InvertedGrey => Self::InvertedGrey,
            Stored::GreyAlpha => Self::GreyAlpha,
            Stored::Colour => Self::Colour,
            Stored::ColourAlpha => Self::ColourAlpha,
            Stored::Inks => Self::Inks { inverted: false },
        }
    }
}
