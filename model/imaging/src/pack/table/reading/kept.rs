//! The rows of a table that name films of the pack: of 200,000 rows a few hundred.

use std::collections::BTreeSet;

use csv::StringRecord;

use super::{
    MAX_KEPT, TableProblem,
    cells::bare,
    layouts::is_known,
    matching::{Films, Fit, Names, Outer},
    rows::Rows,
};

/// A table, with its header told from its rows.
pub(super) struct Table {
    /// Within the source.
    pub path: String,
    rows: Rows,
    /// Empty where it has no header.
    pub header: Vec<String>,
    pub count: usize,
    pub uneven: usize,
    /// Of each column.
    outer: Vec<Outer>,
    /// Up to three different cells of each column.
    pub examples: Vec<Vec<String>>,
}

impl Table {
    /// # Errors
    /// As [`Rows::read`]; or no row at all.
    pub(super) fn open(path: String, bytes: &[u8], films: &Films) -> Result<Self, TableProblem> {
        let rows = Rows::read(bytes)?;
        let has_header = rows.first.iter().any(|cell| is_known(cell))
            || !rows.first.iter().any(|cell| films.is_name(cell));
        let header = match has_header {
            true => rows.first.clone(),
            false => Vec::new(),
        };
        let width = rows.width();
        let mut table = Self {
            path,
            rows,
            header,
            count: 0,
            uneven: 0,
            outer: vec![Outer::default(); width],
            examples: vec![Vec::new(); width],
        };
        let (mut count, mut uneven) = (0, 0);
        let (mut outer, mut examples) = (table.outer.clone(), table.examples.clone());
        table.data(|row| {
            count += 1;
            let Some(row) = row else {
                uneven += 1;
                return;
            };
            for (column, cell) in row.iter().take(width).enumerate() {
                outer[column].take(cell);
                keep_example(&mut examples[column], cell);
            }
        });
        (table.count, table.uneven) = (count, uneven);
        (table.outer, table.examples) = (outer, examples);
        match count {
            0 => Err(TableProblem::Empty),
            _ => Ok(table),
        }
    }

    pub(super) fn width(&self) -> usize {
        self.rows.width()
    }

    /// Whether both have the same columns, by name; tables without a header, as many.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.header == other.header && self.width() == other.width()
    }

    /// Hands over each row below the header; `None` for one that has not as many cells as the header.
    fn data(&self, mut take: impl FnMut(Option<&StringRecord>)) {
        let mut header = !self.header.is_empty();
        self.rows.each(|row| {
            if !std::mem::take(&mut header) {
                take(self.rows.is_even(row).then_some(row));
            }
            true
        });
    }

    /// Adds the films that each column names.
    fn add_named(&self, films: &Films, names: Names, named: &mut [BTreeSet<usize>]) {
        self.data(|row| {
            let cells = row.into_iter().flatten().take(self.width());
            for (column, cell) in cells.enumerate() {
                let found = films.named(cell, names, self.outer[column].len());
                named[column].extend(found.into_iter().map(|(film, _)| film));
            }
        });
    }
}

/// The films that each column of these tables, which are alike, names: by file, or where none does, by folder.
pub(super) fn named(tables: &[&Table], films: &Films) -> Vec<BTreeSet<usize>> {
    let width = tables.first().map_or(0, |table| table.width());
    let mut named = vec![BTreeSet::new(); width];
    for names in [Names::Files, Names::Folders] {
        for table in tables {
            table.add_named(films, names, &mut named);
        }
        if named.iter().any(|films| !films.is_empty()) {
            break;
        }
    }
    named
}

/// Rows that name films.
pub(super) struct Kept {
    pub rows: Vec<Vec<String>>,
    /// For each film the rows that name it best, by number.
    pub of_film: Vec<Vec<usize>>,
    fits: Vec<Fit>,
    /// Cells, and films that they name.
    held: usize,
    /// Films that rows of different names fit equally well: which is meant is not known.
    pub unclear: BTreeSet<usize>,
}

impl Kept {
    /// The rows of these tables, which are alike, that name films by this column.
    ///
    /// # Errors
    /// [`TableProblem::NoSuchColumn`], [`TableProblem::NamesNoFilm`], [`TableProblem::TooManyRows`].
    pub(super) fn of(
        tables: &[&Table],
        column: usize,
        films: &Films,
    ) -> Result<Self, TableProblem> {
        for names in [Names::Files, Names::Folders] {
            let mut kept = Self::new(films.len());
            for table in tables {
                let Some(outer) = table.outer.get(column).map(Outer::len) else {
                    let n = table.width();
                    return Err(TableProblem::NoSuchColumn { column, n });
                };
                table.data(|row| {
                    let Some(row) = row else {
                        return;
                    };
                    let found = films.named(row.get(column).unwrap_or_default(), names, outer);
                    if !found.is_empty() && kept.held <= MAX_KEPT {
                        kept.take(row.iter().take(table.width()), &found);
                    }
                });
            }
            if kept.held > MAX_KEPT {
                return Err(TableProblem::TooManyRows);
            }
            if !kept.rows.is_empty() {
                kept.find_strangers(column);
                return Ok(kept);
            }
        }
        Err(TableProblem::NamesNoFilm)
    }

    fn new(films: usize) -> Self {
        Self {
            rows: Vec::new(),
            of_film: vec![Vec::new(); films],
            fits: vec![0; films],
            held: 0,
            unclear: BTreeSet::new(),
        }
    }

    fn take<'a>(&mut self, cells: impl Iterator<Item = &'a str>, found: &[(usize, Fit)]) {
        let row = self.rows.len();
        self.rows
            .push(cells.map(|cell| bare(cell).to_owned()).collect());
        self.held += self.rows[row].len() + found.len();
        for &(film, fit) in found {
            let (rows, best) = (&mut self.of_film[film], &mut self.fits[film]);
            if fit > *best {
                rows.clear();
            }
            if fit >= *best {
                *best = fit;
                rows.push(row);
            }
        }
    }

    fn find_strangers(&mut self, column: usize) {
        let of_film = self.of_film.iter().enumerate();
        let unclear = of_film.filter(|(_, rows)| {
            let mut cells = rows.iter().map(|&row| &self.rows[row][column]);
            let first = cells.next();
            cells.any(|cell| Some(cell) != first)
        });
        self.unclear = unclear.map(|(film, _)| film).collect();
    }

    /// How many films are named.
    pub(super) fn named(&self) -> usize {
        self.of_film.iter().filter(|rows| !rows.is_empty()).count()
    }

    /// For each film that is named, its rows.
    pub(super) fn films(&self) -> impl Iterator<Item = (usize, Vec<&[String]>)> {
        let films = self.of_film.iter().enumerate();
        let named = films.filter(|(_, rows)| !rows.is_empty());
        named.map(|(film, rows)| {
            let rows = rows.iter().map(|&row| self.rows[row].as_slice());
            (film, rows.collect())
        })
    }
}

/// Up to three different cells.
pub(super) fn keep_example(examples: &mut Vec<String>, cell: &str) {
    const MOST: usize = 3;
    /// Characters: a report in a cell is not shown whole.
    const LONGEST: usize = 80;
    let cell = cell.trim();
    if examples.len() < MOST && !cell.is_empty() {
        let cell: String = cell.chars().take(LONGEST).collect();
        if !examples.contains(&cell) {
            examples.push(cell);
        }
    }
}
