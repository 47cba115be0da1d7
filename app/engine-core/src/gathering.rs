//! Films without classes: shown, so that the visitor can sort them by hand. Nothing is learnt from them until then.

use imaging::dataset::Dataset;

use crate::{
    loading::{FULL, THUMBNAIL, THUMBNAILS_TOGETHER},
    session::Session,
};
use protocol::Event;

pub(crate) struct Gathered {
    films: Dataset,
    /// Number of the first film whose small picture has not been sent.
    next_thumbnail: usize,
}

impl Session {
    /// They take the place of those gathered before; the loaded ones stay.
    pub(crate) fn gathered(&mut self, films: Dataset) {
        self.host.post(Event::Gathered {
            data: films.summary(false),
        });
        self.gathered = Some(Gathered {
            films,
            next_thumbnail: 0,
        });
    }

    /// Sends some small pictures more.
    pub(crate) fn send_gathered(&mut self) -> bool {
        let Some(gathered) = &mut self.gathered else {
            return false;
        };
        let first = gathered.next_thumbnail;
        let rest = gathered.films.samples.iter().skip(first);
        let pictures: Vec<_> = rest
            .take(THUMBNAILS_TOGETHER)
            .map(|sample| sample.film.picture(THUMBNAIL))
            .collect();
        if pictures.is_empty() {
            return false;
        }
        gathered.next_thumbnail += pictures.len();
        self.host
            .post(Event::GatheredThumbnails { first, pictures });
        true
    }

    pub(crate) fn show_gathered(&self, sample: usize) {
        let gathered = self.gathered.as_ref();
        if let Some(shown) = gathered.and_then(|gathered| gathered.films.samples.get(sample)) {
            self.host.post(Event::GatheredFilm {
                sample,
                picture: shown.film.picture(FULL),
            });
        }
    }
}
