//! [`FileFacts`]: how a file holds its film, which says nothing about what the film shows.

use serde::{Deserialize, Serialize};

/// Read from the file's headers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileFacts {
    pub format: FileFormat,
    /// Size of the whole file.
    pub bytes: u64,
    /// Of a sample, as stored: 1 to 16.
    pub bits: u8,
    pub channels: Channels,
    /// Of libjpeg, 1 to 100, the one whose table comes nearest; `None` of files other than JPEG.
    pub jpeg_quality: Option<u8>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FileFormat {
    #[default]
    Png,
    Jpeg,
    Dicom,
    Tiff,
    Bmp,
    WebP,
}

/// What a pixel is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Channels {
    #[default]
    Grey,
    GreyAlpha,
    Colour,
    ColourAlpha,
    /// Numbers of colours that are listed once.
    Palette,
    /// Cyan, magenta, yellow, black.
    Inks,
}

/// The table for brightness of ITU-T T.81, table K.1, in the order in which files store it.
const STANDARD: [u16; 64] = [
    16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37,
    29, 40, 58, 51, 61, 60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81,
    87, 95, 98, 103, 104, 103, 62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99,
];

/// The quality from 1 to 100 at which libjpeg, and most programs with it, would write a table most like this one. Programs with
/// tables of their own (Photoshop, cameras) get the number that comes nearest: alike files get alike numbers, which is all that
/// it is used for.
pub(super) fn quality(table: &[u16; 64]) -> u8 {
    let distance = |quality: &u8| -> u32 {
        let scale = match u32::from(*quality) {
            low @ ..50 => 5000 / low,
            high => 200 - 2 * high,
        };
        let scaled = |step: u16| ((u32::from(step) * scale + 50) / 100).clamp(1, 255);
        let pairs = STANDARD.iter().zip(table);
        pairs
            .map(|(&standard, &own)| scaled(standard).abs_diff(u32::from(own)))
            .sum()
    };
    (1..=100).min_by_key(distance).unwrap_or(100)
}
