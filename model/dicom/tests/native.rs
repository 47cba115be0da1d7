//! Uncompressed objects.

mod writer;

use dicom::{Refusal, Voi, read};
use writer::{BIG_ENDIAN, EXPLICIT, IMPLICIT, Writer};

#[test]
fn a_grey_picture_is_read_in_each_encoding() {
    let words = [0, 1, 2, 1000, 4094, 4095];
    for syntax in [EXPLICIT, IMPLICIT, BIG_ENDIAN] {
        let file = Writer::grey(3, &words)
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
        assert_eq!(
            frame.values,
            [0.0, 1.0, 2.0, 1000.0, 4094.0, 4095.0],
            "{syntax}"
        );
        assert!(matches!(frame.default_voi(), Voi::Window(_)));
        let greys = frame.render(&frame.default_voi(), false);
        // From 0 to 1,999: (value - 999.5) / 1999 + 0.5 of 65,535.
        assert_eq!(greys, [0, 33, 66, 32_784, 65_535, 65_535], "{syntax}");
    }
}

#[test]
fn a_picture_cut_off_anywhere_is_refused() {
    for syntax in [EXPLICIT, IMPLICIT, BIG_ENDIAN] {
        let file = Writer::grey(3, &[7; 6]).syntax(syntax).file();
        for length in 0..file.len() {
            let refusal = read(&file[..length]).err();
            let expected = match length {
                0..132 => Some(Refusal::NotDicom),
                _ => Some(Refusal::Truncated),
            };
            assert_eq!(refusal, expected, "{syntax} {length}");
        }
    }
}
