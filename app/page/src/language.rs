//! The language of the page, and the control that changes it.

use leptos::prelude::*;

use super::{say, storage, tr};
use crate::i18n::{I18n, use_i18n};
use text::language::{Language, in_language};

/// Where `boot.js` looks for what was chosen before.
const KEY: &str = "firstread.language";

/// Begins with the language that `boot.js` found to be the visitor's; title and `lang` of the page follow it.
pub fn provide() -> I18n {
    let root = document().document_element();
    let tag = root.as_ref().and_then(|root| root.get_attribute("lang"));
    let language = tag.and_then(|tag| Language::of(&tag));
    let i18n = I18n::new(language.unwrap_or_default());
    provide_context(i18n);
    Effect::new(move |_| {
        document().set_title(&say!(i18n, title));
        if let Some(root) = &root {
            // Where the page may not be changed, there is nothing else to do.
            let _ = root.set_attribute("lang", i18n.language().tag());
        }
    });
    i18n
}

#[component]
pub fn LanguageSwitch() -> impl IntoView {
    let i18n = use_i18n();
    let choose = move |event| {
        if let Some(language) = Language::of(&event_target_value(&event)) {
            i18n.set(language);
            keep(language);
        }
    };
    let option = |language: Language| {
        view! {
            <option
                value=language.tag()
                lang=language.tag()
                selected=move || i18n.language() == language
            >
                {language.own_name()}
            </option>
        }
    };
    view! {
        <select
            class="language"
            data-testid="language"
            aria-label=tr!(i18n, bar.language)
            prop:value=move || i18n.language().tag()
            on:change=choose
        >
            {Language::ALL.map(option).collect_view()}
        </select>
    }
}

/// For the next visit, and for a reload of a link that asks for another language.
fn keep(language: Language) {
    // Where storage is forbidden, the choice lasts until the page is closed.
    storage::keep(KEY, language.tag());
    let address = window().location();
    let query = address.search().unwrap_or_default();
    if let (Some(query), Ok(history)) = (in_language(&query, language), window().history()) {
        let to = query + &address.hash().unwrap_or_default();
        // The entry still leads to where it led.
        let state = history.state().unwrap_or_default();
        let _ = history.replace_state_with_url(&state, "", Some(&to));
    }
}
