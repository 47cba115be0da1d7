//! What was asked of the trained network beyond its answers: under way, found, failed.

use super::Progress;
use protocol::{Explanation, ExplanationId, ExplanationResult, Failure};

/// All explanations into the present network. What has been found is kept until the next network.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Explanations {
    begun: u32,
    all: Vec<(ExplanationId, Explanation, ExplanationStage)>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ExplanationStage {
    /// Asked; `None` until progress has been heard of.
    Asked(Option<Progress>),
    Found(ExplanationResult),
    Failed(Failure),
}

impl Explanations {
    pub fn stage(&self, about: &Explanation) -> Option<&ExplanationStage> {
        let found = self.all.iter().find(|(_, own, _)| own == about);
        found.map(|(_, _, stage)| stage)
    }

    /// All that has been found, in the order of asking.
    pub fn found_all(&self) -> impl Iterator<Item = (&Explanation, &ExplanationResult)> {
        self.all.iter().filter_map(|(_, about, stage)| match stage {
            ExplanationStage::Found(finding) => Some((about, finding)),
            ExplanationStage::Asked(_) | ExplanationStage::Failed(_) => None,
        })
    }

    /// The explanation of the same kind as `about` that is under way, if there is one.
    pub fn under_way(&self, about: &Explanation) -> Option<ExplanationId> {
        let asked = |(_, own, stage): &&(ExplanationId, Explanation, ExplanationStage)| {
            about.replaces(own) && matches!(stage, ExplanationStage::Asked(_))
        };
        self.all.iter().find(asked).map(|(id, _, _)| *id)
    }

    /// Whether any is under way.
    pub fn any_under_way(&self) -> bool {
        let asked = |stage: &ExplanationStage| matches!(stage, ExplanationStage::Asked(_));
        self.all.iter().any(|(_, _, stage)| asked(stage))
    }

    /// The name of a new explanation; `None` if it has been answered or is under way. One of the same kind
    /// that is under way is given up.
    pub(super) fn begin(&mut self, about: Explanation) -> Option<ExplanationId> {
        match self.stage(&about) {
            Some(ExplanationStage::Asked(_) | ExplanationStage::Found(_)) => return None,
            Some(ExplanationStage::Failed(_)) | None => {}
        }
        self.all.retain(|(_, own, stage)| {
            *own != about && !(about.replaces(own) && matches!(stage, ExplanationStage::Asked(_)))
        });
        self.begun += 1;
        let id = ExplanationId(self.begun);
        self.all.push((id, about, ExplanationStage::Asked(None)));
        Some(id)
    }

    /// The user no longer waits for it.
    pub fn end(&mut self, id: ExplanationId) {
        self.all.retain(|(own, _, _)| *own != id);
    }

    pub(super) fn progress(&mut self, id: ExplanationId, progress: Progress) {
        self.set(id, ExplanationStage::Asked(Some(progress)));
    }

    pub(super) fn found(&mut self, id: ExplanationId, finding: Result<ExplanationResult, Failure>) {
        self.set(
            id,
            match finding {
                Ok(finding) => ExplanationStage::Found(finding),
                Err(failure) => ExplanationStage::Failed(failure),
            },
        );
    }

    pub(super) fn fail_pending(&mut self, failure: &Failure) {
        for (_, _, stage) in &mut self.all {
            if let ExplanationStage::Asked(_) = stage {
                *stage = ExplanationStage::Failed(failure.clone());
            }
        }
    }

    /// What an earlier visit found of the same network.
    pub(crate) fn restore(&mut self, kept: Vec<(Explanation, ExplanationResult)>) {
        for (about, finding) in kept {
            self.begun += 1;
            let id = ExplanationId(self.begun);
            self.all.push((id, about, ExplanationStage::Found(finding)));
        }
    }

    /// Forgets all; names go on, so that late answers find nothing.
    pub(crate) fn clear(&mut self) {
        self.all.clear();
    }

    /// Answers to what is no longer asked are dropped.
    fn set(&mut self, id: ExplanationId, stage: ExplanationStage) {
        if let Some(place) = self.all.iter_mut().find(|(own, _, _)| *own == id) {
            place.2 = stage;
        }
    }
}
