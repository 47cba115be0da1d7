//! From the files that have been read to a dataset, or to what stands in its way.

use std::rc::Rc;

use super::{Advance, Loader, reading::Nobody};
use crate::{
    dataset::Dataset,
    decode::{Decoded, FileFacts, PackDepth, Range},
    film::Film,
    incidental::PictureFacts,
    order::sort_by,
    pack::{
        BadTable, ByHand, FileError, FileProblem, LoadError, MIN_FILMS, Source,
        doubles::{Sketch, resolve},
        masks, patients,
        unpacked::Unpacked,
    },
};

impl<S: Source> Loader<S> {
    /// The dataset of all files; reads those that are left.
    ///
    /// # Errors
    /// No film at all, a single class, a class with too few films, or a question to the user.
    pub fn finish(self) -> Result<Dataset, LoadError> {
        self.finish_keeping().map(|(dataset, _)| dataset)
    }

    /// As [`finish`](Self::finish), with the source, from which a film's file can be read again: its number there is
    /// `Sample::file`.
    ///
    /// # Errors
    /// As [`finish`](Self::finish).
    pub fn finish_keeping(self) -> Result<(Dataset, impl Source + use<S>), LoadError> {
        let Sorted {
            mut dataset,
            read: unread,
            tables,
            source,
        } = self.sorted(PackDepth::default())?;
        let mut counts = vec![0; dataset.classes.len()];
        for sample in &dataset.samples {
            counts[sample.class] += 1;
        }
        let problems = || dataset.skipped.clone();
        if dataset.classes.len() == 1 {
            let lost = unread.into_iter().find_map(|class| {
                let reason = class.reason?;
                Some(LoadError::UnreadClass {
                    class: class.name,
                    n: class.left_out,
                    reason,
                    problems: problems(),
                })
            });
            return Err(lost.unwrap_or_else(|| LoadError::OneClass {
                class: dataset.classes[0].clone(),
                n: dataset.samples.len(),
                tables,
                problems: problems(),
            }));
        }
        match counts.iter().position(|&n| n < MIN_FILMS) {
            Some(small) => {
                let class = dataset.classes.swap_remove(small);
                let own = unread.iter().find(|one| one.name == class);
                Err(LoadError::TooFewFilms {
                    n: counts[small],
                    left_out: own.map_or(0, |own| own.left_out),
                    class,
                    problems: dataset.skipped,
                })
            }
            None => Ok((dataset, source)),
        }
    }

    /// As [`finish`](Self::finish), for films on which a network that is trained elsewhere is tested: any number of
    /// each class, and a single class, will do. They are read as those were that it was trained on (`depth`).
    ///
    /// # Errors
    /// No film at all, or a question to the user.
    pub fn finish_test(self, depth: PackDepth) -> Result<Dataset, LoadError> {
        self.sorted(depth).map(|sorted| sorted.dataset)
    }

    /// Films that are yet to be sorted into classes by hand ([`ByHand::Gather`](crate::pack::ByHand)): there are no classes, and the
    /// films' numbers of theirs say nothing.
    ///
    /// # Errors
    /// No film at all, or a question to the user.
    pub fn finish_gathered(self) -> Result<Dataset, LoadError> {
        let mut gathered = self.sorted(PackDepth::default())?.dataset;
        gathered.classes.clear();
        Ok(gathered)
    }

