//! The classes that the visitor has given by hand.

use std::collections::HashMap;

use crate::pack::{ByHand, FileError};

/// Classes given by hand, to be looked up.
pub(super) struct HandClasses<'a> {
    pub(super) classes: &'a [String],
    /// `None` where all films are in the one class.
    class_of: Option<HashMap<&'a str, usize>>,
}

/// Films that are yet to be sorted have to have some class.
static UNSORTED: [String; 1] = [String::new()];

impl<'a> HandClasses<'a> {
    pub(super) fn new(by_hand: &'a ByHand) -> Self {
        match by_hand {
            ByHand::Gather | ByHand::AsBefore(_) => Self {
                classes: &UNSORTED,
                class_of: None,
            },
            ByHand::Sorted { classes, class_of } => {
                let class_of = class_of.iter().map(|(path, class)| (&**path, *class));
                Self {
                    classes,
                    class_of: Some(class_of.collect()),
                }
            }
        }
    }

    /// # Errors
    /// [`FileError::NotSorted`] of a film that was given none.
    pub(super) fn class_of(&self, path: &str) -> Result<&'a str, FileError> {
        let class = match &self.class_of {
            None => Some(0),
            Some(class_of) => class_of.get(path).copied(),
        };
        let name = class.and_then(|class| self.classes.get(class));
        name.map(String::as_str).ok_or(FileError::NotSorted)
    }
}
