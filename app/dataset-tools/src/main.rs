//! Reads tables of labels, finds shortcuts and writes packs, for visitors with data of their own. It asks nothing of the world around it,
//! see `side-program`.
#![allow(
    unsafe_code,
    reason = "functions that are called by their names; none does anything that Rust does not check"
)]

use imaging::tools::{Answer, Question, Toolbox};
use side_program::{Body, Program, program};

#[derive(Default)]
struct DatasetTools(Toolbox);

impl Program for DatasetTools {
    type Question = Question<'static>;
    type Answer = Answer;

    fn answer(&mut self, question: Self::Question, bytes: &[u8]) -> (Answer, Body) {
        let (answer, beside) = self.0.answer(&question, bytes);
        (answer, Body::Bytes(beside))
    }
}

program!(DatasetTools);