    /// All that is to be done whatever the films are for: the classes with what they lack, and the tables, come with it.
    fn sorted(mut self, given: PackDepth) -> Result<Sorted<S>, LoadError> {
        self.reader.get_or_insert_with(|| Rc::new(Nobody));
        while self.advance() == Advance::Read {}
        if self.is_full() {
            return Err(LoadError::TooManyFilms {
                n: self.total,
                limit: self.most,
            });
        }
        let mut dataset = self.dataset;
        let depth = match given == PackDepth::default() {
            true => PackDepth::of(self.ranges.iter().chain(&self.odd_ranges).copied()),
            false => given,
        };
        dataset.depth = depth;
        let in_pack = |film: &mut Film, range: Range| {
            let own = std::mem::replace(film, Film::black());
            *film = depth.read(Decoded {
                film: own,
                range,
                facts: FileFacts::default(),
            });
        };
        let (sketches, two_values) = match self.without_pixels {
            Some(told) => told.in_pack(&mut dataset, &self.ranges, depth),
            None => {
                for (sample, range) in dataset.samples.iter_mut().zip(self.ranges) {
                    in_pack(&mut sample.film, range);
                    // Only such a film may have become darker.
                    if matches!(range, Range::Within { .. }) {
                        sample.incidentals.picture = PictureFacts::of(&sample.film);
                    }
                }
                for (odd, range) in dataset.odd.iter_mut().zip(self.odd_ranges) {
                    in_pack(&mut odd.film, range);
                }
                let films = dataset.samples.iter().map(|sample| &sample.film);
                let two_values = films.clone().map(masks::has_two_values).collect();
                (films.map(Sketch::of).collect(), two_values)
            }
        };
        let folders = masks::folders(&dataset.samples, &two_values, &self.answers.roles);
        if !folders.is_empty() {
            return Err(LoadError::UnsureFolders { folders });
        }

        let names = dataset.classes.iter().zip(self.unread).enumerate();
        let read: Vec<ReadClass> = names
            .map(|(class, (name, errors))| ReadClass {
                name: name.clone(),
                left_out: errors.len(),
                reason: match dataset.samples.iter().any(|sample| sample.class == class) {
                    true => None,
                    false => commonest(errors),
                },
            })
            .collect();
        let by_name = self.answers.patients.as_ref();
        patients::tell(
            &mut dataset.samples,
            &mut self.copies,
            &self.patients,
            by_name,
        );
        resolve(&mut dataset, &sketches, self.copies, &self.answers.rulings)?;
        if self.answers.patients_apart {
            patients::keep_apart(&mut dataset);
        }
        sort_by(&mut dataset.skipped, |a, b| a.path.cmp(&b.path));
        let lost = read.iter().filter_map(|class| {
            let reason = Box::new(class.reason.clone()?);
            let n = class.left_out;
            Some(FileProblem {
                path: class.name.clone(),
                error: FileError::WholeClass { n, reason },
            })
        });
        if dataset.samples.is_empty() {
            return Err(LoadError::NoFilms {
                problems: dataset.skipped,
            });
        }
        dataset.skipped.splice(0..0, lost);
        match &self.answers.by_hand {
            Some(ByHand::AsBefore(before)) => before.arrange(&mut dataset)?,
            _ => drop_empty_classes(&mut dataset),
        }
        Ok(Sorted {
            dataset,
            read,
            tables: self.tables,
            source: self.source,
        })
    }
}

/// A pack of which everything has been read.
struct Sorted<S> {
    dataset: Dataset,
    read: Vec<ReadClass>,
    tables: Vec<BadTable>,
    source: Unpacked<S>,
}

/// What became of the files of a class.
struct ReadClass {
    name: String,
    /// Files that did not become films.
    left_out: usize,
    /// Why, if none did.
    reason: Option<FileError>,
}

/// Errors of a class that are told apart, to say the commonest.
const COMPARED: usize = 1_000;

fn commonest(errors: Vec<FileError>) -> Option<FileError> {
    // A hundred thousand of them are not compared each with each.
    let kinds = errors.iter().take(COMPARED).map(|error| {
        let same = errors.iter().filter(|other| *other == error);
        (same.count(), error)
    });
    kinds
        .max_by_key(|(n, _)| *n)
        .map(|(_, error)| error.clone())
}

/// Drops the classes whose files were all left out, and numbers the others anew.
fn drop_empty_classes(dataset: &mut Dataset) {
    let mut kept = Vec::new();
    for class in 0..dataset.classes.len() {
        if dataset.samples.iter().any(|sample| sample.class == class) {
            kept.push(class);
        }
    }
    for sample in &mut dataset.samples {
        sample.class = kept.partition_point(|&class| class < sample.class);
    }
    dataset.classes = kept
        .iter()
        .map(|&class| dataset.classes[class].clone())
        .collect();
}
