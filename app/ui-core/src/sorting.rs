//! Images sorted into classes by hand, before there is anything to train on. Every change can be taken back.

use imaging::pack::{MAX_CLASSES, MIN_FILMS, fold};
use serde::{Deserialize, Serialize};

/// Changes that can be taken back; a table of 5,000 images has 80 kB.
const MOST_UNDONE: usize = 100;

/// Fewer classes leave nothing to tell apart.
const MIN_CLASSES: usize = 2;

/// Which images are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sorted {
    /// Those that came without classes.
    Gathered,
    /// Those that are loaded, to give them other classes.
    Loaded,
}

/// Classes and images, the latter by their place among all.
#[derive(Clone, Debug, PartialEq)]
pub struct Sorting {
    pub images: Sorted,
    /// Paths within the pack.
    names: Vec<String>,
    table: Table,
    undone: Vec<Table>,
    done: Vec<Table>,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Table {
    classes: Vec<String>,
    /// The class of each image; `None` before it has one.
    class_of: Vec<Option<usize>>,
}

/// How far sorting has come, as the browser keeps it: without images, and without names of files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SortedSoFar {
    /// The images, by [`fingerprint`](imaging::dataset::DatasetSummary::fingerprint).
    pub films: u64,
    classes: Vec<String>,
    class_of: Vec<Option<usize>>,
}

impl SortedSoFar {
    pub fn images(&self) -> usize {
        self.class_of.len()
    }

    pub fn sorted(&self) -> usize {
        self.class_of.iter().flatten().count()
    }
}

/// Why a class cannot be called so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameProblem {
    Empty,
    /// Another class is called so, but for capital letters and the form of accents.
    Taken,
    TooMany {
        limit: usize,
    },
}

/// What is missing before the classes can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotYet {
    FewClasses {
        least: usize,
    },
    FewImages {
        class: usize,
        n: usize,
        least: usize,
    },
}

impl Sorting {
    /// Images without classes.
    pub fn of_gathered(names: Vec<String>) -> Self {
        let table = Table {
            classes: Vec::new(),
            class_of: vec![None; names.len()],
        };
        Self::new(Sorted::Gathered, names, table)
    }

    /// Images with the classes that they were loaded with.
    pub fn of_loaded(names: Vec<String>, classes: Vec<String>, class_of: Vec<usize>) -> Self {
        let table = Table {
            classes,
            class_of: class_of.into_iter().map(Some).collect(),
        };
        Self::new(Sorted::Loaded, names, table)
    }

    fn new(images: Sorted, names: Vec<String>, table: Table) -> Self {
        Self {
            images,
            names,
            table,
            undone: Vec::new(),
            done: Vec::new(),
        }
    }

    pub fn classes(&self) -> &[String] {
        &self.table.classes
    }

    pub fn name(&self, image: usize) -> Option<&str> {
        self.names.get(image).map(String::as_str)
    }

    pub fn images(&self) -> usize {
        self.names.len()
    }

    pub fn class_of(&self, image: usize) -> Option<usize> {
        self.table.class_of.get(image).copied().flatten()
    }

    /// The images of a class, or those without one.
    pub fn images_of(&self, class: Option<usize>) -> Vec<usize> {
        let images = self.table.class_of.iter().enumerate();
        let own = images.filter(|(_, own)| **own == class);
        own.map(|(image, _)| image).collect()
    }

    pub fn count(&self, class: Option<usize>) -> usize {
        self.table
            .class_of
            .iter()
            .filter(|own| **own == class)
            .count()
    }

    /// Whether anything has been done that would be lost.
    pub fn is_begun(&self) -> bool {
        !self.done.is_empty()
    }

    /// What is to be kept of these films; `None` before anything has been done.
    pub fn so_far(&self, films: u64) -> Option<SortedSoFar> {
        self.is_begun().then(|| SortedSoFar {
            films,
            classes: self.table.classes.clone(),
            class_of: self.table.class_of.clone(),
        })
    }

    /// Goes on from there, which can be undone; `false` where it is not about as many images, or is no sorting at all.
    pub fn take_up(&mut self, before: SortedSoFar) -> bool {
        let classes = before.classes.len();
        let known = before.class_of.iter().flatten().all(|&own| own < classes);
        let fits = known && classes <= MAX_CLASSES && before.images() == self.images();
        if fits {
            self.change(|table| {
                *table = Table {
                    classes: before.classes,
                    class_of: before.class_of,
                };
            });
        }
        fits
    }

    /// # Errors
    /// When no class can be called so.
    pub fn add_class(&mut self, name: &str) -> Result<usize, NameProblem> {
        let name = self.free_name(name, None)?;
        if self.table.classes.len() >= MAX_CLASSES {
            return Err(NameProblem::TooMany { limit: MAX_CLASSES });
        }
        self.change(|table| table.classes.push(name));
        Ok(self.table.classes.len() - 1)
    }

