//! How strongly the loss pulled at each layer, as bars on a logarithmic axis.

use imaging::report::{LayerGradient, StageKind};
use leptos::prelude::*;

use super::microscope::{Look, layer_name};
use crate::{I18n, say, words};
use plots::sketch::decades::{Decades, digits};

pub fn view(i18n: I18n, look: &Look) -> AnyView {
    let layers = &look.diagnostics.gradients;
    let norms: Vec<f64> = layers.iter().map(|layer| layer.norm.into()).collect();
    let Some(axis) = Decades::of(&norms) else {
        return view! { <p class="hint">{say!(i18n, microscope.no_gradient)}</p> }.into_any();
    };
    let rows: Vec<AnyView> = layers.iter().map(|layer| row(i18n, axis, layer)).collect();
    let marks: Vec<AnyView> = axis
        .marks()
        .into_iter()
        .map(|mark| tick(i18n, axis, mark))
        .collect();
    view! {
        <h3 id="gradients-heading">{say!(i18n, microscope.gradients)}</h3>
        <p class="hint">{say!(i18n, microscope.gradients_help)} " " {learning(i18n, look)}</p>
        <div class="gradients">
            <ul aria-labelledby="gradients-heading" data-testid="gradients">{rows}</ul>
            <div class="gradient-axis" aria-hidden="true">
                <span class="gradient-ticks">{marks}</span>
            </div>
        </div>
        <p class="hint">{say!(i18n, microscope.gradients_axis)} " " {pulled(i18n, layers)}</p>
    }
    .into_any()
}

fn row(i18n: I18n, axis: Decades, layer: &LayerGradient) -> AnyView {
    let norm = f64::from(layer.norm);
    let weights = words::count(i18n, layer.weights as f64);
    view! {
        <li class="gradient" data-testid="gradient">
            <span class="gradient-name">
                {layer_name(i18n, layer.layer)}
                <span class="gradient-weights">{say!(i18n, microscope.weights, n = weights)}</span>
            </span>
            <span class="gradient-track" aria-hidden="true">
                <span style:width=format!("{:.1}%", axis.share(norm) * 100.0)></span>
            </span>
            <span class="gradient-norm">{words::fixed(i18n, norm, digits(norm))}</span>
        </li>
    }
    .into_any()
}

fn tick(i18n: I18n, axis: Decades, mark: i32) -> AnyView {
    let value = 10_f64.powi(mark);
    let place = format!("{:.1}%", axis.share(value) * 100.0);
    let written = words::fixed(i18n, value, (-mark).max(0) as usize);
    view! { <span style:left=place>{written}</span> }.into_any()
}

/// Which layers learn, and which do not.
fn learning(i18n: I18n, look: &Look) -> String {
    let unfrozen = look.diagnostics.gradients.len().saturating_sub(2);
    match look.stage {
        StageKind::Frozen => say!(i18n, microscope.frozen),
        StageKind::FineTuning => say!(i18n, microscope.unfrozen, n = unfrozen),
        StageKind::Scratch => say!(i18n, microscope.scratch),
    }
}

/// Where the loss pulls most, and how much more than where it pulls least.
fn pulled(i18n: I18n, layers: &[LayerGradient]) -> String {
    let by_norm = |a: &&LayerGradient, b: &&LayerGradient| a.norm.total_cmp(&b.norm);
    let ends = layers
        .iter()
        .max_by(by_norm)
        .zip(layers.iter().min_by(by_norm));
    let Some((most, least)) =
        ends.filter(|(most, least)| most.norm > least.norm && least.norm > 0.0)
    else {
        return String::new();
    };
    let ratio = f64::from(most.norm / least.norm);
    say!(
        i18n,
        microscope.pulled,
        most = layer_name(i18n, most.layer),
        ratio = words::fixed(i18n, ratio, digits(ratio).min(1)),
        least = layer_name(i18n, least.layer)
    )
}
