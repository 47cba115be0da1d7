//! Films that are read again whenever somebody needs their pixels.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
};

use imaging::{
    dataset::Dataset,
    decode::PackDepth,
    film::Film,
    pack::{FileError, Source, film_of},
    reader::OwnReader,
    task::Task,
};

use super::{content::Content, gists::ReadFiles};
use crate::Problem;

/// Results that wait to be taken, at most: they may be large.
const WAITING: usize = 16;

/// The files of a pack, for several who read them.
#[derive(Clone)]
pub(super) struct Shared(Arc<Mutex<Box<dyn Source + Send>>>);

impl Shared {
    pub(super) fn new(source: Box<dyn Source + Send>) -> Self {
        Self(Arc::new(Mutex::new(source)))
    }

    /// # Errors
    /// As [`Source::read`].
    pub(super) fn read_file(&self, file: usize) -> Result<Vec<u8>, FileError> {
        // A thread that ended in the middle of a file has left the others as they were.
        let mut source = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        source.read(file)
    }
}

impl Source for Shared {
    fn paths(&self) -> Vec<String> {
        let source = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        source.paths()
    }

    fn read(&mut self, index: usize) -> Result<Vec<u8>, FileError> {
        self.read_file(index)
    }
}

/// Does something with each item, on as many threads as there are processors; `take` has the results, as they come.
pub(super) fn on_threads<I: Sync, R: Send, W: Fn(&I) -> R + Send>(
    items: &[I],
    worker: impl Fn() -> W,
    mut take: impl FnMut(R),
) {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let (send, receive) = mpsc::sync_channel(WAITING);
    thread::scope(|scope| {
        for _ in 0..threads.min(items.len()) {
            let (send, next, work) = (send.clone(), &next, worker());
            scope.spawn(move || {
                while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if send.send(work(item)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        receive.into_iter().for_each(&mut take);
    });
}

/// The films of a dataset that was loaded without pixels.
pub struct Films {
    source: Shared,
    depth: PackDepth,
    /// In the dataset's order.
    samples: Vec<FilmFile>,
    odd: Vec<FilmFile>,
}

/// Where a film is, and what is done with it.
#[derive(Clone, Debug)]
pub(super) struct FilmFile {
    path: String,
    file: usize,
    frame: u32,
    pub(super) content: Content,
    /// Of its values, where the pack's other films make it darker: [`PackDepth::share`].
    share: Option<f64>,
    mirrored: bool,
}

impl FilmFile {
    /// Everything that its pixels depend on.
    pub(super) fn identity(&self) -> Content {
        let share = self.share.unwrap_or(1.0).to_le_bytes();
        let frame = self.frame.to_le_bytes();
        Content::of_all([
            &self.content.0[..],
            &frame,
            &share,
            &[u8::from(self.mirrored)],
        ])
    }
}

impl Films {
    /// # Errors
    /// A fault of the program: the dataset has a film whose file was never read.
    pub(super) fn of(source: Shared, dataset: &Dataset, read: &ReadFiles) -> Result<Self, Problem> {
        let read = read.borrow();
        let mirrored = |class| dataset.task == Task::Mirrored && class == 1;
        let found = |path: &str, file: usize, mirrored| -> Result<FilmFile, Problem> {
            let own = read.get(&file);
            let own = own.ok_or_else(|| format!("{path} was not read"))?;
            Ok(FilmFile {
                path: path.to_owned(),
                file,
                frame: own.frame,
                content: own.content,
                share: dataset.depth.share(own.range),
                mirrored,
            })
        };
        let samples = dataset.samples.iter();
        let samples = samples.map(|one| found(&one.name, one.file, mirrored(one.class)));
        let odd = dataset.odd.iter();
        let odd = odd.map(|one| found(&one.key, one.file, false));
        Ok(Self {
            source,
            depth: dataset.depth,
            samples: samples.collect::<Result<_, _>>()?,
            odd: odd.collect::<Result<_, _>>()?,
        })
    }

    pub fn n(&self) -> usize {
        self.samples.len()
    }

    /// Of all films and their order: another number if a byte of one has changed.
    pub fn content(&self) -> u64 {
        let identities: Vec<Content> = self.samples.iter().map(FilmFile::identity).collect();
        Content::of_all(identities.iter().map(|one| &one.0[..])).word()
    }

    pub(super) fn sample(&self, sample: usize) -> &FilmFile {
        &self.samples[sample]
    }

    /// The working copy, by number of the film.
    ///
    /// # Errors
    /// A sentence when the file is no longer what it was.
    pub fn film(&self, sample: usize) -> Result<Film, String> {
        self.read(&self.samples[sample])
    }

    /// The same of a film of no class.
    ///
    /// # Errors
    /// A sentence when the file is no longer what it was.
    pub fn odd_film(&self, odd: usize) -> Result<Film, String> {
        self.read(&self.odd[odd])
    }

    fn read(&self, own: &FilmFile) -> Result<Film, String> {
        let path = &own.path;
        let bytes = self.source.read_file(own.file);
        let bytes = bytes.map_err(|error| format!("{path}: {error}"))?;
        if Content::of(&bytes) != own.content {
            return Err(format!(
                "{path} has changed since it was first read: start again with the images as they are now"
            ));
        }
        let film = film_of(&bytes, own.frame, self.depth, &OwnReader);
        let film = film.map_err(|error| format!("{path}: {error}"))?;
        Ok(match own.mirrored {
            true => film.mirrored(),
            false => film,
        })
    }
}
