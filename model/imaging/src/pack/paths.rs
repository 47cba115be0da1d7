//! Paths: which files count, and which folders merely wrap the pack.

use super::{
    FolderRole,
    list::NAME,
    name::{composed, fold},
    role::Reading,
};
use crate::order::sort_by;

/// A file that is not hidden: its number within the source, and its folders and name.
#[derive(Clone)]
pub(super) struct Entry {
    pub index: usize,
    pub components: Vec<String>,
}

impl Entry {
    /// The path below the first `depth` folders; the whole path of a file that lies higher.
    pub(super) fn below(&self, depth: usize) -> String {
        let rest = self.components.get(depth..);
        let rest = rest.filter(|rest| !rest.is_empty());
        rest.unwrap_or(&self.components).join("/")
    }

    /// The file's own name.
    pub(super) fn name(&self) -> &str {
        self.components.last().map_or("", String::as_str)
    }

    /// Whether the name promises something else than a picture: such a file says nothing about how the
    /// films are sorted. It is read all the same, as only its content tells for certain.
    pub(super) fn is_document(&self) -> bool {
        const ENDINGS: [&str; 22] = [
            "txt", "md", "csv", "tsv", "xls", "xlsx", "ods", "json", "jsonl", "xml", "yaml", "yml",
            "pdf", "doc", "docx", "html", "htm", "py", "ipynb", "log", "npy", "mat",
        ];
        let ending = ending(self.name());
        ENDINGS.contains(&ending.as_str()) || self.is_dicom_index()
    }

    /// Whether it is named as the list of files that every disc of DICOM files has (PS3.10, section 8.6).
    pub(super) fn is_dicom_index(&self) -> bool {
        self.name().eq_ignore_ascii_case("DICOMDIR")
    }

    /// Whether the name promises a picture. Files of a hospital's disc promise nothing: few of them may be films.
    pub(super) fn is_named_picture(&self) -> bool {
        const ENDINGS: [&str; 7] = ["png", "jpg", "jpeg", "tif", "tiff", "bmp", "webp"];
        ENDINGS.contains(&ending(self.name()).as_str())
    }

    /// Whether it is a table, in which labels may stand.
    pub(super) fn is_table(&self) -> bool {
        let ending = ending(self.name());
        ["csv", "tsv"].contains(&ending.as_str()) || self.is_spreadsheet()
    }

    /// Whether it is a table in a form that is not read.
    pub(super) fn is_spreadsheet(&self) -> bool {
        let ending = ending(self.name());
        ["xls", "xlsx", "ods"].contains(&ending.as_str())
    }

    /// The names of the folders below the first `depth`.
    pub(super) fn folders(&self, depth: usize) -> &[String] {
        let name = self.components.len() - 1;
        self.components.get(depth..name).unwrap_or_default()
    }
}

/// What follows the last point of a name, in small letters.
pub(super) fn ending(name: &str) -> String {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ending.to_lowercase()
}

/// The parts of a path. `..` and the like lead nowhere: a path only names a file, it is never opened.
pub(super) fn components(path: &str) -> Vec<&str> {
    path.split(['/', '\\'])
        .filter(|part| !matches!(*part, "" | "." | ".."))
        .collect()
}

/// Whether an operating system has left a file or folder of this name behind.
pub(super) fn is_hidden(component: &str) -> bool {
    const LEFT_BEHIND: [&str; 3] = ["__MACOSX", "Thumbs.db", "desktop.ini"];
    component.starts_with('.') || LEFT_BEHIND.contains(&component)
}

/// All files but those that an operating system leaves behind, by path.
pub(super) fn visible(paths: &[String]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = paths
        .iter()
        .enumerate()
        .map(|(index, path)| Entry {
            index,
            components: components(path).into_iter().map(composed).collect(),
        })
        .filter(|entry| {
            !entry.components.is_empty() && !entry.components.iter().any(|part| is_hidden(part))
        })
        .collect();
    sort_by(&mut entries, |a, b| a.components.cmp(&b.components));
    entries
}

/// The uppermost `pack.json`.
pub(super) fn find_list(entries: &[Entry]) -> Option<&Entry> {
    entries
        .iter()
        .filter(|entry| entry.components.last().is_some_and(|name| name == NAME))
        .min_by_key(|entry| entry.components.len())
}

/// How many folders wrap all class and part folders, counting on from `from`.
pub(super) fn common_depth(
    entries: &[Entry],
    from: usize,
    roles: &[(String, FolderRole)],
) -> usize {
    let pictures: Vec<&Entry> = entries.iter().filter(|one| !one.is_document()).collect();
    let mut depth = from;
    while wraps_all(&pictures, depth, roles) {
        depth += 1;
    }
    depth
}

/// Whether all pictures that lie in folders share the one at `depth`, and it is neither a part nor,
/// with nothing but files in it, a class.
fn wraps_all(entries: &[&Entry], depth: usize, roles: &[(String, FolderRole)]) -> bool {
    let mut folders = entries
        .iter()
        .map(|entry| entry.folders(depth))
        .filter(|folders| !folders.is_empty());
    let Some(first) = folders.clone().next() else {
        return false;
    };
    let name = &first[0];
    let answered = roles.iter().any(|(folder, _)| fold(folder) == fold(name));
    !answered
        && !matches!(Reading::of(name, roles), Reading::Subset(_))
        && folders.clone().all(|folders| folders[0] == *name)
        && folders.any(|folders| folders.len() > 1)
}
