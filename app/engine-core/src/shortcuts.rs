//! What else than anatomy separates the classes of the loaded films.

use imaging::{
    dataset::DatasetSummary,
    shortcuts::{search, search_over_films},
};
use metrics::patients::FEWEST_PATIENTS;

use crate::{run::Active, session::Session};
use protocol::{Event, Shortcuts};

impl Session {
    /// In one go: of 5,000 films it takes a fraction of a second. `false` if it is not asked, or waits for a run or for other films.
    pub(crate) fn find_shortcuts(&mut self) -> bool {
        let trains = self.active.as_ref().is_some_and(Active::in_progress);
        if !self.shortcuts_wanted || trains || self.wanted.is_some() || self.loading.is_some() {
            return false;
        }
        let Some(data) = &self.data else {
            return false;
        };
        let found = found(&data.summary);
        self.shortcuts_wanted = false;
        self.host.post(Event::Shortcuts { found });
        true
    }
}

fn found(summary: &DatasetSummary) -> Shortcuts {
    let search = search(summary);
    let few = search.patients.is_some_and(|n| n < FEWEST_PATIENTS);
    let over_films = (few && search.shortcuts.is_empty()).then(|| search_over_films(summary));
    Shortcuts { search, over_films }
}
