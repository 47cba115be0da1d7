//! How numbers and headers of elements are written, PS3.5, 7.

use super::tag::Tag;

/// The length that says: until a delimiter.
const UNDEFINED: u32 = u32::MAX;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ByteOrder {
    Little,
    Big,
}

impl ByteOrder {
    pub(crate) fn u16(self, bytes: [u8; 2]) -> u16 {
        match self {
            Self::Little => u16::from_le_bytes(bytes),
            Self::Big => u16::from_be_bytes(bytes),
        }
    }

    pub(crate) fn u32(self, bytes: [u8; 4]) -> u32 {
        match self {
            Self::Little => u32::from_le_bytes(bytes),
            Self::Big => u32::from_be_bytes(bytes),
        }
    }

    pub(crate) fn u64(self, bytes: [u8; 8]) -> u64 {
        match self {
            Self::Little => u64::from_le_bytes(bytes),
            Self::Big => u64::from_be_bytes(bytes),
        }
    }
}

/// Value representation: the two letters that an explicit element has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Vr(pub [u8; 2]);

impl Vr {
    pub(crate) const SS: Self = Self(*b"SS");
    pub(crate) const US: Self = Self(*b"US");
    pub(crate) const OB: Self = Self(*b"OB");
    const UN: Self = Self(*b"UN");

    /// With two reserved bytes and a length of four.
    fn is_long(self) -> bool {
        matches!(
            &self.0,
            b"OB"
                | b"OD"
                | b"OF"
                | b"OL"
                | b"OV"
                | b"OW"
                | b"SQ"
                | b"SV"
                | b"UC"
                | b"UN"
                | b"UR"
                | b"UT"
                | b"UV"
        )
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Encoding {
    pub explicit: bool,
    pub order: ByteOrder,
}

impl Encoding {
    pub(crate) const IMPLICIT: Self = Self {
        explicit: false,
        order: ByteOrder::Little,
    };
    pub(crate) const EXPLICIT: Self = Self {
        explicit: true,
        order: ByteOrder::Little,
    };
    pub(crate) const EXPLICIT_BIG: Self = Self {
        explicit: true,
        order: ByteOrder::Big,
    };

    /// What is nested in an element of unknown representation is implicit, PS3.5, 6.2.2.
    pub(crate) fn within(self, vr: Option<Vr>) -> Self {
        match vr {
            Some(Vr::UN) => Self::IMPLICIT,
            _ => self,
        }
    }

    /// The header at the beginning of `bytes`; `None` if they end in it.
    pub(super) fn header(self, bytes: &[u8]) -> Option<Header> {
        let &[a, b, c, d, rest @ ..] = bytes.first_chunk::<8>()?;
        let tag = Tag(self.order.u16([a, b]), self.order.u16([c, d]));
        let letters = [rest[0], rest[1]];
        // Some writers mix implicit elements among explicit ones; no length looks like two capital letters and is meant.
        let vr =
            (self.explicit && !tag.is_delimiter() && letters.iter().all(u8::is_ascii_uppercase))
                .then_some(Vr(letters));
        let (length, size) = match vr {
            Some(vr) if vr.is_long() => (self.order.u32(*bytes.get(8..)?.first_chunk()?), 12),
            Some(_) => (u32::from(self.order.u16([rest[2], rest[3]])), 8),
            None => (self.order.u32(rest), 8),
        };
        Some(Header {
            tag,
            vr,
            length: (length != UNDEFINED).then_some(length as usize),
            size,
        })
    }
}

/// Of an element, an item or a delimiter.
pub(super) struct Header {
    pub tag: Tag,
    pub vr: Option<Vr>,
    /// Of the value, in bytes; `None` if a delimiter ends it.
    pub length: Option<usize>,
    /// Of the header itself, in bytes.
    pub size: usize,
}
