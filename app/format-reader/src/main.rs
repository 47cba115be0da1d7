//! Reads what the engine has no decoder for. It asks nothing of the world around it, see `side-program`.
#![allow(
    unsafe_code,
    reason = "functions that are called by their names; none does anything that Rust does not check"
)]

use reader_answers::{Read, Wanted};
use side_program::{Body, Program, program};

#[derive(Default)]
struct FormatReader;

impl Program for FormatReader {
    type Question = Wanted;
    type Answer = Read;

    fn answer(&mut self, wanted: Wanted, file: &[u8]) -> (Read, Body) {
        match wanted {
            Wanted::Film { frame } => Read::film(dicom::film(file, frame)),
            Wanted::Values { frame } => Read::values(dicom::values(file, frame)),
            Wanted::Picture => Read::picture(picture_formats::read(file)),
        }
    }
}

program!(FormatReader);
