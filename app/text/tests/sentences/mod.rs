//! The sentences as the files of `locales/` have them.

use std::collections::BTreeMap;

use serde_json::Value;
use text::language::Language;

pub type Sentences = BTreeMap<String, String>;

fn flatten(value: &Value, key: &str, all: &mut Sentences) {
    match value {
        Value::Object(section) => {
            for (name, value) in section {
                let below = if key.is_empty() {
                    name.clone()
                } else {
                    format!("{key}.{name}")
                };
                flatten(value, &below, all);
            }
        }
        Value::String(sentence) => {
            all.insert(key.to_owned(), sentence.clone());
        }
        other => panic!("{key} is no sentence: {other}"),
    }
}

/// All sentences of a language by their keys, as its file has them.
pub fn sentences(language: Language) -> Sentences {
    let path = format!(
        "{}/locales/{}.json",
        env!("CARGO_MANIFEST_DIR"),
        language.tag()
    );
    let file = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let value = serde_json::from_str(&file).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut all = Sentences::new();
    flatten(&value, "", &mut all);
    all
}
