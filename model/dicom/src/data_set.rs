//! Data sets: attributes by their tag, PS3.5, 7. Only those that matter here are kept.

mod encoding;
pub(crate) mod tag;
mod text;
mod walk;

pub(crate) use encoding::{ByteOrder, Encoding, Vr};
pub(crate) use tag::Tag;
pub(crate) use text::CharacterSet;
pub(crate) use walk::{Broken, Elements, Item, Items};

/// An attribute with its value.
#[derive(Clone, Copy)]
pub(crate) struct Element<'a> {
    pub tag: Tag,
    /// `None` in implicit encodings.
    pub vr: Option<Vr>,
    pub value: &'a [u8],
    /// Where the value begins within the bytes that were walked through.
    pub start: usize,
    /// The value was ended by a delimiter: a sequence, or compressed pixel data.
    pub undefined: bool,
    pub encoding: Encoding,
}

impl<'a> Element<'a> {
    pub(crate) fn items(&self) -> Items<'a> {
        Items::new(self.value, self.encoding.within(self.vr))
    }

    /// 16-bit words in the order of the file.
    pub(crate) fn words(&self) -> impl Iterator<Item = u16> + use<'a> {
        let order = self.encoding.order;
        let pairs = self.value.chunks_exact(2);
        pairs.map(move |pair| order.u16([pair[0], pair[1]]))
    }

    /// The first value of a number that is at most 32 bits long.
    fn unsigned(&self) -> Option<u32> {
        match *self.value {
            [a, b] => Some(self.encoding.order.u16([a, b]).into()),
            [a, b, c, d, ..] if self.vr == Some(Vr(*b"UL")) => {
                Some(self.encoding.order.u32([a, b, c, d]))
            }
            [a, b, ..] => Some(self.encoding.order.u16([a, b]).into()),
            _ => None,
        }
    }

    /// The values of a text of numbers (representations DS and IS); what is none is left out as `None`.
    pub(crate) fn decimals(&self) -> impl Iterator<Item = Option<f64>> + use<'a> {
        let parts = self.value.split(|&byte| byte == b'\\');
        parts.map(|part| {
            let text = str::from_utf8(part).ok()?.trim_matches(text::is_padding);
            text.parse().ok().filter(|number: &f64| number.is_finite())
        })
    }

    /// A single or double precision number, by the length of the value.
    pub(crate) fn float(&self) -> Option<f64> {
        let order = self.encoding.order;
        match (self.value.first_chunk::<8>(), self.value.first_chunk::<4>()) {
            (Some(&bytes), _) => Some(f64::from_bits(order.u64(bytes))),
            (None, Some(&bytes)) => Some(f32::from_bits(order.u32(bytes)).into()),
            _ => None,
        }
    }
}

/// The wanted attributes of a data set or item; the first of several with one tag.
#[derive(Default)]
pub(crate) struct DataSet<'a>(Vec<Element<'a>>);

impl<'a> DataSet<'a> {
    /// Reads up to and with the pixels; how it ended stands beside it.
    pub(crate) fn read(elements: &mut Elements<'a>) -> (Self, Result<(), Broken>) {
        let mut read = Self::default();
        for element in elements {
            let element = match element {
                Ok(element) => element,
                Err(broken) => return (read, Err(broken)),
            };
            if element.tag.is_wanted() && read.get(element.tag).is_none() {
                read.0.push(element);
            }
            if element.tag.is_pixels() {
                break;
            }
        }
        (read, Ok(()))
    }

    pub(crate) fn of_item(item: Item<'a>) -> Self {
        Self::read(&mut Elements::new(item.content, item.encoding)).0
    }

    /// At most as many are kept as there are wanted tags, so the search is short.
    pub(crate) fn get(&self, tag: Tag) -> Option<&Element<'a>> {
        self.0.iter().find(|element| element.tag == tag)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first item of a sequence, empty if there is none.
    pub(crate) fn first_item(&self, tag: Tag) -> Self {
        let item = self.get(tag).and_then(|element| element.items().next());
        item.map(Self::of_item).unwrap_or_default()
    }

    pub(crate) fn unsigned(&self, tag: Tag) -> Option<u32> {
        self.get(tag)?.unsigned()
    }

    pub(crate) fn decimal(&self, tag: Tag) -> Option<f64> {
        self.get(tag)?.decimals().next()?
    }

    /// A code, name or number in plain letters, without padding; `None` if empty.
    pub(crate) fn code(&self, tag: Tag) -> Option<String> {
        self.text(tag, CharacterSet::Latin)
    }

    pub(crate) fn text(&self, tag: Tag, set: CharacterSet) -> Option<String> {
        let text = set.decode(self.get(tag)?.value);
        let text = text.trim_matches(text::is_padding);
        (!text.is_empty()).then(|| text.into())
    }
}
