//! The line to the engine: the only place that touches the worker.
//!
//! It waits for the engine to be ready and loses nothing that was said before; it starts a new
//! engine when the old one stops by itself, and gives it the films that were loaded last.

mod loads;

use std::{
    cell::RefCell,
    rc::{Rc, Weak},
};

use gloo_events::EventListener;
use gloo_storage::{SessionStorage, Storage};
use gloo_timers::callback::Timeout;
use js_sys::{Array, Uint8Array};
use model::{pack::FolderRole, task::Task};
use wasm_bindgen::{JsCast, prelude::*};
use web_sys::{ErrorEvent, File, MessageEvent, Worker};

use crate::protocol::{Command, DeviceChoice, Event};
use loads::Loads;

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
/// First entry of the last message of an engine that has panicked; the text follows.
const PANIC: &str = "panic";
/// Events are handed on at most once in this time, about one frame.
const FRAME_MS: u32 = 16;

#[wasm_bindgen]
extern "C" {
    /// Made by `boot.js`: a worker that is being given the compiled engine.
    #[wasm_bindgen(catch, js_name = makeEngine)]
    fn make_engine() -> Result<Worker, JsValue>;
}

/// What the page hears.
pub enum News {
    Events(Vec<Event>),
    /// The engine stopped by itself.
    Lost {
        detail: String,
        restarting: bool,
    },
    /// Page and engine are of different builds, also after a reload.
    WrongBuild,
}

/// One command with the files that belong to it.
#[derive(Clone)]
struct Outgoing {
    command: Command,
    files: Vec<File>,
}

enum Line {
    /// Nobody listens yet: what is said waits here.
    Waiting(Vec<Outgoing>),
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
    loads: Loads,
    crashes: u32,
    /// When the present engine was started, in milliseconds.
    begun: f64,
    inbox: Vec<Event>,
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
            crashes: 0,
            begun: 0.0,
            inbox: Vec::new(),
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

    /// Loads the files of the last attempt again, with the user's word on what their folders mean.
    pub fn load_again(&self, roles: Vec<(String, FolderRole)>) {
        let attempt = self.0.borrow().loads.with_roles(roles);
        if let Some(Outgoing { command, files }) = attempt {
            self.send_with_files(command, files);
        }
    }

    /// The files that were to be loaded last; none if it was no files.
    pub fn files_asked_for(&self) -> Vec<(String, File)> {
        self.0.borrow().loads.files()
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
        self.0.borrow_mut().begun = js_sys::Date::now();
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
            Ok(Event::Ready { build }) => self.on_ready(&build),
            Ok(event) => {
                let mut inner = self.0.borrow_mut();
                if let Event::Loaded { .. } = event {
                    inner.loads.succeeded();
                }
                inner.inbox.push(event);
                if inner.delivery.is_none() {
                    let bridge = self.clone();
                    inner.delivery = Some(Timeout::new(FRAME_MS, move || bridge.deliver()));
                }
            }
            Err(detail) => self.lost(&detail),
        }
    }

    fn on_ready(&self, build: &str) {
        if build != BUILD.unwrap_or_default() {
            self.wrong_build(build);
            return;
        }
        if remembers() {
            SessionStorage::delete(RELOADED_FOR);
        }
        let posted = self.0.borrow_mut().open();
        if let Err(detail) = posted {
            self.lost(&detail);
        }
    }

    /// An old engine came out of a cache: a reload fetches both anew, but only one is tried.
    fn wrong_build(&self, build: &str) {
        let tried =
            || SessionStorage::get::<String>(RELOADED_FOR).is_ok_and(|tried| tried == build);
        let reloaded = remembers()
            && !tried()
            && SessionStorage::set(RELOADED_FOR, build).is_ok()
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
        self.deliver();
        let restarting = {
            let mut inner = self.0.borrow_mut();
            inner.engine = None;
            let steady = js_sys::Date::now() - inner.begun > STEADY_MS;
            inner.crashes = if steady { 1 } else { inner.crashes + 1 };
            inner.crashes <= RESTARTS
        };
        self.tell(News::Lost {
            detail: detail.to_owned(),
            restarting,
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

    fn say(&mut self, outgoing: Outgoing) -> Result<(), String> {
        match (&mut self.line, &self.engine) {
            (Line::Waiting(queue), _) => queue.push(outgoing),
            (Line::Open, Some(engine)) => post(&engine.worker, &outgoing)?,
            (Line::Open, None) => {}
        }
        Ok(())
    }
}

fn post(worker: &Worker, outgoing: &Outgoing) -> Result<(), String> {
    let bytes = postcard::to_allocvec(&outgoing.command).map_err(|error| error.to_string())?;
    let message = Array::of1(&Uint8Array::from(bytes.as_slice()));
    for file in &outgoing.files {
        message.push(file);
    }
    worker
        .post_message(&message)
        .map_err(|error| describe(&error))
}

/// An event, or why the engine can no longer be listened to.
fn decode(message: &web_sys::Event) -> Result<Event, String> {
    let message = message.dyn_ref::<MessageEvent>().map(MessageEvent::data);
    let parts: Array = message
        .and_then(|data| data.dyn_into().ok())
        .unwrap_or_default();
    if parts.get(0) == PANIC {
        return Err(parts.get(1).as_string().unwrap_or_default());
    }
    let bytes = parts.get(0).dyn_into::<Uint8Array>();
    let bytes = bytes.map_err(|_| "a message of an unknown kind".to_owned())?;
    postcard::from_bytes(&bytes.to_vec()).map_err(|error| error.to_string())
}

/// The browser throws at the mere asking where the visitor has forbidden storage.
fn remembers() -> bool {
    web_sys::window().is_some_and(|window| matches!(window.session_storage(), Ok(Some(_))))
}

fn describe(error: &JsValue) -> String {
    error
        .dyn_ref::<js_sys::Error>()
        .map_or_else(|| format!("{error:?}"), |error| error.message().into())
}
