//! What all stations share: the state, what is derived from it, and what a visitor can do.

use std::sync::Arc;

use experiments::Experiment;
use imaging::{
    dataset::{DatasetSummary, Picture},
    split::{self, SplitBy, SplitError, Subset},
};
use leptos::prelude::*;
use web_sys::File;

use super::{
    files::Named,
    other_films::{AgreedLoss, OtherFilms},
    station::Station,
    words,
};
use crate::{
    bridge::{Bridge, News},
    i18n::I18n,
    project::{OpenedProject, Outcome},
};
use model_card::{Card, Form};
use protocol::{Command, Explanation, RunId, Subject};
use ui_core::{
    insight::abstain,
    link::Link,
    state::{
        AppState, EngineState, ExplanationStage, Exporting, FileForm, Films, Loading,
        QuestionSource, RunPhase, Saving, ShortcutSearch, SpeedMeasurement,
    },
};

/// Workers that share the work on a CPU; more do not help with films of this size.
const MOST_WORKERS: usize = 8;

/// Which films the light box shows; `None` is all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub class: Option<usize>,
    pub part: Option<Subset>,
}

type Parts = Option<Result<Arc<Vec<Subset>>, SplitError>>;

#[derive(Clone, Copy)]
pub struct Workbench {
    pub state: RwSignal<AppState>,
    pub films: Memo<Option<Arc<Films>>>,
    /// What each film would do in a run with the present settings.
    pub parts: Memo<Parts>,
    pub station: RwSignal<Station>,
    pub filter: RwSignal<Filter>,
    /// The films that pass the filter.
    pub visible: Memo<Arc<Vec<usize>>>,
    /// The film that is open in the viewer.
    pub viewed: RwSignal<Option<usize>>,
    /// The film that is open in the film panel.
    pub examined: RwSignal<Option<Subject>>,
    /// The experiment that is chosen.
    pub tried: RwSignal<Experiment>,
    /// The network says nothing about a film that is farther out than this percent of the training films.
    pub abstain_from: RwSignal<u8>,
    /// Films that wait for the visitor's word, as they would cost work.
    pub wanted: RwSignal<Option<OtherFilms>, LocalStorage>,
    /// The loss that the visitor has agreed to, for as long as the same attempt asks further questions.
    pub agreed: StoredValue<Option<AgreedLoss>>,
    /// One that is to be taken up.
    pub project: RwSignal<Option<OpenedProject>, LocalStorage>,
    /// What is to be said of the last one.
    pub project_outcome: RwSignal<Option<Outcome>>,
    /// The file that a network was to come from last.
    pub network_file: StoredValue<Option<Named>, LocalStorage>,
    i18n: I18n,
    pub(super) bridge: StoredValue<Bridge, LocalStorage>,
}

impl Workbench {
    /// Starts the engine and loads the films that the link names.
    pub fn new(link: Link, i18n: I18n) -> Self {
        let state = RwSignal::new(AppState::new(link.settings()));
        let bridge = Bridge::new(link.device, workers(), move |news| hear(state, news));
        bridge.send(Command::LoadBuiltIn {
            pack: link.pack.unwrap_or_default(),
            task: link.task.unwrap_or_default(),
        });

        let films = Memo::new(move |_| state.with(|state| state.films.clone()));
        let division = Memo::new(move |_| {
            state.with(|state| {
                let films = state.films.as_ref()?;
                let data: Arc<DatasetSummary> = films.data.clone();
                Some((data, state.settings.split_by, state.settings.seed))
            })
        });
        let parts = Memo::new(move |_| {
            division.with(|division| {
                let (data, by, seed): &(Arc<DatasetSummary>, SplitBy, u64) = division.as_ref()?;
                Some(split::split(data, *by, *seed).map(Arc::new))
            })
        });
        let filter = RwSignal::new(Filter::default());
        let visible = Memo::new(move |_| Arc::new(passing(division, parts, filter.get())));
        Self {
            state,
            films,
            parts,
            station: RwSignal::new(Station::Look),
            filter,
            visible,
            viewed: RwSignal::new(None),
            examined: RwSignal::new(None),
            tried: RwSignal::new(Experiment::Arms),
            abstain_from: RwSignal::new(abstain::DEFAULT),
            wanted: RwSignal::new_local(None),
            agreed: StoredValue::new(None),
            project: RwSignal::new_local(None),
            project_outcome: RwSignal::new(None),
            network_file: StoredValue::new_local(None),
            i18n,
            bridge: StoredValue::new_local(bridge),
        }
    }

    pub fn i18n(&self) -> I18n {
        self.i18n
    }

    pub fn part_of(&self, sample: usize) -> Option<Subset> {
        self.parts.with(|parts| match parts {
            Some(Ok(parts)) => parts.get(sample).copied(),
            _ => None,
        })
    }

    pub fn thumbnail(&self, sample: usize) -> Memo<Option<Arc<Picture>>> {
        let films = self.films;
        Memo::new(move |_| {
            films.with(|films| films.as_ref()?.thumbnails.get(sample).cloned().flatten())
        })
    }

