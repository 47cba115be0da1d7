//! What is to be done before the session, and its plan on one page.

use leptos::prelude::*;

use super::{Hall, join, qr, take_along, time};
use crate::{
    I18n, i18n::use_i18n, lesson::texts, look::site_packs::SitePacks, offline, offline::Offline,
    origin, say, test::figures::keyed, tr,
};
use ui_core::{
    lesson::{Lesson, Step},
    origin::PageOrigin,
};

/// Learners whose first visits are added up.
const LEARNERS: f64 = 40.0;

/// Bytes of the copy for offline use, where there is none to ask.
const FIRST_VISIT: f64 = 1.0e7;

#[component]
pub fn Prepare() -> impl IntoView {
    let i18n = use_i18n();
    let offline = expect_context::<Offline>();
    let ready = Signal::derive(move || {
        let bytes = offline.stored.get().bytes();
        let of = |bytes: f64| offline::megabytes(i18n, bytes);
        bytes.map_or_else(String::new, |bytes| {
            let (one, all) = (of(bytes), of(bytes * LEARNERS));
            say!(i18n, room.prepare.size, one = one, all = all)
        })
    });
    let opened = RwSignal::new(false);
    let reached = match origin::place() {
        PageOrigin::Trusted => vec![
            tr!(i18n, room.prepare.reachable, address = origin::address()),
            tr!(i18n, room.prepare.send),
            ready,
        ],
        PageOrigin::ThisComputer | PageOrigin::PlainHttp => vec![
            tr!(i18n, room.prepare.server),
            tr!(i18n, room.prepare.no_server),
            tr!(i18n, room.prepare.send),
            ready,
        ],
        PageOrigin::Disk => vec![
            tr!(i18n, room.take_along.itself, name = origin::address()),
            tr!(i18n, room.prepare.send_file),
        ],
    };
    let items = [tr!(i18n, room.prepare.try_it)]
        .into_iter()
        .chain(reached)
        .chain([
            tr!(i18n, room.prepare.computers),
            tr!(i18n, room.prepare.window),
            tr!(i18n, room.prepare.codes),
            tr!(i18n, room.prepare.wifi),
        ]);
    view! {
        <details
            class="panel room-prepare"
            data-testid="prepare"
            on:toggle=move |_| opened.set(true)
        >
            <summary>{tr!(i18n, room.prepare.heading)}</summary>
            <ol>{items.map(item).collect_view()}</ol>
            {take_along::view(opened)}
            {messages(i18n)}
            {with_the_file(i18n)}
            <h3>{tr!(i18n, room.prepare.plan)}</h3>
            {plan(i18n)}
            {booth(i18n)}
        </details>
    }
}

fn item(words: Signal<String>) -> AnyView {
    let nothing = move || words.with(String::is_empty);
    view! { <li hidden=nothing>{words}</li> }.into_any()
}

/// What learners are told who get the single file in place of a link.
fn with_the_file(i18n: I18n) -> AnyView {
    let name = match origin::place() {
        PageOrigin::Disk => origin::address(),
        PageOrigin::Trusted | PageOrigin::ThisComputer | PageOrigin::PlainHttp => {
            take_along::SINGLE_NAME.to_owned()
        }
    };
    let message = tr!(i18n, room.prepare.message_file, name = name);
    view! {
        <h3>{tr!(i18n, room.prepare.message_file_heading)}</h3>
        <p class="room-message" data-testid="message-file">{message}</p>
        {qr::copy("message-file", message)}
    }
    .into_any()
}

/// What a facilitator would otherwise have to write: to whoever looks after a web server, and to the learners. Nothing where there
/// is no link to be had.
fn messages(i18n: I18n) -> AnyView {
    if origin::place() == PageOrigin::Disk {
        return ().into_any();
    }
    let hall = expect_context::<Hall>();
    let packs = expect_context::<SitePacks>().all;
    let offline = expect_context::<Offline>();
    let host = Signal::derive(move || {
        let size = offline.stored.get().bytes().unwrap_or(FIRST_VISIT);
        say!(
            i18n,
            room.prepare.message_host,
            size = offline::megabytes(i18n, size)
        )
    });
    let learners = Signal::derive(move || {
        let link = packs.with(|packs| join::address(hall.link.get(), packs));
        say!(i18n, room.prepare.message_learners, link = link)
    });
    view! {
        <h3>{tr!(i18n, room.prepare.message_host_heading)}</h3>
        <p class="room-message" data-testid="message-host">{host}</p>
        {qr::copy("message-host", host)}
        <h3>{tr!(i18n, room.prepare.message_learners_heading)}</h3>
        <p class="room-message" data-testid="message-learners">{learners}</p>
        {unreachable()}
        {qr::copy("message-learners", learners)}
    }
    .into_any()
}

/// That the link in the message is good on this computer only, if it is.
fn unreachable() -> Option<AnyView> {
    let i18n = use_i18n();
    let why = match origin::place() {
        PageOrigin::ThisComputer => tr!(i18n, dist.link_here),
        PageOrigin::Disk => tr!(i18n, dist.link_on_disk),
        PageOrigin::Trusted | PageOrigin::PlainHttp => return None,
    };
    Some(view! { <p class="strong" data-testid="message-unreachable">{why}</p> }.into_any())
}

/// How a kiosk is set up.
fn booth(i18n: I18n) -> AnyView {
    let kiosk = origin::address() + "?kiosk";
    let items = [
        tr!(i18n, room.prepare.booth.start, address = kiosk.clone()),
        tr!(i18n, room.prepare.booth.offline),
        tr!(i18n, room.prepare.booth.alone),
        tr!(i18n, room.prepare.booth.operator),
        tr!(i18n, room.prepare.booth.settings),
    ];
    view! {
        <h3>{tr!(i18n, room.prepare.booth.heading)}</h3>
        <ol data-testid="booth">{items.map(item).collect_view()}</ol>
        <p>
            <a href="?kiosk" target="_blank" rel="noopener">{tr!(i18n, room.prepare.booth.open)}</a>
        </p>
    }
    .into_any()
}

/// The first lesson, a step a line, with its minutes and what it asks.
fn plan(i18n: I18n) -> AnyView {
    keyed(move || {
        let own = |step: &Step| step.lesson() == Lesson::First;
        let line = |step: Step| {
            view! {
                <tr>
                    <td>{time::planned(i18n, step)}</td>
                    <th scope="row">{texts::name(i18n, step)}</th>
                    <td>{texts::discussion(i18n, step)}</td>
                </tr>
            }
        };
        let lines: Vec<_> = Step::all().filter(own).map(line).collect();
        view! {
            <table class="room-plan">
                <tbody>{lines}</tbody>
            </table>
        }
        .into_any()
    })
}
