//! The report of the present run, put together from what the page knows.

mod curves;
mod films;

use imaging::split::SplitBy;
use leptos::prelude::*;

use super::{HandoutData, messages, sentences};
use crate::{
    i18n::{I18n, use_i18n},
    origin, say,
    test::runs::named,
    words,
    workbench::Workbench,
};
use ui_core::{
    classroom::{code::Code, picture},
    handout::{
        Answers, Handout, RIGHT, Told, Tried,
        code::link_of,
        document::{Block, Document, Section},
    },
    runs::{Row, Setting, rows},
    state::{AppState, Films, Origin, Run, RunPhase},
};

pub fn document(workbench: Workbench) -> Memo<Document> {
    let i18n = use_i18n();
    let handout = super::handout(workbench);
    let HandoutData(answers) = expect_context();
    let code = super::code(workbench);
    let guide = expect_context();
    Memo::new(move |_| {
        let (code, answers) = (code.get(), answers.get());
        let messages = messages::all(i18n, workbench, guide);
        handout.with(|handout| {
            workbench
                .state
                .with(|state| put_together(i18n, state, handout, answers, code))
                .map(|document| ended_by(i18n, document, messages))
                .unwrap_or_default()
        })
    })
}

fn put_together(
    i18n: I18n,
    state: &AppState,
    handout: &Handout,
    answers: Answers,
    code: Option<Code>,
) -> Option<Document> {
    let run = state.trained()?;
    let films = state.films.as_deref()?;
    let row = rows(state).into_iter().rfind(|row| row.id == run.id)?;
    let mut sections = vec![result(i18n, state, run, &row)];
    if !run.epochs.is_empty() {
        sections.push(curves::section(i18n, run));
    }
    sections.extend(films::matrix(i18n, state, films));
    sections.push(films::section(i18n, run, films));
    sections.push(settings(i18n, &row));
    sections.extend(told(i18n, &handout.told));
    sections.extend(tried(i18n, &handout.tried));
    sections.extend(answered(i18n, answers));
    sections.push(match run.is_from_file() {
        true => from_file(i18n, run),
        false => repeat(i18n, run, films, code),
    });
    let date = js_sys::Date::new_0();
    let options = wasm_bindgen::JsValue::UNDEFINED;
    let date: String = date
        .to_locale_date_string(i18n.language().tag(), &options)
        .into();
    let device = words::device(i18n, &state.engine);
    Some(Document {
        title: say!(i18n, takeaway.title),
        lead: say!(i18n, takeaway.of, date = date, device = device),
        sections,
    })
}

/// What to take home comes last, where a reader stops.
fn ended_by(i18n: I18n, mut document: Document, messages: Vec<(String, String)>) -> Document {
    let text = |(message, found): (String, String)| match found.is_empty() {
        true => Block::Text(message),
        false => {
            let found = say!(i18n, takeaway.message.found, finding = found);
            Block::Text(format!("{message} {found}"))
        }
    };
    document.sections.push(Section {
        heading: say!(i18n, takeaway.message.heading),
        blocks: messages.into_iter().map(text).collect(),
    });
    document
}

fn result(i18n: I18n, state: &AppState, run: &Run, row: &Row) -> Section {
    let [validation, test, area, looks] = named::scores(i18n, row);
    let [name_validation, name_test, name_area, name_looks] = named::scores_of(i18n);
    let mut facts = vec![
        ("validation", name_validation, validation),
        ("test", name_test, test),
        ("auc", name_area, area),
        ("looks", name_looks, looks),
    ];
    if let Some(opened) = state.opened() {
        let scores = &opened.report.scores;
        let mut basis = words::films(i18n, scores.accuracy.n);
        if let Some(n) = scores.patients {
            let patients = words::patients(i18n, n);
            basis = say!(i18n, test.basis, films = basis, patients = patients);
        }
        facts.push(("basis", say!(i18n, takeaway.basis), basis));
    }
    if let RunPhase::Finished { seconds, .. } = run.phase {
        let name = say!(i18n, takeaway.took);
        facts.push(("time", name, words::time_taken(i18n, seconds)));
    }
    let mut intervals = say!(i18n, takeaway.intervals);
    if run.settings.split_by == SplitBy::Image {
        intervals += " ";
        intervals += &say!(i18n, takeaway.intervals_by_image);
    }
    Section {
        heading: say!(i18n, takeaway.result),
        blocks: vec![Block::Facts(facts), Block::Text(intervals)],
    }
}

