//! Uncompressed objects: encodings, bits, frames, facts.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod writer;

use dicom::{ObjectKind, Refusal, Voi, is_dicom, read};
use writer::{BIG_ENDIAN, DEFLATED, EXPLICIT, Elements, IMPLICIT, Value, Writer};

const WORDS: [u16; 6] = [0, 1, 2, 1000, 4094, 4095];

fn values(file: &[u8]) -> Vec<f32> {
    read(file).unwrap().frame(0).unwrap().values
}

#[test]
fn a_grey_picture_is_read_in_each_encoding() {
    for syntax in [EXPLICIT, IMPLICIT, BIG_ENDIAN] {
        let file = Writer::grey(3, &WORDS)
            .window("1000", "2000")
            .syntax(syntax)
            .file();
        let object = read(&file).unwrap();
        let facts = object.facts();
        assert_eq!(
            (facts.rows, facts.columns, facts.bits_stored),
            (2, 3, 12),
            "{syntax}"
        );
        assert_eq!(facts.patient_id.as_deref(), Some("P1"));
        assert_eq!(facts.windows[0].center, 1000.0);
        let frame = object.frame(0).unwrap();
        assert_eq!(frame.values, WORDS.map(f32::from), "{syntax}");
        assert!(matches!(frame.default_voi(), Voi::Window(_)));
        let greys = frame.render(&frame.default_voi(), false);
        // From 0 to 1,999: (value - 999.5) / 1999 + 0.5 of 65,535.
        assert_eq!(greys, [0, 33, 66, 32_784, 65_535, 65_535], "{syntax}");
    }
}

#[test]
fn a_deflated_data_set_is_inflated() {
    let writer = Writer::grey(3, &WORDS);
    let mut file = vec![0; 128];
    file.extend(b"DICM");
    file.extend(writer.clone().syntax(DEFLATED).header());
    file.extend(miniz_oxide::deflate::compress_to_vec(&writer.data_set(), 6));
    assert_eq!(values(&file), WORDS.map(f32::from));
    file.truncate(file.len() - 20);
    assert!(read(&file).is_err());
}

#[test]
fn preamble_and_header_may_be_missing() {
    for syntax in [EXPLICIT, IMPLICIT, BIG_ENDIAN] {
        let writer = Writer::grey(3, &WORDS).syntax(syntax);
        let file = writer.file();
        for (begin, what) in [
            (128, "no preamble"),
            (132, "no preamble, no DICM"),
            (132 + writer.header().len(), "data set only"),
        ] {
            assert!(is_dicom(&file[begin..]), "{syntax} {what}");
            assert_eq!(
                values(&file[begin..]),
                WORDS.map(f32::from),
                "{syntax} {what}"
            );
        }
    }
}

#[test]
fn a_header_that_names_another_encoding_than_was_written_does_no_harm() {
    let mut file = vec![0; 128];
    file.extend(b"DICM");
    file.extend(Writer::grey(3, &WORDS).syntax(EXPLICIT).header());
    file.extend(Writer::grey(3, &WORDS).syntax(IMPLICIT).data_set());
    assert_eq!(values(&file), WORDS.map(f32::from));
}

#[test]
fn bits_above_and_below_the_stored_ones_do_not_count() {
    let above = Writer::grey(2, &[0xF000, 0x7001])
        .bits(16, 12, 11, false)
        .file();
    assert_eq!(values(&above), [0.0, 1.0]);
    let below = Writer::grey(2, &[0x3E8F, 0xFFF0])
        .bits(16, 12, 15, false)
        .file();
    assert_eq!(values(&below), [1000.0, 4095.0]);
}

#[test]
fn signed_numbers_are_extended_from_their_stored_bits() {
    let not_extended = Writer::grey(3, &[0x0800, 0x0FFF, 0x07FF])
        .bits(16, 12, 11, true)
        .file();
    assert_eq!(values(&not_extended), [-2048.0, -1.0, 2047.0]);
    let extended = Writer::grey(3, &[0xF800, 0xFFFF, 0x07FF])
        .bits(16, 12, 11, true)
        .file();
    assert_eq!(values(&extended), [-2048.0, -1.0, 2047.0]);
    let shifted = Writer::grey(2, &[0x8000, 0x7FF0])
        .bits(16, 12, 15, true)
        .file();
    assert_eq!(values(&shifted), [-2048.0, 2047.0]);
}

