//! The line to the engine: the only place that touches the worker.
//!
//! It waits for the engine to be ready and loses nothing that was said before; it starts a new
//! engine when the old one stops by itself, and gives it the films that were loaded last.

mod post;

use std::{
    cell::RefCell,
    rc::{Rc, Weak},
};

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use imaging::{
    pack::{Answers, PatientAnswer},
    task::Task,
};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, prelude::*};
use web_sys::{Blob, ErrorEvent, File, MessageEvent, Worker};

use self::post::{LatestLoad, post};
use crate::{clock, storage::tab};
use protocol::{Command, DeviceChoice, Event, Progress, RunId};
use ui_core::loads::{Loads, Outgoing};

/// The page's own build; the engine's must be the same.
const BUILD: Option<&str> = option_env!("FIRSTREAD_BUILD");
/// The page's own build, for a reader.
pub fn build() -> &'static str {
    BUILD.unwrap_or_default()
}

/// Remembers for this tab that it was reloaded to get page and engine of one build.
const RELOADED_FOR: &str = "firstread.reloaded";
/// How often in a row an engine is started anew before the user is asked.
const RESTARTS: u32 = 2;
/// An engine that ran for this long did not stop because of how it was started.
const STEADY_MS: f64 = 30_000.0;
/// First entry of the last message of an engine that has panicked; the text follows, and the file that it was reading.
const PANIC: &str = "panic";
/// Networks that can be given back to an engine.
const NETWORKS: usize = 2;
/// Events are handed on at most once in this time, about one frame.
const FRAME_MS: u32 = 16;

#[wasm_bindgen]
extern "C" {
    /// Made by `boot.js`: a worker that is being given the compiled engine.
    #[wasm_bindgen(catch, js_name = makeEngine)]
    fn make_engine() -> Result<Worker, JsValue>;

    /// Of `feature-workers.js`: `relaxed` or `plain`.
    #[wasm_bindgen(catch, js_namespace = featureWorkers, js_name = arithmetic)]
    fn arithmetic_of_workers() -> Result<String, JsValue>;
}

/// With which arithmetic the CPU's workers compute features: `relaxed` or `plain`.
pub fn arithmetic() -> String {
    arithmetic_of_workers().unwrap_or_default()
}

/// What the page hears.
pub enum News {
    Events(Vec<Event>),
    /// The engine stopped by itself.
    Lost {
        detail: String,
        restarting: bool,
        /// The file that a decoder failed on, and whether the load is tried again without it.
        file: Option<(String, bool)>,
    },
    /// Page and engine are of different builds, also after a reload.
    WrongBuild,
}

enum Line {
    /// Nobody listens yet: what is said waits here.
    Waiting(Vec<Outgoing<File>>),
    Open,
}

struct Engine {
    worker: Worker,
    _listeners: [EventListener; 3],
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

struct Inner {
    engine: Option<Engine>,
    line: Line,
    start: Command,
    loads: Loads<File>,
    latest_load: LatestLoad,
    /// To be loaded as soon as a new engine has the films of the old one.
    repeated: Option<Outgoing<File>>,
    crashes: u32,
    /// When the present engine was started, in milliseconds.
    begun: f64,
    inbox: Vec<Event>,
    /// The pack that the engine has written last.
    pack: Option<Blob>,
    /// What it takes to bring back the present run and the one before it.
    networks: Vec<(RunId, usize, Blob)>,
    /// The file with the trained network, until the visitor has it.
    network: Option<Blob>,
    delivery: Option<Timeout>,
    hear: Rc<dyn Fn(News)>,
}

#[derive(Clone)]
pub struct Bridge(Rc<RefCell<Inner>>);

impl Bridge {
    /// Starts an engine; `hear` is told whatever comes of it.
    pub fn new(device: DeviceChoice, workers: usize, hear: impl Fn(News) + 'static) -> Self {
        let bridge = Self(Rc::new(RefCell::new(Inner {
            engine: None,
            line: Line::Waiting(Vec::new()),
            start: Command::Start { device, workers },
            loads: Loads::default(),
            latest_load: LatestLoad::default(),
            repeated: None,
            crashes: 0,
            begun: 0.0,
            inbox: Vec::new(),
            pack: None,
            networks: Vec::new(),
            network: None,
            delivery: None,
            hear: Rc::new(hear),
        })));
        bridge.spawn();
        bridge
    }

