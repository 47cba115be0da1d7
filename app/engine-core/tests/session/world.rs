//! A world without a browser: the clock stands still unless a test moves it, workers compute when a test lets them, and
//! workers and devices fail on purpose.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, VecDeque},
    io::Cursor,
    rc::Rc,
    sync::Arc,
};

use burn::tensor::Device;
use engine_core::{
    device::{Compute, FirstError, Gpu, Opened},
    host::{Arrived, Asset, Host, Message, NewFile, SideProgram, UserFile},
    session::Session,
};
use feature_pool::{FromWorker, ToWorker, Worker, WorkerId};
use image::{GrayImage, ImageFormat, Luma};
use imaging::{
    pack::Answers,
    settings::{Network, Pooling, Settings},
    task::Task,
    tools::{OwnTools, Tools},
};
use mobilenet::weights::Weights;
use pollster::block_on;
use protocol::{Command, DeviceChoice, DeviceName, DeviceReason, DeviceReport, Event, RunId};

/// Pixels on each side of the films.
pub const SIDE: u32 = 32;
/// Films of each of the two classes.
pub const FILMS: usize = 8;

/// What the session asked for, and what it told.
#[derive(Default)]
pub struct World {
    pub clock: Cell<f64>,
    pub downloads: RefCell<Vec<Asset>>,
    /// The programs that were asked for.
    programs: RefCell<Vec<SideProgram>>,
    /// Whether the tools come only when a test has them come.
    pub holds_tools: Cell<bool>,
    workers: RefCell<BTreeMap<WorkerId, Simulated>>,
    pub started: Cell<usize>,
    /// Files on which a decoder was at work.
    pub read: RefCell<Vec<String>>,
    /// What the page was given beside an event, the last of it.
    pub given: Rc<RefCell<Vec<u8>>>,
    /// Whether there is room for a file.
    pub is_full: Cell<bool>,
    events: Rc<RefCell<Vec<Event>>>,
}

/// A file for the page.
struct Pieces {
    bytes: Vec<u8>,
    given: Rc<RefCell<Vec<u8>>>,
    events: Rc<RefCell<Vec<Event>>>,
    is_full: bool,
}

impl NewFile for Pieces {
    fn add(&mut self, bytes: &[u8]) -> Result<(), String> {
        match self.is_full {
            true => Err("no room".into()),
            false => {
                self.bytes.extend(bytes);
                Ok(())
            }
        }
    }

    fn post(self: Box<Self>, event: Event) -> Result<(), String> {
        self.given.replace(self.bytes);
        self.events.borrow_mut().push(event);
        Ok(())
    }
}

/// A worker that computes as the real ones do.
#[derive(Default)]
struct Simulated {
    program: Worker,
    is_ready: bool,
    messages: VecDeque<ToWorker>,
}

impl Host for World {
    fn now(&self) -> f64 {
        self.clock.get()
    }

    fn post(&self, event: Event) {
        self.events.borrow_mut().push(event);
    }

    fn download(&self, asset: Asset) {
        self.downloads.borrow_mut().push(asset);
    }

    fn fetch_program(&self, program: SideProgram) {
        self.programs.borrow_mut().push(program);
    }

    fn open_device(&self, _: DeviceChoice, _: usize) {}

    fn start_worker(&self, worker: WorkerId) -> Result<(), String> {
        self.started.set(self.started.get() + 1);
        let mut workers = self.workers.borrow_mut();
        assert!(
            workers.insert(worker, Simulated::default()).is_none(),
            "{worker:?} started twice"
        );
        Ok(())
    }

    fn tell_worker(&self, worker: WorkerId, message: ToWorker) {
        if let Some(worker) = self.workers.borrow_mut().get_mut(&worker) {
            worker.messages.push_back(message);
        }
    }

    fn end_worker(&self, worker: WorkerId) {
        self.workers.borrow_mut().remove(&worker);
    }

    fn note_reading(&self, path: Option<&str>) {
        self.read.borrow_mut().extend(path.map(str::to_owned));
    }

    fn new_file(&self) -> Box<dyn NewFile> {
        Box::new(Pieces {
            bytes: Vec::new(),
            given: self.given.clone(),
            events: self.events.clone(),
            is_full: self.is_full.get(),
        })
    }
}

impl World {
    /// How often a program was.
    pub fn asked_for(&self, program: SideProgram) -> usize {
        let programs = self.programs.borrow();
        programs.iter().filter(|&&one| one == program).count()
    }

