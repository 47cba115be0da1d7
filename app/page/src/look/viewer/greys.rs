//! Window and level, and what else changes the picture: the same by buttons and sliders as by the pointer.

use dicom::{Preset, Window};
use imaging::dicom::FrameValues;
use leptos::prelude::*;

use super::Viewing;
use crate::{I18n, say, test::figures::keyed, tr, words};
use ui_core::viewer::{greys::presets, placement::Placement};

/// Steps of a slider.
const STEPS: f64 = 256.0;

pub fn controls(i18n: I18n, viewing: Viewing) -> AnyView {
    let button = |id: &'static str, words: Signal<String>, act: fn(Viewing)| {
        view! {
            <button type="button" data-testid=id on:click=move |_| act(viewing)>{words}</button>
        }
        .into_any()
    };
    view! {
        {windows(i18n, viewing)}
        {sliders(i18n, viewing)}
        <div class="row">
            {button("invert", tr!(i18n, viewer.invert), Viewing::invert)}
            {button("rotate", tr!(i18n, viewer.rotate), |viewing| viewing.placement.update(Placement::turn))}
            {button("flip", tr!(i18n, viewer.flip), |viewing| viewing.placement.update(Placement::flip))}
            {button("reset", tr!(i18n, viewer.reset), Viewing::reset)}
        </div>
    }
    .into_any()
}

fn sliders(i18n: I18n, viewing: Viewing) -> AnyView {
    let shown = Memo::new(move |_| {
        let values = viewing.values.get()?;
        let greys = viewing.greys.get();
        let window = greys.shown(&values).cloned();
        Some((window.unwrap_or_else(|| values.scale.whole_range()), values))
    });
    let slider = move |label: Signal<String>,
                       bounds: fn(&FrameValues) -> (f64, f64),
                       read: fn(&Window) -> f64,
                       change: fn(&mut Window, f64)| {
        let bound = move || {
            shown.with(|shown| {
                let bounds = shown.as_ref().map(|(_, values)| bounds(values));
                bounds.unwrap_or((0.0, 1.0))
            })
        };
        let value =
            move || shown.with(|shown| shown.as_ref().map_or(0.0, |(window, _)| read(window)));
        let slide = move |event| {
            if let (Ok(value), Some((mut window, _))) =
                (event_target_value(&event).parse(), shown.get_untracked())
            {
                change(&mut window, value);
                window.explanation = None;
                viewing.greys.update(|greys| greys.window = Some(window));
            }
        };
        view! {
            <label class="slider">
                <span>{label} ": " {move || words::exact(i18n, rounded(value()))}</span>
                <input
                    type="range"
                    min=move || bound().0.to_string()
                    max=move || bound().1.to_string()
                    step=move || ((bound().1 - bound().0) / STEPS).to_string()
                    prop:value=move || value().to_string()
                    on:input=slide
                />
            </label>
        }
        .into_any()
    };
    view! {
        {slider(
            tr!(i18n, viewer.window),
            |values| (range(values) / STEPS, range(values)),
            |window| window.width,
            |window, width| window.width = width.max(f64::MIN_POSITIVE),
        )}
        {slider(
            tr!(i18n, viewer.level),
            |values| (values.scale.lowest.into(), values.scale.highest.into()),
            |window| window.center,
            |window, center| window.center = center,
        )}
    }
    .into_any()
}

fn range(values: &FrameValues) -> f64 {
    f64::from(values.scale.highest - values.scale.lowest).max(f64::from(f32::MIN_POSITIVE))
}

/// To as many digits as a reader compares.
fn rounded(value: f64) -> f64 {
    match value.abs() {
        size if size >= 10.0 => value.round(),
        size if size >= 0.1 => (value * 100.0).round() / 100.0,
        _ => value,
    }
}

/// The file's own windows and the usual ones of its modality.
fn windows(i18n: I18n, viewing: Viewing) -> AnyView {
    let choices = Memo::new(move |_| {
        let facts = viewing.facts.get()?;
        let own = facts.file.windows.iter().enumerate();
        let own = own.map(|(place, window)| (own_name(i18n, place, window), window.clone()));
        let usual = presets(&facts).iter();
        let usual = usual.map(|preset| (preset_name(i18n, *preset), preset.window()));
        Some(own.chain(usual).collect::<Vec<_>>())
    });
    keyed(move || {
        let Some(choices) = choices.get() else {
            return ().into_any();
        };
        let button = move |name: String, window: Option<Window>| {
            let chosen = window.clone();
            let pressed = move || {
                viewing
                    .greys
                    .with(|greys| greys.window == chosen)
                    .to_string()
            };
            let choose = move |_| {
                let window = window.clone();
                viewing.greys.update(|greys| greys.window = window);
            };
            view! {
                <button type="button" class="quiet" aria-pressed=pressed on:click=choose>{name}</button>
            }
            .into_any()
        };
        let whole = viewing
            .values
            .get()
            .map(|values| values.scale.whole_range());
        let buttons: Vec<AnyView> = std::iter::once((say!(i18n, viewer.as_read), None))
            .chain(
                choices
                    .into_iter()
                    .map(|(name, window)| (name, Some(window))),
            )
            .chain(whole.map(|window| (say!(i18n, viewer.whole_range), Some(window))))
            .map(|(name, window)| button(name, window))
            .collect();
        view! {
            <div class="row viewer-windows" role="group" aria-label=say!(i18n, viewer.windows) data-testid="windows">
                {buttons}
            </div>
        }
        .into_any()
    })
}

/// In the file's own words, with its numbers as radiologists write them: level, width.
fn own_name(i18n: I18n, place: usize, window: &Window) -> String {
    let (level, width) = (
        words::exact(i18n, rounded(window.center)),
        words::exact(i18n, rounded(window.width)),
    );
    match &window.explanation {
        Some(name) => say!(
            i18n,
            viewer.window_named,
            name = name.clone(),
            level = level,
            width = width
        ),
        None => say!(
            i18n,
            viewer.window_numbered,
            n = place + 1,
            level = level,
            width = width
        ),
    }
}

fn preset_name(i18n: I18n, preset: Preset) -> String {
    match preset {
        Preset::SoftTissue => say!(i18n, viewer.soft_tissue),
        Preset::Lung => say!(i18n, viewer.lung),
        Preset::Bone => say!(i18n, viewer.bone),
        Preset::Brain => say!(i18n, viewer.brain),
    }
}
