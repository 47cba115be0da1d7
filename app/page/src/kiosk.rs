//! The kiosk: the workbench's essence on the full screen, for fingers, for visitors who come and go.

mod answer;
mod attract;
mod bar;
mod browser;
mod camera;
mod closed;
mod contest;
mod end;
mod enlarge;
mod film;
mod first_films;
mod fresh;
mod idle;
mod leave;
mod legend;
mod look;
mod operator;
mod pin;
mod round;
mod train;
mod watch;

use std::{collections::BTreeSet, sync::Arc};

use gloo_timers::callback::{Interval, Timeout};
use imaging::settings::Settings as Training;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::{
    camera::is_lent, clock, offline::Offline, other_films::OtherFilms, storage, test::figures,
    workbench::Workbench,
};
use crate::i18n::use_i18n;
use protocol::Pack;
use text::language::Language;
use ui_core::{
    kiosk::{
        computes,
        counters::{Count, Counters},
        face_off::FaceOff,
        machine::{Duty, Happening, Machine, Screen, Stop, Why},
        settings::{KioskSettings, Origin},
    },
    link::Link,
    state::{AppState, Reply, RunPhase},
};

/// Where the browser keeps the counters.
const KEY: &str = "firstread.kiosk";
/// How often the kiosk looks at its clock.
const TICK_MS: u32 = 250;

/// What all screens of the kiosk share.
#[derive(Clone, Copy)]
pub struct KioskContext {
    pub workbench: Workbench,
    offline: Offline,
    machine: RwSignal<Machine>,
    pub place: Memo<Screen>,
    /// By the link: comes before the first of the settings.
    asked_language: Option<Language>,
    /// `None` until the file has come, or will not come.
    pub settings: RwSignal<Option<Arc<(KioskSettings, Origin)>>>,
    pub counters: RwSignal<Counters>,
    pub contest: RwSignal<Option<FaceOff>>,
    /// Films that the visitor opened large.
    pub looked: RwSignal<BTreeSet<usize>>,
    /// Until none was found, once a visitor has tried.
    has_camera: RwSignal<bool>,
    /// The clock as of the last tick.
    pub now: RwSignal<f64>,
    /// Networks trained since the page was opened, to give each a seed of its own.
    rounds: StoredValue<u64>,
    guards: StoredValue<watch::Guards, LocalStorage>,
}

#[component]
pub fn Kiosk() -> impl IntoView {
    let kiosk = KioskContext::new(expect_context());
    provide_context(kiosk);
    provide_context(pin::Waits(RwSignal::new(
        ui_core::kiosk::lock::Lock::default(),
    )));
    kiosk.begin();
    // The stop is remade only when it changes; the PIN and the operator lie in its place.
    let screen = figures::keyed(move || match kiosk.place.get() {
        Screen::Attract => view! { <attract::Attract /> }.into_any(),
        Screen::Visit(Stop::Look) => view! { <look::Look /> }.into_any(),
        Screen::Visit(Stop::Train) => view! { <train::Train /> }.into_any(),
        Screen::Visit(Stop::FaceOff) => view! { <contest::Contest /> }.into_any(),
        Screen::Visit(Stop::Film) => view! { <film::Film /> }.into_any(),
        Screen::Visit(Stop::Answer) => view! { <answer::Answer /> }.into_any(),
        Screen::Visit(Stop::End) => view! { <end::End /> }.into_any(),
        Screen::Pin(_) => view! { <pin::Pin /> }.into_any(),
        Screen::Operator(_) => view! { <operator::Operator /> }.into_any(),
    });
    let fresh = fresh::is_fresh(kiosk.place);
    view! {
        <div
            class="kiosk"
            class:kiosk-fresh=fresh
            data-testid="kiosk"
            data-place=move || place_name(kiosk.place.get())
        >
            <bar::Bar />
            <main class="kiosk-main">{screen}</main>
            <idle::Question />
        </div>
    }
}

fn place_name(place: Screen) -> &'static str {
    match place {
        Screen::Attract => "attract",
        Screen::Visit(stop) => bar::id(stop),
        Screen::Pin(_) => "pin",
        Screen::Operator(_) => "operator",
    }
}

impl KioskContext {
    fn new(workbench: Workbench) -> Self {
        let machine = RwSignal::new(Machine::default());
        let counters = storage::kept(KEY);
        Self {
            workbench,
            offline: expect_context(),
            machine,
            place: Memo::new(move |_| machine.with(|machine| machine.place)),
            asked_language: Link::parse(&window().location().search().unwrap_or_default()).language,
            settings: RwSignal::new(None),
            counters: RwSignal::new(
                counters.unwrap_or_else(|| Counters::starting(clock::date_iso())),
            ),
            contest: RwSignal::new(None),
            looked: RwSignal::default(),
            has_camera: RwSignal::new(is_lent()),
            now: RwSignal::new(clock::steady_ms()),
            rounds: StoredValue::new(0),
            guards: StoredValue::new_local(watch::Guards::default()),
        }
    }

    fn begin(self) {
        closed::shut(self);
        browser::keep_awake();
        self.watch();
        spawn_local(async move {
            let read = browser::settings().await;
            if read.0.pack() != Pack::default() {
                self.workbench.load(OtherFilms::Pack(read.0.pack()));
            }
            self.settings.set(Some(Arc::new(read)));
            self.use_first_language();
        });
        let clock = Interval::new(TICK_MS, move || self.tick());
        let clock = StoredValue::new_local(clock);
        on_cleanup(move || clock.dispose());
    }

    /// The settings in use; the usual ones until the file has come.
    pub fn set(self) -> KioskSettings {
        let read = self.settings.get();
        read.map_or_else(KioskSettings::default, |read| read.0.clone())
    }

