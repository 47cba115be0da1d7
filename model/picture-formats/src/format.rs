use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    Tiff,
    Bmp,
    WebP,
}

impl Format {
    /// By the first bytes of a file.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let has = |offset: usize, signature: &[u8]| {
            let rest = bytes.get(offset..);
            rest.is_some_and(|rest| rest.starts_with(signature))
        };
        // Of either order of bytes, with offsets of 32 or 64 bits.
        let tiff = [b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"];
        if tiff.iter().any(|signature| has(0, *signature)) {
            return Some(Self::Tiff);
        }
        // "BM" alone also begins many a text: the four reserved bytes must be zero.
        if has(0, b"BM") && has(6, &[0; 4]) {
            return Some(Self::Bmp);
        }
        (has(0, b"RIFF") && has(8, b"WEBP")).then_some(Self::WebP)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Tiff => "TIFF",
            Self::Bmp => "BMP",
            Self::WebP => "WebP",
        }
    }
}
