//! The runs of a visit side by side: what differs between them, and settings compared seed by seed.

use imaging::{dataset::DatasetName, report::EpochReport, settings::Settings, split::Subset};
use metrics::{
    Proportion,
    auc::{Auc, auc},
    never_found,
    paired::{PairedError, PairedScores, paired_scores},
    roc::RocError,
};

use crate::{
    robustness::against_rest,
    state::{AppState, Run, RunPhase},
    winners_curse::best_of,
};
use protocol::{Origin, RunId, TestResult};

/// One run as a row of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub id: RunId,
    /// What the films were called.
    pub dataset: DatasetName,
    /// Films that it was trained on.
    pub films: usize,
    pub settings: Settings,
    pub ended: Ended,
    /// Share of right validation films after each epoch.
    pub curve: Vec<f64>,
    /// The last of these.
    pub validation: Option<RunScore>,
    pub tested: Option<Tested>,
    /// How often the test set of these films had been opened by then.
    pub times_opened: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    Whole,
    /// Stopped by the user, replaced by the next run or broken off by a fault.
    Early,
    Running,
    /// Its network did not begin here: no seed makes it again.
    FromFile,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RunScore {
    pub accuracy: Proportion,
    /// Classes of which not one film was recognised.
    pub never_found: usize,
}

impl RunScore {
    fn of(accuracy: Proportion, confusion: &[Vec<usize>]) -> Self {
        let never_found = never_found(confusion).len();
        Self {
            accuracy,
            never_found,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tested {
    pub score: RunScore,
    /// Of two classes; `None` of more.
    pub area: Option<Result<Auc, RocError>>,
}

/// All runs of this visit that have learnt something, oldest first.
pub fn rows(state: &AppState) -> Vec<Row> {
    let past = state.past_runs.iter();
    let past = past.map(|past| {
        row(
            &past.run,
            past.opened.as_deref(),
            &past.films,
            past.times_opened,
        )
    });
    let films = state.films.as_ref().map(|films| films.data.name());
    let present = state.run.iter().filter(|run| run.has_learnt());
    let present = present.map(|run| {
        let films = films.clone().unwrap_or_default();
        row(run, state.opened(), &films, state.times_opened)
    });
    past.chain(present).collect()
}

fn row(run: &Run, opened: Option<&TestResult>, dataset: &DatasetName, times_opened: usize) -> Row {
    let share = |epoch: &EpochReport| epoch.validation.correct as f64 / epoch.validation.n as f64;
    Row {
        id: run.id,
        dataset: dataset.clone(),
        films: films(run),
        settings: run.settings.clone(),
        ended: match run.phase {
            _ if run.is_from_file() && !run.is_active() => Ended::FromFile,
            RunPhase::Finished { stopped: false, .. } => Ended::Whole,
            RunPhase::Finished { stopped: true, .. } | RunPhase::Failed(_) => Ended::Early,
            _ => Ended::Running,
        },
        curve: run.epochs.iter().map(share).collect(),
        validation: run.epochs.last().and_then(|epoch| {
            let score = epoch.validation;
            let accuracy = Proportion::of_some(score.correct, score.n)?;
            Some(RunScore::of(accuracy, &epoch.validation_confusion))
        }),
        tested: opened.map(|opened| {
            let report = &opened.report;
            let two = report.scores.confusion.len() == 2;
            let (scores, labels) = against_rest(report, 1);
            Tested {
                score: RunScore::of(report.scores.accuracy, &report.scores.confusion),
                area: two.then(|| auc(&scores, &labels)),
            }
        }),
        times_opened,
    }
}

/// Films that it has learned from, as far as they are known.
fn films(run: &Run) -> usize {
    if run.is_as_in_file() && run.origin == Origin::UnknownFilms {
        return run.file.as_ref().map_or(0, |file| file.learned);
    }
    let trains = |part: &&Option<Subset>| **part == Some(Subset::Train);
    run.parts.iter().filter(trains).count()
}

/// A choice of a run that the table has a column for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    Films,
    Seed,
    Split,
    Network,
    FilmSide,
    Augmentation,
    Dropout,
    BatchSize,
    LearningRate,
    Epochs,
    FineTuning,
}

impl Setting {
    pub const ALL: [Self; 11] = [
        Self::Films,
        Self::Seed,
        Self::Split,
        Self::Network,
        Self::FilmSide,
        Self::Augmentation,
        Self::Dropout,
        Self::BatchSize,
        Self::LearningRate,
        Self::Epochs,
        Self::FineTuning,
    ];

    /// Whether two runs chose the same.
    pub fn same(self, one: &Row, other: &Row) -> bool {
        let (a, b) = (&one.settings, &other.settings);
        match self {
            Self::Films => one.dataset == other.dataset && one.films == other.films,
            Self::Seed => a.seed == b.seed,
            Self::Split => a.split_by == b.split_by,
            Self::Network => a.network == b.network,
            Self::FilmSide => a.film_side == b.film_side,
            Self::Augmentation => a.augmentation == b.augmentation,
            Self::Dropout => a.dropout == b.dropout,
            Self::BatchSize => a.batch_size == b.batch_size,
            Self::LearningRate => a.learning_rate == b.learning_rate,
            Self::Epochs => a.epochs == b.epochs,
            Self::FineTuning => a.fine_tuning == b.fine_tuning,
        }
    }
}

/// The settings in which not all of these runs are the same.
pub fn differing(rows: &[&Row]) -> Vec<Setting> {
    let varies = |setting: &Setting| rows.windows(2).any(|pair| !setting.same(pair[0], pair[1]));
    Setting::ALL.into_iter().filter(varies).collect()
}

/// Runs that differ in nothing but the seed, as places in the table, oldest first. Runs that did not come to
/// their end are in none.
pub fn recipes(rows: &[Row]) -> Vec<Vec<usize>> {
    let mut recipes: Vec<Vec<usize>> = Vec::new();
    let whole = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| row.ended == Ended::Whole);
    for (place, row) in whole {
        let alike = |setting: Setting| {
            // Which films train depends on the seed; how many, hardly.
            let of_seed = matches!(setting, Setting::Seed | Setting::Films);
            move |other: &Row| of_seed || setting.same(row, other)
        };
        let same = |recipe: &&mut Vec<usize>| {
            let other = &rows[recipe[0]];
            row.dataset == other.dataset
                && Setting::ALL
                    .into_iter()
                    .all(|setting| alike(setting)(other))
        };
        match recipes.iter_mut().find(same) {
            Some(recipe) => recipe.push(place),
            None => recipes.push(vec![place]),
        }
    }
    recipes
}

/// What runs are compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunMeasure {
    Validation,
    Test,
}

