//! The attributes that are looked at, PS3.6.

/// Group and element number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Tag(pub u16, pub u16);

macro_rules! wanted {
    ($($name:ident = $group:literal, $element:literal;)*) => {
        $(pub(crate) const $name: Tag = Tag($group, $element);)*
        /// All others are passed over, so that a million of them take no memory.
        const WANTED: &[Tag] = &[$($name),*];
    };
}

wanted! {
    MEDIA_STORAGE_SOP_CLASS = 0x0002, 0x0002;
    TRANSFER_SYNTAX = 0x0002, 0x0010;
    DIRECTORY_RECORDS = 0x0004, 0x1220;
    CHARACTER_SET = 0x0008, 0x0005;
    SOP_CLASS = 0x0008, 0x0016;
    SOP_INSTANCE = 0x0008, 0x0018;
    MODALITY = 0x0008, 0x0060;
    PRESENTATION_INTENT = 0x0008, 0x0068;
    MANUFACTURER = 0x0008, 0x0070;
    CODE_MEANING = 0x0008, 0x0104;
    MODEL_NAME = 0x0008, 0x1090;
    ANATOMIC_REGION_SEQUENCE = 0x0008, 0x2218;
    PATIENT_NAME = 0x0010, 0x0010;
    PATIENT_ID = 0x0010, 0x0020;
    BODY_PART = 0x0018, 0x0015;
    IMAGER_PIXEL_SPACING = 0x0018, 0x1164;
    VIEW_POSITION = 0x0018, 0x5101;
    STUDY_INSTANCE = 0x0020, 0x000D;
    SERIES_INSTANCE = 0x0020, 0x000E;
    LATERALITY = 0x0020, 0x0060;
    IMAGE_LATERALITY = 0x0020, 0x0062;
    FRAME_ANATOMY_SEQUENCE = 0x0020, 0x9071;
    FRAME_LATERALITY = 0x0020, 0x9072;
    SAMPLES_PER_PIXEL = 0x0028, 0x0002;
    PHOTOMETRIC_INTERPRETATION = 0x0028, 0x0004;
    PLANAR_CONFIGURATION = 0x0028, 0x0006;
    NUMBER_OF_FRAMES = 0x0028, 0x0008;
    ROWS = 0x0028, 0x0010;
    COLUMNS = 0x0028, 0x0011;
    PIXEL_SPACING = 0x0028, 0x0030;
    BITS_ALLOCATED = 0x0028, 0x0100;
    BITS_STORED = 0x0028, 0x0101;
    HIGH_BIT = 0x0028, 0x0102;
    PIXEL_REPRESENTATION = 0x0028, 0x0103;
    PIXEL_PADDING_VALUE = 0x0028, 0x0120;
    PIXEL_PADDING_RANGE_LIMIT = 0x0028, 0x0121;
    FLOAT_PADDING_VALUE = 0x0028, 0x0122;
    DOUBLE_PADDING_VALUE = 0x0028, 0x0123;
    FLOAT_PADDING_RANGE_LIMIT = 0x0028, 0x0124;
    DOUBLE_PADDING_RANGE_LIMIT = 0x0028, 0x0125;
    BURNED_IN_ANNOTATION = 0x0028, 0x0301;
    PIXEL_INTENSITY_RELATIONSHIP = 0x0028, 0x1040;
    WINDOW_CENTER = 0x0028, 0x1050;
    WINDOW_WIDTH = 0x0028, 0x1051;
    RESCALE_INTERCEPT = 0x0028, 0x1052;
    RESCALE_SLOPE = 0x0028, 0x1053;
    RESCALE_TYPE = 0x0028, 0x1054;
    WINDOW_EXPLANATION = 0x0028, 0x1055;
    VOI_LUT_FUNCTION = 0x0028, 0x1056;
    RED_DESCRIPTOR = 0x0028, 0x1101;
    GREEN_DESCRIPTOR = 0x0028, 0x1102;
    BLUE_DESCRIPTOR = 0x0028, 0x1103;
    RED_TABLE = 0x0028, 0x1201;
    GREEN_TABLE = 0x0028, 0x1202;
    BLUE_TABLE = 0x0028, 0x1203;
    SEGMENTED_RED_TABLE = 0x0028, 0x1221;
    MODALITY_LUT_SEQUENCE = 0x0028, 0x3000;
    LUT_DESCRIPTOR = 0x0028, 0x3002;
    LUT_EXPLANATION = 0x0028, 0x3003;
    LUT_DATA = 0x0028, 0x3006;
    VOI_LUT_SEQUENCE = 0x0028, 0x3010;
    PIXEL_MEASURES_SEQUENCE = 0x0028, 0x9110;
    FRAME_VOI_LUT_SEQUENCE = 0x0028, 0x9132;
    PIXEL_VALUE_TRANSFORMATION_SEQUENCE = 0x0028, 0x9145;
    VIEW_CODE_SEQUENCE = 0x0054, 0x0220;
    PRESENTATION_LUT_SHAPE = 0x2050, 0x0020;
    SHARED_GROUPS_SEQUENCE = 0x5200, 0x9229;
    PER_FRAME_GROUPS_SEQUENCE = 0x5200, 0x9230;
    EXTENDED_OFFSET_TABLE = 0x7FE0, 0x0001;
    FLOAT_PIXEL_DATA = 0x7FE0, 0x0008;
    DOUBLE_PIXEL_DATA = 0x7FE0, 0x0009;
    PIXEL_DATA = 0x7FE0, 0x0010;
}

pub(crate) const ITEM: Tag = Tag(0xFFFE, 0xE000);
pub(crate) const ITEM_END: Tag = Tag(0xFFFE, 0xE00D);
pub(crate) const SEQUENCE_END: Tag = Tag(0xFFFE, 0xE0DD);

impl Tag {
    pub(super) fn is_wanted(self) -> bool {
        WANTED.binary_search(&self).is_ok()
    }

    pub(crate) fn is_pixels(self) -> bool {
        matches!(self, PIXEL_DATA | FLOAT_PIXEL_DATA | DOUBLE_PIXEL_DATA)
    }

    /// Items and their ends, which have a length but no value representation.
    pub(super) fn is_delimiter(self) -> bool {
        self.0 == 0xFFFE
    }
}

#[cfg(test)]
mod tests {
    use super::WANTED;

    #[test]
    fn the_wanted_attributes_are_in_order_for_the_search() {
        assert!(WANTED.is_sorted());
    }
}
