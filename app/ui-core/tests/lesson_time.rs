//! That `docs/lesson.md` is true: how long the words of each step take to read, beside the minutes planned for it.

use std::fmt::Write as _;

use serde_json::Value;
use text::language::Language;
use ui_core::lesson::{Ask, Break, Lesson, Step};

const WORDS_A_MINUTE: f64 = 200.0;

/// A name, a score with its interval, a number: as a value of a sentence is read.
const WORDS_OF_A_VALUE: usize = 2;

/// What the column says around every prediction and its verdict.
const AROUND: [&str; 6] = [
    "first_predict",
    "said",
    "said_before",
    "press",
    "held_share",
    "missed_choice",
];

/// Seconds that a computer without a GPU takes, in the browser. `docs/lesson.md` says which were measured, and where.
fn wait(step: Step) -> u32 {
    match step {
        Step::Train => 18,
        Step::Look => 5,
        Step::Compare => 11,
        Step::Test | Step::Break(Break::Odd) => 1,
        Step::Break(Break::Marker) => 10,
        Step::Break(Break::Hospital) => 22,
        Step::Break(Break::Leak) => 4,
        Step::Break(Break::Mirrored) => 12,
        Step::Where => 20,
        Step::Start | Step::TakeAway | Step::LookBack => 0,
    }
}

