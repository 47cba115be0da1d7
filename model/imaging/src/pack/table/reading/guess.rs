//! What the columns of a table probably are: by their headers, and by what stands in them.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    ClassRule, FindingColumn, LabelCount, MAX_LABELS, TableColumn, TableColumns, TableLayout,
    TableProblem,
    cells::{Mention, is_nothing, labels, part},
    kept::{Kept, Table, keep_example, named},
    layouts::{Meaning, layout, meaning, plain_header},
    matching::Films,
};
use crate::pack::MAX_CLASSES;

/// Tables with the same columns, and what they seem to say.
pub(super) struct Guess {
    pub columns: Vec<TableColumn>,
    pub kept: Kept,
    pub guess: TableColumns,
    /// The column of classes is called so: it is not only one that might be.
    pub certain: bool,
    pub layout: Option<TableLayout>,
}

impl Guess {
    /// # Errors
    /// [`TableProblem::NamesNoFilm`], [`TableProblem::TooManyRows`].
    pub(super) fn of(tables: &[&Table], films: &Films) -> Result<Self, TableProblem> {
        let Some(first) = tables.first() else {
            return Err(TableProblem::Empty);
        };
        let means = |column: usize| first.header.get(column).and_then(|name| meaning(name));
        let named = named(tables, films);
        let file = file_column(&named, means).ok_or(TableProblem::NamesNoFilm)?;
        let kept = Kept::of(tables, file, films)?;
        let columns = describe(tables, &kept);

        let all = || 0..columns.len();
        let filled = |&column: &usize| !is_blank(&columns[column]);
        let patient = all().find(|&at| means(at) == Some(Meaning::Patient) && filled(&at));
        let split = all().find(|&at| at != file && is_split(&columns[at], means(at)));
        let reader = all().find(|&at| means(at) == Some(Meaning::Reader) && filled(&at));
        let taken = [Some(file), patient, split, reader];
        let free: Vec<usize> = all()
            .filter(|&at| !taken.contains(&Some(at)) && means(at) != Some(Meaning::Other))
            .filter(filled)
            .collect();
        let classes = Classes {
            columns: &columns,
            kept: &kept,
            reader,
        };
        let known = free
            .iter()
            .copied()
            .filter(|&at| means(at) == Some(Meaning::Class));
        let unknown = |at: &usize| !matches!(means(*at), Some(Meaning::Class | Meaning::File));
        let (rule, certain) = match classes.named_so(known.collect()) {
            Some(rule) => (rule, true),
            None => {
                let free: Vec<usize> = free.into_iter().filter(unknown).collect();
                match classes.findings(&free) {
                    Some(rule) => (rule, true),
                    None => (classes.by_content(&free, first.header.is_empty()), false),
                }
            }
        };
        Ok(Self {
            layout: layout(&first.header, &first.examples),
            guess: TableColumns {
                file,
                classes: rule,
                patient,
                split,
                reader,
            },
            certain,
            columns,
            kept,
        })
    }
}

/// The column that names most films; of several, one that is called so.
fn file_column(
    named: &[BTreeSet<usize>],
    means: impl Fn(usize) -> Option<Meaning>,
) -> Option<usize> {
    // A film that is called "45.png" is not meant by an age.
    let rank = |column: usize| match means(column) {
        Some(Meaning::File) => Some(2),
        None => Some(1),
        Some(Meaning::Patient) => Some(0),
        Some(_) => None,
    };
    let columns = (0..named.len()).rev().filter(|&at| !named[at].is_empty());
    let ranked = columns.filter_map(|at| Some((named[at].len(), rank(at)?, at)));
    let best = ranked.max_by_key(|&(named, rank, _)| (named, rank));
    best.map(|(_, _, at)| at)
}

fn is_blank(column: &TableColumn) -> bool {
    column.labels.iter().all(|one| one.label.is_empty())
}

fn is_split(column: &TableColumn, meaning: Option<Meaning>) -> bool {
    let filled = column.labels.iter().filter(|one| !one.label.is_empty());
    let parts: Option<BTreeSet<_>> = filled.map(|one| part(&one.label)).collect();
    let least = if meaning == Some(Meaning::Split) {
        1
    } else {
        2
    };
    parts.is_some_and(|parts| parts.len() >= least)
}

/// Each column with what stands in it.
fn describe(tables: &[&Table], kept: &Kept) -> Vec<TableColumn> {
    let Some(first) = tables.first() else {
        return Vec::new();
    };
    let describe = |column: usize| {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let (mut finding, mut mentioned) = (true, false);
        let mut examples = Vec::new();
        for (_, rows) in kept.films() {
            let mut own: BTreeSet<String> = BTreeSet::new();
            for row in rows {
                let cell = row[column].as_str();
                keep_example(&mut examples, cell);
                let mention = Mention::of(cell);
                finding &= mention.is_some();
                mentioned |= mention != Some(Mention::NotMentioned);
                own.extend(labels(cell));
            }
            if own.is_empty() {
                own.insert(String::new());
            }
            for label in own {
                *counts.entry(label).or_default() += 1;
            }
        }
        let elsewhere = tables.iter().flat_map(|table| &table.examples[column]);
        elsewhere.for_each(|cell| keep_example(&mut examples, cell));
        let distinct = counts.len();
        let counts = counts.into_iter();
        let mut labels: Vec<LabelCount> = counts
            .map(|(label, images)| LabelCount { label, images })
            .collect();
        labels.sort_by(|a, b| b.images.cmp(&a.images).then_with(|| a.label.cmp(&b.label)));
        labels.truncate(MAX_LABELS);
        TableColumn {
            name: first.header.get(column).cloned().unwrap_or_default(),
            examples,
            labels,
            distinct,
            finding: finding && mentioned,
        }
    };
    (0..first.width()).map(describe).collect()
}

