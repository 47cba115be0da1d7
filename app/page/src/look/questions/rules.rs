//! The ways in which a table could tell classes, to choose from.

use imaging::pack::{
    ClassRule, FindingColumn, LabelCount, MAX_CLASSES, TableColumn, TableQuestion,
};

use crate::{I18n, say, words};

/// More findings are not offered.
const MOST_FINDINGS: usize = 40;

/// A way, with what it comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    pub rule: ClassRule,
    pub words: String,
    /// Each class with its images, as far as the table says it.
    pub classes: Vec<(String, usize)>,
}

/// All ways, the guess first.
pub fn ways(i18n: I18n, asked: &TableQuestion) -> Vec<Way> {
    let guess = localized(i18n, &asked.guess.classes);
    let mut all = vec![way(i18n, asked, guess)];
    for (place, column) in asked.columns.iter().enumerate() {
        if place == asked.guess.file {
            continue;
        }
        for rule in of_column(i18n, place, column) {
            let way = way(i18n, asked, rule);
            if !all.iter().any(|known| known.rule == way.rule) {
                all.push(way);
            }
        }
    }
    let elsewhere = ClassRule::Elsewhere;
    if asked.folders.is_some() && all.iter().all(|known| known.rule != elsewhere) {
        all.push(way(i18n, asked, elsewhere));
    }
    all
}

/// What a column is called: by its header, or by its place.
pub fn column_name(i18n: I18n, place: usize, column: &TableColumn) -> String {
    match column.name.is_empty() {
        true => say!(i18n, question.column, n = place + 1),
        false => column.name.clone(),
    }
}

/// The class of images without a finding, in the visitor's language.
fn without(i18n: I18n, finding: &str) -> String {
    say!(i18n, question.without, finding = finding.to_owned())
}

fn localized(i18n: I18n, rule: &ClassRule) -> ClassRule {
    let mut rule = rule.clone();
    match &mut rule {
        ClassRule::Finding { finding, rest, .. } => *rest = without(i18n, finding),
        ClassRule::Columns {
            findings,
            rest: Some(rest),
        } => {
            if let [only] = findings.as_slice() {
                *rest = without(i18n, &only.class);
            }
        }
        _ => {}
    }
    rule
}

fn of_column(i18n: I18n, place: usize, column: &TableColumn) -> Vec<ClassRule> {
    if column.finding {
        let class = column_name(i18n, place, column);
        return vec![ClassRule::Columns {
            rest: Some(without(i18n, &class)),
            findings: vec![FindingColumn {
                column: place,
                class,
            }],
        }];
    }
    let mut rules = Vec::new();
    if (2..=MAX_CLASSES).contains(&column.distinct) {
        rules.push(ClassRule::Values {
            column: place,
            names: Vec::new(),
        });
    }
    if column.distinct > 2 {
        let findings = column.labels.iter().filter(|label| label.images > 1);
        rules.extend(
            findings
                .take(MOST_FINDINGS)
                .filter(|one| !one.label.is_empty())
                .map(|LabelCount { label, .. }| ClassRule::Finding {
                    column: place,
                    finding: label.clone(),
                    rest: without(i18n, label),
                }),
        );
    }
    rules
}

fn way(i18n: I18n, asked: &TableQuestion, rule: ClassRule) -> Way {
    let column = |place: usize| asked.columns.get(place);
    let name = |place: usize| {
        let column = column(place);
        column.map_or_else(String::new, |column| column_name(i18n, place, column))
    };
    let labels = |place: usize| column(place).map_or(&[][..], |column| &column.labels);
    let (words, classes) = match &rule {
        ClassRule::Elsewhere => (say!(i18n, question.elsewhere), Vec::new()),
        ClassRule::Values { column, names } => {
            let called = |label: &str| {
                let own = names.iter().find(|(value, _)| value == label);
                own.map_or_else(|| label.to_owned(), |(_, name)| name.clone())
            };
            let classes = labels(*column).iter().filter(|one| !one.label.is_empty());
            let classes = classes.map(|one| (called(&one.label), one.images));
            (
                say!(i18n, question.values, column = name(*column)),
                classes.filter(|(class, _)| !class.is_empty()).collect(),
            )
        }
        ClassRule::Finding {
            column,
            finding,
            rest,
        } => {
            let own = labels(*column).iter().find(|one| one.label == *finding);
            let n = own.map_or(0, |one| one.images);
            (
                say!(
                    i18n,
                    question.finding,
                    finding = finding.clone(),
                    column = name(*column)
                ),
                vec![
                    (finding.clone(), n),
                    (rest.clone(), asked.named.saturating_sub(n)),
                ],
            )
        }
        ClassRule::Columns { findings, .. } => {
            let with = |finding: &FindingColumn| {
                let labels = labels(finding.column).iter();
                let own = labels.filter(|one| one.label.parse() == Ok(1.0_f64));
                (finding.class.clone(), own.map(|one| one.images).sum())
            };
            let names: Vec<String> = findings.iter().map(|one| name(one.column)).collect();
            (
                say!(
                    i18n,
                    question.columns,
                    columns = words::all_of(i18n, &names)
                ),
                findings.iter().map(with).collect(),
            )
        }
    };
    Way {
        rule,
        words,
        classes,
    }
}
