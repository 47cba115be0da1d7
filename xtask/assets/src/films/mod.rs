//! The built-in films: synthetic radiographs projected from scans.

mod expose;
mod people;
mod picture;
mod project;
mod sheet;

use std::{num::NonZero, sync::Mutex, thread};

use serde::Serialize;

use crate::{
    error::{AssetError, Result},
    jpeg,
    packages::Shelf,
    random::Random,
};
use expose::{DEFAULT, HEIGHT, Spread, WIDE, expose};
pub use people::{Class, HEAD, PEOPLE, Person, Subset};
use people::{Region, Subject};
use picture::Picture;
pub use sheet::sheet;

/// Films of each person's chest, and of each person's abdomen; half of them with each spread.
const CHESTS: usize = 32;
const ABDOMENS: usize = 24;
/// JPEG, 1 to 100.
const QUALITY: u8 = 62;

/// How far pose and exposure of a film may stray.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Default,
    Wide,
}

impl Kind {
    fn spread(self) -> Spread {
        match self {
            Self::Default => DEFAULT,
            Self::Wide => WIDE,
        }
    }
}

/// A finished film.
pub struct Film {
    /// Within the pack.
    pub path: String,
    pub person: &'static Person,
    pub class: Class,
    pub kind: Kind,
    pub image: Image,
}

/// A film that is none of the classes, or is not as it should be.
pub struct OddFilm {
    pub path: String,
    /// Names the sentence that the page says about it.
    pub key: &'static str,
    pub image: Image,
}

pub struct Image {
    pub width: usize,
    pub height: usize,
    /// Row-major, before compression.
    pub grey: Vec<u8>,
    pub jpeg: Vec<u8>,
}

pub struct Films {
    pub films: Vec<Film>,
    pub odd: Vec<OddFilm>,
}

/// Widths in pixels. Each group of films has the same share of each: sizes say nothing.
const WIDTHS: [usize; 8] = [272, 280, 288, 296, 304, 312, 320, 328];

/// Makes all films.
///
/// # Errors
/// A package does not hold its scan as expected.
pub fn derive(shelf: &Shelf) -> Result<Films> {
    let mut films = Vec::new();
    let mut odd = Vec::new();
    for person in &PEOPLE {
        println!("Projecting films of patient {} ...", person.letter);
        let subject = person.prepare(shelf)?;
        let plans = person
            .regions
            .iter()
            .flat_map(|&(class, region)| plan(person, class, region));
        films.extend(in_parallel(plans.collect(), |plan: Plan| {
            plan.make(&subject)
        })?);
        odd.extend(odd_films_of(person, &subject)?);
    }
    println!("Projecting the odd films ...");
    odd.push(skull(&HEAD.prepare(shelf)?)?);
    films.sort_by(|a, b| a.path.cmp(&b.path));
    odd.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Films { films, odd })
}

struct Plan {
    path: String,
    person: &'static Person,
    class: Class,
    kind: Kind,
    region: Region,
    width: usize,
}

fn plan(person: &'static Person, class: Class, region: Region) -> impl Iterator<Item = Plan> {
    let count = match class {
        Class::Chest => CHESTS,
        Class::Abdomen => ABDOMENS,
    };
    (0..count).map(move |i| Plan {
        path: format!(
            "{}/{}{:02}.jpg",
            class.name(),
            person.letter.to_lowercase(),
            i + 1
        ),
        person,
        class,
        kind: if i < count / 2 {
            Kind::Default
        } else {
            Kind::Wide
        },
        region,
        width: WIDTHS[i % WIDTHS.len()],
    })
}

impl Plan {
    fn make(self, subject: &Subject) -> Result<Film> {
        let mut random = Random::named(&self.path);
        let picture = expose(
            subject,
            self.region,
            self.kind.spread(),
            self.width,
            &mut random,
        );
        Ok(Film {
            image: Image::of(&picture)?,
            path: self.path,
            person: self.person,
            class: self.class,
            kind: self.kind,
        })
    }
}

impl Image {
    fn of(picture: &Picture) -> Result<Self> {
        let grey = picture.bytes();
        let [width, height] = [picture.width, picture.height].map(|side| side as u32);
        let jpeg = jpeg::encode(&grey, width, height, QUALITY)?;
        Ok(Self {
            width: picture.width,
            height: picture.height,
            grey,
            jpeg,
        })
    }
}

/// Odd films of the five: their poses are drawn under other names than those of any film.
fn odd_films_of(person: &Person, subject: &Subject) -> Result<Option<OddFilm>> {
    let film = |key: &str, region| {
        expose(
            subject,
            region,
            DEFAULT,
            WIDTHS[4],
            &mut Random::named(&format!("odd/{key}")),
        )
    };
    Ok(match (person.letter, person.regions) {
        ("A", [(Class::Chest, chest), ..]) => {
            let negative = film("inverted", *chest).map(|value| 1.0 - value);
            Some(odd_film("inverted", &negative)?)
        }
        ("B", [(Class::Chest, chest), ..]) => {
            Some(odd_film("rotated", &film("rotated", *chest).turned())?)
        }
        ("D", _) => {
            let knees = Region {
                across: [150.0, 440.0],
                down: [1150.0, 1410.0],
            };
            Some(odd_film("knees", &film("knees", knees))?)
        }
        _ => None,
    })
}

fn skull(head: &Subject) -> Result<OddFilm> {
    let [across, _, down] = head.attenuation.extent();
    let whole = Region {
        across: [0.0, across],
        down: [0.0, down],
    };
    let film = expose(
        head,
        whole,
        DEFAULT,
        HEIGHT,
        &mut Random::named("odd/skull"),
    );
    odd_film("skull", &film)
}

fn odd_film(key: &'static str, picture: &Picture) -> Result<OddFilm> {
    Ok(OddFilm {
        path: format!("odd/{key}.jpg"),
        key,
        image: Image::of(picture)?,
    })
}

/// Works on several processors; the order of the results does not matter to the caller.
fn in_parallel<T: Send, R: Send>(
    work: Vec<T>,
    run: impl Fn(T) -> Result<R> + Sync,
) -> Result<Vec<R>> {
    let queue = Mutex::new(work);
    let take = || queue.lock().ok().and_then(|mut work| work.pop());
    let results = Mutex::new(Vec::new());
    let workers = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(item) = take() {
                    let result = run(item);
                    if let Ok(mut results) = results.lock() {
                        results.push(result);
                    }
                }
            });
        }
    });
    let results = results.into_inner();
    results
        .map_err(|_| AssetError::format("state", "a worker broke down"))?
        .into_iter()
        .collect()
}
