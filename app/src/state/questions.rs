//! Films that the trained network was asked about.

use crate::protocol::{Answer, Failure, QuestionId};

#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    pub id: QuestionId,
    /// Name of the file, or key of the odd film.
    pub name: String,
    pub source: Source,
    pub reply: Reply,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    File,
    /// Index into the built-in odd films.
    Odd(usize),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    Pending,
    Answered(Answer),
    Failed(Failure),
}

impl Question {
    pub(super) fn new(id: QuestionId, name: String, source: Source) -> Self {
        Self {
            id,
            name,
            source,
            reply: Reply::Pending,
        }
    }
}

/// Answers come in any order; an answer to nothing that was asked is dropped.
pub(super) fn answer(
    questions: &mut [Question],
    id: QuestionId,
    name: String,
    answer: Result<Answer, Failure>,
) {
    if let Some(question) = questions.iter_mut().find(|question| question.id == id) {
        if question.source == Source::File {
            question.name = name;
        }
        question.reply = match answer {
            Ok(answer) => Reply::Answered(answer),
            Err(failure) => Reply::Failed(failure),
        };
    }
}

pub(super) fn fail_pending(questions: &mut [Question], failure: &Failure) {
    let pending = questions
        .iter_mut()
        .filter(|question| question.reply == Reply::Pending);
    for question in pending {
        question.reply = Reply::Failed(failure.clone());
    }
}