struct Classes<'a> {
    columns: &'a [TableColumn],
    kept: &'a Kept,
    reader: Option<usize>,
}

impl Classes<'_> {
    /// By columns whose headers say that they hold classes.
    fn named_so(&self, columns: Vec<usize>) -> Option<ClassRule> {
        let several = |&column: &usize| self.filled(column) > 1;
        let fits = |column: &usize| several(column) && self.is_single(*column);
        let best = columns.iter().copied().find(|column| fits(column));
        let best = best.or_else(|| columns.iter().copied().find(several));
        let column = best.or_else(|| columns.first().copied())?;
        Some(match self.is_single(column) {
            true => values(column),
            false => self.one_of(column),
        })
    }

    fn filled(&self, column: usize) -> usize {
        let column = &self.columns[column];
        let blank = column.labels.iter().any(|one| one.label.is_empty());
        column.distinct - usize::from(blank)
    }

    /// Whether each film has one label, and not too many are different. Several readers may disagree, and a few films may
    /// stand twice: those are left out.
    fn is_single(&self, column: usize) -> bool {
        const TWICE: f64 = 0.1;
        let (mut films, mut several) = (0, 0);
        for (_, rows) in self.kept.films() {
            let mut readers: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
            for row in rows {
                let labels = labels(&row[column]);
                if labels.len() > 1 {
                    return false;
                }
                let reader = self.reader.map_or("", |reader| row[reader].as_str());
                readers.entry(reader).or_default().extend(labels);
            }
            films += 1;
            several += usize::from(readers.values().any(|labels| labels.len() > 1));
        }
        several as f64 <= TWICE * f64::from(films) && self.filled(column) <= MAX_CLASSES
    }

    /// One finding against the rest: the one that divides the films most evenly.
    fn one_of(&self, column: usize) -> ClassRule {
        let named = self.kept.named();
        let labels = self.columns[column].labels.iter();
        let findings = labels.filter(|one| !one.label.is_empty() && !is_nothing(&one.label));
        let even = |one: &&LabelCount| one.images.min(named - one.images);
        match findings.rev().max_by_key(even) {
            Some(LabelCount { label, .. }) => ClassRule::Finding {
                column,
                finding: label.clone(),
                rest: without(label),
            },
            None => values(column),
        }
    }

    /// By columns of 1 and 0: all of them where each film has exactly one, else the one that divides the films most evenly.
    fn findings(&self, columns: &[usize]) -> Option<ClassRule> {
        let findings = columns
            .iter()
            .copied()
            .filter(|&at| self.columns[at].finding);
        let findings: Vec<usize> = findings.collect();
        // One column of 1 and 0 that nothing names is no finding.
        if let [only] = findings.as_slice()
            && self.columns[*only].name.is_empty()
        {
            return None;
        }
        let class = |&column: &usize| FindingColumn {
            column,
            class: match self.columns[column].name.as_str() {
                "" => (column + 1).to_string(),
                name => name.to_owned(),
            },
        };
        let has = |row: &[String], column: usize| Mention::of(&row[column]) == Some(Mention::Has);
        let exclusive = |row: &&[String]| {
            let own = findings.iter().filter(|&&column| has(row, column));
            own.count() == 1
        };
        let each_has_one = self
            .kept
            .films()
            .all(|(_, rows)| rows.iter().all(exclusive));
        if (2..=MAX_CLASSES).contains(&findings.len()) && each_has_one {
            return Some(ClassRule::Columns {
                findings: findings.iter().map(class).collect(),
                rest: None,
            });
        }
        let named = self.kept.named();
        let even = |column: usize| {
            let films = self.kept.films();
            let own = films.filter(|(_, rows)| rows.iter().any(|row| has(row, column)));
            let own = own.count();
            own.min(named - own)
        };
        let shows = |&column: &usize| {
            let name = &self.columns[column].name;
            !is_nothing(name) && plain_header(name) != "supportdevices"
        };
        let telling: Vec<usize> = findings.iter().copied().filter(shows).collect();
        let choice = if telling.is_empty() {
            findings
        } else {
            telling
        };
        let best = choice
            .into_iter()
            .rev()
            .max_by_key(|&column| even(column))?;
        let finding = class(&best);
        Some(ClassRule::Columns {
            rest: Some(without(&finding.class)),
            findings: vec![finding],
        })
    }

    /// By a column of few words, each of several films; of few numbers only where no header says what they are.
    fn by_content(&self, columns: &[usize], headless: bool) -> ClassRule {
        let is_number = |one: &LabelCount| one.label.parse::<f64>().is_ok();
        let fits = |&column: &usize| {
            let labels = &self.columns[column].labels;
            (2..=MAX_CLASSES).contains(&self.filled(column))
                && 2 * self.filled(column) <= self.kept.named()
                && self.is_single(column)
                && (headless || !labels.iter().any(is_number))
        };
        let found = columns.iter().copied().find(|column| fits(column));
        found.map_or(ClassRule::Elsewhere, values)
    }
}

fn values(column: usize) -> ClassRule {
    ClassRule::Values {
        column,
        names: Vec::new(),
    }
}

fn without(finding: &str) -> String {
    format!("No {finding}")
}
