//! The driver's side: workers that are called once, and given a part of each batch.

use std::{
    collections::HashSet,
    io,
    net::{TcpStream, ToSocketAddrs},
    ops::Range,
    thread,
    time::Duration,
};

use imaging::report::TrainError;
use training::{
    features::View,
    sharing::{Crew, Lesson, PartialGradient, SharedStep, divide, join},
};

use super::{
    address::Address,
    handshake::{Refused, Token, greet},
    line::{Line, bytes_of, numbers_of, why},
    messages::{FromWorker, Input, ToWorker, Told},
};
use crate::Problem;

/// A computer that does not answer for so long is not there.
const CALLING: Duration = Duration::from_secs(5);

/// All who share the steps of a run. Dropped, it lets them go.
pub struct Workers {
    members: Vec<Member>,
    problem: Option<String>,
}

struct Member {
    address: Address,
    line: Line,
    /// What it was last told to compute.
    lesson: Option<Lesson>,
    kept: HashSet<View>,
    /// Bytes that it can still keep.
    room: u64,
    whole_room: u64,
}

impl Workers {
    /// Calls all of them.
    ///
    /// # Errors
    /// A sentence about the first that cannot be had.
    pub fn call(addresses: &[Address], token: &Token) -> Result<Self, Problem> {
        let members = addresses.iter().map(|address| {
            let place = &address.place;
            Member::call(address, token).map_err(|refused| refused.sentence(place))
        });
        Ok(Self {
            members: members.collect::<Result<_, String>>()?,
            problem: None,
        })
    }

    /// Why the last step came to nothing, in a sentence; the run only knows that it did.
    pub fn problem(&self) -> Option<String> {
        self.problem.clone()
    }

    fn lost(&self, at: usize, why: &str) -> String {
        let lost = &self.members[at].address;
        let others = self.members.iter().map(|own| own.address.to_string());
        let others: Vec<String> = others.filter(|own| *own != lost.to_string()).collect();
        let rest = match others.is_empty() {
            true => "without --workers".to_owned(),
            false => format!("with --workers {}", others.join(",")),
        };
        format!(
            "the worker at {} {why}: start it again, or go on {rest}; with --out and --resume the run goes on from its last whole pass",
            lost.place
        )
    }
}

impl Crew for Workers {
    fn gradient(&mut self, step: &SharedStep<'_>) -> Result<PartialGradient, TrainError> {
        let weights: Vec<usize> = self.members.iter().map(|own| own.address.weight).collect();
        let parts = divide(step.images.len(), &weights);
        let parameters = bytes_of(step.parameters);
        let answers: Vec<_> = thread::scope(|scope| {
            let members = self.members.iter_mut().zip(&parts);
            let working: Vec<_> = members
                .map(|(member, part)| {
                    let parameters = &parameters;
                    (!part.is_empty())
                        .then(|| scope.spawn(move || member.compute(step, part, parameters)))
                })
                .collect();
            let done = working.into_iter();
            done.map(|own| own.map(|own| own.join())).collect()
        });
        let mut done = Vec::with_capacity(parts.len());
        for (at, (answer, part)) in answers.into_iter().zip(parts).enumerate() {
            let why = match answer {
                None => continue,
                Some(Ok(Ok(own))) => {
                    done.push((part.len(), own));
                    continue;
                }
                Some(Ok(Err(why))) => why,
                Some(Err(_)) => "cannot be talked to".to_owned(),
            };
            self.problem = Some(self.lost(at, &why));
            return Err(TrainError::Missing {
                what: "a part of the batch".into(),
            });
        }
        join(done)
    }
}

impl Member {
    fn call(address: &Address, token: &Token) -> Result<Self, Refused> {
        let mut stream = connect(&address.place)?;
        greet(&mut stream, token)?;
        let mut line = Line::new(stream)?;
        let FromWorker::Ready { memory } = line.receive()?.0 else {
            return Err(Refused::Stranger);
        };
        Ok(Self {
            address: address.clone(),
            line,
            lesson: None,
            kept: HashSet::new(),
            room: memory,
            whole_room: memory,
        })
    }

    /// What a worker makes of its part; else the rest of a sentence that begins with it.
    fn compute(
        &mut self,
        step: &SharedStep<'_>,
        part: &Range<usize>,
        parameters: &[u8],
    ) -> Result<PartialGradient, String> {
        self.ask(step, part, parameters)
            .map_err(|error| why(&error))?;
        let answer = self.line.receive().map_err(|error| why(&error))?;
        let (logits, rows) = match answer {
            (FromWorker::Gradient { logits }, rows) => (logits, numbers_of(&rows)),
            (FromWorker::Failed(problem), _) => return Err(format!("says: {problem}")),
            (FromWorker::Ready { .. }, _) => return Err(why(&io::ErrorKind::InvalidData.into())),
        };
        if logits != part.len() * step.lesson.classes
            || rows.len() != logits + step.parameters.len()
        {
            return Err(why(&io::ErrorKind::InvalidData.into()));
        }
        Ok(PartialGradient {
            gradient: rows[logits..].to_vec(),
            logits: rows[..logits].to_vec(),
        })
    }

    fn ask(
        &mut self,
        step: &SharedStep<'_>,
        part: &Range<usize>,
        parameters: &[u8],
    ) -> io::Result<()> {
        if self.lesson.as_ref() != Some(step.lesson) {
            self.line
                .send(&ToWorker::Lesson(step.lesson.clone()), &[])?;
            self.lesson = Some(step.lesson.clone());
            self.kept.clear();
            self.room = self.whole_room;
        }
        let mask = step.mask_of(part).map(bytes_of);
        let mut images = Vec::with_capacity(part.len());
        let mut inputs = Vec::new();
        for image in &step.images[part.clone()] {
            let n = image.input.len();
            let input = self.has_room(image.view, n);
            if !matches!(input, Input::Kept) {
                inputs.push(bytes_of(image.input));
            }
            images.push(Told {
                view: image.view,
                class: image.class,
                input,
            });
        }
        let message = ToWorker::Step {
            parameters: parameters.len() / 4,
            mask: mask.as_ref().map(|mask| mask.len() / 4),
            images,
        };
        let mut rows = vec![parameters];
        rows.extend(mask.as_deref());
        rows.extend(inputs.iter().map(Vec::as_slice));
        self.line.send(&message, &rows)
    }

    fn has_room(&mut self, view: View, n: usize) -> Input {
        if self.kept.contains(&view) {
            return Input::Kept;
        }
        match self.room.checked_sub(4 * n as u64) {
            Some(room) => {
                self.room = room;
                self.kept.insert(view);
                Input::Keep(n)
            }
            None => Input::Once(n),
        }
    }
}

/// To the first of its addresses that answers.
fn connect(place: &str) -> io::Result<TcpStream> {
    let mut last = io::Error::from(io::ErrorKind::NotFound);
    for address in place.to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, CALLING) {
            Ok(stream) => return Ok(stream),
            Err(error) => last = error,
        }
    }
    Err(last)
}
