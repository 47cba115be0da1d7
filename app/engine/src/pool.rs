//! Workers that compute features on the CPU side by side, each with the engine's own program.
//!
//! To a worker go `["weights", Uint8Array]`, `["recipe", Uint8Array]` and `["job", ticket, Float32Array]`;
//! back come `["ready"]`, `["done", ticket, reading, activation]` and `["failed", ticket, text]`.

use js_sys::{Array, Float32Array, Reflect, Uint8Array};
use training::features::{Features, Recipe, View};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{ErrorEvent, Event, MessageEvent, Worker, WorkerOptions};

use super::{
    POOL_WORKER,
    inbox::{Inbox, Message},
    scope::{self, describe},
};
use protocol::{ExperimentId, InquiryId};

pub const WEIGHTS: &str = "weights";
pub const RECIPE: &str = "recipe";
pub const JOB: &str = "job";
pub const READY: &str = "ready";
pub const DONE: &str = "done";
pub const FAILED: &str = "failed";

/// Jobs that a worker holds: one under way, one so that it need not wait.
const JOBS_HELD: usize = 2;

/// What a worker says. A worker that crashed has a successor with another number.
pub struct FromWorker {
    worker: u32,
    saying: Saying,
}

enum Saying {
    Parts(Array),
    Crashed(String),
}

/// Whom the features are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobSource {
    /// The store of the films; later data have a higher number.
    Data(u32),
    /// An inquiry; the view's sample is the number of its input.
    Inquiry(InquiryId),
    /// An experiment; likewise.
    Experiment(ExperimentId),
}

/// A view whose features a worker computes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Job {
    pub view: View,
    /// The data, or the inquiry, that the view is of.
    pub source: JobSource,
    pub recipe: Recipe,
}

/// What came of a message from a worker.
pub enum Outcome {
    /// Nothing to do with features.
    Nothing,
    Done(Job, Features),
    /// These were with a worker that crashed or failed.
    Lost {
        jobs: Vec<Job>,
        detail: String,
    },
}

pub struct Pool {
    slots: Vec<Slot>,
    weights: Uint8Array,
    inbox: Inbox,
    next_number: u32,
    next_ticket: u32,
}

struct Slot {
    worker: Worker,
    number: u32,
    ready: bool,
    recipe: Option<Recipe>,
    jobs: Vec<(u32, Job)>,
    /// Called by the worker; must live as long.
    _listeners: Listeners,
}

struct Listeners {
    _message: Closure<dyn FnMut(MessageEvent)>,
    _error: Closure<dyn FnMut(Event)>,
}

impl Pool {
    /// Starts the workers.
    ///
    /// # Errors
    /// What the browser said against it.
    pub fn new(size: usize, weights: Uint8Array, inbox: Inbox) -> Result<Self, String> {
        let mut pool = Self {
            slots: Vec::with_capacity(size),
            weights,
            inbox,
            next_number: 0,
            next_ticket: 0,
        };
        for _ in 0..size {
            let slot = pool.start_worker()?;
            pool.slots.push(slot);
        }
        Ok(pool)
    }

    /// Whether a worker would begin a job given now at once, or next.
    pub fn has_room(&self) -> bool {
        self.slots
            .iter()
            .any(|slot| slot.ready && slot.jobs.len() < JOBS_HELD)
    }

    /// Gives a job to the worker with the fewest. `input` as [`training::features::input`] makes it.
    pub fn give(&mut self, job: Job, input: &[f32]) {
        let ticket = self.next_ticket;
        self.next_ticket = ticket.wrapping_add(1);
        let slots = self.slots.iter_mut().filter(|slot| slot.ready);
        if let Some(slot) = slots.min_by_key(|slot| slot.jobs.len()) {
            slot.adopt(&job.recipe);
            slot.jobs.push((ticket, job));
            let input = Float32Array::from(input);
            let parts = Array::of3(&JOB.into(), &ticket.into(), &input);
            slot.post(&parts, &Array::of1(&input.buffer()));
        }
    }

