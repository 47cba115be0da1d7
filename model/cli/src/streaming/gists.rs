//! What is in each file, told by several threads before anything is sorted.

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use imaging::{
    decode::{PackDepth, Range},
    pack::{FileError, Gist, Gists},
    reader::OwnReader,
};

use super::{
    cache::Cache,
    content::Content,
    films::{Shared, on_threads},
};
use crate::progress::Progress;

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
    shelf: Shelf,
}

/// Files, and where their gists lie in the cache.
struct Shelf {
    source: Shared,
    cache: Cache,
    /// Of the program, by what it makes of an image that never changes.
    kind: String,
}

impl Told {
    /// Reads all the files, each with its frame; `read` is filled as the gists are asked for.
    pub(super) fn of(
        source: &Shared,
        files: &[(usize, u32)],
        cache: &Cache,
        read: ReadFiles,
    ) -> Self {
        let shelf = Shelf {
            source: source.clone(),
            cache: cache.clone(),
            kind: kind(),
        };
        let mut progress = Progress::begin("images read", files.len());
        let mut gists = HashMap::with_capacity(files.len());
        let tell = |&(file, frame): &(usize, u32)| ((file, frame), shelf.gist(file, frame, None));
        on_threads(
            files,
            || tell,
            |(file, found)| {
                gists.insert(file, found);
                progress.one_more();
            },
        );
        Self { gists, read, shelf }
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

    fn gist_in_pack(
        &mut self,
        file: usize,
        frame: u32,
        depth: PackDepth,
    ) -> Result<Gist, FileError> {
        let before = self.read.borrow().get(&file).copied();
        let before = before.ok_or(FileError::Missing)?;
        let share = depth.share(before.range);
        let (content, gist) = self
            .shelf
            .gist(file, frame, share.map(|share| (depth, share)))?;
        match content == before.content {
            true => Ok(gist),
            false => Err(FileError::Missing),
        }
    }
}

impl Shelf {
    /// `pack`: one that makes the film darker, and by how much.
    fn gist(&self, file: usize, frame: u32, pack: Option<(PackDepth, f64)>) -> Found {
        let bytes = self.source.read_file(file)?;
        let content = Content::of(&bytes);
        let (depth, share) = pack.unwrap_or((PackDepth::default(), 1.0));
        let parts = [&content.0[..], &frame.to_le_bytes(), &share.to_le_bytes()];
        let name = Content::of_all(parts).name();
        let kept = self.cache.get(&self.kind, &name);
        if let Some(gist) = kept.and_then(|kept| postcard::from_bytes(&kept).ok()) {
            return Ok((content, gist));
        }
        let own = (bytes.len(), content.word());
        let mut gist = Gist::of(&bytes, own, frame, depth, &OwnReader)?;
        // No number of a patient is written down, nor needed: only who is the same.
        gist.patient = gist
            .patient
            .map(|patient| Content::of(patient.as_bytes()).name());
        if let Ok(bytes) = postcard::to_allocvec(&gist) {
            self.cache.put(&self.kind, &name, &bytes);
        }
        Ok((content, gist))
    }
}

/// A gist that has become another, or is written otherwise, lies elsewhere.
fn kind() -> String {
    let bytes = probe();
    let gist = Gist::of(&bytes, (0, 0), 0, PackDepth::default(), &OwnReader);
    let written = gist.ok().and_then(|gist| postcard::to_allocvec(&gist).ok());
    let name = Content::of(&written.unwrap_or_default()).name();
    format!("gists-{}", &name[..16])
}

/// An image of 24 bits as BMP.
fn probe() -> Vec<u8> {
    let (width, height) = (96_u32, 80_u32);
    let length = 3 * width * height;
    let mut bytes = b"BM".to_vec();
    for word in [54 + length, 0, 54, 40, width, height] {
        bytes.extend(word.to_le_bytes());
    }
    for half in [1_u16, 24] {
        bytes.extend(half.to_le_bytes());
    }
    for word in [0, length, 2_835, 2_835, 0, 0] {
        bytes.extend(word.to_le_bytes());
    }
    bytes.extend((0..length).map(|at| (at / 5 * (1 + at % 3) % 251) as u8));
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_image_that_the_program_is_known_by_is_one() {
        let gist = Gist::of(&probe(), (0, 0), 0, PackDepth::default(), &OwnReader);
        assert!(gist.is_ok_and(|gist| gist.width == 96));
    }
}
