//! Sliders and ready-made changes.

use imaging::perturb::Perturbation;
use leptos::prelude::*;

use crate::{I18n, i18n::use_i18n, say, tr, train::field::tick, words};
use ui_core::robustness::{Dial, Preset};

#[component]
pub fn Controls(change: RwSignal<Perturbation>) -> impl IntoView {
    let i18n = use_i18n();
    let preset = move |preset: Preset| {
        let own = preset.perturbation();
        let pressed = Signal::derive(move || (change.get() == own).to_string());
        let name = Signal::derive(move || name(i18n, preset));
        view! {
            <button
                type="button"
                class="choice"
                data-testid=format!("change-{}", id(preset))
                aria-pressed=pressed
                on:click=move |_| change.set(own)
            >
                {name}
            </button>
        }
        .into_any()
    };
    let dial = move |dial: Dial| {
        let (least, most, step) = dial.range();
        let slide = move |event| {
            if let Ok(value) = event_target_value(&event).parse() {
                change.update(|change| dial.set(change, value));
            }
        };
        let value = Signal::derive(move || change.with(|change| value(i18n, dial, change)));
        let place = Signal::derive(move || change.with(|change| dial.get(change)).to_string());
        let label = Signal::derive(move || label(i18n, dial));
        view! {
            <label class="slider">
                <span class="slider-words">
                    <span>{label}</span>
                    <output>{value}</output>
                </span>
                <input
                    type="range"
                    data-testid=format!("change-{}", dial_id(dial))
                    min=least
                    max=most
                    step=step
                    aria-valuetext=value
                    prop:value=place
                    on:input=slide
                />
            </label>
        }
        .into_any()
    };
    let inverted = Signal::derive(move || change.with(|change| change.inversion));
    let invert = move |on| change.update(|change| change.inversion = on);
    view! {
        <section class="panel" aria-labelledby="changes-heading">
            <h2 id="changes-heading">{tr!(i18n, beyond.changes.heading)}</h2>
            <div class="choices" role="group" aria-label=tr!(i18n, beyond.changes.preset)>
                {Preset::ALL.map(preset).collect_view()}
            </div>
            <div class="dials">
                {Dial::ALL.map(dial).collect_view()}
                {tick("change-inversion", tr!(i18n, beyond.changes.inversion), inverted, invert)}
            </div>
        </section>
    }
}

fn id(preset: Preset) -> &'static str {
    match preset {
        Preset::Unchanged => "preset-unchanged",
        Preset::OtherWindow => "preset-window",
        Preset::Noisy => "preset-noisy",
        Preset::Blurred => "preset-blurred",
        Preset::Inverted => "preset-inverted",
        Preset::Rotated => "preset-rotated",
        Preset::Compressed => "preset-compressed",
    }
}

fn name(i18n: I18n, preset: Preset) -> String {
    match preset {
        Preset::Unchanged => say!(i18n, beyond.changes.unchanged),
        Preset::OtherWindow => say!(i18n, beyond.changes.other_window),
        Preset::Noisy => say!(i18n, beyond.changes.noisy),
        Preset::Blurred => say!(i18n, beyond.changes.blurred),
        Preset::Inverted => say!(i18n, beyond.changes.inverted),
        Preset::Rotated => say!(i18n, beyond.changes.rotated),
        Preset::Compressed => say!(i18n, beyond.changes.compressed),
    }
}

fn dial_id(dial: Dial) -> &'static str {
    match dial {
        Dial::Window => "window",
        Dial::Level => "level",
        Dial::Noise => "noise",
        Dial::Blur => "blur",
        Dial::Rotation => "rotation",
        Dial::Scale => "scale",
        Dial::Jpeg => "jpeg",
    }
}

fn label(i18n: I18n, dial: Dial) -> String {
    match dial {
        Dial::Window => say!(i18n, beyond.changes.window),
        Dial::Level => say!(i18n, beyond.changes.level),
        Dial::Noise => say!(i18n, beyond.changes.noise),
        Dial::Blur => say!(i18n, beyond.changes.blur),
        Dial::Rotation => say!(i18n, beyond.changes.rotation),
        Dial::Scale => say!(i18n, beyond.changes.scale),
        Dial::Jpeg => say!(i18n, beyond.changes.jpeg),
    }
}

/// Where a slider stands, with its unit.
pub fn value(i18n: I18n, dial: Dial, change: &Perturbation) -> String {
    let n = dial.get(change);
    match dial {
        Dial::Window | Dial::Level | Dial::Noise | Dial::Scale => {
            say!(i18n, beyond.changes.percent, n = n)
        }
        Dial::Blur => {
            let n = words::fixed(i18n, f64::from(n) / 10.0, 1);
            say!(i18n, beyond.changes.percent, n = n)
        }
        Dial::Rotation => say!(i18n, beyond.changes.degrees, n = n),
        Dial::Jpeg if dial.rests(change) => say!(i18n, beyond.changes.not_compressed),
        Dial::Jpeg => say!(i18n, beyond.changes.quality, n = n),
    }
}
