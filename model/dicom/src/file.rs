//! The outer form of an object: preamble, file header, and where its data set begins, PS3.10, 7.

use std::borrow::Cow;

use crate::{
    codec,
    data_set::{Broken, ByteOrder, DataSet, Elements, Encoding, Tag, tag},
    refusal::Refusal,
    transfer_syntax::TransferSyntax,
};

const PREAMBLE: usize = 128;
const MAGIC: &[u8] = b"DICM";
/// More than this is not inflated, in bytes: the largest picture of 16 bits and its attributes.
const MAX_INFLATED: usize = 256 << 20;

/// An object's bytes, ready to be walked through.
pub(crate) struct File<'a> {
    /// Those of the file, or what was inflated.
    pub bytes: Cow<'a, [u8]>,
    /// Where the data set begins.
    pub start: usize,
    pub syntax: TransferSyntax,
    /// "DICM" is there, so that it is no chance if it looks like DICOM.
    pub named: bool,
    /// Of the file header: the kind of object.
    pub sop_class: Option<String>,
}

/// Whether the beginning looks like DICOM, with or without preamble. A few bytes are looked at.
pub fn is_dicom(bytes: &[u8]) -> bool {
    after_magic(bytes).is_some() || bare(bytes).is_some()
}

fn after_magic(bytes: &[u8]) -> Option<usize> {
    let magic = |at: usize| bytes.get(at..).is_some_and(|rest| rest.starts_with(MAGIC));
    [PREAMBLE, 0]
        .into_iter()
        .find(|&at| magic(at))
        .map(|at| at + MAGIC.len())
}

/// How a data set without "DICM" is written, guessed by its first element, which is of the file header or of the group
/// that comes next (identification), and has a short value.
fn bare(bytes: &[u8]) -> Option<Encoding> {
    let &[a, b, c, d, e, f, g, h] = bytes.first_chunk()?;
    let order = match [a, b] {
        [2 | 8, 0] => ByteOrder::Little,
        [0, 2 | 8] => ByteOrder::Big,
        _ => return None,
    };
    const KNOWN: [&[u8; 2]; 9] = [
        b"UL", b"UI", b"CS", b"SH", b"LO", b"DA", b"TM", b"OB", b"ST",
    ];
    let element = order.u16([c, d]);
    let explicit = KNOWN.contains(&&[e, f]);
    let length = order.u32([e, f, g, h]);
    let plausible =
        element <= 0x0100 && (explicit || (length <= 256 && (length as usize) < bytes.len()));
    plausible.then_some(Encoding { explicit, order })
}

impl<'a> File<'a> {
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let start = after_magic(bytes);
        let named = start.is_some();
        if !named && bare(bytes).is_none() {
            return Err(Refusal::NotDicom);
        }
        let (header, start) = header(bytes, start.unwrap_or(0))?;
        let sop_class = header.code(tag::MEDIA_STORAGE_SOP_CLASS);
        let syntax = header
            .code(tag::TRANSFER_SYNTAX)
            .map(|uid| TransferSyntax::of(&uid));
        let rest = bytes.get(start..).unwrap_or_default();
        if let Some(syntax) = syntax
            && syntax.deflated
        {
            return Ok(Self {
                bytes: Cow::Owned(codec::inflate(rest, MAX_INFLATED)?),
                start: 0,
                syntax,
                sop_class,
                named,
            });
        }
        Ok(Self {
            bytes: Cow::Borrowed(bytes),
            start,
            syntax: as_written(syntax, rest)?,
            sop_class,
            named,
        })
    }
}

/// The elements of the file header, which is always explicit and little endian, and where it ends.
fn header(bytes: &[u8], start: usize) -> Result<(DataSet<'_>, usize), Refusal> {
    let rest = &bytes[start..];
    let mut end = 0;
    // Its length stands in its first element, but not always right: the group says where it ends.
    while rest.get(end..end + 2) == Some(&[2, 0]) {
        let mut one = Elements::new(&rest[end..], Encoding::EXPLICIT);
        match one.next() {
            Some(Ok(_)) => end += one.position(),
            Some(Err(Broken::Malformed)) => return Err(Refusal::Damaged),
            _ => return Err(Refusal::Truncated),
        }
    }
    let (header, _) = DataSet::read(&mut Elements::new(&rest[..end], Encoding::EXPLICIT));
    Ok((header, start + end))
}

/// The syntax that the header names, corrected where the first element is plainly written otherwise; where no header
/// is, the one that fits.
fn as_written(syntax: Option<TransferSyntax>, rest: &[u8]) -> Result<TransferSyntax, Refusal> {
    let first = rest.first_chunk::<6>().ok_or(Refusal::Truncated)?;
    let explicit = first[4..].iter().all(u8::is_ascii_uppercase);
    let big = |tag: Tag| tag.0.swap_bytes() < tag.0;
    let tag = Tag(u16::from_le_bytes([first[0], first[1]]), 0);
    let order = match big(tag) {
        true => ByteOrder::Big,
        false => ByteOrder::Little,
    };
    let plain = TransferSyntax::of("1.2.840.10008.1.2");
    Ok(match syntax {
        None => TransferSyntax {
            encoding: Encoding { explicit, order },
            ..plain
        },
        Some(syntax) if syntax.encoding.explicit != explicit => TransferSyntax {
            encoding: Encoding {
                explicit,
                ..syntax.encoding
            },
            ..syntax
        },
        Some(syntax) => syntax,
    })
}
