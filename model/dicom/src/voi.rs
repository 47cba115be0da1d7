//! The VOI step (values of interest): which values are black and white, PS3.3, C.11.2.

use serde::{Deserialize, Serialize};

use crate::{
    data_set::{CharacterSet, DataSet, Vr, tag},
    lut::Lut,
};

/// Level and width, in the unit of the modality step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Window {
    pub center: f64,
    /// At least 1 if `function` is [`WindowFunction::Linear`], else above 0.
    pub width: f64,
    pub function: WindowFunction,
    /// The file's own words, such as "LUNG".
    pub explanation: Option<String>,
}

/// How values become grey, PS3.3, C.11.2.1.2 and C.11.2.1.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WindowFunction {
    Linear,
    LinearExact,
    Sigmoid,
}

/// What is black and white.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Voi {
    /// The frame's lowest and highest value, padding left out.
    Range,
    Window(Window),
    /// The table of this number in [`crate::Frame::luts`].
    Lut(usize),
}

/// A table of the file. Several are alternatives to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoiLut {
    pub lut: Lut,
    pub explanation: Option<String>,
}

/// Usual windows of computed tomography, in Hounsfield units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Preset {
    SoftTissue,
    Lung,
    Bone,
    Brain,
}

impl Preset {
    pub const ALL: [Self; 4] = [Self::SoftTissue, Self::Lung, Self::Bone, Self::Brain];

    pub fn window(self) -> Window {
        let (center, width) = match self {
            Self::SoftTissue => (40.0, 400.0),
            Self::Lung => (-600.0, 1500.0),
            Self::Bone => (480.0, 2500.0),
            Self::Brain => (40.0, 80.0),
        };
        Window::linear(center, width)
    }
}

impl Window {
    /// A window that somebody chose: `width` below 1 counts as 1.
    pub fn linear(center: f64, width: f64) -> Self {
        Self {
            center,
            width: width.max(1.0),
            function: WindowFunction::Linear,
            explanation: None,
        }
    }

    /// 0 black to 1 white.
    pub fn grey(&self, value: f64) -> f64 {
        match self.function {
            WindowFunction::Linear => {
                let from_center = value - (self.center - 0.5);
                let half = (self.width - 1.0) / 2.0;
                // Written out because a width of 1 is a step.
                if from_center <= -half {
                    0.0
                } else if from_center > half {
                    1.0
                } else {
                    from_center / (self.width - 1.0) + 0.5
                }
            }
            WindowFunction::LinearExact => {
                ((value - self.center) / self.width + 0.5).clamp(0.0, 1.0)
            }
            WindowFunction::Sigmoid => {
                1.0 / (1.0 + (-4.0 * (value - self.center) / self.width).exp())
            }
        }
    }

    /// The valid windows of a data set or functional group.
    pub(crate) fn read(data: &DataSet, set: CharacterSet) -> Vec<Self> {
        let function = match data.code(tag::VOI_LUT_FUNCTION).as_deref() {
            Some("LINEAR_EXACT") => WindowFunction::LinearExact,
            Some("SIGMOID") => WindowFunction::Sigmoid,
            _ => WindowFunction::Linear,
        };
        let least = |width: f64| match function {
            WindowFunction::Linear => width >= 1.0,
            _ => width > 0.0,
        };
        let (Some(centers), Some(widths)) =
            (data.get(tag::WINDOW_CENTER), data.get(tag::WINDOW_WIDTH))
        else {
            return Vec::new();
        };
        let explanations = data.text(tag::WINDOW_EXPLANATION, set).unwrap_or_default();
        let explanations = explanations
            .split('\\')
            .map(str::trim)
            .chain(std::iter::repeat(""));
        let pairs = centers.decimals().zip(widths.decimals()).zip(explanations);
        pairs
            .filter_map(|((center, width), explanation)| {
                Some(Self {
                    center: center?,
                    width: width.filter(|&width| least(width))?,
                    function,
                    explanation: (!explanation.is_empty()).then(|| explanation.into()),
                })
            })
            .take(MOST_ALTERNATIVES)
            .collect()
    }
}

/// Files have a handful; a hostile one has a million.
const MOST_ALTERNATIVES: usize = 64;

impl VoiLut {
    /// The tables of a data set or functional group. `span`: the lowest and highest value that may come in.
    pub(crate) fn read(data: &DataSet, set: CharacterSet, span: (f64, f64)) -> Vec<Self> {
        let Some(sequence) = data.get(tag::VOI_LUT_SEQUENCE) else {
            return Vec::new();
        };
        // Without a representation the standard goes by the pixels' sign, but what comes in is what the modality step
        // makes of them. Some writers say "unsigned" of a negative number: then no value would ever reach the table.
        let signed = |vr: Option<Vr>, bits: u16| match vr {
            Some(Vr::SS) => true,
            Some(Vr::US) => f64::from(bits) > span.1 && f64::from(bits.cast_signed()) >= span.0,
            _ => span.0 < 0.0,
        };
        let items = sequence
            .items()
            .take(MOST_ALTERNATIVES)
            .map(DataSet::of_item);
        items
            .filter_map(|item| {
                Some(Self {
                    lut: Lut::read(&item, [tag::LUT_DESCRIPTOR, tag::LUT_DATA], signed)?,
                    explanation: item.text(tag::LUT_EXPLANATION, set),
                })
            })
            .collect()
    }
}
