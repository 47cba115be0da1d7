//! What else than anatomy separates the classes of the loaded films.

use std::{borrow::Cow, rc::Rc};

use imaging::{
    dataset::DatasetSummary,
    shortcuts::Shortcuts,
    tools::{Answer, Question, Tools},
};

use crate::{run::Active, session::Session};
use protocol::{Event, SearchError};

impl Session {
    /// In one go: of 5,000 films it takes a fraction of a second. `false` if it is not asked, or waits for a run, for other films, or for the
    /// program that searches.
    pub(crate) fn find_shortcuts(&mut self) -> bool {
        let trains = self.active.as_ref().is_some_and(Active::in_progress);
        if !self.shortcuts_wanted || trains || self.wanted.is_some() || self.loading.is_some() {
            return false;
        }
        let Some(data) = &self.data else {
            return false;
        };
        let found = match self.tools.get(&*self.host) {
            Ok(None) => return false,
            Ok(Some(tools)) => found(&tools, &data.summary),
            Err(detail) => Err(SearchError::Tools { detail }),
        };
        self.shortcuts_wanted = false;
        self.host.post(Event::Shortcuts { found });
        true
    }
}

fn found(tools: &Rc<dyn Tools>, films: &DatasetSummary) -> Result<Shortcuts, SearchError> {
    let films = Cow::Borrowed(films);
    match tools.start().ask(&Question::Shortcuts { films }, &[]) {
        Ok((Answer::Shortcuts(found), _)) => Ok(found),
        _ => Err(SearchError::Ended),
    }
}
