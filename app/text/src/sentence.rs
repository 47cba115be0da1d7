//! Sentences with places for values, as `build.rs` prepares them from `locales/`.
//!
//! `{{ n }}` has become [`VALUE`] and a letter for which value; `{{ n | film | films }}`, a word that
//! goes with a number, [`ONE`], the letter, the word for one, [`OTHER`], the word for others, [`END`].

use std::fmt::Display;

use crate::{language::Language, number};

pub const VALUE: char = '\u{1}';
pub const ONE: char = '\u{2}';
pub const OTHER: char = '\u{3}';
pub const END: char = '\u{4}';
/// Stands between the sentences of a language.
pub const BETWEEN: char = '\0';

/// What a sentence can hold: words as they are, numbers as the language writes them.
pub trait Value {
    fn told(&self, language: Language) -> String;

    /// Whether a noun beside it is in the singular, in English and in Spanish alike.
    fn is_one(&self) -> bool {
        false
    }
}

impl<T: Value + ?Sized> Value for &T {
    fn told(&self, language: Language) -> String {
        (**self).told(language)
    }

    fn is_one(&self) -> bool {
        (**self).is_one()
    }
}

impl Value for str {
    fn told(&self, _: Language) -> String {
        self.to_owned()
    }
}

impl Value for String {
    fn told(&self, _: Language) -> String {
        self.clone()
    }
}

fn number(language: Language, number: impl Display) -> String {
    number::exact(language, number)
}

/// Numbers are written without groups: a seed, a year or a size is no count. See [`number::count`].
macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Value for $number {
            fn told(&self, language: Language) -> String {
                number(language, self)
            }

            fn is_one(&self) -> bool {
                *self as f64 == 1.0
            }
        }
    )*};
}
numbers!(u8, u32, u64, usize, i32, f32, f64);

/// The sentence with its values put in.
pub fn filled(text: &str, language: Language, values: &[&dyn Value]) -> String {
    let mut said = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find([VALUE, ONE]) {
        said.push_str(&rest[..at]);
        let mut letters = rest[at..].chars();
        let one = letters.next() == Some(ONE);
        let place = letters.next().map_or(usize::MAX, |letter| letter as usize);
        let value = values.get(place.wrapping_sub('A' as usize));
        rest = letters.as_str();
        if one {
            let (words, after) = rest.split_once(END).unwrap_or((rest, ""));
            let (singular, plural) = words.split_once(OTHER).unwrap_or((words, words));
            let singular_fits = value.is_some_and(|value| value.is_one());
            said.push_str(if singular_fits { singular } else { plural });
            rest = after;
        } else if let Some(value) = value {
            said.push_str(&value.told(language));
        }
    }
    said.push_str(rest);
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{English, Spanish};

    #[test]
    fn values_go_to_their_places_in_any_order() {
        let text = "\u{1}B of \u{1}A";
        assert_eq!(filled(text, English, &[&20_usize, &19_usize]), "19 of 20");
        assert_eq!(filled("plain", English, &[]), "plain");
        assert_eq!(filled("\u{1}A", English, &[&"a \u{1}A b"]), "a \u{1}A b");
    }

    #[test]
    fn numbers_are_told_in_the_language() {
        assert_eq!(filled("\u{1}A", Spanish, &[&0.5_f64]), "0,5");
        assert_eq!(filled("\u{1}A", Spanish, &[&123_456_u64]), "123456");
        assert_eq!(filled("\u{1}A", Spanish, &[&"0.5"]), "0.5");
    }

    #[test]
    fn nouns_follow_their_number() {
        let text = "\u{1}A \u{2}Aradiografía\u{3}radiografías\u{4}.";
        assert_eq!(filled(text, Spanish, &[&1_usize]), "1 radiografía.");
        assert_eq!(filled(text, Spanish, &[&0_usize]), "0 radiografías.");
        assert_eq!(filled(text, Spanish, &[&1.5_f32]), "1,5 radiografías.");
        assert_eq!(filled(text, Spanish, &[&"many"]), "many radiografías.");
    }
}
