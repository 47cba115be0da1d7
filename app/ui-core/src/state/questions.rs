//! Films that the trained network was asked about.

use imaging::pack::{FileError, FileProblem};

use protocol::{Answer, Failure, QuestionId};

#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    pub id: QuestionId,
    /// Name of the file, or key of the odd film.
    pub name: String,
    pub source: QuestionSource,
    pub reply: Reply,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuestionSource {
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
    pub(super) fn new(id: QuestionId, name: String, source: QuestionSource) -> Self {
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
        if question.source == QuestionSource::File {
            question.name = name;
        }
        question.reply = match answer {
            Ok(answer) => Reply::Answered(answer),
            Err(failure) => Reply::Failed(failure),
        };
    }
}

/// The oldest open question about this file is answered by the decoder's failure.
pub(super) fn fail_to_read(questions: &mut [Question], path: &str) {
    let is_meant = |question: &&mut Question| {
        question.source == QuestionSource::File
            && question.name == path
            && question.reply == Reply::Pending
    };
    if let Some(question) = questions.iter_mut().find(is_meant) {
        question.reply = Reply::Failed(Failure::File(FileProblem {
            path: path.to_owned(),
            error: FileError::DecoderFailed,
        }));
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
