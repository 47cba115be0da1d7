//! A connection over which both sides say once a second that they are still there.

use std::{
    io::{self, BufReader, Read, Write},
    net::TcpStream,
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread,
    time::Duration,
};

use serde::{Serialize, de::DeserializeOwned};

/// How often a side says that it is there, whatever else it does.
const BEAT: Duration = Duration::from_secs(1);

/// After so long a silence the other side is lost.
pub(super) const PATIENCE: Duration = Duration::from_secs(8);

/// Bytes of a message's first part, at most; the second holds numbers.
const LONGEST_HEADER: usize = 1 << 24;
const MOST_NUMBERS: usize = 1 << 30;

const IS_THERE: u8 = 0;
const MESSAGE: u8 = 1;

/// One end of it.
pub(super) struct Line {
    reader: BufReader<TcpStream>,
    writer: Arc<Mutex<TcpStream>>,
    /// What is dropped with it ends the beats.
    _end: mpsc::Sender<()>,
}

impl Line {
    /// # Errors
    /// What the system says.
    pub(super) fn new(stream: TcpStream) -> io::Result<Self> {
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        let writer = Arc::new(Mutex::new(stream.try_clone()?));
        let (end, ended) = mpsc::channel();
        let beating = Arc::clone(&writer);
        thread::spawn(move || {
            while let Err(mpsc::RecvTimeoutError::Timeout) = ended.recv_timeout(BEAT) {
                let mut writer = beating.lock().unwrap_or_else(PoisonError::into_inner);
                if writer.write_all(&[IS_THERE]).is_err() {
                    return;
                }
            }
        });
        Ok(Self {
            reader: BufReader::with_capacity(1 << 16, stream),
            writer,
            _end: end,
        })
    }

    /// A message, and rows of numbers after it.
    ///
    /// # Errors
    /// What the system says, [`io::ErrorKind::InvalidInput`] when it is too long.
    pub(super) fn send(&self, message: &impl Serialize, rows: &[&[u8]]) -> io::Result<()> {
        let header = postcard::to_allocvec(message).map_err(io::Error::other)?;
        let numbers: usize = rows.iter().map(|row| row.len()).sum();
        if header.len() > LONGEST_HEADER || numbers / 4 > MOST_NUMBERS {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let mut first = vec![MESSAGE];
        first.extend((header.len() as u32).to_le_bytes());
        first.extend((numbers as u64).to_le_bytes());
        first.extend(header);
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        writer.write_all(&first)?;
        for row in rows {
            writer.write_all(row)?;
        }
        Ok(())
    }

    /// The next message, and the numbers after it.
    ///
    /// # Errors
    /// As [`why`] says it.
    pub(super) fn receive<M: DeserializeOwned>(&mut self) -> io::Result<(M, Vec<u8>)> {
        loop {
            match self.exactly::<1>()? {
                [IS_THERE] => {}
                [MESSAGE] => break,
                _ => return Err(io::ErrorKind::InvalidData.into()),
            }
        }
        let header = u32::from_le_bytes(self.exactly()?) as usize;
        let numbers = u64::from_le_bytes(self.exactly()?) as usize;
        if header > LONGEST_HEADER || numbers / 4 > MOST_NUMBERS {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let header = self.bytes(header)?;
        let message = postcard::from_bytes(&header);
        let message = message.map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?;
        Ok((message, self.bytes(numbers)?))
    }

    fn exactly<const N: usize>(&mut self) -> io::Result<[u8; N]> {
        let mut bytes = [0; N];
        self.reader.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    /// Memory for as many as have come, whatever was said of how many will.
    fn bytes(&mut self, n: usize) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(n.min(1 << 26));
        self.reader
            .by_ref()
            .take(n as u64)
            .read_to_end(&mut bytes)?;
        match bytes.len() == n {
            true => Ok(bytes),
            false => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }
}

/// What has become of the other side, as the rest of a sentence that begins with it.
pub(super) fn why(error: &io::Error) -> String {
    use io::ErrorKind::*;
    match error.kind() {
        WouldBlock | TimedOut => format!("has said nothing for {} s", PATIENCE.as_secs()),
        UnexpectedEof | ConnectionReset | ConnectionAborted | BrokenPipe => {
            "has ended or closed the connection".to_owned()
        }
        InvalidData => "says what makes no sense".to_owned(),
        _ => format!("cannot be talked to ({error})"),
    }
}

/// Little-endian.
pub(super) fn bytes_of(numbers: &[f32]) -> Vec<u8> {
    let mut bytes = vec![0; 4 * numbers.len()];
    for (bytes, number) in bytes.as_chunks_mut::<4>().0.iter_mut().zip(numbers) {
        *bytes = number.to_le_bytes();
    }
    bytes
}

/// The numbers in little-endian bytes; what is left over is left out.
pub(super) fn numbers_of(bytes: &[u8]) -> Vec<f32> {
    let words = bytes.as_chunks::<4>().0.iter();
    words.map(|&word| f32::from_le_bytes(word)).collect()
}
