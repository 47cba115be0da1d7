//! Whether a table is worth a question, and what the question says.

use std::collections::{BTreeMap, HashMap};

use super::{
    ClassRule, Disagreement, FolderAgreement, Labels, TableProblem, TableQuestion, guess::Guess,
    kept::Table, labels::apply, matching::Films,
};
use crate::pack::name::fold;

/// The classes that folders give, of each film: by number within the source, with its path.
pub(in crate::pack) type FolderClasses = HashMap<usize, (String, String)>;

/// The question about tables with the same columns; `None` if they add nothing to what is known.
///
/// # Errors
/// [`TableProblem::NoClasses`]: no folder gives classes, nor does the table.
pub(super) fn asked(
    found: Guess,
    tables: &[&Table],
    films: &Films,
    labels: &Labels,
    folders: Option<&FolderClasses>,
) -> Result<Option<TableQuestion>, TableProblem> {
    let Guess {
        columns,
        kept,
        mut guess,
        certain,
        layout,
    } = found;
    let classes_known = labels.tell_classes || folders.is_some();
    if labels.tell_classes || folders.is_some() && !certain {
        guess.classes = ClassRule::Elsewhere;
    }
    let mut against = None;
    if guess.classes != ClassRule::Elsewhere
        && let Some(folders) = folders
    {
        let indexes: Vec<usize> = films.indexes().collect();
        let pairs = apply(&guess, &kept).filter_map(|(film, label)| {
            let (path, folder) = folders.get(&indexes[film])?;
            let class = label.class?.ok()?;
            Some((path.as_str(), folder.as_str(), class))
        });
        let found = agreement(pairs);
        if found.differ == 0 {
            guess.classes = ClassRule::Elsewhere;
        }
        against = Some(found);
    }
    let tells_classes = guess.classes != ClassRule::Elsewhere;
    if !classes_known && !tells_classes {
        return Err(TableProblem::NoClasses);
    }
    // Where classes are known already, a table that names few films is about something else.
    let most = 2 * kept.named() > films.len();
    let news = tells_classes
        || guess.patient.is_some() && !labels.tell_patients
        || guess.split.is_some() && !labels.tell_parts;
    if !news || classes_known && !most {
        return Ok(None);
    }
    let Some((first, alike)) = tables.split_first() else {
        return Ok(None);
    };
    let rows: usize = tables.iter().map(|table| table.count).sum();
    let uneven: usize = tables.iter().map(|table| table.uneven).sum();
    Ok(Some(TableQuestion {
        table: first.path.clone(),
        alike: alike.iter().map(|table| table.path.clone()).collect(),
        layout,
        columns,
        guess,
        images: films.len(),
        named: kept.named(),
        rows,
        rows_elsewhere: rows - uneven - kept.rows.len(),
        uneven_rows: uneven,
        folders: against,
    }))
}

/// How the class folders of films and other classes of theirs go together: path, folder, class.
pub(in crate::pack) fn agreement<'a>(
    films: impl Iterator<Item = (&'a str, &'a str, String)>,
) -> FolderAgreement {
    const EXAMPLES: usize = 3;
    let mut films: Vec<_> = films.collect();
    films.sort();
    let mut counts: BTreeMap<&str, BTreeMap<String, usize>> = BTreeMap::new();
    for (_, folder, class) in &films {
        let classes = counts.entry(folder).or_default();
        *classes.entry(fold(class)).or_default() += 1;
    }
    let mut found = FolderAgreement {
        classes: counts.keys().map(|&folder| folder.to_owned()).collect(),
        ..FolderAgreement::default()
    };
    let usual: BTreeMap<&str, String> = counts
        .into_iter()
        .filter_map(|(folder, classes)| {
            let (class, _) = classes.into_iter().rev().max_by_key(|(_, n)| *n)?;
            Some((folder, class))
        })
        .collect();
    for (path, folder, class) in films {
        if usual.get(folder) == Some(&fold(&class)) {
            found.agree += 1;
            continue;
        }
        found.differ += 1;
        if found.examples.len() < EXAMPLES {
            found.examples.push(Disagreement {
                path: path.to_owned(),
                folder: folder.to_owned(),
                table: class,
            });
        }
    }
    found
}
