//! The order of modality, VOI and inversion, and what each of them does with valid objects that programs disagree on.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod writer;

use dicom::{Attribute, Frame, Refusal, Voi, WindowFunction, read};
use writer::{EXPLICIT, Elements, IMPLICIT, Value, Writer, lut};

const MODALITY_TABLE: (u16, u16) = (0x0028, 0x3000);
const VOI_TABLE: (u16, u16) = (0x0028, 0x3010);
const SHAPE: (u16, u16) = (0x2050, 0x0020);
const PHOTOMETRIC: (u16, u16) = (0x0028, 0x0004);

fn frame(writer: &Writer) -> Frame {
    read(&writer.file()).unwrap().frame(0).unwrap()
}

/// As it is shown first.
fn picture(writer: &Writer) -> Vec<u16> {
    let frame = frame(writer);
    frame.render(&frame.default_voi(), frame.inverted)
}

#[test]
fn without_a_window_the_range_of_signed_values_spans_all_greys() {
    let stored = [-1000_i16, 250, 1500].map(i16::cast_unsigned);
    let writer = Writer::grey(3, &stored).bits(16, 16, 15, true);
    assert_eq!(picture(&writer), [0, 32_768, 65_535]);
}

#[test]
fn padding_has_no_part_in_the_range() {
    let signed = |value: i16| value.cast_unsigned();
    let stored = [signed(-2000), signed(-1990), 0, 1000];
    for syntax in [EXPLICIT, IMPLICIT] {
        let one = Writer::grey(4, &stored)
            .bits(16, 16, 15, true)
            .syntax(syntax)
            .with((0x0028, 0x0120), Value::Signed(vec![-2000]));
        assert_eq!(
            (frame(&one).range.low, frame(&one).range.high),
            (-1990.0, 1000.0)
        );
        let range = one.with((0x0028, 0x0121), Value::Signed(vec![-1990]));
        assert_eq!(
            (frame(&range).range.low, frame(&range).range.high),
            (0.0, 1000.0)
        );
        // Padding is stored: the rescale does not change which values it is.
        let rescaled = range.rescale("2", "100");
        assert_eq!(
            (frame(&rescaled).range.low, frame(&rescaled).range.high),
            (100.0, 2100.0)
        );
    }
    let unsigned = Writer::grey(3, &[63_536, 5, 10])
        .bits(16, 16, 15, false)
        .with_word((0x0028, 0x0120), 63_536);
    assert_eq!(frame(&unsigned).range.high, 10.0);
}

#[test]
fn the_presentation_shape_decides_on_inversion_before_the_photometric_interpretation() {
    for (photometric, shape, inverted) in [
        ("MONOCHROME1", None, true),
        ("MONOCHROME2", None, false),
        ("MONOCHROME1", Some("IDENTITY"), false),
        ("MONOCHROME1", Some("INVERSE"), true),
        ("MONOCHROME2", Some("IDENTITY"), false),
        ("MONOCHROME2", Some("INVERSE"), true),
    ] {
        let mut writer = Writer::grey(2, &[0, 4095])
            .window("2048", "4096")
            .with_text(PHOTOMETRIC, "CS", photometric);
        if let Some(shape) = shape {
            writer.text(SHAPE, "CS", shape);
        }
        let expected = if inverted { [65_535, 0] } else { [0, 65_535] };
        assert_eq!(picture(&writer), expected, "{photometric} {shape:?}");
        assert_eq!(read(&writer.file()).unwrap().facts().inverted, inverted);
    }
}

#[test]
fn inversion_is_the_last_step() {
    // Values 0, 50 and 100 after the rescale; the window is in that unit.
    let writer = Writer::grey(3, &[0, 500, 1000])
        .rescale("0.1", "0")
        .window("50.5", "101")
        .with_text(PHOTOMETRIC, "CS", "MONOCHROME1");
    assert_eq!(picture(&writer), [65_535, 32_767, 0]);
}

