//! What is asked of the trained network beyond its answers: one inquiry after another, in small pieces.

mod heating;
mod probing;

use std::collections::VecDeque;

use imaging::{film::Film, insight::Likeness, likeness::Trained, report::TrainError, split::Part};
use training::{
    features::{Features, View},
    run::Run,
};

use crate::{host::SharedHost, run::Active, session::Session};
use heating::Heating;
use probing::{Probing, Progress};
use protocol::{Event, Failure, Finding, Inquiry, InquiryId, QuestionId, RunId, Subject};

/// Films of answered questions that are kept to be asked about.
const FILMS_KEPT: usize = 50;

/// Inquiries, and what is kept of the present network to answer them.
pub(crate) struct Inquiries {
    host: SharedHost,
    waiting: VecDeque<(InquiryId, Inquiry)>,
    current: Option<(InquiryId, Work)>,
    /// Films of answered questions, oldest first.
    films: VecDeque<(QuestionId, Film)>,
    /// The training films of the present network, once they have been compared with.
    trained: Option<Trained>,
    /// The head that was taught shuffled classes, once a heat map was asked for.
    pub(crate) shuffled: Option<Run>,
}

/// What takes more than one piece of work.
enum Work {
    Probing(Probing),
    Heating(Heating),
}

/// How an inquiry begins.
enum Begun {
    Work(Work),
    Over(Finding),
}

impl Inquiries {
    pub(crate) fn new(host: SharedHost) -> Self {
        Self {
            host,
            waiting: VecDeque::new(),
            current: None,
            films: VecDeque::new(),
            trained: None,
            shuffled: None,
        }
    }

    pub(crate) fn end(&mut self, id: InquiryId) {
        self.waiting.retain(|(own, _)| *own != id);
        self.current.take_if(|(own, _)| *own == id);
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
        let current = self.current.iter().map(|(id, _)| *id);
        for id in waiting.chain(current) {
            self.tell(id, Err(Failure::NotTrained));
        }
        self.forget();
    }

