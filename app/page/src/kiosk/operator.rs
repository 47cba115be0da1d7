//! The operator's page: how the kiosk fares, and the only way out of it.

use leptos::prelude::*;

use super::{KioskContext, browser, button, head, i18n};
use crate::{bridge, clock, i18n::I18n, plot::save, say, tr, words};
use ui_core::kiosk::{machine::Happening, settings::Origin};

fn counter(i18n: I18n, name: &str) -> String {
    match name {
        "visits" => say!(i18n, kiosk.operator.visits),
        "trainings" => say!(i18n, kiosk.operator.trainings),
        "answers" => say!(i18n, kiosk.operator.answers),
        "resets" => say!(i18n, kiosk.operator.resets),
        _ => say!(i18n, kiosk.operator.recoveries),
    }
}

#[component]
pub fn Operator() -> impl IntoView {
    let i18n = i18n();
    let kiosk = expect_context::<KioskContext>();
    let counts = move || {
        let row = |counted| count_row(i18n, counted);
        kiosk
            .counters
            .with(|counters| counters.all().map(row).collect_view())
    };
    let in_use = move || serde_json::to_string_pretty(&kiosk.set()).unwrap_or_default();
    let csv = move || save_csv(kiosk);
    let json = move || save_json(i18n, kiosk);
    view! {
        <section class="kiosk-screen kiosk-operator" data-testid="kiosk-operator">
            {head(tr!(i18n, kiosk.operator.heading), Signal::derive(move || since(i18n, kiosk)))}
            <dl class="kiosk-counts">{counts}</dl>
            <div class="kiosk-row">
                {button("kiosk-csv", "kiosk-button", tr!(i18n, kiosk.operator.csv), csv)}
                {button("kiosk-json", "kiosk-button", tr!(i18n, kiosk.operator.json), json)}
                {button("kiosk-zero", "kiosk-button", tr!(i18n, kiosk.operator.zero), move || kiosk.reset_counters())}
            </div>
            {facts(i18n, kiosk)}
            <pre class="kiosk-settings" translate="no" data-testid="kiosk-settings" tabindex="0" role="region" aria-label=tr!(i18n, kiosk.operator.settings)>{in_use}</pre>
            <div class="kiosk-next">
                {button("kiosk-engine", "kiosk-button", tr!(i18n, kiosk.operator.engine), move || {
                    kiosk.on(Happening::Trouble);
                    kiosk.workbench.restart_engine();
                })}
                {button("kiosk-exit", "kiosk-button", tr!(i18n, kiosk.operator.exit), browser::leave)}
                {button("kiosk-back", "primary kiosk-huge", tr!(i18n, kiosk.pin.back), move || kiosk.on(Happening::OperatorLeft))}
            </div>
        </section>
    }
}

fn count_row(i18n: I18n, (name, number): (&'static str, u32)) -> AnyView {
    view! {
        <div>
            <dt>{counter(i18n, name)}</dt>
            <dd data-testid=format!("kiosk-count-{name}")>{number}</dd>
        </div>
    }
    .into_any()
}

fn since(i18n: I18n, kiosk: KioskContext) -> String {
    let since = kiosk
        .counters
        .with(|counters| js_sys::Date::new(&(&counters.since).into()));
    let options = wasm_bindgen::JsValue::UNDEFINED;
    let since: String = since
        .to_locale_string(i18n.language().tag(), &options)
        .into();
    say!(i18n, kiosk.operator.since, since = since)
}

/// The device, the version and where the settings come from.
fn facts(i18n: I18n, kiosk: KioskContext) -> AnyView {
    let workbench = kiosk.workbench;
    let why = move || {
        workbench
            .state
            .with(|state| words::device_reason(i18n, &state.engine))
    };
    view! {
        <dl class="kiosk-facts">
            <div>
                <dt>{tr!(i18n, bar.device_heading)}</dt>
                <dd data-testid="kiosk-device">{move || device(i18n, kiosk)} ". " {why}</dd>
            </div>
            <div>
                <dt>{tr!(i18n, kiosk.operator.version)}</dt>
                <dd data-testid="kiosk-version">{bridge::build()}</dd>
            </div>
            <div>
                <dt>{tr!(i18n, kiosk.operator.settings)}</dt>
                <dd data-testid="kiosk-origin">{move || origin(i18n, kiosk)}</dd>
            </div>
        </dl>
    }
    .into_any()
}

fn device(i18n: I18n, kiosk: KioskContext) -> String {
    let state = kiosk.workbench.state;
    state.with(|state| words::device(i18n, &state.engine))
}

fn origin(i18n: I18n, kiosk: KioskContext) -> String {
    let read = kiosk.settings.get();
    match read.as_ref().map(|read| &read.1) {
        Some(Origin::File) => say!(i18n, kiosk.operator.from_file),
        Some(Origin::NoFile) | None => say!(i18n, kiosk.operator.no_file),
        Some(Origin::Wrong(detail)) => {
            say!(i18n, kiosk.operator.wrong_file, detail = detail.clone())
        }
    }
}

fn save_csv(kiosk: KioskContext) {
    let file = kiosk
        .counters
        .with_untracked(|counters| counters.csv(&clock::date_iso()));
    save::save("firstread-kiosk.csv", "text/csv", &file);
}

fn save_json(i18n: I18n, kiosk: KioskContext) {
    let file = kiosk.counters.with_untracked(|counters| {
        serde_json::json!({
            "counters": counters,
            "until": clock::date_iso(),
            "version": bridge::build(),
            "device": untrack(|| device(i18n, kiosk)),
        })
    });
    save::save(
        "firstread-kiosk.json",
        "application/json",
        &format!("{file:#}\n"),
    );
}
