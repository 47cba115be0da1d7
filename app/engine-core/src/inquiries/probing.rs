//! Inquiries that show the network changed films: covered, painted over, of another hospital.

use imaging::{
    dataset::Dataset,
    film::Film,
    insight::HeatMap,
    perturb::{erase, occlude},
};
use training::{
    features::{Features, Recipe, View},
    run::Run,
};

use crate::{
    features::Taken,
    host::SharedHost,
    pool::{Job, JobSource},
    schedule::Queue,
    session::Session,
};
use protocol::{Event, Failure, Finding, Inquiry, InquiryId};

/// Cells along a side of an occlusion map.
const CELLS: usize = 12;

/// Each cell is covered together with those so many cells away.
const REACH: usize = 1;

/// Seconds between two reports of progress.
const REPORT_EVERY: f64 = 0.05;

/// How far an inquiry has come after one piece of work.
pub(crate) enum Progress<T> {
    /// More can be done at once.
    Going(T),
    /// More can be done when a worker has answered.
    Waiting(T),
    Done(Finding),
}

impl<T> Progress<T> {
    pub(crate) fn map<U>(self, change: impl FnOnce(T) -> U) -> Progress<U> {
        match self {
            Self::Going(work) => Progress::Going(change(work)),
            Self::Waiting(work) => Progress::Waiting(change(work)),
            Self::Done(finding) => Progress::Done(finding),
        }
    }
}

/// Changed films on their way through the backbone.
pub(crate) struct Probing {
    host: SharedHost,
    id: InquiryId,
    about: Inquiry,
    films: Films,
    /// The views' samples count the changed films.
    queue: Queue<View>,
    came: Vec<Option<Features>>,
    reported: f64,
}

enum Films {
    /// One film, changed in several ways.
    One(Film),
    /// Films of the data, all changed in the same way.
    Samples(Vec<usize>),
}

impl Probing {
    pub(crate) fn of_film(id: InquiryId, about: Inquiry, film: Film, host: SharedHost) -> Self {
        let n = match about {
            // The film as it is, then each cell covered.
            Inquiry::Occlusion { .. } => 1 + CELLS * CELLS,
            _ => 1,
        };
        Self::new(id, about, Films::One(film), n, host)
    }

    pub(crate) fn of_samples(
        id: InquiryId,
        about: Inquiry,
        samples: Vec<usize>,
        host: SharedHost,
    ) -> Self {
        let n = samples.len();
        Self::new(id, about, Films::Samples(samples), n, host)
    }

    fn new(id: InquiryId, about: Inquiry, films: Films, n: usize, host: SharedHost) -> Self {
        let views = (0..n).map(|sample| View { sample, view: 0 });
        Self {
            id,
            about,
            films,
            queue: Queue::new(views.collect()),
            came: vec![None; n],
            reported: host.now(),
            host,
        }
    }

    pub(crate) fn about(&self) -> &Inquiry {
        &self.about
    }

    /// The changed film of this number.
    fn film(&self, number: usize, data: &Dataset) -> Option<Film> {
        match (&self.about, &self.films) {
            (Inquiry::Occlusion { .. }, Films::One(film)) => Some(match number.checked_sub(1) {
                None => film.clone(),
                Some(cell) => occlude(film, [cell % CELLS, cell / CELLS], CELLS, REACH),
            }),
            (Inquiry::Erased { mask, .. }, Films::One(film)) => Some(erase(film, mask)),
            (Inquiry::Changed { perturbation }, Films::Samples(samples)) => {
                let sample = samples[number];
                Some(perturbation.apply(&data.samples[sample].film, sample as u64))
            }
            _ => None,
        }
    }

    /// The features of a changed film are there.
    pub(crate) fn finish(&mut self, view: View, features: Features) {
        if !self.queue.finish(view, self.host.now()) {
            return;
        }
        self.came[view.sample] = Some(features);
        if self.host.now() - self.reported > REPORT_EVERY {
            self.reported = self.host.now();
            self.host.post(Event::Inquiring {
                inquiry: self.id,
                progress: self.queue.progress(),
            });
        }
    }

    /// A worker has lost one; `false` if that was its second loss.
    pub(crate) fn retry(&mut self, view: View) -> bool {
        self.queue.retry(view)
    }

    async fn conclude(self, run: &Run) -> Result<Finding, Failure> {
        let features: Vec<&Features> = self.came.iter().flatten().collect();
        let judged = run.judge(&features).await.map_err(Failure::from)?;
        match (self.about, self.films) {
            (Inquiry::Occlusion { class, .. }, _) => Ok(Finding::Occlusion(occlusion(
                judged.iter().filter_map(|film| film.get(class).copied()),
            ))),
            (Inquiry::Changed { .. }, Films::Samples(samples)) => {
                Ok(Finding::Changed(run.report(&samples, judged)))
            }
            _ => Ok(Finding::Erased {
                probabilities: judged.into_iter().next().unwrap_or_default(),
            }),
        }
    }
}

/// From the probability of the whole film and those with each cell covered.
fn occlusion(mut probabilities: impl Iterator<Item = f32>) -> HeatMap {
    let whole = probabilities.next().unwrap_or_default();
    let losses: Vec<f32> = probabilities
        .map(|covered| (whole - covered).max(0.0))
        .collect();
    let largest = losses.iter().copied().fold(f32::MIN_POSITIVE, f32::max);
    HeatMap {
        width: CELLS,
        height: CELLS,
        values: losses.iter().map(|loss| loss / largest).collect(),
        probability: whole,
    }
}

impl Session {
    /// Hands out the next changed film, or concludes.
    pub(crate) async fn advance_probing(
        &mut self,
        mut probing: Probing,
    ) -> Result<Progress<Probing>, Failure> {
        if probing.queue.is_done() {
            let finding = probing.conclude(&self.inquired()?.run).await?;
            return Ok(Progress::Done(finding));
        }
        let recipe = Recipe::of(&self.inquired()?.settings);
        let data = self.data.as_ref().ok_or(Failure::NoData)?;
        if !self.features.has_room() {
            return Ok(Progress::Waiting(probing));
        }
        let Some(view) = probing.queue.next(self.host.now()) else {
            return Ok(Progress::Waiting(probing));
        };
        let film = probing.film(view.sample, &data.films);
        let input = film.ok_or(Failure::NoData)?.input(recipe.side);
        let source = JobSource::Inquiry(probing.id);
        let job = Job {
            view,
            source,
            recipe,
        };
        match self.features.take(job, input).await {
            Taken::Given => {}
            Taken::Done(features) => probing.finish(view, features),
            Taken::Failed(error) => return Err(error.into()),
        }
        Ok(Progress::Going(probing))
    }
}
