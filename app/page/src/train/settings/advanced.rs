//! What few need to change.

use imaging::settings::limits;
use leptos::prelude::*;

use super::{
    super::field::NumberField,
    rates::{Rate, rate_field},
    setting,
};
use crate::{
    i18n::use_i18n,
    lesson::explain::{Explain, Term},
    tr,
    workbench::Workbench,
};

#[component]
pub fn Advanced(pretrained: Memo<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let tuned = setting(|settings| settings.fine_tuning.is_some(), |_, _| {});
    let batch = setting(
        |settings| settings.batch_size,
        |settings, size| settings.batch_size = size,
    );
    let seed = setting(
        |settings| settings.seed,
        |settings, seed| settings.seed = seed,
    );
    let side = setting(
        |settings| settings.film_side,
        |settings, side| settings.film_side = limits::nearest_side(side),
    );
    view! {
        <details class="advanced">
            <summary>{tr!(i18n, train.advanced)}</summary>
            <div class="field">{rate_field(i18n, workbench, Rate::First)}</div>
            <Explain term=Term::Rate />
            <Explain term=Term::Optimiser />
            <Show when=move || pretrained.get() && tuned.0.get()>
                <div class="field">{rate_field(i18n, workbench, Rate::Tuning)}</div>
            </Show>
            <NumberField
                name="batch"
                label=tr!(i18n, train.batch)
                help=tr!(i18n, train.batch_size_help)
                value=batch.0
                set=batch.1
                range=limits::BATCH_SIZE
                step="1"
            />
            <Explain term=Term::Batch />
            <NumberField
                name="seed"
                label=tr!(i18n, train.seed)
                help=tr!(i18n, train.seed_help)
                value=seed.0
                set=seed.1
                range=0..=999_999
                step="1"
            />
            <NumberField
                name="side"
                label=tr!(i18n, train.side)
                help=tr!(i18n, train.side_help)
                value=side.0
                set=side.1
                range=limits::FILM_SIDE
                step="32"
            />
        </details>
    }
}
