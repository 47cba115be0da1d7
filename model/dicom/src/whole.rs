//! From a file's bytes to what is shown or worked on, in one step: [`film`] and [`values`].

use serde::{Deserialize, Serialize};

use crate::{Facts, Frame, Range, Refusal, Voi, Window, WindowFunction, read};

/// One frame in grey, as [`Frame::default_voi`] shows it, and what the object says of itself.
#[derive(Clone, Debug, PartialEq)]
pub struct GreyFrame {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Row-major, 0 black to 65,535 white.
    pub pixels: Vec<u16>,
    pub facts: Box<Facts>,
}

/// The values of one frame after the modality step, before any window.
#[derive(Clone, Debug, PartialEq)]
pub struct Levels {
    pub scale: Scale,
    /// Row-major, evenly from the lowest to the highest value.
    pub levels: Vec<u16>,
}

/// What the levels of a frame mean, and how it is shown by default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scale {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// The value at level 0.
    pub lowest: f32,
    /// The value at level 65,535.
    pub highest: f32,
    /// `None` where a table of the file takes its place.
    pub window: Option<Window>,
    /// Whether the picture is inverted after that.
    pub inverted: bool,
}

impl Scale {
    /// The value of a level.
    pub fn value(&self, level: u16) -> f64 {
        let (lowest, highest) = (f64::from(self.lowest), f64::from(self.highest));
        lowest + (highest - lowest) * f64::from(level) / f64::from(u16::MAX)
    }

    /// The window from the lowest to the highest value.
    pub fn whole_range(&self) -> Window {
        let (lowest, highest) = (f64::from(self.lowest), f64::from(self.highest));
        Window {
            center: (lowest + highest) / 2.0,
            width: (highest - lowest).max(f64::from(f32::MIN_POSITIVE)),
            function: WindowFunction::LinearExact,
            explanation: None,
        }
    }
}

/// # Errors
/// See [`Refusal`].
pub fn film(bytes: &[u8], frame: u32) -> Result<GreyFrame, Refusal> {
    let (facts, decoded) = decode(bytes, frame)?;
    Ok(GreyFrame {
        width: decoded.width,
        height: decoded.height,
        pixels: decoded.render(&decoded.default_voi(), decoded.inverted),
        facts: Box::new(facts),
    })
}

/// # Errors
/// See [`Refusal`].
pub fn values(bytes: &[u8], frame: u32) -> Result<Levels, Refusal> {
    let (_, decoded) = decode(bytes, frame)?;
    let Range { low, high } = decoded.range;
    let mut scale = Scale {
        width: decoded.width,
        height: decoded.height,
        lowest: low,
        highest: high,
        window: None,
        inverted: decoded.inverted,
    };
    scale.window = match decoded.default_voi() {
        Voi::Window(window) => Some(window),
        Voi::Range => Some(scale.whole_range()),
        Voi::Lut(_) => None,
    };
    let levels = decoded.render(&Voi::Range, false);
    Ok(Levels { scale, levels })
}

fn decode(bytes: &[u8], frame: u32) -> Result<(Facts, Frame), Refusal> {
    let object = read(bytes)?;
    let decoded = object.frame(frame)?;
    Ok((object.facts().clone(), decoded))
}