    pub fn receive(&mut self, FromWorker { worker, saying }: FromWorker) -> Outcome {
        let Some(place) = self.slots.iter().position(|slot| slot.number == worker) else {
            return Outcome::Nothing;
        };
        let parts = match saying {
            Saying::Crashed(detail) => return self.replace(place, detail),
            Saying::Parts(parts) => parts,
        };
        let slot = &mut self.slots[place];
        let kind = parts.get(0).as_string().unwrap_or_default();
        match kind.as_str() {
            READY => {
                slot.ready = true;
                let parts = Array::of2(&WEIGHTS.into(), &self.weights);
                slot.post(&parts, &Array::new());
                Outcome::Nothing
            }
            DONE => match slot.take(&parts.get(1)) {
                Some(job) => Outcome::Done(
                    job,
                    Features {
                        reading: Float32Array::new(&parts.get(2)).to_vec(),
                        activation: Float32Array::new(&parts.get(3)).to_vec(),
                    },
                ),
                None => Outcome::Nothing,
            },
            FAILED => Outcome::Lost {
                jobs: slot.take(&parts.get(1)).into_iter().collect(),
                detail: parts.get(2).as_string().unwrap_or_default(),
            },
            scope::PANIC => {
                let detail = parts.get(1).as_string().unwrap_or_default();
                self.replace(place, detail)
            }
            _ => Outcome::Nothing,
        }
    }

    /// Puts a new worker in the place of one that crashed.
    fn replace(&mut self, place: usize, detail: String) -> Outcome {
        let crashed = self.slots.swap_remove(place);
        let jobs: Vec<Job> = crashed.jobs.iter().map(|(_, job)| *job).collect();
        crashed.end();
        // One that crashed before it was ready would only crash again.
        if crashed.ready
            && let Ok(slot) = self.start_worker()
        {
            self.slots.push(slot);
        }
        Outcome::Lost { jobs, detail }
    }

    /// No worker is left.
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    fn start_worker(&mut self) -> Result<Slot, String> {
        let number = self.next_number;
        self.next_number += 1;
        let options = WorkerOptions::new();
        options.set_name(POOL_WORKER);
        let script = scope::scope().location().href();
        let worker =
            Worker::new_with_options(&script, &options).map_err(|error| describe(&error))?;
        let listeners = listen(&worker, number, &self.inbox);
        let module = Reflect::get(&scope::scope(), &"engineModule".into())
            .map_err(|error| describe(&error))?;
        worker
            .post_message(&module)
            .map_err(|error| describe(&error))?;
        Ok(Slot {
            worker,
            number,
            ready: false,
            recipe: None,
            jobs: Vec::new(),
            _listeners: listeners,
        })
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        for slot in &self.slots {
            slot.end();
        }
    }
}

impl Slot {
    /// Tells the worker the recipe, if its last one was another.
    fn adopt(&mut self, recipe: &Recipe) {
        if self.recipe.as_ref() == Some(recipe) {
            return;
        }
        match postcard::to_allocvec(recipe) {
            Ok(bytes) => {
                let bytes = Uint8Array::from(bytes.as_slice());
                self.post(&Array::of2(&RECIPE.into(), &bytes), &Array::new());
                self.recipe = Some(*recipe);
            }
            Err(error) => panic!("a recipe could not be written: {error}"),
        }
    }

    fn take(&mut self, ticket: &JsValue) -> Option<Job> {
        let ticket = ticket.as_f64()?;
        let place = self
            .jobs
            .iter()
            .position(|(own, _)| f64::from(*own) == ticket)?;
        Some(self.jobs.swap_remove(place).1)
    }

    fn post(&self, parts: &Array, transfer: &Array) {
        if let Err(error) = self.worker.post_message_with_transfer(parts, transfer) {
            web_sys::console::error_1(&error);
        }
    }

    fn end(&self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

fn listen(worker: &Worker, number: u32, inbox: &Inbox) -> Listeners {
    let say = {
        let inbox = inbox.clone();
        move |saying| {
            inbox.push(Message::Pool(FromWorker {
                worker: number,
                saying,
            }));
        }
    };
    let say_error = say.clone();
    let message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Ok(parts) = event.data().dyn_into::<Array>() {
            say(Saying::Parts(parts));
        }
    });
    let error = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        event.prevent_default();
        // A script that does not load gives an event without a message.
        let message = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message);
        say_error(Saying::Crashed(message.unwrap_or_default()));
    });
    worker.set_onmessage(Some(message.as_ref().unchecked_ref()));
    worker.set_onerror(Some(error.as_ref().unchecked_ref()));
    Listeners {
        _message: message,
        _error: error,
    }
}
