//! What is wrong with a table of labels.

use imaging::pack::{BadTable, TableProblem};

use crate::{I18n, say};

/// A table that tells nothing, with the reason.
pub fn bad_table(i18n: I18n, bad: &BadTable) -> String {
    let reason = table_problem(i18n, &bad.problem);
    say!(
        i18n,
        look.problem,
        path = bad.table.clone(),
        reason = reason
    )
}

pub fn table_problem(i18n: I18n, problem: &TableProblem) -> String {
    match problem {
        TableProblem::Spreadsheet => say!(i18n, table_error.spreadsheet),
        TableProblem::TooLarge { limit_mb } => {
            say!(i18n, table_error.too_large, limit = *limit_mb)
        }
        TableProblem::TooManyColumns { limit } => {
            say!(i18n, table_error.too_many_columns, limit = *limit)
        }
        TableProblem::TooManyRows => say!(i18n, table_error.too_many_rows),
        TableProblem::TooMany { limit } => say!(i18n, table_error.too_many, limit = *limit),
        TableProblem::NotText => say!(i18n, table_error.not_text),
        TableProblem::Submission => say!(i18n, table_error.submission),
        TableProblem::Empty => say!(i18n, table_error.empty),
        TableProblem::NamesNoFilm => say!(i18n, table_error.names_no_image),
        TableProblem::NoClasses => say!(i18n, table_error.no_classes),
        TableProblem::NoFilmOfOneClass => say!(i18n, table_error.no_single_class),
        TableProblem::NoSuchColumn { column, n } => {
            say!(
                i18n,
                table_error.no_such_column,
                column = *column + 1,
                n = *n
            )
        }
        TableProblem::Unreadable { detail } => {
            say!(i18n, file_error.unreadable, detail = detail.clone())
        }
        TableProblem::Ignored => say!(i18n, table_error.ignored),
    }
}