    pub fn send(&self, command: Command) {
        self.send_with_files(command, Vec::new());
    }

    /// `files` in the order in which the command names them.
    pub fn send_with_files(&self, command: Command, files: Vec<File>) {
        let outgoing = Outgoing { command, files };
        let posted = {
            let mut inner = self.0.borrow_mut();
            inner.loads.note(&outgoing);
            inner.say(outgoing)
        };
        if let Err(detail) = posted {
            self.lost(&detail);
        }
    }

    /// What is being loaded is no longer wanted. The films from before still come where a new engine is given those first.
    pub fn stop_loading(&self) {
        let waited = self.0.borrow_mut().repeated.take();
        match waited {
            Some(_) => drop(self.take_in(Event::LoadStopped)),
            None => self.send(Command::StopLoading),
        }
    }

    /// Loads the files of the last attempt again, with the user's word on what was unclear.
    pub fn load_again(&self, answers: Answers) {
        let attempt = self.0.borrow().loads.with_answers(answers);
        if let Some(Outgoing { command, files }) = attempt {
            self.send_with_files(command, files);
        }
    }

    /// Loads the present films again, with more answers.
    pub fn load_present_again(&self, answers: Answers) {
        let present = self.0.borrow().loads.present_with_answers(answers);
        if let Some(Outgoing { command, files }) = present {
            self.send_with_files(command, files);
        }
    }

    /// The files that were to be loaded last; none if it was no files.
    pub fn files_asked_for(&self) -> Vec<(String, File)> {
        self.0.borrow().loads.files()
    }

    /// The files of the films that are there; none if those are not of files.
    pub fn present_files(&self) -> Vec<(String, File)> {
        self.0.borrow().loads.present_files()
    }

    /// Whether these are the same.
    pub fn asked_for_present_files(&self) -> bool {
        self.0.borrow().loads.attempt_is_present()
    }

    /// What was last said of the patients of the films that are there.
    pub fn said_of_patients(&self) -> Option<PatientAnswer> {
        self.0.borrow().loads.said_of_patients().cloned()
    }

    /// The pack that was saved last, until it is forgotten.
    pub fn pack(&self) -> Option<Blob> {
        self.0.borrow().pack.clone()
    }

    /// What it takes to bring this run back, as the engine has given it last, and after how many steps.
    pub fn network(&self, run: RunId) -> Option<(usize, Blob)> {
        let inner = self.0.borrow();
        let own = inner.networks.iter().find(|(own, ..)| *own == run);
        own.map(|(_, steps_done, file)| (*steps_done, file.clone()))
    }

    pub fn keep_network(&self, run: RunId, steps_done: usize, file: Blob) {
        let networks = &mut self.0.borrow_mut().networks;
        networks.retain(|(own, ..)| *own != run);
        if networks.len() == NETWORKS {
            networks.remove(0);
        }
        networks.push((run, steps_done, file));
    }

    pub fn forget_pack(&self) {
        self.0.borrow_mut().pack = None;
    }

    /// The file with the trained network, once.
    pub fn take_network(&self) -> Option<Blob> {
        self.0.borrow_mut().network.take()
    }

    /// Loads the present films again, with something else asked about them (see [`Task::films`]).
    pub fn ask_about(&self, task: Task, class: Option<usize>) {
        let again = self.0.borrow().loads.with_task(task, class);
        if let Some(Outgoing { command, files }) = again {
            self.send_with_files(command, files);
        }
    }

