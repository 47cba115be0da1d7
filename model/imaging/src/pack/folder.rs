//! A folder on the disk.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

use super::{FileError, MAX_FILE, Source, unreadable};

/// Folders within folders are followed this far, so that a link in a circle ends.
const MAX_DEPTH: usize = 16;

/// All files below a folder, by path.
pub struct FolderSource {
    root: PathBuf,
    paths: Vec<String>,
}

impl FolderSource {
    /// # Errors
    /// The folder, or one within it, cannot be listed.
    pub fn open(root: &Path) -> io::Result<Self> {
        let mut paths = Vec::new();
        collect(root, "", MAX_DEPTH, &mut paths)?;
        paths.sort();
        Ok(Self {
            root: root.to_owned(),
            paths,
        })
    }
}

fn collect(folder: &Path, prefix: &str, depth: usize, paths: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if !entry.path().is_dir() {
            paths.push(path);
        } else if depth > 0 {
            collect(&entry.path(), &format!("{path}/"), depth - 1, paths)?;
        }
    }
    Ok(())
}

impl Source for FolderSource {
    fn paths(&self) -> Vec<String> {
        self.paths.clone()
    }

    fn read(&mut self, index: usize) -> Result<Vec<u8>, FileError> {
        let path = self.paths.get(index);
        let path = path.ok_or_else(|| unreadable("no such file"))?;
        let file = File::open(self.root.join(path)).map_err(unreadable)?;
        let mut bytes = Vec::new();
        let mut limited = file.take(MAX_FILE + 1);
        limited.read_to_end(&mut bytes).map_err(unreadable)?;
        if bytes.len() as u64 > MAX_FILE {
            return Err(unreadable(format!("larger than {} MB", MAX_FILE >> 20)));
        }
        Ok(bytes)
    }
}
