//! The sentences of `locales/` in the language that the visitor reads.
//!
//! `build.rs` turns each key into a type with a field for each value that its sentence holds, so that a
//! wrong key or a value too few does not compile. All languages are in the program: text is small
//! beside it, and the language can change at once, without a network, and without anything lost.

use std::cell::OnceCell;

use leptos::prelude::*;

use crate::{
    language::Language,
    sentence::{self, BETWEEN, Value},
};

/// The sentences by their keys.
pub mod keys {
    #![allow(non_camel_case_types, reason = "they are named as in the files")]

    include!(concat!(env!("OUT_DIR"), "/keys.rs"));
}

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

/// The sentence at `place` among all keys, with its values put in.
fn said(i18n: I18n, place: usize, values: &[&dyn Value]) -> String {
    let language = i18n.language();
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
