//! The kinds of setting: a number, a switch, a choice; each with a line that explains it.

use std::{fmt::Display, ops::RangeInclusive, str::FromStr};

use imaging::settings::limits::nearest;
use leptos::prelude::*;

/// A number; what is out of range or no number is put right when the field is left.
#[component]
pub fn NumberField<T>(
    name: &'static str,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] help: Signal<String>,
    #[prop(into)] value: Signal<T>,
    #[prop(into)] set: Callback<T>,
    range: RangeInclusive<T>,
    step: &'static str,
) -> impl IntoView
where
    T: Copy + PartialOrd + Display + FromStr + Send + Sync + 'static,
{
    let (least, most) = (range.start().to_string(), range.end().to_string());
    let input = NodeRef::<leptos::html::Input>::new();
    let change = move |event| {
        let typed = event_target_value(&event).parse::<T>().ok();
        if let Some(number) = typed.and_then(|typed| nearest(typed, &range)) {
            set.run(number);
        }
        if let Some(input) = input.get_untracked() {
            input.set_value(&value.get_untracked().to_string());
        }
    };
    let help_id = format!("{name}-help");
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <input
                node_ref=input
                id=name
                type="number"
                data-testid=format!("setting-{name}")
                aria-describedby=help_id.clone()
                min=least
                max=most
                step=step
                prop:value=move || value.get().to_string()
                on:change=change
            />
            <p class="hint" id=help_id>{help}</p>
        </div>
    }
}

#[component]
pub fn SwitchField(
    name: &'static str,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] help: Signal<String>,
    #[prop(into)] value: Signal<bool>,
    #[prop(into)] set: Callback<bool>,
) -> impl IntoView {
    let help_id = format!("{name}-help");
    view! {
        <div class="field field-switch">
            <input
                id=name
                type="checkbox"
                data-testid=format!("setting-{name}")
                aria-describedby=help_id.clone()
                prop:checked=value
                on:change=move |event| set.run(event_target_checked(&event))
            />
            <label for=name>{label}</label>
            <p class="hint" id=help_id>{help}</p>
        </div>
    }
}

/// A switch whose words say all; `test_id` is its place for tests.
pub fn tick(
    test_id: &'static str,
    words: Signal<String>,
    on: Signal<bool>,
    set: impl Fn(bool) + 'static,
) -> AnyView {
    view! {
        <label class="field field-switch">
            <input
                type="checkbox"
                data-testid=test_id
                prop:checked=on
                on:change=move |event| set(event_target_checked(&event))
            />
            <span>{words}</span>
        </label>
    }
    .into_any()
}

/// One of a few; `choices` are their labels, and whether each is possible with these films.
#[component]
pub fn ChoiceField(
    name: &'static str,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] help: Signal<String>,
    #[prop(into)] choices: Signal<Vec<(String, bool)>>,
    #[prop(into)] value: Signal<usize>,
    #[prop(into)] set: Callback<usize>,
) -> impl IntoView {
    let help_id = format!("{name}-help");
    let option = move |(place, (label, possible)): (usize, (String, bool))| {
        view! {
            <option
                value=place.to_string()
                disabled=!possible
                selected=move || value.get() == place
            >
                {label}
            </option>
        }
    };
    let choose = move |event| {
        if let Ok(place) = event_target_value(&event).parse() {
            set.run(place);
        }
    };
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <select
                id=name
                data-testid=format!("setting-{name}")
                aria-describedby=help_id.clone()
                prop:value=move || value.get().to_string()
                on:change=choose
            >
                {move || choices.get().into_iter().enumerate().map(option).collect_view()}
            </select>
            <p class="hint" id=help_id>{help}</p>
        </div>
    }
}
