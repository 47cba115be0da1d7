//! What is behind the door, in sections: tabs, one of which is open.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{
    calibration, classes, figures, map, matrix, mistakes, robustness, runs, score, threshold,
};
use crate::{I18n, i18n::use_i18n, say, tr};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TestSection {
    Scores,
    Threshold,
    Calibration,
    Mistakes,
    Map,
    Changes,
    Runs,
}

impl TestSection {
    const ALL: [Self; 7] = [
        Self::Scores,
        Self::Threshold,
        Self::Calibration,
        Self::Mistakes,
        Self::Map,
        Self::Changes,
        Self::Runs,
    ];

    fn id(self) -> &'static str {
        match self {
            Self::Scores => "scores",
            Self::Threshold => "threshold",
            Self::Calibration => "calibration",
            Self::Mistakes => "mistakes",
            Self::Map => "map",
            Self::Changes => "changes",
            Self::Runs => "runs",
        }
    }

    fn tab_id(self) -> String {
        format!("section-{}", self.id())
    }

    fn panel_id(self) -> String {
        format!("panel-{}", self.id())
    }

    fn name(self, i18n: I18n) -> String {
        match self {
            Self::Scores => say!(i18n, report.section_scores),
            Self::Threshold => say!(i18n, report.section_threshold),
            Self::Calibration => say!(i18n, report.section_calibration),
            Self::Mistakes => say!(i18n, report.section_mistakes),
            Self::Map => say!(i18n, report.section_map),
            Self::Changes => say!(i18n, report.section_changes),
            Self::Runs => say!(i18n, report.section_runs),
        }
    }

    fn content(self) -> AnyView {
        match self {
            Self::Scores => view! {
                <div class="results">
                    <score::Score />
                    <matrix::Matrix />
                    <classes::Classes />
                </div>
            }
            .into_any(),
            Self::Threshold => threshold::Threshold().into_any(),
            Self::Calibration => calibration::Calibration().into_any(),
            Self::Mistakes => mistakes::Mistakes().into_any(),
            Self::Map => map::Map().into_any(),
            Self::Changes => robustness::Changes().into_any(),
            Self::Runs => runs::Runs().into_any(),
        }
    }

    /// Where a key leads from here.
    fn by_key(self, key: &str) -> Option<Self> {
        let here = Self::ALL.iter().position(|&section| section == self)?;
        let last = Self::ALL.len() - 1;
        let place = match key {
            "ArrowRight" => (here + 1) % Self::ALL.len(),
            "ArrowLeft" => here.checked_sub(1).unwrap_or(last),
            "Home" => 0,
            "End" => last,
            _ => return None,
        };
        Self::ALL.get(place).copied()
    }
}

#[component]
pub fn Sections() -> impl IntoView {
    let i18n = use_i18n();
    let open = RwSignal::new(TestSection::Scores);
    let turn = move |event: web_sys::KeyboardEvent| {
        if let Some(next) = open.get_untracked().by_key(&event.key()) {
            event.prevent_default();
            open.set(next);
            let tab = document().get_element_by_id(&next.tab_id());
            if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<web_sys::HtmlElement>().ok()) {
                let _ = tab.focus();
            }
        }
    };
    let tab = move |section: TestSection| {
        let chosen = move || open.get() == section;
        view! {
            <button
                type="button"
                role="tab"
                class="tab"
                id=section.tab_id()
                data-testid=section.tab_id()
                aria-controls=section.panel_id()
                aria-selected=move || chosen().to_string()
                tabindex=move || if chosen() { "0" } else { "-1" }
                on:click=move |_| open.set(section)
            >
                {Signal::derive(move || section.name(i18n))}
            </button>
        }
    };
    // A section is built at its first visit, and then keeps what was set in it.
    let panel = move |section: TestSection| {
        let visited = Memo::new(move |before: Option<&bool>| {
            before.copied().unwrap_or_default() || open.get() == section
        });
        let content = figures::keyed(move || match visited.get() {
            true => section.content(),
            false => ().into_any(),
        });
        view! {
            <div
                role="tabpanel"
                class="section"
                id=section.panel_id()
                data-testid=section.panel_id()
                aria-labelledby=section.tab_id()
                hidden=move || open.get() != section
            >
                {content}
            </div>
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label=tr!(i18n, report.sections) on:keydown=turn>
            {TestSection::ALL.map(tab).collect_view()}
        </div>
        {TestSection::ALL.map(panel).collect_view()}
    }
}
