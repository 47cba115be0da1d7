//! What a run tells of its steps, read back from the device some steps at a time.

use burn::tensor::Tensor;

use super::{Pending, Run, running_metrics::RunningMetrics};
use crate::{
    features::{View, read},
    trainable::{Gradients, softmax},
};
use imaging::report::{BatchFilm, StepDiagnostics, StepReport, TrainError};

impl Run {
    pub(super) async fn read_pending(&mut self) -> Result<Vec<StepReport>, TrainError> {
        let mut reports = Vec::with_capacity(self.pending.len());
        for pending in std::mem::take(&mut self.pending) {
            reports.push(self.report_of(pending).await?);
        }
        Ok(reports)
    }

    async fn report_of(&mut self, pending: Pending) -> Result<StepReport, TrainError> {
        let Pending {
            position,
            batch,
            logits,
            diagnostics,
        } = pending;
        let logits = read(logits).await?;
        let diagnostics = match diagnostics {
            Some((after, gradients)) => Some(self.look(&batch, after, gradients).await?),
            None => None,
        };
        let mut running_metrics = RunningMetrics::default();
        let mut films = Vec::with_capacity(batch.len());
        for (view, logits) in batch.iter().zip(logits.chunks(self.films.classes.len())) {
            let probabilities = softmax(logits);
            running_metrics.add(self.class(view.sample), &probabilities);
            films.push(BatchFilm {
                sample: view.sample,
                view: view.view,
                probabilities,
            });
        }
        let loss = running_metrics.summary().loss;
        if !loss.is_finite() {
            return Err(TrainError::Diverged);
        }
        self.running.merge(&running_metrics);
        Ok(StepReport {
            stage: self.sampler.kind(position.stage),
            epoch: position.epoch,
            steps_done: position.steps_done,
            steps_total: self.sampler.steps_total(),
            loss,
            batch: films,
            diagnostics,
        })
    }

    async fn look(
        &self,
        batch: &[View],
        after: Tensor<2>,
        gradients: Gradients,
    ) -> Result<StepDiagnostics, TrainError> {
        let logits = read(after).await?;
        let mut running_metrics = RunningMetrics::default();
        let mut after = Vec::with_capacity(batch.len());
        for (view, logits) in batch.iter().zip(logits.chunks(self.films.classes.len())) {
            let probabilities = softmax(logits);
            running_metrics.add(self.class(view.sample), &probabilities);
            after.push(probabilities);
        }
        Ok(StepDiagnostics {
            after,
            loss_after: running_metrics.summary().loss,
            gradients: gradients.read().await?,
        })
    }
}
