//! RLE: the bytes of all samples, highest first and colour by colour, in runs, PS3.5, G.

use super::{Fault, Shape};
use crate::pixels::{Integer, Samples};

const HEADER: usize = 64;

pub(super) fn decode(stream: &[u8], shape: Shape, integer: Integer) -> Result<Samples, Fault> {
    let header = stream.get(..HEADER).ok_or(Fault::Damaged)?;
    let header: Vec<usize> = header
        .as_chunks::<4>()
        .0
        .iter()
        .map(|&number| u32::from_le_bytes(number) as usize)
        .collect();
    let (count, offsets) = (header[0], &header[1..]);
    if integer.allocated == 1 {
        return Err(Fault::Unusual);
    }
    let bytes = integer.allocated as usize / 8;
    if count != bytes * shape.channels || count > offsets.len() {
        return Err(Fault::Channels);
    }
    let pixels = shape.width * shape.height;
    // Nothing of this length unpacks to all of the pixels: 128 of them take two bytes.
    if stream.len() - HEADER < count * pixels.div_ceil(128) * 2 {
        return Err(Fault::Damaged);
    }
    let segment = |number: usize| {
        let begin = offsets[number];
        let end = match number + 1 < count {
            true => offsets[number + 1],
            false => stream.len(),
        };
        stream
            .get(begin..end)
            .filter(|_| begin >= HEADER)
            .ok_or(Fault::Damaged)
    };
    if bytes <= 2 {
        let mut words = vec![0_u16; shape.samples()];
        for number in 0..count {
            let samples = words
                .iter_mut()
                .skip(number / bytes)
                .step_by(shape.channels);
            unpack(segment(number)?, samples, |sample, byte| {
                *sample = *sample << 8 | u16::from(byte)
            })?;
        }
        return Ok(Samples::Words { words, integer });
    }
    let mut longs = vec![0_u32; shape.samples()];
    for number in 0..count {
        let samples = longs
            .iter_mut()
            .skip(number / bytes)
            .step_by(shape.channels);
        unpack(segment(number)?, samples, |sample, byte| {
            *sample = *sample << 8 | u32::from(byte)
        })?;
    }
    Ok(Samples::Longs { longs, integer })
}

/// Puts the bytes of a segment, which may hold more, into all of `samples`.
fn unpack<'a, T: 'a>(
    mut segment: &[u8],
    mut samples: impl ExactSizeIterator<Item = &'a mut T>,
    put: impl Fn(&mut T, u8),
) -> Result<(), Fault> {
    while samples.len() > 0 {
        let (&head, rest) = segment.split_first().ok_or(Fault::Damaged)?;
        segment = rest;
        match head {
            0..128 => {
                let (bytes, rest) = segment
                    .split_at_checked(usize::from(head) + 1)
                    .ok_or(Fault::Damaged)?;
                segment = rest;
                for (&byte, sample) in bytes.iter().zip(&mut samples) {
                    put(sample, byte);
                }
            }
            128 => {}
            129.. => {
                let (&byte, rest) = segment.split_first().ok_or(Fault::Damaged)?;
                segment = rest;
                for sample in samples.by_ref().take(257 - usize::from(head)) {
                    put(sample, byte);
                }
            }
        }
    }
    Ok(())
}
