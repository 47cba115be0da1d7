//! The markers of a JPEG: which kind it is, how its samples are stored, and whether all of it is there.

mod quantisation;

use super::scan::{Scan, Tables};
use crate::decode::JpegKind;
use quantisation::Quantisation;

const START: u8 = 0xD8;
const END: u8 = 0xD9;
const TABLES: u8 = 0xC4;
const SCAN: u8 = 0xDA;
const QUANTISATION: u8 = 0xDB;
const INTERVAL: u8 = 0xDD;
const HIERARCHY: u8 = 0xDE;
const JFIF: u8 = 0xE0;
const EXIF: u8 = 0xE1;
const ADOBE: u8 = 0xEE;
const JPEG_LS: u8 = 0xF7;

/// Encoders send a film in some ten scans. More would keep a decoder busy for long with few data: a scan may pass over
/// thousands of blocks with one code.
const MOST_SCANS: usize = 100;

/// The markers, after which no segment follows: start of image, restarts and TEM.
fn stands_alone(marker: u8) -> bool {
    matches!(marker, 0x01 | 0xD0..=START)
}

/// What the frame header says, ITU-T T.81, B.2.2.
pub(super) struct FrameHeader {
    pub width: u16,
    pub height: u16,
    pub progressive: bool,
    pub components: Vec<Component>,
}

/// A channel, sampled `across` x `down` times in each unit.
pub(super) struct Component {
    pub id: u8,
    pub across: u8,
    pub down: u8,
    /// Number of its table of quantisation.
    quantisation: u8,
}

/// Everything about a file but its pixels.
pub(super) struct Outline<'a> {
    pub frame: FrameHeader,
    /// The end mark is there, and each scan holds data for all of its blocks: a decoder fills what is
    /// missing with grey and says nothing.
    pub whole: bool,
    pub jfif: bool,
    /// The colour transform in the mark of Adobe's programs.
    pub adobe: Option<u8>,
    /// The TIFF structure that notes a camera's orientation.
    pub exif: Option<&'a [u8]>,
    quantisation: Quantisation,
}

/// Why there is no [`Outline`].
pub(super) enum Unread {
    Kind(JpegKind),
    Damaged,
}

impl<'a> Outline<'a> {
    /// Reads the markers and counts the blocks of each scan. `check` judges the frame's size first.
    pub(super) fn of<E: From<Unread>>(
        bytes: &'a [u8],
        check: impl Fn(&FrameHeader) -> Result<(), E>,
    ) -> Result<Self, E> {
        let mut frame = None;
        let mut tables = Tables::default();
        let (mut jfif, mut adobe, mut exif) = (false, None, None);
        let (mut cut, mut ended) = (false, false);
        let mut quantisation = Quantisation::default();
        let mut coverage = Coverage::default();
        let mut scans = 0;
        let mut at = 0;
        while let Some((marker, after)) = next_marker(bytes, at) {
            at = after;
            if stands_alone(marker) {
                continue;
            }
            if marker == END {
                ended = true;
                break;
            }
            let Some(content) = segment(bytes, at) else {
                break;
            };
            at += 2 + content.len();
            match marker {
                0xC0..=0xCF if !matches!(marker, TABLES | 0xC8 | 0xCC) => {
                    if frame.is_some() {
                        return Err(Unread::Kind(JpegKind::Hierarchical).into());
                    }
                    let read = FrameHeader::read(marker, content)?;
                    check(&read)?;
                    coverage = Coverage::of(&read);
                    frame = Some(read);
                }
                HIERARCHY => return Err(Unread::Kind(JpegKind::Hierarchical).into()),
                JPEG_LS => return Err(Unread::Kind(JpegKind::Ls).into()),
                TABLES => tables.huffman.define(content).map_err(Unread::from)?,
                INTERVAL => {
                    tables.interval = content.first_chunk().map_or(0, |n| u16::from_be_bytes(*n))
                }
                QUANTISATION => quantisation.define(content),
                JFIF => jfif |= content.starts_with(b"JFIF\0"),
                EXIF => exif = exif.or(content.strip_prefix(b"Exif\0\0")),
                ADOBE if content.starts_with(b"Adobe") => adobe = content.get(11).copied(),
                SCAN => {
                    scans += 1;
                    if scans > MOST_SCANS {
                        return Err(Unread::Kind(JpegKind::Unusual).into());
                    }
                    let frame = frame.as_ref().ok_or(Unread::Damaged)?;
                    let scan = Scan::read(frame, content).ok_or(Unread::Damaged)?;
                    coverage.add(&scan);
                    match tables.walk(frame, &scan, bytes.get(at..).unwrap_or_default()) {
                        Ok(length) => at += length,
                        Err(jpeg_entropy::Damaged) => cut = true,
                    }
                }
                _ => {}
            }
        }
        let frame = frame.ok_or(Unread::Damaged)?;
        Ok(Self {
            whole: ended && !cut && coverage.is_full(frame.progressive),
            frame,
            jfif,
            adobe,
            exif,
            quantisation,
        })
    }

