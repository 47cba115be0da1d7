//! The same picture more than once: as the same file, saved anew, or under two classes.

mod pairs;

use serde::{Deserialize, Serialize};

use pairs::alike;

use super::{FileError, FileProblem, LoadError, name::fold};
use crate::{
    dataset::{Dataset, Sample},
    film::Film,
    order::sort_by,
    split::Subset,
};

/// Films that lie in several classes at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contradiction {
    /// By name.
    pub classes: Vec<String>,
    /// For each film the paths of its copies.
    pub films: Vec<Vec<String>>,
}

/// Which class is right for all films that lie in these `classes`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    /// As in [`Contradiction::classes`]; empty for any.
    pub classes: Vec<String>,
    /// `None`: such films are left out.
    pub keep: Option<String>,
}

impl Ruling {
    fn decides(&self, classes: &[String]) -> bool {
        let has = |class: &String| classes.iter().any(|own| fold(own) == fold(class));
        let named = self.classes.len() == classes.len() && self.classes.iter().all(has);
        named || self.classes.is_empty() && self.keep.as_ref().is_none_or(has)
    }
}

/// A file with the same bytes as an earlier film.
pub(super) struct Copy {
    pub path: String,
    pub class: usize,
    pub patient: Option<String>,
    pub part: Option<Subset>,
    /// Number of the film.
    pub of: usize,
}

/// One of several copies of a film.
struct Member {
    path: String,
    class: usize,
    patient: Option<String>,
    part: Option<Subset>,
}

impl Member {
    fn of(sample: &Sample) -> Self {
        Self {
            path: sample.name.clone(),
            class: sample.class,
            patient: sample.patient.clone(),
            part: sample.part,
        }
    }

    /// The copy in the test is the one to keep: what is tested must not have been taught.
    fn rank(&self) -> (usize, &str) {
        let part = match self.part {
            Some(Subset::Test) => 0,
            Some(Subset::Validation) => 1,
            Some(Subset::Train) => 2,
            None => 3,
        };
        (part, &self.path)
    }
}

/// Leaves one of each film, and lists the others with the reason.
///
/// `sketches`: of each film.
///
/// # Errors
/// [`LoadError::Contradictions`] if a film lies in several classes and no ruling says which is right.
pub(super) fn resolve(
    dataset: &mut Dataset,
    sketches: &[Sketch],
    copies: Vec<Copy>,
    rulings: &[Ruling],
) -> Result<(), LoadError> {
    let mut members: Vec<Vec<Member>> = dataset
        .samples
        .iter()
        .map(|one| vec![Member::of(one)])
        .collect();
    for copy in copies {
        members[copy.of].push(Member {
            path: copy.path,
            class: copy.class,
            patient: copy.patient,
            part: copy.part,
        });
    }
    for (later, earlier) in alike(sketches) {
        let moved = std::mem::take(&mut members[later]);
        members[earlier].extend(moved);
    }

    let mut open: Vec<Contradiction> = Vec::new();
    let mut kept = Vec::with_capacity(members.len());
    for group in members {
        let keeper = match decide(group, &dataset.classes, rulings, &mut dataset.skipped) {
            Ok(keeper) => keeper,
            Err(found) => {
                match open.iter_mut().find(|one| one.classes == found.classes) {
                    Some(one) => one.films.extend(found.films),
                    None => open.push(found),
                }
                None
            }
        };
        kept.push(keeper);
    }
    if !open.is_empty() {
        return Err(LoadError::Contradictions { groups: open });
    }
    let samples = std::mem::take(&mut dataset.samples);
    let films = samples.into_iter().zip(kept);
    dataset.samples = films
        .filter_map(|(sample, keeper)| {
            let keeper = keeper?;
            Some(Sample {
                name: keeper.path,
                class: keeper.class,
                patient: keeper.patient,
                part: keeper.part,
                ..sample
            })
        })
        .collect();
    sort_by(&mut dataset.samples, |a, b| a.name.cmp(&b.name));
    Ok(())
}

/// The copy that stays, if one does.
fn decide(
    mut group: Vec<Member>,
    names: &[String],
    rulings: &[Ruling],
    skipped: &mut Vec<FileProblem>,
) -> Result<Option<Member>, Contradiction> {
    let mut classes: Vec<usize> = group.iter().map(|one| one.class).collect();
    classes.sort_unstable();
    classes.dedup();
    let mut skip = |path: String, error| skipped.push(FileProblem { path, error });
    if classes.len() > 1 {
        sort_by(&mut group, |a, b| a.path.cmp(&b.path));
        let classes: Vec<String> = classes.iter().map(|&class| names[class].clone()).collect();
        let Some(ruling) = rulings.iter().find(|ruling| ruling.decides(&classes)) else {
            let films = vec![group.into_iter().map(|one| one.path).collect()];
            return Err(Contradiction { classes, films });
        };
        let right = |one: &Member| {
            let keep = ruling.keep.as_ref();
            keep.is_some_and(|class| fold(class) == fold(&names[one.class]))
        };
        let (stay, go): (Vec<_>, Vec<_>) = group.into_iter().partition(right);
        for (at, one) in go.iter().enumerate() {
            let other = stay
                .first()
                .or_else(|| go.iter().find(|other| other.class != one.class));
            let path = other.map_or_else(|| go[at].path.clone(), |other| other.path.clone());
            skip(one.path.clone(), FileError::Contradicts { path });
        }
        group = stay;
    }
    sort_by(&mut group, |a, b| a.rank().cmp(&b.rank()));
    let mut group = group.into_iter();
    let Some(mut keeper) = group.next() else {
        return Ok(None);
    };
    for other in group {
        let path = keeper.path.clone();
        let leaks = other.part.is_some() && other.part != keeper.part;
        let error = match leaks {
            true => FileError::Leak { path },
            false => FileError::DuplicateOf { path },
        };
        keeper.patient = keeper.patient.or(other.patient);
        skip(other.path, error);
    }
    Ok(Some(keeper))
}

/// A film in coarse cells, 4 kB.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Sketch {
    /// 0 black to 1 white.
    cells: Vec<f32>,
    mean: f32,
    aspect: f64,
}

/// Cells of a sketch along each side.
const CELLS: u32 = 32;
/// Films whose cells nowhere differ by more, as a share of white, are the same picture saved anew. Measured: the films
/// that come with the app differ by 42 levels and more from each other, and by 4 at most from themselves, saved as JPEG
/// of quality 50.
const TOLERANCE: f32 = 5.0 / 255.0;
/// Shares by which the aspects of the same picture differ when it is saved at another size.
const ASPECT_TOLERANCE: f64 = 0.01;

impl Sketch {
    pub(super) fn of(film: &Film) -> Self {
        let cells = film.cells(CELLS);
        Self {
            mean: cells.iter().sum::<f32>() / cells.len() as f32,
            cells,
            aspect: f64::from(film.width()) / f64::from(film.height()),
        }
    }

    fn is_like(&self, other: &Self) -> bool {
        let mut pairs = self.cells.iter().zip(&other.cells);
        (self.aspect / other.aspect - 1.0).abs() <= ASPECT_TOLERANCE
            && pairs.all(|(a, b)| (a - b).abs() <= TOLERANCE)
    }
}
