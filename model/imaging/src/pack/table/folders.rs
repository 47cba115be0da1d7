//! How the classes that folders give go with others.

use std::collections::{BTreeMap, HashMap};

use super::{Disagreement, FolderAgreement};
use crate::{
    order::{gathered, sort_by},
    pack::name::fold,
};

/// The classes that folders give, of each film: by number within the source, with its path.
pub type FolderClasses = HashMap<usize, (String, String)>;

/// How the class folders of films and other classes of theirs go together: path, folder, class.
pub(in crate::pack) fn agreement<'a>(
    films: impl Iterator<Item = (&'a str, &'a str, String)>,
) -> FolderAgreement {
    const EXAMPLES: usize = 3;
    let mut films: Vec<_> = films.collect();
    sort_by(&mut films, Ord::cmp);
    let mut counts: BTreeMap<&str, BTreeMap<String, usize>> = BTreeMap::new();
    for (_, folder, class) in &films {
        let classes = counts.entry(folder).or_default();
        *classes.entry(fold(class)).or_default() += 1;
    }
    let mut found = FolderAgreement {
        classes: counts.keys().map(|&folder| folder.to_owned()).collect(),
        ..FolderAgreement::default()
    };
    let usual = counts.into_iter().filter_map(|(folder, classes)| {
        let (class, _) = classes.into_iter().rev().max_by_key(|(_, n)| *n)?;
        Some((folder, class))
    });
    let usual: BTreeMap<&str, String> = gathered(usual);
    for (path, folder, class) in films {
        if usual.get(folder) == Some(&fold(&class)) {
            found.agree += 1;
            continue;
        }
        found.differ += 1;
        if found.examples.len() < EXAMPLES {
            found.examples.push(Disagreement {
                path: path.to_owned(),
                folder: folder.to_owned(),
                table: class,
            });
        }
    }
    found
}