    /// The next answer of a worker, the one that was started first coming first.
    fn next_answer(&self) -> Option<(WorkerId, FromWorker)> {
        let mut workers = self.workers.borrow_mut();
        workers.iter_mut().find_map(|(id, worker)| {
            let answer = worker.answer()?;
            Some((*id, answer))
        })
    }
}

impl Simulated {
    fn answer(&mut self) -> Option<FromWorker> {
        if !std::mem::replace(&mut self.is_ready, true) {
            return Some(FromWorker::Ready);
        }
        loop {
            match self.messages.pop_front()? {
                ToWorker::Weights => self.program.keep_weights(Weights::parse(&weights())),
                ToWorker::Job {
                    ticket,
                    request,
                    input,
                } => return Some(self.program.compute(ticket, &request, &input)),
            }
        }
    }

    fn jobs(&self) -> usize {
        let jobs = self.messages.iter();
        jobs.filter(|message| matches!(message, ToWorker::Job { .. }))
            .count()
    }
}

/// A session in its world.
pub struct Engine {
    session: Session,
    pub world: Rc<World>,
    /// Events up to here have been looked at.
    seen: usize,
    /// Requests for the tools that have been answered.
    tools_given: usize,
}

impl Engine {
    pub fn start() -> Self {
        let world = Rc::new(World::default());
        Self {
            session: Session::start(world.clone(), "test"),
            world,
            seen: 0,
            tools_given: 0,
        }
    }

    /// One with films, weights and a device, which has computed all that it computes ahead.
    pub fn with_films(opened: Opened) -> Self {
        let mut engine = Self::start();
        engine.open(opened);
        engine.deliver_weights();
        engine.load("", FILMS);
        engine.until(|event| matches!(event, Event::Loaded { .. }));
        engine
    }

    /// The page asks for a device, and this one comes.
    pub fn open(&mut self, opened: Opened) {
        let workers = match &opened.report.device {
            DeviceName::Cpu { workers } => *workers,
            DeviceName::WebGpu { .. } => 2,
        };
        self.tell(Command::Start {
            device: DeviceChoice::Automatic,
            workers,
        });
        self.receive(Message::Device(opened));
    }

    pub fn deliver_weights(&mut self) {
        let result = Ok(Rc::new(weights()) as _);
        let asset = Asset::Weights;
        self.receive(Message::Download { asset, result });
    }

    pub fn receive(&mut self, message: Message) {
        block_on(self.session.receive(message));
    }

    /// Of the films that were loaded last.
    pub fn fingerprint(&self) -> u64 {
        let events = self.world.events.borrow();
        let loaded = events.iter().rev().find_map(|event| match event {
            Event::Loaded { data, .. } => Some(data.fingerprint()),
            _ => None,
        });
        loaded.expect("films")
    }

    pub fn tell(&mut self, command: Command) {
        self.receive(Message::Command {
            command,
            files: Vec::new(),
        });
    }

    /// Drops films of two classes, `upper` and `lower`; the folder is called by a name of its own.
    pub fn load(&mut self, folder: &str, films: usize) {
        let (paths, files) = films_of_two_classes(folder, films);
        self.load_files(paths, files);
    }

    pub fn load_files(&mut self, paths: Vec<String>, files: Files) {
        self.receive(Message::Command {
            command: Command::LoadFiles {
                paths,
                answers: Answers::default(),
                task: Task::Region,
                class: None,
            },
            files,
        });
    }

    pub fn train(&mut self, run: u32, settings: Settings) {
        self.tell(Command::Train {
            run: RunId(run),
            settings,
            single_step: false,
        });
    }

    /// One piece of work, or where there is none one answer of a worker; `false` if there is neither.
    pub fn turn(&mut self) -> bool {
        if block_on(self.session.work()) {
            return true;
        }
        if let Some((worker, message)) = self.world.next_answer() {
            self.receive(Message::Worker { worker, message });
            return true;
        }
        let tools = self.world.asked_for(SideProgram::DatasetTools);
        let come = !self.world.holds_tools.get() && tools > self.tools_given;
        if come {
            self.tools_come(Ok(Rc::new(OwnTools)));
        }
        come
    }

    /// The program with the tools has been fetched, or not.
    pub fn tools_come(&mut self, result: Result<Rc<dyn Tools>, String>) {
        self.tools_given = self.world.asked_for(SideProgram::DatasetTools);
        self.receive(Message::Program(Arrived::DatasetTools(result)));
    }

    /// Goes on until this is told, and gives it back. Earlier events do not count, later ones are kept.
    #[track_caller]
    pub fn until(&mut self, wanted: impl Fn(&Event) -> bool) -> Event {
        loop {
            if let Some(event) = self.next_event() {
                if wanted(&event) {
                    return event;
                }
            } else if !self.turn() {
                panic!("never told; last {:?}", self.world.events.borrow().last());
            }
        }
    }

