//! From element to element, item to item. Nothing here calls itself: nesting is counted, however deep it is.

use super::{
    Element,
    encoding::Encoding,
    tag::{ITEM, ITEM_END, SEQUENCE_END},
};

/// The bytes end within an element, or are no elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Broken {
    Truncated,
    Malformed,
}

/// The elements of a data set or of an item, one after the other.
pub(crate) struct Elements<'a> {
    bytes: &'a [u8],
    at: usize,
    encoding: Encoding,
}

impl<'a> Elements<'a> {
    pub(crate) fn new(bytes: &'a [u8], encoding: Encoding) -> Self {
        Self {
            bytes,
            at: 0,
            encoding,
        }
    }

    /// Where the next element begins.
    pub(crate) fn position(&self) -> usize {
        self.at
    }

    fn read(&mut self) -> Result<Element<'a>, Broken> {
        let rest = &self.bytes[self.at..];
        let header = self.encoding.header(rest).ok_or(Broken::Truncated)?;
        if header.tag.is_delimiter() {
            return Err(Broken::Malformed);
        }
        let rest = &rest[header.size..];
        let (value, after) = match header.length {
            Some(length) => (rest.get(..length).ok_or(Broken::Truncated)?, length),
            None => {
                let within = self.encoding.within(header.vr);
                let end = nested(rest, within, Level::Sequence)?;
                (&rest[..end.content], end.after)
            }
        };
        let start = self.at + header.size;
        self.at = start + after;
        Ok(Element {
            tag: header.tag,
            vr: header.vr,
            value,
            start,
            undefined: header.length.is_none(),
            encoding: self.encoding,
        })
    }
}

impl<'a> Iterator for Elements<'a> {
    type Item = Result<Element<'a>, Broken>;

    /// Ends at the first that is broken.
    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.bytes.len() {
            return None;
        }
        let element = self.read();
        if element.is_err() {
            self.at = self.bytes.len();
        }
        Some(element)
    }
}

/// The items of a sequence, or the fragments of compressed pixel data.
pub(crate) struct Items<'a> {
    bytes: &'a [u8],
    at: usize,
    encoding: Encoding,
}

impl<'a> Items<'a> {
    pub(super) fn new(bytes: &'a [u8], encoding: Encoding) -> Self {
        Self {
            bytes,
            at: 0,
            encoding,
        }
    }

    fn read(&mut self) -> Option<Item<'a>> {
        let rest = &self.bytes[self.at..];
        let header = self.encoding.header(rest)?;
        if header.tag != ITEM {
            return None;
        }
        let rest = &rest[header.size..];
        let (content, after) = match header.length {
            Some(length) => (rest.get(..length)?, length),
            None => {
                let end = nested(rest, self.encoding, Level::Item).ok()?;
                (&rest[..end.content], end.after)
            }
        };
        let start = self.at + header.size;
        self.at = start + after;
        Some(Item {
            content,
            start,
            encoding: self.encoding,
        })
    }
}

impl<'a> Iterator for Items<'a> {
    type Item = Item<'a>;

    /// Ends at the first that is broken.
    fn next(&mut self) -> Option<Item<'a>> {
        let item = self.read();
        if item.is_none() {
            self.at = self.bytes.len();
        }
        item
    }
}

#[derive(Clone, Copy)]
pub(crate) struct Item<'a> {
    pub content: &'a [u8],
    /// Where the content begins within the sequence's value.
    pub start: usize,
    pub encoding: Encoding,
}

#[derive(Clone, Copy)]
enum Level {
    /// Holds items, ends with [`SEQUENCE_END`].
    Sequence,
    /// Holds elements, ends with [`ITEM_END`].
    Item,
}

struct End {
    content: usize,
    /// Behind the delimiter.
    after: usize,
}

/// The end of what has no length. Sequences and items alternate, so that their number says at which of them we are.
fn nested(bytes: &[u8], encoding: Encoding, outermost: Level) -> Result<End, Broken> {
    let mut level = outermost;
    let mut depth = 1_usize;
    // How deep an element of unknown representation is, in which all is implicit.
    let mut implicit_from = None;
    let mut at = 0;
    loop {
        let here = match implicit_from {
            Some(_) => Encoding::IMPLICIT,
            None => encoding,
        };
        let header = here.header(&bytes[at..]).ok_or(Broken::Truncated)?;
        let begin = at;
        at += header.size;
        match (level, header.tag) {
            (Level::Sequence, SEQUENCE_END) | (Level::Item, ITEM_END) => {
                depth -= 1;
                if depth == 0 {
                    return Ok(End {
                        content: begin,
                        after: at,
                    });
                }
                if implicit_from == Some(depth) {
                    implicit_from = None;
                }
                level = level.other();
                continue;
            }
            (Level::Sequence, ITEM) => {}
            (Level::Item, tag) if !tag.is_delimiter() => {}
            _ => return Err(Broken::Malformed),
        }
        match header.length {
            Some(length) => {
                at = at.checked_add(length).ok_or(Broken::Truncated)?;
                if at > bytes.len() {
                    return Err(Broken::Truncated);
                }
            }
            None => {
                if implicit_from.is_none() && here.within(header.vr) != here {
                    implicit_from = Some(depth);
                }
                depth += 1;
                level = level.other();
            }
        }
    }
}

impl Level {
    fn other(self) -> Self {
        match self {
            Self::Sequence => Self::Item,
            Self::Item => Self::Sequence,
        }
    }
}
