//! A small writer of DICOM objects, independent of the reader.

#![allow(dead_code, reason = "each test program uses a part of it")]

use std::collections::BTreeMap;

pub type Tag = (u16, u16);

pub const IMPLICIT: &str = "1.2.840.10008.1.2";
pub const EXPLICIT: &str = "1.2.840.10008.1.2.1";
pub const BIG_ENDIAN: &str = "1.2.840.10008.1.2.2";
pub const DEFLATED: &str = "1.2.840.10008.1.2.1.99";
pub const RLE: &str = "1.2.840.10008.1.2.5";

pub const DX: &str = "1.2.840.10008.5.1.4.1.1.1.1";

#[derive(Clone)]
pub enum Value {
    Text(&'static str, String),
    /// US.
    Words(Vec<u16>),
    /// SS.
    Signed(Vec<i16>),
    /// OW.
    OtherWords(Vec<u16>),
    Bytes(&'static str, Vec<u8>),
    Sequence(Vec<Elements>),
    /// With delimiters in the place of lengths.
    OpenSequence(Vec<Elements>),
    /// Compressed pixels: offset table and fragments.
    Fragments(Vec<u32>, Vec<Vec<u8>>),
}

pub type Elements = BTreeMap<Tag, Value>;

#[derive(Clone)]
pub struct Writer {
    pub syntax: String,
    pub elements: Elements,
}

impl Writer {
    /// A grey picture of 16-bit words, 12 of them stored, of so many columns.
    pub fn grey(columns: u16, words: &[u16]) -> Self {
        let rows = words.len() as u16 / columns;
        let mut writer = Self {
            syntax: EXPLICIT.into(),
            elements: Elements::new(),
        };
        writer.text((0x0008, 0x0016), "UI", DX);
        writer.text((0x0008, 0x0018), "UI", "1.2.3.4");
        writer.text((0x0008, 0x0060), "CS", "DX");
        writer.text((0x0010, 0x0020), "LO", "P1");
        writer.text((0x0028, 0x0004), "CS", "MONOCHROME2");
        for (element, value) in [
            (0x0002, 1),
            (0x0010, rows),
            (0x0011, columns),
            (0x0100, 16),
            (0x0101, 12),
            (0x0102, 11),
            (0x0103, 0),
        ] {
            writer.word((0x0028, element), value);
        }
        writer.set((0x7FE0, 0x0010), Value::OtherWords(words.to_vec()));
        writer
    }

    pub fn syntax(mut self, syntax: &str) -> Self {
        self.syntax = syntax.into();
        self
    }

    pub fn set(&mut self, tag: Tag, value: Value) {
        self.elements.insert(tag, value);
    }

    pub fn text(&mut self, tag: Tag, vr: &'static str, text: &str) {
        self.set(tag, Value::Text(vr, text.into()));
    }

    pub fn word(&mut self, tag: Tag, word: u16) {
        self.set(tag, Value::Words(vec![word]));
    }

    pub fn with(mut self, tag: Tag, value: Value) -> Self {
        self.set(tag, value);
        self
    }

    pub fn with_text(mut self, tag: Tag, vr: &'static str, text: &str) -> Self {
        self.text(tag, vr, text);
        self
    }

    pub fn with_word(mut self, tag: Tag, word: u16) -> Self {
        self.word(tag, word);
        self
    }

    /// Bits stored, high bit and sign.
    pub fn bits(self, allocated: u16, stored: u16, high: u16, signed: bool) -> Self {
        self.with_word((0x0028, 0x0100), allocated)
            .with_word((0x0028, 0x0101), stored)
            .with_word((0x0028, 0x0102), high)
            .with_word((0x0028, 0x0103), signed.into())
    }

    pub fn window(self, center: &str, width: &str) -> Self {
        self.with_text((0x0028, 0x1050), "DS", center)
            .with_text((0x0028, 0x1051), "DS", width)
    }

    pub fn rescale(self, slope: &str, intercept: &str) -> Self {
        self.with_text((0x0028, 0x1053), "DS", slope)
            .with_text((0x0028, 0x1052), "DS", intercept)
    }

    /// With preamble and file header.
    pub fn file(&self) -> Vec<u8> {
        let mut file = vec![0; 128];
        file.extend(b"DICM");
        file.extend(self.header());
        file.extend(self.data_set());
        file
    }

    pub fn header(&self) -> Vec<u8> {
        let mut elements = Elements::new();
        if let Some(class) = self.elements.get(&(0x0008, 0x0016)) {
            elements.insert((0x0002, 0x0002), class.clone());
        }
        elements.insert((0x0002, 0x0010), Value::Text("UI", self.syntax.clone()));
        let body = encode(&elements, Form::of(EXPLICIT));
        let mut header = Vec::new();
        let length = Value::Bytes("UL", (body.len() as u32).to_le_bytes().into());
        element((0x0002, 0x0000), &length, Form::of(EXPLICIT), &mut header);
        header.extend(body);
        header
    }

    pub fn data_set(&self) -> Vec<u8> {
        encode(&self.elements, Form::of(&self.syntax))
    }
}

/// A table as an item of a sequence.
pub fn lut(descriptor: [u16; 3], data: Value) -> Elements {
    Elements::from([
        ((0x0028, 0x3002), Value::Words(descriptor.into())),
        ((0x0028, 0x3006), data),
    ])
}

#[derive(Clone, Copy)]
pub struct Form {
    explicit: bool,
    big: bool,
}

impl Form {
    pub fn of(syntax: &str) -> Self {
        Self {
            explicit: syntax != IMPLICIT,
            big: syntax == BIG_ENDIAN,
        }
    }

    fn u16(self, value: u16) -> [u8; 2] {
        if self.big {
            value.to_be_bytes()
        } else {
            value.to_le_bytes()
        }
    }

    fn u32(self, value: u32) -> [u8; 4] {
        if self.big {
            value.to_be_bytes()
        } else {
            value.to_le_bytes()
        }
    }

    fn header(self, tag: Tag, length: u32) -> Vec<u8> {
        [&self.u16(tag.0)[..], &self.u16(tag.1), &self.u32(length)].concat()
    }
}

pub fn encode(elements: &Elements, form: Form) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (&tag, value) in elements {
        element(tag, value, form, &mut bytes);
    }
    bytes
}

const OPEN: u32 = u32::MAX;
const ITEM: Tag = (0xFFFE, 0xE000);
const ITEM_END: Tag = (0xFFFE, 0xE00D);
const SEQUENCE_END: Tag = (0xFFFE, 0xE0DD);

pub fn element(tag: Tag, value: &Value, form: Form, out: &mut Vec<u8>) {
    let words =
        |words: &[u16]| -> Vec<u8> { words.iter().flat_map(|&word| form.u16(word)).collect() };
    let (vr, open, mut content) = match value {
        Value::Text(vr, text) => (*vr, false, text.clone().into_bytes()),
        Value::Words(values) => ("US", false, words(values)),
        Value::Signed(values) => {
            let values: Vec<u16> = values.iter().map(|value| value.cast_unsigned()).collect();
            ("SS", false, words(&values))
        }
        Value::OtherWords(values) => ("OW", false, words(values)),
        Value::Bytes(vr, bytes) => (*vr, false, bytes.clone()),
        Value::Sequence(items) => {
            let item = |item| {
                let content = encode(item, form);
                [form.header(ITEM, content.len() as u32), content].concat()
            };
            ("SQ", false, items.iter().flat_map(item).collect())
        }
        Value::OpenSequence(items) => {
            let item = |item| {
                [
                    form.header(ITEM, OPEN),
                    encode(item, form),
                    form.header(ITEM_END, 0),
                ]
                .concat()
            };
            let mut content: Vec<u8> = items.iter().flat_map(item).collect();
            content.extend(form.header(SEQUENCE_END, 0));
            ("SQ", true, content)
        }
        Value::Fragments(table, fragments) => {
            let table: Vec<u8> = table.iter().flat_map(|&offset| form.u32(offset)).collect();
            let mut content = [form.header(ITEM, table.len() as u32), table].concat();
            for fragment in fragments {
                let odd = fragment.len() % 2;
                content.extend(form.header(ITEM, (fragment.len() + odd) as u32));
                content.extend(fragment);
                content.extend(vec![0; odd]);
            }
            content.extend(form.header(SEQUENCE_END, 0));
            ("OB", true, content)
        }
    };
    if content.len() % 2 == 1 {
        content.push(if matches!(value, Value::Text(vr, _) if *vr != "UI") {
            b' '
        } else {
            0
        });
    }
    let length = if open { OPEN } else { content.len() as u32 };
    if form.explicit {
        out.extend(form.u16(tag.0));
        out.extend(form.u16(tag.1));
        out.extend(vr.as_bytes());
        if matches!(vr, "OB" | "OW" | "OF" | "OD" | "OV" | "SQ" | "UN" | "UT") {
            out.extend([0, 0]);
            out.extend(form.u32(length));
        } else {
            out.extend(form.u16(length as u16));
        }
    } else {
        out.extend(form.header(tag, length));
    }
    out.extend(content);
}
