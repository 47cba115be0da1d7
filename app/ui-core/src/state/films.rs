//! The loaded films and their small pictures, which arrive after them.

use std::sync::Arc;

use imaging::dataset::{DatasetSummary, Picture};

use protocol::Pack;

#[derive(Clone, Debug, PartialEq)]
pub struct Films {
    pub data: Arc<DatasetSummary>,
    /// Which of the app's own packs, if it is one.
    pub pack: Option<Pack>,
    /// One a film; `None` until it has arrived.
    pub thumbnails: Vec<Option<Arc<Picture>>>,
}

impl Films {
    pub fn new(data: DatasetSummary, pack: Option<Pack>) -> Self {
        let thumbnails = vec![None; data.samples.len()];
        Self {
            data: Arc::new(data),
            pack,
            thumbnails,
        }
    }

    /// Takes in the small pictures of the films from `first` on.
    pub fn receive(&mut self, first: usize, pictures: Vec<Picture>) {
        let places = self.thumbnails.iter_mut().skip(first);
        for (place, picture) in places.zip(pictures) {
            *place = Some(Arc::new(picture));
        }
    }

    pub fn len(&self) -> usize {
        self.data.samples.len()
    }

    pub fn is_empty(&self) -> bool {
        self.data.samples.is_empty()
    }

    pub fn has_patients(&self) -> bool {
        self.data
            .samples
            .iter()
            .any(|sample| sample.patient.is_some())
    }

    /// Whether the user's folders say which films train and which test.
    pub fn has_folders(&self) -> bool {
        !self.data.built_in && self.data.samples.iter().any(|sample| sample.part.is_some())
    }

    /// Films in each class, in the order of the classes.
    pub fn class_counts(&self) -> Vec<usize> {
        let mut counts = vec![0; self.data.classes.len()];
        for sample in &self.data.samples {
            if let Some(count) = counts.get_mut(sample.class) {
                *count += 1;
            }
        }
        counts
    }

    /// A class name as shown: folder names begin with a capital letter.
    pub fn class_name(&self, class: usize) -> String {
        let name = self.data.classes.get(class).map_or("", String::as_str);
        let mut letters = name.chars();
        letters
            .next()
            .map(|first| first.to_uppercase().chain(letters).collect())
            .unwrap_or_default()
    }
}
