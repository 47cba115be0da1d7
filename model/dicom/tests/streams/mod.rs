//! Streams that other programs' encoders made of formulas: `witnesses/witnesses.py` writes them.

#![allow(dead_code, reason = "each test program uses a part of it")]

use serde_json::Value as Json;

use crate::writer::{Value, Writer};

pub const COLUMNS: usize = 41;
pub const ROWS: usize = 33;

pub struct Stream {
    pub name: String,
    pub syntax: String,
    pub channels: usize,
    pub photometric: String,
    /// Allocated, stored, signed.
    pub bits: [u16; 3],
    pub stream: Vec<u8>,
    /// What another program makes of it, and how far from that is near enough, where it is lossy.
    pub decoded: Option<(Vec<u16>, f32)>,
}

pub fn all() -> Vec<Stream> {
    let json: Json = serde_json::from_str(include_str!("../streams.json")).unwrap();
    json.as_array().unwrap().iter().map(read).collect()
}

fn read(entry: &Json) -> Stream {
    let text = |key: &str| entry[key].as_str().unwrap().to_owned();
    let number = |at: usize| entry["bits"][at].as_u64().unwrap() as u16;
    let photometric = text("photometric");
    let decoded = entry["values"].as_str().map(|values| {
        let bytes = base64(values);
        let words = bytes
            .chunks_exact(2)
            .map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        (words.collect(), entry["tolerance"].as_f64().unwrap() as f32)
    });
    Stream {
        name: text("name"),
        syntax: text("syntax"),
        channels: if photometric.starts_with("MONOCHROME") {
            1
        } else {
            3
        },
        photometric,
        bits: [number(0), number(1), number(2)],
        stream: base64(&text("stream")),
        decoded,
    }
}

impl Stream {
    /// An object with another stream in the place of its own.
    pub fn object(&self, fragments: Vec<Vec<u8>>) -> Writer {
        let [allocated, stored, signed] = self.bits;
        Writer::grey(COLUMNS as u16, &[0; COLUMNS * ROWS])
            .syntax(&self.syntax)
            .bits(allocated, stored, stored - 1, signed == 1)
            .with_word((0x0028, 0x0002), self.channels as u16)
            .with_text((0x0028, 0x0004), "CS", &self.photometric)
            .with((0x7FE0, 0x0010), Value::Fragments(vec![], fragments))
    }

    /// The formula's numbers, colours as brightness.
    pub fn expected(&self) -> Vec<f32> {
        let pixels = (0..ROWS * COLUMNS).map(|at| (at % COLUMNS, at / COLUMNS));
        let [_, stored, signed] = self.bits;
        pixels
            .map(|(x, y)| {
                let value = |channel| {
                    formula(x as i32, y as i32, channel, stored)
                        - (i32::from(signed) << (stored - 1))
                };
                match self.channels {
                    1 => value(0) as f32,
                    _ => ((299 * value(0) + 587 * value(1) + 114 * value(2) + 500) / 1000) as f32,
                }
            })
            .collect()
    }
}

/// `picture` in `witnesses/cases.py`.
fn formula(x: i32, y: i32, channel: i32, bits: u16) -> i32 {
    let value = match y % 4 {
        0 => y * 50,
        _ => x * 37 + y * 91 + (x * x * y) % 257 * (y / 3) + channel * 29,
    };
    value % (1 << bits)
}

fn base64(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits: Vec<u32> = text
        .bytes()
        .filter(|&byte| byte != b'=')
        .map(|byte| ALPHABET.iter().position(|&own| own == byte).unwrap() as u32)
        .collect();
    let mut bytes = Vec::new();
    for four in digits.chunks(4) {
        let joined = four.iter().fold(0, |high, digit| high << 6 | digit) << (6 * (4 - four.len()));
        bytes.extend(&joined.to_be_bytes()[1..four.len()]);
    }
    bytes
}
