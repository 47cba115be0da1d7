//! Keeps what the visitor makes, and brings it back after a reload, a crash or an update. What that is, [`ui_core::kept`]
//! knows; where it lies, `public/kept.js`.

mod images;
mod notice;
pub mod script;
pub mod sorting;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use js_sys::Array;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, File};

pub use images::choice as choice_of_images;
pub use notice::{KeptNotice, PLACE, is_in_a_pile, of_a_pile};

use super::{
    clock, other_films::OtherFilms, project::OpenedProject, reveal::reveal, storage,
    workbench::Workbench,
};
use images::KeptImages;
use imaging::task::Task;
use protocol::{Command, Pack, RunId};
use script::{Network, Record, Trouble};
use storage::Keeping;
use ui_core::{
    kept::{KeptError, KeptWork, Marks, Order},
    link::Link,
    state::{AppState, RunPhase},
};

/// What has changed is kept after this time, with what changes in between.
const SOON_MS: u32 = 200;

/// A network in training is kept at most once in this time: a disk lasts longer than a page.
const NETWORK_EVERY_MS: f64 = 2_000.0;

/// Work of another visit that can be gone on with.
#[derive(Clone)]
struct Offer {
    record: Record,
    work: KeptWork,
}

/// What there is to say.
#[derive(Clone, Default)]
enum Said {
    #[default]
    Nothing,
    Offer(Box<Offer>),
    /// Work from before was made by a later version of this page, and left as it is.
    Later,
}

/// What is under way.
#[derive(Default)]
struct Writing {
    /// Not before it is known what there is from before.
    may: bool,
    /// And when it is due.
    soon: Option<(f64, Timeout)>,
    under_way: bool,
    /// Whether there is a record of this visit.
    lies: bool,
    /// The network that lies there: of which run, after how many steps.
    network: Option<(RunId, usize)>,
    network_at: f64,
    /// The record that this visit began with waits for its films, and keeps its name.
    renewed: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    Due,
    /// The page is left: what can wait now is lost.
    Leaving,
}

#[derive(Clone, Copy)]
pub struct Kept {
    workbench: Workbench,
    /// Which films the page was opened with.
    asked: (Pack, Task),
    said: RwSignal<Said, LocalStorage>,
    /// What was kept last.
    marks: RwSignal<Option<Marks>>,
    writing: StoredValue<Writing, LocalStorage>,
    /// Found, until the engine is given it.
    network: StoredValue<Option<Blob>, LocalStorage>,
    images: RwSignal<KeptImages>,
    /// The fingerprint of those that are kept, or being written.
    images_of: StoredValue<Option<u64>>,
    /// On their way from the browser to the engine.
    images_found: RwSignal<Option<KeptImages>>,
}

impl Kept {
    pub fn provide(workbench: Workbench, link: &Link, query: &str) {
        let kept = Self {
            workbench,
            asked: (link.pack.unwrap_or_default(), link.task.unwrap_or_default()),
            said: RwSignal::new_local(Said::Nothing),
            marks: RwSignal::new(None),
            writing: StoredValue::new_local(Writing::default()),
            network: StoredValue::new_local(None),
            images: RwSignal::new(KeptImages::No),
            images_of: StoredValue::new(None),
            images_found: RwSignal::new(None),
        };
        provide_context(kept);
        workbench.state.update(|state| state.keeps = true);
        kept.obey_orders();
        kept.take_up_projects();
        // Here, while the page is made: what is made after a wait follows nothing.
        kept.follow();
        kept.follow_images();
        sorting::follow(workbench);
        let query = query.to_owned();
        spawn_local(async move {
            match script::begin().await {
                Ok(found) => {
                    if let Some(record) = found {
                        kept.take_in(record, &query).await;
                    }
                    kept.writing.try_update_value(|own| own.may = true);
                    kept.write_soon(SOON_MS);
                }
                Err(trouble) => kept.tell(trouble),
            }
        });
    }

    /// Whether all that a reload would lose has been kept.
    pub fn is_safe(&self) -> bool {
        let now = self.workbench.state.with(|state| state.marks());
        let covers = |kept: &Option<Marks>| kept.as_ref().is_some_and(|kept| kept.cover(&now));
        let kept = self.marks.with(covers);
        kept && self.workbench.state.with(|state| state.can_come_back())
    }

