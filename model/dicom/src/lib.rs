//! DICOM radiographs to grey: one object's bytes to what it says of itself, its numbers, and a picture.
//!
//! The order is the standard's, PS3.4, N.2: stored numbers, the modality step (rescale or table), the VOI step (window
//! or table), and one inversion. [`read`] looks at the attributes, [`Object::frame`] decodes and does the modality
//! step, [`Frame::render`] the rest. What is shown and what is trained on both come from there. `docs/dicom.md` lists
//! what is read and what is refused.
//!
//! Objects are hostile until parsed: nothing panics or recurses, and memory is bounded by the length of the bytes and
//! by [`MAX_SAMPLES`].

mod codec;
mod data_set;
mod facts;
mod file;
mod fragments;
mod frame;
mod lut;
mod modality;
mod object;
mod pixels;
mod refusal;
mod sop_class;
mod transfer_syntax;
mod voi;
mod whole;

pub use facts::Facts;
pub use file::is_dicom;
pub use frame::{Frame, Range};
pub use lut::Lut;
pub use object::{Object, read};
pub use pixels::{MAX_SAMPLES, MAX_SIDE};
pub use refusal::{Attribute, Compression, Refusal};
pub use sop_class::ObjectKind;
pub use voi::{Preset, Voi, VoiLut, Window, WindowFunction};
pub use whole::{GreyFrame, Levels, Scale, film, values};