#[test]
fn a_table_may_begin_at_a_negative_value_in_each_encoding() {
    // Rescaled to -1024..=3071; the table's 4,096 entries are as high as their number.
    let entries: Vec<u16> = (0..4096).collect();
    let first = (-1024_i16).cast_unsigned();
    for syntax in [EXPLICIT, IMPLICIT] {
        for descriptor in [
            Value::Words(vec![4096, first, 12]),
            Value::Signed(vec![4096, -1024, 12]),
        ] {
            let item = Elements::from([
                ((0x0028, 0x3002), descriptor.clone()),
                ((0x0028, 0x3006), Value::OtherWords(entries.clone())),
            ]);
            let writer = Writer::grey(3, &[0, 1000, 4095])
                .rescale("1", "-1024")
                .syntax(syntax)
                .with(VOI_TABLE, Value::Sequence(vec![item]));
            assert_eq!(picture(&writer), [0, 16_004, 65_535], "{syntax}");
        }
    }
}

#[test]
fn a_table_of_unsigned_values_may_begin_high() {
    for syntax in [EXPLICIT, IMPLICIT] {
        let table = lut([2, 40_000, 16], Value::Words(vec![0, 65_535]));
        let writer = Writer::grey(3, &[39_999, 40_000, 40_001])
            .bits(16, 16, 15, false)
            .syntax(syntax)
            .with(VOI_TABLE, Value::Sequence(vec![table]));
        assert_eq!(picture(&writer), [0, 0, 65_535], "{syntax}");
    }
}

#[test]
fn no_entries_stand_for_65536() {
    let inverting: Vec<u16> = (0..=u16::MAX).rev().collect();
    // Explicit elements hold less than 64 kB in US, but not in OW.
    let table = lut([0, 0, 16], Value::OtherWords(inverting));
    let writer = Writer::grey(3, &[0, 535, 65_535])
        .bits(16, 16, 15, false)
        .with(VOI_TABLE, Value::Sequence(vec![table]));
    assert_eq!(picture(&writer), [65_535, 65_000, 0]);
}

#[test]
fn entries_of_8_bits_may_be_packed_two_in_a_word() {
    for syntax in [EXPLICIT, IMPLICIT, writer::BIG_ENDIAN] {
        let packed = lut([4, 0, 8], Value::OtherWords(vec![0x3300, 0xFF66]));
        let apart = lut([4, 0, 8], Value::OtherWords(vec![0, 0x33, 0x66, 0xFF]));
        for table in [packed, apart] {
            let writer = Writer::grey(4, &[0, 1, 2, 3])
                .syntax(syntax)
                .with(VOI_TABLE, Value::Sequence(vec![table]));
            assert_eq!(picture(&writer), [0, 13_107, 26_214, 65_535], "{syntax}");
        }
    }
}

#[test]
fn several_tables_are_alternatives_for_all_frames() {
    let rising = lut([2, 0, 16], Value::Words(vec![0, 65_535]));
    let falling = lut([2, 0, 16], Value::Words(vec![65_535, 0]));
    let falling = falling
        .into_iter()
        .chain([((0x0028, 0x3003), Value::Text("LO", "INVERTED".into()))]);
    let writer = Writer::grey(2, &[0, 1, 0, 1])
        .with_word((0x0028, 0x0010), 1)
        .with_text((0x0028, 0x0008), "IS", "2")
        .with(VOI_TABLE, Value::Sequence(vec![rising, falling.collect()]));
    let file = writer.file();
    let object = read(&file).unwrap();
    for index in 0..2 {
        let frame = object.frame(index).unwrap();
        assert_eq!(frame.default_voi(), Voi::Lut(0));
        assert_eq!(frame.render(&Voi::Lut(0), false), [0, 65_535]);
        assert_eq!(frame.render(&Voi::Lut(1), false), [65_535, 0]);
        assert_eq!(frame.luts[1].explanation.as_deref(), Some("INVERTED"));
    }
}

#[test]
fn a_table_goes_before_a_window() {
    let table = lut([2, 0, 16], Value::Words(vec![65_535, 0]));
    let writer = Writer::grey(2, &[0, 1])
        .window("0.5", "1")
        .with(VOI_TABLE, Value::Sequence(vec![table]));
    assert_eq!(picture(&writer), [65_535, 0]);
}

