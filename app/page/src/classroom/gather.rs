//! Codes from chats, cameras and pictures.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

use super::{Hall, scan::Scan, words};
use crate::{
    i18n::{I18n, use_i18n},
    say,
    test::figures,
    tr,
};
use ui_core::classroom::pool::{Added, PooledResults};

#[component]
pub fn Gather() -> impl IntoView {
    let i18n = use_i18n();
    let hall = expect_context::<Hall>();
    let added = RwSignal::new(None::<Added>);
    let sure = RwSignal::new(false);
    let area = NodeRef::<html::Textarea>::new();
    let add = move |text: String| {
        sure.set(false);
        added.set(hall.pool.try_update(|pool| pool.add(&text)));
    };
    let press = move |_| {
        if let Some(area) = area.get_untracked() {
            // Has the `value` of an input, whose type the page knows already.
            let area: &web_sys::HtmlInputElement = area.unchecked_ref();
            add(area.value());
            area.set_value("");
        }
    };
    let n = Memo::new(move |_| hall.pool.with(|pool| pool.codes().len()));
    let said = figures::keyed(move || {
        added.with(|added| match added {
            Some(added) => told_added(i18n, added),
            None => ().into_any(),
        })
    });
    view! {
        <section class="panel room-gather" aria-labelledby="gather-heading">
            <h2 id="gather-heading">{tr!(i18n, room.gather.heading)}</h2>
            <p class="hint" id="gather-help">{tr!(i18n, room.gather.help)}</p>
            <div class="gather-ways">
                <div class="gather-paste">
                    <label class="unseen" for="codes">{tr!(i18n, room.gather.label)}</label>
                    <textarea
                        id="codes"
                        node_ref=area
                        rows="5"
                        spellcheck="false"
                        autocomplete="off"
                        data-testid="codes"
                        aria-describedby="gather-help"
                    ></textarea>
                    <div class="row">
                        <button type="button" class="primary" data-testid="add-codes" on:click=press>
                            {tr!(i18n, room.gather.add)}
                        </button>
                        {clearing(i18n, hall, added, sure, n)}
                    </div>
                </div>
                <Scan found=Callback::new(add) begun=Callback::new(move |()| added.set(None)) />
            </div>
            <div role="status" class="gather-said" data-testid="codes-said">{said}</div>
            <p class="strong" data-testid="codes-count">
                {move || say!(i18n, room.gather.count, n = n.get())}
            </p>
        </section>
    }
}

/// The button that forgets all codes, which asks once more.
fn clearing(
    i18n: I18n,
    hall: Hall,
    added: RwSignal<Option<Added>>,
    sure: RwSignal<bool>,
    n: Memo<usize>,
) -> AnyView {
    let clear = move |_| {
        if sure.get_untracked() {
            hall.pool.set(PooledResults::default());
            added.set(None);
        }
        sure.update(|sure| *sure = !*sure);
    };
    figures::keyed(move || {
        if n.get() == 0 {
            return ().into_any();
        }
        let label = Signal::derive(move || match sure.get() {
            true => say!(i18n, room.gather.clear_sure, n = n.get()),
            false => say!(i18n, room.gather.clear),
        });
        let keep = figures::keyed(move || match sure.get() {
            true => view! {
                <button type="button" class="quiet" on:click=move |_| sure.set(false)>
                    {tr!(i18n, room.gather.keep)}
                </button>
            }
            .into_any(),
            false => ().into_any(),
        });
        view! {
            <button type="button" class="quiet" data-testid="clear-codes" on:click=clear>{label}</button>
            {keep}
        }
        .into_any()
    })
}

fn told_added(i18n: I18n, added: &Added) -> AnyView {
    let nothing = *added == Added::default();
    let first = if nothing {
        say!(i18n, room.gather.nothing)
    } else {
        say!(i18n, room.gather.added, n = added.new)
    };
    let more = (added.more > 0).then(|| say!(i18n, room.gather.more, n = added.more));
    let again = (!added.again.is_empty()).then(|| {
        let codes = added.again.join(", ");
        say!(i18n, room.gather.again, codes = codes)
    });
    let wrong =
        (!added.wrong.is_empty()).then(|| say!(i18n, room.gather.wrong, n = added.wrong.len()));
    let items: Vec<AnyView> = added
        .wrong
        .iter()
        .map(|unread| {
            let why = words::wrong(i18n, unread.why);
            view! {
                <li>
                    {unread.before.clone()}
                    " "
                    <code>{unread.written.clone()}</code>
                    " "
                    {why}
                </li>
            }
            .into_any()
        })
        .collect();
    let list = (!items.is_empty()).then(|| {
        view! { <ul class="gather-wrong" data-testid="codes-wrong">{items}</ul> }.into_any()
    });
    view! {
        <p>{first} " " {more}</p>
        <p data-testid="codes-again">{again}</p>
        <p>{wrong}</p>
        {list}
    }
    .into_any()
}