#[test]
fn words_of_1_8_and_32_bits_are_read() {
    let pixels = (0x7FE0, 0x0010);
    let bytes = Writer::grey(4, &[0; 4])
        .bits(8, 8, 7, false)
        .with(pixels, Value::Bytes("OB", vec![0, 127, 128, 255]));
    assert_eq!(values(&bytes.file()), [0.0, 127.0, 128.0, 255.0]);
    let bits = Writer::grey(4, &[0; 4])
        .bits(1, 1, 0, false)
        .with(pixels, Value::Bytes("OB", vec![0b0000_0101, 0]));
    assert_eq!(values(&bits.file()), [1.0, 0.0, 1.0, 0.0]);
    let long = |value: i32| value.to_le_bytes();
    let longs = Writer::grey(2, &[0; 2]).bits(32, 32, 31, true).with(
        pixels,
        Value::Bytes("OW", [long(-70_000), long(70_000)].concat()),
    );
    assert_eq!(values(&longs.file()), [-70_000.0, 70_000.0]);
}

#[test]
fn bytes_in_big_endian_words_are_put_in_order() {
    let pixels = (0x7FE0, 0x0010);
    let grey = Writer::grey(3, &[0; 3])
        .bits(8, 8, 7, false)
        .syntax(BIG_ENDIAN);
    let words = grey
        .clone()
        .with(pixels, Value::OtherWords(vec![0x0201, 0x0003]));
    assert_eq!(values(&words.file()), [1.0, 2.0, 3.0]);
    let bytes = grey.with(pixels, Value::Bytes("OB", vec![1, 2, 3, 0]));
    assert_eq!(values(&bytes.file()), [1.0, 2.0, 3.0]);
}

#[test]
fn floats_are_read_and_their_padding_is_no_value() {
    let floats = |vr, bytes: Vec<u8>, element| {
        let mut writer = Writer::grey(3, &[0; 3]).with((0x7FE0, element), Value::Bytes(vr, bytes));
        writer.elements.remove(&(0x7FE0, 0x0010));
        writer
    };
    let single = [-1.5_f32, 1e6, -999.0].map(f32::to_le_bytes).concat();
    let single = floats("OF", single, 0x0008).bits(32, 32, 31, false).with(
        (0x0028, 0x0122),
        Value::Bytes("FL", (-999_f32).to_le_bytes().into()),
    );
    let frame = read(&single.file()).unwrap().frame(0).unwrap();
    assert_eq!(frame.values, [-1.5, 1e6, -999.0]);
    assert_eq!((frame.range.low, frame.range.high), (-1.5, 1e6));
    let double = [-1.5_f64, 0.25, f64::NAN].map(f64::to_le_bytes).concat();
    let frame = read(&floats("OD", double, 0x0009).file())
        .unwrap()
        .frame(0)
        .unwrap();
    assert_eq!((frame.range.low, frame.range.high), (-1.5, 0.25));
    assert_eq!(frame.render(&Voi::Range, false), [0, 65_535, 0]);
}

#[test]
fn frames_are_chosen_by_number() {
    let file = Writer::grey(2, &[1, 2, 3, 4, 5, 6, 7, 8])
        .with_word((0x0028, 0x0010), 2)
        .with_text((0x0028, 0x0008), "IS", "2")
        .file();
    let object = read(&file).unwrap();
    assert_eq!(object.frames(), 2);
    assert_eq!(object.frame(1).unwrap().values, [5.0, 6.0, 7.0, 8.0]);
    assert_eq!(
        object.frame(2).err(),
        Some(Refusal::NoSuchFrame {
            index: 2,
            frames: 2
        })
    );
}

#[test]
fn more_bytes_than_one_frame_needs_are_not_taken_for_frames() {
    let file = Writer::grey(2, &[1, 2, 3, 4])
        .with_word((0x0028, 0x0010), 1)
        .file();
    let object = read(&file).unwrap();
    assert_eq!(object.frames(), 1);
    assert_eq!(object.frame(0).unwrap().values, [1.0, 2.0]);
}

#[test]
fn each_frame_has_the_rescale_and_windows_of_its_groups() {
    let group = |slope: &str, center: &str| {
        let rescale = Elements::from([
            ((0x0028, 0x1052), Value::Text("DS", "-10".into())),
            ((0x0028, 0x1053), Value::Text("DS", slope.into())),
        ]);
        let window = Elements::from([
            ((0x0028, 0x1050), Value::Text("DS", center.into())),
            ((0x0028, 0x1051), Value::Text("DS", "100".into())),
        ]);
        Elements::from([
            ((0x0028, 0x9145), Value::Sequence(vec![rescale])),
            ((0x0028, 0x9132), Value::OpenSequence(vec![window])),
        ])
    };
    let shared = Elements::from([(
        (0x0028, 0x9110),
        Value::Sequence(vec![Elements::from([(
            (0x0028, 0x0030),
            Value::Text("DS", "0.5\\0.25".into()),
        )])]),
    )]);
    for syntax in [EXPLICIT, IMPLICIT] {
        let file = Writer::grey(1, &[1, 100])
            .syntax(syntax)
            .with_word((0x0028, 0x0010), 1)
            .with_text((0x0028, 0x0008), "IS", "2")
            .with((0x5200, 0x9229), Value::Sequence(vec![shared.clone()]))
            .with(
                (0x5200, 0x9230),
                Value::OpenSequence(vec![group("2", "40"), group("3", "50")]),
            )
            .file();
        let object = read(&file).unwrap();
        let (first, second) = (object.frame(0).unwrap(), object.frame(1).unwrap());
        assert_eq!((first.values[0], second.values[0]), (-8.0, 290.0));
        assert_eq!(
            (first.windows[0].center, second.windows[0].center),
            (40.0, 50.0)
        );
        assert_eq!(object.facts().pixel_spacing, Some([0.5, 0.25]));
    }
}

