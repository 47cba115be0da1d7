//! All that the engine asks of the world around it, and all that comes to it from there.

use std::rc::Rc;

use checkpoint::TrainedNetwork;
use feature_pool::{FromWorker, ToWorker, WorkerId};
use imaging::{reader::FormatReader, tools::Tools};
use mobilenet::weights::Weights;
use model_card::{Card, Form};
use protocol::{Command, DeviceChoice, Event, ExportError, ImportError, Pack};

use crate::device::Opened;

/// The world around an engine. What takes time ends in a [`Message`].
pub trait Host {
    /// Seconds on a clock that only runs forward.
    fn now(&self) -> f64;

    /// Tells the page.
    fn post(&self, event: Event);

    /// Begins a download, which ends in [`Message::Download`].
    fn download(&self, asset: Asset);

    /// Fetches a program that runs beside this one, which ends in [`Message::Program`].
    fn fetch_program(&self, program: SideProgram);

    /// Chooses a device, with so many workers if it is the CPU; ends in [`Message::Device`].
    fn open_device(&self, choice: DeviceChoice, workers: usize);

    /// Starts a worker, which says [`FromWorker::Ready`] when it listens.
    ///
    /// # Errors
    /// What the browser said against it.
    fn start_worker(&self, worker: WorkerId) -> Result<(), String>;

    fn tell_worker(&self, worker: WorkerId, message: ToWorker);

    /// Ends a worker at once; nothing that it still says arrives.
    fn end_worker(&self, worker: WorkerId);

    /// Notes which file a decoder is at work on, so that a panic can be told with its name.
    fn note_reading(&self, path: Option<&str>);

    /// Begins a file for the visitor.
    fn new_file(&self) -> Box<dyn NewFile>;
}

/// A file for the visitor, put together outside of the engine's memory.
pub trait NewFile {
    /// # Errors
    /// What the browser said: there is no room, in memory or on the disk.
    fn add(&mut self, bytes: &[u8]) -> Result<(), String>;

    /// Tells the page, with the file beside the event.
    ///
    /// # Errors
    /// As [`add`](Self::add); then nothing was told.
    fn post(self: Box<Self>, event: Event) -> Result<(), String>;
}

/// A [`Host`] that several parts of a session talk to.
pub type SharedHost = Rc<dyn Host>;

/// A file of the user's.
pub trait UserFile {
    fn name(&self) -> String;

    /// Length in bytes.
    fn size(&self) -> u64;

    /// The first `length` bytes; none if it cannot be read.
    fn start(&self, length: u32) -> Vec<u8>;

    /// The whole content.
    ///
    /// # Errors
    /// What the browser said: it has gone, or may not be read.
    fn read(&self) -> Result<Vec<u8>, String>;
}

/// A downloaded file, kept where the host likes.
pub trait Downloaded {
    fn to_vec(&self) -> Vec<u8>;
}

impl Downloaded for Vec<u8> {
    fn to_vec(&self) -> Vec<u8> {
        self.clone()
    }
}

/// Something that is downloaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asset {
    Films(Pack),
    Weights,
}

/// A program that runs beside this one, and is fetched when it is first needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SideProgram {
    /// Reads what this one has no decoder for.
    FormatReader,
    /// What only visitors with data of their own need.
    DatasetTools,
    /// Writes networks into files, and reads them.
    NetworkFiles,
}

/// A program that has been fetched, or why it could not be.
pub enum Arrived {
    FormatReader(Result<Rc<dyn FormatReader>, String>),
    DatasetTools(Result<Rc<dyn Tools>, String>),
    NetworkFiles(Result<Rc<dyn NetworkFiles>, String>),
}

/// Writes networks into files, and reads them.
pub trait NetworkFiles {
    /// The bytes of a file.
    ///
    /// # Errors
    /// [`ExportError`] when the network cannot be written, or the program that does it fails.
    fn write(
        &self,
        network: &TrainedNetwork,
        weights: &Weights,
        card: Card,
        form: Form,
    ) -> Result<Vec<u8>, ExportError>;

    /// What a file holds, if it was written for these weights.
    ///
    /// # Errors
    /// [`ImportError`] when it is refused, or the program that reads it fails.
    fn read(&self, file: &[u8], weights: &Weights) -> Result<(TrainedNetwork, Card), ImportError>;
}

/// What happens to a session.
pub enum Message {
    /// From the page, with the files that belong to it.
    Command {
        command: Command,
        files: Vec<Box<dyn UserFile>>,
    },
    /// A download has ended.
    Download {
        asset: Asset,
        result: Result<Rc<dyn Downloaded>, String>,
    },
    Program(Arrived),
    /// The device is chosen.
    Device(Opened),
    /// From a worker of the pool.
    Worker {
        worker: WorkerId,
        message: FromWorker,
    },
}
