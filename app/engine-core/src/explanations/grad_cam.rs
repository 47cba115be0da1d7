//! Heat maps of the trained network, and of networks in which what it learnt is destroyed.

use imaging::insight::{HeatMap, SanityCheck};
use training::explainer::Explainer;

use super::perturbation::JobProgress;
use crate::{
    run::refused,
    session::{Fetched, Session},
};
use protocol::{Event, Explanation, ExplanationId, ExplanationResult, Failure};

/// One heat map after another.
pub(crate) struct GradCamJob {
    id: ExplanationId,
    about: Explanation,
    /// As the network sees the film.
    input: Vec<f32>,
    class: usize,
    /// How many of [`SanityCheck::ALL`] have been heard.
    heard: usize,
    maps: Vec<(SanityCheck, HeatMap)>,
}

/// The next network.
enum NextNetwork {
    Ready(Box<Explainer>),
    /// It still learns.
    Learning,
    /// There is none of this kind.
    None,
}

impl GradCamJob {
    pub(crate) fn new(
        id: ExplanationId,
        about: Explanation,
        input: Vec<f32>,
        class: usize,
    ) -> Self {
        Self {
            id,
            about,
            input,
            class,
            heard: 0,
            maps: Vec::new(),
        }
    }

    pub(crate) fn about(&self) -> &Explanation {
        &self.about
    }
}

impl Session {
    /// One more map, or one more step of the network that learns shuffled classes.
    pub(crate) async fn advance_grad_cam(
        &mut self,
        mut grad_cam: GradCamJob,
    ) -> Result<JobProgress<GradCamJob>, Failure> {
        let Some(&check) = SanityCheck::ALL.get(grad_cam.heard) else {
            return Ok(JobProgress::Done(ExplanationResult::GradCam(grad_cam.maps)));
        };
        match self.check(check).await? {
            NextNetwork::Learning => return Ok(JobProgress::Going(grad_cam)),
            NextNetwork::Ready(network) => {
                let map = network.heat(&grad_cam.input, grad_cam.class).await;
                grad_cam.maps.push((check, map.map_err(Failure::from)?));
            }
            NextNetwork::None => {}
        }
        grad_cam.heard += 1;
        self.host.post(Event::Explaining {
            explanation: grad_cam.id,
            progress: protocol::Progress {
                done: grad_cam.heard,
                total: SanityCheck::ALL.len(),
                seconds_left: None,
            },
        });
        Ok(JobProgress::Going(grad_cam))
    }

    async fn check(&mut self, check: SanityCheck) -> Result<NextNetwork, Failure> {
        if check == SanityCheck::ShuffledLabels {
            return self.shuffled().await;
        }
        let Fetched::Here(weights) = &self.weights else {
            return Err(Failure::NotTrained);
        };
        let active = self.explained()?;
        let seed = active.settings.seed;
        let network = active.run.explainer().map_err(Failure::from)?;
        let network = match check {
            SanityCheck::RandomHead => network.with_random_head(seed),
            SanityCheck::RandomNetwork => {
                let random = network.with_random_weights(weights, seed);
                Some(random.map_err(|error| Failure::Download {
                    detail: error.to_string(),
                })?)
            }
            SanityCheck::Trained | SanityCheck::ShuffledLabels => Some(network),
        };
        Ok(network.map_or(NextNetwork::None, |network| {
            NextNetwork::Ready(Box::new(network))
        }))
    }

    /// The network that was taught shuffled classes; it is kept.
    async fn shuffled(&mut self) -> Result<NextNetwork, Failure> {
        if self.explanations.shuffled.is_none() {
            let Fetched::Here(weights) = &self.weights else {
                return Err(Failure::NotTrained);
            };
            let run = self.explained()?.run.with_shuffled_labels(weights);
            self.explanations.shuffled = Some(run.map_err(refused)?);
        }
        let Some(run) = &mut self.explanations.shuffled else {
            return Ok(NextNetwork::None);
        };
        if run.is_done() {
            return Ok(NextNetwork::Ready(Box::new(
                run.explainer().map_err(Failure::from)?,
            )));
        }
        let stepped = run.next(&self.features.store).await;
        stepped
            .map(|_| NextNetwork::Learning)
            .map_err(Failure::from)
    }
}
