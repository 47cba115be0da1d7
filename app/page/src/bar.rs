//! The bar above: name, what computes, language, theme, about.

use leptos::prelude::*;

use super::{
    about::About, bridge, dialog::Dialog, language::LanguageSwitch, lesson::switch::WaySwitch,
    origin::place, privacy::Privacy, say, theme::ThemeSwitch, this_computer, tr, words,
    workbench::Workbench,
};
use crate::i18n::use_i18n;
use ui_core::{origin::PageOrigin, state::EngineState};

#[component]
pub fn Bar() -> impl IntoView {
    let i18n = use_i18n();
    let about = RwSignal::new(false);
    view! {
        <header class="bar">
            <p class="brand">{tr!(i18n, name)}</p>
            <WaySwitch />
            <Privacy />
            <DeviceBadge />
            <super::overlay::Ways />
            <LanguageSwitch />
            <ThemeSwitch />
            <button type="button" class="quiet" data-testid="about" on:click=move |_| about.set(true)>
                {tr!(i18n, bar.about)}
            </button>
            <About open=about />
        </header>
    }
}

#[component]
fn DeviceBadge() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let engine = Memo::new(move |_| workbench.state.with(|state| state.engine.clone()));
    let open = RwSignal::new(false);
    // Nothing on the page can go on: what to do is said without being asked.
    Effect::new(move |_| {
        if engine.with(|engine| *engine == EngineState::WrongBuild) {
            open.set(true);
        }
    });
    let given_up = move || matches!(engine.get(), EngineState::GivenUp { .. });
    let name = move || engine.with(|engine| words::device(i18n, engine));
    let label = move || say!(i18n, bar.device_label, device = name());
    view! {
        <button
            type="button"
            class="device"
            class:device-wrong=move || {
                matches!(engine.get(), EngineState::GivenUp { .. } | EngineState::WrongBuild)
            }
            data-testid="device-badge"
            aria-label=label
            on:click=move |_| open.set(true)
        >
            {name}
        </button>
        <Dialog
            id="device"
            open
            close=move |()| open.set(false)
            heading=tr!(i18n, bar.device_heading)
        >
            <p class="device-name">{name}</p>
            <p>{move || engine.with(|engine| words::device_reason(i18n, engine))}</p>
            <Show when=move || engine.with(EngineState::is_on_cpu)>
                <p data-testid="arithmetic">{words::arithmetic(i18n, &bridge::arithmetic())}</p>
            </Show>
            <Show when=|| place() == PageOrigin::PlainHttp>
                <p data-testid="plain-http">{tr!(i18n, dist.plain_http)}</p>
            </Show>
            <Show when=given_up>
                <button type="button" class="primary" on:click=move |_| workbench.restart_engine()>
                    {tr!(i18n, device.start_again)}
                </button>
            </Show>
            <Show when=move || engine.with(|engine| matches!(engine, EngineState::Working(_)))>
                {this_computer::section()}
            </Show>
        </Dialog>
    }
}
