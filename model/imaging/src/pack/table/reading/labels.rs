//! From the rows that name a film to its class, its patient and its part.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    ClassRule, Label, TableColumns, Unlabelled,
    cells::{Mention, labels, part},
    kept::Kept,
};
use crate::pack::name::fold;

impl Label {
    /// With what another table says.
    pub(super) fn add(&mut self, other: Self) {
        self.class = match (self.class.take(), other.class) {
            (Some(Ok(one)), Some(Ok(two))) if fold(&one) != fold(&two) => {
                Some(Err(several([one, two])))
            }
            (Some(Err(error)), _) | (Some(_), Some(Err(error))) => Some(Err(error)),
            (one, two) => one.or(two),
        };
        self.patient = self.patient.take().or(other.patient);
        self.part = self.part.take().or(other.part);
    }
}

/// What a table says of each film that it names, by number.
pub(super) fn apply<'a>(
    columns: &'a TableColumns,
    kept: &'a Kept,
) -> impl Iterator<Item = (usize, Label)> + 'a {
    kept.films().map(|(film, rows)| {
        let unclear = || {
            let cells = rows.iter().map(|row| row[columns.file].clone());
            let cells: BTreeSet<String> = cells.collect();
            Unlabelled::SeveralRows {
                rows: cells.into_iter().take(2).collect(),
            }
        };
        if kept.unclear.contains(&film) {
            let class = match columns.classes {
                ClassRule::Elsewhere => None,
                _ => Some(Err(unclear())),
            };
            return (
                film,
                Label {
                    class,
                    ..Label::default()
                },
            );
        }
        let only = |column: Option<usize>| {
            let column = column?;
            let cells: BTreeSet<&str> = rows.iter().map(|row| row[column].trim()).collect();
            let mut cells = cells.into_iter().filter(|cell| !cell.is_empty());
            // Rows that disagree say nothing.
            cells.next().filter(|_| cells.next().is_none())
        };
        let label = Label {
            class: class(columns, &rows).transpose(),
            patient: only(columns.patient).map(str::to_owned),
            part: only(columns.split).and_then(part),
        };
        (film, label)
    })
}

/// The class by all rows of a film.
fn class(columns: &TableColumns, rows: &[&[String]]) -> Result<Option<String>, Unlabelled> {
    match &columns.classes {
        ClassRule::Elsewhere => Ok(None),
        ClassRule::Values { column, names } => {
            let labels = rows.iter().flat_map(|row| labels(&row[*column]));
            one(labels.map(|label| renamed(label, names))).map(Some)
        }
        ClassRule::Finding {
            column,
            finding,
            rest,
        } => {
            // Each reader has the rows of one film, one for each finding.
            let mut readers: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
            for row in rows {
                let reader = columns.reader.map_or("", |reader| row[reader].as_str());
                let own = labels(&row[*column]);
                readers.entry(reader).or_default().extend(own);
            }
            let read = readers.into_values().filter(|labels| !labels.is_empty());
            let has = |label: &String| fold(label) == fold(finding);
            let class = |labels: BTreeSet<String>| match labels.iter().any(has) {
                true => finding.clone(),
                false => rest.clone(),
            };
            one(read.map(class)).map(Some)
        }
        ClassRule::Columns { findings, rest } => {
            let class = |row: &&[String]| {
                let mut own = Vec::new();
                let mut uncertain = false;
                for finding in findings {
                    match Mention::of(&row[finding.column]) {
                        Some(Mention::Has) => own.push(finding.class.clone()),
                        Some(Mention::HasNot | Mention::NotMentioned) => {}
                        Some(Mention::Uncertain) => uncertain = true,
                        None => return Err(Unlabelled::NoLabel),
                    }
                }
                match own.as_slice() {
                    [] | [_] if uncertain => Err(Unlabelled::Uncertain),
                    [] => rest.clone().ok_or(Unlabelled::NoLabel),
                    [only] => Ok(only.clone()),
                    _ => Err(several(own)),
                }
            };
            let classes: Result<Vec<String>, Unlabelled> = rows.iter().map(class).collect();
            one(classes?.into_iter()).map(Some)
        }
    }
}

/// What a value is called as a class.
fn renamed(label: String, names: &[(String, String)]) -> String {
    let new = names.iter().find(|(value, _)| fold(value) == fold(&label));
    new.map_or(label, |(_, name)| name.trim().to_owned())
}

/// The class, if all say the same.
fn one(classes: impl Iterator<Item = String>) -> Result<String, Unlabelled> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for class in classes {
        found.entry(fold(&class)).or_insert(class);
    }
    // A value that the user left out.
    if found.contains_key("") {
        return Err(Unlabelled::NoLabel);
    }
    let mut classes = found.into_values();
    match (classes.next(), classes.next()) {
        (None, _) => Err(Unlabelled::NoLabel),
        (Some(only), None) => Ok(only),
        (Some(one), Some(two)) => Err(several([one, two].into_iter().chain(classes))),
    }
}

fn several(classes: impl IntoIterator<Item = String>) -> Unlabelled {
    const MOST: usize = 4;
    Unlabelled::SeveralClasses {
        classes: classes.into_iter().take(MOST).collect(),
    }
}
