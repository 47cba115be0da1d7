//! Loading a pack file by file, so that the caller can report progress and let others work.

mod finishing;
#[cfg(not(target_arch = "wasm32"))]
mod gist;
#[cfg(target_arch = "wasm32")]
#[path = "loader/no_gist.rs"]
mod gist;
mod reading;

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    rc::Rc,
    vec,
};

use super::{
    Answers, ByHand, FileError, FileProblem, FolderRole, Labels, LoadError, MAX_FILMS, Source,
    doubles::Copy,
    layout::{Plan, PlannedFile, Purpose},
    list::{List, bad},
    name_classes::{self, NameAnswer},
    paths::{Entry, find_list, visible},
    table::{BadTable, ClassRule, TableProblem, TableQuestion, Tables},
    unpacked::Unpacked,
};
use crate::{
    dataset::{Dataset, OddFilmSource, Sample},
    decode::{self, DecodeError, Decoded, PackDepth, Range},
    incidental::Incidentals,
    reader::FormatReader,
    tools::Instance,
};
use gist::WithoutPixels;
use reading::{Read, decode};

#[cfg(not(target_arch = "wasm32"))]
pub use gist::{Gist, Gists, film_of};

/// Paths beyond this many per film that may be loaded are not even looked at.
const PATHS_PER_FILM: usize = 10;
/// Files that are read where no folder tells a label, to know whether they would be films at all.
const SAMPLED: usize = 5;

/// What makes a film of the bytes of a PNG or JPEG; [`decode::read`] but in the tests of what a decoder that fails does.
pub type Decoder = fn(&[u8]) -> Result<Decoded, DecodeError>;

/// What one step of a [`Loader`] has done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advance {
    /// A file has been read.
    Read,
    /// The next file is of a format that somebody else reads, and there is nobody yet: see [`Loader::read_formats_with`].
    NeedsFormatReader,
    /// None was left.
    Done,
}

/// Reads and decodes one file at each [`advance`](Self::advance).
pub struct Loader<S> {
    source: Unpacked<S>,
    /// As the source has them.
    paths: Vec<String>,
    files: vec::IntoIter<PlannedFile>,
    total: usize,
    answers: Answers,
    decoder: Decoder,
    reader: Option<Rc<dyn FormatReader>>,
    /// The file that waits for it, with its bytes.
    waiting: Option<(PlannedFile, Vec<u8>)>,
    /// Length and hash of each film's bytes so far, with its number.
    seen: HashMap<(usize, u64), usize>,
    copies: Vec<Copy>,
    /// Of each film, and of each odd film, in their order.
    ranges: Vec<Range>,
    odd_ranges: Vec<Range>,
    /// For each class the errors of its files.
    unread: Vec<Vec<FileError>>,
    tables: Vec<BadTable>,
    /// That tables tell, by the film's name.
    patients: HashMap<String, String>,
    dataset: Dataset,
    /// Films that are loaded at most.
    most: usize,
    /// Where films are told without their pixels.
    without_pixels: Option<WithoutPixels>,
}

/// The files of a source, with those of its zips, before anything is said of them.
pub struct Found<S> {
    source: Unpacked<S>,
    /// As the source has them.
    paths: Vec<String>,
    /// Those that count.
    entries: Vec<Entry>,
    most: usize,
}

impl<S: Source> Found<S> {
    /// Opens zips within.
    ///
    /// # Errors
    /// No files, or too many.
    pub fn new(source: S) -> Result<Self, LoadError> {
        Self::of_at_most(source, MAX_FILMS)
    }

