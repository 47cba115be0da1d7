//! What can be otherwise with a film of another origin.

use experiments::marker;
use imaging::{film::Film, perturb::Perturbation};

/// Share of width and of height that is black on each side of a film that is collimated.
const COLLIMATION: f64 = 0.12;

pub enum Change {
    Perturbed(&'static str, Perturbation),
    /// Black beyond the collimator's edges.
    Collimated,
    /// A word is burned in.
    Labelled,
}

impl Change {
    pub const ALL: [Self; 13] = [
        Self::Perturbed("as they are", Perturbation::NONE),
        Self::Perturbed(
            "brighter",
            Perturbation {
                level: -0.2,
                ..Perturbation::NONE
            },
        ),
        Self::Perturbed(
            "darker",
            Perturbation {
                level: 0.2,
                ..Perturbation::NONE
            },
        ),
        Self::Perturbed(
            "half the contrast",
            Perturbation {
                window: 2.0,
                ..Perturbation::NONE
            },
        ),
        Self::Perturbed(
            "twice the contrast",
            Perturbation {
                window: 0.5,
                ..Perturbation::NONE
            },
        ),
        Self::Perturbed(
            "noise of 8%",
            Perturbation {
                noise: 0.08,
                ..Perturbation::NONE
            },
        ),
        Self::Perturbed(
            "blurred",
            Perturbation {
                blur: 0.01,
                ..Perturbation::NONE
            },
        ),
        Self::Perturbed(
            "turned by 12 degrees",
            Perturbation {
                rotation: 12.0,
                ..Perturbation::NONE
            },
        ),
        Self::Perturbed(
            "lying on the side",
            Perturbation {
                rotation: 90.0,
                ..Perturbation::NONE
            },
        ),
        Self::Perturbed(
            "smaller, 0.75",
            Perturbation {
                scale: 0.75,
                ..Perturbation::NONE
            },
        ),
        Self::Perturbed(
            "larger, 1.3",
            Perturbation {
                scale: 1.3,
                ..Perturbation::NONE
            },
        ),
        Self::Collimated,
        Self::Labelled,
    ];

    pub fn name(&self) -> &'static str {
        match self {
            Self::Perturbed(name, _) => name,
            Self::Collimated => "black borders of 12%",
            Self::Labelled => "the word PORTABLE",
        }
    }

    pub fn apply(&self, film: &Film) -> Film {
        match self {
            Self::Perturbed(_, perturbation) => perturbation.apply(film, 1),
            Self::Collimated => painted(film, |place| {
                let beyond = |at: f64| !(COLLIMATION..1.0 - COLLIMATION).contains(&at);
                place.into_iter().any(beyond).then_some(0)
            }),
            Self::Labelled => painted(film, |place| marker::is_ink(place).then_some(u16::MAX)),
        }
    }
}

/// The film with other greys where there are some to `paint`, by the place in the film, 0 to 1 from the upper left.
fn painted(film: &Film, paint: impl Fn([f64; 2]) -> Option<u16>) -> Film {
    let film = film.reduced();
    let (width, height) = (film.width() as usize, film.height() as usize);
    let grey = |(at, &grey): (usize, &u16)| {
        let x = ((at % width) as f64 + 0.5) / width as f64;
        let y = ((at / width) as f64 + 0.5) / height as f64;
        paint([x, y]).unwrap_or(grey)
    };
    let pixels = film.pixels().iter().enumerate().map(grey).collect();
    Film::new(film.width(), film.height(), pixels).unwrap_or(film)
}
