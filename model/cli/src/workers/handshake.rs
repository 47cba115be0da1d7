//! How a driver and a worker find that they are of one build and know one token. The token itself is never sent.

use std::{
    fmt,
    io::{self, Read, Write},
    net::TcpStream,
    thread,
    time::Duration,
};

use crate::{Problem, streaming::hash_of};

/// Letters of a token, at least: whoever listens to a handshake can try as many as a computer can hash.
const SHORTEST: usize = 12;

const MAGIC: [u8; 8] = *b"frstwrk\n";
/// Of the sources: see `build.rs`.
const BUILD: &str = env!("FIRSTREAD_WORKER_BUILD");
const NONCE: usize = 32;
const PROOF: usize = 32;

/// A side that says nothing for so long while they get to know each other is none.
const POLITE: Duration = Duration::from_secs(5);
/// Who has the wrong token waits so long for the answer.
const PENALTY: Duration = Duration::from_secs(1);

const WELCOME: u8 = 0;
const WRONG_TOKEN: u8 = 1;
const BUSY: u8 = 2;

/// What both sides know.
#[derive(Clone)]
pub struct Token(String);

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token")
    }
}

impl Token {
    /// The one that is given, or that of the environment's `FIRSTREAD_TOKEN`, which other users of the computer do not see.
    ///
    /// # Errors
    /// A sentence when there is none, or it is short.
    pub fn given(token: Option<&str>) -> Result<Self, Problem> {
        let token = token.map(str::to_owned);
        let token = token.or_else(|| std::env::var("FIRSTREAD_TOKEN").ok());
        match token.filter(|token| token.len() >= SHORTEST) {
            Some(token) => Ok(Self(token)),
            None => Err(format!(
                "driver and workers need a token of at least {SHORTEST} letters that nobody else knows: give all of them the same with --token, or in FIRSTREAD_TOKEN; `openssl rand -hex 16` makes one up"
            )
            .into()),
        }
    }

    fn proof(&self, who: &str, driver: &[u8; NONCE], worker: &[u8; NONCE]) -> [u8; PROOF] {
        hash_of(&[who.as_bytes(), self.0.as_bytes(), driver, worker])
    }
}

/// Why there is no connection.
#[derive(Debug)]
pub(super) enum Refused {
    /// Something else listens, or speaks, there.
    Stranger,
    Build(String),
    Token,
    Busy,
    Io(io::Error),
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Refused {
    /// For the person at the driver.
    pub(super) fn sentence(&self, place: &str) -> String {
        match self {
            Self::Stranger => format!(
                "what answers at {place} is no worker of this program: look at the address and the port"
            ),
            Self::Build(own) => format!(
                "the worker at {place} is of another build ({own}, this is {BUILD}): bring both to the same version and start it again"
            ),
            Self::Token => format!(
                "the worker at {place} knows another token: give it and this run the same --token"
            ),
            Self::Busy => format!(
                "the worker at {place} works for another run: wait for that run, or leave it out of --workers"
            ),
            Self::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                Self::Stranger.sentence(place)
            }
            Self::Io(error) => format!(
                "no worker answers at {place} ({error}): start one there with cargo xtask serve-worker, or leave it out of --workers"
            ),
        }
    }
}

/// The driver's side.
///
/// # Errors
/// [`Refused`]
pub(super) fn greet(stream: &mut TcpStream, token: &Token) -> Result<(), Refused> {
    politely(stream)?;
    let driver = introduce(stream)?;
    let worker = read_introduction(stream)?;
    stream.write_all(&token.proof("driver", &driver, &worker))?;
    let [answer] = read(stream)?;
    match answer {
        WELCOME => {}
        WRONG_TOKEN => return Err(Refused::Token),
        BUSY => return Err(Refused::Busy),
        _ => return Err(Refused::Stranger),
    }
    let proof: [u8; PROOF] = read(stream)?;
    match same(&proof, &token.proof("worker", &driver, &worker)) {
        true => Ok(()),
        false => Err(Refused::Token),
    }
}

/// The worker's side: whoever knows the token is let in, if `free` says so.
///
/// # Errors
/// [`Refused`]
pub(super) fn receive<T>(
    stream: &mut TcpStream,
    token: &Token,
    free: impl FnOnce() -> Option<T>,
) -> Result<T, Refused> {
    politely(stream)?;
    // Both introduce themselves before either judges, so that both can say why.
    let worker = introduce(stream)?;
    let driver = read_introduction(stream)?;
    let proof: [u8; PROOF] = read(stream)?;
    if !same(&proof, &token.proof("driver", &driver, &worker)) {
        thread::sleep(PENALTY);
        stream.write_all(&[WRONG_TOKEN])?;
        return Err(Refused::Token);
    }
    let Some(free) = free() else {
        stream.write_all(&[BUSY])?;
        return Err(Refused::Busy);
    };
    let mut welcome = vec![WELCOME];
    welcome.extend(token.proof("worker", &driver, &worker));
    stream.write_all(&welcome)?;
    Ok(free)
}

fn politely(stream: &TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(POLITE))?;
    stream.set_write_timeout(Some(POLITE))
}

fn introduce(stream: &mut TcpStream) -> io::Result<[u8; NONCE]> {
    let mut nonce = [0; NONCE];
    getrandom::fill(&mut nonce).map_err(|error| io::Error::other(error.to_string()))?;
    stream.write_all(&[&MAGIC[..], BUILD.as_bytes(), &nonce].concat())?;
    Ok(nonce)
}

fn read_introduction(stream: &mut TcpStream) -> Result<[u8; NONCE], Refused> {
    if read(stream)? != MAGIC {
        return Err(Refused::Stranger);
    }
    let build: [u8; BUILD.len()] = read(stream)?;
    let nonce = read(stream)?;
    match build == *BUILD.as_bytes() {
        true => Ok(nonce),
        false => Err(Refused::Build(
            String::from_utf8_lossy(&build).escape_default().to_string(),
        )),
    }
}

fn read<const N: usize>(stream: &mut TcpStream) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    stream.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// Takes as long wherever they differ.
fn same(one: &[u8; PROOF], other: &[u8; PROOF]) -> bool {
    let differences = one.iter().zip(other).map(|(one, other)| one ^ other);
    differences.fold(0, |all, own| all | own) == 0
}