    /// As [`new`](Self::new), where more films fit than in a browser.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn of_at_most(source: S, most: usize) -> Result<Self, LoadError> {
        let source = Unpacked::new(source);
        let paths = source.paths();
        if paths.len() > PATHS_PER_FILM * most {
            return Err(LoadError::TooManyFilms {
                n: paths.len(),
                limit: most,
            });
        }
        let entries = visible(&paths);
        if entries.is_empty() {
            return Err(LoadError::Empty);
        }
        if let [only] = entries.as_slice()
            && let Some(detail) = source.zip_problem(only.index)
        {
            return Err(LoadError::BadZip { detail });
        }
        Ok(Self {
            source,
            paths,
            entries,
            most,
        })
    }

    /// Whether there are tables, which one of the [`tools`](crate::tools) reads.
    pub fn has_tables(&self) -> bool {
        self.entries.iter().any(Entry::is_table)
    }

    /// Reads tables, and sorts the files by what their folders, `pack.json` and, where the user has confirmed it, tables and names say;
    /// decodes nothing yet.
    ///
    /// `answers` are the user's to earlier errors. Without tools no table is read.
    ///
    /// # Errors
    /// A bad `pack.json`, folders, tables or names whose meaning must be asked for, or nothing that tells classes.
    pub fn sorted(
        self,
        answers: &Answers,
        tools: Option<&mut dyn Instance>,
    ) -> Result<Loader<S>, LoadError> {
        let Self {
            mut source,
            paths,
            entries,
            most,
        } = self;
        let place = find_list(&entries);
        let base = place.map(|entry| entry.folders(0).to_vec());
        let list = match place {
            Some(entry) => Some(read_list(&mut source, entry)?),
            None => None,
        };
        let list_with_base = list.as_ref().zip(base.as_deref());
        let tables = Tables::open(&mut source, &paths, &entries, tools);
        let mut plan = plan(&mut source, entries, list_with_base, answers, tables, most)?;
        let mut answers = answers.clone();
        let (licence, attribution) = match list {
            Some(list) => {
                list.rename(&mut plan.classes);
                // What the list calls a class needs no question.
                let named = list.classes.into_iter();
                answers
                    .roles
                    .extend(named.map(|name| (name, FolderRole::Class)));
                (list.licence, list.attribution)
            }
            None => (None, None),
        };
        Ok(Loader {
            source,
            paths,
            total: plan.files.len(),
            files: plan.files.into_iter(),
            answers,
            decoder: decode::read,
            reader: None,
            waiting: None,
            seen: HashMap::new(),
            copies: Vec::new(),
            ranges: Vec::new(),
            odd_ranges: Vec::new(),
            unread: vec![Vec::new(); plan.classes.len()],
            tables: plan.tables,
            patients: plan.patients,
            dataset: Dataset {
                title: plan.title,
                task: crate::task::Task::Region,
                licence,
                attribution,
                classes: plan.classes,
                samples: Vec::new(),
                odd: Vec::new(),
                depth: PackDepth::default(),
                skipped: plan.problems,
            },
            most,
            without_pixels: None,
        })
    }
}

impl<S: Source> Loader<S> {
    /// [`Found::sorted`] by this program itself, where it has the tools.
    ///
    /// # Errors
    /// Those of [`Found::new`] and [`Found::sorted`].
    #[cfg(any(feature = "tools", all(feature = "zips", not(target_arch = "wasm32"))))]
    pub fn new(source: S, answers: &Answers) -> Result<Self, LoadError> {
        let mut tools = crate::tools::Toolbox::default();
        Found::new(source)?.sorted(answers, Some(&mut tools))
    }

    /// With another decoder.
    pub fn with_decoder(mut self, decoder: Decoder) -> Self {
        self.decoder = decoder;
        self
    }

    /// From now on the files that need a reader have this one.
    pub fn read_formats_with(&mut self, reader: Rc<dyn FormatReader>) {
        self.reader = Some(reader);
    }

    /// Whether the films are wanted without classes, see [`finish_gathered`](Self::finish_gathered).
    pub fn gathers(&self) -> bool {
        self.answers.by_hand == Some(ByHand::Gather)
    }

    /// Files to read in all.
    pub fn total(&self) -> usize {
        self.total
    }

    /// Files read so far.
    pub fn done(&self) -> usize {
        self.total - self.files.len() - usize::from(self.waiting.is_some())
    }

