//! What is computed ahead while nothing is asked for, so that the next run can begin at once.

use imaging::{
    settings::Augmentation,
    split::{Subset, split},
};
use training::features::{AUGMENTED_VIEWS, FeatureKey, View};

use super::{Active, preparing::Preparing};
use crate::{features::QueueTurn, session::Session};

impl Session {
    /// Plans what may be needed next: all films by the settings of the last run, and the augmented views
    /// that they would be trained on.
    pub(crate) fn plan_background(&mut self) {
        self.background = None;
        let Some(data) = &self.data else {
            return;
        };
        if !self.features.is_ready() || self.active.as_ref().is_some_and(Active::in_progress) {
            return;
        }
        let last = self.active.as_ref().map(|active| &active.settings);
        let mut settings = last.cloned().unwrap_or_default();
        settings.augmentation.get_or_insert(Augmentation::default());
        self.features.store.retarget(FeatureKey::of(&settings));
        let parts = split(&data.summary, settings.split_by, settings.seed).unwrap_or_default();
        let films = (0..data.summary.samples.len()).map(|sample| View { sample, view: 0 });
        let augmented = (1..=AUGMENTED_VIEWS).flat_map(|view| {
            let training = (0..parts.len()).filter(|&sample| parts[sample] == Subset::Train);
            training.map(move |sample| View { sample, view })
        });
        let views = films.chain(augmented).collect();
        self.background = Preparing::of(None, views, &self.features.store, &self.host);
    }

    pub(crate) async fn advance_background(&mut self) -> bool {
        let Some(data) = &self.data else {
            return false;
        };
        if let Some(done) = self
            .background
            .take_if(|preparing| preparing.queue.is_done())
        {
            self.background = done.next(&self.features.store);
        }
        let Some(preparing) = &mut self.background else {
            return false;
        };
        let error = match self.features.advance(preparing, data).await {
            QueueTurn::Waiting => return false,
            QueueTurn::Worked => None,
            QueueTurn::Failed(error) => Some(error),
        };
        if self.check_device(error).is_some() {
            self.background = None;
        }
        true
    }
}
