//! The link that everyone in the room opens.

use imaging::task::Task;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Hall, qr, words};
use crate::{I18n, i18n::use_i18n, look::site_packs::SitePacks, origin, say, tr};
use protocol::Pack;
use text::language::Language;
use ui_core::{lesson::Arm, link::Link, origin::PageOrigin, site_packs::SitePack};

/// What the facilitator has chosen. `None` leaves it to each learner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WantedLink {
    task: Option<Task>,
    pack: Option<Pack>,
    /// Of the packs that the site's host has put beside the page, by its place.
    site_pack: Option<usize>,
    arm: Option<Arm>,
    seed: Option<u64>,
    #[serde(with = "tag")]
    language: Option<Language>,
}

/// A language as it is kept: by its tag.
mod tag {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use text::language::Language;

    pub(super) fn serialize<S: Serializer>(
        language: &Option<Language>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        language.map(Language::tag).serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Language>, D::Error> {
        let tag = Option::<String>::deserialize(from)?;
        Ok(tag.and_then(|tag| Language::of(&tag)))
    }
}

/// What does not go without saying of a link.
fn warning(i18n: I18n, link: &WantedLink) -> Option<String> {
    match (link.seed, link.arm) {
        (Some(_), Some(_)) => Some(say!(i18n, room.join.one_run)),
        (Some(_), None) => Some(say!(i18n, room.join.one_seed)),
        (None, _) if link.task.is_some() || link.pack.is_some() || link.site_pack.is_some() => {
            Some(say!(i18n, room.join.notes_differ))
        }
        (None, _) => None,
    }
}

/// The address of the page with what is wanted.
pub fn address(wanted: WantedLink, packs: &[SitePack]) -> String {
    let link = Link {
        task: wanted.task,
        pack: wanted.pack,
        arm: wanted.arm,
        seed: wanted.seed,
        language: wanted.language,
        ..Link::default()
    };
    let site_pack = wanted.site_pack.and_then(|place| packs.get(place));
    let query = match (link.query(), site_pack) {
        (query, None) => query,
        (query, Some(pack)) if query.is_empty() => format!("?pack={}", pack.key()),
        (query, Some(pack)) => format!("{query}&pack={}", pack.key()),
    };
    origin::address() + &query
}

#[component]
pub fn Join() -> impl IntoView {
    let i18n = use_i18n();
    let hall = expect_context::<Hall>();
    let link = hall.link;
    let seed = move |event| {
        let seed = event_target_value(&event).trim().parse().ok();
        link.update(|link| link.seed = seed);
    };
    let of_site = expect_context::<SitePacks>().all;
    let text = Signal::derive(move || of_site.with(|packs| address(link.get(), packs)));
    view! {
        <section class="panel room-join" aria-labelledby="join-heading">
            <h2 id="join-heading">{tr!(i18n, room.join.heading)}</h2>
            <p class="hint">{tr!(i18n, room.join.help)} " " {tr!(i18n, room.join.standard)}</p>
            <div class="room-choices">
                {tasks(i18n, link)}
                {packs(i18n, link)}
                {arms(i18n, link)}
                <label class="room-choice">
                    <span>{tr!(i18n, room.join.seed)}</span>
                    <input
                        type="number"
                        min="0"
                        max="999999"
                        data-testid="link-seed"
                        placeholder=tr!(i18n, room.join.drawn)
                        prop:value=move || link.with_untracked(|link| link.seed).map(|seed| seed.to_string())
                        on:input=seed
                    />
                </label>
                {languages(i18n, link)}
            </div>
            <p class="strong" role="status" data-testid="link-warning">
                {move || link.with(|link| warning(i18n, link))}
            </p>
            <Show when=|| origin::place() == PageOrigin::Disk>
                <p data-testid="link-on-disk">{tr!(i18n, dist.link_on_disk)}</p>
            </Show>
            <Show when=|| origin::place() == PageOrigin::ThisComputer>
                <p data-testid="link-on-this-computer">{tr!(i18n, dist.link_here)}</p>
            </Show>
            {qr::shown("room-link", text)}
        </section>
    }
}

/// The first of the tasks, as of the packs, is what comes without a word in the link.
fn tasks(i18n: I18n, link: RwSignal<WantedLink>) -> AnyView {
    let tasks = Signal::derive(move || {
        let task = |task| words::task(i18n, task);
        vec![task(Task::Region), task(Task::Mirrored)]
    });
    let picked = place(link, |link| link.task.map(|_| 1));
    let choose = Callback::new(move |place| {
        link.update(|link| link.task = (place == 1).then_some(Task::Mirrored));
    });
    choice(
        "link-task",
        tr!(i18n, room.join.task),
        tasks,
        picked,
        choose,
    )
}

fn packs(i18n: I18n, link: RwSignal<WantedLink>) -> AnyView {
    let of_site = expect_context::<SitePacks>().all;
    let packs = Signal::derive(move || {
        let mut names = vec![
            say!(i18n, room.pack.built_in),
            say!(i18n, room.pack.paediatric),
        ];
        of_site.with(|packs| names.extend(packs.iter().map(|pack| pack.name.clone())));
        names
    });
    let picked = place(link, |link| match link.site_pack {
        Some(place) => Some(Pack::ALL.len() + place),
        None => link.pack.map(|_| 1),
    });
    let choose = Callback::new(move |place: usize| {
        link.update(|link| {
            link.pack = (place == 1).then_some(Pack::Paediatric);
            link.site_pack = place.checked_sub(Pack::ALL.len());
        });
    });
    choice(
        "link-pack",
        tr!(i18n, room.join.pack),
        packs,
        picked,
        choose,
    )
}

fn arms(i18n: I18n, link: RwSignal<WantedLink>) -> AnyView {
    let arms = Signal::derive(move || {
        let mut names = vec![say!(i18n, room.join.drawn)];
        names.extend(Arm::ALL.map(|arm| words::arm(i18n, arm)));
        names
    });
    let picked = place(link, |link| link.arm.map(|arm| 1 + arm.place()));
    let choose = Callback::new(move |place: usize| {
        let arm = place.checked_sub(1).and_then(|place| Arm::ALL.get(place));
        link.update(|link| link.arm = arm.copied());
    });
    choice("link-arm", tr!(i18n, room.join.arm), arms, picked, choose)
}

fn languages(i18n: I18n, link: RwSignal<WantedLink>) -> AnyView {
    let languages = Signal::derive(move || {
        let mut names = vec![say!(i18n, room.join.as_asked)];
        names.extend(Language::ALL.map(|language| language.own_name().to_owned()));
        names
    });
    let picked = place(link, |link| {
        let own = |&language: &Language| Some(language) == link.language;
        Language::ALL.iter().position(own).map(|place| 1 + place)
    });
    let choose = Callback::new(move |place: usize| {
        let language = place
            .checked_sub(1)
            .and_then(|place| Language::ALL.get(place));
        link.update(|link| link.language = language.copied());
    });
    choice(
        "link-language",
        tr!(i18n, room.join.language),
        languages,
        picked,
        choose,
    )
}

/// Place of what is wanted in its list.
fn place(link: RwSignal<WantedLink>, of: fn(&WantedLink) -> Option<usize>) -> Signal<usize> {
    Signal::derive(move || link.with(|link| of(link).unwrap_or_default()))
}

/// A list to choose one from.
pub fn choice(
    id: &'static str,
    label: Signal<String>,
    options: Signal<Vec<String>>,
    picked: Signal<usize>,
    choose: Callback<usize>,
) -> AnyView {
    // Not made keyed when another is picked: the list would lose the focus.
    let options = Signal::derive(move || {
        let own = picked.get_untracked();
        let option = |(place, name): (usize, &String)| {
            let name = plots::chart::svg::escaped(name);
            let selected = if place == own { " selected" } else { "" };
            format!("<option value=\"{place}\"{selected}>{name}</option>")
        };
        options.with(|options| options.iter().enumerate().map(option).collect::<String>())
    });
    let pick = move |event| {
        if let Ok(place) = event_target_value(&event).parse() {
            choose.run(place);
        }
    };
    view! {
        <label class="room-choice">
            <span>{label}</span>
            <select data-testid=id on:change=pick inner_html=options></select>
        </label>
    }
    .into_any()
}
