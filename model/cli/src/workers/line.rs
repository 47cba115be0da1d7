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

/// Bytes or numbers for which memory is asked at once.
const AT_ONCE: usize = 1 << 22;

// Numbers are sent as they lie in memory.
const _: () = assert!(cfg!(target_endian = "little"));

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

    /// A message, and rows of numbers after it, little-endian.
    ///
    /// # Errors
    /// What the system says, [`io::ErrorKind::InvalidInput`] when it is too long.
    pub(super) fn send(&self, message: &impl Serialize, rows: &[&[f32]]) -> io::Result<()> {
        let header = postcard::to_allocvec(message).map_err(io::Error::other)?;
        let numbers: usize = rows.iter().map(|row| row.len()).sum();
        if header.len() > LONGEST_HEADER || numbers > MOST_NUMBERS {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let mut first = vec![MESSAGE];
        first.extend((header.len() as u32).to_le_bytes());
        first.extend((numbers as u64).to_le_bytes());
        first.extend(header);
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        writer.write_all(&first)?;
        for row in rows {
            writer.write_all(bytemuck::cast_slice(row))?;
        }
        Ok(())
    }

    /// The next message, and the numbers after it.
    ///
    /// # Errors
    /// As [`why`] says it.
    pub(super) fn receive<M: DeserializeOwned>(&mut self) -> io::Result<(M, Vec<f32>)> {
        let mut rows = Vec::new();
        Ok((self.receive_into(&mut rows)?, rows))
    }

    /// The same with the numbers where those of an earlier message were, which saves asking the system for memory.
    ///
    /// # Errors
    /// As [`why`] says it.
    pub(super) fn receive_into<M: DeserializeOwned>(
        &mut self,
        rows: &mut Vec<f32>,
    ) -> io::Result<M> {
        loop {
            match self.exactly::<1>()? {
                [IS_THERE] => {}
                [MESSAGE] => break,
                _ => return Err(io::ErrorKind::InvalidData.into()),
            }
        }
        let header = u32::from_le_bytes(self.exactly()?) as usize;
        let numbers = u64::from_le_bytes(self.exactly()?) as usize;
        if header > LONGEST_HEADER || numbers > MOST_NUMBERS {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut text = Vec::new();
        self.many(header, &mut text)?;
        let message = postcard::from_bytes(&text);
        let message = message.map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?;
        self.many(numbers, rows)?;
        Ok(message)
    }

    fn exactly<const N: usize>(&mut self) -> io::Result<[u8; N]> {
        let mut bytes = [0; N];
        self.reader.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    /// Memory for little more than has come, whatever was said of how much will.
    fn many<T: bytemuck::Pod>(&mut self, n: usize, all: &mut Vec<T>) -> io::Result<()> {
        let mut come = 0;
        all.truncate(n);
        while come < n {
            let next = n.min(come + AT_ONCE);
            if all.len() < next {
                all.resize(next, T::zeroed());
            }
            let bytes = bytemuck::cast_slice_mut(&mut all[come..next]);
            self.reader.read_exact(bytes)?;
            come = next;
        }
        Ok(())
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
