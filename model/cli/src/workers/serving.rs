//! A worker: it listens, lets in who knows the token, and computes parts of steps.

use std::{
    io,
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex, TryLockError,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};

use mobilenet::weights::Weights;

use super::{
    bench::Bench,
    handshake::{Refused, Token, receive},
    line::{Line, bytes_of, numbers_of, why},
    messages::{FromWorker, ToWorker},
};
use crate::Problem;

/// Who may be at the door at a time, before they have shown that they know the token.
const AT_THE_DOOR: usize = 16;

/// A run that is over leaves the worker within this time.
const LEAVING: Duration = Duration::from_secs(3);

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

    /// Serves one run after another, one at a time.
    ///
    /// # Errors
    /// A sentence when the system lets nobody in any more.
    pub fn serve(self, listener: &TcpListener) -> Result<(), Problem> {
        let (own, at_the_door) = (Arc::new(self), Arc::new(AtomicUsize::new(0)));
        let desk = Arc::new(Mutex::new(()));
        let (send, done) = mpsc::channel();
        let listening = listener.try_clone()?;
        let (once, served) = (own.once, send);
        thread::spawn(move || {
            for stream in listening.incoming() {
                let Ok(stream) = stream else {
                    // Out of files, perhaps: who leaves gives one back.
                    thread::sleep(Duration::from_millis(100));
                    continue;
                };
                if at_the_door.fetch_add(1, Ordering::Relaxed) >= AT_THE_DOOR {
                    at_the_door.fetch_sub(1, Ordering::Relaxed);
                    continue;
                }
                let (own, desk) = (Arc::clone(&own), Arc::clone(&desk));
                let (at_the_door, served) = (Arc::clone(&at_the_door), served.clone());
                thread::spawn(move || {
                    if own.visit(stream, &desk, &at_the_door) {
                        let _ = served.send(());
                    }
                });
            }
        });
        while done.recv().is_ok() {
            if once {
                break;
            }
        }
        Ok(())
    }

    /// Whether it was a run that has been served.
    fn visit(&self, mut stream: TcpStream, desk: &Mutex<()>, at_the_door: &AtomicUsize) -> bool {
        let who = stream
            .peer_addr()
            .map_or("somebody".to_owned(), |own: SocketAddr| own.to_string());
        let asked = Instant::now();
        let free = || loop {
            match desk.try_lock() {
                Ok(free) => return Some(free),
                // A run that ended in a panic has left nothing behind.
                Err(TryLockError::Poisoned(free)) => return Some(free.into_inner()),
                // Perhaps the last step of a run whose driver has left.
                Err(TryLockError::WouldBlock) if asked.elapsed() < LEAVING => {
                    thread::sleep(LEAVING / 50);
                }
                Err(TryLockError::WouldBlock) => return None,
            }
        };
        let seat = receive(&mut stream, &self.token, free);
        at_the_door.fetch_sub(1, Ordering::Relaxed);
        let _seat = match seat {
            Ok(seat) => seat,
            Err(refused) => {
                let why = match refused {
                    Refused::Token => "it knows another token",
                    Refused::Build(_) => "it is of another build",
                    Refused::Busy => "another run is being worked for",
                    Refused::Stranger | Refused::Io(_) => "it does not speak as a driver does",
                };
                eprintln!("{who} was turned away: {why}");
                return false;
            }
        };
        println!("working for the run at {who}");
        match self.work(stream) {
            Ok(steps) => println!("the run at {who} is over, after {steps} steps"),
            Err((steps, error)) => println!(
                "the run at {who} {} after {steps} steps; waiting for the next",
                why(&error)
            ),
        }
        true
    }

    /// The steps that were done.
    fn work(&self, stream: TcpStream) -> Result<usize, (usize, io::Error)> {
        let mut steps = 0;
        let mut bench = Bench::new(self.memory);
        let talk = || -> io::Result<()> {
            let mut line = Line::new(stream)?;
            let memory = self.memory as u64;
            line.send(&FromWorker::Ready { memory }, &[])?;
            loop {
                let (message, rows): (ToWorker, _) = line.receive()?;
                let answer = match message {
                    ToWorker::Lesson(lesson) => {
                        bench.begin(lesson, &self.weights);
                        continue;
                    }
                    ToWorker::Step {
                        parameters,
                        mask,
                        images,
                    } => bench.step(parameters, mask, &images, &numbers_of(&rows)),
                };
                steps += 1;
                match answer {
                    Ok(part) => {
                        let message = FromWorker::Gradient {
                            logits: part.logits.len(),
                        };
                        let rows = [&part.logits, &part.gradient].map(|row| bytes_of(row));
                        line.send(&message, &[&rows[0], &rows[1]])?;
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