    async fn take_in(&self, record: Record, query: &str) {
        let work = match KeptWork::parse(&record.work) {
            Ok(work) => work,
            Err(KeptError::Later) => {
                self.said.set(Said::Later);
                // It keeps its name.
                return script::renew().await;
            }
            Err(KeptError::Unreadable) => return,
        };
        let (own, now) = (Link::parse(&record.query), Link::parse(query));
        let same = own.asks() == now.asks();
        if record.own && same {
            self.restore(record, work).await;
        } else if work.is_worth_a_question() && !now.room && (same || now.asks() == Link::default())
        {
            let is_own = record.own;
            self.said.set(Said::Offer(Box::new(Offer { record, work })));
            if is_own {
                script::renew().await;
            }
        } else if record.own {
            script::renew().await;
        }
    }

    async fn restore(&self, record: Record, work: KeptWork) {
        self.writing.update_value(|own| own.lies = true);
        let films = work.films.clone();
        self.take_up(work, record.network);
        self.load_kept_images(films).await;
    }

    fn take_up(&self, work: KeptWork, network: Option<Blob>) {
        self.said.set(Said::Nothing);
        self.network.set_value(network);
        let (pack, task) = (work.films.pack, work.films.task);
        let present = self.workbench.state.with_untracked(|state| {
            let films = state.films.as_ref();
            let (pack, task) = self.asked;
            films.map_or((Some(pack), task), |own| (own.pack, own.data.task))
        });
        self.workbench.state.update(|state| state.found(work));
        if let Some(pack) = pack
            && present != (Some(pack), task)
        {
            self.workbench.expect_films(false);
            let command = Command::LoadBuiltIn { pack, task };
            self.workbench.send(command, Vec::new());
        }
    }

    /// Goes on with the work of another visit.
    fn accept(&self, offer: Offer) {
        self.said.set(Said::Nothing);
        let kept = *self;
        spawn_local(async move {
            if script::adopt(&offer.record.visit).await {
                kept.restore(offer.record, offer.work).await;
            }
        });
    }

    /// Goes on with the visit that a project holds.
    fn take_up_projects(&self) {
        let kept = *self;
        let project = self.workbench.project;
        Effect::new(move |_| {
            if project.with(Option::is_some)
                && let Some(OpenedProject { work, network }) =
                    project.try_update(Option::take).flatten()
            {
                kept.take_up(work.clone(), Some(network.clone()));
                reveal(PLACE, PLACE);
                kept.keep_waiting(work, network);
            }
        });
    }

    /// What waits for films lies on the disk meanwhile, under a name of its own: this visit may be over before they come.
    fn keep_waiting(&self, work: KeptWork, network: Blob) {
        let waits = |state: &AppState| state.needed_films().is_some();
        if !self.workbench.state.with_untracked(waits) {
            return;
        }
        let kept = *self;
        spawn_local(async move {
            script::renew().await;
            let query = window().location().search().unwrap_or_default();
            let network = Network::New(&network);
            let written = script::write(&work.to_bytes(), network, &query).await;
            kept.writing.try_update_value(|own| {
                own.lies = written.is_ok();
                own.renewed = false;
            });
            if let Err(trouble) = written {
                kept.tell(trouble);
            }
        });
    }

    /// Tells the engine what the state wants of it.
    fn obey_orders(&self) {
        let kept = *self;
        let state = self.workbench.state;
        let ordered = Memo::new(move |_| state.with(|state| state.has_order()));
        Effect::new(move |_| {
            if !ordered.get() {
                return;
            }
            let order = state.try_update(|state| state.take_order());
            match order.flatten() {
                Some(Order::AsBefore(before)) => {
                    let answers = notice::answer_before(before);
                    kept.workbench.load(OtherFilms::Present(answers));
                }
                Some(Order::Begin { run, settings }) => kept.workbench.send(
                    Command::Train {
                        run,
                        settings,
                        single_step: false,
                    },
                    Vec::new(),
                ),
                Some(Order::Return {
                    run,
                    state,
                    steps_done,
                    seconds,
                }) => {
                    let bridge = kept.workbench.bridge;
                    let there = bridge.with_value(|own| own.network(run));
                    let found = || kept.network.try_update_value(Option::take).flatten();
                    let blob = there.map(|(_, blob)| blob).or_else(found);
                    let file = blob.and_then(|blob| {
                        bridge.with_value(|own| own.keep_network(run, steps_done, blob.clone()));
                        File::new_with_blob_sequence(&Array::of1(&blob), "network").ok()
                    });
                    let command = Command::Return {
                        run,
                        state,
                        seconds,
                    };
                    // Without it the engine says that it is not there.
                    kept.workbench.send(command, file.into_iter().collect());
                }
                None => {}
            }
        });
    }

