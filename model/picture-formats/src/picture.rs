use serde::{Deserialize, Serialize};

use crate::Format;

/// A picture as its file stores it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub head: Head,
    /// Row-major and interleaved; of 16 bits in the machine's order of bytes where [`Head::deep`] says so, of 8 otherwise.
    pub samples: Vec<u8>,
}

/// All of a picture but its samples.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    pub format: Format,
    pub width: u32,
    pub height: u32,
    pub layout: Layout,
    /// Samples of 16 bits.
    pub deep: bool,
    /// How many bits of a deep sample count, where the file says so.
    pub stated_bits: Option<u8>,
    /// How to turn it, as Exif and TIFF number that: 1 to 8.
    pub orientation: u8,
    /// Of a sample, as stored.
    pub bits: u8,
    /// Colours that are listed once.
    pub palette: bool,
}

/// How the samples of a pixel are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Layout {
    Grey,
    /// 0 is white.
    InvertedGrey,
    GreyAlpha,
    Colour,
    ColourAlpha,
    /// Cyan, magenta, yellow, black; 0 is no ink.
    Inks,
}

impl Layout {
    pub fn channels(self) -> usize {
        match self {
            Self::Grey | Self::InvertedGrey => 1,
            Self::GreyAlpha => 2,
            Self::Colour => 3,
            Self::ColourAlpha | Self::Inks => 4,
        }
    }
}
