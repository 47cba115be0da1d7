//! A zip in memory, read with the caution that a file from anywhere asks for.

use std::io::{Cursor, Read};

use zip::{CompressionMethod, ZipArchive};

use super::{FileError, LoadError, MAX_FILE, Source, ZipProblem, paths::ending, unreadable};

/// How every zip begins: with a file, or with the end of its list if it has none.
const MARKS: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];

/// A zip may unpack to this many bytes in all.
pub(super) const MAX_TOTAL: u64 = 2 << 30;
/// One that unpacks to more than [`SUSPICIOUS_RATIO`] times its own size, to this many: films are
/// already compressed, so that such a zip hardly holds any.
const MAX_TOTAL_IF_SUSPICIOUS: u64 = 256 << 20;
const SUSPICIOUS_RATIO: u64 = 100;

/// The files of a zip.
pub struct ZipSource {
    archive: ZipArchive<Cursor<Vec<u8>>>,
    entries: Vec<Entry>,
}

struct Entry {
    path: String,
    /// Number within the archive.
    number: usize,
    /// Unpacked, in bytes, as the archive states.
    size: u64,
    /// How it is packed, if that cannot be undone.
    method: Option<String>,
}

impl ZipSource {
    /// Whether a file is a zip: by its name, as other bytes may stand before one that unpacks itself, or by how it starts.
    pub fn is_one(path: &str, start: &[u8]) -> bool {
        ending(path) == "zip" || MARKS.iter().any(|mark| start.starts_with(mark))
    }

    /// # Errors
    /// [`LoadError::BadZip`] if the list of files is damaged, a file is encrypted, most are packed in a way that
    /// is not read, or what the zip states to unpack to is too large.
    pub fn open(bytes: Vec<u8>) -> Result<Self, LoadError> {
        Self::open_within(bytes, MAX_TOTAL).map_err(|detail| LoadError::BadZip { detail })
    }

    /// As [`open`](Self::open), of a zip that may unpack to `most` bytes.
    pub(super) fn open_within(bytes: Vec<u8>, most: u64) -> Result<Self, ZipProblem> {
        let packed = bytes.len() as u64;
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ZipProblem::Damaged)?;
        let mut entries = Vec::with_capacity(archive.len());
        for number in 0..archive.len() {
            let entry = archive.by_index_data(number);
            let entry = entry.map_err(|_| ZipProblem::Damaged)?;
            if entry.is_dir() {
                continue;
            }
            if entry.encrypted() {
                return Err(ZipProblem::Encrypted);
            }
            let name = entry.name_raw();
            entries.push(Entry {
                path: match entry.name() {
                    Ok(name) => name.into_owned(),
                    Err(_) => String::from_utf8_lossy(name).into_owned(),
                },
                number,
                size: entry.size(),
                method: match entry.compression() {
                    CompressionMethod::Stored | CompressionMethod::Deflated => None,
                    method => Some(name_of(method)),
                },
            });
        }
        let packed_oddly = entries.iter().filter_map(|entry| entry.method.clone());
        if 2 * packed_oddly.clone().count() > entries.len()
            && let Some(method) = packed_oddly.into_iter().next()
        {
            return Err(ZipProblem::Method { method });
        }

        let suspicious = packed.saturating_mul(SUSPICIOUS_RATIO);
        let limit = most.min(suspicious.max(MAX_TOTAL_IF_SUSPICIOUS));
        let largest = entries.iter().map(|entry| entry.size).max().unwrap_or(0);
        if largest > MAX_FILE {
            return Err(too_large(MAX_FILE));
        }
        let total = entries
            .iter()
            .fold(0_u64, |total, entry| total.saturating_add(entry.size));
        if total > limit {
            return Err(too_large(limit));
        }
        Ok(Self { archive, entries })
    }

    /// Bytes that all files together unpack to, as the archive states.
    pub(super) fn total(&self) -> u64 {
        self.entries.iter().map(|entry| entry.size).sum()
    }
}

impl Source for ZipSource {
    fn paths(&self) -> Vec<String> {
        self.entries
            .iter()
            .map(|entry| entry.path.clone())
            .collect()
    }

    /// Never unpacks more than the archive stated for this file: all together that is within the limit, once each.
    fn read(&mut self, index: usize) -> Result<Vec<u8>, FileError> {
        let entry = self.entries.get(index);
        let entry = entry.ok_or_else(|| unreadable("no such file"))?;
        if let Some(method) = entry.method.clone() {
            return Err(FileError::Zip(ZipProblem::Method { method }));
        }
        let file = self.archive.by_index(entry.number).map_err(unreadable)?;
        let allowed = entry.size;
        let mut bytes = Vec::new();
        let read = file.take(allowed + 1).read_to_end(&mut bytes);
        read.map_err(unreadable)?;
        if bytes.len() as u64 > allowed {
            return Err(unreadable("unpacks to more than the zip states"));
        }
        Ok(bytes)
    }
}

fn too_large(limit: u64) -> ZipProblem {
    ZipProblem::TooLarge {
        limit_mb: limit >> 20,
    }
}

/// As the program that made the zip calls it.
fn name_of(method: CompressionMethod) -> String {
    #[expect(
        deprecated,
        reason = "the only way to the number of a method that is not built in"
    )]
    let number = method.to_u16();
    match number {
        9 => "Deflate64".into(),
        12 => "BZIP2".into(),
        14 => "LZMA".into(),
        93 => "Zstandard".into(),
        95 => "XZ".into(),
        98 => "PPMd".into(),
        number => format!("{number}"),
    }
}
