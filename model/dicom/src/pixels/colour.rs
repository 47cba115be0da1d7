//! Colours to grey.

use crate::{
    data_set::{DataSet, Tag, tag},
    lut::Lut,
    refusal::{Attribute, Refusal},
};

/// ITU-R BT.601 weights, as for PNG and JPEG.
pub(crate) fn luma([red, green, blue]: [u16; 3]) -> u16 {
    let weighed = 299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue);
    ((weighed + 500) / 1000) as u16
}

/// The tables of a palette, PS3.3, C.7.9.
pub(crate) struct Palette {
    tables: [Lut; 3],
}

impl Palette {
    pub(crate) fn read(data: &DataSet, signed: bool) -> Result<Self, Refusal> {
        if data.get(tag::SEGMENTED_RED_TABLE).is_some() && data.get(tag::RED_TABLE).is_none() {
            return Err(Refusal::Colour {
                name: "PALETTE COLOR (segmented)".into(),
            });
        }
        let table = |descriptor: Tag, table: Tag| {
            let table = Lut::read(data, [descriptor, table], |_, _| signed);
            table.ok_or(Refusal::invalid(Attribute::Palette))
        };
        Ok(Self {
            tables: [
                table(tag::RED_DESCRIPTOR, tag::RED_TABLE)?,
                table(tag::GREEN_DESCRIPTOR, tag::GREEN_TABLE)?,
                table(tag::BLUE_DESCRIPTOR, tag::BLUE_TABLE)?,
            ],
        })
    }

    pub(crate) fn grey(&self, index: i64) -> u16 {
        luma(self.tables.each_ref().map(|table| table.get(index as f64)))
    }

    /// The grey of white.
    pub(crate) fn white(&self) -> u16 {
        let white = self.tables.each_ref().map(Lut::white);
        white.into_iter().max().unwrap_or(u16::MAX)
    }
}
