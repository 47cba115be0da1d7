//! A worker: it listens, lets in who knows the token, and computes parts of steps.

use std::{
    fmt,
    io::{self, Write},
    net::{TcpListener, TcpStream},
    panic::{AssertUnwindSafe, catch_unwind},
};

use mobilenet::weights::Weights;

use super::{
    bench::Bench,
    door::visitors,
    handshake::Token,
    line::{Line, why},
    messages::{FromWorker, ToWorker},
};
use crate::Problem;

/// One that is to listen.
pub struct Worker {
    pub token: Token,
    /// What the networks are built from; their numbers come from the driver.
    pub weights: Weights,
    /// Bytes of images that it may keep.
    pub memory: usize,
    /// End after the first run.
    pub once: bool,
}

impl Worker {
    /// Where it will listen.
    ///
    /// # Errors
    /// A sentence when it cannot.
    pub fn listen(place: &str) -> Result<TcpListener, Problem> {
        TcpListener::bind(place).map_err(|error| {
            match error.kind() {
                io::ErrorKind::AddrInUse => format!(
                    "{place} is in use, perhaps by another worker: end that, or name another port with --listen"
                ),
                _ => format!("{place} cannot be listened at ({error}): name another address with --listen"),
            }
            .into()
        })
    }

    /// Serves one run after another, on this thread.
    pub fn serve(self, listener: TcpListener) {
        for visitor in visitors(listener, self.token.clone()) {
            let who = &visitor.who;
            say(format_args!("working for the run at {who}"));
            let stream = &visitor.stream;
            // What cannot be computed must not end the worker for the runs to come.
            match catch_unwind(AssertUnwindSafe(|| self.work(stream))) {
                Ok(Ok(steps)) => say(format_args!(
                    "the run at {who} is over, after {steps} steps"
                )),
                Ok(Err((steps, error))) => say(format_args!(
                    "the run at {who} {} after {steps} steps; waiting for the next",
                    why(&error)
                )),
                Err(_) => say(format_args!("the run at {who} could not be worked for")),
            }
            if self.once {
                return;
            }
        }
    }

    /// The steps that were done.
    fn work(&self, stream: &TcpStream) -> Result<usize, (usize, io::Error)> {
        let mut steps = 0;
        let mut bench = Bench::new(self.memory);
        let mut talk = || -> io::Result<()> {
            let mut rows = Vec::new();
            let mut line = Line::new(stream.try_clone()?)?;
            let memory = self.memory as u64;
            line.send(&FromWorker::Ready { memory }, &[])?;
            loop {
                let answer = match line.receive_into(&mut rows)? {
                    ToWorker::Lesson(lesson) => {
                        bench.begin(lesson, &self.weights);
                        continue;
                    }
                    ToWorker::Step {
                        parameters,
                        mask,
                        images,
                    } => bench.step(parameters, mask, &images, &rows),
                };
                steps += 1;
                match answer {
                    Ok(part) => {
                        let message = FromWorker::Gradient {
                            logits: part.logits.len(),
                        };
                        line.send(&message, &[&part.gradient, &part.logits])?;
                    }
                    Err(problem) => line.send(&FromWorker::Failed(problem), &[])?,
                }
            }
        };
        match talk() {
            Ok(()) => Ok(steps),
            // Where a run ends, its driver closes the connection between two messages.
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(steps),
            Err(error) => Err((steps, error)),
        }
    }
}

/// To whoever looks. A terminal that is gone is no reason to stop working.
pub(super) fn say(sentence: fmt::Arguments<'_>) {
    let _ = writeln!(io::stdout(), "{sentence}");
}
