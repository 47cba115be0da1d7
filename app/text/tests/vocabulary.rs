//! That the page speaks of each thing in one term, that of radiology or machine learning, and in US English and
//! the Spanish of Latin America: `docs/glossary.md`.

mod sentences;

use sentences::sentences;
use text::language::Language;

/// Words that no sentence has, and the reason. All are whole words; `" %"` and the like are letters anywhere.
const NOT_IN_ENGLISH: [(&[&str], &str); 22] = [
    (
        &["film", "films"],
        "an image, or a radiograph as a radiologist reads it",
    ),
    (
        &[
            "learnt",
            "spoilt",
            "grey",
            "colour",
            "colours",
            "licence",
            "paediatric",
            "centre",
        ],
        "US spelling",
    ),
    (
        &[
            "recognise",
            "recognised",
            "recognising",
            "optimiser",
            "regularisation",
        ],
        "US spelling",
    ),
    (&[" %"], "no space before % in English"),
    (
        &["95% interval", "95% intervals"],
        "confidence interval: 95% CI, with its unit",
    ),
    (
        &["by lot", "lots decide", "drawn anew"],
        "at random, randomized",
    ),
    (
        &[
            "look at the test",
            "looks at the test",
            "looked at the test",
            "looked at these",
            "each look",
        ],
        "evaluations on the test set",
    ),
    (
        &[
            "without a network",
            "unplug",
            "unplug the network",
            "flight mode",
        ],
        "offline: the network is the neural network",
    ),
    (&["last part", "new layers"], "the classification head"),
    (&["from nothing"], "from scratch"),
    (&["by heart"], "memorized"),
    (&["taken for"], "called; the table is a confusion matrix"),
    (&["right answers"], "accuracy"),
    (&["false alarm", "false alarms"], "false positive"),
    (
        &["surer", "surest", "surety", "sure of it"],
        "confidence, score",
    ),
    (&["holds 0", "hold 0"], "the CI includes 0"),
    (&["luck"], "chance, seed-to-seed variation"),
    (&["other patients"], "unseen patients"),
    (
        &["mirrored", "right way round"],
        "flipped left-right, correctly oriented",
    ),
    (
        &["views", "turned"],
        "augmented copies; rotated. A view is a projection",
    ),
    (
        &["silenced", "silent", "say nothing"],
        "units are dropped; a network abstains",
    ),
    (
        &["cue", "cues", "banner", "what came out"],
        "shortcut; burned-in label; results",
    ),
];

const NOT_IN_SPANISH: [(&[&str], &str); 14] = [
    (
        &["intervalo del 95", "intervalos del 95"],
        "intervalo de confianza: IC del 95 %",
    ),
    (&[" %"], "un espacio de no separación antes de %"),
    (
        &["sorteo", "sortear", "sortean", "suerte"],
        "al azar, aleatorizado",
    ),
    (
        &["sin red", "desconecta la red", "desconecten la red"],
        "sin conexión: la red es la red neuronal",
    ),
    (
        &["ordenador", "coste"],
        "equipo, costo: como se dice en América",
    ),
    (&["al derecho", "en espejo"], "bien orientada, reflejada"),
    (&["última parte"], "la cabeza de clasificación"),
    (&["barajadas", "barajados"], "permutadas al azar"),
    (
        &["mirada", "miradas"],
        "evaluaciones con el conjunto de prueba",
    ),
    (&["falsa alarma", "falsas alarmas"], "falso positivo"),
    (
        &["tomado por", "se tomaron por"],
        "clasificado como; matriz de confusión",
    ),
    (
        &["aciertan menos", "aciertan más"],
        "acierta la red, no las radiografías",
    ),
    (
        &["lo que salió", "de memoria", "bigotes"],
        "resultado; memorizar; barras de error",
    ),
    (
        &["no es una prueba", "no prueba que"],
        "evidencia, demostrar: la prueba es el conjunto de prueba",
    ),
];

/// The sentence in small letters, without the names of its values; the words that follow a number stay.
fn words_of(sentence: &str) -> String {
    let mut words = String::new();
    for (place, piece) in sentence.split("{{").enumerate() {
        match piece.split_once("}}") {
            Some((hole, after)) if place > 0 => {
                let nouns = hole.split_once('|').map_or("", |(_, nouns)| nouns);
                words.extend(["0", nouns, after]);
            }
            _ => words.push_str(piece),
        }
    }
    words.to_lowercase()
}

/// Whether a word or phrase occurs in text of small letters, not only as a part of longer words.
fn occurs(phrase: &str, text: &str) -> bool {
    let ends_word = |letter: Option<char>| !letter.is_some_and(char::is_alphanumeric);
    text.match_indices(phrase).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + phrase.len()..]);
        let loose = phrase.starts_with(' ');
        (loose || ends_word(before.chars().next_back())) && ends_word(after.chars().next())
    })
}

fn found(language: Language, banned: &[(&[&str], &str)]) -> Vec<String> {
    let mut found = Vec::new();
    for (key, sentence) in sentences(language) {
        let text = words_of(&sentence);
        for (words, instead) in banned {
            for word in words.iter().filter(|word| occurs(word, &text)) {
                found.push(format!("{key}: \"{word}\" ({instead}): {sentence}"));
            }
        }
    }
    found
}

#[test]
fn english_sentences_keep_to_the_vocabulary() {
    let found = found(Language::English, &NOT_IN_ENGLISH);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn spanish_sentences_keep_to_the_vocabulary() {
    let found = found(Language::Spanish, &NOT_IN_SPANISH);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn banned_words_are_found_as_words_only() {
    let text = words_of("{{ films }}: Films of {{ n | film | films }}, 95 % right.");
    assert!(occurs("film", &text) && occurs("films", &text) && occurs(" %", &text));
    assert!(!occurs("film", &words_of("{{ film }} and filming")));
    assert!(!occurs("film", &words_of("{{ films }} of {{ film }}")));
    assert!(occurs(" %", &words_of("{{ n }} %")) && !occurs(" %", &words_of("{{ n }}%")));
    assert!(!occurs(" %", "97\u{a0}%"), "a no-break space is none");
}
