//! Last stop: what the visitor has done, and that it will be gone.

use leptos::prelude::*;

use super::{KioskContext, button, head, i18n};
use crate::{say, tr, words};
use ui_core::kiosk::machine::Happening;

#[component]
pub fn End() -> impl IntoView {
    let i18n = i18n();
    let kiosk = expect_context::<KioskContext>();
    let deeds = move || {
        let state = kiosk.workbench.state;
        let trained = state.with(|state| {
            let last = state.trained()?.epochs.last()?;
            let right = words::hits(i18n, &words::proportion(last.validation));
            Some(say!(i18n, kiosk.end.trained, right = right))
        });
        let contest = kiosk.contest.with(|contest| {
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
        let looked = kiosk.looked.get();
        let looked = (looked > 0).then(|| say!(i18n, kiosk.end.looked, n = looked));
        let all = [looked, trained, contest, asked].into_iter().flatten();
        all.map(|deed| view! { <li>{deed}</li> }).collect_view()
    };
    let again = move || {
        kiosk.on(Happening::Finished);
        kiosk.on(Happening::Begun);
    };
    view! {
        <section class="kiosk-screen">
            {head(tr!(i18n, kiosk.end.heading), tr!(i18n, kiosk.end.lead))}
            <ul class="kiosk-deeds" data-testid="kiosk-deeds">{deeds}</ul>
            <p class="kiosk-note">{tr!(i18n, kiosk.end.private)}</p>
            <div class="kiosk-next">
                {button("kiosk-restart", "kiosk-button", tr!(i18n, kiosk.end.again), again)}
                {button("kiosk-finish", "primary kiosk-huge", tr!(i18n, kiosk.end.done), move || kiosk.on(Happening::Finished))}
            </div>
        </section>
    }
}
