//! The tables among the films, read by one of the [`tools`](crate::tools).

use std::borrow::Cow;

use super::{BadTable, FolderClasses, Labels, TableProblem, TableQuestion};
use crate::{
    order::sort_by_key,
    pack::{Answers, FileError, LoadError, Source, paths::Entry},
    tools::{Answer, Instance, Question},
};

/// Of a program that has ended, or where there is none, all tables are bad.
pub(in crate::pack) struct Tables<'a> {
    tools: Option<&'a mut dyn Instance>,
    bad: Vec<BadTable>,
}

impl<'a> Tables<'a> {
    /// Has all tables read; of one that cannot be read, the reason is noted. `paths`: of all files, `entries` those that count.
    pub(in crate::pack) fn open(
        source: &mut impl Source,
        paths: &[String],
        entries: &[Entry],
        tools: Option<&'a mut dyn Instance>,
    ) -> Self {
        let mut tables: Vec<&Entry> = entries.iter().filter(|entry| entry.is_table()).collect();
        sort_by_key(&mut tables, |entry| entry.components.len());
        let mut opened = Self {
            tools: tools.filter(|_| !tables.is_empty()),
            bad: Vec::new(),
        };
        if !tables.is_empty() && opened.read(source, paths).is_none() {
            let detail = "the program that reads tables has ended".to_owned();
            opened.tools = None;
            opened.bad = tables
                .into_iter()
                .map(|entry| BadTable {
                    table: entry.below(0),
                    problem: TableProblem::Unreadable {
                        detail: detail.clone(),
                    },
                })
                .collect();
        }
        opened
    }

    fn read(&mut self, source: &mut impl Source, paths: &[String]) -> Option<()> {
        let paths = Cow::Borrowed(paths);
        let Answer::Tables(wanted) = self.ask(&Question::Tables { paths }, &[])? else {
            return None;
        };
        for index in wanted {
            let (bytes, unreadable) = match source.read(index) {
                Ok(bytes) => (bytes, None),
                Err(FileError::Unreadable { detail }) => (Vec::new(), Some(detail)),
                Err(other) => (Vec::new(), Some(other.to_string())),
            };
            self.ask(&Question::Table { unreadable }, &bytes)?;
        }
        Some(())
    }

    fn ask(&mut self, question: &Question, bytes: &[u8]) -> Option<Answer> {
        let (answer, _) = self.tools.as_mut()?.ask(question, bytes).ok()?;
        Some(answer)
    }

    /// What the tables that the user has said something about tell of the films.
    ///
    /// # Errors
    /// [`LoadError::BadTable`] if a table has not the columns that the answer names, or names no film by them.
    pub(in crate::pack) fn labels(&mut self, answers: &Answers) -> Result<Labels, LoadError> {
        let answers = Cow::Borrowed(&*answers.tables);
        match self.ask(&Question::Labels { answers }, &[]) {
            Some(Answer::Labels(labels)) => labels.map_err(LoadError::BadTable),
            _ => Ok(Labels {
                bad: self.bad.clone(),
                ..Labels::default()
            }),
        }
    }

    /// What is to be asked about the tables that have no answer yet. Those that tell nothing are noted in `labels`.
    ///
    /// `folders`: the classes that folders give, if these are two or more.
    pub(in crate::pack) fn question(
        &mut self,
        labels: &mut Labels,
        folders: Option<&FolderClasses>,
    ) -> Option<TableQuestion> {
        // What is said of each film has no bearing on it.
        let films = std::mem::take(&mut labels.films);
        let question = Question::TableQuestion {
            labels: Cow::Borrowed(&*labels),
            folders: folders.map(Cow::Borrowed),
        };
        let answer = self.ask(&question, &[]);
        labels.films = films;
        let Some(Answer::TableQuestion { question, bad }) = answer else {
            return None;
        };
        labels.bad.extend(bad);
        question.map(|question| *question)
    }
}
