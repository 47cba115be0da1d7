//! Explanations that show the network changed films: covered, painted over, of another hospital.

use imaging::{
    dataset::Dataset,
    film::Film,
    insight::HeatMap,
    perturb::{erase, occlude},
};
use training::{
    features::{FeatureKey, Features, View},
    run::Run,
};

use crate::{
    features::Taken,
    host::SharedHost,
    pool::{Job, JobSource},
    schedule::Queue,
    session::Session,
};
use protocol::{Event, Explanation, ExplanationId, ExplanationResult, Failure};

/// Cells along a side of an occlusion map.
const CELLS: usize = 12;

/// Each cell is covered together with those so many cells away.
const REACH: usize = 1;

/// Seconds between two reports of progress.
const REPORT_EVERY: f64 = 0.05;

/// How far an explanation has come after one piece of work.
pub(crate) enum JobProgress<T> {
    /// More can be done at once.
    Going(T),
    /// More can be done when a worker has answered.
    Waiting(T),
    Done(ExplanationResult),
}

impl<T> JobProgress<T> {
    pub(crate) fn map<U>(self, change: impl FnOnce(T) -> U) -> JobProgress<U> {
        match self {
            Self::Going(work) => JobProgress::Going(change(work)),
            Self::Waiting(work) => JobProgress::Waiting(change(work)),
            Self::Done(finding) => JobProgress::Done(finding),
        }
    }
}

/// Changed films on their way through the backbone.
pub(crate) struct PerturbationJob {
    host: SharedHost,
    id: ExplanationId,
    about: Explanation,
    films: PerturbedFilms,
    /// The views' samples count the changed films.
    queue: Queue<View>,
    came: Vec<Option<Features>>,
    reported: f64,
}

enum PerturbedFilms {
    /// One film, changed in several ways.
    One(Film),
    /// Films of the data, all changed in the same way.
    Samples(Vec<usize>),
}

impl PerturbationJob {
    pub(crate) fn of_film(
        id: ExplanationId,
        about: Explanation,
        film: Film,
        host: SharedHost,
    ) -> Self {
        let n = match about {
            // The film as it is, then each cell covered.
            Explanation::Occlusion { .. } => 1 + CELLS * CELLS,
            _ => 1,
        };
        Self::new(id, about, PerturbedFilms::One(film), n, host)
    }

    pub(crate) fn of_samples(
        id: ExplanationId,
        about: Explanation,
        samples: Vec<usize>,
        host: SharedHost,
    ) -> Self {
        let n = samples.len();
        Self::new(id, about, PerturbedFilms::Samples(samples), n, host)
    }

    fn new(
        id: ExplanationId,
        about: Explanation,
        films: PerturbedFilms,
        n: usize,
        host: SharedHost,
    ) -> Self {
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

    pub(crate) fn about(&self) -> &Explanation {
        &self.about
    }

    /// The changed film of this number.
    fn film(&self, number: usize, data: &Dataset) -> Option<Film> {
        match (&self.about, &self.films) {
            (Explanation::Occlusion { .. }, PerturbedFilms::One(film)) => {
                Some(match number.checked_sub(1) {
                    None => film.clone(),
                    Some(cell) => occlude(film, [cell % CELLS, cell / CELLS], CELLS, REACH),
                })
            }
            (Explanation::Erased { mask, .. }, PerturbedFilms::One(film)) => {
                Some(erase(film, mask))
            }
            (Explanation::Changed { perturbation }, PerturbedFilms::Samples(samples)) => {
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
            self.host.post(Event::Explaining {
                explanation: self.id,
                progress: self.queue.progress(),
            });
        }
    }

    /// A worker has lost one; `false` if that was its second loss.
    pub(crate) fn retry(&mut self, view: View) -> bool {
        self.queue.retry(view)
    }

    async fn conclude(self, run: &Run) -> Result<ExplanationResult, Failure> {
        let features: Vec<&Features> = self.came.iter().flatten().collect();
        let predicted = run.predict(&features).await.map_err(Failure::from)?;
        match (self.about, self.films) {
            (Explanation::Occlusion { class, .. }, _) => Ok(ExplanationResult::Occlusion(
                occlusion(predicted.iter().filter_map(|film| film.get(class).copied())),
            )),
            (Explanation::Changed { .. }, PerturbedFilms::Samples(samples)) => {
                Ok(ExplanationResult::Changed(run.report(&samples, predicted)))
            }
            _ => Ok(ExplanationResult::Erased {
                probabilities: predicted.into_iter().next().unwrap_or_default(),
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
    pub(crate) async fn advance_perturbation(
        &mut self,
        mut perturbation: PerturbationJob,
    ) -> Result<JobProgress<PerturbationJob>, Failure> {
        if perturbation.queue.is_done() {
            let finding = perturbation.conclude(&self.explained()?.run).await?;
            return Ok(JobProgress::Done(finding));
        }
        let key = FeatureKey::of(&self.explained()?.settings);
        let data = self.data.as_ref().ok_or(Failure::NoData)?;
        if !self.features.has_room() {
            return Ok(JobProgress::Waiting(perturbation));
        }
        let Some(view) = perturbation.queue.next(self.host.now()) else {
            return Ok(JobProgress::Waiting(perturbation));
        };
        let film = perturbation.film(view.sample, &data.films);
        let input = film.ok_or(Failure::NoData)?.input(key.side);
        let source = JobSource::Explanation(perturbation.id);
        let job = Job { view, source, key };
        match self.features.take(job, input).await {
            Taken::Given => {}
            Taken::Done(features) => perturbation.finish(view, features),
            Taken::Failed(error) => return Err(error.into()),
        }
        Ok(JobProgress::Going(perturbation))
    }
}
