//! Last stop: what the visitor has done, and that it will be gone.

use leptos::prelude::*;

use super::{Booth, button, head, i18n};
use crate::{say, told, words};
use ui_core::kiosk::machine::Happening;

#[component]
pub fn End() -> impl IntoView {
    let i18n = i18n();
    let booth = expect_context::<Booth>();
    let deeds = move || {
        let state = booth.workbench.state;
        let trained = state.with(|state| {
            let last = state.trained()?.epochs.last()?;
            let right = words::hits(i18n, &words::proportion(last.validation));
            Some(say!(i18n, kiosk.end.trained, right = right))
        });
        let contest = booth.contest.with(|contest| {
            let contest = contest
                .as_ref()
                .filter(|contest| contest.next().is_none())?;
            let (own, network) = (contest.visitor(), contest.network());
            let (own, network) = (words::hits(i18n, &own), words::hits(i18n, &network));
            Some(say!(
                i18n,
                kiosk.end.contest,
                visitor = own,
                network = network
            ))
        });
        let asked = state.with(|state| state.questions.len());
        let asked = (asked > 0).then(|| say!(i18n, kiosk.end.asked, n = asked));
        let looked = booth.looked.get();
        let looked = (looked > 0).then(|| say!(i18n, kiosk.end.looked, n = looked));
        let all = [looked, trained, contest, asked].into_iter().flatten();
        all.map(|deed| view! { <li>{deed}</li> }).collect_view()
    };
    let again = move || {
        booth.on(Happening::Finished);
        booth.on(Happening::Begun);
    };
    view! {
        <section class="kiosk-screen">
            {head(told!(i18n, kiosk.end.heading), told!(i18n, kiosk.end.lead))}
            <ul class="kiosk-deeds" data-testid="kiosk-deeds">{deeds}</ul>
            <p class="kiosk-note">{told!(i18n, kiosk.end.private)}</p>
            <div class="kiosk-next">
                {button("kiosk-restart", "kiosk-button", told!(i18n, kiosk.end.again), again)}
                {button("kiosk-finish", "primary kiosk-huge", told!(i18n, kiosk.end.done), move || booth.on(Happening::Finished))}
            </div>
        </section>
    }
}