#[test]
fn facts_are_those_of_the_object_and_not_of_what_is_nested_in_it() {
    let icon = Elements::from([
        ((0x0028, 0x0010), Value::Words(vec![1])),
        ((0x0028, 0x0011), Value::Words(vec![1])),
        ((0x7FE0, 0x0010), Value::OtherWords(vec![9])),
    ]);
    for sequence in [
        Value::Sequence(vec![icon.clone()]),
        Value::OpenSequence(vec![icon]),
    ] {
        for syntax in [EXPLICIT, IMPLICIT, BIG_ENDIAN] {
            let file = Writer::grey(3, &WORDS)
                .syntax(syntax)
                .with((0x0008, 0x1140), sequence.clone())
                .with((0x0088, 0x0200), sequence.clone())
                .with_text((0x0008, 0x1090), "LO", "Room 3")
                .with_text((0x0018, 0x1164), "DS", "0.1\\0.2")
                .with_text((0x0018, 0x5101), "CS", "PA")
                .with_text((0x0020, 0x0062), "CS", "L")
                .with_text((0x0028, 0x0301), "CS", "YES")
                .file();
            let object = read(&file).unwrap();
            let facts = object.facts();
            assert_eq!((facts.rows, facts.columns), (2, 3));
            assert_eq!(
                (facts.pixel_spacing, facts.imager_pixel_spacing),
                (None, Some([0.1, 0.2]))
            );
            assert_eq!(
                (facts.view_position.as_deref(), facts.laterality.as_deref()),
                (Some("PA"), Some("L"))
            );
            assert_eq!(facts.burned_in, Some(true));
            assert_eq!(
                (facts.model_name.as_deref(), facts.photometric.as_deref()),
                (Some("Room 3"), Some("MONOCHROME2"))
            );
            assert_eq!(
                facts.sop_class.as_deref(),
                Some("Digital X-Ray Image Storage - For Presentation")
            );
            assert_eq!(object.frame(0).unwrap().values, WORDS.map(f32::from));
        }
    }
}

#[test]
fn names_are_read_in_latin_and_in_unicode() {
    for (set, name) in [
        ("ISO_IR 100", &b"Mu\xF1oz^Ana"[..]),
        ("ISO_IR 192", "Muñoz^Ana".as_bytes()),
    ] {
        let file = Writer::grey(3, &WORDS)
            .with_text((0x0008, 0x0005), "CS", set)
            .with((0x0010, 0x0010), Value::Bytes("PN", name.into()))
            .file();
        assert_eq!(
            read(&file).unwrap().facts().patient_name.as_deref(),
            Some("Muñoz^Ana")
        );
    }
}

#[test]
fn objects_without_pixels_are_named() {
    let storage = "1.2.840.10008.5.1.4.1.1.";
    for (class, kind) in [
        ("88.11", ObjectKind::Report),
        ("88.59", ObjectKind::KeyObjects),
        ("104.1", ObjectKind::Document),
        ("11.1", ObjectKind::PresentationState),
        ("481.3", ObjectKind::Radiotherapy),
        ("9.1.1", ObjectKind::Waveform),
        ("66.5", ObjectKind::Segmentation),
        ("66", ObjectKind::RawData),
    ] {
        let mut writer =
            Writer::grey(3, &WORDS).with_text((0x0008, 0x0016), "UI", &format!("{storage}{class}"));
        writer.elements.remove(&(0x7FE0, 0x0010));
        assert_eq!(
            read(&writer.file()).err(),
            Some(Refusal::NoPicture { kind }),
            "{class}"
        );
    }
    let mut index =
        Writer::grey(3, &WORDS).with_text((0x0008, 0x0016), "UI", "1.2.840.10008.1.3.10");
    index.elements.remove(&(0x7FE0, 0x0010));
    assert_eq!(read(&index.file()).err(), Some(Refusal::Index));
}
