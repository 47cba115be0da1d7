//! Train: settings, curves, the films of the batch, and the buttons that drive it.

pub mod batch;
mod controls;
mod epochs;
pub mod field;
mod gradients;
mod microscope;
mod patients;
pub mod plot;
pub mod progress;
mod settings;

use leptos::prelude::*;

use super::{
    importing::{NetworkFromFile, NetworkHere},
    lesson::explain::{Explain, Term},
    station::{Station, StationFrame},
    tr,
};
use crate::i18n::use_i18n;

#[component]
pub fn Train() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <StationFrame
            station=Station::Train
            heading=tr!(i18n, train.heading)
            lead=tr!(i18n, train.lead)
            buttons=ToChildren::to_children(|| view! { <controls::Controls /> })
        >
            <div class="train">
                <settings::SettingsForm />
                <div class="train-main">
                    {patients::view()}
                    <progress::RunState />
                    <NetworkHere />
                    <plot::Plots />
                    <div class="explains">
                        <Explain term=Term::Loss />
                        <Explain term=Term::Metric />
                        <Explain term=Term::Fitting />
                    </div>
                    <microscope::Microscope />
                    <batch::Batch />
                    <epochs::EpochTable />
                    <NetworkFromFile />
                </div>
            </div>
            <progress::Said />
        </StationFrame>
    }
}
