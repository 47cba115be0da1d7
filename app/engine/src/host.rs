//! The browser as the engine's world, and the loop in which all of it happens: take the messages that have come, do one
//! small piece of work, let the browser breathe. Where nothing is left to do it waits for a message.

use std::{cell::RefCell, pin::Pin, rc::Rc};

use engine_core::{
    device::Opened,
    host::{Arrived, Asset, Downloaded, Host, Message, NewFile, SideProgram},
    session::Session,
};
use feature_pool::{ToWorker, WorkerId};
use feature_worker::wire::write;
use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures_util::StreamExt;
use js_sys::Uint8Array;
use protocol::{DeviceChoice, Event, Pack};
use wasm_bindgen_futures::spawn_local;

use super::{
    network_files::Writer,
    new_file::Pieces,
    reader::Reader,
    side_program::Program,
    wire::CommandReader,
    worker_scope::{self, Breath},
    workers::Workers,
};

/// Names the build; the page's must be the same.
const BUILD: &str = match option_env!("FIRSTREAD_BUILD") {
    Some(build) => build,
    None => "",
};

/// The one place where everything that happens to a session arrives, in order.
#[derive(Clone)]
pub struct Inbox(UnboundedSender<Message>);

impl Inbox {
    pub fn put(&self, message: Message) {
        // The session, which holds the other end, lives as long as this worker.
        let _ = self.0.unbounded_send(message);
    }
}

/// Chooses the device.
type Open = dyn Fn(DeviceChoice, usize) -> Pin<Box<dyn Future<Output = Opened>>>;

struct Browser {
    open: Box<Open>,
    inbox: Inbox,
    workers: Workers,
    /// As they came, for the workers.
    weights: Rc<RefCell<Uint8Array>>,
}

/// Bytes outside of this program's memory.
struct KeptDownload(Uint8Array);

impl Downloaded for KeptDownload {
    fn to_vec(&self) -> Vec<u8> {
        self.0.to_vec()
    }
}

impl Host for Browser {
    fn now(&self) -> f64 {
        worker_scope::now()
    }

    fn post(&self, event: Event) {
        worker_scope::post_parts(&write(&event));
    }

    fn download(&self, asset: Asset) {
        let inbox = self.inbox.clone();
        let weights = self.weights.clone();
        spawn_local(async move {
            let downloaded = worker_scope::download(address(asset)).await;
            if let (Asset::Weights, Ok(bytes)) = (asset, &downloaded) {
                weights.replace(bytes.clone());
            }
            let result = downloaded.map(|bytes| Rc::new(KeptDownload(bytes)) as Rc<dyn Downloaded>);
            inbox.put(Message::Download { asset, result });
        });
    }

    fn fetch_program(&self, program: SideProgram) {
        let inbox = self.inbox.clone();
        spawn_local(async move {
            inbox.put(Message::Program(match program {
                SideProgram::FormatReader => {
                    let fetched = Program::fetch("format-reader", BUILD).await;
                    Arrived::FormatReader(fetched.map(|program| Rc::new(Reader::new(program)) as _))
                }
                SideProgram::DatasetTools => {
                    let fetched = Program::fetch("dataset-tools", BUILD).await;
                    Arrived::DatasetTools(fetched.map(|program| Rc::new(program) as _))
                }
                SideProgram::NetworkFiles => {
                    Arrived::NetworkFiles(fetch_writer().await.map(|writer| Rc::new(writer) as _))
                }
            }));
        });
    }

    fn open_device(&self, choice: DeviceChoice, workers: usize) {
        let inbox = self.inbox.clone();
        let opening = (self.open)(choice, workers);
        spawn_local(async move { inbox.put(Message::Device(opening.await)) });
    }

    fn start_worker(&self, worker: WorkerId) -> Result<(), String> {
        self.workers.start(worker, &self.inbox)
    }

    fn tell_worker(&self, worker: WorkerId, message: ToWorker) {
        self.workers.tell(worker, &message, &self.weights.borrow());
    }

    fn end_worker(&self, worker: WorkerId) {
        self.workers.end(worker);
    }

    fn note_reading(&self, path: Option<&str>) {
        worker_scope::note_reading(path);
    }

    fn new_file(&self) -> Box<dyn NewFile> {
        Box::new(Pieces::default())
    }
}

/// Both together: who takes one file along often takes another.
async fn fetch_writer() -> Result<Writer, String> {
    let program = Program::fetch("network-files", BUILD).await?;
    let page = worker_scope::download("network-page_bg.wasm").await?;
    Ok(Writer {
        program,
        page: page.to_vec(),
    })
}

/// Relative to the engine's script.
fn address(asset: Asset) -> &'static str {
    match asset {
        Asset::Films(Pack::BuiltIn) => "films/built-in.zip",
        Asset::Films(Pack::Paediatric) => "films/paediatric.zip",
        Asset::Weights => "weights/mobilenetv2.safetensors",
    }
}

/// Starts the engine of this worker; returns at once.
pub fn run<Opening>(open: impl Fn(DeviceChoice, usize) -> Opening + 'static)
where
    Opening: Future<Output = Opened> + 'static,
{
    let (sender, messages) = unbounded();
    let inbox = Inbox(sender);
    let browser = Browser {
        open: Box::new(move |choice, workers| Box::pin(open(choice, workers))),
        inbox: inbox.clone(),
        workers: Workers::default(),
        weights: Rc::new(RefCell::new(Uint8Array::new_with_length(0))),
    };
    let mut commands = CommandReader::default();
    worker_scope::listen(move |parts| match commands.read(&parts) {
        Ok(Some(message)) => inbox.put(message),
        Ok(None) => {}
        Err(error) => web_sys::console::error_1(&error.into()),
    });
    spawn_local(live(Session::start(Rc::new(browser), BUILD), messages));
}

async fn live(mut session: Session, mut messages: UnboundedReceiver<Message>) {
    let breath = Breath::new();
    loop {
        while let Ok(message) = messages.try_recv() {
            session.receive(message).await;
        }
        if session.work().await {
            breath.take_if_due().await;
        } else if let Some(message) = messages.next().await {
            session.receive(message).await;
        }
    }
}
