//! From the bytes of a table to rows of cells.

use csv::{ReaderBuilder, StringRecord};

use super::{MAX_COLUMNS, MAX_TABLE, TableProblem};

const SEPARATORS: [u8; 4] = *b",;\t|";
/// Rows by which the separator is chosen.
const SAMPLED: usize = 40;
/// The byte order mark, by which UTF-8 is marked for spreadsheets.
const MARK: char = '\u{feff}';

/// A table as text, with what separates its cells.
pub(super) struct Rows {
    text: String,
    separator: u8,
    quoting: bool,
    /// Cells of the first row, without blank ones at its end.
    pub first: Vec<String>,
    /// Cells of the first row, all of them.
    first_len: usize,
}

impl Rows {
    /// # Errors
    /// [`TableProblem`] if it is too large, too wide, empty, or no text.
    pub fn read(bytes: &[u8]) -> Result<Self, TableProblem> {
        if bytes.len() > MAX_TABLE {
            return Err(TableProblem::TooLarge {
                limit_mb: MAX_TABLE >> 20,
            });
        }
        let text = text(bytes)?;
        let (told, text) = told_separator(text);
        let text = text.trim_start_matches(['\r', '\n', ' ', MARK]).to_owned();
        let widest = |separator: u8| {
            let cells = |line: &[u8]| line.iter().filter(|&&byte| byte == separator).count();
            let lines = text.as_bytes().split(|&byte| matches!(byte, b'\n' | b'\r'));
            lines.map(cells).max().unwrap_or(0)
        };
        // An odd number of quotation marks: one is an inch or a slip, and would swallow all that follows.
        let quoting = text.bytes().filter(|&byte| byte == b'"').count() % 2 == 0;
        let separator = told.unwrap_or_else(|| likeliest(&text, quoting));
        // Cells in quotation marks may hold some too.
        if widest(separator) > 8 * MAX_COLUMNS {
            return Err(too_wide());
        }
        let mut rows = Self {
            text,
            separator,
            quoting,
            first: Vec::new(),
            first_len: 0,
        };
        let mut first = Vec::new();
        rows.each(|row| {
            first = row.iter().map(|cell| cell.trim().to_owned()).collect();
            false
        });
        rows.first_len = first.len();
        while first.last().is_some_and(String::is_empty) {
            first.pop();
        }
        if first.is_empty() {
            return Err(TableProblem::Empty);
        }
        if first.len() > MAX_COLUMNS {
            return Err(too_wide());
        }
        rows.first = first;
        Ok(rows)
    }

    /// Number of columns.
    pub fn width(&self) -> usize {
        self.first.len()
    }

    /// Whether a row has the cells that the first has; blank ones behind do not count.
    pub fn is_even(&self, row: &StringRecord) -> bool {
        row.len() == self.first_len
            || row.len() >= self.width() && row.iter().skip(self.width()).all(is_blank)
    }

    /// Hands over all rows but those without a filled cell, until `take` returns `false`.
    pub fn each(&self, mut take: impl FnMut(&StringRecord) -> bool) {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.separator)
            .quoting(self.quoting)
            .from_reader(self.text.as_bytes());
        let mut row = StringRecord::new();
        // Text that is UTF-8 and rows of any length leave nothing to fail.
        while let Ok(true) = reader.read_record(&mut row) {
            if !row.iter().all(is_blank) && !take(&row) {
                return;
            }
        }
    }
}

fn too_wide() -> TableProblem {
    TableProblem::TooManyColumns { limit: MAX_COLUMNS }
}

fn is_blank(cell: &str) -> bool {
    cell.trim().is_empty()
}

/// UTF-8, UTF-16 with its mark (what Excel calls Unicode text), else Latin-1.
fn text(bytes: &[u8]) -> Result<String, TableProblem> {
    let wide = |unit: fn([u8; 2]) -> u16| {
        let units = bytes[2..].as_chunks::<2>().0.iter();
        let units: Vec<u16> = units.map(|&pair| unit(pair)).collect();
        String::from_utf16_lossy(&units)
    };
    let text = match bytes {
        [0xFF, 0xFE, ..] => wide(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => wide(u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|&byte| char::from(byte)).collect(),
        },
    };
    match text.contains('\0') {
        true => Err(TableProblem::NotText),
        false => Ok(text),
    }
}

/// `sep=;` in a line of its own, which Excel understands, and the rest.
fn told_separator(text: String) -> (Option<u8>, String) {
    let start = text.trim_start_matches(MARK);
    let told = start.strip_prefix("sep=").and_then(|rest| {
        let (separator, rest) = rest.split_once('\n')?;
        let separator = separator.trim_end_matches('\r').as_bytes();
        let &[separator] = separator else {
            return None;
        };
        SEPARATORS
            .contains(&separator)
            .then(|| (separator, rest.to_owned()))
    });
    match told {
        Some((separator, rest)) => (Some(separator), rest),
        None => (None, text),
    }
}

/// The separator by which most of the first rows have as many cells as the header, of several the one with more cells. So a
/// decimal comma, which the header has not, does not count.
fn likeliest(text: &str, quoting: bool) -> u8 {
    let score = |separator: u8| {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .quoting(quoting)
            .from_reader(text.as_bytes());
        let mut lengths = Vec::with_capacity(SAMPLED);
        let mut row = StringRecord::new();
        while lengths.len() < SAMPLED
            && let Ok(true) = reader.read_record(&mut row)
        {
            lengths.push(row.len());
        }
        let header = lengths.first().copied().unwrap_or(0);
        let like = lengths.iter().filter(|&&length| length == header).count();
        // In tenths, so that a slip in a single row does not decide.
        (header > 1, 10 * like / lengths.len().max(1), header)
    };
    let scored = SEPARATORS.map(|separator| (score(separator), separator));
    let best = scored.iter().rev().max_by_key(|(score, _)| *score);
    best.map_or(b',', |(_, separator)| *separator)
}
