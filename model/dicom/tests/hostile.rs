//! Objects that are broken or meant to break a reader.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod writer;

use std::time::{Duration, Instant};

use dicom::{Attribute, Refusal, read};
use writer::{BIG_ENDIAN, EXPLICIT, Elements, IMPLICIT, Value, Writer};

#[test]
fn a_picture_cut_off_anywhere_is_refused() {
    let item = Elements::from([((0x0008, 0x0104), Value::Text("LO", "Chest".into()))]);
    for syntax in [EXPLICIT, IMPLICIT, BIG_ENDIAN] {
        let file = Writer::grey(3, &[7; 6])
            .syntax(syntax)
            .with(
                (0x0008, 0x2218),
                Value::OpenSequence(vec![item.clone(), item.clone()]),
            )
            .file();
        for length in 0..file.len() {
            let expected = match length {
                0..132 => Refusal::NotDicom,
                _ => Refusal::Truncated,
            };
            assert_eq!(
                read(&file[..length]).err(),
                Some(expected),
                "{syntax} {length}"
            );
        }
    }
}

#[test]
fn other_files_are_not_dicom() {
    let text = b"\x08\x00\x05\x00 and so on, which is no object at all";
    for bytes in [
        &b""[..],
        b"DICOM",
        b"\x89PNG\r\n\x1a\n",
        &[0; 200],
        &[0xFF; 200],
        text,
    ] {
        assert_eq!(read(bytes).err(), Some(Refusal::NotDicom));
    }
}

/// Runs `read` in a thread with a small stack and fails if it takes long.
fn refusal_soon(file: Vec<u8>) -> Option<Refusal> {
    let begin = Instant::now();
    let reading = move || {
        read(&file)
            .and_then(|object| object.frame(0).map(drop))
            .err()
    };
    let thread = std::thread::Builder::new()
        .stack_size(128 << 10)
        .spawn(reading)
        .expect("a thread");
    let refusal = thread.join().expect("no panic");
    assert!(
        begin.elapsed() < Duration::from_secs(10),
        "{:?}",
        begin.elapsed()
    );
    refusal
}

#[test]
fn sequences_may_be_nested_10000_deep() {
    let item = |length: u32| [&[0xFE, 0xFF, 0x00, 0xE0][..], &length.to_le_bytes()].concat();
    let sequence = [&[0x08, 0x00, 0x40, 0x11][..], b"SQ\0\0", &[0xFF; 4]].concat();
    let item_end = [0xFE, 0xFF, 0x0D, 0xE0, 0, 0, 0, 0];
    let sequence_end = [0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0];
    let writer = Writer::grey(3, &[7; 6]);
    let head = writer.file();
    let begin = head.len() - writer.data_set().len();
    for close in [true, false] {
        let mut file = head[..begin].to_vec();
        for _ in 0..10_000 {
            file.extend(&sequence);
            file.extend(item(u32::MAX));
        }
        if close {
            for _ in 0..10_000 {
                file.extend(item_end);
                file.extend(sequence_end);
            }
        }
        file.extend(&head[begin..]);
        let expected = if close {
            None
        } else {
            Some(Refusal::Truncated)
        };
        assert_eq!(refusal_soon(file), expected);
    }
}

#[test]
fn a_million_elements_are_walked_through() {
    let writer = Writer::grey(3, &[7; 6]);
    let head = writer.file();
    let begin = head.len() - writer.data_set().len();
    let mut file = head[..begin].to_vec();
    for number in 0..1_000_000_u32 {
        file.extend([0x07, 0x00]);
        file.extend((number as u16).to_le_bytes());
        file.extend(*b"US\x02\0\0\0");
    }
    file.extend(&head[begin..]);
    assert_eq!(refusal_soon(file), None);
}

