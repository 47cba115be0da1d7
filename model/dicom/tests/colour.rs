//! Colours, of which the grey is read.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod writer;

use dicom::{Refusal, Voi, read};
use writer::{Value, Writer};

const PIXELS: (u16, u16) = (0x7FE0, 0x0010);

/// Bytes of three colours.
fn colour(photometric: &str, columns: u16, bytes: &[u8]) -> Writer {
    Writer::grey(columns, &vec![0; usize::from(columns)])
        .bits(8, 8, 7, false)
        .with_word((0x0028, 0x0002), 3)
        .with_text((0x0028, 0x0004), "CS", photometric)
        .with_word((0x0028, 0x0006), 0)
        .with(PIXELS, Value::Bytes("OB", bytes.into()))
}

fn values(writer: &Writer) -> Vec<f32> {
    read(&writer.file()).unwrap().frame(0).unwrap().values
}

#[test]
fn red_green_and_blue_become_brightness_pixel_by_pixel_and_colour_by_colour() {
    let pixels = colour("RGB", 2, &[255, 0, 0, 10, 200, 90]);
    assert_eq!(values(&pixels), [76.0, 131.0]);
    let planes = colour("RGB", 2, &[255, 10, 0, 200, 0, 90]).with_word((0x0028, 0x0006), 1);
    assert_eq!(values(&planes), [76.0, 131.0]);
}

#[test]
fn brightness_and_differences_give_the_brightness() {
    assert_eq!(
        values(&colour("YBR_FULL", 2, &[30, 128, 128, 226, 1, 149])),
        [30.0, 226.0]
    );
}

#[test]
fn two_pixels_may_share_their_differences() {
    assert_eq!(
        values(&colour(
            "YBR_FULL_422",
            4,
            &[1, 2, 128, 128, 3, 4, 128, 128]
        )),
        [1.0, 2.0, 3.0, 4.0]
    );
    // Under this name, but each with its own.
    assert_eq!(
        values(&colour("YBR_FULL_422", 2, &[1, 9, 9, 2, 9, 9])),
        [1.0, 2.0]
    );
}

#[test]
fn a_colour_picture_has_its_whole_range_and_no_window_or_inversion() {
    let writer = colour("RGB", 2, &[100, 100, 100, 150, 150, 150]).window("100", "1");
    let frame = read(&writer.file()).unwrap().frame(0).unwrap();
    assert_eq!(frame.default_voi(), Voi::Range);
    assert_eq!(frame.render(&Voi::Range, frame.inverted), [25_700, 38_550]);
}

#[test]
fn a_palette_is_looked_up() {
    let table = |entries: [u16; 3]| Value::OtherWords(entries.into());
    let mut writer = Writer::grey(4, &[10, 11, 12, 0])
        .with_text((0x0028, 0x0004), "CS", "PALETTE COLOR")
        .with((0x0028, 0x1201), table([65_535, 0, 1000]))
        .with((0x0028, 0x1202), table([65_535, 65_535, 1000]))
        .with((0x0028, 0x1203), table([65_535, 0, 1000]));
    for element in [0x1101, 0x1102, 0x1103] {
        writer.set((0x0028, element), Value::Words(vec![3, 10, 16]));
    }
    assert_eq!(values(&writer), [65_535.0, 38_469.0, 1000.0, 65_535.0]);
    writer.elements.remove(&(0x0028, 0x1202));
    assert!(read(&writer.file()).unwrap().frame(0).is_err());
}

#[test]
fn other_colours_are_refused_by_name() {
    let refusal = read(&colour("CMYK", 2, &[0; 8]).file()).err();
    assert_eq!(
        refusal,
        Some(Refusal::Colour {
            name: "CMYK".into()
        })
    );
}
