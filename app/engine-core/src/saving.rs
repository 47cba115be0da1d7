//! The visitor's own films as a pack: one zip, of which a film is read again and written at a time.

use std::borrow::Cow;

use imaging::{
    pack::{About, Source, WriteError, with_zips_open},
    split::{Division, Subset, split},
    task::Task,
    tools::{Answer, Instance, PackState, Question},
};

use crate::{
    files::{self, MAX_ZIP},
    host::NewFile,
    loading::Data,
    session::Session,
};
use protocol::{Event, Progress, SaveError, SavedPack};

/// Of the films: a larger zip would not be read when it is dropped. The rest is for `pack.json` and what a zip says of its files.
const MOST_BYTES: u64 = MAX_ZIP - (16 << 20);

/// Seconds between two reports of progress.
const REPORT_EVERY: f64 = 0.1;

pub(crate) enum Saving {
    /// Until the program that writes packs has come; with the part of each film.
    Wanted(Vec<Option<Subset>>),
    Writing(Box<Writing>),
}

pub(crate) struct Writing {
    /// The files opened once more; `None` where the source that the films came from is there.
    source: Option<Box<dyn Source>>,
    writer: Box<dyn Instance>,
    file: Box<dyn NewFile>,
    parts: Vec<Option<Subset>>,
    /// Of the films' files.
    bytes: u64,
    /// Films that are written, those of no class after the others.
    done: usize,
    reported: f64,
}

impl Writing {
    fn begin(
        data: &Data,
        writer: Box<dyn Instance>,
        file: Box<dyn NewFile>,
        parts: Vec<Option<Subset>>,
        now: f64,
    ) -> Result<Self, SaveError> {
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
        let mut begun = Self {
            source,
            writer,
            file,
            parts,
            bytes: 0,
            done: 0,
            reported: now,
        };
        let about = Cow::Owned(about);
        begun.write(&Question::Pack { about }, &[])?;
        Ok(begun)
    }

    fn write(&mut self, question: &Question, bytes: &[u8]) -> Result<PackState, SaveError> {
        let (answer, piece) = self.writer.ask(question, bytes).map_err(failed)?;
        let Answer::Pack(state) = answer else {
            return Err(failed("the program that writes packs has ended".into()));
        };
        let state = state.map_err(unwritten)?;
        if !piece.is_empty() {
            self.file.add(&piece).map_err(failed)?;
        }
        Ok(state)
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
        self.bytes += bytes.len() as u64;
        check(self.bytes)?;
        let question = match film {
            Some(film) => Question::Film {
                name: Cow::Borrowed(&*film.name),
                class: film.class,
                patient: film.patient.as_deref().map(Cow::Borrowed),
                part: self.parts.get(self.done).copied().flatten(),
            },
            None => Question::OddFilm {
                key: Cow::Borrowed(path),
            },
        };
        self.write(&question, &bytes)?;
        self.done += 1;
        Ok(true)
    }

    fn finish(mut self) -> Result<(), SaveError> {
        let PackState { bytes, dicom_files } = self.write(&Question::EndPack, &[])?;
        let saved = SavedPack {
            films: self.done,
            dicom_files,
            bytes,
        };
        let result = Ok(saved);
        self.file.post(Event::PackSaved { result }).map_err(failed)
    }
}

/// What the folders say, and where they say nothing what the visitor sees now.
fn parts(data: &Data, division: Option<Division>) -> Vec<Option<Subset>> {
    let divided = division.and_then(|Division { by, seed }| split(&data.summary, by, seed).ok());
    let of = |film: usize| divided.as_ref().and_then(|parts| parts.get(film).copied());
    let films = data.films.samples.iter().enumerate();
    films.map(|(at, film)| film.part.or(of(at))).collect()
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
    pub(crate) fn save_pack(&mut self, division: Option<Division>) {
        let own = |data: &&Data| data.dropped.is_some() && data.films.task == Task::Region;
        let data = self.data.as_ref().filter(own);
        self.saving = data.map(|data| Saving::Wanted(parts(data, division)));
    }

    /// Goes on to writing when the program that does has come; `false` until then.
    fn begin_writing(&mut self) -> bool {
        let (Some(data), Some(Saving::Wanted(parts))) = (&self.data, self.saving.take()) else {
            return false;
        };
        let begun = match self.tools.get(&*self.host) {
            Ok(None) => {
                self.saving = Some(Saving::Wanted(parts));
                return false;
            }
            Ok(Some(tools)) => {
                let file = self.host.new_file();
                Writing::begin(data, tools.start(), file, parts, self.host.now())
            }
            Err(detail) => Err(SaveError::Tools { detail }),
        };
        match begun {
            Ok(writing) => self.saving = Some(Saving::Writing(Box::new(writing))),
            Err(error) => self.saving_failed(error),
        }
        true
    }

    fn saving_failed(&self, error: SaveError) {
        self.host.post(Event::PackSaved { result: Err(error) });
    }

    /// Writes one film more.
    pub(crate) fn save_more(&mut self) -> bool {
        if let Some(Saving::Wanted(_)) = self.saving {
            return self.begin_writing();
        }
        let (Some(Saving::Writing(mut saving)), Some(data)) = (self.saving.take(), &mut self.data)
        else {
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
                self.saving = Some(Saving::Writing(saving));
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
