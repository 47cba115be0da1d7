//! Films into the session, a file at a time; the old ones stay until the new ones are whole.

use imaging::{
    dataset::{Dataset, DatasetSummary},
    film::Film,
    pack::{Advance, Answers, LoadError, Loader, Source, ZipSource},
    task::{Task, chest},
};

use crate::{
    files::{self, DroppedFiles},
    host::{Asset, UserFile},
    session::{Fetched, Session},
};
use protocol::{Event, OddFilm, Pack, Progress};

/// Longer side of the small pictures, in pixels.
pub(crate) const THUMBNAIL: u32 = 128;

/// Small pictures that are sent together.
pub(crate) const THUMBNAILS_TOGETHER: usize = 16;

/// Longer side of a film that is shown in full, in pixels.
pub(crate) const FULL: u32 = 1024;

/// Seconds between two reports of progress.
const REPORT_EVERY: f64 = 0.05;

/// The films that are loaded.
pub(crate) struct Data {
    pub(crate) films: Dataset,
    pub(crate) summary: DatasetSummary,
    /// Counts the data of this session.
    pub(crate) number: u32,
    /// How often the test films have been opened.
    pub(crate) times_opened: usize,
    /// Of DICOM files, to read one again for the viewer.
    pub(crate) source: Option<Box<dyn Source>>,
    /// The visitor's own files, to save them as a pack.
    pub(crate) dropped: Option<DroppedFiles>,
    /// Key and number in the source of each film of no class.
    pub(crate) odd_files: Vec<(String, usize)>,
}

/// A film that belongs to no class.
#[derive(Clone)]
pub(crate) struct Odd {
    pub(crate) key: String,
    pub(crate) film: Film,
}

/// What was asked for.
#[derive(Clone, Copy)]
pub(crate) struct Order {
    /// Which of the app's own packs, if it is one.
    pub(crate) pack: Option<Pack>,
    pub(crate) task: Task,
    /// See [`Task::films`].
    pub(crate) class: Option<usize>,
}

pub(crate) enum LoadState {
    /// Until the pack has been downloaded.
    Waiting { pack: Pack, task: Task },
    Reading {
        loader: Box<Loader<Box<dyn Source>>>,
        order: Order,
        dropped: Option<DroppedFiles>,
        reported: f64,
    },
}

fn progress(loader: &Loader<Box<dyn Source>>) -> Progress {
    Progress {
        done: loader.done(),
        total: loader.total(),
        seconds_left: None,
    }
}

impl Session {
    pub(crate) fn load_built_in(&mut self, pack: Pack, task: Task) {
        if let None | Some(Fetched::Failed(_)) = self.packs.get(&pack) {
            self.packs.insert(pack, Fetched::Coming);
            self.host.download(Asset::Films(pack));
        }
        self.loading = Some(LoadState::Waiting { pack, task });
    }

    pub(crate) fn load_files(
        &mut self,
        paths: Vec<String>,
        files: Vec<Box<dyn UserFile>>,
        answers: &Answers,
        order: Order,
    ) {
        let dropped = DroppedFiles::new(paths, files);
        let source = files::open(dropped.clone());
        self.begin_reading(source, answers, order, Some(dropped));
    }

    fn begin_reading(
        &mut self,
        source: Result<Box<dyn Source>, LoadError>,
        answers: &Answers,
        order: Order,
        dropped: Option<DroppedFiles>,
    ) {
        match source.and_then(|source| Loader::new(source, answers)) {
            Ok(loader) => {
                self.host.post(Event::Loading {
                    progress: progress(&loader),
                });
                self.loading = Some(LoadState::Reading {
                    loader: Box::new(loader),
                    order,
                    dropped,
                    reported: self.host.now(),
                });
            }
            Err(error) => self.loading_failed(error),
        }
    }

    fn loading_failed(&mut self, error: LoadError) {
        self.loading = None;
        self.host.post(Event::LoadFailed { error });
    }

