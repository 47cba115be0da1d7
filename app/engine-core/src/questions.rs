//! What the trained network is asked: the locked test films, and single films.

use imaging::{
    baseline::{Baseline, Thumbnail, thumbnail},
    decode::{self, PackDepth},
    film::Film,
    incidental::grays,
    pack::{FileError, FileProblem},
    reader::FormatReader,
    report::TestReport,
    split::Subset,
    task::Task,
};
use training::run::Run;

use crate::{files, host::UserFile, loading::Data, run::Active, session::Session};
use protocol::{Answer, Event, Failure, QuestionId, RunId, TestResult};

/// Longer side of the picture that comes with an answer, in pixels.
const PICTURE: u32 = 512;

/// A film to be classified.
pub(crate) struct QueuedQuestion {
    id: QuestionId,
    /// The path of the file, or the key of the odd film.
    name: String,
    subject: QuestionSubject,
}

enum QuestionSubject {
    File(Box<dyn UserFile>),
    Odd(usize),
    Sample(usize),
}

impl QueuedQuestion {
    pub(crate) fn file(id: QuestionId, name: String, file: Box<dyn UserFile>) -> Self {
        let subject = QuestionSubject::File(file);
        Self { id, name, subject }
    }

    pub(crate) fn odd(id: QuestionId, odd: usize) -> Self {
        Self {
            id,
            name: String::new(),
            subject: QuestionSubject::Odd(odd),
        }
    }

    pub(crate) fn sample(id: QuestionId, sample: usize) -> Self {
        Self {
            id,
            name: String::new(),
            subject: QuestionSubject::Sample(sample),
        }
    }

    fn needs_reader(&self) -> bool {
        match &self.subject {
            QuestionSubject::File(file) => decode::needs_reader(&file.start(decode::TELLING)),
            QuestionSubject::Odd(_) | QuestionSubject::Sample(_) => false,
        }
    }
}

impl Session {
    /// The last run, if it has a network that can be asked.
    pub(crate) fn trained(&self) -> Option<&Active> {
        self.active.as_ref().filter(|active| active.is_trained())
    }

    /// Opens the test films.
    pub(crate) async fn test(&mut self, run: RunId) {
        self.test_wanted = None;
        if self.is_on_its_way(run) {
            self.test_wanted = Some(run);
            return;
        }
        self.leave_failed_device();
        let result = if self.trained().is_some_and(|active| active.id == run) {
            self.open_test(run).await
        } else {
            Err(Failure::NotTrained)
        };
        let event = result.unwrap_or_else(|failure| Event::RunFailed { run, failure });
        self.host.post(event);
    }

    /// Once its run is back.
    pub(crate) async fn open_wanted_test(&mut self) -> bool {
        match self.test_wanted {
            Some(run) if !self.is_on_its_way(run) => {
                self.test(run).await;
                true
            }
            _ => false,
        }
    }

    async fn open_test(&mut self, run: RunId) -> Result<Event, Failure> {
        let (Some(active), Some(data)) = (&self.active, &mut self.data) else {
            return Err(Failure::NotTrained);
        };
        let store = &self.features.store;
        let report = active.run.score(Subset::Test, store).await;
        let report = report.map_err(Failure::from)?;
        let validation = active.run.score(Subset::Validation, store).await;
        let validation = validation.map_err(Failure::from)?;
        data.times_opened += 1;
        let opened = TestResult {
            report,
            validation,
            baseline: baseline(&active.run, data),
        };
        Ok(Event::Tested {
            run,
            opened: Box::new(opened),
            times_opened: data.times_opened,
        })
    }

