//! Heat maps of the trained network, and of networks in which what it learnt is destroyed.

use imaging::insight::{HeatMap, Witness};
use training::observed::Observed;

use super::probing::Progress;
use crate::{
    run::refused,
    session::{Fetched, Session},
};
use protocol::{Event, Failure, Finding, Inquiry, InquiryId};

/// One heat map after another.
pub(crate) struct Heating {
    id: InquiryId,
    about: Inquiry,
    /// As the network sees the film.
    input: Vec<f32>,
    class: usize,
    /// How many of [`Witness::ALL`] have been heard.
    heard: usize,
    maps: Vec<(Witness, HeatMap)>,
}

/// The next network.
enum Next {
    Ready(Box<Observed>),
    /// It still learns.
    Learning,
    /// There is none of this kind.
    None,
}

impl Heating {
    pub(crate) fn new(id: InquiryId, about: Inquiry, input: Vec<f32>, class: usize) -> Self {
        Self {
            id,
            about,
            input,
            class,
            heard: 0,
            maps: Vec::new(),
        }
    }

    pub(crate) fn about(&self) -> &Inquiry {
        &self.about
    }
}

impl Session {
    /// One more map, or one more step of the network that learns shuffled classes.
    pub(crate) async fn advance_heating(
        &mut self,
        mut heating: Heating,
    ) -> Result<Progress<Heating>, Failure> {
        let Some(&witness) = Witness::ALL.get(heating.heard) else {
            return Ok(Progress::Done(Finding::Heat(heating.maps)));
        };
        match self.witness(witness).await? {
            Next::Learning => return Ok(Progress::Going(heating)),
            Next::Ready(network) => {
                let map = network.heat(&heating.input, heating.class).await;
                heating.maps.push((witness, map.map_err(Failure::from)?));
            }
            Next::None => {}
        }
        heating.heard += 1;
        self.host.post(Event::Inquiring {
            inquiry: heating.id,
            progress: protocol::Progress {
                done: heating.heard,
                total: Witness::ALL.len(),
                seconds_left: None,
            },
        });
        Ok(Progress::Going(heating))
    }

    async fn witness(&mut self, witness: Witness) -> Result<Next, Failure> {
        if witness == Witness::ShuffledLabels {
            return self.shuffled().await;
        }
        let Fetched::Here(weights) = &self.weights else {
            return Err(Failure::NotTrained);
        };
        let active = self.inquired()?;
        let seed = active.settings.seed;
        let network = active.run.observed().map_err(Failure::from)?;
        let network = match witness {
            Witness::RandomHead => network.with_random_head(seed),
            Witness::RandomNetwork => {
                let random = network.with_random_weights(weights, seed);
                Some(random.map_err(|error| Failure::Download {
                    detail: error.to_string(),
                })?)
            }
            Witness::Trained | Witness::ShuffledLabels => Some(network),
        };
        Ok(network.map_or(Next::None, |network| Next::Ready(Box::new(network))))
    }

    /// The network that was taught shuffled classes; it is kept.
    async fn shuffled(&mut self) -> Result<Next, Failure> {
        if self.inquiries.shuffled.is_none() {
            let Fetched::Here(weights) = &self.weights else {
                return Err(Failure::NotTrained);
            };
            let run = self.inquired()?.run.with_shuffled_labels(weights);
            self.inquiries.shuffled = Some(run.map_err(refused)?);
        }
        let Some(run) = &mut self.inquiries.shuffled else {
            return Ok(Next::None);
        };
        if run.is_done() {
            return Ok(Next::Ready(Box::new(
                run.observed().map_err(Failure::from)?,
            )));
        }
        let stepped = run.next(&self.features.store).await;
        stepped.map(|_| Next::Learning).map_err(Failure::from)
    }
}
