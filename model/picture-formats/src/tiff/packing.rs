//! What the bytes of a strip or tile are packed with.

use std::borrow::Cow;

use miniz_oxide::inflate::{
    TINFLStatus,
    core::{DecompressorOxide, decompress, inflate_flags},
};
use weezl::{BitOrder, LzwStatus, decode::Decoder};

use crate::{Kind, Refusal};

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    None,
    Lzw,
    Deflate,
    PackBits,
}

impl Packing {
    /// By TIFF's number.
    pub fn of(number: u64) -> Result<Self, Kind> {
        let name = match number {
            1 => return Ok(Self::None),
            5 => return Ok(Self::Lzw),
            8 | 32_946 => return Ok(Self::Deflate),
            32_773 => return Ok(Self::PackBits),
            2..=4 => "CCITT".into(),
            6 | 7 => "JPEG".into(),
            33_003 | 33_005 | 34_712 => "JPEG 2000".into(),
            50_000 => "Zstandard".into(),
            50_001 => "WebP".into(),
            other => other.to_string(),
        };
        Err(Kind::TiffCompression { name })
    }

    /// Whether samples may be stored as differences.
    pub fn takes_differences(self) -> bool {
        matches!(self, Self::Lzw | Self::Deflate)
    }

    /// Exactly `length` bytes; what lies behind them does not matter.
    pub fn unpacked(self, packed: &[u8], length: usize) -> Result<Cow<'_, [u8]>, Refusal> {
        if self == Self::None {
            let bytes = packed.get(..length).ok_or(Refusal::Damaged)?;
            return Ok(Cow::Borrowed(bytes));
        }
        let mut bytes = vec![0; length];
        let whole = match self {
            Self::None | Self::PackBits => unpack_bits(packed, &mut bytes),
            Self::Lzw => unpack_lzw(packed, &mut bytes),
            Self::Deflate => inflate(packed, &mut bytes),
        };
        match whole {
            true => Ok(Cow::Owned(bytes)),
            false => Err(Refusal::Damaged),
        }
    }
}

/// Runs of one byte, and of different ones (TIFF 6.0, section 9). Whether all of `out` was filled.
fn unpack_bits(mut packed: &[u8], mut out: &mut [u8]) -> bool {
    while !out.is_empty() {
        let Some((&length, rest)) = packed.split_first() else {
            return false;
        };
        packed = rest;
        let signed = length as i8;
        if signed == i8::MIN {
            continue;
        }
        let run = usize::from(signed.unsigned_abs()) + 1;
        let filled = run.min(out.len());
        let (now, later) = out.split_at_mut(filled);
        out = later;
        if signed < 0 {
            let Some((&byte, rest)) = packed.split_first() else {
                return false;
            };
            now.fill(byte);
            packed = rest;
        } else {
            let Some(bytes) = packed.get(..filled) else {
                return false;
            };
            now.copy_from_slice(bytes);
            packed = packed.get(run..).unwrap_or_default();
        }
    }
    true
}

fn unpack_lzw(mut packed: &[u8], mut out: &mut [u8]) -> bool {
    let mut decoder = Decoder::with_tiff_size_switch(BitOrder::Msb, 8);
    while !out.is_empty() {
        let result = decoder.decode_bytes(packed, out);
        packed = packed.get(result.consumed_in..).unwrap_or_default();
        out = out.get_mut(result.consumed_out..).unwrap_or_default();
        match result.status {
            Ok(LzwStatus::Ok) if result.consumed_in + result.consumed_out > 0 => {}
            _ => break,
        }
    }
    out.is_empty()
}

fn inflate(packed: &[u8], out: &mut [u8]) -> bool {
    let flags = inflate_flags::TINFL_FLAG_PARSE_ZLIB_HEADER
        | inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
    let (status, _, written) = decompress(&mut DecompressorOxide::new(), packed, out, 0, flags);
    matches!(status, TINFLStatus::Done | TINFLStatus::HasMoreOutput) && written == out.len()
}
