//! [`Object`]: one DICOM object, looked at but not yet decoded.

use std::{borrow::Cow, ops::Range};

use crate::{
    data_set::{Broken, DataSet, Elements, Item, Tag, tag},
    facts::Facts,
    file::File,
    fragments::Fragments,
    frame::Frame,
    pixels::PixelFormat,
    refusal::{Attribute, Refusal},
    sop_class,
    transfer_syntax::{Storage, TransferSyntax},
};

/// A picture with its attributes; [`Object::frame`] decodes it.
pub struct Object<'a> {
    bytes: Cow<'a, [u8]>,
    start: usize,
    syntax: TransferSyntax,
    format: PixelFormat,
    pixels: Pixels,
    facts: Facts,
}

/// Where the pixels are within the object's bytes.
enum Pixels {
    Native(Range<usize>),
    Fragments(Fragments),
}

/// Reads what an object says of itself and finds its pixels.
///
/// # Errors
/// See [`Refusal`]. The size is judged before memory is taken for the pixels.
pub fn read(bytes: &[u8]) -> Result<Object<'_>, Refusal> {
    let File {
        bytes,
        start,
        syntax,
        sop_class,
        named,
    } = File::open(bytes)?;
    if sop_class.as_deref() == Some(sop_class::DIRECTORY) {
        return Err(Refusal::Index);
    }
    let (data, end) = DataSet::read(&mut Elements::new(&bytes[start..], syntax.encoding));
    let class = data.code(tag::SOP_CLASS).or(sop_class);
    let pixels = [
        tag::PIXEL_DATA,
        tag::FLOAT_PIXEL_DATA,
        tag::DOUBLE_PIXEL_DATA,
    ];
    let Some(element) = pixels.into_iter().find_map(|tag| data.get(tag)) else {
        let is_index = data.get(tag::DIRECTORY_RECORDS).is_some();
        return Err(without_pixels(end, class.as_deref(), named, is_index));
    };
    if syntax.pixels == Storage::Unread {
        return Err(Refusal::TransferSyntax {
            name: syntax.name.into(),
        });
    }
    let format = PixelFormat::read(&data, element, syntax)?;
    let pixels = match element.undefined {
        true => Pixels::Fragments(Fragments::find(&data, element, start, format.frames)?),
        // Some writers leave the name of a compression behind when they undo it.
        false => Pixels::Native(native(element.value.len(), start + element.start, &format)?),
    };
    let mut object = Object {
        facts: Facts::default(),
        start,
        syntax,
        format,
        pixels,
        bytes: Cow::Borrowed(&[]),
    };
    object.facts = Facts::read(
        &data,
        &Groups::of(&data, 0),
        class.as_deref(),
        syntax,
        &object.format,
    );
    drop(data);
    object.bytes = bytes;
    Ok(object)
}

/// What an object is in which no pixels were found. `named`: the bytes say that they are DICOM.
fn without_pixels(
    end: Result<(), Broken>,
    class: Option<&str>,
    named: bool,
    is_index: bool,
) -> Refusal {
    match (end, class) {
        // Bytes that began like a data set by chance.
        (_, None) if !named && !is_index => Refusal::NotDicom,
        (Err(Broken::Malformed), _) => Refusal::Damaged,
        (Err(Broken::Truncated), _) => Refusal::Truncated,
        (Ok(()), _) if is_index => Refusal::Index,
        // Cut off between two attributes.
        (Ok(()), None) => Refusal::Truncated,
        (Ok(()), Some(class)) if sop_class::name(class).is_some() => Refusal::Truncated,
        (Ok(()), Some(class)) => Refusal::NoPicture {
            kind: sop_class::kind(class),
        },
    }
}

/// Checks that native pixels hold all frames.
fn native(length: usize, start: usize, format: &PixelFormat) -> Result<Range<usize>, Refusal> {
    let needed = format.frame_bits().checked_mul(format.frames.into());
    match needed.map(|bits| bits.div_ceil(8)) {
        Some(needed) if needed <= length as u64 => Ok(start..start + length),
        _ => Err(Refusal::Truncated),
    }
}

impl Object<'_> {
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// At least 1.
    pub fn frames(&self) -> u32 {
        self.format.frames
    }

    /// Decodes the frame `index` and does the modality step.
    ///
    /// # Errors
    /// [`Refusal::NoSuchFrame`]; pixels that are damaged, or compressed in a way that is not read.
    pub fn frame(&self, index: u32) -> Result<Frame, Refusal> {
        if index >= self.format.frames {
            return Err(Refusal::NoSuchFrame {
                index,
                frames: self.format.frames,
            });
        }
        let samples = match (&self.pixels, self.syntax.pixels) {
            (Pixels::Fragments(fragments), Storage::Compressed(compression)) => {
                let stream = fragments.frame(&self.bytes, index)?;
                self.format.decompress(compression, &stream)?
            }
            (Pixels::Fragments(fragments), _) => {
                let stream = fragments.frame(&self.bytes, index)?;
                self.format.unpack(&stream, 0)?
            }
            (Pixels::Native(range), _) => self.format.unpack(&self.bytes[range.clone()], index)?,
        };
        let (data, _) = DataSet::read(&mut Elements::new(
            &self.bytes[self.start..],
            self.syntax.encoding,
        ));
        Frame::read(
            &self.format,
            samples,
            &data,
            &Groups::of(&data, index),
            &self.facts,
        )
    }
}

/// Where attributes of one frame stand: in its own functional groups, in those of all frames, or in the data set
/// itself, PS3.3, C.7.6.16.
pub(crate) struct Groups<'a> {
    own: DataSet<'a>,
    shared: DataSet<'a>,
}

impl<'a> Groups<'a> {
    pub(crate) fn of(data: &DataSet<'a>, frame: u32) -> Self {
        let own = data
            .get(tag::PER_FRAME_GROUPS_SEQUENCE)
            .and_then(|sequence| sequence.items().nth(frame as usize));
        Self {
            own: own
                .map(|item: Item| DataSet::of_item(item))
                .unwrap_or_default(),
            shared: data.first_item(tag::SHARED_GROUPS_SEQUENCE),
        }
    }

    /// A functional group by its sequence; `None` if the object has none.
    pub(crate) fn get(&self, sequence: Tag) -> Option<DataSet<'a>> {
        let groups = [&self.own, &self.shared];
        let mut groups = groups.into_iter().map(|groups| groups.first_item(sequence));
        groups.find(|group| !group.is_empty())
    }
}

impl Refusal {
    pub(crate) fn invalid(attribute: Attribute) -> Self {
        Self::Invalid { attribute }
    }
}
