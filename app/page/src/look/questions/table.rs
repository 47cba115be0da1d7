//! A table beside the images: which column is what.

use imaging::pack::{Answers, ClassRule, TableAnswer, TableColumns, TableQuestion};
use leptos::prelude::*;

use super::{
    against_folders,
    rules::{Way, column_name, ways},
};
use crate::{I18n, i18n::use_i18n, say, test::figures::keyed, tr, words, workbench::Workbench};

/// Classes that are listed with their images.
const LISTED: usize = 12;

pub fn table(workbench: Workbench, asked: TableQuestion) -> AnyView {
    let i18n = use_i18n();
    let asked = StoredValue::new(asked);
    let guess = asked.with_value(|asked| asked.guess.clone());
    let offered = Memo::new(move |_| asked.with_value(|asked| ways(i18n, asked)));
    let chosen = RwSignal::new(0_usize);
    let (file, patient, split) = (
        RwSignal::new(Some(guess.file)),
        RwSignal::new(guess.patient),
        RwSignal::new(guess.split),
    );
    let way = Memo::new(move |_| offered.with(|ways| ways.get(chosen.get()).cloned()));
    let accepted = move || {
        let rule = way.get_untracked().map(|way| way.rule);
        let columns = TableColumns {
            file: file.get_untracked().unwrap_or(guess.file),
            classes: rule.unwrap_or(ClassRule::Elsewhere),
            patient: patient.get_untracked(),
            split: split.get_untracked(),
            reader: guess.reader,
        };
        Answers {
            tables: asked
                .with_value(|asked| vec![(asked.table.clone(), TableAnswer::Use(columns))]),
            ..Answers::default()
        }
    };
    let declined = Answers {
        tables: asked.with_value(|asked| vec![(asked.table.clone(), TableAnswer::Ignore)]),
        ..Answers::default()
    };
    let folders = asked.with_value(|asked| asked.folders.clone());
    view! {
        {facts(i18n, asked)}
        <div class="table-columns">
            {class_choice(i18n, offered, chosen)}
            {column_choice(i18n, asked, "table-file", tr!(i18n, question.file), file, false)}
            {column_choice(i18n, asked, "table-patient", tr!(i18n, question.patient), patient, true)}
            {column_choice(i18n, asked, "table-split", tr!(i18n, question.split), split, true)}
        </div>
        {comes_to(i18n, way)}
        {against_folders(i18n, folders)}
        {super::ways(workbench, accepted, declined)}
    }
    .into_any()
}

/// What is known of the table before anybody has confirmed it.
fn facts(i18n: I18n, asked: StoredValue<TableQuestion>) -> AnyView {
    let line = move || {
        asked.with_value(|asked| {
            let mut all = vec![say!(
                i18n,
                question.rows,
                table = asked.table.clone(),
                rows = asked.rows,
                named = asked.named,
                images = words::films(i18n, asked.images)
            )];
            if let Some(layout) = asked.layout {
                all.push(say!(i18n, question.layout, name = layout.name()));
            }
            let more = asked.alike.len();
            if more > 0 {
                all.push(say!(i18n, question.alike, n = more));
            }
            if asked.uneven_rows > 0 {
                all.push(say!(i18n, question.uneven, n = asked.uneven_rows));
            }
            all.join(" ")
        })
    };
    view! { <p data-testid="table-facts">{line}</p> }.into_any()
}

fn class_choice(i18n: I18n, offered: Memo<Vec<Way>>, chosen: RwSignal<usize>) -> AnyView {
    let options = keyed(move || {
        let option = |(place, way): (usize, Way)| {
            view! { <option value=place.to_string()>{way.words}</option> }.into_any()
        };
        let all = offered.get().into_iter().enumerate().map(option);
        all.collect::<Vec<_>>().into_any()
    });
    view! {
        <label class="field">
            <span>{tr!(i18n, question.classes)}</span>
            <select
                data-testid="table-classes"
                on:change=move |event| {
                    if let Ok(place) = event_target_value(&event).parse() {
                        chosen.set(place);
                    }
                }
            >
                {options}
            </select>
        </label>
    }
    .into_any()
}

fn column_choice(
    i18n: I18n,
    asked: StoredValue<TableQuestion>,
    id: &'static str,
    label: Signal<String>,
    column: RwSignal<Option<usize>>,
    optional: bool,
) -> AnyView {
    let first = column.get_untracked();
    let names: Vec<(String, String)> = asked.with_value(|asked| {
        let columns = asked.columns.iter().enumerate();
        let name = |(place, column)| {
            let column: &imaging::pack::TableColumn = column;
            let example = column.examples.first().cloned().unwrap_or_default();
            (column_name(i18n, place, column), example)
        };
        columns.map(name).collect()
    });
    let option = |(place, (name, example)): (usize, (String, String))| {
        let words = match example.is_empty() {
            true => name,
            false => say!(i18n, question.example, column = name, example = example),
        };
        let selected = first == Some(place);
        view! { <option value=place.to_string() selected=selected>{words}</option> }.into_any()
    };
    let options: Vec<AnyView> = untrack(|| names.into_iter().enumerate().map(option).collect());
    let none = optional.then(|| {
        view! {
            <option value="" selected=first.is_none()>
                {say!(i18n, question.none)}
            </option>
        }
    });
    view! {
        <label class="field">
            <span>{label}</span>
            <select
                data-testid=id
                on:change=move |event| column.set(event_target_value(&event).parse().ok())
            >
                {none}
                {options}
            </select>
        </label>
    }
    .into_any()
}

/// The classes that the chosen way makes.
fn comes_to(i18n: I18n, way: Memo<Option<Way>>) -> AnyView {
    let lines = keyed(move || {
        let classes = way.get().map(|way| way.classes).unwrap_or_default();
        let more = classes.len().saturating_sub(LISTED);
        let line = |(class, n): (String, usize)| {
            let images = words::films(i18n, n);
            let words = say!(i18n, question.class_images, class = class, images = images);
            view! { <li>{words}</li> }.into_any()
        };
        let mut all: Vec<AnyView> = classes.into_iter().take(LISTED).map(line).collect();
        if more > 0 {
            all.push(view! { <li>{say!(i18n, question.and_more, n = more)}</li> }.into_any());
        }
        all.into_any()
    });
    view! { <ul class="table-classes" data-testid="table-comes-to">{lines}</ul> }.into_any()
}
