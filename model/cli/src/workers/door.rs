//! Who is let in to a worker: whoever knows the token, one at a time.

use std::{
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc::{self, Receiver},
    },
    thread,
    time::{Duration, Instant},
};

use super::{
    handshake::{Refused, Token, receive},
    serving::say,
};

/// Who may be at the door at a time, before they have shown that they know the token.
const AT_THE_DOOR: usize = 16;

/// A run that is over leaves the worker within this time.
const LEAVING: Duration = Duration::from_secs(3);

/// The driver of a run who was let in.
pub(super) struct Visitor {
    pub(super) stream: TcpStream,
    pub(super) who: String,
    _seat: Seat,
}

/// The only one; free again when it is dropped.
struct Seat(Arc<AtomicBool>);

impl Drop for Seat {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

#[derive(Clone)]
struct Door {
    token: Token,
    taken: Arc<AtomicBool>,
    waiting: Arc<AtomicUsize>,
}

/// Those who are let in, one after another: each has to be dropped before the next comes.
pub(super) fn visitors(listener: TcpListener, token: Token) -> Receiver<Visitor> {
    let (send, visitors) = mpsc::channel();
    let door = Door {
        token,
        taken: Arc::default(),
        waiting: Arc::default(),
    };
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(stream) = stream else {
                // Out of files, perhaps: who leaves gives one back.
                thread::sleep(Duration::from_millis(100));
                continue;
            };
            if door.waiting.fetch_add(1, Ordering::Relaxed) >= AT_THE_DOOR {
                door.waiting.fetch_sub(1, Ordering::Relaxed);
                continue;
            }
            let (own, send) = (door.clone(), send.clone());
            thread::spawn(move || {
                let visitor = own.answer(stream);
                own.waiting.fetch_sub(1, Ordering::Relaxed);
                if let Some(visitor) = visitor {
                    let _ = send.send(visitor);
                }
            });
        }
    });
    visitors
}

impl Door {
    fn answer(&self, mut stream: TcpStream) -> Option<Visitor> {
        let who = stream.peer_addr();
        let who = who.map_or("somebody".to_owned(), |own: SocketAddr| own.to_string());
        match receive(&mut stream, &self.token, || self.seat()) {
            Ok(_seat) => Some(Visitor { stream, who, _seat }),
            Err(refused) => {
                let why = match refused {
                    Refused::Token => "it knows another token",
                    Refused::Build(_) => "it is of another build",
                    Refused::Busy => "another run is being worked for",
                    Refused::Stranger | Refused::Io(_) => "it does not speak as a driver does",
                };
                say(format_args!("{who} was turned away: {why}"));
                None
            }
        }
    }

    /// Waits a moment: perhaps the last step is being computed of a run whose driver has left.
    fn seat(&self) -> Option<Seat> {
        let asked = Instant::now();
        loop {
            let free = (Ordering::Acquire, Ordering::Relaxed);
            let taken = self.taken.compare_exchange(false, true, free.0, free.1);
            if taken.is_ok() {
                return Some(Seat(Arc::clone(&self.taken)));
            }
            if asked.elapsed() > LEAVING {
                return None;
            }
            thread::sleep(LEAVING / 50);
        }
    }
}
