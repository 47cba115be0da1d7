//! The directory of a page: numbered fields, whose values lie in it or elsewhere in the file.

use crate::{Kind, Refusal, bytes::Order};

pub mod tag {
    pub const SUBFILE: u16 = 254;
    pub const WIDTH: u16 = 256;
    pub const HEIGHT: u16 = 257;
    pub const BITS: u16 = 258;
    pub const COMPRESSION: u16 = 259;
    pub const PHOTOMETRIC: u16 = 262;
    pub const FILL_ORDER: u16 = 266;
    pub const STRIP_OFFSETS: u16 = 273;
    pub const ORIENTATION: u16 = 274;
    pub const SAMPLES: u16 = 277;
    pub const ROWS_PER_STRIP: u16 = 278;
    pub const STRIP_BYTES: u16 = 279;
    pub const PLANES: u16 = 284;
    pub const PREDICTOR: u16 = 317;
    pub const COLOUR_MAP: u16 = 320;
    pub const TILE_WIDTH: u16 = 322;
    pub const TILE_HEIGHT: u16 = 323;
    pub const TILE_OFFSETS: u16 = 324;
    pub const TILE_BYTES: u16 = 325;
    pub const INK_SET: u16 = 332;
    pub const EXTRA_SAMPLES: u16 = 338;
    pub const SAMPLE_FORMAT: u16 = 339;
}

/// Pages that are looked at in search of one that is no preview.
const MOST_PAGES: usize = 64;
/// TIFF knows some hundred fields.
const MOST_FIELDS: u64 = 4096;
/// A list of more values is of no picture that is read: tiles of 16 x 16 pixels are 400,000 at most.
const MOST_VALUES: usize = 1 << 22;
/// The bits of a page's kind: a smaller copy, or a mask.
const NO_PICTURE: u64 = 0b101;

pub struct Directory<'a> {
    file: File<'a>,
    fields: Vec<Field>,
}

#[derive(Clone, Copy)]
struct File<'a> {
    bytes: &'a [u8],
    order: Order,
    /// BigTIFF.
    big: bool,
}

struct Field {
    tag: u16,
    /// Of one value.
    bytes: usize,
    count: usize,
    /// Of its values in the file.
    at: usize,
}

impl<'a> Directory<'a> {
    /// Of the first page that is neither a preview nor a mask.
    pub fn of_picture(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let file = File {
            bytes,
            order: match bytes.starts_with(b"II") {
                true => Order::LittleEndian,
                false => Order::BigEndian,
            },
            big: bytes.get(2..4).is_some_and(|two| two.contains(&b'+')),
        };
        let mut next = match file.big {
            // Between them the size of an offset, and zero.
            true if file.number(4, 4) == Some(file.order.number(&file.eight_and_zero())) => {
                file.offset(8)
            }
            true => None,
            false => file.offset(4),
        }
        .ok_or(Refusal::Damaged)?;
        for _ in 0..MOST_PAGES {
            if next == 0 {
                break;
            }
            let (directory, following) = Self::at(file, next).ok_or(Refusal::Damaged)?;
            if directory.number(tag::SUBFILE, 0)? & NO_PICTURE == 0 {
                return Ok(directory);
            }
            next = following;
        }
        Err(Kind::UnusualTiff.into())
    }

    /// The directory at a place, and where the next one is; 0 if there is none.
    fn at(file: File<'a>, at: usize) -> Option<(Self, usize)> {
        let (count_bytes, field_bytes) = if file.big { (8, 20) } else { (2, 12) };
        let count = file.number(at, count_bytes)?;
        if count > MOST_FIELDS {
            return None;
        }
        let first = at.checked_add(count_bytes)?;
        let place = |field: usize| first.checked_add(field * field_bytes);
        let fields: Option<Vec<Field>> = (0..count as usize)
            .map(|field| Field::at(file, place(field)?))
            .collect();
        let fields = fields?;
        // Some files end right behind their last directory.
        let next = file.offset(place(fields.len())?).unwrap_or(0);
        Some((Self { file, fields }, next))
    }

    pub fn order(&self) -> Order {
        self.file.order
    }

    pub fn bytes(&self) -> &'a [u8] {
        self.file.bytes
    }

    pub fn has(&self, tag: u16) -> bool {
        self.fields.iter().any(|field| field.tag == tag)
    }

    /// All values of a field; none if it is not there.
    pub fn list(&self, tag: u16) -> Result<Vec<u64>, Refusal> {
        let Some(field) = self.fields.iter().find(|field| field.tag == tag) else {
            return Ok(Vec::new());
        };
        let values = field.values(self.file).ok_or(Refusal::Damaged)?;
        let number = |value: &[u8]| self.file.order.number(value);
        Ok(values.chunks_exact(field.bytes).map(number).collect())
    }

    /// The first value of a field, or what goes without saying.
    pub fn number(&self, tag: u16, unsaid: u64) -> Result<u64, Refusal> {
        match self.has(tag) {
            true => self.wanted(tag),
            false => Ok(unsaid),
        }
    }

    /// The first value of a field without which there is no picture.
    pub fn wanted(&self, tag: u16) -> Result<u64, Refusal> {
        let field = self.fields.iter().find(|field| field.tag == tag);
        let values = field.and_then(|field| field.values(self.file)?.get(..field.bytes));
        let value = values.ok_or(Refusal::Damaged)?;
        Ok(self.file.order.number(value))
    }

    /// As Exif numbers it; upright where the file says nothing that makes sense.
    pub fn orientation(&self) -> u8 {
        match self.number(tag::ORIENTATION, 1) {
            Ok(known @ 1..=8) => known as u8,
            _ => 1,
        }
    }
}

impl Field {
    fn at(file: File, at: usize) -> Option<Self> {
        let tag = file.number(at, 2)? as u16;
        // A kind that is not known here (fractions, numbers with a sign) has no values.
        let bytes = match file.number(at + 2, 2)? {
            1 | 2 | 7 => 1,
            3 => 2,
            4 | 13 => 4,
            16 | 18 => 8,
            _ => 0,
        };
        let inline = file.offset_bytes();
        let count = usize::try_from(file.number(at + 4, inline)?).ok()?;
        let place = at + 4 + inline;
        let at = match count.checked_mul(bytes)? <= inline {
            true => place,
            false => file.offset(place)?,
        };
        Some(Self {
            tag,
            bytes,
            count,
            at,
        })
    }

    fn values<'a>(&self, file: File<'a>) -> Option<&'a [u8]> {
        if self.bytes == 0 || !(1..=MOST_VALUES).contains(&self.count) {
            return None;
        }
        let end = self.at.checked_add(self.count.checked_mul(self.bytes)?)?;
        file.bytes.get(self.at..end)
    }
}

impl File<'_> {
    fn number(self, at: usize, bytes: usize) -> Option<u64> {
        self.order.number_at(self.bytes, at, bytes)
    }

    fn offset_bytes(self) -> usize {
        if self.big { 8 } else { 4 }
    }

    fn offset(self, at: usize) -> Option<usize> {
        usize::try_from(self.number(at, self.offset_bytes())?).ok()
    }

    /// As BigTIFF has them behind its signature.
    fn eight_and_zero(self) -> [u8; 4] {
        match self.order {
            Order::LittleEndian => [8, 0, 0, 0],
            Order::BigEndian => [0, 8, 0, 0],
        }
    }
}
