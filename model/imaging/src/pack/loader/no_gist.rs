//! In a browser every film has its pixels.

use super::{Advance, Loader};
use crate::{
    dataset::Dataset,
    decode::{PackDepth, Range},
    pack::{Source, doubles::Sketch},
};

pub(super) enum WithoutPixels {}

impl WithoutPixels {
    pub(super) fn in_pack(
        self,
        _: &mut Dataset,
        _: &[Range],
        _: PackDepth,
    ) -> (Vec<Sketch>, Vec<bool>) {
        match self {}
    }
}

impl<S: Source> Loader<S> {
    pub(super) fn advance_without_pixels(&mut self) -> Advance {
        Advance::Done
    }
}
