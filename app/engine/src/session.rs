//! The engine's state, and the loop in which all of it happens: take the messages that have come, do
//! one small piece of work, let the browser breathe. Where nothing is left to do it waits for a message.

use std::{
    collections::{BTreeMap, VecDeque},
    rc::Rc,
};

use js_sys::{Array, Uint8Array};
use training::weights::Weights;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::File;

use super::{
    device::{self, Compute, Opened},
    experimenting::{Experimenting, Wish},
    features::Extraction,
    inbox::{Asset, Inbox, Message},
    inquiries::Inquiries,
    loading::{Data, Loading, Odd, Order},
    preparing::Preparing,
    questions::Question,
    scope::{self, Breath, post},
    training::{Active, Wanted},
};
use protocol::{Command, Event, Pack};

/// Names the build; the page's must be the same.
const BUILD: &str = match option_env!("FIRSTREAD_BUILD") {
    Some(build) => build,
    None => "",
};

/// Something that is downloaded.
pub(super) enum Fetched<T> {
    Coming,
    Here(T),
    Failed(String),
}

/// The backbone's weights, parsed for this worker and as they came for the others.
pub(super) struct WeightsFile {
    pub weights: Weights,
    pub bytes: Uint8Array,
}

pub(super) struct Session {
    pub inbox: Inbox,
    /// Workers that the page allows for the CPU.
    pub workers: usize,
    device_asked: bool,
    /// `None` until the device is chosen.
    pub compute: Option<Compute>,
    pub weights: Fetched<Rc<WeightsFile>>,
    /// The app's own packs that have been asked for.
    pub packs: BTreeMap<Pack, Fetched<Uint8Array>>,
    pub loading: Option<Loading>,
    pub data: Option<Data>,
    pub odd: Vec<Odd>,
    /// Those that came with the app's own films: shown where other films have none.
    pub own_odd: Vec<Odd>,
    /// Number of the first film whose small picture has not been sent.
    pub next_thumbnail: usize,
    pub features: Extraction,
    pub questions: VecDeque<Question>,
    /// The run that begins as soon as all that it needs is there.
    pub wanted: Option<Wanted>,
    /// The last run, in progress or over.
    pub active: Option<Active>,
    pub inquiries: Inquiries,
    /// What is tried out for the lesson.
    pub experiment: Option<Experimenting>,
    /// What is computed ahead while nothing is asked for.
    pub background: Option<Preparing>,
}

/// Starts the engine of this worker; returns at once.
pub fn run() {
    let inbox = Inbox::default();
    for asset in [Asset::Weights, Asset::Films(Pack::BuiltIn)] {
        start_download(asset, &inbox);
    }
    let session = Session {
        inbox: inbox.clone(),
        workers: 0,
        device_asked: false,
        compute: None,
        weights: Fetched::Coming,
        packs: BTreeMap::from([(Pack::BuiltIn, Fetched::Coming)]),
        loading: None,
        data: None,
        odd: Vec::new(),
        own_odd: Vec::new(),
        next_thumbnail: 0,
        features: Extraction::default(),
        questions: VecDeque::new(),
        wanted: None,
        active: None,
        inquiries: Inquiries::default(),
        experiment: None,
        background: None,
    };
    scope::listen(move |parts| match read_command(&parts) {
        Ok(message) => inbox.push(message),
        Err(error) => web_sys::console::error_1(&error.into()),
    });
    post(&Event::Ready {
        build: BUILD.to_owned(),
    });
    spawn_local(session.live());
}

/// A command is `[Uint8Array, File...]`.
fn read_command(parts: &Array) -> Result<Message, String> {
    let bytes: Uint8Array = parts
        .get(0)
        .dyn_into()
        .map_err(|_| "not a command".to_owned())?;
    let command = postcard::from_bytes(&bytes.to_vec()).map_err(|error| error.to_string())?;
    let files = parts
        .iter()
        .skip(1)
        .filter_map(|part| part.dyn_into::<File>().ok());
    Ok(Message::Command {
        command,
        files: files.collect(),
    })
}

