//! Numbers as a language writes them, for people; files and attributes have Rust's own.
//!
//! What Unicode's CLDR says of `en` and `es`: a point and a comma before the decimals, and the
//! other one between groups of three digits, in Spanish only from five digits on.

use std::fmt::Display;

use crate::language::Language;

impl Language {
    fn decimal_mark(self) -> char {
        match self {
            Self::English => '.',
            Self::Spanish => ',',
        }
    }

    fn group_mark(self) -> char {
        match self {
            Self::English => ',',
            Self::Spanish => '.',
        }
    }

    /// Numbers of fewer digits are not divided into groups.
    fn fewest_grouped(self) -> usize {
        match self {
            Self::English => 4,
            Self::Spanish => 5,
        }
    }
}

/// To so many decimals; nothing is never minus nothing.
pub fn fixed(language: Language, value: f64, digits: usize) -> String {
    let written = format!("{value:.digits$}");
    match written.strip_prefix('-') {
        Some(zero) if zero.bytes().all(|byte| matches!(byte, b'0' | b'.')) => {
            marked(language, zero)
        }
        _ => marked(language, &written),
    }
}

/// A difference to so many decimals, always with its sign.
pub fn signed(language: Language, value: f64, digits: usize) -> String {
    marked(language, &format!("{value:+.digits$}"))
}

/// With as many decimals as the number has: a setting, or a whole number.
pub fn exact(language: Language, value: impl Display) -> String {
    marked(language, &value.to_string())
}

/// A count that may be large, rounded: "12,000".
pub fn count(language: Language, value: f64) -> String {
    let written = format!("{value:.0}");
    let digits = written.trim_start_matches('-').len();
    if !value.is_finite() || digits < language.fewest_grouped() {
        return written;
    }
    let mut grouped = String::with_capacity(written.len() + digits / 3);
    for (place, letter) in written.chars().enumerate() {
        let left = written.len() - place;
        if left.is_multiple_of(3) && left < digits {
            grouped.push(language.group_mark());
        }
        grouped.push(letter);
    }
    grouped
}

/// A threshold to three decimals, or to as many as it takes not to call it 0 or 1.
pub fn threshold(language: Language, threshold: f64) -> String {
    let whole = |text: &String| text.parse::<f64>().is_ok_and(|shown| shown.fract() == 0.0);
    let written = (3..=8).map(|digits| format!("{threshold:.digits$}"));
    let telling = written.clone().find(|text| !whole(text));
    let text = telling.unwrap_or_else(|| format!("{threshold:.3}"));
    marked(language, &text)
}

/// A number as Rust writes it, with the decimal mark of the language; other words as they are.
pub fn marked(language: Language, text: &str) -> String {
    match language.decimal_mark() {
        '.' => text.to_owned(),
        mark if text.parse::<f64>().is_ok() => text.replace('.', &mark.to_string()),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{English, Spanish};

    #[test]
    fn decimals_have_the_mark_of_the_language() {
        assert_eq!(fixed(English, 0.9724, 3), "0.972");
        assert_eq!(fixed(Spanish, 0.9724, 3), "0,972");
        assert_eq!(fixed(Spanish, -0.04, 1), "0,0");
        assert_eq!(fixed(Spanish, f64::NAN, 1), "NaN");
        assert_eq!(signed(Spanish, 3.25, 1), "+3,2");
        assert_eq!(exact(Spanish, 0.001_f32), "0,001");
        assert_eq!(exact(Spanish, 64), "64");
    }

    #[test]
    fn large_counts_are_grouped() {
        for (value, english, spanish) in [
            (999.0, "999", "999"),
            (1_000.0, "1,000", "1000"),
            (12_345.6, "12,346", "12.346"),
            (-1_234_567.0, "-1,234,567", "-1.234.567"),
            (123_456.0, "123,456", "123.456"),
        ] {
            assert_eq!(count(English, value), english);
            assert_eq!(count(Spanish, value), spanish);
        }
        assert_eq!(count(English, f64::INFINITY), "inf");
    }

    #[test]
    fn no_threshold_is_called_certain() {
        assert_eq!(threshold(English, 0.5), "0.500");
        assert_eq!(threshold(Spanish, 0.999_97), "0,99997");
        assert_eq!(threshold(Spanish, 0.000_04), "0,00004");
        assert_eq!(threshold(English, 1.0), "1.000");
    }

    #[test]
    fn names_keep_their_points() {
        assert_eq!(marked(Spanish, "0.25"), "0,25");
        assert_eq!(marked(Spanish, "film.1.png"), "film.1.png");
    }
}
