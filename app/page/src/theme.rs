//! Dark or light: as the system says, unless the visitor chose.

use gloo_events::EventListener;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{say, storage};
use crate::i18n::use_i18n;

const KEY: &str = "firstread.theme";

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Theme {
    Dark,
    Light,
}

impl Theme {
    fn of(light: bool) -> Self {
        if light { Self::Light } else { Self::Dark }
    }

    fn other(self) -> Self {
        match self {
            Self::Dark => Self::Light,
            Self::Light => Self::Dark,
        }
    }

    /// What the style sheet calls it.
    fn name(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
        }
    }
}

/// What the system asks for, now and whenever that changes.
fn preferred() -> RwSignal<Theme> {
    let query = window().match_media("(prefers-color-scheme: light)");
    let Ok(Some(query)) = query else {
        return RwSignal::new(Theme::Dark);
    };
    let theme = RwSignal::new(Theme::of(query.matches()));
    let asked = query.clone();
    EventListener::new(&query, "change", move |_| {
        theme.set(Theme::of(asked.matches()))
    })
    .forget();
    theme
}

#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let i18n = use_i18n();
    let chosen = RwSignal::new(storage::kept::<Theme>(KEY));
    let preferred = preferred();
    let shown = move || chosen.get().unwrap_or_else(|| preferred.get());
    Effect::new(move |_| {
        if let Some(theme) = chosen.get() {
            let root = document().document_element();
            let set = root.map(|root| root.set_attribute("data-theme", theme.name()));
            // Where storage is forbidden, the choice lasts until the page is closed.
            if set.is_some_and(|set| set.is_ok()) {
                storage::keep(KEY, theme);
            }
        }
    });
    let label = move || match shown().other() {
        Theme::Dark => say!(i18n, bar.theme_dark),
        Theme::Light => say!(i18n, bar.theme_light),
    };
    view! {
        <button
            type="button"
            class="quiet"
            data-testid="theme"
            on:click=move |_| chosen.set(Some(shown().other()))
        >
            {label}
        </button>
    }
}
