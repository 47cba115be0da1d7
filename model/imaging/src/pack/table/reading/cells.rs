//! What a single cell says.

use crate::{
    pack::{
        name::{composed, fold},
        role::Reading,
    },
    split::Subset,
};

/// The labels of a cell: of "Cardiomegaly|Effusion" and of "['normal', 'nodule']" two. A blank cell has none.
pub(super) fn labels(cell: &str) -> Vec<String> {
    let cell = bare(cell);
    let list = cell
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let parts: Vec<&str> = match list {
        Some(list) => list.split([',', '|', ';']).collect(),
        None => cell.split(['|', ';']).collect(),
    };
    let quotes: &[char] = if list.is_some() { &['\'', '"'] } else { &[] };
    let labels = parts.into_iter().map(|part| {
        let part = part.trim();
        composed(part.trim_matches(quotes).trim())
    });
    labels.filter(|label| !label.is_empty()).collect()
}

/// A cell without what stands around its content; a quotation mark is left where a table has one too few.
pub(super) fn bare(cell: &str) -> &str {
    cell.trim().trim_matches('"').trim()
}

/// What a cell says of one finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mention {
    Has,
    HasNot,
    Uncertain,
    /// A blank cell.
    NotMentioned,
}

impl Mention {
    /// `None`: no such statement. Decimal commas are understood.
    pub(super) fn of(cell: &str) -> Option<Self> {
        let cell = cell.trim();
        if cell.is_empty() {
            return Some(Self::NotMentioned);
        }
        let number: Option<f64> = match cell.len() <= 16 {
            true => cell.replace(',', ".").parse().ok(),
            false => None,
        };
        match number {
            Some(1.0) => return Some(Self::Has),
            Some(0.0) => return Some(Self::HasNot),
            Some(-1.0) => return Some(Self::Uncertain),
            Some(_) => return None,
            None => {}
        }
        match &*fold(cell) {
            "true" | "yes" | "si" | "sí" => Some(Self::Has),
            "false" | "no" => Some(Self::HasNot),
            "nan" | "na" | "n/a" => Some(Self::NotMentioned),
            _ => None,
        }
    }
}

/// The part that a cell names.
pub(super) fn part(cell: &str) -> Option<Subset> {
    match Reading::of(cell, &[]) {
        Reading::Subset(part) => Some(part),
        _ => None,
    }
}

/// Labels that say that nothing was found.
pub(super) fn is_nothing(label: &str) -> bool {
    const NOTHING: [&str; 10] = [
        "no finding",
        "no findings",
        "normal",
        "none",
        "healthy",
        "sin hallazgos",
        "sin hallazgo",
        "ninguno",
        "sano",
        "unchanged",
    ];
    NOTHING.contains(&&*fold(label).replace('_', " "))
}
