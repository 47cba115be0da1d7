//! The program that reads DICOM files, and what it and the engine say to each other: see [`answer`].

pub mod answer;
