//! Whether a table is worth a question, and what the question says.

use super::{
    ClassRule, FolderClasses, Labels, TableProblem, TableQuestion, agreement, guess::Guess,
    kept::Table, labels::apply, matching::Films,
};

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
