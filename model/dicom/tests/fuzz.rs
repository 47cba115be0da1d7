//! Changed objects and streams: no panic, no hang, bounded memory.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod streams;
mod writer;

use dicom::read;
use fuzzing::Target;
use streams::Stream;
use writer::{BIG_ENDIAN, EXPLICIT, Elements, IMPLICIT, RLE, Value, Writer, lut};

/// The changes may make a picture of 65,535 by a few lines.
const MOST_MEMORY: usize = 1 << 30;

/// Reads, decodes and shows objects, which `wrap` makes of changed seeds.
fn fuzz(name: &str, seeds: &[Vec<u8>], wrap: impl Fn(&[u8], usize) -> Vec<u8>) {
    let target = Target {
        name,
        seeds,
        most_memory: MOST_MEMORY,
    };
    target.try_all(|bytes, seed| show(&wrap(bytes, seed)));
}

/// Whether a picture comes of it.
fn show(file: &[u8]) -> bool {
    let Ok(object) = read(file) else {
        return false;
    };
    let last = object.frames() - 1;
    let Ok(frame) = object.frame(0).and(object.frame(last)) else {
        return false;
    };
    let greys = frame.render(&frame.default_voi(), frame.inverted);
    assert_eq!(greys.len(), frame.width as usize * frame.height as usize);
    assert_eq!(frame.values.len(), greys.len());
    true
}

#[test]
fn changed_objects_do_no_harm() {
    let table = lut([4, 0, 8], Value::OtherWords(vec![0x3300, 0xFF66]));
    let code = Elements::from([((0x0008, 0x0104), Value::Text("LO", "Chest".into()))]);
    let group = Elements::from([(
        (0x0028, 0x9145),
        Value::OpenSequence(vec![Elements::from([(
            (0x0028, 0x1053),
            Value::Text("DS", "2".into()),
        )])]),
    )]);
    let base = Writer::grey(4, &[0, 1, 2, 3, 1000, 2000, 3000, 4095])
        .window("40\\400", "100\\2000")
        .rescale("1.5", "-1024")
        .with_word((0x0028, 0x0120), 3)
        .with((0x0008, 0x2218), Value::OpenSequence(vec![code]))
        .with(
            (0x0028, 0x3010),
            Value::Sequence(vec![table.clone(), table.clone()]),
        )
        .with((0x5200, 0x9230), Value::OpenSequence(vec![group]));
    let mut seeds: Vec<Vec<u8>> = [EXPLICIT, IMPLICIT, BIG_ENDIAN]
        .map(|syntax| base.clone().syntax(syntax).file())
        .into();
    seeds.push(
        base.clone()
            .with((0x0028, 0x3000), Value::OpenSequence(vec![table]))
            .file(),
    );
    let mut palette = base
        .clone()
        .with_text((0x0028, 0x0004), "CS", "PALETTE COLOR");
    for element in 0..3 {
        palette.set((0x0028, 0x1101 + element), Value::Words(vec![3, 0, 16]));
        palette.set(
            (0x0028, 0x1201 + element),
            Value::OtherWords(vec![0, 1000, 65_535]),
        );
    }
    seeds.push(palette.file());
    let two = base
        .with_word((0x0028, 0x0010), 1)
        .with_text((0x0028, 0x0008), "IS", "2")
        .syntax(RLE);
    let fragments = Value::Fragments(vec![0, 78], vec![rle_stream(); 2]);
    seeds.push(two.with((0x7FE0, 0x0010), fragments).file());
    // The preamble says nothing.
    let seeds: Vec<Vec<u8>> = seeds.into_iter().map(|file| file[128..].to_vec()).collect();
    fuzz("objects", &seeds, |bytes, _| bytes.to_vec());
}

/// Two segments of four bytes.
fn rle_stream() -> Vec<u8> {
    let header = [2_u32, 64, 70].into_iter().chain([0; 13]);
    let mut stream: Vec<u8> = header.flat_map(u32::to_le_bytes).collect();
    stream.extend([3, 1, 2, 3, 4, 128, 253, 7]);
    stream
}

/// The streams whose name begins so, changed, in sound objects.
fn fuzz_streams(beginning: &str) {
    let streams: Vec<Stream> = streams::all()
        .into_iter()
        .filter(|stream| stream.name.starts_with(beginning))
        .collect();
    let seeds: Vec<Vec<u8>> = streams.iter().map(|stream| stream.stream.clone()).collect();
    assert!(!seeds.is_empty(), "{beginning}");
    fuzz(beginning, &seeds, |bytes, seed| {
        streams[seed].object(vec![bytes.to_vec()]).file()
    });
}

#[test]
fn changed_rle_streams_do_no_harm() {
    let writer = Writer::grey(2, &[0; 4]).syntax(RLE);
    let wrap = |bytes: &[u8], _| {
        let fragments = Value::Fragments(vec![], vec![bytes.to_vec()]);
        writer.clone().with((0x7FE0, 0x0010), fragments).file()
    };
    fuzz("RLE", &[rle_stream()], wrap);
}

#[test]
fn changed_jpeg_streams_do_no_harm() {
    fuzz_streams("JPEG +e");
}

#[test]
fn changed_colour_jpeg_streams_do_no_harm() {
    fuzz_streams("JPEG Y");
}

#[test]
fn changed_lossless_jpeg_streams_do_no_harm() {
    fuzz_streams("JPEG lossless");
}

#[test]
fn changed_jpeg_ls_streams_do_no_harm() {
    fuzz_streams("JPEG-LS");
}

#[test]
fn changed_jpeg_2000_streams_do_no_harm() {
    fuzz_streams("JPEG 2000");
}
