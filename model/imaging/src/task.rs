//! What a network is asked about the films of a pack: their classes as they are, or whether a film is mirrored.
//!
//! For the second question half of the films are mirrored here, before anything else is done with them. That is only
//! honest if nothing but the anatomy tells which: every film must be as likely to be mirrored, and nothing may come
//! after the mirroring, or lie in the films before it, that has a side of its own. Found by trial, as the share of
//! films that such a trace alone sorts rightly: one black column at the edge .93, a brightness ramp of 15 % .82,
//! collimation of 4 % on one side .72, a JPEG whose width is not a multiple of 8 (so that its blocks begin at the
//! left edge and are cut at the right) .55 to .61. The built-in films are collimated and placed alike to both sides
//! and have widths in multiples of 8. Films from elsewhere often carry a letter for the side, and a network that reads it has
//! learnt nothing about hearts.

use std::collections::BTreeMap;

use rand::{Rng, SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use crate::{
    dataset::Dataset,
    order::sort_by_key,
    pack::{LoadError, MIN_FILMS},
    split::Subset,
};

/// What is asked about the films of a pack.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Task {
    /// The classes of the pack as they are; in the built-in pack the region of the body, chest or abdomen.
    #[default]
    Region,
    /// The right way round or mirrored.
    Mirrored,
}

/// Names of the classes of [`Task::Mirrored`].
pub const MIRRORED_CLASSES: [&str; 2] = ["The right way round", "Mirrored"];

/// Seed of the mirrored half, wherever no experiment asks for another: the same films for everybody.
pub const MIRROR_SEED: u64 = 1;

impl Task {
    /// The films with the classes of this task. `class`: whose films [`Self::Mirrored`] asks about, `None` for all.
    ///
    /// # Errors
    /// [`LoadError::TooFewFilms`] when they do not suffice for two classes.
    pub fn films(self, films: Dataset, class: Option<usize>) -> Result<Dataset, LoadError> {
        match self {
            Self::Region => Ok(films),
            Self::Mirrored => mirror_half(films, class, MIRROR_SEED),
        }
    }
}

/// Names of the class that shows the chest, in the page's languages and as textbooks have it.
const CHEST: [&str; 4] = ["chest", "tórax", "torax", "thorax"];

/// The class that shows the chest, by its name: what [`Task::Mirrored`] asks about where nobody has chosen.
pub fn chest(classes: &[String]) -> Option<usize> {
    classes
        .iter()
        .position(|name| CHEST.contains(&name.trim().to_lowercase().as_str()))
}

/// The films of a class, or all, half of them mirrored, under the classes [`MIRRORED_CLASSES`]. Which half is drawn
/// from `seed` for each patient of each part, and does not depend on the order of the films; an odd film goes to the
/// class that has fewer in that part. Patients, parts and names stay; films without a patient count as one patient.
///
/// # Errors
/// [`LoadError::TooFewFilms`] when a class would have fewer than [`MIN_FILMS`].
pub fn mirror_half(
    mut films: Dataset,
    class: Option<usize>,
    seed: u64,
) -> Result<Dataset, LoadError> {
    films
        .samples
        .retain(|sample| class.is_none_or(|class| sample.class == class));
    let mirrored = drawn(&films, seed);
    for (sample, mirror) in films.samples.iter_mut().zip(mirrored) {
        sample.class = usize::from(mirror);
        if mirror {
            sample.film = sample.film.mirrored();
        }
    }
    films.task = Task::Mirrored;
    films.classes = MIRRORED_CLASSES.map(str::to_owned).to_vec();
    for (place, class) in films.classes.iter().enumerate() {
        let n = films.samples.iter().filter(|one| one.class == place);
        let n = n.count();
        if n < MIN_FILMS {
            return Err(LoadError::TooFewFilms {
                class: class.clone(),
                n,
                left_out: 0,
                problems: Vec::new(),
            });
        }
    }
    Ok(films)
}

/// Whether each film is to be mirrored.
fn drawn(films: &Dataset, seed: u64) -> Vec<bool> {
    let mut groups: BTreeMap<(Option<Subset>, Option<&str>), Vec<usize>> = BTreeMap::new();
    for (place, sample) in films.samples.iter().enumerate() {
        let group = (sample.part, sample.patient.as_deref());
        groups.entry(group).or_default().push(place);
    }
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut mirrored = vec![false; films.samples.len()];
    // In each part: how many more films are the right way round than mirrored.
    let mut surplus: BTreeMap<Option<Subset>, i64> = BTreeMap::new();
    for ((part, _), mut group) in groups {
        sort_by_key(&mut group, |&place| &films.samples[place].name);
        group.shuffle(&mut random);
        let surplus = surplus.entry(part).or_default();
        let odd_one = match *surplus {
            0 => random.random(),
            more => more > 0,
        };
        let n = group.len() / 2 + usize::from(odd_one && group.len() % 2 == 1);
        *surplus += group.len() as i64 - 2 * n as i64;
        for &place in &group[..n] {
            mirrored[place] = true;
        }
    }
    mirrored
}
