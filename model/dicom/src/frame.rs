//! [`Frame`]: one picture in numbers, and how it becomes grey.

use crate::{
    data_set::{DataSet, tag},
    facts::{Facts, character_set, windows},
    modality::Modality,
    object::Groups,
    pixels::{Colour, Integer, Palette, PixelFormat, Samples, luma},
    refusal::{Attribute, Refusal},
    sop_class,
    voi::{Preset, Voi, VoiLut, Window},
};

/// One frame after the modality step. Colours have become grey by their brightness, for which there is no VOI step.
#[derive(Clone, Debug)]
pub struct Frame {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Row-major, in the unit of the modality step: Hounsfield for a CT, mostly none for a radiograph.
    pub values: Vec<f32>,
    /// The lowest and highest value that is no padding; of a colour picture those of black and white.
    pub range: Range,
    /// The file's own, valid ones only.
    pub windows: Vec<Window>,
    /// The file's own tables, alternatives.
    pub luts: Vec<VoiLut>,
    /// White is stored as the lowest value.
    pub inverted: bool,
    /// For pictures that bring neither window nor table.
    preset: Option<Preset>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    pub low: f32,
    pub high: f32,
}

impl Frame {
    pub(crate) fn read(
        format: &PixelFormat,
        samples: Samples,
        data: &DataSet,
        groups: &Groups,
        facts: &Facts,
    ) -> Result<Self, Refusal> {
        let frame = |(values, range)| Self {
            width: format.columns,
            height: format.rows,
            values,
            range,
            windows: Vec::new(),
            luts: Vec::new(),
            inverted: format.inverted,
            preset: None,
        };
        if !format.is_grey() {
            return Ok(frame(brightness(format, &samples, data)?));
        }
        let group = groups.get(tag::PIXEL_VALUE_TRANSFORMATION_SEQUENCE);
        let group = group.as_ref().unwrap_or(data);
        let signed = matches!(
            samples,
            Samples::Words { integer, .. } | Samples::Longs { integer, .. } if integer.signed
        );
        let beam = data
            .code(tag::SOP_CLASS)
            .is_some_and(|uid| sop_class::table_is_of_beam(&uid));
        let modality = Modality::read(data, group, signed, beam)?;
        let padding = Padding::read(data, signed);
        let span = match &samples {
            Samples::Words { integer, .. } | Samples::Longs { integer, .. } => {
                let (low, high) = integer.limits();
                modality.span(low, high)
            }
            Samples::Floats(_) => (f64::NEG_INFINITY, f64::INFINITY),
        };
        let voi = groups.get(tag::FRAME_VOI_LUT_SEQUENCE);
        let hounsfield = facts.modality.as_deref() == Some("CT")
            && matches!(group.code(tag::RESCALE_TYPE).as_deref(), None | Some("HU"))
            && group.get(tag::RESCALE_INTERCEPT).is_some();
        Ok(Self {
            windows: windows(data, groups),
            luts: VoiLut::read(voi.as_ref().unwrap_or(data), character_set(data), span),
            preset: hounsfield.then_some(Preset::SoftTissue),
            ..frame(grey(samples, &modality, &padding))
        })
    }

    /// What the picture is shown with first: its first table, else its first window, else for a CT that of soft tissue,
    /// else its range.
    pub fn default_voi(&self) -> Voi {
        if !self.luts.is_empty() {
            return Voi::Lut(0);
        }
        let window = self.windows.first().cloned();
        let window = window.or(self.preset.map(Preset::window));
        window.map_or(Voi::Range, Voi::Window)
    }

    /// Row-major, 0 black to 65,535 white: the VOI step, then one inversion if `inverted`. A table that is not there
    /// counts as [`Voi::Range`].
    pub fn render(&self, voi: &Voi, inverted: bool) -> Vec<u16> {
        match voi {
            Voi::Window(window) => self.greys(inverted, |value| window.grey(value)),
            Voi::Lut(number) if let Some(VoiLut { lut, .. }) = self.luts.get(*number) => {
                let white = f64::from(lut.white());
                self.greys(inverted, |value| f64::from(lut.get(value)) / white)
            }
            Voi::Lut(_) | Voi::Range => {
                let (low, high) = (f64::from(self.range.low), f64::from(self.range.high));
                let extent = match high > low {
                    true => high - low,
                    // All of one value: black.
                    false => f64::INFINITY,
                };
                self.greys(inverted, |value| ((value - low) / extent).clamp(0.0, 1.0))
            }
        }
    }

    /// `grey` gives 0 black to 1 white.
    fn greys(&self, inverted: bool, grey: impl Fn(f64) -> f64) -> Vec<u16> {
        let turn = if inverted { u16::MAX } else { 0 };
        let shade = |&value: &f32| {
            // Rounded, as no shade is negative; `round` is a call on most processors.
            let shade = grey(value.into()) * 65_535.0 + 0.5;
            shade as u16 ^ turn
        };
        self.values.iter().map(shade).collect()
    }
}

/// Stored numbers that fill what is not picture, such as the corners beside a round field, PS3.3, C.7.5.1.1.2.
struct Padding(Option<(f64, f64)>);

