//! Probabilities as bars, one a class.

use leptos::prelude::*;

use super::{film, words, workbench::Workbench};
use crate::i18n::use_i18n;

/// Bars in the given order of classes; they move as the probabilities change.
#[component]
pub fn Bars(
    order: Vec<usize>,
    #[prop(into)] probabilities: Signal<Vec<f32>>,
    /// A thin line at what was said before; none where there is no number.
    #[prop(optional, into)]
    before: Signal<Vec<f32>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let of = |all: Signal<Vec<f32>>, class: usize| all.with(|all| all.get(class).copied());
    let bar = move |class: usize| {
        let share = move || of(probabilities, class).unwrap_or_default();
        let mark = move || {
            let place = of(before, class);
            place.map(|place| {
                view! { <span class="bar-before" style:left=percent(place)></span> }
            })
        };
        view! {
            <li class="bar-row">
                <span class="bar-name">{move || workbench.class_name(class)}</span>
                <span class="bar-place" aria-hidden="true">
                    <span class="bar-track">
                        <span
                            class=format!("bar-fill {}", film::colour(class))
                            style:width=move || percent(share())
                        ></span>
                    </span>
                    {mark}
                </span>
                <span class="bar-share">{move || words::surety(i18n, share())}</span>
            </li>
        }
    };
    view! { <ul class="bars">{order.into_iter().map(bar).collect_view()}</ul> }
}

fn percent(share: f32) -> String {
    format!("{}%", share * 100.0)
}