    /// By which the coefficients of the first component were divided, in the order in which they are stored.
    pub(super) fn quantisation(&self) -> Option<&[u16; 64]> {
        self.quantisation.of(self.frame.components.first()?)
    }
}

impl FrameHeader {
    fn read(marker: u8, content: &[u8]) -> Result<Self, Unread> {
        let &[precision, a, b, c, d, n, ref rest @ ..] = content else {
            return Err(Unread::Damaged);
        };
        let kind = match marker {
            0xC3 => Some(JpegKind::Lossless),
            0xC5..=0xC7 | 0xCD..=0xCF => Some(JpegKind::Hierarchical),
            0xC9..=0xCB => Some(JpegKind::Arithmetic),
            _ if precision != 8 => Some(JpegKind::Deep { bits: precision }),
            // The height stands behind the picture.
            _ if [a, b] == [0, 0] => Some(JpegKind::Unusual),
            _ => None,
        };
        if let Some(kind) = kind {
            return Err(Unread::Kind(kind));
        }
        let components: Vec<_> = rest
            .chunks_exact(3)
            .take(usize::from(n))
            .map(|one| Component {
                id: one[0],
                across: one[1] >> 4,
                down: one[1] & 15,
                quantisation: one[2],
            })
            .collect();
        let sampled =
            |one: &Component| (1..=4).contains(&one.across) && (1..=4).contains(&one.down);
        if components.len() != usize::from(n) || !components.iter().all(sampled) {
            return Err(Unread::Damaged);
        }
        Ok(Self {
            height: u16::from_be_bytes([a, b]),
            width: u16::from_be_bytes([c, d]),
            progressive: marker == 0xC2,
            components,
        })
    }
}

/// Which coefficients of each component the scans bring: the lowest bit that has been sent, 255 for none.
#[derive(Default)]
struct Coverage(Vec<[u8; 64]>);

impl Coverage {
    fn of(frame: &FrameHeader) -> Self {
        Self(vec![[255; 64]; frame.components.len()])
    }

    fn add(&mut self, scan: &Scan) {
        for component in &scan.components {
            if let Some(sent) = self.0.get_mut(component.number) {
                sent[scan.first..=scan.last].fill(scan.low_bit);
            }
        }
    }

    /// All bits of the first component, which is the brightness or a third of it, and the mean of each block of the others.
    fn is_full(&self, progressive: bool) -> bool {
        let first = self.0.first();
        let whole = first.is_some_and(|sent| sent.iter().all(|&bit| bit == 0));
        self.0.iter().all(|sent| sent[0] != 255) && (whole || !progressive)
    }
}

/// The content of the segment whose length stands at `at`.
fn segment(bytes: &[u8], at: usize) -> Option<&[u8]> {
    let length = bytes.get(at..)?.first_chunk()?;
    let length = usize::from(u16::from_be_bytes(*length));
    bytes.get(at + 2..at.checked_add(length)?)
}

/// The next marker from `at` on, skipping coded data, and the place behind it.
fn next_marker(bytes: &[u8], at: usize) -> Option<(u8, usize)> {
    let pairs = bytes.get(at..)?.windows(2);
    let found = pairs
        .enumerate()
        .find(|(_, pair)| pair[0] == 0xFF && pair[1] != 0 && pair[1] != 0xFF);
    found.map(|(offset, pair)| (pair[1], at + offset + 2))
}
