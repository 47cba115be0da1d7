//! The language that the visitor reads, and the sentences of `app/text/locales/` in it.

use leptos::prelude::*;
use text::language::Language;

pub use text::catalogue::keys;

/// The language that sentences are said in; what reads it follows when it changes.
#[derive(Clone, Copy)]
pub struct I18n(RwSignal<Language>);

impl I18n {
    pub fn new(language: Language) -> Self {
        Self(RwSignal::new(language))
    }

    pub fn language(self) -> Language {
        self.0.get()
    }

    pub fn set(self, language: Language) {
        self.0.set(language);
    }
}

pub fn use_i18n() -> I18n {
    expect_context()
}
