//! The tables of a pack, from its files to what the user is asked and to what the answers say of the films.

use std::collections::BTreeSet;

use super::{
    BadTable, ClassRule, Labels, MAX_TABLES, TableAnswer, TableColumns, TableProblem,
    TableQuestion,
    guess::Guess,
    kept::{Kept, Table},
    labels::apply,
    matching::Films,
    question::{FolderClasses, asked},
};
use crate::pack::{Answers, FileError, LoadError, Source, paths::Entry};

/// The tables that lie among the films.
pub struct Tables {
    films: Films,
    /// Those that can be read, by path.
    tables: Vec<Table>,
    bad: Vec<BadTable>,
}

impl Tables {
    /// Reads all tables; of one that cannot be read, the reason is noted.
    pub(in crate::pack) fn open(source: &mut impl Source, entries: &[Entry]) -> Self {
        let mut found: Vec<&Entry> = entries.iter().filter(|entry| entry.is_table()).collect();
        found.sort_by_key(|entry| entry.components.len());
        let films = match found.is_empty() {
            true => Films::of(&[]),
            false => Films::of(entries),
        };
        let (mut tables, mut bad) = (Vec::new(), Vec::new());
        for (at, entry) in found.into_iter().enumerate() {
            let path = entry.below(0);
            let table = match () {
                () if entry.is_spreadsheet() => Err(TableProblem::Spreadsheet),
                () if entry.name().to_lowercase().contains("submission") => {
                    Err(TableProblem::Submission)
                }
                () if at >= MAX_TABLES => Err(TableProblem::TooMany { limit: MAX_TABLES }),
                () => read(source, entry, &films),
            };
            match table {
                Ok(table) => tables.push(table),
                Err(problem) => bad.push(BadTable {
                    table: path,
                    problem,
                }),
            }
        }
        tables.sort_by(|a, b| a.path.cmp(&b.path));
        Self { films, tables, bad }
    }

    /// What the tables that the user has said something about tell of the films.
    ///
    /// # Errors
    /// [`LoadError::BadTable`] if a table has not the columns that the answer names, or names no film by them.
    pub(in crate::pack) fn labels(&self, answers: &Answers) -> Result<Labels, LoadError> {
        let mut all = Labels {
            bad: self.bad.clone(),
            ..Labels::default()
        };
        let indexes: Vec<usize> = self.films.indexes().collect();
        for (path, answer) in &answers.tables {
            let group = self.answered_by(path, answers);
            let paths = group.iter().map(|table| table.path.clone());
            let columns = match answer {
                TableAnswer::Ignore => {
                    all.bad.extend(paths.map(|table| BadTable {
                        table,
                        problem: TableProblem::Ignored,
                    }));
                    continue;
                }
                TableAnswer::Use(columns) => columns,
            };
            let Some(first) = group.first() else {
                continue;
            };
            let bad = |problem| {
                LoadError::BadTable(BadTable {
                    table: path.clone(),
                    problem,
                })
            };
            check(columns, first.width()).map_err(bad)?;
            let kept = Kept::of(&group, columns.file, &self.films).map_err(bad)?;
            for (film, label) in apply(columns, &kept) {
                all.films.entry(indexes[film]).or_default().add(label);
            }
            all.used.extend(paths);
            all.tell_classes |= columns.classes != ClassRule::Elsewhere;
            all.tell_patients |= columns.patient.is_some();
            all.tell_parts |= columns.split.is_some();
        }
        Ok(all)
    }

    /// The table of this path, and those of the same columns that have no answer of their own.
    fn answered_by(&self, path: &str, answers: &Answers) -> Vec<&Table> {
        let answered = |table: &Table| answers.tables.iter().any(|(path, _)| *path == table.path);
        let Some(own) = self.tables.iter().find(|table| table.path == path) else {
            return Vec::new();
        };
        let others = self.tables.iter().filter(|table| {
            let first = || {
                let mut like = answers.tables.iter().filter(|(path, _)| {
                    let answered = self.tables.iter().find(|one| one.path == *path);
                    answered.is_some_and(|one| one.is_like(table))
                });
                like.next().is_some_and(|(first, _)| first == path)
            };
            !answered(table) && own.is_like(table) && first()
        });
        [own].into_iter().chain(others).collect()
    }

    /// What is to be asked about the tables that have no answer yet. Those that tell nothing are noted in `labels`.
    ///
    /// `folders`: the classes that folders give, if these are two or more.
    pub(in crate::pack) fn question(
        &self,
        labels: &mut Labels,
        folders: Option<&FolderClasses>,
    ) -> Option<TableQuestion> {
        let done: BTreeSet<String> = labels.bad.iter().map(|bad| bad.table.clone()).collect();
        let open = self.tables.iter();
        let open =
            open.filter(|table| !done.contains(&table.path) && !labels.used.contains(&table.path));
        let mut groups: Vec<Vec<&Table>> = Vec::new();
        for table in open {
            match groups.iter_mut().find(|group| group[0].is_like(table)) {
                Some(group) => group.push(table),
                None => groups.push(vec![table]),
            }
        }
        let mut questions = Vec::new();
        for group in groups {
            let problem = match Guess::of(&group, &self.films) {
                Ok(guess) => match asked(guess, &group, &self.films, labels, folders) {
                    Ok(question) => {
                        questions.extend(question);
                        continue;
                    }
                    Err(problem) => problem,
                },
                Err(problem) => problem,
            };
            labels.bad.extend(group.iter().map(|table| BadTable {
                table: table.path.clone(),
                problem: problem.clone(),
            }));
        }
        // First a table that tells classes, then one that names more films.
        let rank = |question: &TableQuestion| {
            let tells = question.guess.classes != ClassRule::Elsewhere;
            (tells, question.named, question.layout.is_some())
        };
        questions.into_iter().rev().max_by_key(rank)
    }
}

fn read(source: &mut impl Source, entry: &Entry, films: &Films) -> Result<Table, TableProblem> {
    let bytes = source.read(entry.index).map_err(|error| match error {
        FileError::Unreadable { detail } => TableProblem::Unreadable { detail },
        other => TableProblem::Unreadable {
            detail: other.to_string(),
        },
    })?;
    Table::open(entry.below(0), &bytes, films)
}

/// Whether a table of `n` columns has those that the answer names.
fn check(columns: &TableColumns, n: usize) -> Result<(), TableProblem> {
    let mut wanted = vec![columns.file];
    wanted.extend(
        [columns.patient, columns.split, columns.reader]
            .into_iter()
            .flatten(),
    );
    match &columns.classes {
        ClassRule::Elsewhere => {}
        ClassRule::Values { column, .. } | ClassRule::Finding { column, .. } => {
            wanted.push(*column)
        }
        ClassRule::Columns { findings, .. } => {
            wanted.extend(findings.iter().map(|finding| finding.column));
        }
    }
    match wanted.into_iter().find(|&column| column >= n) {
        Some(column) => Err(TableProblem::NoSuchColumn { column, n }),
        None => Ok(()),
    }
}
