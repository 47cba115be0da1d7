//! The languages that the page speaks, and what differs between them beyond the sentences.

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    English,
    Spanish,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::English, Self::Spanish];

    /// As `lang` has it, in links and on the page.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
        }
    }

    /// What it calls itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Spanish => "Español",
        }
    }

    /// The language of a tag such as `es` or `es-MX`.
    pub fn of(tag: &str) -> Option<Self> {
        let language = tag.split(['-', '_']).next()?;
        let named = |own: &Self| own.tag().eq_ignore_ascii_case(language);
        Self::ALL.into_iter().find(named)
    }

    /// "A, B, or C".
    pub fn any_of(self, names: &[String]) -> String {
        self.joined(names, |last| match self {
            Self::English => "or",
            Self::Spanish if sounds_like(last, "o") => "u",
            Self::Spanish => "o",
        })
    }

    /// "A, B, and C".
    pub fn all_of(self, names: &[String]) -> String {
        self.joined(names, |last| match self {
            Self::English => "and",
            Self::Spanish if sounds_like(last, "i") => "e",
            Self::Spanish => "y",
        })
    }

    /// A list of three or more has a comma before its last word in American English, not in Spanish.
    fn joined(self, names: &[String], word: impl Fn(&str) -> &'static str) -> String {
        let comma = match self {
            Self::English if names.len() > 2 => ",",
            _ => "",
        };
        match names {
            [] => String::new(),
            [only] => only.clone(),
            [others @ .., last] => format!("{}{comma} {} {last}", others.join(", "), word(last)),
        }
    }
}

/// Whether a Spanish word begins with this vowel as it is spoken: an h is silent, "hie" and "hio"
/// begin with a consonant.
fn sounds_like(word: &str, vowel: &str) -> bool {
    let word = word.to_lowercase().replace('í', "i").replace('ó', "o");
    let sound = word.strip_prefix('h').unwrap_or(&word);
    let glides = ["ia", "ie", "io"]
        .iter()
        .any(|glide| sound.starts_with(glide));
    sound.starts_with(vowel) && !glides
}

/// The query part of an address with another language; `None` if it asks for none or for this one.
pub fn in_language(query: &str, language: Language) -> Option<String> {
    let asks = |pair: &str| pair.starts_with("lang=");
    let wanted = format!("lang={}", language.tag());
    let pair = |pair| if asks(pair) { wanted.as_str() } else { pair };
    let pairs: Vec<&str> = query.trim_start_matches('?').split('&').map(pair).collect();
    let changed = format!("?{}", pairs.join("&"));
    (changed != query && query.trim_start_matches('?').split('&').any(asks)).then_some(changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn tags_are_known_with_or_without_their_region() {
        assert_eq!(Language::of("es"), Some(Language::Spanish));
        assert_eq!(Language::of("es-MX"), Some(Language::Spanish));
        assert_eq!(Language::of("EN_gb"), Some(Language::English));
        for unknown in ["", "est", "de", "-es"] {
            assert_eq!(Language::of(unknown), None, "{unknown}");
        }
        for language in Language::ALL {
            assert_eq!(Language::of(language.tag()), Some(language));
        }
    }

    #[test]
    fn lists_end_in_the_word_of_the_language() {
        let (en, es) = (Language::English, Language::Spanish);
        assert_eq!(en.any_of(&names(&[])), "");
        assert_eq!(en.any_of(&names(&["A"])), "A");
        assert_eq!(en.any_of(&names(&["A", "B"])), "A or B");
        assert_eq!(en.all_of(&names(&["A", "B"])), "A and B");
        assert_eq!(es.any_of(&names(&["A", "B", "C"])), "A, B o C");
        assert_eq!(en.all_of(&names(&["A", "B", "C"])), "A, B, and C");
        assert_eq!(es.all_of(&names(&["A", "B"])), "A y B");
    }

    #[test]
    fn spanish_words_give_way_to_the_same_sound() {
        let last = |list: fn(Language, &[String]) -> String, last: &str| {
            list(Language::Spanish, &names(&["Tórax", last]))
        };
        assert_eq!(last(Language::any_of, "Otra"), "Tórax u Otra");
        assert_eq!(last(Language::any_of, "hombro"), "Tórax u hombro");
        assert_eq!(last(Language::any_of, "Abdomen"), "Tórax o Abdomen");
        assert_eq!(last(Language::all_of, "Íleo"), "Tórax e Íleo");
        assert_eq!(last(Language::all_of, "hilio"), "Tórax e hilio");
        assert_eq!(last(Language::all_of, "hielo"), "Tórax y hielo");
    }

    #[test]
    fn a_language_in_the_link_gives_way() {
        let spanish = |query| in_language(query, Language::Spanish);
        let changed = Some("?seed=7&lang=es&side=96".to_owned());
        assert_eq!(spanish("?seed=7&lang=en&side=96"), changed);
        assert_eq!(spanish("?seed=7&lang=es"), None);
        assert_eq!(spanish("?seed=7&slang=en"), None);
        assert_eq!(spanish(""), None);
    }
}
