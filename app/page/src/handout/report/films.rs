//! Films and patients of the run, and which were taken for what.

use std::collections::BTreeSet;

use imaging::split::Subset;

use crate::{i18n::I18n, say, words};
use ui_core::{
    handout::document::{Block, Section},
    state::{AppState, Films, Run},
};

pub fn section(i18n: I18n, run: &Run, films: &Films) -> Section {
    let row = |part: Subset| {
        let of_part = || {
            let all = films.data.samples.iter().zip(&run.parts);
            all.filter(move |(_, own)| **own == Some(part))
                .map(|(sample, _)| sample)
        };
        let patients: Option<BTreeSet<&str>> =
            of_part().map(|sample| sample.patient.as_deref()).collect();
        let patients = patients.map(|patients| patients.len().to_string());
        vec![
            words::part(i18n, Some(part)),
            of_part().count().to_string(),
            patients.unwrap_or_else(|| say!(i18n, beyond.runs.not_known)),
        ]
    };
    Section {
        heading: say!(i18n, takeaway.films),
        blocks: vec![
            Block::Text(words::title(i18n, &films.data.name())),
            Block::Table {
                head: vec![
                    say!(i18n, takeaway.part),
                    say!(i18n, takeaway.films),
                    say!(i18n, takeaway.patients),
                ],
                rows: Subset::ALL.map(row).to_vec(),
            },
        ],
    }
}

/// A row a true class, once the test was opened.
pub fn matrix(i18n: I18n, state: &AppState, films: &Films) -> Option<Section> {
    let confusion = &state.opened()?.report.scores.confusion;
    let class = |class: usize| words::class(i18n, films, class);
    let answers = (0..confusion.len()).map(|answer| {
        let class = class(answer);
        say!(i18n, test.answer, class = class)
    });
    let mut head = vec![say!(i18n, test.truth)];
    head.extend(answers);
    let row = |(truth, counts): (usize, &Vec<usize>)| {
        let mut row = vec![class(truth)];
        row.extend(counts.iter().map(usize::to_string));
        row
    };
    Some(Section {
        heading: say!(i18n, test.matrix),
        blocks: vec![Block::Table {
            head,
            rows: confusion.iter().enumerate().map(row).collect(),
        }],
    })
}
