//! The visitor's own films as a pack: one zip, of which a film is read again and written at a time.

mod tail;

use imaging::{
    pack::{About, Entry, PackWriter, Source, WriteError, with_zips_open},
    task::Task,
};

use crate::{
    files::{self, MAX_ZIP},
    host::NewFile,
    loading::Data,
    session::Session,
};
use protocol::{Event, Progress, SaveError, SavedPack};
use tail::Tail;

/// So many bytes are given to the host together.
const PIECE: u64 = 4 << 20;

/// Of the films: a larger zip would not be read when it is dropped. The rest is for `pack.json` and what a zip says of its files.
const MOST_BYTES: u64 = MAX_ZIP - (16 << 20);

/// Seconds between two reports of progress.
const REPORT_EVERY: f64 = 0.1;

pub(crate) struct Saving {
    /// The files opened once more; `None` where the source that the films came from is there.
    source: Option<Box<dyn Source>>,
    writer: PackWriter<Tail>,
    tail: Tail,
    file: Box<dyn NewFile>,
    /// Films that are written, those of no class after the others.
    done: usize,
    reported: f64,
}

impl Saving {
    fn begin(data: &Data, file: Box<dyn NewFile>, now: f64) -> Result<Self, SaveError> {
        let films = data.films.samples.iter();
        let bytes: u64 = films.map(|film| film.incidentals.file.bytes).sum();
        check(bytes)?;
        let source = match (&data.source, &data.dropped) {
            (None, Some(dropped)) => {
                let opened = files::open(dropped.clone());
                let opened = opened.map_err(|error| SaveError::Unread {
                    path: data.films.title.clone(),
                    detail: error.to_string(),
                })?;
                Some(Box::new(with_zips_open(opened)) as Box<dyn Source>)
            }
            _ => None,
        };
        let about = About {
            title: data.films.title.clone(),
            licence: data.films.licence.clone(),
            attribution: data.films.attribution.clone(),
            classes: data.films.classes.clone(),
        };
        let tail = Tail::default();
        Ok(Self {
            source,
            writer: PackWriter::new(tail.clone(), about).map_err(unwritten)?,
            tail,
            file,
            done: 0,
            reported: now,
        })
    }

    /// Reads and writes one film more; `false` if there is none.
    fn write_next(&mut self, data: &mut Data) -> Result<bool, SaveError> {
        let films = &data.films.samples;
        let film = films.get(self.done);
        let odd = data.odd_files.get(self.done.wrapping_sub(films.len()));
        let (path, number) = match (film, odd) {
            (Some(film), _) => (&film.name, film.file),
            (None, Some((key, number))) => (key, *number),
            (None, None) => return Ok(false),
        };
        let source = self.source.as_mut().or(data.source.as_mut());
        let read = source.map(|source| source.read(number));
        let bytes = match read {
            Some(Ok(bytes)) => bytes,
            Some(Err(error)) => return Err(unread(path, error)),
            None => return Err(unread(path, "not there")),
        };
        check(self.writer.bytes() + bytes.len() as u64)?;
        // Only what is said of the film before this one is still changed, when this one begins.
        let whole = self.tail.len();
        let written = match film {
            Some(film) => {
                let entry = Entry {
                    name: &film.name,
                    class: film.class,
                    patient: film.patient.as_deref(),
                    part: film.part,
                };
                self.writer.add(entry, &bytes)
            }
            None => self.writer.add_odd(path, path, &bytes),
        };
        written.map_err(unwritten)?;
        if self.tail.waiting(whole) >= PIECE {
            let piece = self.tail.give_up_to(whole);
            self.file.add(&piece).map_err(failed)?;
        }
        self.done += 1;
        Ok(true)
    }

    fn finish(self) -> Result<(), SaveError> {
        let Self {
            writer,
            tail,
            mut file,
            done,
            ..
        } = self;
        let dicom_files = writer.dicom_files();
        writer.finish().map_err(unwritten)?;
        let bytes = tail.len();
        file.add(&tail.give_up_to(bytes)).map_err(failed)?;
        let saved = SavedPack {
            films: done,
            dicom_files,
            bytes,
        };
        let result = Ok(saved);
        file.post(Event::PackSaved { result }).map_err(failed)
    }
}

fn check(bytes: u64) -> Result<(), SaveError> {
    match bytes > MOST_BYTES {
        true => Err(SaveError::TooLarge {
            limit_mb: MOST_BYTES >> 20,
        }),
        false => Ok(()),
    }
}

fn unread(path: &str, error: impl ToString) -> SaveError {
    SaveError::Unread {
        path: path.to_owned(),
        detail: error.to_string(),
    }
}

fn failed(detail: String) -> SaveError {
    SaveError::Failed { detail }
}

fn unwritten(error: WriteError) -> SaveError {
    match error {
        WriteError::TooLarge { limit_mb } => SaveError::TooLarge { limit_mb },
        other => failed(other.to_string()),
    }
}

impl Session {
    /// Nothing comes of it where the films are not the visitor's, or flipped: their files do not show what they are called.
    pub(crate) fn save_pack(&mut self) {
        self.saving = None;
        let own = |data: &&Data| data.dropped.is_some() && data.films.task == Task::Region;
        let Some(data) = self.data.as_ref().filter(own) else {
            return;
        };
        match Saving::begin(data, self.host.new_file(), self.host.now()) {
            Ok(saving) => self.saving = Some(saving),
            Err(error) => self.saving_failed(error),
        }
    }

    fn saving_failed(&self, error: SaveError) {
        self.host.post(Event::PackSaved { result: Err(error) });
    }

    /// Writes one film more.
    pub(crate) fn save_more(&mut self) -> bool {
        let (Some(mut saving), Some(data)) = (self.saving.take(), &mut self.data) else {
            return false;
        };
        match saving.write_next(data) {
            Ok(true) => {
                let now = self.host.now();
                if now - saving.reported > REPORT_EVERY {
                    saving.reported = now;
                    let progress = Progress {
                        done: saving.done,
                        total: data.films.samples.len() + data.odd_files.len(),
                        seconds_left: None,
                    };
                    self.host.post(Event::PackSaving { progress });
                }
                self.saving = Some(saving);
            }
            Ok(false) => {
                if let Err(error) = saving.finish() {
                    self.saving_failed(error);
                }
            }
            Err(error) => self.saving_failed(error),
        }
        true
    }
}
