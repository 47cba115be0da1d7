//! Says when this browser does not keep what it should, and asks before work is left.

use gloo_events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::StorageEvent;

use super::{
    handout::{ANSWERS, HandoutData},
    kept::Kept,
    lesson::{Guide, Mode},
    overlay::{Over, Shown},
    storage::{self, Keeping},
    test::figures,
    tr,
    workbench::Workbench,
};
use crate::i18n::use_i18n;
use ui_core::{lesson::progress::KEY as LESSON, state::AppState};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Notice {
    Nothing,
    Forbidden,
    Full,
    /// Another tab keeps things in the same place.
    TwoTabs,
    /// What is trained is not kept.
    WorkForbidden,
    WorkFull,
}

#[component]
pub fn KeepingNotice() -> impl IntoView {
    let i18n = use_i18n();
    let guide = expect_context::<Guide>();
    let over = expect_context::<Shown>();
    let keeping = storage::keeping();
    let two_tabs = another_tab(guide, expect_context());
    // In free play there is nothing to keep.
    let at_stake = move || guide.mode.get() != Mode::Free || over.covers();
    let workbench = expect_context::<Workbench>();
    let work = storage::work();
    let made = Memo::new(move |_| workbench.state.with(|state| state.run.is_some()));
    let of_work = Memo::new(move |_| match (made.get(), work.get()) {
        (true, Keeping::Forbidden) => Notice::WorkForbidden,
        (true, Keeping::Full) => Notice::WorkFull,
        _ => Notice::Nothing,
    });
    let notice = Memo::new(move |_| match (at_stake(), keeping.get()) {
        (true, Keeping::Forbidden) => Notice::Forbidden,
        (true, Keeping::Full) => Notice::Full,
        // Facilitators predict and answer nothing.
        (true, Keeping::Kept) if two_tabs.get() && over.get() != Over::Room => Notice::TwoTabs,
        _ => of_work.get(),
    });
    let words = figures::keyed(move || match notice.get() {
        Notice::Nothing => ().into_any(),
        Notice::Forbidden => tr!(i18n, keeping.forbidden).into_any(),
        Notice::Full => tr!(i18n, keeping.full).into_any(),
        Notice::WorkForbidden => tr!(i18n, kept.forbidden).into_any(),
        Notice::WorkFull => tr!(i18n, kept.full).into_any(),
        Notice::TwoTabs => view! {
            {tr!(i18n, keeping.two_tabs)}
            " "
            <button type="button" data-testid="keeping-seen" on:click=move |_| two_tabs.set(false)>
                {tr!(i18n, keeping.seen)}
            </button>
        }
        .into_any(),
    });
    view! {
        <p class="keeping" role="status" data-testid="keeping">{words}</p>
    }
}

/// Whether another tab has kept predictions or answers since that are not those of this one. What only moves on there, as
/// the clock does, is no loss here.
fn another_tab(guide: Guide, answers: HandoutData) -> RwSignal<bool> {
    let heard = RwSignal::new(false);
    EventListener::new(&window(), "storage", move |event| {
        let key = event.dyn_ref::<StorageEvent>().and_then(StorageEvent::key);
        let differs = match key.as_deref() {
            Some(LESSON) => guide.is_overwritten(),
            Some(ANSWERS) => answers.is_overwritten(),
            _ => false,
        };
        if differs {
            heard.set(true);
        }
    })
    .forget();
    heard
}

/// The visitor has agreed to leave what the page holds, and is not asked again.
#[derive(Clone, Copy)]
pub struct Agreed(pub RwSignal<bool>);

/// The browser asks before a tab is closed or reloaded, or left by its Back button, that holds a network or experiments which
/// would not come back.
pub fn ask_before_leaving(workbench: Workbench) {
    let agreed = Agreed(RwSignal::new(false));
    provide_context(agreed);
    let kept = use_context::<Kept>();
    let at_stake = Memo::new(move |_| {
        let stake = workbench.state.with(AppState::at_stake).on_leaving();
        // Sorting comes back after a reload, but not once the tab is closed.
        let safe = !stake.sorted && kept.is_some_and(|kept| kept.is_safe());
        !stake.is_nothing() && !agreed.0.get() && !safe
    });
    Effect::new(move |_| {
        let guard = at_stake.get().then(|| {
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&window(), "beforeunload", options, |event| {
                event.prevent_default();
            })
        });
        // The listener lasts as long as what it guards.
        StoredValue::new_local(guard);
    });
}
