//! Programs that are fetched when they are first needed.

use std::rc::Rc;

use crate::{
    host::{Arrived, Host, SideProgram},
    session::Session,
};

/// A program of this kind, from when it is first asked for.
pub(crate) enum OnDemand<P: ?Sized> {
    NotAskedFor(SideProgram),
    Coming,
    Here(Rc<P>),
    Failed(SideProgram, String),
}

impl<P: ?Sized> OnDemand<P> {
    /// The program, or `None` until it is there; whoever is the first to want it has it fetched.
    ///
    /// # Errors
    /// What the browser said when it could not be fetched, once: whoever asks after that has it fetched again.
    pub(crate) fn get(&mut self, host: &dyn Host) -> Result<Option<Rc<P>>, String> {
        match self {
            Self::NotAskedFor(program) => {
                let program = *program;
                *self = Self::Coming;
                host.fetch_program(program);
                Ok(None)
            }
            Self::Coming => Ok(None),
            Self::Here(program) => Ok(Some(program.clone())),
            Self::Failed(program, detail) => {
                let detail = std::mem::take(detail);
                *self = Self::NotAskedFor(*program);
                Err(detail)
            }
        }
    }

    fn came(&mut self, program: SideProgram, result: Result<Rc<P>, String>) {
        *self = match result {
            Ok(came) => Self::Here(came),
            Err(detail) => Self::Failed(program, detail),
        };
    }
}

impl Session {
    pub(crate) fn program_came(&mut self, arrived: Arrived) {
        match arrived {
            Arrived::FormatReader(result) => self.reader.came(SideProgram::FormatReader, result),
            Arrived::DatasetTools(result) => self.tools.came(SideProgram::DatasetTools, result),
            Arrived::NetworkFiles(result) => {
                self.network_files.came(SideProgram::NetworkFiles, result);
            }
        }
    }
}
