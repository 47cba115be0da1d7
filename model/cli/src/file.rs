//! Files that are there whole or not at all.

use std::{
    fs, io,
    path::Path,
    process,
    sync::atomic::{AtomicUsize, Ordering},
};

/// Tells the unfinished files of one program apart.
static NUMBER: AtomicUsize = AtomicUsize::new(0);

/// A file gets its name when it is whole: whoever is ended in the middle leaves the one that was there.
///
/// # Errors
/// What the disk says; nothing is left behind.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_over(path, &path.with_added_extension("part"), bytes)
}

/// The same where several programs may write it at once.
///
/// # Errors
/// As [`write_whole`].
pub fn write_whole_among_others(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let unfinished = format!("{}-{number}.part", process::id());
    write_over(path, &path.with_added_extension(unfinished), bytes)
}

fn write_over(path: &Path, unfinished: &Path, bytes: &[u8]) -> io::Result<()> {
    let written = fs::write(unfinished, bytes).and_then(|()| fs::rename(unfinished, path));
    if written.is_err() {
        // Whatever is wrong with the disk is said already.
        let _ = fs::remove_file(unfinished);
    }
    written
}
