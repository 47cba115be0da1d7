//! A zip in memory, read with the caution that a file from anywhere asks for.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{FileError, LoadError, MAX_FILE, Source, ZipProblem, unreadable};

/// A zip may unpack to this many bytes in all.
const MAX_TOTAL: u64 = 2 << 30;
/// One that unpacks to more than [`SUSPICIOUS_RATIO`] times its own size, to this many: films are
/// already compressed, so that such a zip hardly holds any.
const MAX_TOTAL_IF_SUSPICIOUS: u64 = 256 << 20;
const SUSPICIOUS_RATIO: u64 = 100;

/// The files of a zip.
pub struct ZipSource {
    archive: ZipArchive<Cursor<Vec<u8>>>,
    entries: Vec<Entry>,
    /// Bytes that may still be unpacked.
    left: u64,
}

struct Entry {
    path: String,
    /// Number within the archive.
    number: usize,
    /// Unpacked, in bytes, as the archive states.
    size: u64,
}

impl ZipSource {
    /// # Errors
    /// [`LoadError::BadZip`] if the list of files is damaged, a file is encrypted, or what the
    /// zip states to unpack to is too large.
    pub fn open(bytes: Vec<u8>) -> Result<Self, LoadError> {
        let packed = bytes.len() as u64;
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| bad(ZipProblem::Damaged))?;
        let mut entries = Vec::with_capacity(archive.len());
        for number in 0..archive.len() {
            let entry = archive.by_index_data(number);
            let entry = entry.map_err(|_| bad(ZipProblem::Damaged))?;
            if entry.is_dir() {
                continue;
            }
            if entry.encrypted() {
                return Err(bad(ZipProblem::Encrypted));
            }
            let name = entry.name_raw();
            entries.push(Entry {
                path: match entry.name() {
                    Ok(name) => name.into_owned(),
                    Err(_) => String::from_utf8_lossy(name).into_owned(),
                },
                number,
                size: entry.size(),
            });
        }

        let suspicious = packed.saturating_mul(SUSPICIOUS_RATIO);
        let limit = MAX_TOTAL.min(suspicious.max(MAX_TOTAL_IF_SUSPICIOUS));
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
        Ok(Self {
            archive,
            entries,
            left: limit,
        })
    }
}

impl Source for ZipSource {
    fn paths(&self) -> Vec<String> {
        self.entries
            .iter()
            .map(|entry| entry.path.clone())
            .collect()
    }

    /// Never unpacks more than the archive stated for this file, nor more than the limit in all.
    fn read(&mut self, index: usize) -> Result<Vec<u8>, FileError> {
        let entry = self.entries.get(index);
        let entry = entry.ok_or_else(|| unreadable("no such file"))?;
        let file = self.archive.by_index(entry.number).map_err(unreadable)?;
        let allowed = entry.size.min(self.left);
        let mut bytes = Vec::new();
        let read = file.take(allowed + 1).read_to_end(&mut bytes);
        self.left = self.left.saturating_sub(bytes.len() as u64);
        read.map_err(unreadable)?;
        if bytes.len() as u64 > allowed {
            return Err(unreadable("unpacks to more than the zip states"));
        }
        Ok(bytes)
    }
}

fn bad(detail: ZipProblem) -> LoadError {
    LoadError::BadZip { detail }
}

fn too_large(limit: u64) -> LoadError {
    bad(ZipProblem::TooLarge {
        limit_mb: limit >> 20,
    })
}