#[test]
fn a_table_that_fills_fewer_bits_than_it_declares_is_not_shown_black() {
    let render = |peak| {
        let table = lut([2, 0, 16], Value::Words(vec![0, peak]));
        picture(&Writer::grey(2, &[0, 1]).with(VOI_TABLE, Value::Sequence(vec![table])))[1]
    };
    // 12 bits in use: white. More than a quarter of what is declared: as declared.
    assert_eq!(render(4095), 65_535);
    assert_eq!(render(2048), 32_776);
    assert_eq!(render(16_384), 16_384);
    assert_eq!(render(16_383), 65_535);
}

#[test]
fn a_modality_table_is_applied() {
    let table = lut(
        [4, 0, 16],
        Value::Words(vec![40_000, 30_000, 20_000, 10_000]),
    );
    let writer = Writer::grey(5, &[0, 1, 2, 3, 9])
        .rescale("7", "7")
        .with(MODALITY_TABLE, Value::Sequence(vec![table.clone()]));
    assert_eq!(
        frame(&writer).values,
        [40_000.0, 30_000.0, 20_000.0, 10_000.0, 10_000.0]
    );
    assert_eq!(picture(&writer)[..4], [65_535, 43_690, 21_845, 0]);
    // Of these it leads back to the beam, and is no step to a picture.
    let angiography = writer.with_text((0x0008, 0x0016), "UI", "1.2.840.10008.5.1.4.1.1.12.1");
    assert_eq!(frame(&angiography).values[0], 7.0);
}

#[test]
fn a_modality_table_that_makes_no_sense_is_refused_and_not_left_out() {
    let table = lut([4, 0, 16], Value::Words(vec![]));
    let file = Writer::grey(2, &[0, 1])
        .with(MODALITY_TABLE, Value::Sequence(vec![table]))
        .file();
    let refusal = read(&file).unwrap().frame(0).err();
    let attribute = Attribute::ModalityLut;
    assert_eq!(refusal, Some(Refusal::Invalid { attribute }));
}

#[test]
fn the_three_window_functions_are_those_of_the_standard() {
    // From PS3.3, C.11.2.1.2 and C.11.2.1.3, computed by hand for center 2048 and width 4096.
    for (function, expected) in [
        ("LINEAR", [0, 32_007, 65_535]),
        ("LINEAR_EXACT", [0, 32_000, 65_519]),
        ("SIGMOID", [7812, 32_000, 57_716]),
    ] {
        let writer = Writer::grey(3, &[0, 2000, 4095])
            .window("2048", "4096")
            .with_text((0x0028, 0x1056), "CS", function);
        assert_eq!(picture(&writer), expected, "{function}");
    }
}

#[test]
fn narrow_windows_are_steps() {
    let greys = |center, width, function| {
        let writer = Writer::grey(3, &[99, 100, 101])
            .window(center, width)
            .with_text((0x0028, 0x1056), "CS", function);
        picture(&writer)
    };
    assert_eq!(greys("100.5", "1", "LINEAR"), [0, 0, 65_535]);
    assert_eq!(greys("100", "0.5", "LINEAR_EXACT"), [0, 32_768, 65_535]);
}

#[test]
fn windows_have_their_explanations_and_invalid_ones_are_left_out() {
    let writer = Writer::grey(2, &[0, 1])
        .window("10\\20\\x\\40", "100\\0\\100\\200")
        .with_text((0x0028, 0x1055), "LO", "SOFT\\NONE\\WRONG\\BONE");
    let windows = frame(&writer).windows;
    let told: Vec<_> = windows
        .iter()
        .map(|window| (window.center, window.explanation.as_deref()))
        .collect();
    assert_eq!(told, [(10.0, Some("SOFT")), (40.0, Some("BONE"))]);
    assert_eq!(windows[0].function, WindowFunction::Linear);
}

#[test]
fn a_ct_without_a_window_is_shown_in_that_of_soft_tissue() {
    let writer = Writer::grey(3, &[0, 1064, 4095])
        .rescale("1", "-1024")
        .with_text((0x0008, 0x0060), "CS", "CT");
    let Voi::Window(window) = frame(&writer).default_voi() else {
        panic!("no window");
    };
    assert_eq!((window.center, window.width), (40.0, 400.0));
    assert_eq!(picture(&writer), [0, 32_850, 65_535]);
}

#[test]
fn a_picture_of_one_value_is_black() {
    assert_eq!(picture(&Writer::grey(2, &[7, 7])), [0, 0]);
}
