//! What is known of what else separates the classes of the loaded films.

use std::sync::Arc;

use imaging::shortcuts::Shortcuts;
use protocol::SearchError;

use super::{AppState, Loading};

/// A search for what else than anatomy separates the classes.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum ShortcutSearch {
    #[default]
    NotYet,
    Asked,
    Found(Arc<Shortcuts>),
    /// The engine stopped over it, or meanwhile.
    Failed,
    /// The program that searches did not arrive; what the browser said.
    NoProgram(String),
}

impl ShortcutSearch {
    /// An answer that nobody waits for is about films that are gone.
    pub fn found(&mut self, found: Result<Shortcuts, SearchError>) {
        if *self == Self::Asked {
            *self = match found {
                Ok(found) => Self::Found(Arc::new(found)),
                Err(SearchError::Tools { detail }) => Self::NoProgram(detail),
                Err(SearchError::Ended) => Self::Failed,
            };
        }
    }

    pub(super) fn forget_pending(&mut self) {
        if *self == Self::Asked {
            *self = Self::NotYet;
        }
    }

    /// It is not asked by itself again: that might stop the next engine too.
    pub(super) fn fail_pending(&mut self) {
        if *self == Self::Asked {
            *self = Self::Failed;
        }
    }
}

impl AppState {
    /// Whether the search begins without being asked for: of the visitor's own films, of which nobody knows yet what there is. Of
    /// the app's own the visitor may want to find it by looking.
    pub fn searches_by_itself(&self) -> bool {
        let own = |films: &std::sync::Arc<super::Films>| films.pack.is_none();
        self.shortcuts == ShortcutSearch::NotYet
            && self.loading == Loading::Idle
            && self.films.as_ref().is_some_and(own)
    }
}
