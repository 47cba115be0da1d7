//! TIFF, BMP and WebP files, written by hand where no crate writes the kind.

use std::iter;

/// A TIFF file of one or several pages.
pub struct Tiff {
    pub big_endian: bool,
    /// BigTIFF.
    pub big: bool,
    pub pages: Vec<Page>,
}

pub struct Page {
    /// Numbers and values; those of the chunks are put in beside them.
    pub fields: Vec<(u16, Vec<u64>)>,
    pub tiles: bool,
    /// As they lie in the file.
    pub chunks: Vec<Vec<u8>>,
}

impl Page {
    /// An uncompressed strip: grey, 0 is black.
    pub fn grey(width: u32, height: u32, bits: u64, strip: Vec<u8>) -> Self {
        let fields = [
            (256, u64::from(width)),
            (257, u64::from(height)),
            (258, bits),
            (262, 1),
            (277, 1),
        ];
        Self {
            fields: fields.map(|(tag, value)| (tag, vec![value])).to_vec(),
            tiles: false,
            chunks: vec![strip],
        }
    }

    /// With a field in place of one that may be there.
    pub fn with(mut self, tag: u16, values: &[u64]) -> Self {
        self.fields.retain(|(other, _)| *other != tag);
        self.fields.push((tag, values.to_vec()));
        self
    }
}

impl Tiff {
    pub fn of(page: Page) -> Self {
        Self {
            big_endian: false,
            big: false,
            pages: vec![page],
        }
    }

    pub fn bytes(&self) -> Vec<u8> {
        let wide = if self.big { 8 } else { 4 };
        let mut file: Vec<u8> = match self.big_endian {
            true => b"MM".to_vec(),
            false => b"II".to_vec(),
        };
        self.put(&mut file, if self.big { 43 } else { 42 }, 2);
        if self.big {
            self.put(&mut file, 8, 2);
            self.put(&mut file, 0, 2);
        }
        let mut link = file.len();
        self.put(&mut file, 0, wide);
        for page in &self.pages {
            let mut places = (Vec::new(), Vec::new());
            for chunk in &page.chunks {
                places.0.push(file.len() as u64);
                places.1.push(chunk.len() as u64);
                file.extend(chunk);
            }
            let (offsets, lengths) = if page.tiles { (324, 325) } else { (273, 279) };
            let mut fields = page.fields.clone();
            fields.push((offsets, places.0));
            fields.push((lengths, places.1));
            fields.sort();
            let mut entries = Vec::new();
            for (tag, values) in &fields {
                let (kind, size) = match values.iter().max() {
                    Some(..0x1_0000) => (3, 2),
                    _ => (4, 4),
                };
                let mut data = Vec::new();
                values
                    .iter()
                    .for_each(|&value| self.put(&mut data, value, size));
                if data.len() > wide {
                    let at = file.len() as u64;
                    file.extend(&data);
                    data.clear();
                    self.put(&mut data, at, wide);
                }
                data.resize(wide, 0);
                self.put(&mut entries, u64::from(*tag), 2);
                self.put(&mut entries, kind, 2);
                self.put(&mut entries, values.len() as u64, wide);
                entries.extend(data);
            }
            let here = file.len() as u64;
            let mut place = Vec::new();
            self.put(&mut place, here, wide);
            file[link..link + wide].copy_from_slice(&place);
            self.put(&mut file, fields.len() as u64, if self.big { 8 } else { 2 });
            file.extend(entries);
            link = file.len();
            self.put(&mut file, 0, wide);
        }
        file
    }

    fn put(&self, out: &mut Vec<u8>, value: u64, bytes: usize) {
        let little = &value.to_le_bytes()[..bytes];
        match self.big_endian {
            true => out.extend(little.iter().rev()),
            false => out.extend(little),
        }
    }
}

/// PackBits with runs of different bytes alone, and one run of equal ones at the start if there is one.
pub fn packed_bits(bytes: &[u8]) -> Vec<u8> {
    let same = bytes
        .iter()
        .take_while(|byte| **byte == bytes[0])
        .take(128)
        .count();
    let (run, rest) = bytes.split_at(if same > 1 { same } else { 0 });
    let mut packed = match run {
        [byte, ..] => vec![(1 - run.len() as i16) as u8, *byte],
        [] => Vec::new(),
    };
    for part in rest.chunks(128) {
        packed.push(part.len() as u8 - 1);
        packed.extend(part);
    }
    packed
}

/// The header, of 40 bytes or more, is filled up with `behind`; the palette, and what else stands before the pixels, too.
pub fn bmp(
    (width, height): (i32, i32),
    (bits, packing): (u16, u32),
    (header, behind): (u32, &[u8]),
    pixels: &[u8],
) -> Vec<u8> {
    let start = 14 + 40 + behind.len() as u32;
    let mut file = b"BM".to_vec();
    file.extend((start + pixels.len() as u32).to_le_bytes());
    file.extend([0; 4]);
    file.extend(start.to_le_bytes());
    file.extend(header.to_le_bytes());
    file.extend(width.to_le_bytes());
    file.extend(height.to_le_bytes());
    file.extend(1_u16.to_le_bytes());
    file.extend(bits.to_le_bytes());
    file.extend(packing.to_le_bytes());
    file.extend([0; 20]);
    file.extend(behind);
    file.extend(pixels);
    file
}

/// Rows of a BMP, from the top, filled up to four bytes each and put the other way round.
pub fn bmp_rows(rows: &[Vec<u8>]) -> Vec<u8> {
    let filled = |row: &Vec<u8>| {
        let length = row.len().next_multiple_of(4);
        let filler = iter::repeat_n(0, length - row.len());
        row.iter().copied().chain(filler).collect::<Vec<u8>>()
    };
    rows.iter().rev().flat_map(filled).collect()
}

/// A lossless WebP.
pub fn webp(width: u32, height: u32, color: image_webp::ColorType, samples: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = image_webp::WebPEncoder::new(&mut bytes);
    encoder.encode(samples, width, height, color).unwrap();
    bytes
}