    pub fn go(self, stop: Stop) {
        self.on(Happening::Gone(stop));
        browser::scroll_up();
    }

    pub fn on(self, happening: Happening) {
        let patience = untrack(|| self.set().patience());
        let now = clock::steady_ms();
        let step = |machine: &mut Machine| machine.handle(happening, now, patience);
        let before = self.machine.get_untracked();
        let mut machine = before;
        let duty = step(&mut machine);
        if machine != before {
            self.machine.set(machine);
        }
        match duty {
            Some(Duty::Welcome) => self.welcome(),
            Some(Duty::Wipe(why)) => self.wipe(why),
            None => {}
        }
    }

    pub fn count(self, count: Count) {
        self.counters.update(|counters| counters.add(count));
        storage::keep(KEY, self.counters.get_untracked());
    }

    pub fn reset_counters(self) {
        self.counters.set(Counters::starting(clock::date_iso()));
        storage::keep(KEY, self.counters.get_untracked());
    }

    /// Settings of the next network, with a seed of its own.
    pub fn next_training(self, made: fn(&KioskSettings, u64) -> Training) {
        let settings = untrack(|| self.set());
        let round = self.rounds.get_value();
        self.rounds.set_value(round.wrapping_add(1));
        let mut training = made(&settings, settings.seed.wrapping_add(round));
        self.workbench.state.update(|state| {
            // What the films allow was found out when they were loaded.
            if state
                .films
                .as_ref()
                .is_some_and(|films| !films.has_patients())
            {
                training.split_by = imaging::split::SplitBy::Image;
            }
            state.settings = training;
        });
    }

    /// Seconds until the visit is forgotten, if the question stands there.
    pub fn seconds_left(self) -> Option<u32> {
        let now = self.now.get();
        self.machine.with(|machine| machine.seconds_left(now))
    }

    fn tick(self) {
        self.now.set(clock::steady_ms());
        let busy = self.workbench.state.with_untracked(computes);
        self.on(Happening::Ticked { busy });
        self.look_after();
    }

    fn welcome(self) {
        self.count(Count::Visit);
        self.workbench.stop();
        self.workbench.state.update(AppState::forget);
        self.next_training(KioskSettings::visit);
    }

    /// All that came of a visit is gone after this, here and with the engine that knew it.
    fn wipe(self, why: Why) {
        if why == Why::Left {
            self.count(Count::Reset);
        }
        let workbench = self.workbench;
        workbench.viewed.set(None);
        workbench.examined.set(None);
        workbench.state.update(AppState::forget);
        self.contest.set(None);
        self.looked.set(BTreeSet::new());
        self.use_first_language();
        if why != Why::Trouble {
            workbench.restart_engine();
            self.offline.switch_if_newer();
        }
        browser::scroll_up();
    }

    /// Opens a film large.
    pub fn look_closely(self, sample: usize) {
        self.looked.update(|looked| {
            looked.insert(sample);
        });
        self.workbench.view_film(sample);
    }

    /// The same visitor begins again, in the language that they read.
    pub fn begin_again(self) {
        let spoken = self.workbench.i18n().language();
        self.on(Happening::Finished);
        self.on(Happening::Begun);
        self.workbench.i18n().set(spoken);
    }

    /// Kept nowhere: the next visitor begins in the first language again, also after somebody who only passed by.
    pub fn speak(self, language: Language) {
        self.workbench.i18n().set(language);
        let patience = untrack(|| self.set()).patience().idle;
        Timeout::new(patience as u32, move || {
            if self.place.try_get_untracked() == Some(Screen::Attract) {
                self.use_first_language();
            }
        })
        .forget();
    }

    fn use_first_language(self) {
        let offered = untrack(|| self.set()).languages();
        let asked = self.asked_language.filter(|asked| offered.contains(asked));
        if let Some(language) = asked.or(offered.into_iter().next()) {
            self.workbench.i18n().set(language);
        }
    }

    /// Counts what visitors get done.
    fn count_deeds(self) {
        let state = self.workbench.state;
        let visits = move || matches!(self.place.get_untracked(), Screen::Visit(_));
        let trained = Memo::new(move |_| {
            state.with(|state| {
                let run = state.run.as_ref()?;
                matches!(run.phase, RunPhase::Finished { .. }).then_some(run.id)
            })
        });
        Effect::new(move |_| {
            if trained.get().is_some() && visits() {
                self.count(Count::Training);
            }
        });
        let answered = Memo::new(move |_| {
            state.with(|state| {
                let first = state.questions.first()?;
                matches!(first.reply, Reply::Answered(_)).then_some(first.id)
            })
        });
        Effect::new(move |_| {
            if answered.get().is_some() && visits() {
                self.count(Count::Answer);
            }
        });
    }
}

/// Heading of a screen, which takes the focus when it opens.
fn head(heading: Signal<String>, lead: Signal<String>) -> AnyView {
    let title = NodeRef::<leptos::html::H1>::new();
    title.on_load(|title| {
        request_animation_frame(move || {
            // Refused only if it is gone again.
            let _ = title.focus();
        });
    });
    view! {
        <header class="kiosk-head">
            <h1 node_ref=title tabindex="-1">{heading}</h1>
            <p class="kiosk-lead">{lead}</p>
        </header>
    }
    .into_any()
}

/// A large button.
fn button(
    id: &'static str,
    class: &'static str,
    words: Signal<String>,
    press: impl Fn() + 'static,
) -> AnyView {
    let press: Box<dyn Fn()> = Box::new(press);
    view! {
        <button type="button" class=class data-testid=id on:click=move |_| press()>
            {words}
        </button>
    }
    .into_any()
}

fn i18n() -> super::I18n {
    use_i18n()
}