    /// A class name as shown.
    pub fn class_name(&self, class: usize) -> String {
        let name = |films: &Arc<Films>| words::class(self.i18n, films, class);
        self.films
            .with(|films| films.as_ref().map(name).unwrap_or_default())
    }

    /// The files that were to be loaded last.
    pub fn files_asked_for(&self) -> Vec<(String, File)> {
        self.bridge.with_value(Bridge::files_asked_for)
    }

    pub fn stop_loading(&self) {
        self.bridge.with_value(Bridge::stop_loading);
    }

    /// Takes what was said of the last load off the page; keyboard and screen reader go back to the station.
    pub fn close_load(&self) {
        self.agreed.set_value(None);
        self.state.update(|state| match state.loading {
            Loading::Idle => state.close_desk(),
            _ => state.loading = Loading::Idle,
        });
        self.go(Station::Look);
    }

    /// Films that were not learnt from are a question to the network.
    pub fn ask_instead(&self, films: Vec<(String, File)>) {
        self.close_load();
        self.go(Station::Try);
        self.classify(films);
    }

    /// Opens a film large.
    pub fn view_film(&self, sample: usize) {
        self.viewed.set(Some(sample));
        self.send(Command::ShowFilm { sample }, Vec::new());
        let frame = self.films.with_untracked(|films| {
            let facts = films.as_ref()?.data.samples.get(sample)?.facts.as_ref()?;
            Some(facts.frame)
        });
        if let Some(frame) = frame {
            self.show_frame(frame);
        }
    }

    /// Opens a film with what can be found out about the network's answer to it.
    pub fn examine(&self, subject: Subject) {
        self.viewed.set(None);
        self.examined.set(Some(subject));
        if let Subject::Sample(sample) = subject {
            self.send(Command::ShowFilm { sample }, Vec::new());
        }
    }

    pub fn train(&self, single_step: bool) {
        let settings = self.state.with_untracked(|state| state.settings.clone());
        if let Some(run) = self.state.try_update(AppState::begin_run) {
            let command = Command::Train {
                run,
                settings,
                single_step,
            };
            self.send(command, Vec::new());
        }
    }

    pub fn pause(&self) {
        self.ask_of_run(Some(RunPhase::Pausing), |run| Command::Pause { run });
    }

    pub fn resume(&self) {
        self.ask_of_run(None, |run| Command::Resume { run });
    }

    pub fn step(&self) {
        self.ask_of_run(None, |run| Command::Step { run });
    }

    pub fn stop(&self) {
        self.ask_of_run(Some(RunPhase::Stopping), |run| Command::Stop { run });
    }

    pub fn open_test(&self) {
        if let Some(run) = self.state.try_update(AppState::open_door).flatten() {
            self.send(Command::Test { run }, Vec::new());
        }
    }

    pub fn classify(&self, files: Vec<(String, File)>) {
        if files.is_empty() {
            return;
        }
        let (paths, files): (Vec<String>, Vec<File>) = files.into_iter().unzip();
        let asked = self.state.try_update(|state| {
            let ask = |path: &String| state.ask(path.clone(), QuestionSource::File);
            paths.iter().map(ask).collect()
        });
        if let Some(questions) = asked {
            self.send(Command::Classify { questions, paths }, files);
        }
    }

    pub fn classify_odd(&self, odd: usize) {
        let asked = self.state.try_update(|state| {
            let key = state.odd.get(odd)?.key.clone();
            Some(state.ask(key, QuestionSource::Odd(odd)))
        });
        if let Some(question) = asked.flatten() {
            self.send(Command::ClassifyOdd { question, odd }, Vec::new());
        }
    }

    /// Asks about a film of the loaded data as about one from outside.
    pub fn classify_sample(&self, sample: usize) {
        // Without a name, as that of an image that was taken from these.
        let ask = |state: &mut AppState| state.ask(String::new(), QuestionSource::File);
        if let Some(question) = self.state.try_update(ask) {
            self.send(Command::ClassifySample { question, sample }, Vec::new());
        }
    }

    /// Finds out more about the trained network, unless that is known or under way.
    pub fn explain(&self, about: Explanation) {
        let asked = self
            .state
            .try_update(|state| state.explain(about.clone()))
            .flatten();
        if let Some((run, explanation)) = asked {
            self.send(
                Command::Explain {
                    explanation,
                    run,
                    about,
                },
                Vec::new(),
            );
        }
    }

    /// Gives up the explanation of this kind that is under way.
    pub fn end_explanation(&self, about: &Explanation) {
        let under_way = self
            .state
            .with_untracked(|state| state.explanations.under_way(about));
        if let Some(explanation) = under_way {
            self.state
                .update(|state| state.explanations.end(explanation));
            self.send(Command::EndExplanation { explanation }, Vec::new());
        }
    }

    /// How far an explanation has come; `None` if it has not been asked.
    pub fn finding(&self, about: Explanation) -> Memo<Option<ExplanationStage>> {
        let state = self.state;
        Memo::new(move |_| state.with(|state| state.explanations.stage(&about).cloned()))
    }

