//! Letters, PS3.5, 6.1.

/// The sets that are told apart. Others are read as Latin: wrong letters, but two different names stay different.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CharacterSet {
    Latin,
    Utf8,
}

impl CharacterSet {
    /// By the value of Specific Character Set.
    pub(crate) fn named(name: Option<&str>) -> Self {
        match name {
            Some(name) if name.contains("ISO_IR 192") => Self::Utf8,
            _ => Self::Latin,
        }
    }

    pub(crate) fn decode(self, bytes: &[u8]) -> String {
        match self {
            Self::Utf8 => String::from_utf8_lossy(bytes).into_owned(),
            Self::Latin => bytes.iter().map(|&byte| char::from(byte)).collect(),
        }
    }
}

/// Values are filled up with a blank or a zero to even length.
pub(crate) fn is_padding(letter: char) -> bool {
    letter == '\0' || letter.is_whitespace()
}
