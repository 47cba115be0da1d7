//! The runs of this visit side by side.

pub(crate) mod named;
mod overlay;
mod pairs;
mod table;
mod winners_curse;

use leptos::prelude::*;

use crate::{i18n::use_i18n, test::figures, tr, workbench::Workbench};
use protocol::RunId;
use ui_core::runs::{Row, rows};

/// The table's rows, and which of them are laid over each other.
#[derive(Clone, Copy)]
struct Chosen {
    rows: Memo<Vec<Row>>,
    /// Runs that the visitor took out; all others are shown.
    hidden: RwSignal<Vec<RunId>>,
}

impl Chosen {
    fn shows(self, id: RunId) -> bool {
        self.hidden.with(|hidden| !hidden.contains(&id))
    }

    fn show(self, id: RunId, shown: bool) {
        self.hidden.update(|hidden| {
            hidden.retain(|&other| other != id);
            if !shown {
                hidden.push(id);
            }
        });
    }

    /// Hands over those that are shown.
    fn with<T>(self, use_rows: impl FnOnce(&[&Row]) -> T) -> T {
        self.rows.with(|rows| {
            let shown: Vec<&Row> = rows.iter().filter(|row| self.shows(row.id)).collect();
            use_rows(&shown)
        })
    }
}

#[component]
pub fn Runs() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let chosen = Chosen {
        rows: Memo::new(move |_| workbench.state.with(rows)),
        hidden: RwSignal::new(Vec::new()),
    };
    let any = Memo::new(move |_| chosen.rows.with(|rows| !rows.is_empty()));
    let content = figures::keyed(move || match any.get() {
        true => view! {
            <table::Table chosen />
            <overlay::Overlay chosen />
            <div class="runs-below">
                <pairs::Pairs rows=chosen.rows />
                <winners_curse::Luck rows=chosen.rows />
            </div>
        }
        .into_any(),
        false => view! { <p class="empty">{tr!(i18n, beyond.runs.none)}</p> }.into_any(),
    });
    view! { <div class="runs" data-testid="runs">{content}</div> }
}