    /// Starts anew after the bridge had given up.
    pub fn restart(&self) {
        {
            let mut inner = self.0.borrow_mut();
            inner.crashes = 0;
            // What the old engine said last is about what is no longer there.
            inner.inbox.clear();
        }
        self.replace_engine();
    }

    fn spawn(&self) {
        self.0.borrow_mut().begun = clock::date_ms();
        let spawned = make_engine();
        match spawned {
            Ok(worker) => {
                let engine = Engine {
                    _listeners: self.listen(&worker),
                    worker,
                };
                self.0.borrow_mut().engine = Some(engine);
            }
            Err(error) => {
                let bridge = self.clone();
                // Not at once: the caller is still being set up.
                Timeout::new(0, move || bridge.lost(&describe(&error))).forget();
            }
        }
    }

    fn listen(&self, worker: &Worker) -> [EventListener; 3] {
        let on = |kind: &'static str, act: fn(&Self, &web_sys::Event)| {
            let bridge: Weak<RefCell<Inner>> = Rc::downgrade(&self.0);
            EventListener::new(worker, kind, move |event| {
                if let Some(inner) = bridge.upgrade() {
                    act(&Self(inner), event);
                }
            })
        };
        [
            on("message", Self::on_message),
            on("messageerror", |bridge, _| bridge.lost("messageerror")),
            on("error", |bridge, event| {
                let error = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message);
                // A script that does not load is an event without a message.
                bridge.lost(&error.unwrap_or_else(|| "engine-start.js".into()));
            }),
        ]
    }

    fn on_message(&self, message: &web_sys::Event) {
        match decode(message) {
            Ok((Event::Ready { build }, _)) => self.on_ready(&build),
            Ok((event, file)) => {
                match (&event, file) {
                    (
                        Event::Checkpoint {
                            run, steps_done, ..
                        },
                        Some(file),
                    ) => self.keep_network(*run, *steps_done, file),
                    (Event::ModelExported { .. }, file) => self.0.borrow_mut().network = file,
                    (_, Some(file)) => self.0.borrow_mut().pack = Some(file),
                    (_, None) => {}
                }
                let repeated = self.take_in(event);
                if let Some(Outgoing { command, files }) = repeated {
                    self.send_with_files(command, files);
                }
            }
            Err(Unheard { detail, file }) => self.lost_over(&detail, file),
        }
    }

    /// Keeps an event for the page; what is to be said now that it has come.
    fn take_in(&self, event: Event) -> Option<Outgoing<File>> {
        let mut inner = self.0.borrow_mut();
        let repeats = inner.repeated.is_some();
        let repeated = match event {
            Event::Loaded { .. } => {
                inner.loads.succeeded();
                inner.repeated.take()
            }
            Event::LoadStopped => {
                inner.loads.failed();
                None
            }
            Event::LoadFailed { .. } => {
                inner.loads.failed();
                inner.repeated.take()
            }
            _ => None,
        };
        // The films from before come back on the way to those that are waited for: of their reading nothing is told.
        if !(repeats && matches!(event, Event::Loading { .. } | Event::LoadFailed { .. })) {
            inner.inbox.push(event);
        }
        if repeated.is_some() {
            inner.inbox.push(Event::Loading {
                progress: Progress::NOTHING_YET,
            });
        }
        if inner.delivery.is_none() {
            let bridge = self.clone();
            inner.delivery = Some(Timeout::new(FRAME_MS, move || bridge.deliver()));
        }
        repeated
    }

    fn on_ready(&self, build: &str) {
        if build != BUILD.unwrap_or_default() {
            self.wrong_build(build);
            return;
        }
        tab::forget(RELOADED_FOR);
        let posted = self.0.borrow_mut().open();
        if let Err(detail) = posted {
            self.lost(&detail);
        }
    }

    /// An old engine came out of a cache: a reload fetches both anew, but only one is tried.
    fn wrong_build(&self, build: &str) {
        let tried = || tab::kept::<String>(RELOADED_FOR).is_some_and(|tried| tried == build);
        let reloaded = !tried()
            && tab::keep(RELOADED_FOR, build)
            && web_sys::window().is_some_and(|window| window.location().reload().is_ok());
        if !reloaded {
            self.0.borrow_mut().engine = None;
            self.tell(News::WrongBuild);
        }
    }

    fn deliver(&self) {
        let events = {
            let mut inner = self.0.borrow_mut();
            inner.delivery = None;
            std::mem::take(&mut inner.inbox)
        };
        self.tell(News::Events(events));
    }

    fn lost(&self, detail: &str) {
        self.lost_over(detail, None);
    }

    /// `file`: the one that it was reading. A load is tried again without it, which is not counted as a crash.
    fn lost_over(&self, detail: &str, file: Option<String>) {
        self.deliver();
        let (restarting, again) = {
            let mut inner = self.0.borrow_mut();
            inner.engine = None;
            let steady = clock::date_ms() - inner.begun > STEADY_MS;
            let before = if steady { 0 } else { inner.crashes };
            inner.repeated = file.as_ref().and_then(|path| inner.loads.without(path));
            let again = inner.repeated.is_some();
            inner.crashes = if again { before } else { before + 1 };
            (inner.crashes <= RESTARTS, again)
        };
        self.tell(News::Lost {
            detail: detail.to_owned(),
            restarting,
            file: file.map(|path| (path, again && restarting)),
        });
        if restarting {
            self.replace_engine();
        }
    }

    fn replace_engine(&self) {
        {
            let mut inner = self.0.borrow_mut();
            inner.engine = None;
            let again = inner.loads.restore();
            inner.line = Line::Waiting(vec![again]);
        }
        self.spawn();
    }

    /// The listener may answer at once, so nothing is borrowed while it is told.
    fn tell(&self, news: News) {
        let hear = self.0.borrow().hear.clone();
        hear(news);
    }
}