impl Padding {
    fn read(data: &DataSet, signed: bool) -> Self {
        let integer = |tag| {
            let bits = data.get(tag)?.words().next()?;
            Some(match signed {
                true => f64::from(bits.cast_signed()),
                false => f64::from(bits),
            })
        };
        let float = |tag| data.get(tag)?.float();
        let value = integer(tag::PIXEL_PADDING_VALUE)
            .or_else(|| float(tag::FLOAT_PADDING_VALUE))
            .or_else(|| float(tag::DOUBLE_PADDING_VALUE));
        let limit = integer(tag::PIXEL_PADDING_RANGE_LIMIT)
            .or_else(|| float(tag::FLOAT_PADDING_RANGE_LIMIT))
            .or_else(|| float(tag::DOUBLE_PADDING_RANGE_LIMIT));
        Self(value.map(|value| {
            let limit = limit.unwrap_or(value);
            (value.min(limit), value.max(limit))
        }))
    }

    fn holds(&self, stored: f64) -> bool {
        self.0
            .is_some_and(|(low, high)| (low..=high).contains(&stored))
    }
}

/// The lowest and highest of the finite values so far.
struct Extremes(Option<Range>);

impl Extremes {
    fn add(&mut self, value: f32) {
        if !value.is_finite() {
            return;
        }
        let Range { low, high } = self.0.unwrap_or(Range {
            low: value,
            high: value,
        });
        self.0 = Some(Range {
            low: low.min(value),
            high: high.max(value),
        });
    }

    fn range(self) -> Range {
        self.0.unwrap_or(Range {
            low: 0.0,
            high: 0.0,
        })
    }
}

/// Values after the modality step and their range.
fn grey(samples: Samples, modality: &Modality, padding: &Padding) -> (Vec<f32>, Range) {
    let mut extremes = Extremes(None);
    let mut step = |stored: f64| {
        let value = modality.apply(stored) as f32;
        if !padding.holds(stored) {
            extremes.add(value);
        }
        // No number is a value that is shown as the lowest.
        if value.is_nan() { f32::MIN } else { value }
    };
    let values = match samples {
        Samples::Words { words, integer } => return by_table(&words, integer, modality, padding),
        Samples::Longs { longs, integer } => longs
            .into_iter()
            .map(|bits| step(integer.value(bits) as f64))
            .collect(),
        Samples::Floats(floats) => floats
            .into_iter()
            .map(|stored| step(stored.into()))
            .collect(),
    };
    (values, extremes.range())
}

/// For words everything is computed once for each of their 65,536 kinds.
fn by_table(
    words: &[u16],
    integer: Integer,
    modality: &Modality,
    padding: &Padding,
) -> (Vec<f32>, Range) {
    let stored = |word: u16| integer.value(word.into()) as f64;
    let table: Vec<f32> = (0..=u16::MAX)
        .map(|word| modality.apply(stored(word)) as f32)
        .collect();
    let mut met = vec![false; table.len()];
    let values = words.iter().map(|&word| {
        met[usize::from(word)] = true;
        table[usize::from(word)]
    });
    let values = values.collect();
    let mut extremes = Extremes(None);
    for word in
        (0..=u16::MAX).filter(|&word| met[usize::from(word)] && !padding.holds(stored(word)))
    {
        extremes.add(table[usize::from(word)]);
    }
    (values, extremes.range())
}

/// The brightness of colours, and those of black and white.
fn brightness(
    format: &PixelFormat,
    samples: &Samples,
    data: &DataSet,
) -> Result<(Vec<f32>, Range), Refusal> {
    let Samples::Words { words, integer } = samples else {
        return Err(Refusal::invalid(Attribute::Bits));
    };
    let number = |word: u16| integer.value(word.into());
    let unsigned = |word: &u16| number(*word) as u16;
    let (greys, white): (Vec<f32>, f32) = match format.colour {
        Colour::Palette => {
            let palette = Palette::read(data, integer.signed)?;
            let grey = |&word| f32::from(palette.grey(number(word)));
            (words.iter().map(grey).collect(), palette.white().into())
        }
        Colour::SharedDifferences => {
            // Y Y Cb Cr for two pixels.
            let fours = words.as_chunks::<4>().0;
            let pairs = fours.iter().flat_map(|[left, right, ..]| [left, right]);
            let mut greys: Vec<f32> = pairs.map(|word| unsigned(word).into()).collect();
            // An odd number of pixels has half a group left.
            greys.extend(
                words
                    .as_chunks::<4>()
                    .1
                    .first()
                    .map(|word| f32::from(unsigned(word))),
            );
            (greys, integer.limits().1 as f32)
        }
        Colour::Grey | Colour::Rgb | Colour::Brightness => {
            let grey = |[a, b, c]: &[u16; 3]| match format.colour {
                Colour::Rgb => f32::from(luma([a, b, c].map(unsigned))),
                _ => f32::from(unsigned(a)),
            };
            let pixels = words.as_chunks::<3>().0;
            (pixels.iter().map(grey).collect(), integer.limits().1 as f32)
        }
    };
    Ok((
        greys,
        Range {
            low: 0.0,
            high: white,
        },
    ))
}
