//! The driver's side: workers that are called once, and given a part of each batch.

use std::{
    collections::HashSet,
    io,
    net::{TcpStream, ToSocketAddrs},
    ops::Range,
    thread,
    time::Duration,
};

use burn::tensor::Device;
use imaging::report::TrainError;
use mobilenet::weights::Weights;
use training::{
    features::View,
    sharing::{Crew, Lesson, PartialGradient, Replica, SharedStep, divide, join},
};

use super::{
    address::Address,
    handshake::{Refused, Token, greet},
    line::{Line, why},
    messages::{FromWorker, Input, ToWorker, Told},
};
use crate::Problem;

/// A computer that does not answer for so long is not there.
const CALLING: Duration = Duration::from_secs(5);

/// All who share the steps of a run. Dropped, it lets them go.
pub struct Workers<'a> {
    members: Vec<Member>,
    /// What networks are built from that are computed here.
    weights: &'a Weights,
    problem: Option<String>,
}

struct Member {
    address: Address,
    seat: Seat,
}

/// Where a member computes.
enum Seat {
    /// On the driver's own thread, once it knows what.
    Here(Option<Box<Replica>>),
    Away(Box<Caller>),
}

/// The connection to a worker, and what is known of it.
struct Caller {
    line: Line,
    /// What it was last told to compute.
    lesson: Option<Lesson>,
    kept: HashSet<View>,
    /// Bytes that it can still keep.
    room: u64,
    whole_room: u64,
}

impl<'a> Workers<'a> {
    /// Calls all of them.
    ///
    /// # Errors
    /// A sentence about the first that cannot be had.
    pub fn call(
        addresses: &[Address],
        token: &Token,
        weights: &'a Weights,
    ) -> Result<Self, Problem> {
        let members = addresses.iter().map(|address| {
            let place = &address.place;
            let seat = match address.is_here() {
                true => Seat::Here(None),
                false => {
                    let caller = Caller::call(place, token);
                    Seat::Away(Box::new(caller.map_err(|refused| refused.sentence(place))?))
                }
            };
            let address = address.clone();
            Ok(Member { address, seat })
        });
        Ok(Self {
            members: members.collect::<Result<_, String>>()?,
            weights,
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

impl Crew for Workers<'_> {
    fn gradient(&mut self, step: &SharedStep<'_>) -> Result<PartialGradient, TrainError> {
        let shares: Vec<usize> = self.members.iter().map(|own| own.address.weight).collect();
        let parts = divide(step.images.len(), &shares);
        let weights = self.weights;
        let answers: Vec<_> = thread::scope(|scope| {
            let (mut here, mut away) = (Vec::new(), Vec::new());
            let members = self.members.iter_mut().zip(&parts).enumerate();
            for (at, (member, part)) in members.filter(|(_, (_, part))| !part.is_empty()) {
                match &mut member.seat {
                    Seat::Here(replica) => here.push((at, replica, part)),
                    Seat::Away(caller) => {
                        away.push((at, scope.spawn(move || caller.compute(step, part))));
                    }
                }
            }
            // While the others compute.
            let here = here.into_iter();
            let own = here.map(|(at, own, part)| (at, compute(own, weights, step, part)));
            let mut answers: Vec<_> = own.collect();
            answers.extend(away.into_iter().map(|(at, own)| {
                let failed = |_| Err("cannot be talked to".to_owned());
                (at, own.join().unwrap_or_else(failed))
            }));
            answers.sort_by_key(|(at, _)| *at);
            answers
        });
        let mut done = Vec::with_capacity(answers.len());
        for (at, answer) in answers {
            match answer {
                Ok(own) => done.push((parts[at].len(), own)),
                Err(why) => {
                    self.problem = Some(self.lost(at, &why));
                    return Err(TrainError::Missing {
                        what: "a part of the batch".into(),
                    });
                }
            }
        }
        join(done)
    }
}

/// What the driver itself makes of a part.
fn compute(
    replica: &mut Option<Box<Replica>>,
    weights: &Weights,
    step: &SharedStep<'_>,
    part: &Range<usize>,
) -> Result<PartialGradient, String> {
    let told = |error: TrainError| format!("says: {error}");
    if replica.as_ref().map(|own| own.lesson()) != Some(step.lesson) {
        let new = Replica::new(step.lesson.clone(), weights, &Device::flex());
        *replica = Some(Box::new(new.map_err(told)?));
    }
    let replica = replica.as_mut().ok_or("has no network")?;
    let images = &step.images[part.clone()];
    let part = replica.gradient(step.parameters, images, step.mask_of(part));
    pollster::block_on(part).map_err(told)
}

impl Caller {
    fn call(place: &str, token: &Token) -> Result<Self, Refused> {
        let mut stream = connect(place)?;
        greet(&mut stream, token)?;
        let mut line = Line::new(stream)?;
        let FromWorker::Ready { memory } = line.receive()?.0 else {
            return Err(Refused::Stranger);
        };
        Ok(Self {
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
    ) -> Result<PartialGradient, String> {
        self.ask(step, part).map_err(|error| why(&error))?;
        let answer = self.line.receive().map_err(|error| why(&error))?;
        let (logits, mut rows) = match answer {
            (FromWorker::Gradient { logits }, rows) => (logits, rows),
            (FromWorker::Failed(problem), _) => return Err(format!("says: {problem}")),
            (FromWorker::Ready { .. }, _) => return Err(why(&io::ErrorKind::InvalidData.into())),
        };
        if logits != part.len() * step.lesson.classes
            || rows.len() != logits + step.parameters.len()
        {
            return Err(why(&io::ErrorKind::InvalidData.into()));
        }
        Ok(PartialGradient {
            logits: rows.split_off(step.parameters.len()),
            gradient: rows,
        })
    }

    fn ask(&mut self, step: &SharedStep<'_>, part: &Range<usize>) -> io::Result<()> {
        if self.lesson.as_ref() != Some(step.lesson) {
            self.line
                .send(&ToWorker::Lesson(step.lesson.clone()), &[])?;
            self.lesson = Some(step.lesson.clone());
            self.kept.clear();
            self.room = self.whole_room;
        }
        let mask = step.mask_of(part);
        let mut images = Vec::with_capacity(part.len());
        let mut inputs = Vec::new();
        for image in &step.images[part.clone()] {
            let n = image.input.len();
            let input = self.has_room(image.view, n);
            if !matches!(input, Input::Kept) {
                inputs.push(image.input);
            }
            images.push(Told {
                view: image.view,
                class: image.class,
                input,
            });
        }
        let message = ToWorker::Step {
            parameters: step.parameters.len(),
            mask: mask.map(<[f32]>::len),
            images,
        };
        let mut rows = vec![step.parameters];
        rows.extend(mask);
        rows.extend(inputs);
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
