//! The tables of a pack, from its files to what the user is asked and to what the answers say of the films.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::{
    BadTable, ClassRule, FolderClasses, Labels, MAX_TABLES, TableAnswer, TableColumns,
    TableProblem, TableQuestion,
    guess::Guess,
    kept::{Kept, Table},
    labels::apply,
    matching::Films,
    question::asked,
};
use crate::pack::paths::{Entry, visible};

/// The tables that lie among the films.
pub(crate) struct ReadTables {
    films: Films,
    wanted: VecDeque<Wanted>,
    /// Those that can be read, by path.
    tables: Vec<Table>,
    /// In the order in which they are read.
    bad: BTreeMap<usize, BadTable>,
}

/// A table that is to be read.
struct Wanted {
    place: usize,
    /// Number within the source.
    index: usize,
    path: String,
}

impl ReadTables {
    /// `paths`: of all files. Of a table that is not read, the reason is noted.
    pub(crate) fn among(paths: &[String]) -> Self {
        let entries = visible(paths);
        let mut found: Vec<&Entry> = entries.iter().filter(|entry| entry.is_table()).collect();
        found.sort_by_key(|entry| entry.components.len());
        let (mut wanted, mut bad) = (VecDeque::new(), BTreeMap::new());
        for (place, entry) in found.into_iter().enumerate() {
            let path = entry.below(0);
            let problem = match () {
                () if entry.is_spreadsheet() => Some(TableProblem::Spreadsheet),
                () if entry.name().to_lowercase().contains("submission") => {
                    Some(TableProblem::Submission)
                }
                () if place >= MAX_TABLES => Some(TableProblem::TooMany { limit: MAX_TABLES }),
                () => None,
            };
            match problem {
                Some(problem) => {
                    let table = path;
                    bad.insert(place, BadTable { table, problem });
                }
                None => wanted.push_back(Wanted {
                    place,
                    index: entry.index,
                    path,
                }),
            }
        }
        Self {
            films: Films::of(&entries),
            wanted,
            tables: Vec::new(),
            bad,
        }
    }

    /// Numbers within the source of the tables that are to be read, in this order.
    pub(crate) fn wanted(&self) -> Vec<usize> {
        self.wanted.iter().map(|wanted| wanted.index).collect()
    }

    /// The next of them, or why it cannot be read.
    pub(crate) fn take(&mut self, bytes: Result<&[u8], String>) {
        let Some(Wanted { place, path, .. }) = self.wanted.pop_front() else {
            return;
        };
        let bytes = bytes.map_err(|detail| TableProblem::Unreadable { detail });
        match bytes.and_then(|bytes| Table::open(path.clone(), bytes, &self.films)) {
            Ok(table) => {
                self.tables.push(table);
                self.tables.sort_by(|a, b| a.path.cmp(&b.path));
            }
            Err(problem) => {
                let table = path;
                self.bad.insert(place, BadTable { table, problem });
            }
        }
    }

    /// What the tables that the user has said something about tell of the films.
    ///
    /// # Errors
    /// If a table has not the columns that the answer names, or names no film by them.
    pub(crate) fn labels(&self, answers: &[(String, TableAnswer)]) -> Result<Labels, BadTable> {
        let mut all = Labels {
            bad: self.bad.values().cloned().collect(),
            ..Labels::default()
        };
        let indexes: Vec<usize> = self.films.indexes().collect();
        for (path, answer) in answers {
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
            let bad = |problem| BadTable {
                table: path.clone(),
                problem,
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
    fn answered_by(&self, path: &str, answers: &[(String, TableAnswer)]) -> Vec<&Table> {
        let answered = |table: &Table| answers.iter().any(|(path, _)| *path == table.path);
        let Some(own) = self.tables.iter().find(|table| table.path == path) else {
            return Vec::new();
        };
        let others = self.tables.iter().filter(|table| {
            let first = || {
                let mut like = answers.iter().filter(|(path, _)| {
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
    pub(crate) fn question(
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
