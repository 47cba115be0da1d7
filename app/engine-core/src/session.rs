//! The engine's state, and everything that changes it: a message that has come, or one small piece of work.

use imaging::{reader::FormatReader, tools::Tools};
use mobilenet::weights::Weights;
use std::{
    collections::{BTreeMap, VecDeque},
    rc::Rc,
};

use protocol::{Command, Event, Pack, RunId};

use crate::{
    device::{Compute, Opened},
    experimenting::{Experimenting, Wish},
    explanations::ExplanationQueue,
    exporting::Export,
    features::Extraction,
    gathering::Gathered,
    host::{Asset, Downloaded, Message, NetworkFiles, SharedHost, SideProgram, UserFile},
    importing::Import,
    loading::{Data, LoadState, Odd, Order},
    on_demand::OnDemand,
    questions::QueuedQuestion,
    run::{Active, WantedRun, preparing::Preparing},
    saving::Saving,
    speed::Measuring,
};

/// Something that is downloaded.
pub(crate) enum Fetched<T> {
    Coming,
    Here(T),
    Failed(String),
}

/// An engine, in whatever world.
pub struct Session {
    pub(crate) host: SharedHost,
    /// Workers that the page allows for the CPU.
    pub(crate) workers: usize,
    device_asked: bool,
    /// `None` until the device is chosen.
    pub(crate) compute: Option<Compute>,
    /// Those of the backbone.
    pub(crate) weights: Fetched<Rc<Weights>>,
    /// The app's own packs that have been asked for.
    pub(crate) packs: BTreeMap<Pack, Fetched<Rc<dyn Downloaded>>>,
    /// Reads what this program has no decoder for.
    pub(crate) reader: OnDemand<dyn FormatReader>,
    pub(crate) tools: OnDemand<dyn Tools>,
    pub(crate) network_files: OnDemand<dyn NetworkFiles>,
    pub(crate) loading: Option<LoadState>,
    pub(crate) data: Option<Data>,
    /// Films that are yet to be sorted.
    pub(crate) gathered: Option<Gathered>,
    pub(crate) odd: Vec<Odd>,
    /// Those that came with the app's own films: shown where other films have none.
    pub(crate) own_odd: Vec<Odd>,
    /// Number of the first film whose small picture has not been sent.
    pub(crate) next_thumbnail: usize,
    pub(crate) features: Extraction,
    pub(crate) questions: VecDeque<QueuedQuestion>,
    /// The test set that is to be opened as soon as its run is back.
    pub(crate) test_wanted: Option<RunId>,
    /// The run that begins as soon as all that it needs is there.
    pub(crate) wanted: Option<WantedRun>,
    /// The last run, in progress or over.
    pub(crate) active: Option<Active>,
    pub(crate) explanations: ExplanationQueue,
    /// What is tried out for the lesson.
    pub(crate) experiment: Option<Experimenting>,
    /// The measurement of this computer's speed that has been asked for.
    pub(crate) measuring: Option<Measuring>,
    /// Whether what else separates the classes has been asked and not answered.
    pub(crate) shortcuts_wanted: bool,
    /// The pack that the films are being written to.
    pub(crate) saving: Option<Saving>,
    /// The file that the trained network is wanted in.
    pub(crate) export: Option<Export>,
    /// The file that a network is to come from.
    pub(crate) import: Option<Import>,
    /// What is computed ahead while nothing is asked for.
    pub(crate) background: Option<Preparing>,
}

impl Session {
    /// A session that has told the page that it listens, and fetches what it will need. `build` names the build; the
    /// page's must be the same.
    pub fn start(host: SharedHost, build: &str) -> Self {
        for asset in [Asset::Weights, Asset::Films(Pack::BuiltIn)] {
            host.download(asset);
        }
        host.post(Event::Ready {
            build: build.to_owned(),
        });
        Self {
            features: Extraction::new(host.clone()),
            explanations: ExplanationQueue::new(host.clone()),
            host,
            workers: 0,
            device_asked: false,
            compute: None,
            weights: Fetched::Coming,
            packs: BTreeMap::from([(Pack::BuiltIn, Fetched::Coming)]),
            reader: OnDemand::NotAskedFor(SideProgram::FormatReader),
            tools: OnDemand::NotAskedFor(SideProgram::DatasetTools),
            network_files: OnDemand::NotAskedFor(SideProgram::NetworkFiles),
            loading: None,
            data: None,
            gathered: None,
            odd: Vec::new(),
            own_odd: Vec::new(),
            next_thumbnail: 0,
            questions: VecDeque::new(),
            test_wanted: None,
            wanted: None,
            active: None,
            experiment: None,
            measuring: None,
            shortcuts_wanted: false,
            saving: None,
            export: None,
            import: None,
            background: None,
        }
    }

