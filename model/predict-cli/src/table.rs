//! The table: a line for each image, in the order of their paths, whichever is done first.

use std::{collections::BTreeMap, io::Write};

use crate::Problem;

/// What came of a file.
pub enum Line {
    /// Of each class.
    Probabilities(Vec<f32>),
    /// Why there is no answer.
    Problem(String),
    /// It is no image, and has no line.
    None,
}

pub struct Table<'a, W: Write> {
    out: csv::Writer<W>,
    paths: &'a [String],
    classes: &'a [String],
    /// Of files whose predecessors are not done.
    early: BTreeMap<usize, Line>,
    /// The next one to be written.
    next: usize,
    pub answered: usize,
    pub left_out: usize,
}

impl<'a, W: Write> Table<'a, W> {
    /// # Errors
    /// What the disk says.
    pub fn begin(out: W, paths: &'a [String], classes: &'a [String]) -> Result<Self, Problem> {
        let mut out = csv::Writer::from_writer(out);
        let of_classes = classes.iter().map(|class| format!("p({class})"));
        let head = ["file".to_owned(), "answer".to_owned()].into_iter();
        out.write_record(head.chain(of_classes).chain(["problem".to_owned()]))?;
        Ok(Self {
            out,
            paths,
            classes,
            early: BTreeMap::new(),
            next: 0,
            answered: 0,
            left_out: 0,
        })
    }

    /// # Errors
    /// What the disk says.
    pub fn add(&mut self, file: usize, line: Line) -> Result<(), Problem> {
        self.early.insert(file, line);
        while let Some(line) = self.early.remove(&self.next) {
            self.write(self.next, line)?;
            self.next += 1;
        }
        Ok(())
    }

    fn write(&mut self, file: usize, line: Line) -> Result<(), Problem> {
        let path = self.paths[file].clone();
        let record: Vec<String> = match line {
            Line::None => return Ok(()),
            Line::Probabilities(all) => {
                self.answered += 1;
                let answer = self.classes[metrics::answer(&all)].clone();
                let shares = all.iter().map(|share| format!("{share:.6}"));
                let start = [path, answer].into_iter();
                start.chain(shares).chain([String::new()]).collect()
            }
            Line::Problem(problem) => {
                self.left_out += 1;
                let none = self.classes.iter().map(|_| String::new());
                let start = [path, String::new()].into_iter();
                start.chain(none).chain([problem]).collect()
            }
        };
        Ok(self.out.write_record(record)?)
    }

    /// # Errors
    /// What the disk says.
    pub fn end(mut self) -> Result<(usize, usize), Problem> {
        self.out.flush()?;
        Ok((self.answered, self.left_out))
    }
}