impl RunMeasure {
    fn of(self, row: &Row) -> Option<f64> {
        match self {
            Self::Validation => row.validation.map(|score| score.accuracy.share()),
            Self::Test => row.tested.map(|tested| tested.score.accuracy.share()),
        }
    }
}

/// The first recipe less the second, over the seeds that both were run with; of several runs with one seed, the
/// last. `Empty` where they share no seed.
pub fn by_seed(
    rows: &[Row],
    first: &[usize],
    second: &[usize],
    measure: RunMeasure,
) -> Result<PairedScores, PairedError> {
    let score = |recipe: &[usize], seed: u64| {
        let own = recipe.iter().rev().map(|&place| &rows[place]);
        own.filter(|row| row.settings.seed == seed)
            .find_map(|row| measure.of(row))
    };
    let mut seeds: Vec<u64> = first
        .iter()
        .map(|&place| rows[place].settings.seed)
        .collect();
    seeds.sort_unstable();
    seeds.dedup();
    let pairs = seeds
        .into_iter()
        .filter_map(|seed| Some((score(first, seed)?, score(second, seed)?)));
    let (first, second): (Vec<f64>, Vec<f64>) = pairs.unzip();
    paired_scores(&first, &second)
}

/// What luck adds to the best of the tests that were opened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flattery {
    /// How many networks were tested on the present films.
    pub networks: usize,
    /// Test films.
    pub n: usize,
    /// Mean share of right answers of all these networks.
    pub mean: f64,
    /// What the best of them would be expected to score, were they all equally good and lucky apart.
    pub best: f64,
}

/// `None` before a network has been tested on the films that are loaded.
pub fn flattery(rows: &[Row], dataset: &DatasetName) -> Option<Flattery> {
    let tests: Vec<Proportion> = rows
        .iter()
        .filter(|row| row.dataset == *dataset)
        .filter_map(|row| Some(row.tested?.score.accuracy))
        .filter(|accuracy| accuracy.n > 0)
        .collect();
    let networks = tests.len();
    let n = tests.iter().map(|test| test.n).min()?;
    let mean = tests.iter().map(Proportion::share).sum::<f64>() / networks as f64;
    Some(Flattery {
        networks,
        n,
        mean,
        best: best_of(networks, n, mean)?,
    })
}

#[cfg(test)]
mod tests;
