//! A number that tells sets of films apart for this program: what a network has learned belongs to one of them.

use super::DatasetSummary;
use crate::{
    pack::{FilmBefore, FilmsBefore},
    split::Subset,
    task::Task,
};

impl DatasetSummary {
    /// The same for the same films, loaded again from wherever: of their grays, classes, patients and parts, in their order.
    /// Names are not in it, of files or of patients: those may have become others.
    pub fn fingerprint(&self) -> u64 {
        let mut hash = Fnv::new();
        hash.add(&[match self.task {
            Task::Region => 0,
            Task::Mirrored => 1,
        }]);
        hash.number(self.classes.len() as u64);
        for class in &self.classes {
            hash.text(class);
        }
        for film in &FilmsBefore::of(self).films {
            hash.film(film);
        }
        hash.0
    }
}

/// Fowler, Noll and Vo's hash in 64 bit (FNV-1a): kept in browsers, so that no library may change it.
struct Fnv(u64);

impl Fnv {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn add(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn number(&mut self, number: u64) {
        self.add(&number.to_le_bytes());
    }

    /// With its length, so that two texts are not one.
    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.add(text.as_bytes());
    }

    fn film(&mut self, film: &FilmBefore) {
        self.number(film.grays);
        self.number(film.class as u64);
        self.number(film.patient.map_or(0, |patient| u64::from(patient) + 1));
        self.add(&[match film.part {
            None => 0,
            Some(Subset::Train) => 1,
            Some(Subset::Validation) => 2,
            Some(Subset::Test) => 3,
        }]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::dataset::SampleSummary;

    fn films() -> DatasetSummary {
        let film = |name: &str, class| SampleSummary {
            name: name.into(),
            class,
            patient: None,
            part: None,
            width: 100,
            height: 80,
            facts: None,
            incidentals: Default::default(),
        };
        DatasetSummary {
            title: "A folder".into(),
            task: Task::Region,
            built_in: false,
            classes: vec!["normal".into(), "fracture".into()],
            samples: vec![film("a.png", 0), film("b.png", 1)],
            skipped: Vec::new(),
        }
    }

    #[test]
    fn is_that_of_the_films_and_not_of_their_names() {
        let own = films().fingerprint();
        let mut renamed = DatasetSummary {
            title: "Another folder".into(),
            ..films()
        };
        renamed.samples[0].name = "IMG 1.png".into();
        assert_eq!(renamed.fingerprint(), own);
        let changes: [fn(&mut DatasetSummary); 7] = [
            |films| films.task = Task::Mirrored,
            |films| films.classes[0] = "healthy".into(),
            |films| films.samples[0].class = 1,
            |films| films.samples[0].patient = Some("7".into()),
            |films| films.samples[0].part = Some(Subset::Test),
            |films| films.samples[1].incidentals.picture.grays = 9,
            |films| drop(films.samples.pop()),
        ];
        for change in changes {
            let mut other = films();
            change(&mut other);
            assert_ne!(other.fingerprint(), own, "{other:?}");
        }
    }

    #[test]
    fn stays_what_browsers_have_kept() {
        let mut hash = Fnv::new();
        hash.add(b"foobar");
        assert_eq!(hash.0, 0x8594_4171_f739_67e8);
    }
}
