//! What the trained network is asked: the locked test films, and single films.

use model::{
    decode::decode,
    film::Film,
    pack::{FileError, FileProblem},
    report::TrainError,
    split::Part,
};
use web_sys::File;

use super::{device::Compute, files, scope::post, session::Session, training::Active};
use crate::protocol::{Answer, Event, Failure, QuestionId, RunId};

/// Longer side of the picture that comes with an answer, in pixels.
const PICTURE: u32 = 512;

/// A film to be classified.
pub(super) struct Question {
    id: QuestionId,
    /// The path of the file, or the key of the odd film.
    name: String,
    subject: Subject,
}

enum Subject {
    File(File),
    Odd(usize),
}

impl Question {
    pub fn file(id: QuestionId, name: String, file: File) -> Self {
        let subject = Subject::File(file);
        Self { id, name, subject }
    }

    pub fn odd(id: QuestionId, odd: usize) -> Self {
        Self {
            id,
            name: String::new(),
            subject: Subject::Odd(odd),
        }
    }
}

impl Session {
    /// The last run, if it has a network that can be asked. A GPU that has failed meanwhile takes it away.
    fn trained(&mut self) -> Option<&Active> {
        if let Some(detail) = self.compute.as_ref().and_then(Compute::failure) {
            self.fall_back(detail);
        }
        self.active.as_ref().filter(|active| active.is_trained())
    }

    /// Opens the test films.
    pub async fn test(&mut self, run: RunId) {
        let result = if self.trained().is_some_and(|active| active.id == run) {
            self.open_test(run).await
        } else {
            Err(Failure::NotTrained)
        };
        post(&result.unwrap_or_else(|failure| Event::RunFailed { run, failure }));
    }

    async fn open_test(&mut self, run: RunId) -> Result<Event, Failure> {
        let (Some(active), Some(data)) = (&self.active, &mut self.data) else {
            return Err(Failure::NotTrained);
        };
        let result = active.run.score(Part::Test, &self.features.store).await;
        let report = result.map_err(failure_of)?;
        data.looks += 1;
        Ok(Event::Tested {
            run,
            report,
            looks: data.looks,
        })
    }

    /// Answers the oldest question.
    pub async fn answer_next(&mut self) -> bool {
        let Some(Question { id, name, subject }) = self.questions.pop_front() else {
            return false;
        };
        let (name, film) = match subject {
            Subject::File(file) => (name.clone(), film_of(name, &file)),
            Subject::Odd(number) => match self.odd.get(number) {
                Some(odd) => (odd.key.clone(), Ok(odd.film.clone())),
                None => (name, Err(Failure::NoData)),
            },
        };
        let answer = match film {
            Ok(film) => self.classify(&film).await,
            Err(failure) => Err(failure),
        };
        post(&Event::Classified {
            question: id,
            name,
            answer,
        });
        true
    }

    async fn classify(&mut self, film: &Film) -> Result<Answer, Failure> {
        let active = self.trained().ok_or(Failure::NotTrained)?;
        let probabilities = active.run.classify(film).await.map_err(failure_of)?;
        Ok(Answer {
            probabilities,
            picture: film.picture(PICTURE),
        })
    }
}

fn film_of(path: String, file: &File) -> Result<Film, Failure> {
    let film = files::read_film(file).and_then(|bytes| decode(&bytes).map_err(FileError::Decode));
    film.map_err(|error| Failure::File(FileProblem { path, error }))
}

/// A network that has been trained can only fail to answer with its device.
fn failure_of(error: TrainError) -> Failure {
    match error {
        TrainError::Device { detail } => Failure::DeviceFailed { detail },
        error @ TrainError::Diverged => Failure::Training(error),
    }
}
