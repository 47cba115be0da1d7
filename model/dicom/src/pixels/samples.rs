//! Samples in the machine's own numbers.

use super::Integer;
use crate::data_set::ByteOrder;

/// The samples of a frame, pixel by pixel.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Samples {
    /// At most 16 bits each, with what stands above and below the stored bits. `integer` says how a number is found.
    Words {
        words: Vec<u16>,
        integer: Integer,
    },
    /// The same with 32 bits.
    Longs {
        longs: Vec<u32>,
        integer: Integer,
    },
    Floats(Vec<f32>),
}

/// `bytes` hold `count` samples from the bit `first_bit` on; `planes`: they lie colour by colour, with so many pixels.
pub(super) fn integers(
    bytes: &[u8],
    order: ByteOrder,
    integer: Integer,
    (count, first_bit): (usize, usize),
    planes: Option<usize>,
) -> Samples {
    match integer.allocated {
        1 => {
            let bit = |at: usize| u16::from(bytes[at / 8] >> (at % 8) & 1);
            let words = (first_bit..first_bit + count).map(bit).collect();
            words_of(words, integer, planes)
        }
        8 => words_of(
            bytes.iter().copied().map(u16::from).collect(),
            integer,
            planes,
        ),
        16 => {
            let pairs = bytes.chunks_exact(2);
            let words = pairs.map(|pair| order.u16([pair[0], pair[1]])).collect();
            words_of(words, integer, planes)
        }
        _ => {
            let fours = bytes.chunks_exact(4);
            let longs: Vec<u32> = fours
                .map(|four| order.u32([four[0], four[1], four[2], four[3]]))
                .collect();
            Samples::Longs {
                longs: match planes {
                    Some(pixels) => interleaved(&longs, pixels),
                    None => longs,
                },
                integer,
            }
        }
    }
}

fn words_of(words: Vec<u16>, integer: Integer, planes: Option<usize>) -> Samples {
    Samples::Words {
        words: match planes {
            Some(pixels) => interleaved(&words, pixels),
            None => words,
        },
        integer,
    }
}

fn interleaved<T: Copy>(planes: &[T], pixels: usize) -> Vec<T> {
    let channels = planes.len() / pixels;
    (0..pixels)
        .flat_map(|pixel| (0..channels).map(move |channel| planes[channel * pixels + pixel]))
        .collect()
}

pub(super) fn floats(bytes: &[u8], order: ByteOrder) -> Samples {
    let fours = bytes.chunks_exact(4);
    let float = |four: &[u8]| f32::from_bits(order.u32([four[0], four[1], four[2], four[3]]));
    Samples::Floats(fours.map(float).collect())
}

pub(super) fn doubles(bytes: &[u8], order: ByteOrder) -> Samples {
    let eights = bytes.as_chunks::<8>().0;
    let float = |&eight: &[u8; 8]| f64::from_bits(order.u64(eight)) as f32;
    Samples::Floats(eights.iter().map(float).collect())
}