pub(super) fn start_download(asset: Asset, inbox: &Inbox) {
    let inbox = inbox.clone();
    spawn_local(async move {
        let result = scope::download(asset.address()).await;
        inbox.push(Message::Download { asset, result });
    });
}

impl Session {
    async fn live(mut self) {
        let breath = Breath::new();
        loop {
            while let Some(message) = self.inbox.try_next() {
                self.receive(message).await;
            }
            if self.work().await {
                breath.take_if_due().await;
            } else {
                let message = self.inbox.next().await;
                self.receive(message).await;
            }
        }
    }

    async fn receive(&mut self, message: Message) {
        match message {
            Message::Command { command, files } => self.obey(command, files).await,
            Message::Download { asset, result } => self.downloaded(asset, result),
            Message::Device(opened) => self.device_opened(opened),
            Message::Pool(said) => self.pool_said(said),
        }
    }

    async fn obey(&mut self, command: Command, files: Vec<File>) {
        match command {
            Command::Start { device, workers } => {
                if !std::mem::replace(&mut self.device_asked, true) {
                    self.workers = workers;
                    let inbox = self.inbox.clone();
                    spawn_local(async move {
                        inbox.push(Message::Device(device::open(device, workers).await));
                    });
                }
            }
            Command::LoadBuiltIn { pack, task } => self.load_built_in(pack, task),
            Command::LoadFiles {
                paths,
                answers,
                task,
                class,
            } => {
                let order = Order {
                    pack: None,
                    task,
                    class,
                };
                self.load_files(paths, files, &answers, order);
            }
            Command::ShowFilm { sample } => self.show_film(sample),
            Command::Train {
                run,
                settings,
                single_step,
            } => self.train(Wanted::new(run, settings, single_step)),
            Command::Pause { run } => self.pause(run),
            Command::Resume { run } => self.resume(run),
            Command::Step { run } => self.step_once(run),
            Command::Stop { run } => self.stop(run),
            Command::Test { run } => self.test(run).await,
            Command::Classify { questions, paths } => {
                let asked = questions.into_iter().zip(paths).zip(files);
                let asked = asked.map(|((id, name), file)| Question::file(id, name, file));
                self.questions.extend(asked);
            }
            Command::ClassifyOdd { question, odd } => {
                self.questions.push_back(Question::odd(question, odd));
            }
            Command::Inquire {
                inquiry,
                run,
                about,
            } => self.inquire(inquiry, run, about),
            Command::EndInquiry { inquiry } => self.inquiries.end(inquiry),
            Command::Experiment {
                id,
                experiment,
                seed,
                seeds,
            } => {
                let wish = Wish {
                    experiment,
                    seed,
                    seeds,
                };
                self.experiment = Some(Experimenting::Wanted(id, wish));
            }
            Command::EndExperiment { id } => self.end_experiment(id),
        }
    }

    pub fn device_opened(&mut self, opened: Opened) {
        self.compute = Some(opened.compute);
        post(&Event::Device {
            report: opened.report,
        });
        self.ready_features();
    }

    fn downloaded(&mut self, asset: Asset, result: Result<Uint8Array, String>) {
        match asset {
            Asset::Films(pack) => {
                let fetched = match result {
                    Ok(bytes) => Fetched::Here(bytes),
                    Err(detail) => Fetched::Failed(detail),
                };
                self.packs.insert(pack, fetched);
            }
            Asset::Weights => {
                let parsed = result.and_then(|bytes| {
                    let weights =
                        Weights::parse(&bytes.to_vec()).map_err(|error| error.to_string())?;
                    Ok(Rc::new(WeightsFile { weights, bytes }))
                });
                self.weights = match parsed {
                    Ok(file) => Fetched::Here(file),
                    Err(detail) => Fetched::Failed(detail),
                };
                self.ready_features();
            }
        }
    }

    /// Does one small piece of the most urgent work; `false` if there is none for now.
    async fn work(&mut self) -> bool {
        self.answer_next().await
            || self.load_more()
            || self.send_thumbnails()
            || self.begin_wanted()
            || self.advance_run().await
            || self.advance_inquiry().await
            || self.advance_experiment().await
            || self.advance_background().await
    }
}
