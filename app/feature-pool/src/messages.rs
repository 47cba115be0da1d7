use mobilenet::frozen::{Features, Request};
use serde::{Deserialize, Serialize};

/// Names a worker. One that crashed has a successor with another number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WorkerId(pub u32);

/// Names a job that a worker was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket(pub u32);

/// From the engine to a worker.
#[derive(Clone, Debug, PartialEq)]
pub enum ToWorker {
    /// First of all: the downloaded weights, which the host sends along.
    Weights,
    /// `input` has `request.side` squared grey values of 0 to 1, row-major.
    Job {
        ticket: Ticket,
        request: Request,
        input: Vec<f32>,
    },
}

/// From a worker to the engine.
#[derive(Clone, Debug, PartialEq)]
pub enum FromWorker {
    /// It listens.
    Ready,
    Done {
        ticket: Ticket,
        features: Features,
    },
    Failed {
        ticket: Ticket,
        detail: String,
    },
    /// It is no more; told for it.
    Crashed {
        detail: String,
    },
}
