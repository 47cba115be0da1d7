//! Films without their pixels: what a folder of a hundred thousand of them is loaded as, where memory has no room for the pictures.
//! Whoever needs a picture reads its file again ([`film_of`]).

use serde::{Deserialize, Serialize};

use super::{Advance, Loader, Purpose, class_of, reading::decode};
use crate::{
    dataset::{Dataset, OddFilmSource, Sample},
    decode::{self, Decoded, FileFacts, PackDepth, Range},
    dicom::FrameFacts,
    film::Film,
    incidental::Incidentals,
    pack::{
        FileError, Source,
        doubles::{Copy, Sketch},
        masks,
    },
    reader::FormatReader,
};

/// All that loading a pack needs to know of an image file; some 4 kB.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gist {
    /// Length and hash of the file's bytes: the same for the same file.
    pub content: (usize, u64),
    /// Of the original, in pixels.
    pub width: u32,
    pub height: u32,
    pub range: Range,
    /// As a DICOM file says it; anything that is the same for the same patient will do.
    pub patient: Option<String>,
    incidentals: Incidentals,
    sketch: Sketch,
    two_values: bool,
}

/// Whoever tells what a file holds.
pub trait Gists {
    /// `file`: its number in the pack's source. `frame`: of a DICOM file, counted from 0.
    ///
    /// # Errors
    /// Why there is no film in it.
    fn gist(&mut self, file: usize, frame: u32) -> Result<Gist, FileError>;

    /// Of the same film in a pack that makes it darker than it is by itself.
    ///
    /// # Errors
    /// The file is no longer what it was.
    fn gist_in_pack(
        &mut self,
        file: usize,
        frame: u32,
        depth: PackDepth,
    ) -> Result<Gist, FileError>;
}

impl Gist {
    /// Of an image file, by itself or in a pack of this depth.
    ///
    /// # Errors
    /// Why there is no film in it.
    pub fn of(
        bytes: &[u8],
        content: (usize, u64),
        frame: u32,
        depth: PackDepth,
        reader: &dyn FormatReader,
    ) -> Result<Self, FileError> {
        let read = decode(bytes, frame, decode::read, Some(reader))?;
        let (width, height) = (read.film.width(), read.film.height());
        let film = depth.read(Decoded {
            film: read.film.reduced(),
            range: read.range,
            facts: FileFacts::default(),
        });
        Ok(Self {
            content,
            width,
            height,
            range: read.range,
            patient: read.facts.and_then(|facts| facts.file.patient_id),
            incidentals: Incidentals::of(read.file, &film),
            sketch: Sketch::of(&film),
            two_values: masks::has_two_values(&film),
        })
    }
}

/// The working copy of the film in a file, as it is in a pack of this depth.
///
/// # Errors
/// Why there is no film in it.
pub fn film_of(
    bytes: &[u8],
    frame: u32,
    depth: PackDepth,
    reader: &dyn FormatReader,
) -> Result<Film, FileError> {
    let read = decode(bytes, frame, decode::read, Some(reader))?;
    Ok(depth.read(Decoded {
        film: read.film.reduced(),
        range: read.range,
        facts: FileFacts::default(),
    }))
}

/// What is kept of the films beside the dataset, whose films are one black pixel each.
pub(super) struct WithoutPixels {
    gists: Box<dyn Gists>,
    /// One a film, both.
    sketches: Vec<Sketch>,
    two_values: Vec<bool>,
    /// File and frame of each.
    files: Vec<(usize, u32)>,
}

impl WithoutPixels {
    /// What the films are in their pack: sketches, and whether they are pictures of two values. Those that become darker are read
    /// again; one that has changed in between stays as it is here, and is found out when its pixels are asked for.
    pub(super) fn in_pack(
        mut self,
        dataset: &mut Dataset,
        ranges: &[Range],
        depth: PackDepth,
    ) -> (Vec<Sketch>, Vec<bool>) {
        for (place, sample) in dataset.samples.iter_mut().enumerate() {
            if depth.share(ranges[place]).is_none() {
                continue;
            }
            let (file, frame) = self.files[place];
            if let Ok(gist) = self.gists.gist_in_pack(file, frame, depth) {
                sample.incidentals = gist.incidentals;
                self.sketches[place] = gist.sketch;
                self.two_values[place] = gist.two_values;
            }
        }
        (self.sketches, self.two_values)
    }
}

impl<S: Source> Loader<S> {
    /// From now on no file is read: `gists` tells what is in it, and the dataset's films are one black pixel each.
    pub fn without_pixels(&mut self, gists: Box<dyn Gists>) {
        self.without_pixels = Some(WithoutPixels {
            gists,
            sketches: Vec::new(),
            two_values: Vec::new(),
            files: Vec::new(),
        });
    }

    /// Number and frame of each file that is yet to be read.
    pub fn files_left(&self) -> Vec<(usize, u32)> {
        let files = self.files.as_slice().iter();
        files
            .map(|file| (file.index, self.answers.frame_of(&file.path)))
            .collect()
    }

    pub(super) fn advance_without_pixels(&mut self) -> Advance {
        if self.is_full() {
            return Advance::Done;
        }
        let Some(file) = self.files.next() else {
            return Advance::Done;
        };
        let (path, class) = (file.path.clone(), class_of(&file));
        if let Err(error) = self.take_gist(file) {
            self.leave_out(path, class, error);
        }
        Advance::Read
    }

    fn take_gist(&mut self, file: super::PlannedFile) -> Result<(), FileError> {
        let frame = self.answers.frame_of(&file.path);
        let told = self.without_pixels.as_mut().ok_or(FileError::Missing)?;
        let gist = told.gists.gist(file.index, frame)?;
        match file.purpose {
            Purpose::Odd { key } => {
                self.odd_ranges.push(gist.range);
                self.dataset.odd.push(OddFilmSource {
                    key,
                    film: Film::black(),
                    file: file.index,
                });
            }
            Purpose::Film {
                class,
                patient,
                part,
            } => {
                if let Some(&of) = self.seen.get(&gist.content) {
                    self.copies.push(Copy {
                        path: file.path,
                        class,
                        patient,
                        part,
                        of,
                    });
                    return Ok(());
                }
                self.seen.insert(gist.content, self.dataset.samples.len());
                self.ranges.push(gist.range);
                told.sketches.push(gist.sketch);
                told.two_values.push(gist.two_values);
                told.files.push((file.index, frame));
                let facts = gist.patient.map(|patient| {
                    let mut facts = FrameFacts::default();
                    facts.file.patient_id = Some(patient);
                    Box::new(facts)
                });
                self.dataset.samples.push(Sample {
                    name: file.path,
                    class,
                    patient,
                    part,
                    film: Film::black(),
                    width: gist.width,
                    height: gist.height,
                    facts,
                    incidentals: gist.incidentals,
                    file: file.index,
                });
            }
        }
        Ok(())
    }
}