/// The sentences that every learner has before them, but for those that all steps share. The page chooses among findings; the
/// longest stands for them.
fn own(step: Step) -> (&'static str, &'static [&'static str]) {
    match step {
        Step::Start => ("start", &["lesson.out.arm", "lesson.out.device"]),
        Step::Train => (
            "train",
            &[
                "lesson.out.train",
                "lesson.out.train_few",
                "lesson.hint.batch_help",
            ],
        ),
        Step::Look => (
            "look",
            &[
                "lesson.answer.pixel",
                "lesson.answer.pixels_2",
                "lesson.answer.pixels_4",
                "lesson.answer.pixels_more",
                "lesson.finding.pixels",
                "lesson.out.cue",
            ],
        ),
        Step::Compare => (
            "compare",
            &[
                "lesson.answer.augmentation",
                "lesson.answer.dropout",
                "lesson.answer.both",
                "lesson.answer.neither",
                "lesson.finding.augmentation",
                "experiment.by_condition",
                "experiment.unclear",
                "experiment.by_condition",
                "experiment.unclear",
                "lesson.hint.few",
            ],
        ),
        Step::Test => (
            "test",
            &[
                "lesson.out.test",
                "lesson.out.test_patients_shared",
                "lesson.out.test_code",
                "lesson.hint.threshold",
            ],
        ),
        Step::Break(Break::Marker) => ("marker", &["lesson.finding.marker", "lesson.out.marker"]),
        Step::Break(Break::Hospital) => (
            "hospital",
            &[
                "lesson.answer.both_fall",
                "lesson.answer.accuracy_falls",
                "lesson.answer.none_falls",
                "lesson.finding.accuracy_fell",
                "lesson.out.hospital",
                "lesson.hint.changes",
            ],
        ),
        Step::Break(Break::Leak) => ("leak", &["lesson.finding.leak", "lesson.out.leak"]),
        Step::Break(Break::Odd) => (
            "odd",
            &[
                "lesson.answer.unsure",
                "lesson.answer.fairly_sure",
                "lesson.answer.very_sure",
                "lesson.out.odd",
                "lesson.out.odd_note",
                "lesson.hint.rule",
            ],
        ),
        Step::Break(Break::Mirrored) => (
            "mirrored",
            &[
                "lesson.answer.better",
                "lesson.answer.no_change",
                "lesson.answer.worse",
                "lesson.finding.flips",
                "lesson.out.mirrored",
                "lesson.hint.mirror",
            ],
        ),
        Step::Where => (
            "heat",
            &[
                "lesson.answer.none",
                "lesson.answer.some",
                "lesson.answer.all",
                "lesson.finding.maps",
                "lesson.out.alike_note",
                "lesson.hint.erase",
            ],
        ),
        Step::TakeAway => (
            "take_away",
            &[
                "lesson.review.total",
                "lesson.second.what",
                "takeaway.lead",
                "takeaway.q1",
                "takeaway.q2",
                "takeaway.q3",
                "takeaway.q4",
                "takeaway.q5",
            ],
        ),
        Step::LookBack => ("look_back", &["lesson.review.total"]),
    }
}

fn locale(language: Language) -> Value {
    let path = format!(
        "{}/../text/locales/{}.json",
        env!("CARGO_MANIFEST_DIR"),
        language.tag()
    );
    let file = std::fs::read_to_string(&path).expect(&path);
    serde_json::from_str(&file).expect(&path)
}

/// Words of a sentence, or of all sentences of a section; none where it is not there.
fn words_at(locale: &Value, key: &str) -> usize {
    let pointer = format!("/{}", key.replace('.', "/"));
    locale.pointer(&pointer).map_or(0, words)
}

fn words(value: &Value) -> usize {
    match value {
        Value::String(sentence) => words_of(sentence),
        Value::Object(section) => section.values().map(words).sum(),
        _ => 0,
    }
}

fn words_of(sentence: &str) -> usize {
    let pieces = sentence.split("{{").enumerate();
    let counted = pieces.map(|(n, piece)| match piece.split_once("}}") {
        Some((hole, after)) if n > 0 => {
            let noun = hole.contains('|');
            let value = if noun { 1 } else { WORDS_OF_A_VALUE };
            value
                + after
                    .split_whitespace()
                    .filter(|word| is_word(word))
                    .count()
        }
        _ => piece
            .split_whitespace()
            .filter(|word| is_word(word))
            .count(),
    });
    counted.sum()
}

fn is_word(word: &str) -> bool {
    word.chars().any(char::is_alphanumeric)
}

fn words_in(step: Step, language: Language) -> usize {
    let locale = locale(language);
    let (key, own) = own(step);
    let mut all = 0;
    for part in ["step", "objective", "question"] {
        all += words_at(&locale, &format!("lesson.{part}.{key}"));
    }
    let discussion = match step {
        Step::LookBack => "take_away",
        _ => key,
    };
    let discussed = words_at(&locale, &format!("lesson.discussion.{discussion}"));
    assert!(discussed > 0, "{step:?}");
    all += discussed;
    if Ask::of(step).is_some() {
        all += AROUND
            .map(|around| words_at(&locale, &format!("lesson.{around}")))
            .iter()
            .sum::<usize>();
    }
    if step.reviews() {
        let asked = step.lesson().steps().filter(|own| Ask::of(*own).is_some());
        for row in asked {
            let name = format!("lesson.step.{}", self::own(row).0);
            let labels = words_at(&locale, "lesson.review.said")
                + words_at(&locale, "lesson.review.came")
                + words_at(&locale, "lesson.review.missed");
            all += words_at(&locale, &name) + labels + 2 * WORDS_OF_A_VALUE;
        }
    }
    for sentence in own {
        let n = words_at(&locale, sentence);
        assert!(n > 0, "{step:?}: no sentence {sentence}");
        all += n;
    }
    all
}

/// Minutes for the words of the language that takes longer.
fn reading(step: Step) -> f64 {
    let words = Language::ALL.map(|language| words_in(step, language));
    words.into_iter().max().unwrap_or_default() as f64 / WORDS_A_MINUTE
}

fn table(lesson: Lesson) -> String {
    let english = locale(Language::English);
    let mut table = String::from(
        "| | step | planned, min | words, English | words, Spanish | reading, min | waiting, s | left, min |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    let (mut all_words, mut all_reading, mut all_waits) = ([0; 2], 0.0, 0);
    let left = |planned: u32, reading: f64, wait: u32| {
        f64::from(planned) - reading - f64::from(wait) / 60.0
    };
    for step in lesson.steps() {
        let words = Language::ALL.map(|language| words_in(step, language));
        let (from, to) = step.minutes();
        let (reading, wait) = (reading(step), wait(step));
        let name = english
            .pointer(&format!("/lesson/step/{}", own(step).0))
            .and_then(Value::as_str)
            .expect("every step has a name");
        writeln!(
            table,
            "| {} | {name} | {} | {} | {} | {reading:.1} | {wait} | {:.1} |",
            step.number(),
            to - from,
            words[0],
            words[1],
            left(to - from, reading, wait),
        )
        .expect("a string takes everything");
        for (sum, own) in all_words.iter_mut().zip(words) {
            *sum += own;
        }
        all_reading += reading;
        all_waits += wait;
    }
    writeln!(
        table,
        "| | all | {} | {} | {} | {all_reading:.1} | {all_waits} | {:.1} |",
        lesson.minutes(),
        all_words[0],
        all_words[1],
        left(lesson.minutes(), all_reading, all_waits),
    )
    .expect("a string takes everything");
    table
}

#[test]
fn the_table_of_minutes_is_true() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/lesson.md");
    let document = std::fs::read_to_string(path).expect("docs/lesson.md");
    for lesson in Lesson::ALL {
        let table = table(lesson);
        assert!(
            document.contains(&table),
            "docs/lesson.md should have, of {lesson:?}:\n\n{table}"
        );
    }
}

#[test]
fn reading_and_waiting_leave_at_least_half_of_each_step() {
    for step in Step::all() {
        let (from, to) = step.minutes();
        let needed = reading(step) + f64::from(wait(step)) / 60.0;
        let half = f64::from(to - from) / 2.0;
        assert!(needed <= half, "{step:?}: {needed:.1} of {half} minutes");
    }
}

#[test]
fn values_count_as_words_and_signs_do_not() {
    assert_eq!(words_of("{{ n }} of {{ n | image | images }}: 95 %."), 5);
    assert_eq!(words_of("Look."), 1);
}