    /// The path of the next file, as the source has it: in a browser, where a panic ends the program, whoever calls
    /// [`advance`](Self::advance) can note it before, and load again without it ([`Answers::failed`]).
    pub fn next_path(&self) -> Option<&str> {
        let waiting = self.waiting.as_ref().map(|(file, _)| file);
        let next = waiting.or_else(|| self.files.as_slice().first())?;
        self.paths.get(next.index).map(String::as_str)
    }

    /// Reads the next file.
    pub fn advance(&mut self) -> Advance {
        if self.without_pixels.is_some() {
            return self.advance_without_pixels();
        }
        let (file, bytes) = match self.waiting.take() {
            Some((file, bytes)) => (file, Ok(bytes)),
            None if self.is_full() => return Advance::Done,
            None => match self.files.next() {
                Some(file) => {
                    let bytes = self.bytes(&file);
                    (file, bytes)
                }
                None => return Advance::Done,
            },
        };
        let bytes = match bytes {
            Ok(bytes) if self.reader.is_none() && decode::needs_reader(&bytes) => {
                self.waiting = Some((file, bytes));
                return Advance::NeedsFormatReader;
            }
            bytes => bytes,
        };
        let (path, class) = (file.path.clone(), class_of(&file));
        if let Err(error) = bytes.and_then(|bytes| self.take(file, bytes)) {
            self.leave_out(path, class, error);
        }
        Advance::Read
    }

    fn leave_out(&mut self, path: String, class: Option<usize>, error: FileError) {
        if let Some(class) = class {
            self.unread[class].push(error.clone());
        }
        self.dataset.skipped.push(FileProblem { path, error });
    }

    /// Only what is read shows how many of the files are films.
    fn is_full(&self) -> bool {
        self.dataset.samples.len() + self.dataset.odd.len() > self.most
    }

    fn bytes(&mut self, file: &PlannedFile) -> Result<Vec<u8>, FileError> {
        let path = self.paths.get(file.index);
        match path.is_some_and(|path| self.answers.failed.contains(path)) {
            true => Err(FileError::DecoderFailed),
            false => self.source.read(file.index),
        }
    }

    fn take(&mut self, file: PlannedFile, bytes: Vec<u8>) -> Result<(), FileError> {
        let frame = self.answers.frame_of(&file.path);
        match file.purpose {
            Purpose::Film {
                class,
                patient,
                part,
            } => {
                let mut hasher = DefaultHasher::new();
                bytes.hash(&mut hasher);
                let key = (bytes.len(), hasher.finish());
                if let Some(&of) = self.seen.get(&key) {
                    self.copies.push(Copy {
                        path: file.path,
                        class,
                        patient,
                        part,
                        of,
                    });
                    return Ok(());
                }
                let Read {
                    film,
                    range,
                    facts,
                    file: file_facts,
                } = self.decode(&bytes, frame)?;
                self.seen.insert(key, self.dataset.samples.len());
                self.ranges.push(range);
                let (width, height) = (film.width(), film.height());
                let film = film.reduced();
                self.dataset.samples.push(Sample {
                    name: file.path,
                    class,
                    patient,
                    part,
                    width,
                    height,
                    incidentals: Incidentals::of(file_facts, &film),
                    film,
                    facts,
                    file: file.index,
                });
            }
            Purpose::Odd { key } => {
                let Read { film, range, .. } = self.decode(&bytes, frame)?;
                self.odd_ranges.push(range);
                let film = film.reduced();
                let file = file.index;
                self.dataset.odd.push(OddFilmSource { key, film, file });
            }
        }
        Ok(())
    }

    /// A decoder that ends in a panic costs one file; in a browser it ends the program, see [`next_path`](Self::next_path).
    fn decode(&self, bytes: &[u8], frame: u32) -> Result<Read, FileError> {
        decode(bytes, frame, self.decoder, self.reader.as_deref())
    }
}

fn class_of(file: &PlannedFile) -> Option<usize> {
    match file.purpose {
        Purpose::Film { class, .. } => Some(class),
        Purpose::Odd { .. } => None,
    }
}

