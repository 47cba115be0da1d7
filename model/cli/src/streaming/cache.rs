//! Small files on the disk, each of which can be made again: written whole, checked when read, and dispensable.

use std::{
    env, fs,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use super::content::Content;
use crate::{Problem, file::write_whole_among_others};

/// Says whose the folder is, and in which form.
const MARK: &str = "firstread-cache";

/// Counts the forms that the folder has had.
const FORM: u32 = 1;

/// Before the bytes of an entry: their number and the beginning of their hash.
const HEAD: usize = 16;

/// A folder of entries, or none.
#[derive(Clone, Default)]
pub struct Cache {
    root: Option<PathBuf>,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    /// Something could not be written, which has been said; from then on nothing is.
    broken: AtomicBool,
    /// Bytes that were written.
    written: AtomicU64,
}

impl Cache {
    /// Keeps nothing.
    pub fn none() -> Self {
        Self::default()
    }

    /// In a folder, which is made if it is not there.
    ///
    /// # Errors
    /// A sentence when a later version of this program has written it, or it cannot be made.
    pub fn open(root: &Path) -> Result<Self, Problem> {
        let place = root.display();
        let said = |error: io::Error| {
            format!(
                "{place} cannot be used as a cache ({error}): name another folder with --cache, or go without with --no-cache"
            )
        };
        fs::create_dir_all(root).map_err(said)?;
        let mark = root.join(MARK);
        match fs::read_to_string(&mark) {
            Ok(form) => match form.trim().parse::<u32>() {
                Ok(form) if form <= FORM => {}
                _ => return Err(format!(
                    "the cache in {place} was written by another version of this program: name another folder with --cache, or delete it"
                )
                .into()),
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                write_whole_among_others(&mark, format!("{FORM}\n").as_bytes()).map_err(said)?;
            }
            Err(error) => return Err(said(error).into()),
        }
        Ok(Self {
            root: Some(root.to_owned()),
            state: Arc::default(),
        })
    }

    /// Where it is if nobody names a folder: beside the other things that a user's programs may lose.
    pub fn usual_place() -> Option<PathBuf> {
        let own = |name| env::var_os(name).filter(|value| !value.is_empty());
        let above = own("XDG_CACHE_HOME").map(PathBuf::from);
        let above = above.or_else(|| Some(PathBuf::from(own("HOME")?).join(".cache")));
        Some(above?.join("firstread").join("images"))
    }

    pub fn root(&self) -> Option<&Path> {
        self.root.as_deref()
    }

    /// Whether what is given to it is kept.
    pub fn keeps(&self) -> bool {
        self.root.is_some() && !self.state.broken.load(Ordering::Relaxed)
    }

    /// In bytes, without what a file system adds.
    pub fn written(&self) -> u64 {
        self.state.written.load(Ordering::Relaxed)
    }

    /// The bytes of an entry; `None` if it is not there, or damaged.
    pub fn get(&self, kind: &str, name: &str) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut file = fs::File::open(self.place(kind, name)?).ok()?;
        file.read_to_end(&mut bytes).ok()?;
        let head: [u8; HEAD] = *bytes.first_chunk()?;
        bytes.drain(..HEAD);
        (head == head_of(&bytes)).then_some(bytes)
    }

    /// Whether there seems to be an entry of so many bytes.
    pub fn has(&self, kind: &str, name: &str, length: usize) -> bool {
        let place = self.place(kind, name);
        let file = place.and_then(|place| fs::metadata(place).ok());
        file.is_some_and(|file| file.len() == (HEAD + length) as u64)
    }

    /// Keeps an entry, if it can. The first time that it can't, it says so.
    pub fn put(&self, kind: &str, name: &str, bytes: &[u8]) -> bool {
        let Some(place) = self.place(kind, name).filter(|_| self.keeps()) else {
            return false;
        };
        let entry = [&head_of(bytes)[..], bytes].concat();
        let folder = place.parent().map_or(Ok(()), fs::create_dir_all);
        match folder.and_then(|()| write_whole_among_others(&place, &entry)) {
            Ok(()) => {
                self.state
                    .written
                    .fetch_add(entry.len() as u64, Ordering::Relaxed);
                true
            }
            Err(error) => {
                if !self.state.broken.swap(true, Ordering::Relaxed) {
                    let root = self.root().unwrap_or(Path::new("")).display();
                    eprintln!(
                        "the cache in {root} cannot be written ({error}): it goes on without; make room there, or name another folder with --cache"
                    );
                }
                false
            }
        }
    }

    /// Two letters of the name are a folder: no folder has a hundred thousand files.
    fn place(&self, kind: &str, name: &str) -> Option<PathBuf> {
        let (first, rest) = name.split_at_checked(2)?;
        Some(self.root.as_ref()?.join(kind).join(first).join(rest))
    }
}

fn head_of(bytes: &[u8]) -> [u8; HEAD] {
    let mut head = [0; HEAD];
    head[..8].copy_from_slice(&(bytes.len() as u64).to_le_bytes());
    head[8..].copy_from_slice(&Content::of(bytes).0[..8]);
    head
}
