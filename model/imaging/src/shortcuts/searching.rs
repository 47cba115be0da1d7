//! The search: each fact is tried on films that its rule was not learnt from, and compared with what chance gives.

mod chance;
mod column;
mod folds;
mod learn;
mod reading;

use std::cmp::Ordering;

use metrics::{Proportion, balanced_accuracy, patients::FEWEST_PATIENTS};

use super::{FALSE_ALARMS, Fact, LEAST_GAIN, Rule, Search, Shortcut, Shortcuts, Value};
use crate::{
    dataset::{DatasetSummary, SampleSummary},
    pack::MAX_CLASSES,
};
use column::Column;
use folds::Assignment;
use learn::{Form, Trial};

/// What else than anatomy separates the classes.
pub fn found(summary: &DatasetSummary) -> Shortcuts {
    let search = search(summary);
    let few = search.patients.is_some_and(|n| n < FEWEST_PATIENTS);
    let over_films = (few && search.shortcuts.is_empty()).then(|| search_over_films(summary));
    Shortcuts { search, over_films }
}

/// The things besides anatomy that tell the classes apart, the best first.
pub fn shortcuts(summary: &DatasetSummary) -> Vec<Shortcut> {
    search(summary).shortcuts
}

/// The same, with what was tried in vain. The same films give the same answer.
pub fn search(summary: &DatasetSummary) -> Search {
    let patients = summary.samples.iter();
    let patients = patients.map(|sample| sample.patient.as_deref());
    searched(summary, patients.collect())
}

/// The same as if each film were of another patient: what separates the classes in these films, which may be the patients
/// themselves. For sets of so few patients that nothing is beyond chance.
pub fn search_over_films(summary: &DatasetSummary) -> Search {
    searched(summary, vec![None; summary.samples.len()])
}

/// `patients`: of each film.
fn searched(summary: &DatasetSummary, patients: Vec<Option<&str>>) -> Search {
    let classes = summary.classes.len();
    let (samples, patients) = in_order(summary, patients);
    if samples.is_empty() || !(2..=MAX_CLASSES).contains(&classes) {
        return Search::default();
    }
    let truth: Vec<usize> = samples.iter().map(|sample| sample.class).collect();
    let own = Assignment::of(&truth, &patients, classes);
    let columns: Vec<Column> = Fact::ALL
        .into_iter()
        .filter_map(|fact| Column::of(fact, &samples))
        .collect();
    let best: Vec<Candidate> = columns
        .iter()
        .filter_map(|column| Candidate::of(column, &own))
        .collect();
    let luckiest = chance::luckiest(&columns, &own);
    let sizes = (0..classes).map(|class| truth.iter().filter(|&&one| one == class).count());
    let mut found = Search {
        majority: sizes.max().unwrap_or(0) as f64 / truth.len() as f64,
        patients: own.patients(),
        ..Search::default()
    };
    for candidate in &best {
        let chance = chance::share_as_good(&luckiest, candidate.trial.gain());
        if chance <= FALSE_ALARMS && candidate.trial.gain() >= LEAST_GAIN {
            found.shortcuts.extend(candidate.shortcut(&own, chance));
        } else {
            found.no_shortcuts.push(candidate.column.fact);
        }
    }
    found.shortcuts.sort_by(best_first);
    drop_single_sides(&mut found);
    found
}

/// By name: the order of the films must not matter.
fn in_order<'a>(
    summary: &'a DatasetSummary,
    patients: Vec<Option<&'a str>>,
) -> (Vec<&'a SampleSummary>, Vec<Option<&'a str>>) {
    let films = summary.samples.iter().zip(patients);
    let mut films: Vec<_> = films
        .filter(|(sample, _)| sample.class < summary.classes.len())
        .collect();
    films.sort_by(|(a, _), (b, _)| a.name.cmp(&b.name));
    films.into_iter().unzip()
}

fn best_first(a: &Shortcut, b: &Shortcut) -> Ordering {
    let order = b.balanced.value.total_cmp(&a.balanced.value);
    order.then(a.fact.cmp(&b.fact))
}

/// Width and height say nothing that the size does not, unless they do better.
fn drop_single_sides(found: &mut Search) {
    let Some(size) = found.shortcuts.iter().find(|one| one.fact == Fact::Size) else {
        return;
    };
    let of_size = size.balanced.value;
    found.shortcuts.retain(|one| {
        !matches!(one.fact, Fact::Width | Fact::Height) || one.balanced.value > of_size
    });
}

/// The best way in which a fact tells the classes apart.
struct Candidate<'a> {
    column: &'a Column,
    form: Form,
    trial: Trial,
}

impl<'a> Candidate<'a> {
    /// Of equally good ways the simplest.
    fn of(column: &'a Column, own: &Assignment) -> Option<Self> {
        let table = learn::Table::of(column, own);
        let mut best: Option<Self> = None;
        for form in column.forms() {
            let trial = table.trial(form);
            if best
                .as_ref()
                .is_none_or(|best| trial.gain() > best.trial.gain() + 1e-9)
            {
                best = Some(Self {
                    column,
                    form,
                    trial,
                });
            }
        }
        best
    }

    fn shortcut(&self, own: &Assignment, chance: f64) -> Option<Shortcut> {
        let table = learn::Table::of(self.column, own);
        let right = table.right(self.form, self.column, own);
        let hits = right.iter().filter(|&&right| right).count();
        Some(Shortcut {
            fact: self.column.fact,
            rule: self.column.rule(self.form, &table.learn_all(self.form)),
            accuracy: Proportion::new(hits, right.len()),
            over_patients: own.share_over_patients(&right),
            balanced: balanced_accuracy(&self.trial.confusion())?,
            chance,
        })
    }
}
