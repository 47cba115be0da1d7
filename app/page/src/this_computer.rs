//! How fast this computer is, with a text to pass on to whoever is asked why it is slow.

use leptos::prelude::*;

use super::{classroom::qr::copy, failure::failure, say, tr, words, workbench::Workbench};
use crate::{
    bridge,
    i18n::{I18n, use_i18n},
};
use protocol::Speed;
use ui_core::state::{EngineState, Progress, Run, SpeedMeasurement, rate};

pub fn section() -> AnyView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let measured = Memo::new(move |_| workbench.state.with(|state| state.speed.clone()));
    let trains = Memo::new(move |_| {
        workbench
            .state
            .with(|state| state.run.as_ref().is_some_and(Run::is_active))
    });
    let label = move || match measured.get() {
        SpeedMeasurement::NotYet | SpeedMeasurement::Asked(_) => say!(i18n, speed.measure),
        SpeedMeasurement::Done(_) | SpeedMeasurement::Failed(_) => say!(i18n, speed.again),
    };
    view! {
        <section class="speed" aria-label=tr!(i18n, speed.heading)>
            <h3>{tr!(i18n, speed.heading)}</h3>
            <p>{tr!(i18n, speed.lead)}</p>
            <button
                type="button"
                data-testid="measure-speed"
                disabled=move || measured.with(SpeedMeasurement::is_active)
                on:click=move |_| workbench.measure_speed()
            >
                {label}
            </button>
            <Show when=move || measured.with(SpeedMeasurement::is_active) && trains.get()>
                <p class="hint">{tr!(i18n, speed.waits)}</p>
            </Show>
            {move || match measured.get() {
                SpeedMeasurement::Asked(progress) => under_way(i18n, progress),
                _ => ().into_any(),
            }}
            <div role="status">
                {move || match measured.get() {
                    SpeedMeasurement::NotYet | SpeedMeasurement::Asked(_) => ().into_any(),
                    SpeedMeasurement::Done(speed) => rows(workbench, &speed),
                    SpeedMeasurement::Failed(why) => {
                        let why = failure(i18n, &why);
                        view! { <p>{tr!(i18n, speed.failed)} " " {why}</p> }.into_any()
                    }
                }}
            </div>
        </section>
    }
    .into_any()
}

fn under_way(i18n: I18n, progress: Option<Progress>) -> AnyView {
    let progress = progress.unwrap_or(Progress::NOTHING_YET);
    let left = progress.seconds_left;
    let left = left.map(|seconds| view! { <p class="hint">{words::time_left(i18n, seconds)}</p> });
    view! {
        <progress
            aria-label=tr!(i18n, speed.progress)
            max=progress.total.max(1)
            value=progress.done
        ></progress>
        {left}
    }
    .into_any()
}

/// Each kind of work, and how many images a second.
fn measurements(i18n: I18n, speed: &Speed) -> [(String, String); 4] {
    let said = |seconds| match rate(seconds) {
        Some(rate) => words::fixed(i18n, rate.into(), usize::from(rate < 100.0)),
        None => say!(i18n, speed.unknown),
    };
    [
        (say!(i18n, speed.features), said(speed.features)),
        (say!(i18n, speed.frozen), said(speed.frozen)),
        (say!(i18n, speed.fine_tuning), said(speed.fine_tuning)),
        (say!(i18n, speed.scratch), said(speed.scratch)),
    ]
}

fn rows(workbench: Workbench, speed: &Speed) -> AnyView {
    let i18n = workbench.i18n();
    let rows = measurements(i18n, speed).map(|(work, rate)| {
        view! {
            <tr>
                <th scope="row">{work}</th>
                <td>{rate}</td>
            </tr>
        }
    });
    let speed = *speed;
    let text = Signal::derive(move || report(workbench, &speed));
    view! {
        <table class="figures" data-testid="speed-table">
            <thead>
                <tr>
                    <th scope="col">{tr!(i18n, speed.work)}</th>
                    <th scope="col">
                        {tr!(i18n, speed.rate)}
                    </th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
        <p class="hint">{tr!(i18n, speed.reading)}</p>
        <details>
            <summary>{tr!(i18n, speed.pass_on)}</summary>
            <pre class="pass-on" data-testid="speed-report" tabindex="0">
                {text}
            </pre>
            {copy("speed-report", text)}
        </details>
    }
    .into_any()
}

/// What computes and how fast, as lines of text.
fn report(workbench: Workbench, speed: &Speed) -> String {
    let i18n = workbench.i18n();
    let (device, on_cpu) = workbench.state.with(|state| {
        let device = words::device(i18n, &state.engine);
        (device, EngineState::is_on_cpu(&state.engine))
    });
    let mut lines = vec![say!(i18n, speed.computing, device = device)];
    if on_cpu {
        lines.push(say!(i18n, speed.arithmetic, name = bridge::arithmetic()));
    }
    if let Some(navigator) = web_sys::window().map(|window| window.navigator()) {
        let cores = navigator.hardware_concurrency();
        lines.push(say!(i18n, speed.cores, n = words::count(i18n, cores)));
        if let Ok(browser) = navigator.user_agent() {
            lines.push(say!(i18n, speed.browser, name = browser));
        }
    }
    lines.push(say!(i18n, speed.version, name = bridge::build()));
    let measured =
        measurements(i18n, speed).map(|(work, rate)| say!(i18n, speed.line, work = work, n = rate));
    lines.extend(measured);
    lines.join("\n")
}
