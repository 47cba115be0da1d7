//! Entropy-coded data of JPEG, ITU-T T.81: its Huffman tables, and the symbols and numbers in its bits.
//!
//! The DICOM reader decodes with it (sequential and lossless), the reader of JPEG files counts whether a scan is whole
//! (sequential and progressive). Neither frames nor pixels are known here.

mod bits;
mod tables;

pub use bits::Bits;
pub use tables::{HuffmanTable, HuffmanTables};

/// The data end early or make no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damaged;