    /// # Errors
    /// When no class can be called so.
    pub fn rename(&mut self, class: usize, name: &str) -> Result<(), NameProblem> {
        let name = self.free_name(name, Some(class))?;
        self.change(|table| {
            if let Some(own) = table.classes.get_mut(class) {
                *own = name;
            }
        });
        Ok(())
    }

    /// The images of one class become those of another, and the class is gone.
    pub fn merge(&mut self, class: usize, into: usize) {
        if class != into && self.is_class(class) && self.is_class(into) {
            self.remove(class, Some(into));
        }
    }

    /// The class is gone, and its images have none.
    pub fn delete(&mut self, class: usize) {
        if self.is_class(class) {
            self.remove(class, None);
        }
    }

    /// Gives images a class, or takes it from them.
    pub fn assign(&mut self, images: &[usize], class: Option<usize>) {
        let moves = |image: &usize| {
            self.table
                .class_of
                .get(*image)
                .is_some_and(|own| *own != class)
        };
        if class.is_none_or(|class| self.is_class(class)) && images.iter().any(moves) {
            self.change(|table| {
                for &image in images {
                    if let Some(own) = table.class_of.get_mut(image) {
                        *own = class;
                    }
                }
            });
        }
    }

    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    pub fn undo(&mut self) {
        if let Some(before) = self.done.pop() {
            self.undone.push(std::mem::replace(&mut self.table, before));
        }
    }

    pub fn redo(&mut self) {
        if let Some(after) = self.undone.pop() {
            self.done.push(std::mem::replace(&mut self.table, after));
        }
    }

    /// What is missing before the classes can be used; images without a class are left out.
    pub fn not_yet(&self) -> Option<NotYet> {
        if self.table.classes.len() < MIN_CLASSES {
            return Some(NotYet::FewClasses { least: MIN_CLASSES });
        }
        let counts = (0..self.table.classes.len()).map(|class| (class, self.count(Some(class))));
        let fewest = counts.min_by_key(|&(_, n)| n);
        let (class, n) = fewest.filter(|&(_, n)| n < MIN_FILMS)?;
        Some(NotYet::FewImages {
            class,
            n,
            least: MIN_FILMS,
        })
    }

    /// Each sorted image by its path, with its class.
    pub fn answer(&self) -> (Vec<String>, Vec<(String, usize)>) {
        let images = self.names.iter().zip(&self.table.class_of);
        let sorted = images.filter_map(|(name, class)| Some((name.clone(), (*class)?)));
        (self.table.classes.clone(), sorted.collect())
    }

    fn is_class(&self, class: usize) -> bool {
        class < self.table.classes.len()
    }

    fn free_name(&self, name: &str, of: Option<usize>) -> Result<String, NameProblem> {
        let name = name.trim();
        if name.is_empty() {
            return Err(NameProblem::Empty);
        }
        let mut others = self.table.classes.iter().enumerate();
        let wanted = fold(name);
        match others.any(|(class, own)| Some(class) != of && fold(own) == wanted) {
            true => Err(NameProblem::Taken),
            false => Ok(name.to_owned()),
        }
    }

    fn remove(&mut self, class: usize, into: Option<usize>) {
        let after = |own: usize| own - usize::from(own > class);
        self.change(|table| {
            table.classes.remove(class);
            for own in &mut table.class_of {
                *own = match *own {
                    Some(own) if own == class => into.map(after),
                    own => own.map(after),
                };
            }
        });
    }

