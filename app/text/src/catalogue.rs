//! The sentences of `locales/`.
//!
//! `build.rs` turns each key into a type with a field for each value that its sentence holds, so that a
//! wrong key or a value too few does not compile. All languages are in the program: text is small
//! beside it, and the language can change at once, without a network, and without anything lost.

use std::cell::OnceCell;

use crate::{
    language::Language,
    sentence::{self, BETWEEN, Value},
};

/// The sentences by their keys.
pub mod keys {
    #![allow(non_camel_case_types, reason = "they are named as in the files")]

    include!(concat!(env!("OUT_DIR"), "/keys.rs"));
}

/// The sentence at `place` among all keys, with its values put in.
fn said(language: Language, place: usize, values: &[&dyn Value]) -> String {
    sentence::filled(text(language, place), language, values)
}

fn text(language: Language, place: usize) -> &'static str {
    thread_local! {
        static TEXTS: [OnceCell<Vec<&'static str>>; 2] = const { [const { OnceCell::new() }; 2] };
    }
    let (cell, all) = match language {
        Language::English => (0, include_str!(concat!(env!("OUT_DIR"), "/en.txt"))),
        Language::Spanish => (1, include_str!(concat!(env!("OUT_DIR"), "/es.txt"))),
    };
    TEXTS.with(|texts| {
        let texts = texts[cell].get_or_init(|| all.split(BETWEEN).collect());
        texts.get(place).copied().unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use super::{Language, keys::number};

    #[test]
    fn percent_follows_the_number_at_once_in_english_and_after_a_fixed_space_in_spanish() {
        let percent = |language| number::percent { n: &97 }.say(language);
        assert_eq!(percent(Language::English), "97%");
        assert_eq!(percent(Language::Spanish), "97\u{a0}%");
        let (low, high) = (&75, &99);
        let interval = |language| number::interval { low, high }.say(language);
        assert_eq!(interval(Language::English), "75% to 99%");
        assert_eq!(interval(Language::Spanish), "75 a 99\u{a0}%");
    }
}
