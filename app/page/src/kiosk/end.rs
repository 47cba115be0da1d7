//! Last stop: what the visitor's own numbers have shown, what there is to take home, and that the rest will be gone.

use std::collections::BTreeSet;

use imaging::split::Subset;
use leptos::prelude::*;

use super::{KioskContext, button, contest::few_people, head, i18n};
use crate::{classroom::qr, i18n::I18n, origin, say, tr, train::plot, words};
use ui_core::kiosk::{asked_about, face_off::Turn, learned::Learned, machine::Happening};

#[component]
pub fn End() -> impl IntoView {
    let i18n = i18n();
    let kiosk = expect_context::<KioskContext>();
    let learned = Signal::derive(move || {
        let learned = kiosk.workbench.state.with(Learned::of);
        learned.map_or_else(String::new, |learned| sentence(i18n, kiosk, learned))
    });
    let own = untrack(|| kiosk.set().address);
    let own = (!own.is_empty()).then_some(own);
    let address = own.or_else(origin::public_address);
    let trained = || {
        let workbench = kiosk.workbench;
        workbench
            .state
            .with_untracked(|state| state.trained().is_some())
    };
    // Both would not fit on a small screen.
    let yours = match address {
        Some(address) => take_home(i18n, address),
        None if trained() => view! {
            <plot::Plot measure=plot::Curve::Accuracy wording=plot::Wording::Plain />
        }
        .into_any(),
        None => ().into_any(),
    };
    view! {
        <section class="kiosk-screen">
            <div data-testid="kiosk-learned">{head(tr!(i18n, kiosk.end.heading), learned)}</div>
            <div class="kiosk-home">
                <div class="kiosk-done">
                    <h2>{tr!(i18n, kiosk.end.lead)}</h2>
                    <ul class="kiosk-deeds" data-testid="kiosk-deeds">{deeds(i18n, kiosk)}</ul>
                    <p class="kiosk-ask">{tr!(i18n, kiosk.end.ask)}</p>
                </div>
                <div class="kiosk-yours">
                    {yours}
                    <p class="kiosk-note">{tr!(i18n, kiosk.end.private)}</p>
                </div>
            </div>
            <div class="kiosk-next">
                {button("kiosk-restart", "kiosk-button", tr!(i18n, kiosk.end.again), move || kiosk.begin_again())}
                {button("kiosk-finish", "primary kiosk-huge", tr!(i18n, kiosk.end.done), move || kiosk.on(Happening::Finished))}
            </div>
        </section>
    }
}

fn sentence(i18n: I18n, kiosk: KioskContext, learned: Learned) -> String {
    let (Learned::LockedAway(score) | Learned::UnseenCount(score)) = learned;
    let (right, interval) = (words::hits(i18n, &score), words::interval(i18n, &score));
    match learned {
        Learned::LockedAway(_) => match few_people(kiosk.workbench, Subset::Test) {
            Some(n) => say!(i18n, kiosk.end.locked_of_few, right = right, n = n),
            None => say!(i18n, kiosk.end.locked, right = right, interval = interval),
        },
        Learned::UnseenCount(_) => match few_people(kiosk.workbench, Subset::Validation) {
            Some(n) => say!(i18n, kiosk.end.unseen_of_few, right = right, n = n),
            None => say!(i18n, kiosk.end.unseen, right = right, interval = interval),
        },
    }
}

/// What the visitor has done: a figure, and what of.
fn deeds(i18n: I18n, kiosk: KioskContext) -> impl Fn() -> AnyView {
    move || {
        let state = kiosk.workbench.state;
        let trained = state.with(|state| {
            let last = state.trained()?.epochs.last()?;
            let right = words::hits(i18n, &words::proportion(last.validation));
            Some((right, say!(i18n, kiosk.end.trained)))
        });
        let contest = kiosk.contest.with(|contest| {
            let contest = contest.as_ref()?;
            let (own, network) = (contest.visitor(), contest.network());
            let figure = format!("{} : {}", own.hits, network.hits);
            let words = say!(i18n, kiosk.end.contest, n = own.n);
            (contest.turn() == Turn::Over).then_some((figure, words))
        });
        let tested = state.with(|state| {
            let scores = &state.opened()?.report.scores;
            let right = words::hits(i18n, &scores.accuracy);
            Some((right, say!(i18n, kiosk.end.tested)))
        });
        let asked = state.with(asked_about);
        let asked =
            (asked > 0).then(|| (asked.to_string(), say!(i18n, kiosk.end.asked, n = asked)));
        let looked = kiosk.looked.with(BTreeSet::len);
        let looked =
            (looked > 0).then(|| (looked.to_string(), say!(i18n, kiosk.end.looked, n = looked)));
        let all = [looked, trained, contest, tested, asked]
            .into_iter()
            .flatten();
        all.map(|(figure, words)| {
            view! {
                <li>
                    <strong>{figure}</strong>
                    " "
                    <span>{words}</span>
                </li>
            }
        })
        .collect_view()
        .into_any()
    }
}

/// The address of the page, to be photographed: a kiosk has no links.
fn take_home(i18n: I18n, address: String) -> AnyView {
    let address = Signal::stored(address);
    view! {
        <div class="kiosk-take" data-testid="kiosk-take">
            {qr::picture("kiosk-address", address)}
            <p>{tr!(i18n, kiosk.end.take_home)}</p>
            <p class="qr-text" data-testid="kiosk-address">{address}</p>
        </div>
    }
    .into_any()
}
