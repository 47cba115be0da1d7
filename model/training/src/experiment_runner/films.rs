//! The films of an experiment, and how they are divided and drawn by lot.

use std::collections::BTreeMap;

use rand::{SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

use super::{Change, ExperimentError, InputVariant};
use imaging::{
    dataset::DatasetSummary,
    order::sort_by_key,
    settings::Pooling,
    split::{Division, SplitBy, SplitError, Subset, patients_in_two, split},
    task::Task,
};

/// Films by their place in [`DrawnFilms`].
pub(super) type Drawn = Vec<usize>;

/// Some films of the data.
pub(super) struct DrawnFilms {
    /// Without the parts that the data give them.
    summary: DatasetSummary,
    /// Number of each in the data.
    numbers: Vec<usize>,
    /// What a network has to read of them to do the task.
    pooling: Pooling,
}

impl DrawnFilms {
    /// All but the test set of a run that divides the data so: it is locked, and nothing is tried out on it.
    pub(super) fn of(summary: &DatasetSummary, run: Division) -> Self {
        let locked = run.tests(summary);
        let mut summary = summary.clone();
        for sample in &mut summary.samples {
            sample.part = None;
        }
        let numbers = (0..summary.samples.len()).collect();
        let all = Self {
            pooling: pooling(summary.task),
            summary,
            numbers,
        };
        let free: Drawn = all
            .all()
            .into_iter()
            .filter(|&film| !locked[film])
            .collect();
        all.only(&free)
    }

    pub(super) fn only(&self, drawn: &[usize]) -> Self {
        let mut summary = self.summary.clone();
        summary.samples = drawn
            .iter()
            .map(|&film| self.summary.samples[film].clone())
            .collect();
        Self {
            summary,
            numbers: drawn.iter().map(|&film| self.numbers[film]).collect(),
            pooling: self.pooling,
        }
    }

    /// The same films in other classes.
    pub(super) fn with_classes(mut self, classes: &[&str], of: &[usize]) -> Self {
        self.summary.classes = classes.iter().map(|&class| class.to_owned()).collect();
        for (sample, &class) in self.summary.samples.iter_mut().zip(of) {
            sample.class = class;
        }
        self
    }

    /// At most so many, of all classes and patients alike; always the same ones.
    pub(super) fn at_most(&self, most: usize) -> Self {
        let mut order = self.all();
        order.shuffle(&mut random(0, Use::Pool));
        // How many of its class and patient come before it: those with the fewest go first.
        let mut seen: BTreeMap<(usize, Option<&str>), usize> = BTreeMap::new();
        let mut of_class: Vec<Vec<(usize, usize)>> = vec![Vec::new(); self.classes()];
        for film in order {
            let class = self.class(film);
            let before = seen.entry((class, self.patient(film))).or_default();
            of_class[class].push((*before, film));
            *before += 1;
        }
        let present = of_class.iter().filter(|films| !films.is_empty()).count();
        let share = most / present.max(1);
        let mut drawn = Vec::with_capacity(most);
        for films in &mut of_class {
            sort_by_key(films, |(before, _)| *before);
            drawn.extend(films.iter().take(share).map(|(_, film)| *film));
        }
        drawn.sort_unstable();
        self.only(&drawn)
    }

    pub(super) fn classes(&self) -> usize {
        self.summary.classes.len()
    }

    pub(super) fn class_names(&self) -> &[String] {
        &self.summary.classes
    }

    pub(super) fn class(&self, film: usize) -> usize {
        self.summary.samples[film].class
    }

    pub(super) fn patient(&self, film: usize) -> Option<&str> {
        self.summary.samples[film].patient.as_deref()
    }

    pub(super) fn all(&self) -> Drawn {
        (0..self.numbers.len()).collect()
    }

    pub(super) fn task(&self) -> Task {
        self.summary.task
    }

    pub(super) fn pooling(&self) -> Pooling {
        self.pooling
    }

    /// To be read as the task needs it.
    pub(super) fn variant(&self, film: usize, change: Change) -> InputVariant {
        self.variant_for(film, change, self.pooling)
    }

    pub(super) fn variant_for(
        &self,
        film: usize,
        change: Change,
        pooling: Pooling,
    ) -> InputVariant {
        InputVariant {
            sample: self.numbers[film],
            change,
            pooling,
        }
    }

    /// All patients by name, if any are known. A film without one is of a patient of its own, who is not among them.
    pub(super) fn patients(&self) -> Option<Vec<&str>> {
        let known = self.all().into_iter().filter_map(|film| self.patient(film));
        let mut patients: Vec<&str> = known.collect();
        patients.sort_unstable();
        patients.dedup();
        (!patients.is_empty()).then_some(patients)
    }

    /// Training films and the others, 60 to 40.
    pub(super) fn by_image(&self, seed: u64) -> Result<[Drawn; 2], ExperimentError> {
        self.divided(SplitBy::Image, seed)
    }

    /// The same by patient; `None` if patients are not known or too few. Those who are not enough for a run's three sets, as
    /// one of them may be locked away, may be enough for two.
    pub(super) fn by_patient(&self, seed: u64) -> Option<[Drawn; 2]> {
        let in_two = || {
            let first = patients_in_two(&self.summary, seed)?;
            Some(self.all().into_iter().partition(|&film| first[film]))
        };
        let (training, others) = match self.divided(SplitBy::Patient, seed) {
            Ok([training, others]) => (training, others),
            Err(_) => in_two()?,
        };
        Some([training, others])
    }

    fn divided(&self, by: SplitBy, seed: u64) -> Result<[Drawn; 2], ExperimentError> {
        let parts = split(&self.summary, by, seed).map_err(|error| match error {
            // Three would do for a run, but these are what its test set left.
            SplitError::TooFew { class, n, .. } => ExperimentError::TooFew {
                class,
                n,
                least: Subset::ALL.len(),
            },
            other => ExperimentError::Split(other),
        })?;
        let (training, others) = self
            .all()
            .into_iter()
            .partition(|&film| parts[film] == Subset::Train);
        Ok([training, others])
    }

    /// At most `n` of each class, by lot, and the rest. A larger `n` draws the same films and more.
    pub(super) fn draw(&self, from: &[usize], n: usize, random: &mut ChaCha8Rng) -> [Drawn; 2] {
        self.draw_each(from, &vec![n; self.classes()], random)
    }

    /// The same with a number for each class.
    pub(super) fn draw_each(
        &self,
        from: &[usize],
        n: &[usize],
        random: &mut ChaCha8Rng,
    ) -> [Drawn; 2] {
        let mut from = from.to_vec();
        from.shuffle(random);
        let mut left = n.to_vec();
        let (mut drawn, mut rest) = (Vec::new(), Vec::new());
        for film in from {
            let left = &mut left[self.class(film)];
            if *left > 0 {
                *left -= 1;
                drawn.push(film);
            } else {
                rest.push(film);
            }
        }
        drawn.sort_unstable();
        rest.sort_unstable();
        [drawn, rest]
    }

    /// Films of each class.
    pub(super) fn counts(&self, films: &[usize]) -> Vec<usize> {
        let mut counts = vec![0; self.classes()];
        for &film in films {
            counts[self.class(film)] += 1;
        }
        counts
    }

    /// # Errors
    /// [`ExperimentError::TooFew`] when a class has fewer than `least` among these films.
    pub(super) fn require(&self, films: &[usize], least: usize) -> Result<(), ExperimentError> {
        let counts = self.counts(films);
        match counts.iter().position(|&n| n < least) {
            None => Ok(()),
            Some(class) => Err(ExperimentError::TooFew {
                class: self.summary.classes[class].clone(),
                n: counts[class],
                least,
            }),
        }
    }
}

/// What the experiments' networks read. The average, as the course that the lesson descends from did, so that chance and the
/// choice of films show; but it forgets on which side the heart lies.
fn pooling(task: Task) -> Pooling {
    match task {
        Task::Region => Pooling::GlobalAverage,
        Task::Mirrored => Pooling::Grid,
    }
}

/// What is drawn by lot, each from a stream of its own, beside those of a run.
#[derive(Clone, Copy)]
pub(super) enum Use {
    Pool = 20,
    Training,
    Test,
    Labels,
    Marks,
}

pub(super) fn random(seed: u64, of: Use) -> ChaCha8Rng {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(of as u64);
    random
}