fn settings(i18n: I18n, row: &Row) -> Section {
    let id = |setting: Setting| match setting {
        Setting::Seed => "seed",
        Setting::Augmentation => "augmentation",
        Setting::Dropout => "dropout",
        _ => "",
    };
    let fact = |setting: Setting| {
        let name = named::setting(i18n, setting);
        (id(setting), name, named::value(i18n, setting, row))
    };
    Section {
        heading: say!(i18n, train.settings),
        blocks: vec![Block::Facts(Setting::ALL.map(fact).to_vec())],
    }
}

fn told(i18n: I18n, told: &[Told]) -> Option<Section> {
    let row = |told: &Told| {
        vec![
            told.question.clone(),
            told.predicted.clone(),
            told.found.clone(),
        ]
    };
    let head = vec![
        say!(i18n, takeaway.question),
        say!(i18n, takeaway.predicted),
        say!(i18n, takeaway.found),
    ];
    (!told.is_empty()).then(|| Section {
        heading: say!(i18n, takeaway.predictions),
        blocks: vec![Block::Table {
            head,
            rows: told.iter().map(row).collect(),
        }],
    })
}

fn tried(i18n: I18n, tried: &[Tried]) -> Option<Section> {
    let row = |own: &Tried| vec![own.name.clone(), own.found.join(" ")];
    let head = vec![say!(i18n, experiment.choice), say!(i18n, takeaway.found)];
    (!tried.is_empty()).then(|| Section {
        heading: say!(i18n, takeaway.experiments),
        blocks: vec![Block::Table {
            head,
            rows: tried.iter().map(row).collect(),
        }],
    })
}

fn answered(i18n: I18n, answers: Answers) -> Option<Section> {
    let rows: Vec<Vec<String>> = (0..RIGHT.len())
        .filter_map(|n| {
            let chosen = answers.chosen(n)?;
            let verdict = match answers.is_right(n) {
                true => say!(i18n, takeaway.was_right),
                false => {
                    let right = sentences::choice(i18n, n, RIGHT[n]);
                    say!(i18n, takeaway.was_wrong, right = right)
                }
            };
            let choice = sentences::choice(i18n, n, chosen);
            Some(vec![sentences::question(i18n, n), choice, verdict])
        })
        .collect();
    let head = vec![
        say!(i18n, takeaway.question),
        say!(i18n, takeaway.answer),
        say!(i18n, takeaway.verdict),
    ];
    (!rows.is_empty()).then(|| Section {
        heading: say!(i18n, takeaway.questions),
        blocks: vec![Block::Table { head, rows }],
    })
}

/// No settings make it again.
fn from_file(i18n: I18n, run: &Run) -> Section {
    let unknown = run.origin != Origin::SameFilms;
    let unknown = unknown.then(|| say!(i18n, import.unknown));
    let told = std::iter::once(say!(i18n, import.report)).chain(unknown);
    let blocks = told.chain(std::iter::once(say!(i18n, about.diagnosis)));
    Section {
        heading: say!(i18n, takeaway.again_heading),
        blocks: blocks.map(Block::Text).collect(),
    }
}

fn repeat(i18n: I18n, run: &Run, films: &Films, code: Option<Code>) -> Section {
    let address = origin::address() + &link_of(&run.settings, films).query();
    let own = films.pack.is_none();
    let mut blocks = vec![
        Block::Text(match own {
            true => say!(i18n, takeaway.repeat_own),
            false => say!(i18n, takeaway.repeat),
        }),
        Block::Link(address),
    ];
    if let Some(code) = code {
        let text = code.text();
        let label = say!(i18n, room.qr.label, text = text);
        let svg = picture::of(&text).map(|picture| picture.svg(&label));
        blocks.push(Block::Text(say!(i18n, takeaway.code_in_report)));
        blocks.push(Block::Code {
            svg: svg.unwrap_or_default(),
            text,
        });
    }
    blocks.push(Block::Text(say!(i18n, about.diagnosis)));
    Section {
        heading: say!(i18n, takeaway.again_heading),
        blocks,
    }
}
