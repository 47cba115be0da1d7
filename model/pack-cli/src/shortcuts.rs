//! What besides anatomy tells the classes apart, in sentences for the terminal.

use imaging::{
    dataset::Dataset,
    shortcuts::{Rule, Search, Shortcut, Value, search, search_over_films},
};
use metrics::patients::OverPatients;

pub fn print(data: &Dataset) {
    let summary = data.summary(false);
    let found = search(&summary);
    let unit = match found.patients {
        Some(patients) => format!("{patients} patients"),
        None => "the images".to_owned(),
    };
    if found.shortcuts.is_empty() {
        println!("besides anatomy: over {unit}, nothing tells the classes apart beyond chance");
    } else {
        println!("besides anatomy: over {unit}, these tell the classes apart by themselves");
        list(&found, &data.classes);
    }
    if found.patients.is_none() || !found.shortcuts.is_empty() {
        return;
    }
    let found = search_over_films(&summary);
    if !found.shortcuts.is_empty() {
        println!("in these images, where it may be the patients that differ:");
        list(&found, &data.classes);
    }
}

fn list(found: &Search, classes: &[String]) {
    for shortcut in &found.shortcuts {
        println!("  {}", line(shortcut, classes));
    }
    let majority = 100.0 * found.majority;
    println!("  {majority:.1} %  always the largest class");
}

fn line(shortcut: &Shortcut, classes: &[String]) -> String {
    let share = 100.0 * shortcut.accuracy.share();
    let (low, high, unit) = match shortcut.over_patients {
        Some(OverPatients::Interval { interval, .. }) => (interval.low, interval.high, "patients"),
        _ => (shortcut.accuracy.low, shortcut.accuracy.high, "images"),
    };
    let (low, high) = (100.0 * low, 100.0 * high);
    let rule = rule(&shortcut.rule, classes);
    let fact = shortcut.fact;
    format!("{share:.1} % (over {unit} {low:.1} to {high:.1})  {fact:?}: {rule}")
}

fn rule(rule: &Rule, classes: &[String]) -> String {
    let class = |class: usize| classes.get(class).map_or("?", String::as_str);
    match rule {
        Rule::Is {
            value,
            class: own,
            others,
        } => {
            format!(
                "{} is {}, all else {}",
                text(value),
                class(*own),
                class(*others)
            )
        }
        Rule::ByValue {
            classes: values,
            others,
        } => {
            let values = values
                .iter()
                .map(|(value, own)| format!("{} is {}", text(value), class(*own)));
            let values: Vec<String> = values.collect();
            format!("{}, all else {}", values.join(", "), class(*others))
        }
        Rule::Above {
            threshold,
            above,
            below,
            ..
        } => {
            format!(
                "above {threshold:.4} {}, else {}",
                class(*above),
                class(*below)
            )
        }
        Rule::Bands {
            thresholds,
            classes: bands,
            ..
        } => {
            let bands = bands.iter().map(|&band| class(band));
            let mut text = bands.clone().next().unwrap_or_default().to_owned();
            for (threshold, band) in thresholds.iter().zip(bands.skip(1)) {
                text += &format!(", above {threshold:.4} {band}");
            }
            text
        }
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Size { width, height } => format!("{width} x {height}"),
        Value::Number(number) => format!("{number}"),
        Value::Text(text) => text.clone(),
        Value::Format(format) => format!("{format:?}"),
        Value::Channels(channels) => format!("{channels:?}"),
        Value::NotStated => "not stated".to_owned(),
    }
}