    /// Answers the oldest question.
    pub(crate) async fn answer_next(&mut self) -> bool {
        if self.waits_for_return() {
            return false;
        }
        let Some(asked) = self.questions.pop_front() else {
            return false;
        };
        let reader = match asked.needs_reader() {
            true => self.reader.get(&*self.host),
            false => Ok(None),
        };
        if asked.needs_reader() && matches!(reader, Ok(None)) {
            self.questions.push_front(asked);
            return false;
        }
        let QueuedQuestion { id, name, subject } = asked;
        self.leave_failed_device();
        // Without a name: one of a loaded film may tell its class.
        let known = match subject {
            QuestionSubject::Sample(sample) => Some(sample),
            QuestionSubject::File(_) | QuestionSubject::Odd(_) => None,
        };
        let (name, film) = match subject {
            QuestionSubject::File(file) => {
                self.host.note_reading(Some(&name));
                let depth = self.data.as_ref().map(|data| data.films.depth);
                let film = reader
                    .map_err(|detail| FileError::FormatReader { detail })
                    .and_then(|reader| {
                        film_of(&*file, reader.as_deref(), depth.unwrap_or_default())
                    });
                self.host.note_reading(None);
                let path = name.clone();
                let film = film.map_err(|error| Failure::File(FileProblem { path, error }));
                (name, film)
            }
            QuestionSubject::Odd(number) => match self.odd.get(number) {
                Some(odd) => (odd.key.clone(), Ok(odd.film.clone())),
                None => (name, Err(Failure::NoData)),
            },
            QuestionSubject::Sample(sample) => {
                let samples = self.data.as_ref().map(|data| &data.films.samples);
                let own = samples.and_then(|samples| samples.get(sample));
                let film = own.map(|own| own.film.clone());
                (name, film.ok_or(Failure::NoData))
            }
        };
        let answer = match film {
            Ok(film) => {
                let answer = self.classify(&film).await.map(|answer| Answer {
                    same_as: known.or(answer.same_as),
                    ..answer
                });
                self.explanations.keep_film(id, film);
                answer
            }
            Err(failure) => Err(failure),
        };
        self.host.post(Event::Classified {
            question: id,
            name,
            answer,
        });
        true
    }

    async fn classify(&mut self, film: &Film) -> Result<Answer, Failure> {
        let active = self.trained().ok_or(Failure::NotTrained)?;
        let working_copy = film.reduced();
        let input = working_copy.input(active.settings.film_side);
        let features = active.run.features(&input).await.map_err(Failure::from)?;
        let predicted = active
            .run
            .predict(&[&features])
            .await
            .map_err(Failure::from)?;
        Ok(Answer {
            probabilities: predicted.into_iter().next().unwrap_or_default(),
            ood_score: self.ood_score(&features.embedding)?,
            same_as: self.same_as(&working_copy),
            picture: film.picture(PICTURE),
        })
    }
}

impl Session {
    /// The loaded film with the same grays; `None` where some are flipped, and show something else than their files.
    fn same_as(&self, working_copy: &Film) -> Option<usize> {
        let own = grays(working_copy);
        let own_way_round = |data: &&Data| data.films.task == Task::Region;
        let data = self.data.as_ref().filter(own_way_round)?;
        let mut films = data.summary.samples.iter();
        films.position(|film| film.incidentals.picture.grays == own)
    }
}

/// The test films judged by 16 pixels, as learnt from the training films.
fn baseline(run: &Run, data: &Data) -> TestReport {
    let samples = &data.films.samples;
    let thumbnails = |part| -> Vec<Thumbnail> {
        let members = run.members(part).into_iter();
        members
            .map(|member| thumbnail(&samples[member].film))
            .collect()
    };
    let training = run.members(Subset::Train).into_iter();
    let truth: Vec<usize> = training.map(|member| samples[member].class).collect();
    let classes = data.films.classes.len();
    let test = thumbnails(Subset::Test);
    let predicted = match Baseline::fit(classes, &truth, &thumbnails(Subset::Train)) {
        Ok(baseline) => {
            let predict = |film: &Thumbnail| baseline.probabilities(film);
            test.iter().map(predict).collect()
        }
        // Every part has every class, so that there always is one; without it, every class is as likely.
        Err(_) => vec![vec![1.0 / classes as f32; classes]; test.len()],
    };
    run.report(&run.members(Subset::Test), predicted)
}

/// Read as the films were that the network was trained on. What this program has no decoder for has a
/// reader; of that, a DICOM file says itself what is black and white.
fn film_of(
    file: &dyn UserFile,
    reader: Option<&dyn FormatReader>,
    depth: PackDepth,
) -> Result<Film, FileError> {
    let bytes = files::read_film(file)?;
    match reader {
        Some(reader) if decode::is_dicom(&bytes) => Ok(reader.film(&bytes, 0)?.film),
        Some(reader) => Ok(depth.read(reader.picture(&bytes)?)),
        None => {
            let decoded = decode::read(&bytes).map_err(FileError::Decode)?;
            Ok(depth.read(decoded))
        }
    }
}
