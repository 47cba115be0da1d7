//! How far the loading of films has come.

use std::sync::Arc;

use imaging::{
    dataset::DatasetSummary,
    pack::LoadError,
    settings::{Network, Pooling, Settings},
    split::{SplitBy, split},
    task::Task,
};

use super::{AppState, Films, FrameRequest, Saving, ShortcutSearch};
use crate::kept::CameBack;
use protocol::{Pack, Progress};

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Loading {
    #[default]
    Idle,
    Reading(Progress),
    Failed(LoadError),
    /// The engine stopped while it read the files.
    Interrupted,
}

impl Loading {
    pub fn went_wrong(&self) -> bool {
        matches!(self, Self::Failed(_) | Self::Interrupted)
    }
}

impl AppState {
    /// Notes that films have been asked for, before the engine says so.
    pub fn expect_films(&mut self, own_files: bool) {
        self.own_files = own_files;
        self.loads += 1;
        self.loading = Loading::Reading(Progress::NOTHING_YET);
    }

    /// What was dropped, and expected to be films, is something else.
    pub fn expect_no_films(&mut self) {
        if self.loading == Loading::Reading(Progress::NOTHING_YET) {
            self.loading = Loading::Idle;
        }
    }

    /// What went wrong with the visitor's files is said until they act: a new engine, which is given the films from
    /// before, does not wipe it.
    pub(super) fn read_on(&mut self, loading: Loading) {
        if !(self.own_files && self.loading.went_wrong()) {
            self.loading = loading;
        }
    }

    /// Files that came before it was asked stay.
    pub(super) fn load_stopped(&mut self) {
        if matches!(self.loading, Loading::Reading(_)) {
            self.loading = Loading::Idle;
        }
    }

    pub(super) fn loaded(&mut self, data: DatasetSummary, pack: Option<Pack>) {
        self.read_on(Loading::Idle);
        // The engine has forgotten what was asked about the films before.
        self.shortcuts.forget_pending();
        self.saving.forget_pending();
        if self.films.as_ref().is_some_and(|films| *films.data == data) {
            self.come_back_after_crash();
            return;
        }
        self.sorted_by_hand = pack.is_none() && self.has_sorted();
        self.desk = None;
        // Whoever goes on with other images of their own has given it up; images that were waited for are no choice.
        let chosen = pack.is_none() && self.needed_films().is_none();
        let films = chosen.then(|| data.fingerprint());
        self.sorting_before
            .take_if(|before| films.is_some_and(|films| films != before.films));
        let waits = self.sorting_before.as_ref();
        self.sorting_is_here = waits.is_some_and(|before| before.films == data.fingerprint());
        self.came_back = CameBack::Nothing;
        self.keep_run();
        let before = self.films.as_ref().map(|films| films.data.task);
        let films = Films::new(data, pack);
        for settings in [&mut self.settings, &mut self.first_settings] {
            if let Some(before) = before {
                fit_pooling(settings, before, films.data.task);
            }
            settings.split_by = fitting_split(&films, settings);
        }
        self.films = Some(Arc::new(films));
        self.film = None;
        self.frame = FrameRequest::default();
        self.explanations.clear();
        self.experiments.clear();
        self.shortcuts = ShortcutSearch::NotYet;
        self.saving = Saving::NotYet;
        self.background = None;
        self.times_opened = 0;
        self.questions.clear();
        self.restore_if_there();
    }
}

/// Another task begins with the usual pooling; what the user chose for the same task stays.
fn fit_pooling(settings: &mut Settings, before: Task, now: Task) {
    if before != now
        && let Network::Pretrained(pooling) = &mut settings.network
    {
        *pooling = Pooling::default();
    }
}

/// The user's choice where the films allow it; folders that name the parts are taken at their word, and where the patients of the
/// visitor's own films are known, nobody is in two parts.
fn fitting_split(films: &Films, settings: &Settings) -> SplitBy {
    let by_patient = || split(&films.data, SplitBy::Patient, settings.seed).is_ok();
    match settings.split_by {
        _ if films.has_folders() => SplitBy::Folder,
        _ if films.pack.is_none() && by_patient() => SplitBy::Patient,
        SplitBy::Folder => SplitBy::Image,
        SplitBy::Patient if !films.has_patients() => SplitBy::Image,
        chosen => chosen,
    }
}
