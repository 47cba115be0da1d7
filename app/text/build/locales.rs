//! The keys as Rust types, and the sentences of each language as one text in the order of the keys.

use std::{
    collections::BTreeMap,
    env,
    error::Error,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use serde_json::{Map, Value};

/// The language that the keys are taken from; where another has no sentence, its sentence stands in, and
/// the tests of the locales fail.
const FIRST: &str = "en";
const OTHERS: [&str; 1] = ["es"];

/// Sentences by their full keys, such as `look.heading`.
type Sentences = BTreeMap<String, String>;

/// For each key its place among all, and the names of its values in the order of the alphabet.
type Keys = BTreeMap<String, (usize, Vec<String>)>;

pub fn write() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let first = read(FIRST)?;
    let mut sentences = Sentences::new();
    flatten(&first, "", &mut sentences);
    let keys = sentences
        .iter()
        .enumerate()
        .map(|(place, (key, sentence))| Ok((key.clone(), (place, values(key, sentence)?))))
        .collect::<Result<Keys, String>>()?;

    let mut code = String::new();
    module(&mut code, &first, "", &keys);
    fs::write(out.join("keys.rs"), code)?;

    fs::write(out.join("en.txt"), text(&keys, &sentences, &sentences)?)?;
    for language in OTHERS {
        let mut own = Sentences::new();
        flatten(&read(language)?, "", &mut own);
        let text = text(&keys, &sentences, &own)?;
        fs::write(out.join(language).with_extension("txt"), text)?;
    }
    Ok(())
}

fn read(language: &str) -> Result<Map<String, Value>, Box<dyn Error>> {
    let path = Path::new("locales").join(language).with_extension("json");
    let file = fs::read_to_string(&path)?;
    serde_json::from_str(&file).map_err(|error| format!("{}: {error}", path.display()).into())
}

fn flatten(section: &Map<String, Value>, above: &str, all: &mut Sentences) {
    for (key, value) in section {
        let key = format!("{above}{key}");
        match value {
            Value::Object(section) => flatten(section, &format!("{key}."), all),
            Value::String(sentence) => {
                all.insert(key, sentence.clone());
            }
            _ => {}
        }
    }
}

/// A type for each key, in modules as the file has sections.
fn module(code: &mut String, section: &Map<String, Value>, above: &str, keys: &Keys) {
    for (key, value) in section {
        let full = format!("{above}{key}");
        if let Value::Object(section) = value {
            let _ = writeln!(code, "pub mod {key} {{");
            module(code, section, &format!("{full}."), keys);
            code.push_str("}\n");
            continue;
        }
        let Some((place, values)) = keys.get(&full) else {
            continue;
        };
        let life = if values.is_empty() { "" } else { "<'a>" };
        let elided = if values.is_empty() { "" } else { "<'_>" };
        let field = |value: &String| format!("pub {value}: &'a dyn crate::sentence::Value,");
        let fields: String = values.iter().map(field).collect();
        let own = |value: &String| format!("self.{value},");
        let own: String = values.iter().map(own).collect();
        let _ = writeln!(
            code,
            "pub struct {key}{life} {{ {fields} }} // {full}\n\
             impl {key}{elided} {{\n\
             pub fn say(self, language: crate::language::Language) -> String {{\n\
             crate::catalogue::said(language, {place}, &[{own}])\n}}\n}}",
        );
    }
}

fn values(key: &str, sentence: &str) -> Result<Vec<String>, String> {
    let mut names: Vec<String> = holes(key, sentence)?
        .into_iter()
        .filter_map(|(_, parts)| Some((*parts.first()?).to_owned()))
        .collect();
    names.sort();
    names.dedup();
    Ok(names)
}

/// Words, and what stands in double braces after them, divided at its bars; nothing after the last words.
fn holes<'a>(key: &str, sentence: &'a str) -> Result<Vec<(&'a str, Vec<&'a str>)>, String> {
    let mut holes = Vec::new();
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once("{{") {
        let (hole, after) = after
            .split_once("}}")
            .ok_or(format!("{key}: a brace is not closed"))?;
        let parts: Vec<&str> = hole.split('|').map(str::trim).collect();
        if !matches!(parts.len(), 1 | 3) {
            return Err(format!(
                "{key}: {{{{{hole}}}}} is neither a value nor a plural"
            ));
        }
        holes.push((before, parts));
        rest = after;
    }
    holes.push((rest, Vec::new()));
    Ok(holes)
}

/// All sentences of a language, written as `sentence.rs` of the page reads them.
fn text(keys: &Keys, first: &Sentences, own: &Sentences) -> Result<String, String> {
    let mut texts = Vec::new();
    for (key, (_, values)) in keys {
        let sentence = own.get(key).unwrap_or(&first[key]);
        let mut text = String::new();
        for (before, parts) in holes(key, sentence)? {
            text.push_str(before);
            let Some(name) = parts.first() else { continue };
            let place = values
                .iter()
                .position(|value| value == name)
                .ok_or(format!("{key}: there is no value {name}"))?;
            let letter = char::from(b'A' + u8::try_from(place).map_err(|e| e.to_string())?);
            match parts[..] {
                [_, one, other] => {
                    let _ = write!(text, "\u{2}{letter}{one}\u{3}{other}\u{4}");
                }
                _ => text.extend(['\u{1}', letter]),
            }
        }
        texts.push(text);
    }
    Ok(texts.join("\0"))
}
