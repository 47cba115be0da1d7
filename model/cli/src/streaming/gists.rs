//! What is in each file, told by several threads before anything is sorted.

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use imaging::{
    decode::Range,
    pack::{FileError, Gist, Gists},
    reader::OwnReader,
};

use super::{
    cache::Cache,
    content::Content,
    films::{Shared, on_threads},
};
use crate::progress::Progress;

/// Where gists lie in the cache; the number counts the forms that they have had.
const KIND: &str = "gists-1";

/// A file as it was when it was read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Read {
    pub(super) content: Content,
    pub(super) frame: u32,
    pub(super) range: Range,
}

/// By number of the file in the source.
pub(super) type ReadFiles = Rc<RefCell<HashMap<usize, Read>>>;

type Found = Result<(Content, Gist), FileError>;

/// The gists of a pack's files.
pub(super) struct Told {
    gists: HashMap<(usize, u32), Found>,
    read: ReadFiles,
}

impl Told {
    /// Reads all the files, each with its frame; `read` is filled as the gists are asked for.
    pub(super) fn of(
        source: &Shared,
        files: &[(usize, u32)],
        cache: &Cache,
        read: ReadFiles,
    ) -> Self {
        let mut progress = Progress::begin("images read", files.len());
        let mut gists = HashMap::with_capacity(files.len());
        let tell =
            |&(file, frame): &(usize, u32)| ((file, frame), gist(source, file, frame, cache));
        on_threads(
            files,
            || tell,
            |(file, found)| {
                gists.insert(file, found);
                progress.one_more();
            },
        );
        Self { gists, read }
    }
}

impl Gists for Told {
    fn gist(&mut self, file: usize, frame: u32) -> Result<Gist, FileError> {
        let found = self.gists.remove(&(file, frame));
        let (content, gist) = found.ok_or(FileError::Missing)??;
        let read = Read {
            content,
            frame,
            range: gist.range,
        };
        self.read.borrow_mut().insert(file, read);
        Ok(gist)
    }
}

fn gist(source: &Shared, file: usize, frame: u32, cache: &Cache) -> Found {
    let bytes = source.read_file(file)?;
    let content = Content::of(&bytes);
    let name = Content::of_all([&content.0[..], &frame.to_le_bytes()]).name();
    let kept = cache.get(KIND, &name);
    if let Some(gist) = kept.and_then(|kept| postcard::from_bytes(&kept).ok()) {
        return Ok((content, gist));
    }
    let mut gist = Gist::of(&bytes, (bytes.len(), content.word()), frame, &OwnReader)?;
    // No number of a patient is written down, nor needed: only who is the same.
    gist.patient = gist
        .patient
        .map(|patient| Content::of(patient.as_bytes()).name());
    if let Ok(bytes) = postcard::to_allocvec(&gist) {
        cache.put(KIND, &name, &bytes);
    }
    Ok((content, gist))
}