    pub async fn receive(&mut self, message: Message) {
        match message {
            Message::Command { command, files } => self.obey(command, files).await,
            Message::Download { asset, result } => self.downloaded(asset, result),
            Message::Program(arrived) => self.program_came(arrived),
            Message::Device(opened) => self.device_opened(opened),
            Message::Worker { worker, message } => self.worker_said(worker, message),
        }
    }

    async fn obey(&mut self, command: Command, files: Vec<Box<dyn UserFile>>) {
        match command {
            Command::Start { device, workers } => {
                if !std::mem::replace(&mut self.device_asked, true) {
                    self.workers = workers;
                    self.host.open_device(device, workers);
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
            Command::StopLoading => self.stop_loading(),
            Command::ShowGathered { sample } => self.show_gathered(sample),
            Command::ShowFilm { sample } => self.show_film(sample),
            Command::ShowFrame { sample, frame } => self.show_frame(sample, frame),
            Command::Train {
                run,
                settings,
                single_step,
            } => self.train(WantedRun::new(run, settings, single_step)),
            Command::Return {
                run,
                state,
                seconds,
            } => self.bring_back(run, state, seconds, files),
            Command::Import { run } => self.import(run, files),
            Command::GoOn {
                run,
                from,
                settings,
            } => self.go_on(run, from, settings).await,
            Command::Pause { run } => self.pause(run),
            Command::Resume { run } => self.resume(run),
            Command::Step { run } => self.step_once(run),
            Command::Stop { run } => self.stop(run),
            Command::Test { run } => self.test(run).await,
            Command::Classify { questions, paths } => {
                let asked = questions.into_iter().zip(paths).zip(files);
                let asked = asked.map(|((id, name), file)| QueuedQuestion::file(id, name, file));
                self.questions.extend(asked);
            }
            Command::ClassifyOdd { question, odd } => {
                self.questions.push_back(QueuedQuestion::odd(question, odd));
            }
            Command::ClassifySample { question, sample } => {
                let asked = QueuedQuestion::sample(question, sample);
                self.questions.push_back(asked);
            }
            Command::Explain {
                explanation,
                run,
                about,
            } => self.explain(explanation, run, about),
            Command::EndExplanation { explanation } => self.explanations.end(explanation),
            Command::Experiment {
                id,
                experiment,
                seed,
                seeds,
                division,
            } => {
                let wish = Wish {
                    experiment,
                    seed,
                    seeds,
                    division,
                };
                self.experiment = Some(Experimenting::Wanted(id, wish));
            }
            Command::EndExperiment { id } => self.end_experiment(id),
            Command::MeasureSpeed => self.measure_speed(),
            Command::FindShortcuts => self.shortcuts_wanted = true,
            Command::ExportModel { run, form, card } => {
                self.export = Some(Export {
                    run,
                    form,
                    card: *card,
                });
            }
            Command::SavePack { division } => self.save_pack(division),
            Command::EndSaving => self.saving = None,
        }
    }

    pub(crate) fn device_opened(&mut self, opened: Opened) {
        self.compute = Some(opened.compute);
        self.host.post(Event::Device {
            report: opened.report,
        });
        self.ready_features();
    }

    fn downloaded(&mut self, asset: Asset, result: Result<Rc<dyn Downloaded>, String>) {
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
                    Ok(Rc::new(weights))
                });
                self.weights = match parsed {
                    Ok(weights) => Fetched::Here(weights),
                    Err(detail) => Fetched::Failed(detail),
                };
                self.ready_features();
            }
        }
    }

    /// Does one small piece of the most urgent work; `false` if there is none until the next message.
    pub async fn work(&mut self) -> bool {
        self.keep_run().await
            || self.answer_next().await
            || self.load_more()
            || self.send_thumbnails()
            || self.send_gathered()
            || self.find_shortcuts()
            || self.save_more()
            || self.export_wanted().await
            || self.import_wanted().await
            || self.begin_wanted()
            || self.advance_run().await
            || self.open_wanted_test().await
            || self.advance_explanation().await
            || self.advance_measuring().await
            || self.advance_experiment().await
            || self.advance_background().await
    }
}
