//! The marker segments that JPEG, lossless JPEG and JPEG-LS are made of, ITU-T T.81, B.1.

use super::Fault;

pub(super) const START: u8 = 0xD8;
pub(super) const END: u8 = 0xD9;
pub(super) const SCAN: u8 = 0xDA;
pub(super) const RESTART_INTERVAL: u8 = 0xDD;

/// Goes from segment to segment.
pub(super) struct Markers<'a> {
    stream: &'a [u8],
    at: usize,
}

impl<'a> Markers<'a> {
    /// The stream must begin with the start marker.
    pub(super) fn new(stream: &'a [u8]) -> Result<Self, Fault> {
        match stream.starts_with(&[0xFF, START]) {
            true => Ok(Self { stream, at: 2 }),
            false => Err(Fault::Damaged),
        }
    }

    /// The next marker and its content, empty at the end marker. What lies between segments is passed over, so that
    /// after a scan its data need not be.
    pub(super) fn next(&mut self) -> Result<(u8, &'a [u8]), Fault> {
        loop {
            let rest = self.stream.get(self.at..).unwrap_or_default();
            let found = rest
                .windows(2)
                .position(|pair| pair[0] == 0xFF && !matches!(pair[1], 0 | 0xFF));
            let marker = self.at + found.ok_or(Fault::Damaged)?;
            self.at = marker + 2;
            match self.stream[marker + 1] {
                END => return Ok((END, &[])),
                // Restarts and others that stand alone.
                0x01 | 0xD0..=START => {}
                // In the data of a JPEG-LS scan these follow a byte 255.
                0x02..0x80 => {}
                kind => {
                    let rest = &self.stream[self.at..];
                    let length: &[u8; 2] = rest.first_chunk().ok_or(Fault::Damaged)?;
                    let length = usize::from(u16::from_be_bytes(*length));
                    let content = rest.get(2..length).ok_or(Fault::Damaged)?;
                    self.at += length;
                    return Ok((kind, content));
                }
            }
        }
    }

    /// What follows the last segment: the data of a scan, to the end of the stream.
    pub(super) fn data(&self) -> &'a [u8] {
        &self.stream[self.at..]
    }

    /// Goes on behind so many bytes of data.
    pub(super) fn skip(&mut self, bytes: usize) {
        self.at += bytes;
    }
}

/// The components that scans have brought.
#[derive(Default)]
pub(super) struct Scanned(Vec<usize>);

impl Scanned {
    /// Each component comes in one scan: sent over and over, little data could keep a decoder busy without end.
    pub(super) fn add(&mut self, number: usize) -> Result<(), Fault> {
        match self.0.contains(&number) {
            true => Err(Fault::Damaged),
            false => {
                self.0.push(number);
                Ok(())
            }
        }
    }

    /// Whether it is all of them.
    pub(super) fn is_all(&self, channels: usize) -> bool {
        self.0.len() == channels
    }
}
