//! The sentences of each step.

use crate::{I18n, say};
use ui_core::lesson::{Answer, Arm, Ask, Break, Lesson, Step};

pub fn name(i18n: I18n, step: Step) -> String {
    match step {
        Step::Start => say!(i18n, lesson.step.start),
        Step::Look => say!(i18n, lesson.step.look),
        Step::Train => say!(i18n, lesson.step.train),
        Step::Compare => say!(i18n, lesson.step.compare),
        Step::Test => say!(i18n, lesson.step.test),
        Step::Break(Break::Marker) => say!(i18n, lesson.step.marker),
        Step::Break(Break::Hospital) => say!(i18n, lesson.step.hospital),
        Step::Break(Break::Leak) => say!(i18n, lesson.step.leak),
        Step::Break(Break::Odd) => say!(i18n, lesson.step.odd),
        Step::Break(Break::Mirrored) => say!(i18n, lesson.step.mirrored),
        Step::Where => say!(i18n, lesson.step.heat),
        Step::TakeAway => say!(i18n, lesson.step.take_away),
        Step::LookBack => say!(i18n, lesson.step.look_back),
    }
}

/// "Step 3 of 8".
pub fn place(i18n: I18n, step: Step) -> String {
    let (number, total) = (step.number(), step.lesson().steps().len());
    match step.lesson() {
        Lesson::First => say!(i18n, lesson.place, number = number, total = total),
        Lesson::Second => say!(i18n, lesson.second.place, number = number, total = total),
    }
}

/// "Step 3 of 8: Look".
pub fn place_and_name(i18n: I18n, step: Step) -> String {
    format!("{}: {}", place(i18n, step), name(i18n, step))
}

/// What the second lesson is.
pub fn second(i18n: I18n) -> String {
    say!(i18n, lesson.second.what, n = Lesson::Second.minutes())
}

pub fn objective(i18n: I18n, step: Step) -> String {
    match step {
        Step::Start => say!(i18n, lesson.objective.start),
        Step::Look => say!(i18n, lesson.objective.look),
        Step::Train => say!(i18n, lesson.objective.train),
        Step::Compare => say!(i18n, lesson.objective.compare),
        Step::Test => say!(i18n, lesson.objective.test),
        Step::Break(Break::Marker) => say!(i18n, lesson.objective.marker),
        Step::Break(Break::Hospital) => say!(i18n, lesson.objective.hospital),
        Step::Break(Break::Leak) => say!(i18n, lesson.objective.leak),
        Step::Break(Break::Odd) => say!(i18n, lesson.objective.odd),
        Step::Break(Break::Mirrored) => say!(i18n, lesson.objective.mirrored),
        Step::Where => say!(i18n, lesson.objective.heat),
        Step::TakeAway => say!(i18n, lesson.objective.take_away),
        Step::LookBack => say!(i18n, lesson.objective.look_back),
    }
}

/// What the step asks; empty where it asks nothing.
pub fn question(i18n: I18n, step: Step) -> String {
    match step {
        Step::Start | Step::TakeAway | Step::LookBack => String::new(),
        Step::Look => say!(i18n, lesson.question.look),
        Step::Train => say!(i18n, lesson.question.train),
        Step::Compare => say!(i18n, lesson.question.compare),
        Step::Test => say!(i18n, lesson.question.test),
        Step::Break(Break::Marker) => say!(i18n, lesson.question.marker),
        Step::Break(Break::Hospital) => say!(i18n, lesson.question.hospital),
        Step::Break(Break::Leak) => say!(i18n, lesson.question.leak),
        Step::Break(Break::Odd) => say!(i18n, lesson.question.odd),
        Step::Break(Break::Mirrored) => say!(i18n, lesson.question.mirrored),
        Step::Where => say!(i18n, lesson.question.heat),
    }
}

/// The answers to choose from, in the order of [`Answer::Choice`].
pub fn choices(i18n: I18n, step: Step) -> Vec<String> {
    match step {
        Step::Look => vec![
            say!(i18n, lesson.answer.pixel),
            say!(i18n, lesson.answer.pixels_2),
            say!(i18n, lesson.answer.pixels_4),
            say!(i18n, lesson.answer.pixels_more),
        ],
        Step::Compare => vec![
            say!(i18n, lesson.answer.augmentation),
            say!(i18n, lesson.answer.dropout),
            say!(i18n, lesson.answer.both),
            say!(i18n, lesson.answer.neither),
        ],
        Step::Break(Break::Hospital) => vec![
            say!(i18n, lesson.answer.both_fall),
            say!(i18n, lesson.answer.accuracy_falls),
            say!(i18n, lesson.answer.none_falls),
        ],
        Step::Break(Break::Odd) => vec![
            say!(i18n, lesson.answer.unsure),
            say!(i18n, lesson.answer.fairly_sure),
            say!(i18n, lesson.answer.very_sure),
        ],
        Step::Break(Break::Mirrored) => vec![
            say!(i18n, lesson.answer.better),
            say!(i18n, lesson.answer.no_change),
            say!(i18n, lesson.answer.worse),
        ],
        Step::Where => vec![
            say!(i18n, lesson.answer.none),
            say!(i18n, lesson.answer.some),
            say!(i18n, lesson.answer.all),
        ],
        Step::Start
        | Step::Train
        | Step::Test
        | Step::Break(Break::Marker | Break::Leak)
        | Step::TakeAway
        | Step::LookBack => Vec::new(),
    }
}

pub fn answer(i18n: I18n, step: Step, answer: Answer) -> String {
    match answer {
        Answer::Choice(chosen) => {
            let mut choices = choices(i18n, step).into_iter();
            choices.nth(chosen).unwrap_or_default()
        }
        Answer::Percent(n) => say!(i18n, lesson.answer.percent, n = n),
        Answer::Declined => say!(i18n, lesson.declined),
    }
}

pub fn discussion(i18n: I18n, step: Step) -> String {
    match step {
        Step::Start => say!(i18n, lesson.discussion.start),
        Step::Look => say!(i18n, lesson.discussion.look),
        Step::Train => say!(i18n, lesson.discussion.train),
        Step::Compare => say!(i18n, lesson.discussion.compare),
        Step::Test => say!(i18n, lesson.discussion.test),
        Step::Break(Break::Marker) => say!(i18n, lesson.discussion.marker),
        Step::Break(Break::Hospital) => say!(i18n, lesson.discussion.hospital),
        Step::Break(Break::Leak) => say!(i18n, lesson.discussion.leak),
        Step::Break(Break::Odd) => say!(i18n, lesson.discussion.odd),
        Step::Break(Break::Mirrored) => say!(i18n, lesson.discussion.mirrored),
        Step::Where => say!(i18n, lesson.discussion.heat),
        Step::TakeAway | Step::LookBack => say!(i18n, lesson.discussion.take_away),
    }
}

pub fn arm(i18n: I18n, arm: Arm) -> String {
    match (arm.augmentation, arm.dropout) {
        (false, false) => say!(i18n, lesson.arm.neither),
        (false, true) => say!(i18n, lesson.arm.dropout),
        (true, false) => say!(i18n, lesson.arm.augmentation),
        (true, true) => say!(i18n, lesson.arm.both),
    }
}

/// Whether the question is answered on a slider.
pub fn on_slider(step: Step) -> bool {
    Ask::of(step) == Some(Ask::Percent)
}