impl Inner {
    fn open(&mut self) -> Result<(), String> {
        let start = Outgoing {
            command: self.start.clone(),
            files: Vec::new(),
        };
        let Line::Waiting(queue) = std::mem::replace(&mut self.line, Line::Open) else {
            return Ok(());
        };
        self.say(start)?;
        queue.into_iter().try_for_each(|waiting| self.say(waiting))
    }

    fn say(&mut self, outgoing: Outgoing<File>) -> Result<(), String> {
        match (&mut self.line, &self.engine) {
            (Line::Waiting(queue), _) => queue.push(outgoing),
            (Line::Open, Some(engine)) => post(&engine.worker, &outgoing, &self.latest_load)?,
            (Line::Open, None) => {}
        }
        Ok(())
    }
}

/// Why an engine can no longer be listened to.
struct Unheard {
    detail: String,
    /// The file that it was reading.
    file: Option<String>,
}

impl From<String> for Unheard {
    fn from(detail: String) -> Self {
        Self { detail, file: None }
    }
}

/// With the file that came beside it.
fn decode(message: &web_sys::Event) -> Result<(Event, Option<Blob>), Unheard> {
    let message = message.dyn_ref::<MessageEvent>().map(MessageEvent::data);
    let parts: Array = message
        .and_then(|data| data.dyn_into().ok())
        .unwrap_or_default();
    if parts.get(0) == PANIC {
        return Err(Unheard {
            detail: parts.get(1).as_string().unwrap_or_default(),
            file: parts.get(2).as_string(),
        });
    }
    let bytes = parts.get(0).dyn_into::<Uint8Array>();
    let bytes = bytes.map_err(|_| "a message of an unknown kind".to_owned())?;
    let event = postcard::from_bytes(&bytes.to_vec()).map_err(|error| error.to_string())?;
    Ok((event, parts.get(1).dyn_into().ok()))
}

fn describe(error: &JsValue) -> String {
    error
        .dyn_ref::<js_sys::Error>()
        .map_or_else(|| format!("{error:?}"), |error| error.message().into())
}