    fn tell(&self, inquiry: InquiryId, finding: Result<Finding, Failure>) {
        self.host.post(Event::Found { inquiry, finding });
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
    pub(crate) fn inquire(&mut self, id: InquiryId, run: RunId, about: Inquiry) {
        self.leave_failed_device();
        if self.trained().is_none_or(|active| active.id != run) {
            self.inquiries.tell(id, Err(Failure::NotTrained));
            return;
        }
        let inquiries = &mut self.inquiries;
        inquiries.waiting.retain(|(_, own)| !about.replaces(own));
        inquiries
            .current
            .take_if(|(_, work)| about.replaces(work.about()));
        inquiries.waiting.push_back((id, about));
    }

    /// One piece of the oldest inquiry; `false` if there is nothing to do for now.
    pub(crate) async fn advance_inquiry(&mut self) -> bool {
        let Some((id, work)) = self.inquiries.current.take() else {
            return self.begin_inquiry();
        };
        let progress = match work {
            Work::Probing(probing) => self.advance_probing(probing).await.map(Work::probing),
            Work::Heating(heating) => self.advance_heating(heating).await.map(Work::heating),
        };
        match progress {
            Ok(Progress::Waiting(work)) => {
                self.inquiries.current = Some((id, work));
                return false;
            }
            Ok(Progress::Going(work)) => self.inquiries.current = Some((id, work)),
            Ok(Progress::Done(finding)) => self.inquiries.tell(id, Ok(finding)),
            Err(failure) => self.inquiries.tell(id, Err(failure)),
        }
        true
    }

    fn begin_inquiry(&mut self) -> bool {
        let Some((id, about)) = self.inquiries.waiting.pop_front() else {
            return false;
        };
        self.leave_failed_device();
        match self.begin_work(id, about) {
            Ok(Begun::Work(work)) => self.inquiries.current = Some((id, work)),
            Ok(Begun::Over(finding)) => self.inquiries.tell(id, Ok(finding)),
            Err(failure) => self.inquiries.tell(id, Err(failure)),
        }
        true
    }

    fn begin_work(&mut self, id: InquiryId, about: Inquiry) -> Result<Begun, Failure> {
        let side = self
            .trained()
            .ok_or(Failure::NotTrained)?
            .settings
            .film_side;
        let work = match about {
            Inquiry::Atlas => return Ok(Begun::Over(self.atlas()?)),
            Inquiry::Heat { subject, class } => {
                let input = self.film(subject)?.input(side);
                Work::Heating(Heating::new(id, about, input, class))
            }
            Inquiry::Occlusion { subject, .. } | Inquiry::Erased { subject, .. } => {
                let film = self.film(subject)?;
                Work::Probing(Probing::of_film(id, about, film, self.host.clone()))
            }
            Inquiry::Changed { .. } => {
                let active = self.trained().ok_or(Failure::NotTrained)?;
                let samples = active.run.members(Part::Test);
                Work::Probing(Probing::of_samples(id, about, samples, self.host.clone()))
            }
        };
        Ok(Begun::Work(work))
    }

    /// The film that an inquiry is about.
    fn film(&self, subject: Subject) -> Result<Film, Failure> {
        let film = match subject {
            Subject::Sample(sample) => self.data.as_ref().and_then(|data| {
                let sample = data.films.samples.get(sample)?;
                Some(&sample.film)
            }),
            Subject::Odd(odd) => self.odd.get(odd).map(|odd| &odd.film),
            Subject::Asked(question) => {
                let mut films = self.inquiries.films.iter();
                films
                    .find(|(own, _)| *own == question)
                    .map(|(_, film)| film)
            }
        };
        film.cloned().ok_or(Failure::NoData)
    }

    fn atlas(&mut self) -> Result<Finding, Failure> {
        let films = self
            .data
            .as_ref()
            .ok_or(Failure::NoData)?
            .films
            .samples
            .len();
        let readings = self.readings(&(0..films).collect::<Vec<_>>())?;
        let trained = self.compared()?;
        let atlas = trained.atlas(&readings).map_err(incomparable)?;
        Ok(Finding::Atlas(atlas))
    }

    /// How like the training films a film of this reading is.
    pub(crate) fn likeness(&mut self, reading: &[f32]) -> Result<Likeness, Failure> {
        self.compared()?
            .likeness(reading, None)
            .map_err(incomparable)
    }

    /// The training films of the present network.
    fn compared(&mut self) -> Result<&Trained, Failure> {
        if self.inquiries.trained.is_none() {
            let active = self.active.as_ref().ok_or(Failure::NotTrained)?;
            let samples = active.run.members(Part::Train);
            let readings = self.readings(&samples)?;
            self.inquiries.trained = Some(Trained::fit(samples, &readings).map_err(incomparable)?);
        }
        self.inquiries.trained.as_ref().ok_or(Failure::NotTrained)
    }

    /// What the backbone makes of these films.
    fn readings(&self, samples: &[usize]) -> Result<Vec<Vec<f32>>, Failure> {
        let reading = |&sample: &usize| -> Result<Vec<f32>, Failure> {
            let features = self.features.store.get(View { sample, view: 0 });
            let missing = || TrainError::Missing {
                what: format!("the features of film {sample}"),
            };
            let features = features.ok_or_else(missing)?;
            Ok(features.reading.clone())
        };
        samples.iter().map(reading).collect()
    }

    /// A worker has done an input of an inquiry.
    pub(crate) fn probe_came(&mut self, inquiry: InquiryId, view: View, features: Features) {
        if let Some((id, Work::Probing(probing))) = &mut self.inquiries.current
            && *id == inquiry
        {
            probing.finish(view, features);
        }
    }

    /// A worker has lost one: it is tried once more.
    pub(crate) fn probe_lost(&mut self, inquiry: InquiryId, view: View, detail: &str) {
        let given_up = match &mut self.inquiries.current {
            Some((id, Work::Probing(probing))) if *id == inquiry => !probing.retry(view),
            _ => false,
        };
        if given_up {
            self.inquiries.current = None;
            let detail = detail.to_owned();
            self.inquiries
                .tell(inquiry, Err(Failure::DeviceFailed { detail }));
        }
    }

    /// The network that inquiries are about.
    pub(crate) fn inquired(&self) -> Result<&Active, Failure> {
        self.active.as_ref().ok_or(Failure::NotTrained)
    }
}

impl Work {
    fn about(&self) -> &Inquiry {
        match self {
            Self::Probing(probing) => probing.about(),
            Self::Heating(heating) => heating.about(),
        }
    }

    fn probing(progress: Progress<Probing>) -> Progress<Self> {
        progress.map(Self::Probing)
    }

    fn heating(progress: Progress<Heating>) -> Progress<Self> {
        progress.map(Self::Heating)
    }
}

fn incomparable(error: impl ToString) -> Failure {
    Failure::Incomparable {
        detail: error.to_string(),
    }
}
