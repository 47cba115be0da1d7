//! The program that writes networks into files, and reads them.

use checkpoint::TrainedNetwork;
use engine_core::host::NetworkFiles;
use mobilenet::weights::Weights;
use model_card::{Card, Form, Outcome, Wanted, write_order};
use protocol::{ExportError, ImportError};
use side_program::Unanswered;

use super::side_program::Program;

/// The program, and the one that the page which classifies by itself brings.
pub struct Writer {
    pub program: Program,
    pub page: Vec<u8>,
}

impl NetworkFiles for Writer {
    fn write(
        &self,
        network: &TrainedNetwork,
        weights: &Weights,
        card: Card,
        form: Form,
    ) -> Result<Vec<u8>, ExportError> {
        let page = match form {
            Form::Page(_) => &self.page[..],
            Form::Onnx | Form::Safetensors => &[],
        };
        let (wanted, bytes) = write_order(network, weights.file(), page, card, form);
        // An instance of its own each time, as its memory never shrinks.
        let answer = self.program.start().ask(&wanted, &bytes);
        let (outcome, body) = answer.map_err(|error| failed(unanswered(error)))?;
        match outcome {
            Outcome::Written(Ok(())) => Ok(body.bytes()),
            Outcome::Written(Err(error)) => Err(ExportError::Refused(error)),
            Outcome::Read(_) => Err(failed(unanswered(Unanswered::Garbled))),
        }
    }

    fn read(&self, file: &[u8], weights: &Weights) -> Result<(TrainedNetwork, Card), ImportError> {
        let program = |error| ImportError::Program {
            detail: unanswered(error).into(),
        };
        let own = weights.file();
        let wanted = Wanted::Read { weights: own.len() };
        let answer = self.program.start().ask(&wanted, &[own, file].concat());
        let (outcome, body) = answer.map_err(program)?;
        let Outcome::Read(read) = outcome else {
            return Err(program(Unanswered::Garbled));
        };
        let head = read.map_err(ImportError::Refused)?;
        let numbers = body.bytes();
        let network = head.parts.with_numbers(&numbers);
        let (network, _) = network.ok_or_else(|| program(Unanswered::Garbled))?;
        Ok((network, head.card))
    }
}

fn unanswered(error: Unanswered) -> &'static str {
    match error {
        Unanswered::Ended => "network-files has ended",
        Unanswered::Garbled => "network-files is of another build",
    }
}

fn failed(detail: &str) -> ExportError {
    ExportError::Failed {
        detail: detail.into(),
    }
}
