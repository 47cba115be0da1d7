//! Films into the session, a file at a time; the old ones stay until the new ones are whole.

use model::{
    dataset::{Dataset, DatasetSummary},
    film::Film,
    pack::{FolderRole, LoadError, Loader, Source, ZipSource},
};
use web_sys::File;

use super::{
    files,
    inbox::Asset,
    scope::{now, post},
    session::{Fetched, Session, start_download},
};
use crate::protocol::{Event, OddFilm};

/// Longer side of the small pictures, in pixels.
const THUMBNAIL: u32 = 128;

/// Small pictures that are sent together.
const THUMBNAILS_TOGETHER: usize = 16;

/// Longer side of a film that is shown in full, in pixels.
const FULL: u32 = 1024;

/// Seconds between two reports of progress.
const REPORT_EVERY: f64 = 0.05;

/// The films that are loaded.
pub(super) struct Data {
    pub films: Dataset,
    pub summary: DatasetSummary,
    /// Counts the data of this session.
    pub number: u32,
    /// How often the test films have been opened.
    pub looks: usize,
}

/// A film that belongs to no class.
pub(super) struct Odd {
    pub key: String,
    pub film: Film,
}

pub(super) enum Loading {
    /// Until the built-in films have been downloaded.
    Waiting,
    Reading {
        loader: Loader<Box<dyn Source>>,
        built_in: bool,
        reported: f64,
    },
}

impl Session {
    pub fn load_built_in(&mut self) {
        if let Fetched::Failed(_) = self.films {
            self.films = Fetched::Coming;
            start_download(Asset::Films, &self.inbox);
        }
        self.loading = Some(Loading::Waiting);
    }

    pub fn load_files(
        &mut self,
        paths: Vec<String>,
        files: Vec<File>,
        roles: Vec<(String, FolderRole)>,
    ) {
        let source = files::open(paths, files);
        self.begin_reading(source, &roles, false);
    }

    fn begin_reading(
        &mut self,
        source: Result<Box<dyn Source>, LoadError>,
        roles: &[(String, FolderRole)],
        built_in: bool,
    ) {
        match source.and_then(|source| Loader::new(source, roles)) {
            Ok(loader) => {
                post(&Event::Loading {
                    done: 0,
                    total: loader.total(),
                });
                self.loading = Some(Loading::Reading {
                    loader,
                    built_in,
                    reported: now(),
                });
            }
            Err(error) => self.loading_failed(error),
        }
    }

    fn loading_failed(&mut self, error: LoadError) {
        self.loading = None;
        post(&Event::LoadFailed { error });
    }

    /// Reads one file more.
    pub fn load_more(&mut self) -> bool {
        match &mut self.loading {
            None => return false,
            Some(Loading::Waiting) => return self.read_built_in(),
            Some(Loading::Reading {
                loader, reported, ..
            }) => {
                if loader.advance() {
                    if now() - *reported > REPORT_EVERY {
                        *reported = now();
                        post(&Event::Loading {
                            done: loader.done(),
                            total: loader.total(),
                        });
                    }
                    return true;
                }
            }
        }
        if let Some(Loading::Reading {
            loader, built_in, ..
        }) = self.loading.take()
        {
            match loader.finish() {
                Ok(films) => self.loaded(films, built_in),
                Err(error) => self.loading_failed(error),
            }
        }
        true
    }

    fn read_built_in(&mut self) -> bool {
        let source = match &self.films {
            Fetched::Coming => return false,
            Fetched::Here(bytes) => {
                ZipSource::open(bytes.to_vec()).map(|zip| Box::new(zip) as Box<dyn Source>)
            }
            Fetched::Failed(detail) => Err(LoadError::Download {
                detail: detail.clone(),
            }),
        };
        self.begin_reading(source, &[], true);
        true
    }

    /// The new films replace the old ones, and end a run on them.
    fn loaded(&mut self, mut films: Dataset, built_in: bool) {
        self.stop_active();
        self.active = None;
        self.inquiries.forget();
        self.experiment = None;
        self.features.clear();
        let odd = std::mem::take(&mut films.odd);
        let summary = films.summary(built_in);
        post(&Event::Loaded {
            data: summary.clone(),
        });
        if !odd.is_empty() {
            let odd = odd.into_iter().map(|odd| Odd {
                key: odd.key,
                film: odd.film,
            });
            self.odd = odd.collect();
            self.send_odd_films();
        }
        self.data = Some(Data {
            films,
            summary,
            number: self.data.as_ref().map_or(0, |data| data.number + 1),
            looks: 0,
        });
        self.next_thumbnail = 0;
        self.plan_background();
    }

    fn send_odd_films(&self) {
        let films = self.odd.iter().map(|odd| OddFilm {
            key: odd.key.clone(),
            picture: odd.film.picture(THUMBNAIL),
        });
        post(&Event::OddFilms {
            films: films.collect(),
        });
    }

    /// Sends some small pictures more.
    pub fn send_thumbnails(&mut self) -> bool {
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
        post(&Event::Thumbnails { first, pictures });
        true
    }

    pub fn show_film(&self, sample: usize) {
        let shown = self
            .data
            .as_ref()
            .and_then(|data| data.films.samples.get(sample));
        if let Some(shown) = shown {
            post(&Event::Film {
                sample,
                picture: shown.film.picture(FULL),
            });
        }
    }
}
