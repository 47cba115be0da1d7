//! Programs that run beside the engine, fetched when they are first needed: the form of what is said in both directions, and
//! what such a program exports. How the engine runs them: `docs/decisions/side-programs.md`.

mod exports;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

pub use exports::Instance;

/// Makes a program of a type: [`program!`] gives it the functions that `public/engine-start.js` calls by their names.
pub trait Program: Default {
    type Question: DeserializeOwned;
    type Answer: Serialize;

    /// Answers the engine, with what lies beside the question and the answer as bytes. An instance may be asked several times.
    fn answer(&mut self, question: Self::Question, bytes: &[u8]) -> (Self::Answer, Body);
}

/// What lies beside an answer.
pub enum Body {
    Bytes(Vec<u8>),
    Words(Vec<u16>),
}

impl Default for Body {
    fn default() -> Self {
        Self::Bytes(Vec::new())
    }
}

/// With the build that it is from: programs of two builds must not take each other's bytes for their own.
pub fn write<T: Serialize>(build: &str, said: &T) -> Vec<u8> {
    // Writing to memory fails for no type here; what came of it all the same nobody takes.
    postcard::to_allocvec(&(build, said)).unwrap_or_default()
}

/// What [`write()`] wrote; `None` if it is of another build, or none of this type.
pub fn read<T: DeserializeOwned>(build: &str, bytes: &[u8]) -> Option<T> {
    let (from, said) = postcard::take_from_bytes::<&str>(bytes).ok()?;
    match from == build {
        true => postcard::from_bytes(said).ok(),
        false => None,
    }
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unanswered {
    /// The instance has ended.
    Ended,
    /// The program is of another build, or says what it cannot mean.
    Garbled,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_by_the_same_build_alone_and_whole_alone() {
        let said = (7_u32, "seven".to_owned());
        let bytes = write("a", &said);
        assert_eq!(read("a", &bytes), Some(said));
        assert_eq!(read::<(u32, String)>("b", &bytes), None);
        for length in 0..bytes.len() {
            assert_eq!(read::<(u32, String)>("a", &bytes[..length]), None);
        }
    }

    /// Adds up what it is given.
    #[derive(Default)]
    struct Sum(u32);

    impl Program for Sum {
        type Question = u32;
        type Answer = u32;

        fn answer(&mut self, question: u32, bytes: &[u8]) -> (u32, Body) {
            self.0 += question;
            (self.0, Body::Bytes(bytes.to_vec()))
        }
    }

    #[test]
    fn an_instance_keeps_what_it_knows_and_gives_its_memory_back() {
        let instance = Instance::<Sum>::default();
        for (question, sum) in [(2_u32, 2_u32), (3, 5)] {
            let question = write("a", &question);
            instance.reserve(question.len(), 4);
            instance.put(&question, &[1, 2, 3, 4]);
            instance.answer("a");
            let (answer, body) = instance.answered();
            assert_eq!(read("a", &answer), Some(sum));
            assert_eq!(body, [1, 2, 3, 4]);
            instance.release();
            assert_eq!(instance.answered(), (Vec::new(), Vec::new()));
        }
    }

    #[test]
    fn a_question_of_another_build_has_no_answer() {
        let instance = Instance::<Sum>::default();
        let question = write("b", &1_u32);
        instance.reserve(question.len(), 0);
        instance.put(&question, &[]);
        instance.answer("a");
        assert_eq!(instance.answered(), (Vec::new(), Vec::new()));
    }
}
