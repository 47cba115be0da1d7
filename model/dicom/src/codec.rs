//! Compressed pixels to samples. Each decoder takes one frame's stream, checks that it holds the samples that the
//! object speaks of, and gives them pixel by pixel.

use crate::{
    pixels::{Integer, PixelFormat, Samples},
    refusal::{Compression, Refusal},
};

pub(crate) fn decode(
    compression: Compression,
    _stream: &[u8],
    _format: &PixelFormat,
    _integer: Integer,
) -> Result<Samples, Refusal> {
    Err(Refusal::Unusual { compression })
}

/// A deflated data set, at most `limit` bytes.
pub(crate) fn inflate(_bytes: &[u8], _limit: usize) -> Result<Vec<u8>, Refusal> {
    Err(Refusal::Unusual {
        compression: Compression::Deflate,
    })
}
