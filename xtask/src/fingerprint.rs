//! Tells whether sources have changed.

use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
};

use crate::{
    console::{Outcome, trouble},
    places::Places,
};

/// All that the finished site is made from.
const SITE: [&str; 18] = [
    ".cargo/config.toml",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "app/Cargo.toml",
    "app/build",
    "app/build.rs",
    "app/locales",
    "app/src",
    "e2e/service-worker.mjs",
    "index.html",
    "model/Cargo.toml",
    "model/src",
    "public",
    "rust-toolchain.toml",
    "xtask/src/bindgen.rs",
    "xtask/src/site",
    "xtask/src/site.rs",
];

/// All that the engine is made from, but for [`PAGE_ONLY`].
const ENGINE: [&str; 7] = [
    ".cargo/config.toml",
    "Cargo.lock",
    "Cargo.toml",
    "app/Cargo.toml",
    "app/src",
    "model/Cargo.toml",
    "model/src",
];

/// Sources of `app` that the engine never sees.
const PAGE_ONLY: [&str; 9] = [
    "app/src/bin/page.rs",
    "app/src/bridge",
    "app/src/bridge.rs",
    "app/src/i18n.rs",
    "app/src/offline.rs",
    "app/src/page",
    "app/src/page.rs",
    "app/src/state",
    "app/src/state.rs",
];

/// 64-bit FNV-1a of paths and contents: it finds changes, it is no protection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint(u64);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl Fingerprint {
    /// Of the finished site.
    pub fn of_site(places: &Places) -> Outcome<Self> {
        Self::of(&places.root, &SITE, &[]).map_err(trouble("Reading the sources"))
    }

    /// Of the engine. It is the build id by which the page knows that a worker is its own; it stays
    /// when only the page changes, so that such a change does not compile the engine again.
    pub fn of_engine(places: &Places) -> Outcome<Self> {
        Self::of(&places.root, &ENGINE, &PAGE_ONLY).map_err(trouble("Reading the sources"))
    }

    /// Of the contents of these files, in this order.
    pub fn of_files(files: &[&Path]) -> Outcome<Self> {
        let mut hash = Self::start();
        for file in files {
            let content = fs::read(file).map_err(trouble(format!("Reading {}", file.display())))?;
            hash.add(&content);
        }
        Ok(hash)
    }

    fn start() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn of(root: &Path, wanted: &[&str], except: &[&str]) -> io::Result<Self> {
        let mut files = Vec::new();
        for path in wanted {
            collect(root, PathBuf::from(path), except, &mut files)?;
        }
        files.sort();
        let mut hash = Self::start();
        for file in files {
            hash.add(file.to_string_lossy().as_bytes());
            hash.add(&fs::read(root.join(&file))?);
        }
        Ok(hash)
    }

    fn add(&mut self, bytes: &[u8]) {
        // The length first, so that bytes cannot move from one file to the next unseen.
        for byte in (bytes.len() as u64).to_le_bytes().iter().chain(bytes) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// All files under `path`; a path that does not exist has none.
fn collect(
    root: &Path,
    path: PathBuf,
    except: &[&str],
    files: &mut Vec<PathBuf>,
) -> io::Result<()> {
    if except.iter().any(|other| path == Path::new(other)) {
        return Ok(());
    }
    let full = root.join(&path);
    if full.is_dir() {
        for entry in fs::read_dir(full)? {
            collect(root, path.join(entry?.file_name()), except, files)?;
        }
    } else if full.is_file() {
        files.push(path);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
        let root = std::env::temp_dir().join(format!("firstread-{name}-{}", std::process::id()));
        for (path, text) in files {
            let file = root.join(path);
            fs::create_dir_all(file.parent().expect("a file has a folder")).expect("folder");
            fs::write(file, text).expect("file");
        }
        root
    }

    #[test]
    fn a_change_of_text_name_or_border_shows() {
        let print = |name, files: &[(&str, &str)]| {
            let root = folder(name, files);
            let print = Fingerprint::of(&root, &["src", "absent"], &["src/page"]).expect("print");
            fs::remove_dir_all(root).expect("clean up");
            print
        };
        let first = print("a", &[("src/a", "one"), ("src/b", "two")]);
        assert_eq!(first, print("b", &[("src/b", "two"), ("src/a", "one")]));
        assert_ne!(first, print("c", &[("src/a", "one"), ("src/b", "tow")]));
        assert_ne!(first, print("d", &[("src/a", "one"), ("src/c", "two")]));
        assert_ne!(first, print("e", &[("src/a", "onet"), ("src/b", "wo")]));
        let with_page = [("src/a", "one"), ("src/b", "two"), ("src/page/x", "three")];
        assert_eq!(first, print("f", &with_page));
    }
}