#[test]
fn a_million_fragments_tables_and_windows_take_no_time() {
    let fragments = Value::Fragments(vec![], vec![vec![]; 1_000_000]);
    let file = Writer::grey(3, &[7; 6])
        .syntax(writer::RLE)
        .with((0x7FE0, 0x0010), fragments)
        .file();
    assert!(refusal_soon(file).is_some());
    let tables = Value::Sequence(vec![Elements::new(); 1_000_000]);
    let file = Writer::grey(3, &[7; 6])
        .with((0x0028, 0x3010), tables.clone())
        .with((0x5200, 0x9230), tables)
        .syntax(IMPLICIT)
        .with_text((0x0028, 0x1050), "DS", &"1\\".repeat(1_000_000))
        .with_text((0x0028, 0x1051), "DS", &"1\\".repeat(1_000_000))
        .file();
    assert_eq!(refusal_soon(file), None);
}

#[test]
fn absurd_sizes_are_refused_before_memory_is_taken() {
    let sized = |rows, columns| {
        Writer::grey(3, &[7; 6])
            .with_word((0x0028, 0x0010), rows)
            .with_word((0x0028, 0x0011), columns)
    };
    let refusal = |writer: Writer| refusal_soon(writer.file());
    let large = Refusal::TooLarge {
        columns: 65_535,
        rows: 65_535,
    };
    assert_eq!(refusal(sized(65_535, 65_535)), Some(large));
    assert_eq!(refusal(sized(16_384, 6_000)), Some(Refusal::Truncated));
    let size = Refusal::Invalid {
        attribute: Attribute::Size,
    };
    assert_eq!(refusal(sized(0, 3)), Some(size));
    let frames = sized(2, 3).with_text((0x0028, 0x0008), "IS", "2000000000");
    assert_eq!(refusal(frames), Some(Refusal::Truncated));
    for (text, attribute) in [("-1", Attribute::Frames), ("1A", Attribute::Frames)] {
        let file = sized(2, 3).with_text((0x0028, 0x0008), "IS", text);
        assert_eq!(refusal(file), Some(Refusal::Invalid { attribute }));
    }
}

#[test]
fn bits_that_make_no_sense_are_refused() {
    let refusal = |allocated, stored| {
        refusal_soon(
            Writer::grey(3, &[7; 6])
                .bits(allocated, stored, 11, false)
                .file(),
        )
    };
    let attribute = Attribute::Bits;
    assert_eq!(refusal(16, 17), Some(Refusal::Invalid { attribute }));
    assert_eq!(refusal(16, 0), Some(Refusal::Invalid { attribute }));
    assert_eq!(refusal(12, 12), Some(Refusal::Bits { allocated: 12 }));
    assert_eq!(refusal(0, 0), Some(Refusal::Bits { allocated: 0 }));
    let mut without = Writer::grey(3, &[7; 6]);
    without.elements.remove(&(0x0028, 0x0100));
    assert_eq!(
        refusal_soon(without.file()),
        Some(Refusal::Missing { attribute })
    );
}

#[test]
fn numbers_that_are_none_are_refused_or_left_out() {
    let attribute = Attribute::Rescale;
    for slope in ["one", "1e999", "NaN"] {
        let file = Writer::grey(3, &[7; 6]).rescale(slope, "0").file();
        assert_eq!(
            refusal_soon(file),
            Some(Refusal::Invalid { attribute }),
            "{slope}"
        );
    }
    let extreme = Writer::grey(3, &[7; 6])
        .rescale("1e300", "-1e300")
        .window("1e308", "1e-300");
    assert_eq!(refusal_soon(extreme.file()), None);
}

#[test]
fn transfer_syntaxes_that_are_not_read_are_refused_by_name() {
    for (syntax, name) in [
        ("1.2.840.10008.1.2.4.201", "High-Throughput JPEG 2000"),
        ("1.2.840.10008.1.2.4.110", "JPEG XL"),
        ("1.2.840.10008.1.2.4.102", "MPEG-4 AVC/H.264"),
        ("1.3.46.670589.33.1.4.1", "a private transfer syntax"),
    ] {
        let fragments = Value::Fragments(vec![], vec![vec![0; 10]]);
        let file = Writer::grey(3, &[7; 6])
            .syntax(syntax)
            .with((0x7FE0, 0x0010), fragments)
            .file();
        assert_eq!(
            refusal_soon(file),
            Some(Refusal::TransferSyntax { name: name.into() })
        );
    }
}