    /// The same for one explanation after the other, as they are chosen.
    pub fn finding_of(&self, about: Signal<Option<Explanation>>) -> Memo<Option<ExplanationStage>> {
        let state = self.state;
        Memo::new(move |_| {
            let about = about.get()?;
            state.with(|state| state.explanations.stage(&about).cloned())
        })
    }

    /// Trains and judges many networks, with the seeds from the setting on.
    pub fn experiment(&self, experiment: Experiment, seeds: usize) {
        let (seed, division) = self
            .state
            .with_untracked(|state| (state.settings.seed, state.division()));
        let begin = |state: &mut AppState| state.experiment(experiment, seed, seeds);
        if let Some(id) = self.state.try_update(begin).flatten() {
            let command = Command::Experiment {
                id,
                experiment,
                seed,
                seeds,
                division,
            };
            self.send(command, Vec::new());
        }
    }

    /// Gives up the experiment that is under way.
    pub fn end_experiment(&self) {
        if let Some(id) = self.state.try_update(AppState::end_experiment).flatten() {
            self.send(Command::EndExperiment { id }, Vec::new());
        }
    }

    pub fn measure_speed(&self) {
        self.state
            .update(|state| state.speed = SpeedMeasurement::Asked(None));
        self.send(Command::MeasureSpeed, Vec::new());
    }

    pub fn find_shortcuts(&self) {
        self.state
            .update(|state| state.shortcuts = ShortcutSearch::Asked);
        self.send(Command::FindShortcuts, Vec::new());
    }

    pub fn save_pack(&self) {
        self.state.update(|state| state.saving = Saving::BEGUN);
        let division = Some(self.state.with_untracked(AppState::division));
        self.send(Command::SavePack { division }, Vec::new());
    }

    /// Has the trained network put into a file, which [`network_file`](crate::network_file) hands over when it has come.
    pub fn export_network(&self, file: FileForm, form: Form, card: Card) {
        let run = self
            .state
            .try_update(|state| {
                let run = state.trained()?.id;
                state.exporting = Exporting::Asked(file);
                Some(run)
            })
            .flatten();
        if let Some(run) = run {
            let card = Box::new(card);
            self.send(Command::ExportModel { run, form, card }, Vec::new());
        }
    }

    /// Gives up the pack that is being saved, or forgets the one that was.
    pub fn end_saving(&self) {
        self.state.update(|state| state.saving = Saving::NotYet);
        self.send(Command::EndSaving, Vec::new());
    }

    pub fn restart_engine(&self) {
        self.state
            .update(|state| state.engine = EngineState::Starting);
        self.bridge.with_value(Bridge::restart);
    }

    /// Says that files are being read, before the engine does. One that was given up is started again for them.
    pub fn expect_films(&self, own_files: bool) {
        let given_up = |state: &AppState| matches!(state.engine, EngineState::GivenUp { .. });
        if self.state.with_untracked(given_up) {
            self.restart_engine();
        }
        self.state.update(|state| state.expect_films(own_files));
    }

    fn ask_of_run(&self, expected: Option<RunPhase>, command: impl Fn(RunId) -> Command) {
        let run = self
            .state
            .with_untracked(|state| state.run.as_ref().map(|run| run.id));
        if let Some(run) = run {
            if let Some(phase) = expected {
                self.state.update(|state| state.expect_phase(phase));
            }
            self.send(command(run), Vec::new());
        }
    }

    pub fn send(&self, command: Command, files: Vec<File>) {
        self.bridge
            .with_value(|bridge| bridge.send_with_files(command, files));
    }
}

fn hear(state: RwSignal<AppState>, news: News) {
    state.update(|state| match news {
        News::Events(events) => events.into_iter().for_each(|event| state.apply(event)),
        News::Lost {
            detail,
            restarting,
            file,
        } => {
            if let Some((path, _)) = &file {
                state.decoder_failed(path);
            }
            state.engine_lost(&detail, restarting);
            if file.is_some_and(|(_, again)| again) {
                state.expect_films(state.own_files);
            }
        }
        News::WrongBuild => state.engine = EngineState::WrongBuild,
    });
}

fn passing(
    division: Memo<Option<(Arc<DatasetSummary>, SplitBy, u64)>>,
    parts: Memo<Parts>,
    filter: Filter,
) -> Vec<usize> {
    let Some((data, _, _)) = division.get() else {
        return Vec::new();
    };
    let parts = parts.get().and_then(Result::ok);
    let part_of = |film: usize| parts.as_ref().and_then(|parts| parts.get(film).copied());
    let passes = |&film: &usize| {
        let in_class = filter
            .class
            .is_none_or(|class| data.samples[film].class == class);
        in_class && filter.part.is_none_or(|part| part_of(film) == Some(part))
    };
    (0..data.samples.len()).filter(passes).collect()
}

fn workers() -> usize {
    let cores = web_sys::window().map_or(1.0, |window| window.navigator().hardware_concurrency());
    (cores as usize).clamp(1, MOST_WORKERS)
}
