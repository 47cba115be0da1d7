//! Whose scans these are, and what happens to what is loaded.

use leptos::prelude::*;

use super::{dialog::Dialog, tr};
use crate::i18n::use_i18n;

#[component]
pub fn About(open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog
            id="about-firstread"
            open
            close=move |()| open.set(false)
            heading=tr!(i18n, about.heading)
        >
            <div class="prose">
                <p>{tr!(i18n, about.what)}</p>
                <p>{tr!(i18n, about.diagnosis)}</p>
                <h3>{tr!(i18n, about.films)}</h3>
                <p>{tr!(i18n, about.synthetic)}</p>
                <ul>
                    <li>{tr!(i18n, about.lidc)}</li>
                    <li>{tr!(i18n, about.totalsegmentator)}</li>
                    <li>{tr!(i18n, about.gate)}</li>
                    <li>{tr!(i18n, about.head)}</li>
                </ul>
                <p>{tr!(i18n, about.changes)}</p>
                <p>{tr!(i18n, about.paediatric)}</p>
                <h3>{tr!(i18n, about.network)}</h3>
                <p>{tr!(i18n, about.weights)}</p>
                <h3>{tr!(i18n, about.lesson)}</h3>
                <p>{tr!(i18n, about.wiggins)}</p>
            </div>
        </Dialog>
    }
}