    fn change(&mut self, change: impl FnOnce(&mut Table)) {
        if self.done.len() == MOST_UNDONE {
            self.done.remove(0);
        }
        self.done.push(self.table.clone());
        self.undone.clear();
        change(&mut self.table);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(n: usize) -> Sorting {
        Sorting::of_gathered((0..n).map(|image| format!("{image}.png")).collect())
    }

    #[test]
    fn images_are_sorted_and_every_change_is_taken_back_and_done_again() {
        let mut sorting = of(4);
        let chest = sorting.add_class(" Chest ").expect("a name");
        let hand = sorting.add_class("Hand").expect("a name");
        sorting.assign(&[0, 1], Some(chest));
        sorting.assign(&[2], Some(hand));
        let sorted = sorting.clone();
        assert_eq!(sorting.images_of(None), [3]);
        assert_eq!(sorting.images_of(Some(chest)), [0, 1]);
        assert_eq!(sorting.classes(), ["Chest", "Hand"]);

        for _ in 0..4 {
            assert!(sorting.can_undo());
            sorting.undo();
        }
        assert_eq!((sorting.classes().len(), sorting.count(None)), (0, 4));
        assert!(!sorting.can_undo() && !sorting.is_begun());
        for _ in 0..4 {
            sorting.redo();
        }
        assert_eq!(sorting, sorted);
        sorting.undo();
        sorting.assign(&[3], Some(hand));
        assert!(!sorting.can_redo(), "what was taken back is replaced");
    }

    #[test]
    fn sorting_is_taken_up_where_it_was_left_and_only_of_as_many_images() {
        let mut sorting = of(4);
        assert_eq!(sorting.so_far(7), None);
        sorting.add_class("Chest").expect("a name");
        sorting.assign(&[1, 2], Some(0));
        let kept = sorting.so_far(7).expect("something was done");
        assert_eq!((kept.images(), kept.sorted()), (4, 2));

        let mut again = of(4);
        assert!(again.take_up(kept.clone()));
        assert_eq!(again.answer(), sorting.answer());
        assert!(again.is_begun());
        again.undo();
        assert_eq!(again, {
            let mut undone = of(4);
            undone.undone = again.undone.clone();
            undone
        });

        let unknown = SortedSoFar {
            class_of: vec![Some(1); 4],
            ..kept.clone()
        };
        for (mut other, before) in [(of(3), kept), (of(4), unknown)] {
            assert!(!other.take_up(before));
            assert!(!other.is_begun());
        }
    }

    #[test]
    fn a_merged_class_is_gone_and_its_images_are_of_the_other() {
        let mut sorting = of(6);
        for name in ["a", "b", "c"] {
            sorting.add_class(name).expect("a name");
        }
        for image in 0..6 {
            sorting.assign(&[image], Some(image % 3));
        }
        let before = sorting.clone();
        sorting.merge(0, 2);
        assert_eq!(sorting.classes(), ["b", "c"]);
        assert_eq!(sorting.images_of(Some(0)), [1, 4]);
        assert_eq!(sorting.images_of(Some(1)), [0, 2, 3, 5]);
        sorting.undo();
        assert_eq!(sorting.images_of(Some(0)), before.images_of(Some(0)));
        sorting.merge(2, 0);
        assert_eq!(sorting.images_of(Some(0)), [0, 2, 3, 5]);
        sorting.delete(0);
        assert_eq!((sorting.count(None), sorting.count(Some(0))), (4, 2));
        sorting.merge(7, 0);
        sorting.merge(0, 0);
        assert_eq!(sorting.classes(), ["b"]);
    }

    #[test]
    fn two_classes_are_never_called_the_same() {
        let mut sorting = of(1);
        sorting.add_class("Tórax").expect("a name");
        assert_eq!(sorting.add_class("  "), Err(NameProblem::Empty));
        assert_eq!(sorting.add_class("TO\u{301}RAX"), Err(NameProblem::Taken));
        sorting.add_class("Mano").expect("another name");
        assert_eq!(sorting.rename(1, "tórax"), Err(NameProblem::Taken));
        assert_eq!(
            sorting.rename(0, "TÓRAX"),
            Ok(()),
            "its own name in capitals"
        );
        for class in 2..MAX_CLASSES {
            sorting.add_class(&format!("{class}")).expect("room");
        }
        let full = NameProblem::TooMany { limit: MAX_CLASSES };
        assert_eq!(sorting.add_class("one more"), Err(full));
    }

    #[test]
    fn what_is_missing_is_said_and_what_has_no_class_is_left_out() {
        let mut sorting = of(7);
        assert_eq!(sorting.not_yet(), Some(NotYet::FewClasses { least: 2 }));
        sorting.add_class("a").expect("a name");
        sorting.add_class("b").expect("a name");
        sorting.assign(&[0, 1, 2], Some(0));
        sorting.assign(&[3, 4], Some(1));
        let few = NotYet::FewImages {
            class: 1,
            n: 2,
            least: 3,
        };
        assert_eq!(sorting.not_yet(), Some(few));
        sorting.assign(&[5], Some(1));
        assert_eq!(sorting.not_yet(), None);
        let (classes, sorted) = sorting.answer();
        assert_eq!((classes.len(), sorted.len()), (2, 6));
        assert_eq!(sorted[5], ("5.png".to_owned(), 1));
    }

    #[test]
    fn nothing_is_noted_where_nothing_changes() {
        let mut sorting = of(2);
        sorting.assign(&[0], None);
        sorting.assign(&[0], Some(3));
        sorting.assign(&[9], Some(0));
        sorting.delete(0);
        assert!(!sorting.is_begun());
    }

    #[test]
    fn only_so_many_changes_are_kept() {
        let mut sorting = of(1);
        sorting.add_class("a").expect("a name");
        for change in 0..3 * MOST_UNDONE {
            sorting.assign(&[0], (change % 2 == 0).then_some(0));
        }
        assert_eq!(sorting.done.len(), MOST_UNDONE);
    }
}
