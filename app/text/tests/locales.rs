//! That every language says everything, with the same values, and that nothing was left untranslated.

mod sentences;

use std::collections::BTreeSet;

use sentences::sentences;
use text::language::Language;

/// Sentences that are the same in all languages: names, international terms and bare patterns.
const SAME: [&str; 37] = [
    "ask.answer",
    "beyond.changes.area",
    "beyond.changes.area_axis",
    "beyond.map.group",
    "beyond.runs.area",
    "beyond.runs.dropout",
    "beyond.runs.plot_n",
    "beyond.runs.recipe",
    "beyond.runs.setting_values",
    "class.abdomen",
    "class.normal",
    "experiment.condition.dropout",
    "experiment.measure.auc",
    "experiment.measure_name.auc",
    "experiment.panel",
    "experiment.panel_all",
    "lesson.out.odd",
    "lesson.review.share",
    "look.film_label",
    "look.problem",
    "name",
    "offline.megabytes",
    "pack.facts",
    "part.short_testing",
    "question.class_images",
    "question.tuberculosis",
    "report.f1",
    "report.equals",
    "report.likely",
    "report.measured",
    "room.arm.dropout",
    "sketch.up_to",
    "takeaway.was_wrong",
    "test.surety",
    "train.dropout",
    "viewer.bits_stored",
    "viewer.window_named",
];

/// The names in double braces, and whether each is told itself, not only as a noun that goes with it.
fn values(sentence: &str) -> BTreeSet<&str> {
    let holes = sentence.split("{{").skip(1);
    let names = holes.filter_map(|hole| hole.split(['}', '|']).next());
    names.map(str::trim).collect()
}

fn in_both() -> Vec<(String, String, String)> {
    let (english, mut spanish) = (sentences(Language::English), sentences(Language::Spanish));
    let both = english.into_iter();
    both.filter_map(|(key, own)| Some((spanish.remove(&key)?, own, key)))
        .map(|(spanish, english, key)| (key, english, spanish))
        .collect()
}

#[test]
fn each_language_has_every_sentence_and_no_other() {
    let keys = |language| sentences(language).into_keys().collect::<BTreeSet<_>>();
    let (english, spanish) = (keys(Language::English), keys(Language::Spanish));
    let missing: Vec<_> = english.difference(&spanish).collect();
    let left_over: Vec<_> = spanish.difference(&english).collect();
    assert!(missing.is_empty(), "not said in Spanish: {missing:#?}");
    assert!(left_over.is_empty(), "said in Spanish only: {left_over:#?}");
}

#[test]
fn translations_hold_the_same_values() {
    for (key, english, spanish) in in_both() {
        assert_eq!(values(&english), values(&spanish), "{key}");
    }
}

#[test]
fn nothing_is_left_in_english() {
    let alike = in_both().into_iter();
    let alike = alike.filter(|(_, english, spanish)| english == spanish);
    let alike: BTreeSet<String> = alike.map(|(key, ..)| key).collect();
    let allowed: BTreeSet<String> = SAME.map(str::to_owned).into();
    assert_eq!(
        alike, allowed,
        "the same in both languages, against the list"
    );
}

#[test]
fn no_sentence_is_empty_or_badly_written() {
    for language in Language::ALL {
        for (key, sentence) in sentences(language) {
            let tag = language.tag();
            assert_eq!(sentence.trim(), sentence, "{tag} {key}");
            assert!(!sentence.is_empty(), "{tag} {key}");
            assert!(!sentence.contains("  "), "{tag} {key}: two spaces");
            assert!(!sentence.contains('!'), "{tag} {key}: an exclamation mark");
            let opened = sentence.matches('¿').count();
            let closed = sentence.matches('?').count() - sentence.matches("?device").count();
            if language == Language::Spanish {
                assert_eq!(opened, closed, "{key}: question marks");
                let point = sentence.split(' ').any(|word| word.starts_with("0."));
                let version = key.starts_with("about.");
                assert!(version || !point, "{key}: decimals have a comma in Spanish");
            }
        }
    }
}

/// All of the page's code in one string, without spaces, so that a key that is broken over lines is found.
fn code_of_the_page() -> String {
    let mut code = String::new();
    let mut folders = vec![std::path::PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../page/src"
    ))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of the page") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                code += &std::fs::read_to_string(&path).expect("a source file");
            }
        }
    }
    code.retain(|letter| !letter.is_whitespace());
    code.replace("::", ".")
}

/// The compiler cannot tell: to the crate that has them, all keys are in use.
#[test]
fn the_page_uses_every_sentence() {
    let code = code_of_the_page();
    let goes_on = |letter: char| letter.is_alphanumeric() || letter == '_';
    let is_used = |key: &str| {
        code.match_indices(key).any(|(place, _)| {
            !code[..place].ends_with(goes_on) && !code[place + key.len()..].starts_with(goes_on)
        })
    };
    // Where a macro adds the last part of a key.
    let by_macro = |key: &str| {
        key.rsplit_once('.')
            .is_some_and(|(section, _)| is_used(&format!("{section}.$name")))
    };
    let unused: Vec<String> = sentences(Language::English)
        .into_keys()
        .filter(|key| !is_used(key) && !by_macro(key))
        .collect();
    assert!(unused.is_empty(), "no view says {unused:#?}");
    assert!(!is_used("look.no_such_sentence"));
}

#[test]
fn who_is_told_where_a_result_code_is_finds_that_word_in_the_bar() {
    for language in Language::ALL {
        let sentences = sentences(language);
        let button = &sentences["takeaway.open"];
        for key in ["lesson.out.test_code", "room.steps.compare.points"] {
            let sentence = &sentences[key];
            assert!(sentence.contains(button.as_str()), "{key}: {sentence}");
        }
    }
}
