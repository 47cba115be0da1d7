//! What can lie over the stations, which go on beneath it.

use leptos::prelude::*;

use super::{
    chunk,
    classroom::{self, Room},
    handout::TakeAway,
    test::figures,
    tr,
};
use crate::i18n::use_i18n;
use ui_core::{
    lesson::Step,
    link::{Link, with_room},
};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Over {
    /// The stations are seen.
    #[default]
    Nothing,
    /// The facilitator's page.
    Room,
    /// Five questions and the report.
    TakeAway,
}

impl Over {
    const ALL: [Self; 3] = [Self::Nothing, Self::Room, Self::TakeAway];

    /// As the browser's history keeps it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Nothing => "stations",
            Self::Room => "room",
            Self::TakeAway => "report",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|over| over.id() == id)
    }
}

/// What is shown now; in the context of the whole page.
#[derive(Clone, Copy)]
pub struct Shown(RwSignal<Over>);

impl Shown {
    pub fn provide(link: &Link) -> Self {
        let first = match link.room {
            true => Over::Room,
            false => Over::Nothing,
        };
        let shown = Self(RwSignal::new(first));
        provide_context(shown);
        Effect::new(move |_| keep_address(shown.0.get()));
        shown
    }

    pub fn show(self, over: Over) {
        self.0.set(over);
    }

    pub fn get(self) -> Over {
        self.0.get()
    }

    /// Whether the stations are hidden.
    pub fn covers(self) -> bool {
        self.0.get() != Over::Nothing
    }
}

/// The facilitator's page has an address of its own, which a reload keeps.
fn keep_address(over: Over) {
    let address = window().location();
    let query = address.search().unwrap_or_default();
    let to = with_room(&query, over == Over::Room);
    if let (Some(query), Ok(history)) = (to, window().history()) {
        let path = address.pathname().unwrap_or_default();
        let to = path + &query + &address.hash().unwrap_or_default();
        let state = history.state().unwrap_or_default();
        // Where the address may not be changed, a reload leads to the stations.
        let _ = history.replace_state_with_url(&state, "", Some(&to));
    }
}

#[component]
pub fn OverStations() -> impl IntoView {
    let Shown(shown) = expect_context();
    figures::keyed(move || match shown.get() {
        Over::Nothing => ().into_any(),
        Over::Room => chunk::fetched(|| Box::pin(room(RoomPart::Page))),
        Over::TakeAway => view! { <TakeAway /> }.into_any(),
    })
}

/// What is in the chunk of the room.
#[derive(Clone, Copy)]
pub enum RoomPart {
    Page,
    /// What can be said to the question that this step asks to discuss, for whoever has no facilitator.
    Answers(Step),
}

chunk::chunk! {
    room,
    pub fn room(part: RoomPart) {
        match part {
            RoomPart::Page => view! { <Room /> }.into_any(),
            RoomPart::Answers(step) => classroom::answers(step),
        }
    }
}

/// Buttons of the bar that lead to what lies over the stations.
#[component]
pub fn Ways() -> impl IntoView {
    let i18n = use_i18n();
    let shown = expect_context::<Shown>();
    let way = |id: &'static str, over: Over, words: Signal<String>| {
        let press = move |_| match shown.0.get_untracked() == over {
            true => shown.show(Over::Nothing),
            false => shown.show(over),
        };
        view! {
            <button
                type="button"
                class="quiet"
                data-testid=id
                aria-pressed=move || (shown.0.get() == over).to_string()
                on:click=press
            >
                {words}
            </button>
        }
        .into_any()
    };
    view! {
        {way("open-report", Over::TakeAway, tr!(i18n, takeaway.open))}
        {way("open-room", Over::Room, tr!(i18n, room.open))}
    }
}

/// Heading of such a page, which takes the focus when it opens, and the way back.
pub fn head(heading: Signal<String>, lead: Signal<String>, buttons: AnyView) -> AnyView {
    let i18n = use_i18n();
    let shown = expect_context::<Shown>();
    let title = NodeRef::<leptos::html::H1>::new();
    title.on_load(|title| {
        request_animation_frame(move || {
            // Refused only if it is gone again.
            let _ = title.focus();
        });
    });
    view! {
        <header class="station-head">
            <div class="station-words">
                <h1 node_ref=title tabindex="-1">{heading}</h1>
                <p class="lead">{lead}</p>
            </div>
            <div class="station-buttons">
                {buttons}
                <button type="button" data-testid="back" on:click=move |_| shown.show(Over::Nothing)>
                    {tr!(i18n, room.close)}
                </button>
            </div>
        </header>
    }
    .into_any()
}
