//! The trained network in a file that the visitor takes along.

use model_card::{Card, Form};
use protocol::{Event, ExportError, RunId};

use crate::{
    host::NetworkFiles,
    session::{Fetched, Session},
};

/// A file that is wanted.
pub(crate) struct Export {
    pub(crate) run: RunId,
    pub(crate) form: Form,
    pub(crate) card: Card,
}

impl Session {
    /// Writes the file that is wanted, as soon as the program that does it is there.
    pub(crate) async fn export_wanted(&mut self) -> bool {
        let Some(export) = self.export.take() else {
            return false;
        };
        // One that comes back is waited for.
        if self.is_on_its_way(export.run) {
            self.export = Some(export);
            return false;
        }
        let program = match self.network_files.get(&*self.host) {
            Ok(Some(program)) => Ok(program),
            Ok(None) => {
                self.export = Some(export);
                return false;
            }
            Err(detail) => Err(ExportError::Failed { detail }),
        };
        self.leave_failed_device();
        let written = match program {
            Ok(program) => self.written(export, &*program).await,
            Err(error) => Err(error),
        };
        if let Err(error) = written.and_then(|bytes| self.hand_over(&bytes)) {
            let result = Err(error);
            self.host.post(Event::ModelExported { result });
        }
        true
    }

    async fn written(
        &self,
        Export { run, form, card }: Export,
        program: &dyn NetworkFiles,
    ) -> Result<Vec<u8>, ExportError> {
        let trained = self.trained().filter(|active| active.id == run);
        let active = trained.ok_or(ExportError::NotTrained)?;
        let Fetched::Here(weights) = &self.weights else {
            return Err(ExportError::NotTrained);
        };
        let network = active.run.network().await.map_err(failed)?;
        program.write(&network, weights, card, form)
    }

    fn hand_over(&self, bytes: &[u8]) -> Result<(), ExportError> {
        let mut file = self.host.new_file();
        file.add(bytes).map_err(failed)?;
        let result = Ok(bytes.len() as u64);
        file.post(Event::ModelExported { result }).map_err(failed)
    }
}

fn failed(error: impl ToString) -> ExportError {
    ExportError::Failed {
        detail: error.to_string(),
    }
}