    /// Reads one file more.
    pub(crate) fn load_more(&mut self) -> bool {
        match &mut self.loading {
            None => return false,
            Some(LoadState::Waiting { pack, task }) => {
                let (pack, task) = (*pack, *task);
                return self.read_pack(pack, task);
            }
            Some(LoadState::Reading {
                loader, reported, ..
            }) => {
                self.host.note_reading(loader.next_path());
                let advance = loader.advance();
                self.host.note_reading(None);
                match advance {
                    Advance::Done => {}
                    Advance::Read => {
                        if self.host.now() - *reported > REPORT_EVERY {
                            *reported = self.host.now();
                            self.host.post(Event::Loading {
                                progress: progress(loader),
                            });
                        }
                        return true;
                    }
                    Advance::NeedsFormatReader => {
                        match self.reader.get(&*self.host) {
                            Ok(Some(reader)) => loader.read_formats_with(reader),
                            Ok(None) => return false,
                            Err(detail) => self.loading_failed(LoadError::FormatReader { detail }),
                        }
                        return true;
                    }
                }
            }
        }
        if let Some(LoadState::Reading {
            loader,
            order,
            dropped,
            ..
        }) = self.loading.take()
        {
            if loader.gathers() {
                match loader.finish_gathered() {
                    Ok(films) => self.gathered(films),
                    Err(error) => self.loading_failed(error),
                }
                return true;
            }
            let films = loader.finish_keeping().and_then(|(films, source)| {
                let chest = order.pack.and_then(|_| chest(&films.classes));
                let films = order.task.films(films, order.class.or(chest))?;
                Ok((films, source))
            });
            match films {
                Ok((films, source)) => {
                    let dicom = films.samples.iter().any(|film| film.facts.is_some());
                    let source = dicom.then(|| Box::new(source) as Box<dyn Source>);
                    self.loaded(films, source, order, dropped);
                }
                Err(error) => self.loading_failed(error),
            }
        }
        true
    }

    fn read_pack(&mut self, pack: Pack, task: Task) -> bool {
        let source = match self.packs.get(&pack) {
            None | Some(Fetched::Coming) => return false,
            Some(Fetched::Here(bytes)) => {
                ZipSource::open(bytes.to_vec()).map(|zip| Box::new(zip) as Box<dyn Source>)
            }
            Some(Fetched::Failed(detail)) => Err(LoadError::Download {
                detail: detail.clone(),
            }),
        };
        let order = Order {
            pack: Some(pack),
            task,
            class: None,
        };
        self.begin_reading(source, &Answers::default(), order, None);
        true
    }

    /// The new films replace the old ones, and end a run on them.
    fn loaded(
        &mut self,
        mut films: Dataset,
        source: Option<Box<dyn Source>>,
        order: Order,
        dropped: Option<DroppedFiles>,
    ) {
        self.stop_active();
        self.active = None;
        self.explanations.forget();
        self.experiment = None;
        self.features.clear();
        self.gathered = None;
        self.shortcuts_wanted = false;
        self.saving = None;
        let odd = std::mem::take(&mut films.odd);
        let summary = films.summary(order.pack.is_some());
        self.host.post(Event::Loaded {
            data: summary.clone(),
            pack: order.pack,
        });
        let odd_files = odd.iter().map(|odd| (odd.key.clone(), odd.file)).collect();
        let odd = odd.into_iter().map(|odd| Odd {
            key: odd.key,
            film: odd.film,
        });
        self.odd = odd.collect();
        match self.odd.is_empty() {
            true => self.odd = self.own_odd.clone(),
            false if order.pack.is_some() => self.own_odd = self.odd.clone(),
            false => {}
        }
        self.send_odd_films();
        self.data = Some(Data {
            films,
            summary,
            number: self.data.as_ref().map_or(0, |data| data.number + 1),
            times_opened: 0,
            source,
            dropped,
            odd_files,
        });
        self.next_thumbnail = 0;
        self.plan_background();
    }

    fn send_odd_films(&self) {
        let films = self.odd.iter().map(|odd| OddFilm {
            key: odd.key.clone(),
            picture: odd.film.picture(THUMBNAIL),
        });
        self.host.post(Event::OddFilms {
            films: films.collect(),
        });
    }

    /// Sends some small pictures more.
    pub(crate) fn send_thumbnails(&mut self) -> bool {
        let Some(data) = &self.data else {
            return false;
        };
        let first = self.next_thumbnail;
        let rest = data.films.samples.iter().skip(first);
        let pictures: Vec<_> = rest
            .take(THUMBNAILS_TOGETHER)
            .map(|sample| sample.film.picture(THUMBNAIL))
            .collect();
        if pictures.is_empty() {
            return false;
        }
        self.next_thumbnail += pictures.len();
        self.host.post(Event::Thumbnails { first, pictures });
        true
    }

    pub(crate) fn show_film(&self, sample: usize) {
        let shown = self
            .data
            .as_ref()
            .and_then(|data| data.films.samples.get(sample));
        if let Some(shown) = shown {
            self.host.post(Event::Film {
                sample,
                picture: shown.film.picture(FULL),
            });
        }
    }
}
