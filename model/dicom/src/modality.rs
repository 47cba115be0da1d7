//! The modality step: stored numbers to the device's own unit, such as Hounsfield, PS3.3, C.11.1.

use crate::{
    data_set::{DataSet, Vr, tag},
    lut::Lut,
    refusal::{Attribute, Refusal},
};

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Modality {
    Rescale { slope: f64, intercept: f64 },
    Table(Lut),
}

impl Modality {
    /// `rescale`: where slope and intercept stand, which is a functional group or `root`. A table goes first.
    pub(crate) fn read(
        root: &DataSet,
        rescale: &DataSet,
        signed: bool,
        beam: bool,
    ) -> Result<Self, Refusal> {
        if !beam
            && root
                .get(tag::MODALITY_LUT_SEQUENCE)
                .is_some_and(|sequence| !sequence.value.is_empty())
        {
            let item = root.first_item(tag::MODALITY_LUT_SEQUENCE);
            let signed = |vr, _| signed || vr == Some(Vr::SS);
            let table = Lut::read(&item, [tag::LUT_DESCRIPTOR, tag::LUT_DATA], signed);
            return table.map(Self::Table).ok_or(Refusal::Invalid {
                attribute: Attribute::ModalityLut,
            });
        }
        let number = |tag, otherwise| match rescale.get(tag) {
            Some(element) if rescale.code(tag).is_some() => {
                element.decimals().next().flatten().ok_or(Refusal::Invalid {
                    attribute: Attribute::Rescale,
                })
            }
            _ => Ok(otherwise),
        };
        Ok(Self::Rescale {
            slope: match number(tag::RESCALE_SLOPE, 1.0)? {
                // Would make everything one grey, and no device means it.
                0.0 => 1.0,
                slope => slope,
            },
            intercept: number(tag::RESCALE_INTERCEPT, 0.0)?,
        })
    }

    pub(crate) fn apply(&self, stored: f64) -> f64 {
        match self {
            Self::Rescale { slope, intercept } => stored * slope + intercept,
            Self::Table(table) => table.get(stored).into(),
        }
    }

    /// The lowest and highest of what can come of numbers from `low` to `high`.
    pub(crate) fn span(&self, low: f64, high: f64) -> (f64, f64) {
        match self {
            Self::Rescale { .. } => {
                let (a, b) = (self.apply(low), self.apply(high));
                (a.min(b), a.max(b))
            }
            Self::Table(_) => (0.0, f64::from(u16::MAX)),
        }
    }
}
