//! What is asked of the trained network beyond its answers: one explanation after another, in small pieces.

mod grad_cam;
mod perturbation;

use std::collections::VecDeque;

use imaging::{
    film::Film,
    insight::OodScore,
    ood_score::{Trained, by_patient},
    report::TrainError,
    split::Subset,
};
use training::{
    features::{Features, View},
    run::ShuffledLabels,
};

use crate::{host::SharedHost, run::Active, session::Session};
use grad_cam::GradCamJob;
use perturbation::{JobProgress, PerturbationJob};
use protocol::{
    Event, Explanation, ExplanationId, ExplanationResult, Failure, QuestionId, RunId, Subject,
};

/// Films of answered questions that are kept to be asked about.
const FILMS_KEPT: usize = 50;

/// Explanations that are asked for, and what is kept of the present network to answer them.
pub(crate) struct ExplanationQueue {
    host: SharedHost,
    waiting: VecDeque<(ExplanationId, Explanation)>,
    current: Option<(ExplanationId, Work)>,
    /// Heat maps whose last network still learns, which takes long: they give way to whatever else is asked.
    resting: Option<(ExplanationId, Work)>,
    /// Films of answered questions, oldest first.
    films: VecDeque<(QuestionId, Film)>,
    /// The training films of the present network, once they have been compared with.
    trained: Option<Trained>,
    /// The network that is taught shuffled labels, once a heat map was asked for.
    pub(crate) shuffled: Option<ShuffledLabels>,
}

/// What takes more than one piece of work.
enum Work {
    PerturbationJob(PerturbationJob),
    GradCamJob(GradCamJob),
}

/// How an explanation begins.
enum Begun {
    Work(Work),
    Over(ExplanationResult),
}

impl ExplanationQueue {
    pub(crate) fn new(host: SharedHost) -> Self {
        Self {
            host,
            waiting: VecDeque::new(),
            current: None,
            resting: None,
            films: VecDeque::new(),
            trained: None,
            shuffled: None,
        }
    }

    pub(crate) fn end(&mut self, id: ExplanationId) {
        self.waiting.retain(|(own, _)| *own != id);
        for work in [&mut self.current, &mut self.resting] {
            work.take_if(|(own, _)| *own == id);
        }
    }

    /// The films or the network have been replaced: the page no longer asks about the old.
    pub(crate) fn forget(&mut self) {
        let films = std::mem::take(&mut self.films);
        *self = Self {
            films,
            ..Self::new(self.host.clone())
        };
    }

    /// The network was lost: whoever still waits for an answer gets none.
    pub(crate) fn forget_network(&mut self) {
        let waiting = self.waiting.iter().map(|(id, _)| *id);
        let current = self.current.iter().chain(&self.resting).map(|(id, _)| *id);
        for id in waiting.chain(current) {
            self.tell(id, Err(Failure::NotTrained));
        }
        self.forget();
    }

    fn tell(&self, explanation: ExplanationId, finding: Result<ExplanationResult, Failure>) {
        self.host.post(Event::Found {
            explanation,
            finding,
        });
    }

    /// Keeps the film of a question.
    pub(crate) fn keep_film(&mut self, question: QuestionId, film: Film) {
        if self.films.len() == FILMS_KEPT {
            self.films.pop_front();
        }
        self.films.push_back((question, film));
    }
}

impl Session {
    pub(crate) fn explain(&mut self, id: ExplanationId, run: RunId, about: Explanation) {
        self.leave_failed_device();
        let is_there = self.trained().is_some_and(|active| active.id == run);
        if !is_there && !self.is_on_its_way(run) {
            self.explanations.tell(id, Err(Failure::NotTrained));
            return;
        }
        let explanations = &mut self.explanations;
        explanations.waiting.retain(|(_, own)| !about.replaces(own));
        for work in [&mut explanations.current, &mut explanations.resting] {
            work.take_if(|(_, work)| about.replaces(work.about()));
        }
        explanations.waiting.push_back((id, about));
    }

    /// One piece of the oldest explanation; `false` if there is nothing to do for now.
    pub(crate) async fn advance_explanation(&mut self) -> bool {
        if self.waits_for_return() {
            return false;
        }
        let Some((id, work)) = self.explanations.current.take() else {
            return self.begin_explanation();
        };
        if work.gives_way() && !self.explanations.waiting.is_empty() {
            self.explanations.resting = Some((id, work));
            return self.begin_explanation();
        }
        let progress = match work {
            Work::PerturbationJob(perturbation) => self
                .advance_perturbation(perturbation)
                .await
                .map(Work::perturbation),
            Work::GradCamJob(grad_cam) => self.advance_grad_cam(grad_cam).await.map(Work::grad_cam),
        };
        match progress {
            Ok(JobProgress::Waiting(work)) => {
                self.explanations.current = Some((id, work));
                return false;
            }
            Ok(JobProgress::Going(work)) => self.explanations.current = Some((id, work)),
            Ok(JobProgress::Done(finding)) => self.explanations.tell(id, Ok(finding)),
            Err(failure) => self.explanations.tell(id, Err(failure)),
        }
        true
    }

    fn begin_explanation(&mut self) -> bool {
        let Some((id, about)) = self.explanations.waiting.pop_front() else {
            self.explanations.current = self.explanations.resting.take();
            return self.explanations.current.is_some();
        };
        self.leave_failed_device();
        match self.begin_work(id, about) {
            Ok(Begun::Work(work)) => self.explanations.current = Some((id, work)),
            Ok(Begun::Over(finding)) => self.explanations.tell(id, Ok(finding)),
            Err(failure) => self.explanations.tell(id, Err(failure)),
        }
        true
    }

