//! The one place where everything that happens to a session arrives, in order.

use std::{
    cell::RefCell,
    collections::VecDeque,
    future::poll_fn,
    rc::Rc,
    task::{Poll, Waker},
};

use js_sys::Uint8Array;
use web_sys::File;

use super::{device::Opened, pool::FromWorker};
use protocol::{Command, Pack};

pub enum Message {
    /// From the page.
    Command { command: Command, files: Vec<File> },
    /// A download has ended.
    Download {
        asset: Asset,
        result: Result<Uint8Array, String>,
    },
    /// The device is chosen.
    Device(Opened),
    /// From a worker of the pool.
    Pool(FromWorker),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asset {
    Films(Pack),
    Weights,
}

impl Asset {
    /// Relative to the engine's script.
    pub fn address(self) -> &'static str {
        match self {
            Self::Films(Pack::BuiltIn) => "films/built-in.zip",
            Self::Films(Pack::Paediatric) => "films/paediatric.zip",
            Self::Weights => "weights/mobilenetv2.safetensors",
        }
    }
}

/// A queue of [`Message`]s; clones share it.
#[derive(Clone, Default)]
pub struct Inbox(Rc<RefCell<Waiting>>);

#[derive(Default)]
struct Waiting {
    messages: VecDeque<Message>,
    waker: Option<Waker>,
}

impl Inbox {
    pub fn push(&self, message: Message) {
        let mut waiting = self.0.borrow_mut();
        waiting.messages.push_back(message);
        if let Some(waker) = waiting.waker.take() {
            waker.wake();
        }
    }

    pub fn try_next(&self) -> Option<Message> {
        self.0.borrow_mut().messages.pop_front()
    }

    /// The next message, as soon as there is one.
    pub async fn next(&self) -> Message {
        poll_fn(|context| {
            let mut waiting = self.0.borrow_mut();
            match waiting.messages.pop_front() {
                Some(message) => Poll::Ready(message),
                None => {
                    waiting.waker = Some(context.waker().clone());
                    Poll::Pending
                }
            }
        })
        .await
    }
}