    /// What has been told since it was last asked.
    pub fn told(&mut self) -> Vec<Event> {
        std::iter::from_fn(|| self.next_event()).collect()
    }

    fn next_event(&mut self) -> Option<Event> {
        let event = self.world.events.borrow().get(self.seen).cloned();
        self.seen += usize::from(event.is_some());
        event
    }

    /// All that is told until nothing is left to do, or to be computed ahead.
    pub fn settle(&mut self) -> Vec<Event> {
        while self.turn() {}
        self.told()
    }

    /// The worker with the most jobs crashes; how many it had.
    pub fn crash_a_worker(&mut self) -> usize {
        let busiest = {
            let workers = self.world.workers.borrow();
            let busiest = workers.iter().max_by_key(|(_, worker)| worker.jobs());
            busiest.map(|(id, worker)| (*id, worker.jobs()))
        };
        let Some((worker, jobs)) = busiest else {
            return 0;
        };
        let detail = "out of memory".to_owned();
        let message = FromWorker::Crashed { detail };
        self.receive(Message::Worker { worker, message });
        jobs
    }

    /// Of the worker that has most.
    pub fn jobs_under_way(&self) -> usize {
        let workers = self.world.workers.borrow();
        workers.values().map(Simulated::jobs).max().unwrap_or(0)
    }

    pub fn running_workers(&self) -> usize {
        self.world.workers.borrow().len()
    }
}

pub fn cpu(workers: usize) -> Opened {
    Opened::cpu(workers, DeviceReason::AskedFor)
}

/// A GPU in name, and what it will fail with once a test says so: it computes on the CPU.
pub fn gpu() -> (Opened, FirstError) {
    let failure = FirstError::default();
    let opened = Opened {
        compute: Compute::Gpu(Gpu {
            device: Device::flex(),
            failure: Arc::clone(&failure),
        }),
        report: DeviceReport {
            device: DeviceName::WebGpu {
                name: "simulated".into(),
            },
            reason: DeviceReason::GpuPassedSelfTest,
        },
    };
    (opened, failure)
}

/// Small, and soon done: 12 steps.
pub fn quick() -> Settings {
    Settings {
        network: Network::Pretrained(Pooling::GlobalAverage),
        film_side: SIDE as usize,
        epochs: 6,
        learning_rate: 1e-3,
        fine_tuning: None,
        ..Settings::default()
    }
}

pub fn weights() -> Vec<u8> {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../public/weights/mobilenetv2.safetensors"
    );
    std::fs::read(path).expect("the weights of the app")
}

pub struct InMemory {
    pub name: String,
    pub bytes: Vec<u8>,
}

impl UserFile for InMemory {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn size(&self) -> u64 {
        self.bytes.len() as u64
    }

    fn start(&self, length: u32) -> Vec<u8> {
        let length = self.bytes.len().min(length as usize);
        self.bytes[..length].to_vec()
    }

    fn read(&self) -> Result<Vec<u8>, String> {
        Ok(self.bytes.clone())
    }
}

pub type Files = Vec<Box<dyn UserFile>>;

/// Bright discs in the upper or the lower half, no two alike.
pub fn films_of_two_classes(folder: &str, films: usize) -> (Vec<String>, Files) {
    let film = |index: usize| {
        let (class, y) = [("upper", 9), ("lower", 22)][index % 2];
        let name = format!("{index:02}.png");
        let path = format!("{folder}films/{class}/{name}");
        let bytes = disc(10 + index as i32 % 12, y, 250 - index as u8);
        (
            path,
            Box::new(InMemory { name, bytes }) as Box<dyn UserFile>,
        )
    };
    (0..2 * films).map(film).unzip()
}

/// A film to ask about.
pub fn one_film() -> (String, Box<dyn UserFile>) {
    let name = "asked.png".to_owned();
    let bytes = disc(16, 9, 200);
    (name.clone(), Box::new(InMemory { name, bytes }))
}

fn disc(centre_x: i32, centre_y: i32, brightness: u8) -> Vec<u8> {
    let pixel = |x: u32, y: u32| {
        let (x, y) = (x as i32 - centre_x, y as i32 - centre_y);
        Luma([if x * x + y * y < 30 { brightness } else { 20 }])
    };
    let mut bytes = Cursor::new(Vec::new());
    GrayImage::from_fn(SIDE, SIDE, pixel)
        .write_to(&mut bytes, ImageFormat::Png)
        .expect("a PNG in memory");
    bytes.into_inner()
}
