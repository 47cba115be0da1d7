//! Look: the films on the light box, what there is of each, and how to load others.

mod contradictions;
mod counts;
mod grid;
mod leaks;
mod load;
mod mirror;
mod own_data;
mod packs;
mod patients;
mod photographs;
mod problems;
mod questions;
mod roles;
mod save_pack;
mod shortcuts;
pub mod site_packs;
mod sorting;
mod sources;
pub mod viewer;

use leptos::prelude::*;

pub use load::LoadSaid;

use super::{
    lesson::LookOffer,
    station::{Station, StationFrame, hides_next},
    tr,
    workbench::Workbench,
};
use crate::i18n::use_i18n;

#[component]
pub fn Look() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let hides_next = hides_next(Station::Look, Signal::stored(true));
    let empty = move || workbench.films.with(Option::is_none);
    view! {
        <StationFrame
            station=Station::Look
            heading=tr!(i18n, look.heading)
            lead=tr!(i18n, look.lead)
            buttons=ToChildren::to_children(move || {
                view! {
                    <button
                        type="button"
                        class="primary"
                        data-testid="primary"
                        disabled=empty
                        hidden=hides_next
                        on:click=move |_| workbench.go(Station::Train)
                    >
                        {tr!(i18n, look.next)}
                    </button>
                }
            })
        >
            <load::LoadState />
            <LookOffer />
            <packs::Packs />
            <div class="look-top">
                <counts::Counts />
                <sources::Sources />
            </div>
            {shortcuts::panel(workbench)}
            <load::PackProgress />
            <grid::Grid />
        </StationFrame>
    }
}
