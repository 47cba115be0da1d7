//! Heat maps of the trained network, and of networks in which what it learnt is destroyed.

use imaging::{
    insight::{HeatMap, SanityCheck},
    report::LossAccuracy,
};
use training::{
    explainer::Explainer,
    run::{RunError, ShuffledLabels},
};

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
    /// Networks to be heard, the trained one first.
    networks: &'static [SanityCheck],
    /// How many have been.
    heard: usize,
    maps: Vec<(SanityCheck, HeatMap)>,
    /// How well the network with shuffled labels knows them.
    memorized: Option<LossAccuracy>,
}

/// The next network.
enum NextNetwork {
    Ready(Box<Explainer>),
    /// It was taught shuffled labels, and knows so many of them.
    Memorized(Box<Explainer>, LossAccuracy),
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
        checks: bool,
    ) -> Self {
        Self {
            id,
            about,
            input,
            class,
            networks: match checks {
                true => &SanityCheck::ALL,
                false => &[SanityCheck::Trained],
            },
            heard: 0,
            maps: Vec::new(),
            memorized: None,
        }
    }

    pub(crate) fn about(&self) -> &Explanation {
        &self.about
    }

    /// Whether the network with shuffled labels is next, which may have to learn first.
    pub(crate) fn waits_for_the_control(&self) -> bool {
        self.networks.get(self.heard) == Some(&SanityCheck::ShuffledLabels)
    }
}

impl Session {
    /// One more map, or one more step of the network that learns shuffled classes.
    pub(crate) async fn advance_grad_cam(
        &mut self,
        mut grad_cam: GradCamJob,
    ) -> Result<JobProgress<GradCamJob>, Failure> {
        let Some(&check) = grad_cam.networks.get(grad_cam.heard) else {
            return Ok(JobProgress::Done(ExplanationResult::GradCam {
                maps: grad_cam.maps,
                memorized: grad_cam.memorized,
            }));
        };
        let network = match self.check(check).await? {
            NextNetwork::Learning => return Ok(JobProgress::Going(grad_cam)),
            NextNetwork::Ready(network) => Some(network),
            NextNetwork::Memorized(network, known) => {
                grad_cam.memorized = Some(known);
                Some(network)
            }
            NextNetwork::None => None,
        };
        if let Some(network) = network {
            let map = network.heat(&grad_cam.input, grad_cam.class).await;
            grad_cam.maps.push((check, map.map_err(Failure::from)?));
        }
        grad_cam.heard += 1;
        self.host.post(Event::Explaining {
            explanation: grad_cam.id,
            progress: protocol::Progress {
                done: grad_cam.heard,
                total: grad_cam.networks.len(),
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

    /// The network that is taught shuffled labels; it is kept.
    async fn shuffled(&mut self) -> Result<NextNetwork, Failure> {
        if self.explanations.shuffled.is_none() {
            let Fetched::Here(weights) = &self.weights else {
                return Err(Failure::NotTrained);
            };
            let shuffled = ShuffledLabels::of(&self.explained()?.run, weights);
            let shuffled = shuffled.map_err(|error| refused(RunError::Weights(error)))?;
            self.explanations.shuffled = Some(shuffled);
        }
        let Some(shuffled) = &mut self.explanations.shuffled else {
            return Ok(NextNetwork::None);
        };
        if shuffled.is_done() {
            let known = shuffled.memorized(&self.features.store).await;
            let network = shuffled.run().explainer().map_err(Failure::from)?;
            return Ok(NextNetwork::Memorized(
                Box::new(network),
                known.map_err(Failure::from)?,
            ));
        }
        let stepped = shuffled.next(&self.features.store).await;
        stepped
            .map(|_| NextNetwork::Learning)
            .map_err(Failure::from)
    }
}
