//! The numbers of a [`Drawing`]: as rows of an HTML table, and as a CSV file.

use super::{
    drawing::{Axis, Datum, Drawing},
    svg::escaped,
};
use text::{language::Language, number};

/// Names of the columns beside the two axes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heads {
    pub series: String,
    pub low: String,
    pub high: String,
}

/// Which columns there is something for.
struct Columns {
    interval: bool,
    note: bool,
}

/// What is within the `table` element.
pub fn html(drawing: &Drawing, heads: &Heads, language: Language) -> String {
    let cells = |tag: &str, cells: &[String]| {
        let cell = |words: &String| format!("<{tag}>{}</{tag}>", escaped(words));
        cells.iter().map(cell).collect::<String>()
    };
    let mut table = format!(
        "<thead><tr>{}</tr></thead><tbody>",
        cells("th", &head(drawing, heads)),
    );
    for row in rows(drawing, |axis, value| {
        number::marked(language, &axis.written(value))
    }) {
        table.push_str(&format!("<tr>{}</tr>", cells("td", &row)));
    }
    table.push_str("</tbody>");
    table
}

pub fn csv(drawing: &Drawing, heads: &Heads) -> String {
    let exact = |axis: &Axis, value: f64| {
        let named = axis.written(value);
        let number = value * axis.scale;
        match named.parse::<f64>() {
            // Rounded to what a float is sure of: 0.07 * 100 is not quite 7.
            Ok(_) => ((number * 1e9).round() / 1e9).to_string(),
            Err(_) => named,
        }
    };
    let mut lines = vec![head(drawing, heads)];
    lines.extend(rows(drawing, exact));
    csv_file(lines)
}

/// A CSV file of these lines of cells.
pub fn csv_file(lines: Vec<Vec<String>>) -> String {
    let line = |cells: Vec<String>| {
        let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
        cells.join(",") + "\r\n"
    };
    lines.into_iter().map(line).collect()
}

fn head(drawing: &Drawing, heads: &Heads) -> Vec<String> {
    let columns = columns(drawing);
    let mut head = vec![
        heads.series.clone(),
        drawing.across.name.clone(),
        drawing.up.name.clone(),
    ];
    if columns.interval {
        head.extend([heads.low.clone(), heads.high.clone()]);
    }
    if columns.note {
        head.push(drawing.notes.clone());
    }
    head
}

fn rows(drawing: &Drawing, write: impl Fn(&Axis, f64) -> String) -> Vec<Vec<String>> {
    let columns = columns(drawing);
    let end = |value: Option<f64>| value.map(|value| write(&drawing.up, value));
    let row = |name: &String, datum: &Datum| {
        let mut row = vec![
            name.clone(),
            write(&drawing.across, datum.x),
            write(&drawing.up, datum.y),
        ];
        if columns.interval {
            row.extend([datum.low, datum.high].map(|value| end(value).unwrap_or_default()));
        }
        if columns.note {
            row.push(datum.note.clone());
        }
        row
    };
    let all = drawing.series.iter();
    all.flat_map(|series| series.drawn().map(|datum| row(&series.name, datum)))
        .collect()
}

fn columns(drawing: &Drawing) -> Columns {
    let any = |has: fn(&Datum) -> bool| {
        let mut all = drawing.series.iter();
        all.any(|series| series.drawn().any(has))
    };
    Columns {
        interval: any(|datum| datum.low.is_some() || datum.high.is_some()),
        note: any(|datum| !datum.note.is_empty()),
    }
}

/// A cell as CSV has it. A spreadsheet takes a cell that begins with one of these for a formula.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@']) && cell.parse::<f64>().is_err();
    let cell = if formula {
        format!("'{cell}")
    } else {
        cell.to_owned()
    };
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}
