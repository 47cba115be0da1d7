//! What a radiograph goes through before a network sees it, without a tensor:
//!
//! `bytes -> decode -> Film -> Dataset -> split -> augment`
//!
//! Runs natively and in the browser; names no browser type. Grey values run from 0 (black) to 1 (white); angles are in
//! degrees unless a name says otherwise; probabilities run from 0 to 1.

pub mod augment;
pub mod baseline;
pub mod dataset;
pub mod decode;
pub mod dicom;
pub mod film;
pub mod incidental;
pub mod insight;
pub mod ood_score;
pub mod order;
pub mod pack;
pub mod perturb;
pub mod reader;
pub mod report;
pub mod resample;
pub mod settings;
pub mod shortcuts;
pub mod split;
pub mod task;
pub mod tools;
