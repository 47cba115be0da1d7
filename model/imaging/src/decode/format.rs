//! What a file is, by its first bytes.

pub(super) enum Format {
    Png,
    Jpeg,
    Dicom,
    /// Of the formats that the engine's own program has no decoder for.
    Picture(picture_formats::Format),
    /// May hold films, but is not opened here.
    Archive(&'static str),
    /// Known, but not read here.
    Other(&'static str),
}

/// Offset, signature, name of archives.
const ARCHIVES: [(usize, &[u8], &str); 8] = [
    (0, b"PK\x03\x04", "ZIP"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z"),
    (0, b"Rar!\x1a\x07", "RAR"),
    (0, b"\x1f\x8b", "gzip"),
    (0, b"BZh", "bzip2"),
    (0, b"\xfd7zXZ", "XZ"),
    (0, b"\x28\xb5\x2f\xfd", "Zstandard"),
    (257, b"ustar", "tar"),
];

/// Offset, signature, name of the formats that are told apart only to name them.
const OTHERS: [(usize, &[u8], &str); 22] = [
    (0, b"GIF8", "GIF"),
    (4, b"ftypheic", "HEIC"),
    (4, b"ftypheix", "HEIC"),
    (4, b"ftyphevc", "HEIC"),
    (4, b"ftyphevx", "HEIC"),
    (4, b"ftypheim", "HEIC"),
    (4, b"ftypheis", "HEIC"),
    (4, b"ftyphevm", "HEIC"),
    (4, b"ftyphevs", "HEIC"),
    (4, b"ftypmif1", "HEIC"),
    (4, b"ftypmsf1", "HEIC"),
    (4, b"ftypavif", "AVIF"),
    (4, b"ftypavis", "AVIF"),
    (4, b"ftyp", "MP4"),
    (0, b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (0, b"\xff\x4f\xff\x51", "JPEG 2000"),
    (0, b"\0\0\0\x0cJXL ", "JPEG XL"),
    (0, b"\xff\x0a", "JPEG XL"),
    (0, b"8BPS", "Photoshop"),
    (0, b"%PDF", "PDF"),
    (344, b"n+1\0", "NIfTI"),
    (0, b"NRRD000", "NRRD"),
];

impl Format {
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        let has = |offset: usize, signature: &[u8]| {
            bytes
                .get(offset..)
                .is_some_and(|rest| rest.starts_with(signature))
        };
        if has(0, b"\x89PNG\r\n\x1a\n") {
            return Some(Self::Png);
        }
        if has(0, b"\xff\xd8\xff") {
            return Some(Self::Jpeg);
        }
        if dicom::is_dicom(bytes) {
            return Some(Self::Dicom);
        }
        if let Some(format) = picture_formats::Format::of(bytes) {
            return Some(Self::Picture(format));
        }
        let named = |list: &[(usize, &[u8], &'static str)]| {
            let mut list = list.iter();
            let found = list.find(|(offset, signature, _)| has(*offset, signature));
            found.map(|(_, _, name)| *name)
        };
        let archive = named(&ARCHIVES).map(Self::Archive);
        archive.or_else(|| named(&OTHERS).map(Self::Other))
    }
}
