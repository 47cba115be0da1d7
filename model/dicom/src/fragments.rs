//! Compressed pixels lie in fragments: which of them make a frame, PS3.5, A.4.

use std::{borrow::Cow, ops::Range};

use crate::{
    data_set::{ByteOrder, DataSet, Element, tag},
    refusal::{Attribute, Refusal},
};

/// For each frame its fragments, as places within the object's bytes.
pub(crate) struct Fragments {
    places: Vec<Range<usize>>,
    /// Number of the first fragment of each frame.
    first: Vec<usize>,
}

impl Fragments {
    /// `start`: where the bytes begin that the element was found in.
    pub(crate) fn find(
        data: &DataSet,
        element: &Element,
        start: usize,
        frames: u32,
    ) -> Result<Self, Refusal> {
        let mut items = element.items();
        let table = items.next().ok_or(Refusal::Truncated)?;
        let base = start + element.start;
        let mut places = Vec::new();
        // From the first fragment's header, as the offset tables count.
        let mut offsets = Vec::new();
        let origin = table.start + table.content.len();
        for item in items {
            offsets.push((item.start - 8 - origin) as u64);
            let begin = base + item.start;
            places.push(begin..begin + item.content.len());
        }
        if places.is_empty() {
            return Err(Refusal::Truncated);
        }
        let frames = frames as usize;
        let first = match frames {
            1 => Some(vec![0]),
            _ => None,
        };
        let by_table = |table: Vec<u64>| -> Option<Vec<usize>> {
            let number = |offset: &u64| offsets.binary_search(offset).ok();
            let first: Vec<usize> = table
                .iter()
                .take(frames)
                .map(number)
                .collect::<Option<_>>()?;
            let rises = first.first() == Some(&0) && first.is_sorted_by(|a, b| a < b);
            (first.len() == frames && rises).then_some(first)
        };
        let first = first
            .or_else(|| by_table(basic(table.content)))
            .or_else(|| by_table(extended(data)))
            .or_else(|| (places.len() == frames).then(|| (0..frames).collect()))
            .or_else(|| by_start(element, frames));
        match first {
            Some(first) => Ok(Self { places, first }),
            None if places.len() < frames => Err(Refusal::Truncated),
            None => Err(Refusal::invalid(Attribute::Frames)),
        }
    }

    /// The compressed stream of a frame.
    pub(crate) fn frame<'b>(&self, bytes: &'b [u8], index: u32) -> Result<Cow<'b, [u8]>, Refusal> {
        let no_such = Refusal::NoSuchFrame {
            index,
            frames: self.first.len() as u32,
        };
        let &first = self.first.get(index as usize).ok_or(no_such)?;
        let after = self
            .first
            .get(index as usize + 1)
            .copied()
            .unwrap_or(self.places.len());
        Ok(match &self.places[first..after] {
            [one] => Cow::Borrowed(&bytes[one.clone()]),
            several => Cow::Owned(
                several
                    .iter()
                    .flat_map(|place| &bytes[place.clone()])
                    .copied()
                    .collect(),
            ),
        })
    }
}

fn basic(table: &[u8]) -> Vec<u64> {
    let entries = table.chunks_exact(4);
    entries
        .map(|entry| u32::from_le_bytes([entry[0], entry[1], entry[2], entry[3]]).into())
        .collect()
}

fn extended(data: &DataSet) -> Vec<u64> {
    let entries = data
        .get(tag::EXTENDED_OFFSET_TABLE)
        .map(|element| element.value.chunks_exact(8));
    let number = |entry: &[u8]| {
        entry
            .first_chunk()
            .map(|&entry| ByteOrder::Little.u64(entry))
    };
    entries.into_iter().flatten().filter_map(number).collect()
}

/// Without a table, by what JPEG, JPEG-LS and JPEG 2000 begin with.
fn by_start(element: &Element, frames: usize) -> Option<Vec<usize>> {
    let begins = |content: &[u8]| {
        content.starts_with(&[0xFF, 0xD8, 0xFF]) || content.starts_with(&[0xFF, 0x4F, 0xFF, 0x51])
    };
    let numbered = element.items().skip(1).enumerate();
    let first: Vec<usize> = numbered
        .filter(|(_, item)| begins(item.content))
        .map(|(number, _)| number)
        .collect();
    (first.len() == frames && first.first() == Some(&0)).then_some(first)
}
