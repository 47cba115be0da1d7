//! [`Facts`]: what an object says of itself.

use serde::{Deserialize, Serialize};

use crate::{
    data_set::{CharacterSet, DataSet, Tag, tag},
    object::Groups,
    pixels::PixelFormat,
    sop_class,
    transfer_syntax::TransferSyntax,
    voi::Window,
};

/// What an object says of itself; `None` where it does not. Patient and identifiers are for grouping, not for showing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    pub patient_id: Option<String>,
    pub patient_name: Option<String>,
    pub study: Option<String>,
    pub series: Option<String>,
    pub instance: Option<String>,
    /// Such as CR, DX, MG, CT.
    pub modality: Option<String>,
    pub manufacturer: Option<String>,
    /// The manufacturer's name of the device.
    pub model_name: Option<String>,
    pub body_part: Option<String>,
    /// L, R, B or U.
    pub laterality: Option<String>,
    /// Such as PA, AP, LL, CC, MLO.
    pub view_position: Option<String>,
    /// "FOR PRESENTATION" or "FOR PROCESSING": the latter was not made for looking at.
    pub presentation_intent: Option<String>,
    /// In pixels.
    pub rows: u32,
    /// In pixels.
    pub columns: u32,
    pub frames: u32,
    pub bits_stored: u32,
    /// Such as MONOCHROME1, MONOCHROME2, RGB.
    pub photometric: Option<String>,
    /// Of the first frame, valid ones only.
    pub windows: Vec<Window>,
    /// White is stored as the lowest value.
    pub inverted: bool,
    /// Whether there is text in the pixels.
    pub burned_in: Option<bool>,
    /// Between rows and between columns, in the patient, mm. Not to be confused with `imager_pixel_spacing`.
    pub pixel_spacing: Option<[f64; 2]>,
    /// Between rows and between columns, on the detector, mm: no measure of the patient, who is nearer to the tube.
    pub imager_pixel_spacing: Option<[f64; 2]>,
    /// The standard's name.
    pub transfer_syntax: String,
    /// The standard's name, or the identifier of a class that is seldom met.
    pub sop_class: Option<String>,
}

impl Facts {
    pub(crate) fn read(
        data: &DataSet,
        groups: &Groups,
        class: Option<&str>,
        syntax: TransferSyntax,
        format: &PixelFormat,
    ) -> Self {
        let set = character_set(data);
        let anatomy = groups.get(tag::FRAME_ANATOMY_SEQUENCE).unwrap_or_default();
        let measures = groups.get(tag::PIXEL_MEASURES_SEQUENCE);
        let region = |data: &DataSet| {
            data.first_item(tag::ANATOMIC_REGION_SEQUENCE)
                .text(tag::CODE_MEANING, set)
        };
        Self {
            patient_id: data.text(tag::PATIENT_ID, set),
            patient_name: data.text(tag::PATIENT_NAME, set),
            study: data.code(tag::STUDY_INSTANCE),
            series: data.code(tag::SERIES_INSTANCE),
            instance: data.code(tag::SOP_INSTANCE),
            modality: data.code(tag::MODALITY),
            manufacturer: data.text(tag::MANUFACTURER, set),
            model_name: data.text(tag::MODEL_NAME, set),
            body_part: data
                .code(tag::BODY_PART)
                .or_else(|| region(data))
                .or_else(|| region(&anatomy)),
            laterality: data
                .code(tag::IMAGE_LATERALITY)
                .or_else(|| data.code(tag::LATERALITY))
                .or_else(|| anatomy.code(tag::FRAME_LATERALITY)),
            view_position: data.code(tag::VIEW_POSITION).or_else(|| {
                data.first_item(tag::VIEW_CODE_SEQUENCE)
                    .text(tag::CODE_MEANING, set)
            }),
            presentation_intent: data.code(tag::PRESENTATION_INTENT),
            rows: format.rows,
            columns: format.columns,
            frames: format.frames,
            bits_stored: format.bits_stored(),
            photometric: data.code(tag::PHOTOMETRIC_INTERPRETATION),
            windows: match format.is_grey() {
                true => windows(data, groups),
                false => Vec::new(),
            },
            inverted: format.inverted,
            burned_in: match data.code(tag::BURNED_IN_ANNOTATION).as_deref() {
                Some("YES") => Some(true),
                Some("NO") => Some(false),
                _ => None,
            },
            pixel_spacing: spacing(measures.as_ref().unwrap_or(data), tag::PIXEL_SPACING),
            imager_pixel_spacing: spacing(data, tag::IMAGER_PIXEL_SPACING),
            transfer_syntax: syntax.name.into(),
            sop_class: class.map(|uid| sop_class::name(uid).unwrap_or(uid).into()),
        }
    }
}

pub(crate) fn character_set(data: &DataSet) -> CharacterSet {
    CharacterSet::named(data.code(tag::CHARACTER_SET).as_deref())
}

pub(crate) fn windows(data: &DataSet, groups: &Groups) -> Vec<Window> {
    let group = groups.get(tag::FRAME_VOI_LUT_SEQUENCE);
    Window::read(group.as_ref().unwrap_or(data), character_set(data))
}

fn spacing(data: &DataSet, tag: Tag) -> Option<[f64; 2]> {
    let mut numbers = data.get(tag)?.decimals();
    let (rows, columns) = (numbers.next()??, numbers.next()??);
    (rows > 0.0 && columns > 0.0).then_some([rows, columns])
}
