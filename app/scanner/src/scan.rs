//! QR codes in a picture. In a program of its own, which is fetched when somebody wants to scan: the reader is a third as
//! large as all of the page.

/// The texts of all codes in a picture of `width` times `height` pixels, four bytes each: red, green, blue, opacity.
/// Nothing where the bytes are too few.
pub fn read(width: usize, height: usize, rgba: &[u8]) -> Vec<String> {
    let whole = width.checked_mul(height).and_then(|n| n.checked_mul(4));
    if whole.is_none_or(|whole| whole == 0 || rgba.len() < whole) {
        return Vec::new();
    }
    // Rec. 601 in 256ths.
    let grey = |x: usize, y: usize| {
        let pixel = &rgba[4 * (y * width + x)..][..3];
        let sum = 77 * u32::from(pixel[0]) + 150 * u32::from(pixel[1]) + 29 * u32::from(pixel[2]);
        (sum >> 8) as u8
    };
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(width, height, grey);
    let grids = picture.detect_grids();
    let texts = grids.iter().filter_map(|grid| grid.decode().ok());
    texts.map(|(_, text)| text).collect()
}

#[cfg(test)]
mod tests {
    use super::read;
    use qrcodegen::{QrCode, QrCodeEcc};
    use ui_core::classroom::picture::{QUIET, of};

    const CODE: &str = "FR-7G7K-J89M-P9MG-06RY";

    /// A grey picture of the code, `scale` pixels a square, on a darker table.
    fn photograph(text: &str, scale: usize) -> (usize, Vec<u8>) {
        let code = QrCode::encode_text(text, QrCodeEcc::Quartile).expect("a short text");
        let squares = code.size() as usize + 4 * QUIET as usize;
        let side = squares * scale;
        let grey = |place: usize| {
            let (x, y) = (place % side / scale, place / side / scale);
            let paper = (4..squares - 4).contains(&x) && (4..squares - 4).contains(&y);
            match paper {
                true if code.get_module(x as i32 - 8, y as i32 - 8) => 30,
                true => 220,
                false => 120,
            }
        };
        let pixels = (0..side * side).flat_map(|place| {
            let grey = grey(place);
            [grey, grey, grey, 255]
        });
        (side, pixels.collect())
    }

    #[test]
    fn what_is_drawn_is_read() {
        for scale in [3, 5, 9] {
            for text in [CODE, "https://example.org/a/b/?arm=both&seed=12&lang=es"] {
                let (side, pixels) = photograph(text, scale);
                assert_eq!(read(side, side, &pixels), [text], "{scale}");
            }
        }
        assert!(of(CODE).is_some());
    }

    #[test]
    fn a_picture_without_codes_has_none() {
        assert!(read(64, 64, &[128; 64 * 64 * 4]).is_empty());
        assert!(read(64, 64, &[128; 12]).is_empty());
        assert!(read(0, 0, &[]).is_empty());
        assert!(read(usize::MAX, 2, &[]).is_empty());
    }
}
