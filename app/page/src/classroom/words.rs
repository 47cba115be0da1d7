//! Names of arms, kinds of runs and scores, and what to say and expect at each step.

use imaging::task::Task;

use crate::{i18n::I18n, say};
use ui_core::{
    classroom::{
        code::{FilmsOf, Split, Stages, Wrong},
        pool::{Kind, PoolMeasure},
        result::Factor,
    },
    lesson::{Arm, Break, Step},
};

/// One sentence of each step.
macro_rules! by_step {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        pub fn $name(i18n: I18n, step: Step) -> String {
            match step {
                Step::Start => say!(i18n, room.steps.start.$name),
                Step::Look => say!(i18n, room.steps.look.$name),
                Step::Train => say!(i18n, room.steps.train.$name),
                Step::Compare => say!(i18n, room.steps.compare.$name),
                Step::Test => say!(i18n, room.steps.test.$name),
                Step::Break(Break::Marker) => say!(i18n, room.steps.marker.$name),
                Step::Break(Break::Hospital) => say!(i18n, room.steps.hospital.$name),
                Step::Break(Break::Leak) => say!(i18n, room.steps.leak.$name),
                Step::Break(Break::Odd) => say!(i18n, room.steps.odd.$name),
                Step::Break(Break::Mirrored) => say!(i18n, room.steps.mirrored.$name),
                Step::Where => say!(i18n, room.steps.heat.$name),
                Step::TakeAway => say!(i18n, room.steps.take_away.$name),
                Step::LookBack => say!(i18n, room.steps.look_back.$name),
            }
        }
    };
}
by_step!(
    /// What to say.
    points
);
by_step!(
    /// What comes out, on the built-in films.
    expect
);

by_step!(
    /// What can be said to the question that the lesson asks to discuss.
    answers
);

/// What was found at a step on the built-in films, for everyone in the room.
pub fn finding(i18n: I18n, step: Step) -> String {
    match step {
        Step::Start | Step::TakeAway | Step::LookBack => String::new(),
        Step::Look => say!(i18n, room.finding.look),
        Step::Train => say!(i18n, room.finding.train),
        Step::Compare => say!(i18n, room.finding.compare),
        Step::Test => say!(i18n, room.finding.test),
        Step::Break(Break::Marker) => say!(i18n, room.finding.marker),
        Step::Break(Break::Hospital) => say!(i18n, room.finding.hospital),
        Step::Break(Break::Leak) => say!(i18n, room.finding.leak),
        Step::Break(Break::Odd) => say!(i18n, room.finding.odd),
        Step::Break(Break::Mirrored) => say!(i18n, room.finding.mirrored),
        Step::Where => say!(i18n, room.finding.heat),
    }
}

pub fn arm(i18n: I18n, arm: Arm) -> String {
    match (arm.augmentation, arm.dropout) {
        (false, false) => say!(i18n, room.arm.neither),
        (false, true) => say!(i18n, room.arm.dropout),
        (true, false) => say!(i18n, room.arm.augmentation),
        (true, true) => say!(i18n, room.arm.both),
    }
}

pub fn factor(i18n: I18n, factor: Factor) -> String {
    match factor {
        Factor::Augmentation => say!(i18n, room.arm.augmentation),
        Factor::Dropout => say!(i18n, room.arm.dropout),
    }
}

pub fn measure(i18n: I18n, measure: PoolMeasure) -> String {
    match measure {
        PoolMeasure::Validation => say!(i18n, room.measure.validation),
        PoolMeasure::Test => say!(i18n, room.measure.test),
    }
}

pub fn task(i18n: I18n, task: Task) -> String {
    match task {
        Task::Region => say!(i18n, room.task.region),
        Task::Mirrored => say!(i18n, room.task.mirrored),
    }
}

/// Films, question, division and stages of what is compared.
pub fn kind(i18n: I18n, kind: Kind) -> String {
    let parts = match kind {
        Kind::Run {
            task: asked,
            films: of,
            split: by,
            stages: trained,
            usual,
        } => {
            let mut parts = vec![
                films(i18n, of),
                task(i18n, asked),
                split(i18n, by),
                stages(i18n, trained),
            ];
            if !usual {
                parts.push(say!(i18n, room.stages.unusual));
            }
            parts
        }
        Kind::ArmsExperiment {
            task: asked,
            films: of,
            split: by,
        } => vec![
            say!(i18n, room.measure.arms_experiment),
            films(i18n, of),
            task(i18n, asked),
            split(i18n, by),
        ],
    };
    parts.join(", ")
}

fn films(i18n: I18n, films: FilmsOf) -> String {
    match films {
        FilmsOf::BuiltIn => say!(i18n, room.pack.built_in),
        FilmsOf::Paediatric => say!(i18n, room.pack.paediatric),
        FilmsOf::Own(mark) => say!(i18n, room.pack.own, mark = format!("{mark:03x}")),
    }
}

fn split(i18n: I18n, split: Split) -> String {
    match split {
        Split::Image => say!(i18n, train.by_image),
        Split::Patient => say!(i18n, train.by_patient),
        Split::Folder => say!(i18n, train.by_folder),
    }
}

fn stages(i18n: I18n, stages: Stages) -> String {
    match stages {
        Stages::Frozen => say!(i18n, room.stages.frozen),
        Stages::FineTuned => say!(i18n, room.stages.tuned),
        Stages::Scratch => say!(i18n, room.stages.scratch),
    }
}

/// What to do about what is no code.
pub fn wrong(i18n: I18n, why: Wrong) -> String {
    match why {
        Wrong::Cut => say!(i18n, room.wrong.cut),
        Wrong::Letter(letter) => say!(i18n, room.wrong.letter, letter = letter.to_string()),
        Wrong::Mistyped => say!(i18n, room.wrong.mistyped),
        Wrong::Version => say!(i18n, room.wrong.version),
    }
}
