//! What stands in the way once all files are sorted.

use std::collections::BTreeSet;

use super::Planner;
use crate::{
    order::{gathered, sort_by},
    pack::{FolderRole, LoadError, MAX_CLASSES, UnsureFolder, name::fold},
};

impl Planner<'_> {
    /// The folders that the user has to be asked about, and the limits.
    pub(super) fn check(&mut self) -> Result<(), LoadError> {
        let answered: BTreeSet<String> = gathered(self.roles.iter().map(|(name, _)| fold(name)));
        if self.films.is_empty() && self.unsure.is_empty() && !self.unlabelled.is_empty() {
            let mut folders: Vec<String> = Vec::new();
            folders.extend(
                self.unlabelled
                    .iter()
                    .filter_map(|(_, folder)| folder.clone()),
            );
            sort_by(&mut folders, String::cmp);
            folders.dedup();
            return Err(LoadError::NoLabels {
                n: self.unlabelled.len(),
                folders,
                tables: self.labels.bad.clone(),
            });
        }
        // A folder "test" with films and no class in or above it holds films to try, or is a class of that name.
        let likeliest = match self
            .part_folders
            .values()
            .any(|(_, with_class)| *with_class)
        {
            true => FolderRole::Try,
            false => FolderRole::Class,
        };
        for (key, (name, with_class)) in &self.part_folders {
            if !with_class && !answered.contains(key) {
                self.unsure.insert(name.clone(), likeliest);
            }
        }
        // Films in "images" beside films in "chest" and "abdomen".
        for (_, folder) in self.unlabelled.iter().filter(|(part, _)| part.is_none()) {
            if let Some(folder) = folder
                && !answered.contains(&fold(folder))
                && !self.part_folders.contains_key(&fold(folder))
            {
                self.unsure.insert(folder.clone(), FolderRole::Try);
            }
        }
        if !self.unsure.is_empty() {
            let unsure = self.unsure.clone().into_iter();
            let folders = unsure.map(|(name, likeliest)| UnsureFolder { name, likeliest });
            return Err(LoadError::UnsureFolders {
                folders: folders.collect(),
            });
        }
        let planned = self.films.len() + self.odd.len();
        let (n, limit) = (planned.min(self.promised), self.most);
        if n > limit {
            return Err(LoadError::TooManyFilms { n, limit });
        }
        let (n, limit) = (self.classes.len(), MAX_CLASSES);
        if n > limit {
            return Err(LoadError::TooManyClasses { n, limit });
        }
        Ok(())
    }
}