/// Sorts the files by all that says something of them, or asks what is not certain.
fn plan(
    source: &mut impl Source,
    entries: Vec<Entry>,
    list: Option<(&List, &[String])>,
    answers: &Answers,
    mut tables: Tables,
    most: usize,
) -> Result<Plan, LoadError> {
    let mut labels = tables.labels(answers)?;
    if let Some(NameAnswer::Use(rule)) = &answers.names
        && !labels.tell_classes
    {
        name_classes::apply(rule, &entries, &mut labels);
    }
    let bad_before = labels.bad.len();
    let plan = Plan::new(entries.clone(), list, answers, &labels, most);
    if answers.by_hand.is_some() {
        return match of_sorted(&plan, answers, &mut labels, &mut tables) {
            Some(question) => Err(LoadError::UnsureTable(Box::new(question))),
            None => plan,
        };
    }
    let folders = match &plan {
        Ok(plan) if plan.classes.is_empty() && !labels.used.is_empty() => {
            let table = labels.used.first().cloned().unwrap_or_default();
            let problem = TableProblem::NoFilmOfOneClass;
            return Err(LoadError::BadTable(BadTable { table, problem }));
        }
        Ok(_) if labels.tell_classes => None,
        Ok(plan) => plan.folder_classes(),
        Err(LoadError::NoLabels { .. }) => {
            if let Some(error) = unreadable_at_all(source, &entries) {
                return Err(error);
            }
            None
        }
        Err(LoadError::UnsureFolders { .. } | LoadError::TooManyClasses { .. })
            if !labels.tell_classes =>
        {
            None
        }
        Err(_) => return plan,
    };
    // What somebody has written into a `pack.json` goes before.
    if list.is_some() && folders.is_some() {
        return plan;
    }
    if let Some(question) = tables.question(&mut labels, folders.as_ref()) {
        return Err(LoadError::UnsureTable(Box::new(question)));
    }
    if answers.names.is_none()
        && !labels.tell_classes
        && let Some(question) = name_classes::question(&entries, folders.as_ref())
    {
        return Err(LoadError::UnsureNames(Box::new(question)));
    }
    match labels.bad.len() == bad_before {
        true => plan,
        // Now with what is wrong with each table.
        false => Plan::new(entries, list, answers, &labels, most),
    }
}

/// What a table may tell of films that were sorted by hand: their patients and parts. Their classes are those given.
fn of_sorted(
    plan: &Result<Plan, LoadError>,
    answers: &Answers,
    labels: &mut Labels,
    tables: &mut Tables,
) -> Option<TableQuestion> {
    let Some(ByHand::Sorted { .. }) = answers.by_hand else {
        return None;
    };
    let classes = plan.as_ref().ok()?.folder_classes()?;
    let question = tables.question(labels, Some(&classes))?;
    let tells = question.guess.patient.is_some() || question.guess.split.is_some();
    (tells && question.guess.classes == ClassRule::Elsewhere).then_some(question)
}

/// Where no folder tells what the films show: whether they are films at all.
fn unreadable_at_all(source: &mut impl Source, entries: &[Entry]) -> Option<LoadError> {
    let pictures = entries.iter().filter(|entry| !entry.is_document());
    let mut problems = Vec::new();
    for entry in pictures.take(SAMPLED) {
        let read = source.read(entry.index);
        let decoded = read.and_then(|bytes| match decode::needs_reader(&bytes) {
            true => Ok(()),
            false => decode::read(&bytes).map(drop).map_err(FileError::Decode),
        });
        problems.push(FileProblem {
            path: entry.below(0),
            error: decoded.err()?,
        });
    }
    Some(LoadError::NoFilms { problems })
}

fn read_list(source: &mut impl Source, entry: &Entry) -> Result<List, LoadError> {
    match source.read(entry.index) {
        Ok(bytes) => List::parse(&bytes),
        Err(FileError::Unreadable { detail }) => Err(bad(detail)),
        Err(_) => Err(bad("cannot be read")),
    }
}
