//! Zips made on the spot.

use std::io::{Cursor, Write};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

pub fn zip(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    zip_by(CompressionMethod::Deflated, files)
}

pub fn zip_by(method: CompressionMethod, files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(method);
    for (path, content) in files {
        writer.start_file(*path, options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Where the central directory's entry of this file begins.
pub fn central_entry(zip: &[u8], path: &str) -> usize {
    let name = path.as_bytes();
    (0..zip.len() - 46 - name.len())
        .rev()
        .find(|&at| zip[at..].starts_with(b"PK\x01\x02") && zip[at + 46..].starts_with(name))
        .unwrap()
}
