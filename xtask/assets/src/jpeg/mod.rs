//! Grey JPEGs in fewer bytes: what the `image` crate encodes is rearranged into a progressive file with Huffman tables of
//! its own. The coefficients stay, so every decoder gives the same pixels. Sections are those of ITU-T T.81.

mod baseline;
mod huffman;
mod progressive;

use image::{ExtendedColorType, ImageEncoder, codecs::jpeg::JpegEncoder};

use crate::error::{AssetError, Result};

/// A picture of one component as it is coded.
struct Quantized {
    /// Content of the DQT segment (B.2.4.1).
    quantization: Vec<u8>,
    /// Content of the frame header (B.2.2): the same for sequential and progressive files.
    frame: Vec<u8>,
    /// Row by row, each in zigzag order (A.3.6). The first of a block, DC, is the difference to that of the block before.
    blocks: Vec<[i16; 64]>,
}

/// A progressive JPEG of `grey`, `width` times `height` pixels row by row; `quality` is 1 to 100.
///
/// # Errors
/// The encoder refuses the picture, or wrote another kind of file than expected.
pub fn encode(grey: &[u8], width: u32, height: u32, quality: u8) -> Result<Vec<u8>> {
    let baseline = baseline_file(grey, width, height, quality)?;
    Ok(progressive::write(&baseline::read(&baseline)?))
}

fn baseline_file(grey: &[u8], width: u32, height: u32, quality: u8) -> Result<Vec<u8>> {
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, quality)
        .write_image(grey, width, height, ExtendedColorType::L8)
        .map_err(|error| AssetError::format("film", error.to_string()))?;
    Ok(jpeg)
}

/// The markers (B.1.1.3) that are written or read.
mod marker {
    pub const START: u8 = 0xD8;
    pub const END: u8 = 0xD9;
    pub const JFIF: u8 = 0xE0;
    pub const QUANTIZATION: u8 = 0xDB;
    pub const HUFFMAN: u8 = 0xC4;
    pub const BASELINE: u8 = 0xC0;
    pub const PROGRESSIVE: u8 = 0xC2;
    pub const SCAN: u8 = 0xDA;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    /// Width, height, pixels.
    type Picture = (u32, u32, Vec<u8>);

    fn picture(width: u32, height: u32, pixel: impl FnMut(u32, u32) -> u8) -> Picture {
        let mut pixel = pixel;
        let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        (width, height, places.map(|(x, y)| pixel(x, y)).collect())
    }

    /// Of one gray value; smooth; with a detail here and there; of noise. Sides are multiples of 8 or not.
    fn pictures() -> Vec<Picture> {
        let mut random = Random::named("pictures");
        let mut noise = || random.between(0.0, 255.0) as u8;
        let mut pictures = vec![
            picture(16, 16, |_, _| 0),
            picture(17, 31, |_, _| 200),
            picture(33, 70, |x, y| (3 * x + y) as u8),
            picture(
                264,
                40,
                |x, y| if x % 56 == 3 && y % 24 == 5 { 255 } else { 90 },
            ),
            picture(65, 23, |_, _| noise()),
        ];
        // More blocks of one gray value than a symbol can call empty.
        pictures.push(picture(1600, 1400, |x, y| {
            if (x, y) == (1599, 1399) { 255 } else { 0 }
        }));
        pictures
    }

    /// The lowest quality leaves few coefficients, the highest makes their largest numbers.
    const QUALITIES: [u8; 3] = [1, 62, 100];

    fn files() -> impl Iterator<Item = (Vec<u8>, Vec<u8>)> {
        let all = pictures()
            .into_iter()
            .flat_map(|picture| QUALITIES.map(|quality| (picture.clone(), quality)));
        all.map(|((width, height, grey), quality)| {
            let before = baseline_file(&grey, width, height, quality).expect("a file");
            (
                before,
                encode(&grey, width, height, quality).expect("a file"),
            )
        })
    }

    #[test]
    fn the_decoder_of_the_app_gives_the_same_pixels() {
        for (before, after) in files() {
            let pixels =
                |bytes: &[u8]| imaging::decode::decode(bytes).map(|film| film.into_pixels());
            let before = pixels(&before).expect("a film");
            assert!(pixels(&after).expect("a film") == before);
        }
    }

    #[test]
    fn another_decoder_gives_the_same_pixels() {
        for (before, after) in files() {
            let pixels =
                |bytes: &[u8]| image::load_from_memory(bytes).map(|image| image.into_luma8());
            let before = pixels(&before).expect("a picture");
            assert!(pixels(&after).expect("a picture") == before);
        }
    }

    #[test]
    fn a_picture_takes_fewer_bytes() {
        let (width, height, grey) =
            picture(320, 256, |x, y| (x * y / 300 + 7 * (x / 40 % 2)) as u8);
        let before = baseline_file(&grey, width, height, 62).expect("a file");
        let after = encode(&grey, width, height, 62).expect("a file");
        assert!(
            after.len() < before.len(),
            "{} instead of {}",
            after.len(),
            before.len()
        );
    }

    #[test]
    fn other_files_are_refused() {
        let (before, after) = files().next().expect("a file");
        assert!(baseline::read(&after).is_err(), "progressive");
        assert!(
            baseline::read(&before[..before.len() - 3]).is_err(),
            "not whole"
        );
        assert!(baseline::read(b"GIF89a").is_err(), "no JPEG");
    }
}
