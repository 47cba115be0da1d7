//! How an object is written, PS3.5, 10 and annex A.

use crate::{data_set::Encoding, refusal::Compression};

/// What a transfer syntax says about attributes and pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TransferSyntax {
    pub encoding: Encoding,
    /// The whole data set is compressed.
    pub deflated: bool,
    pub pixels: Storage,
    pub name: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Storage {
    Native,
    Compressed(Compression),
    /// Known by its name only.
    Unread,
}

impl TransferSyntax {
    /// By the unique identifier in the file's header. Of those that are not known only the pixels cannot be read.
    pub(crate) fn of(uid: &str) -> Self {
        let Some(number) = uid.strip_prefix("1.2.840.10008.1.2") else {
            return unread("a private transfer syntax");
        };
        match number {
            "" => Self {
                encoding: Encoding::IMPLICIT,
                ..native("Implicit VR Little Endian")
            },
            ".1" => native("Explicit VR Little Endian"),
            ".2" => Self {
                encoding: Encoding::EXPLICIT_BIG,
                ..native("Explicit VR Big Endian")
            },
            ".1.98" => native("Encapsulated Uncompressed Explicit VR Little Endian"),
            ".1.99" => Self {
                deflated: true,
                ..native("Deflated Explicit VR Little Endian")
            },
            ".8.1" => compressed(Compression::Deflate, "Deflated Image Frame Compression"),
            ".5" => compressed(Compression::Rle, "RLE Lossless"),
            ".4.50" => compressed(Compression::Jpeg, "JPEG Baseline (Process 1)"),
            ".4.51" => compressed(Compression::Jpeg, "JPEG Extended (Process 2 & 4)"),
            ".4.57" => compressed(Compression::JpegLossless, "JPEG Lossless (Process 14)"),
            ".4.70" => compressed(
                Compression::JpegLossless,
                "JPEG Lossless, First-Order Prediction (Process 14, Selection Value 1)",
            ),
            ".4.80" => compressed(Compression::JpegLs, "JPEG-LS Lossless"),
            ".4.81" => compressed(Compression::JpegLs, "JPEG-LS Near-Lossless"),
            ".4.90" => compressed(Compression::Jpeg2000, "JPEG 2000 (Lossless Only)"),
            ".4.91" => compressed(Compression::Jpeg2000, "JPEG 2000"),
            ".4.92" => compressed(
                Compression::Jpeg2000,
                "JPEG 2000 Part 2 Multi-component (Lossless Only)",
            ),
            ".4.93" => compressed(Compression::Jpeg2000, "JPEG 2000 Part 2 Multi-component"),
            ".4.52" | ".4.53" | ".4.54" | ".4.55" | ".4.56" => {
                unread("JPEG Progressive or Spectral Selection")
            }
            ".4.94" | ".4.95" => unread("JPIP Referenced"),
            ".4.100" | ".4.100.1" | ".4.101" | ".4.101.1" => unread("MPEG-2"),
            ".4.102" | ".4.102.1" | ".4.103" | ".4.103.1" | ".4.104" | ".4.104.1" | ".4.105"
            | ".4.105.1" | ".4.106" | ".4.106.1" => unread("MPEG-4 AVC/H.264"),
            ".4.107" | ".4.108" => unread("HEVC/H.265"),
            ".4.110" | ".4.111" | ".4.112" => unread("JPEG XL"),
            ".4.201" | ".4.202" | ".4.203" => unread("High-Throughput JPEG 2000"),
            ".4.204" | ".4.205" => unread("JPIP High-Throughput JPEG 2000 Referenced"),
            _ => unread("an unknown transfer syntax"),
        }
    }
}

const fn native(name: &'static str) -> TransferSyntax {
    TransferSyntax {
        encoding: Encoding::EXPLICIT,
        deflated: false,
        pixels: Storage::Native,
        name,
    }
}

fn compressed(compression: Compression, name: &'static str) -> TransferSyntax {
    TransferSyntax {
        pixels: Storage::Compressed(compression),
        ..native(name)
    }
}

fn unread(name: &'static str) -> TransferSyntax {
    TransferSyntax {
        pixels: Storage::Unread,
        ..native(name)
    }
}
