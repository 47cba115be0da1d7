//! What the visitor reads: the sentences of `locales/`, and numbers, as each language writes them.
//!
//! Without a browser and without a framework: [`catalogue`] knows all sentences by their keys, the page adds which
//! language is spoken and that it can change.

pub mod catalogue;
pub mod language;
pub mod number;
pub mod sentence;