    fn begin_work(&mut self, id: ExplanationId, about: Explanation) -> Result<Begun, Failure> {
        let side = self
            .trained()
            .ok_or(Failure::NotTrained)?
            .settings
            .film_side;
        let work = match about {
            Explanation::EmbeddingMap => return Ok(Begun::Over(self.embedding_map()?)),
            Explanation::GradCam {
                subject,
                class,
                checks,
            } => {
                let input = self.film(subject)?.input(side);
                Work::GradCamJob(GradCamJob::new(id, about, input, class, checks))
            }
            Explanation::Occlusion { subject, .. } | Explanation::Erased { subject, .. } => {
                let film = self.film(subject)?;
                Work::PerturbationJob(PerturbationJob::of_film(id, about, film, self.host.clone()))
            }
            Explanation::Changed { .. } => {
                let active = self.trained().ok_or(Failure::NotTrained)?;
                let samples = active.run.members(Subset::Test);
                Work::PerturbationJob(PerturbationJob::of_samples(
                    id,
                    about,
                    samples,
                    self.host.clone(),
                ))
            }
        };
        Ok(Begun::Work(work))
    }

    /// The film that an explanation is about.
    fn film(&self, subject: Subject) -> Result<Film, Failure> {
        let film = match subject {
            Subject::Sample(sample) => self.data.as_ref().and_then(|data| {
                let sample = data.films.samples.get(sample)?;
                Some(&sample.film)
            }),
            Subject::Odd(odd) => self.odd.get(odd).map(|odd| &odd.film),
            Subject::Asked(question) => {
                let mut films = self.explanations.films.iter();
                films
                    .find(|(own, _)| *own == question)
                    .map(|(_, film)| film)
            }
        };
        film.cloned().ok_or(Failure::NoData)
    }

    fn embedding_map(&mut self) -> Result<ExplanationResult, Failure> {
        let films = self
            .data
            .as_ref()
            .ok_or(Failure::NoData)?
            .films
            .samples
            .len();
        let embeddings = self.embeddings(&(0..films).collect::<Vec<_>>())?;
        let trained = self.compared()?;
        let embedding_map = trained.embedding_map(&embeddings).map_err(incomparable)?;
        Ok(ExplanationResult::EmbeddingMap(embedding_map))
    }

    /// How like the training films a film of this embedding is.
    pub(crate) fn ood_score(&mut self, embedding: &[f32]) -> Result<OodScore, Failure> {
        self.compared()?
            .ood_score(embedding, None)
            .map_err(incomparable)
    }

    /// The training films of the present network.
    fn compared(&mut self) -> Result<&Trained, Failure> {
        if self.explanations.trained.is_none() {
            let active = self.active.as_ref().ok_or(Failure::NotTrained)?;
            let samples = active.run.members(Subset::Train);
            let embeddings = self.embeddings(&samples)?;
            let films = &self.data.as_ref().ok_or(Failure::NoData)?.films.samples;
            let patient = |&sample: &usize| films.get(sample)?.patient.as_deref();
            let groups = by_patient(samples.iter().map(patient));
            let trained = Trained::fit(samples, &embeddings, groups.as_deref());
            self.explanations.trained = Some(trained.map_err(incomparable)?);
        }
        self.explanations
            .trained
            .as_ref()
            .ok_or(Failure::NotTrained)
    }

    /// What the backbone makes of these films.
    fn embeddings(&self, samples: &[usize]) -> Result<Vec<Vec<f32>>, Failure> {
        let embedding = |&sample: &usize| -> Result<Vec<f32>, Failure> {
            let features = self.features.store.get(View { sample, view: 0 });
            let missing = || TrainError::Missing {
                what: format!("the features of film {sample}"),
            };
            let features = features.ok_or_else(missing)?;
            Ok(features.embedding.clone())
        };
        samples.iter().map(embedding).collect()
    }

    /// A worker has done an input of an explanation.
    pub(crate) fn probe_came(
        &mut self,
        explanation: ExplanationId,
        view: View,
        features: Features,
    ) {
        if let Some((id, Work::PerturbationJob(perturbation))) = &mut self.explanations.current
            && *id == explanation
        {
            perturbation.finish(view, features);
        }
    }

    /// A worker has lost one: it is tried once more.
    pub(crate) fn probe_lost(&mut self, explanation: ExplanationId, view: View, detail: &str) {
        let given_up = match &mut self.explanations.current {
            Some((id, Work::PerturbationJob(perturbation))) if *id == explanation => {
                !perturbation.retry(view)
            }
            _ => false,
        };
        if given_up {
            self.explanations.current = None;
            let detail = detail.to_owned();
            self.explanations
                .tell(explanation, Err(Failure::DeviceFailed { detail }));
        }
    }

    /// The network that explanations are about.
    pub(crate) fn explained(&self) -> Result<&Active, Failure> {
        self.active.as_ref().ok_or(Failure::NotTrained)
    }
}

impl Work {
    fn about(&self) -> &Explanation {
        match self {
            Self::PerturbationJob(perturbation) => perturbation.about(),
            Self::GradCamJob(grad_cam) => grad_cam.about(),
        }
    }

    fn gives_way(&self) -> bool {
        match self {
            Self::PerturbationJob(_) => false,
            Self::GradCamJob(grad_cam) => grad_cam.waits_for_the_control(),
        }
    }

    fn perturbation(progress: JobProgress<PerturbationJob>) -> JobProgress<Self> {
        progress.map(Self::PerturbationJob)
    }

    fn grad_cam(progress: JobProgress<GradCamJob>) -> JobProgress<Self> {
        progress.map(Self::GradCamJob)
    }
}

fn incomparable(error: impl ToString) -> Failure {
    Failure::Incomparable {
        detail: error.to_string(),
    }
}