    /// Keeps whatever is new from now on.
    fn follow(&self) {
        let kept = *self;
        let state = self.workbench.state;
        let marks = Memo::new(move |_| state.with(|state| state.marks()));
        Effect::new(move |_| {
            // Tracked alone, a memo that nobody reads is never computed.
            marks.with(|_| {});
            kept.write_soon(SOON_MS);
        });
        // A page that is left may not come back to its timers.
        EventListener::new(&window(), "pagehide", move |_| {
            kept.write_now(When::Leaving)
        })
        .forget();
    }

    fn write_soon(&self, after_ms: u32) {
        let kept = *self;
        let due = clock::steady_ms() + f64::from(after_ms);
        self.writing.update_value(|own| {
            let later = own.soon.as_ref().is_none_or(|(before, _)| *before > due);
            if own.may && later {
                own.soon = Some((
                    due,
                    Timeout::new(after_ms, move || kept.write_now(When::Due)),
                ));
            }
        });
    }

    fn write_now(&self, when: When) {
        if self.writing.try_with_value(|own| own.may) != Some(true) {
            return;
        }
        let present = self.workbench.state.with_untracked(|state| {
            let run = state.run.as_ref()?;
            let learns = run.is_active() && run.phase != RunPhase::Paused;
            Some((run.id, run.network?.steps_done, learns))
        });
        let own = present.map(|(id, steps, _)| (id, steps));
        let bridge = self.workbench.bridge;
        let there = present.and_then(|(id, ..)| bridge.with_value(|own| own.network(id)));
        let plan = self.writing.try_update_value(|writing| {
            writing.soon = None;
            let is_new = own.is_some() && writing.network != own;
            let learns = present.is_some_and(|(.., learns)| learns);
            let early = clock::steady_ms() - writing.network_at < NETWORK_EVERY_MS;
            let can_wait = learns && early && when == When::Due;
            // The state has not heard yet of the network that has come last.
            let ahead = matches!((own, &there), (Some((_, steps)), Some((at, _))) if steps != *at);
            if writing.under_way || ahead || is_new && can_wait {
                return None;
            }
            writing.under_way = true;
            Some(is_new)
        });
        match plan {
            Some(Some(is_new)) => self.write(own, there.filter(|_| is_new).map(|(_, blob)| blob)),
            Some(None) => self.write_soon(SOON_MS),
            None => {}
        }
    }

    /// `blob`: the network, if another one lies there.
    fn write(&self, own: Option<(RunId, usize)>, blob: Option<Blob>) {
        let (marks, work, needs_films) = self.workbench.state.with_untracked(|state| {
            let work = match state.awaits_films() {
                true => None,
                false => state.keep(),
            };
            (state.marks(), work, state.needed_films().is_some())
        });
        let Some(work) = work else {
            let lies = self.writing.try_update_value(|own| {
                own.under_way = false;
                own.network = None;
                std::mem::take(&mut own.lies)
            });
            let awaits = self
                .workbench
                .state
                .with_untracked(|state| state.awaits_films());
            if lies == Some(true) && !awaits && !needs_films {
                // The visitor began anew.
                spawn_local(script::forget());
            }
            return;
        };
        let has_network = work.run.as_ref().is_some_and(|run| run.network.is_some());
        let kept = *self;
        spawn_local(async move {
            let renewed = kept.writing.try_with_value(|own| own.renewed);
            if needs_films && renewed == Some(false) {
                script::renew().await;
                kept.writing.try_update_value(|own| own.renewed = true);
            }
            let network = match &blob {
                _ if !has_network => Network::None,
                Some(blob) => Network::New(blob),
                None => Network::AsItIs,
            };
            let query = window().location().search().unwrap_or_default();
            let result = script::write(&work.to_bytes(), network, &query).await;
            kept.writing.try_update_value(|writing| {
                writing.under_way = false;
                writing.lies |= result.is_ok();
                if result.is_ok() && writing.network != own {
                    writing.network = own;
                    writing.network_at = clock::steady_ms();
                }
            });
            match result {
                Ok(()) => {
                    kept.marks.try_set(Some(marks));
                    kept.tell_kept();
                }
                Err(trouble) => kept.tell(trouble),
            }
        });
    }

    fn tell(&self, trouble: Trouble) {
        let keeping = storage::work();
        match trouble {
            Trouble::NotThere => {}
            Trouble::Full => keeping.set(Keeping::Full),
            Trouble::Forbidden => keeping.set(Keeping::Forbidden),
            Trouble::Stopped => keeping.set(Keeping::Stopped),
            Trouble::Later => self.said.set(Said::Later),
        }
    }

    fn tell_kept(&self) {
        let keeping = storage::work();
        if keeping.get_untracked() != Keeping::Kept {
            keeping.set(Keeping::Kept);
        }
    }
}
