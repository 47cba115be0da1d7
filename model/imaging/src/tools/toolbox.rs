use super::{Answer, Instance, PackState, Question, Tools};
use crate::{
    pack::{Entry, PackWriter, ReadTables, WriteError},
    shortcuts,
};
use tail::Tail;

mod tail;

/// Bytes of a pack that are given away together.
const PIECE: u64 = 4 << 20;

/// This program itself, where it has the tools.
pub struct OwnTools;

impl Tools for OwnTools {
    fn start(&self) -> Box<dyn Instance> {
        Box::new(Toolbox::default())
    }
}

/// The tools, and what they are at work on.
#[derive(Default)]
pub struct Toolbox {
    tables: Option<ReadTables>,
    pack: Option<Packing>,
}

/// A pack that is being written.
struct Packing {
    writer: PackWriter<Tail>,
    tail: Tail,
}

impl Instance for Toolbox {
    fn ask(&mut self, question: &Question, bytes: &[u8]) -> Result<(Answer, Vec<u8>), String> {
        Ok(self.answer(question, bytes))
    }
}

impl Toolbox {
    pub fn answer(&mut self, question: &Question, bytes: &[u8]) -> (Answer, Vec<u8>) {
        match question {
            Question::Tables { .. }
            | Question::Table { .. }
            | Question::Labels { .. }
            | Question::TableQuestion { .. } => {
                let answer = self.about_tables(question, bytes);
                (answer.unwrap_or(Answer::Nothing), Vec::new())
            }
            Question::Shortcuts { films } => {
                (Answer::Shortcuts(shortcuts::found(films)), Vec::new())
            }
            Question::Pack { .. }
            | Question::Film { .. }
            | Question::OddFilm { .. }
            | Question::EndPack => match self.about_pack(question, bytes) {
                Some(Ok((state, piece))) => (Answer::Pack(Ok(state)), piece),
                Some(Err(error)) => (Answer::Pack(Err(error)), Vec::new()),
                None => (Answer::Nothing, Vec::new()),
            },
        }
    }

    fn about_tables(&mut self, question: &Question, bytes: &[u8]) -> Option<Answer> {
        Some(match question {
            Question::Tables { paths } => {
                let tables = ReadTables::among(paths);
                let wanted = tables.wanted();
                self.tables = Some(tables);
                Answer::Tables(wanted)
            }
            Question::Table { unreadable } => {
                let bytes = match unreadable {
                    Some(detail) => Err(detail.clone()),
                    None => Ok(bytes),
                };
                self.tables.as_mut()?.take(bytes);
                Answer::Taken
            }
            Question::Labels { answers } => Answer::Labels(self.tables.as_ref()?.labels(answers)),
            Question::TableQuestion { labels, folders } => {
                let mut labels = labels.clone().into_owned();
                let known = labels.bad.len();
                let tables = self.tables.as_ref()?;
                let question = tables.question(&mut labels, folders.as_deref());
                Answer::TableQuestion {
                    question: question.map(Box::new),
                    bad: labels.bad.split_off(known),
                }
            }
            _ => return None,
        })
    }

    fn about_pack(
        &mut self,
        question: &Question,
        bytes: &[u8],
    ) -> Option<Result<(PackState, Vec<u8>), WriteError>> {
        if let Question::Pack { about } = question {
            let tail = Tail::default();
            let writer = PackWriter::new(tail.clone(), about.clone().into_owned());
            let begun = writer.map(|writer| self.pack = Some(Packing { writer, tail }));
            return Some(begun.map(|()| (PackState::default(), Vec::new())));
        }
        if let Question::EndPack = question {
            return Some(self.pack.take()?.end());
        }
        let Packing { writer, tail } = self.pack.as_mut()?;
        // Only what is said of the film before this one is still changed, when this one begins.
        let whole = tail.len();
        let written = match question {
            Question::Film {
                name,
                class,
                patient,
                part,
            } => {
                let entry = Entry {
                    name,
                    class: *class,
                    patient: patient.as_deref(),
                    part: *part,
                };
                writer.add(entry, bytes)
            }
            Question::OddFilm { key } => writer.add_odd(key, key, bytes),
            _ => return None,
        };
        let state = PackState {
            bytes: tail.len(),
            dicom_files: writer.dicom_files(),
        };
        let piece = match tail.waiting(whole) >= PIECE {
            true => tail.give_up_to(whole),
            false => Vec::new(),
        };
        Some(written.map(|()| (state, piece)))
    }
}

impl Packing {
    fn end(self) -> Result<(PackState, Vec<u8>), WriteError> {
        let dicom_files = self.writer.dicom_files();
        self.writer.finish()?;
        let bytes = self.tail.len();
        let state = PackState { bytes, dicom_files };
        Ok((state, self.tail.give_up_to(bytes)))
    }
}
