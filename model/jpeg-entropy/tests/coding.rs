//! The table of T.81, K.3, for DC coefficients of brightness, and bits written by hand.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use jpeg_entropy::{Bits, Damaged, HuffmanTables};

/// Counts and symbols of T.81, table K.3: 0 is 00, 1 to 5 are 010 to 110, 6 is 1110, and each further one is a 1 longer.
const BRIGHTNESS: [u8; 28] = [
    0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
];

fn tables() -> HuffmanTables {
    let mut tables = HuffmanTables::default();
    tables.define(&[&[0], &BRIGHTNESS[..]].concat()).unwrap();
    tables
}

/// Bytes of zeros and ones.
fn packed(bits: &str) -> Vec<u8> {
    let bits: Vec<u8> = bits.bytes().filter(|&bit| bit != b' ').collect();
    let byte = |eight: &[u8]| eight.iter().fold(0, |high, bit| high << 1 | (bit - b'0'));
    bits.chunks(8).map(byte).collect()
}

#[test]
fn codes_and_the_numbers_behind_them_are_read() {
    let tables = tables();
    let table = tables.dc(0).unwrap();
    // 2 bits: 3, then -2; 8 bits: -255; none: 0.
    let data = packed("011 11  011 01  111110 00000000  00  1 00000");
    let mut bits = Bits::new(&data);
    for (length, number) in [(2, 3), (2, -2), (8, -255), (0, 0)] {
        assert_eq!(bits.symbol(table), Ok(length));
        assert_eq!(bits.number(length), Ok(number));
    }
    assert_eq!(bits.take(1), Ok(1));
}

#[test]
fn a_zero_behind_255_is_left_out_and_a_marker_ends_the_data() {
    let data = [0xFF, 0, 0x12, 0xFF, 0xD9, 0x34];
    let mut bits = Bits::new(&data);
    assert_eq!(bits.take(16), Ok(0xFF12));
    assert_eq!(bits.take(1), Err(Damaged));
    assert_eq!(bits.end(), 3);
}

#[test]
fn behind_a_restart_the_data_go_on_and_behind_another_marker_they_do_not() {
    let data = [0x55, 0xFF, 0xFF, 0xD3, 0x34, 0xFF, 0xC4];
    let mut bits = Bits::new(&data);
    assert_eq!(bits.take(4), Ok(5));
    assert_eq!(bits.restart(), Ok(()));
    assert_eq!(bits.take(8), Ok(0x34));
    assert_eq!(bits.restart(), Err(Damaged));
    assert_eq!(Bits::new(&data).end(), 5);
    assert_eq!(Bits::new(&data[..5]).end(), 5);
}

#[test]
fn a_code_that_no_table_has_is_damage() {
    let tables = tables();
    // Nine ones; the 0 behind the first eight is not one of the bits.
    let mut bits = Bits::new(&[0xFF, 0, 0x80]);
    assert_eq!(bits.symbol(tables.dc(0).unwrap()), Err(Damaged));
}

#[test]
fn tables_that_make_no_sense_are_refused() {
    let three_codes_of_one_bit = [&[0x10, 3], &[0; 15][..], &[1, 2, 3]].concat();
    let symbols_missing = [&[0x10, 2], &[0; 15][..], &[1]].concat();
    let cut = vec![0x10, 2, 0];
    let third_class = [&[0x20], &BRIGHTNESS[..]].concat();
    let fifth_table = [&[0x04], &BRIGHTNESS[..]].concat();
    for segment in [
        three_codes_of_one_bit,
        symbols_missing,
        cut,
        third_class,
        fifth_table,
    ] {
        let mut tables = HuffmanTables::default();
        assert_eq!(tables.define(&segment), Err(Damaged), "{segment:?}");
        assert!(tables.ac(0).is_none());
    }
}

#[test]
fn tables_are_defined_anew_but_not_without_end() {
    let mut tables = tables();
    let again = [&[0x13], &BRIGHTNESS[..]].concat();
    for _ in 1..256 {
        assert_eq!(tables.define(&again), Ok(()));
    }
    assert!(tables.ac(3).is_some());
    assert_eq!(tables.define(&again), Err(Damaged));
}
