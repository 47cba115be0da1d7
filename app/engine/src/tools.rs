//! The program with what only visitors with data of their own need.

use imaging::tools::{self, Answer, Question, Tools};
use side_program::Unanswered;

use super::side_program::{Instance, Program};

impl Tools for Program {
    fn start(&self) -> Box<dyn tools::Instance> {
        Box::new(Program::start(self))
    }
}

impl tools::Instance for Instance {
    fn ask(&mut self, question: &Question, bytes: &[u8]) -> Result<(Answer, Vec<u8>), String> {
        let answer = Instance::ask(self, question, bytes);
        let (answer, beside) = answer.map_err(|error| match error {
            Unanswered::Ended => "the program has ended",
            Unanswered::Garbled => "another build",
        })?;
        Ok((answer, beside.bytes()))
    }
}
