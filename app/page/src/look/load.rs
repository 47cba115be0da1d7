//! Where the visitor's files stand: at the top of the station, in view, focused and said aloud.

use std::sync::Arc;

use imaging::{
    dataset::DatasetSummary,
    dicom::FrameFacts,
    pack::{Contradiction, LoadError, NameQuestion, TableQuestion, UnsureFolder},
};
use leptos::prelude::*;

use super::{
    own_data::{OwnData, own_data},
    problems, sorting,
};
use crate::{
    I18n,
    chunk::fetched,
    failure,
    film::FilmCard,
    i18n::use_i18n,
    kept::{is_in_a_pile, of_a_pile},
    reveal::reveal,
    say,
    station::Station,
    test::figures::keyed,
    tr, words,
    workbench::Workbench,
};
use protocol::OddFilm;
use ui_core::state::{AppState, Desk, Loading};

pub(super) const PLACE: &str = "#load";
pub(super) const HEADING: &str = "#load-heading";

/// Films that stand for those that were loaded, in one row; more where there are more classes.
const SAMPLES: usize = 4;
const MOST_SAMPLES: usize = 8;

/// What there is to say of the films that were asked for last.
#[derive(Clone, PartialEq)]
enum LoadStage {
    /// The app's own films, with nothing wrong.
    Nothing,
    /// Of which load, counted.
    Reading(u32),
    /// What these folders mean.
    Asking(Vec<UnsureFolder>),
    /// Which class is right.
    Ruling(Vec<Contradiction>),
    /// What the columns of a table are.
    Table(Box<TableQuestion>),
    /// Whether names of files tell classes.
    Names(Box<NameQuestion>),
    /// The classes by hand.
    Sorting,
    /// The same, put aside: so many images, of which so many have a class.
    Aside(usize, usize),
    Refused(LoadError),
    Interrupted,
    /// The visitor's own films are there.
    Loaded(Arc<DatasetSummary>),
}

impl LoadStage {
    fn of(state: &AppState) -> Self {
        let own = state.films.as_ref().filter(|films| films.pack.is_none());
        match &state.loading {
            Loading::Reading(_) if state.own_files => Self::Reading(state.loads),
            Loading::Idle if state.sorts() => Self::Sorting,
            Loading::Idle if own.is_none() && state.desk.is_some() => {
                let count = |desk: &Desk| {
                    let (all, left) = (desk.sorting.images(), desk.sorting.count(None));
                    Self::Aside(all, all - left)
                };
                state.desk.as_ref().map_or(Self::Nothing, count)
            }
            Loading::Reading(_) | Loading::Idle => {
                own.map_or(Self::Nothing, |films| Self::Loaded(films.data.clone()))
            }
            Loading::Failed(LoadError::UnsureFolders { folders }) => Self::Asking(folders.clone()),
            Loading::Failed(LoadError::Contradictions { groups }) => Self::Ruling(groups.clone()),
            Loading::Failed(LoadError::UnsureTable(asked)) => Self::Table(asked.clone()),
            Loading::Failed(LoadError::UnsureNames(asked)) => Self::Names(asked.clone()),
            Loading::Failed(error) => Self::Refused(error.clone()),
            Loading::Interrupted => Self::Interrupted,
        }
    }

    /// For tests.
    fn id(&self) -> &'static str {
        match self {
            Self::Nothing => "nothing-loaded",
            Self::Reading(_) => "loading",
            Self::Asking(_) => "roles",
            Self::Ruling(_) => "contradictions",
            Self::Table(_) => "table",
            Self::Names(_) => "names",
            Self::Sorting => "sorting",
            Self::Aside(..) => "sorting-aside",
            Self::Refused(_) | Self::Interrupted => "load-error",
            Self::Loaded(_) => "loaded",
        }
    }

    fn went_wrong(&self) -> bool {
        matches!(self, Self::Refused(_) | Self::Interrupted) && !self.lacks_classes()
    }

    /// Nothing is wrong with images that only have no classes yet; a single one is never sorted.
    fn lacks_classes(&self) -> bool {
        match self {
            Self::Refused(LoadError::NoLabels { n: 2.., .. }) => true,
            Self::Refused(LoadError::OneClass { n: 2.., tables, .. }) => tables.is_empty(),
            _ => false,
        }
    }

    fn heading(&self, i18n: I18n) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Reading(_) => say!(i18n, look.reading_own),
            Self::Asking(_) => say!(i18n, look.roles_heading),
            Self::Ruling(_) => say!(i18n, look.contradictions_heading),
            Self::Table(_) => say!(i18n, question.table_heading),
            Self::Names(_) => say!(i18n, question.names_heading),
            Self::Sorting => say!(i18n, sorting.heading),
            Self::Aside(images, _) => {
                say!(i18n, sorting.aside, images = words::films(i18n, *images))
            }
            Self::Refused(LoadError::NoLabels { n: n @ 2.., .. }) => {
                say!(i18n, look.no_classes, images = words::films(i18n, *n))
            }
            Self::Refused(LoadError::OneClass { n, .. }) if self.lacks_classes() => {
                say!(i18n, look.all_in_one, images = words::films(i18n, *n))
            }
            Self::Refused(_) => say!(i18n, look.refused),
            Self::Interrupted => say!(i18n, look.broke_off),
            Self::Loaded(data) => {
                let films = words::films(i18n, data.samples.len());
                say!(i18n, look.loaded, films = films)
            }
        }
    }

    /// The sentence below the heading.
    fn sentence(&self, i18n: I18n, workbench: Workbench) -> String {
        match self {
            Self::Nothing | Self::Reading(_) => String::new(),
            Self::Asking(_) => say!(i18n, look.roles_help),
            Self::Ruling(_) => say!(i18n, look.contradictions_help),
            Self::Table(_) => say!(i18n, question.table_help),
            Self::Names(asked) => {
                say!(i18n, question.names_help, name = asked.guess.layout.name())
            }
            Self::Sorting => {
                let help = say!(i18n, sorting.help);
                let came_back =
                    |state: &AppState| state.desk.as_ref().is_some_and(|desk| desk.came_back);
                match workbench.state.with(came_back) {
                    true => format!("{} {help}", say!(i18n, sorting.came_back)),
                    false => help,
                }
            }
            Self::Aside(_, sorted) => say!(i18n, sorting.aside_help, n = *sorted),
            Self::Refused(error) => {
                let sentence = failure::load_error(i18n, error);
                match workbench.films.with(Option::is_some) {
                    true => format!("{sentence} {}", say!(i18n, look.still_there)),
                    false => sentence,
                }
            }
            Self::Interrupted => say!(i18n, look.interrupted),
            Self::Loaded(data) => {
                let of_class = |class| {
                    let own = data.samples.iter().filter(|film| film.class == class);
                    let films = words::films(i18n, own.count());
                    say!(
                        i18n,
                        look.loaded_class,
                        films = films,
                        class = workbench.class_name(class)
                    )
                };
                let classes: Vec<String> = (0..data.classes.len()).map(of_class).collect();
                format!("{}.", words::all_of(i18n, &classes))
            }
        }
    }

    fn view(self, workbench: Workbench) -> AnyView {
        match self {
            Self::Nothing | Self::Interrupted => ().into_any(),
            Self::Reading(_) => own_progress(workbench),
            Self::Asking(folders) => question(workbench, OwnData::Roles(folders)),
            Self::Ruling(groups) => question(workbench, OwnData::Contradictions(groups)),
            Self::Table(asked) => question(workbench, OwnData::Table(asked)),
            Self::Names(asked) => question(workbench, OwnData::Names(asked)),
            Self::Sorting => question(workbench, OwnData::Sorting),
            Self::Aside(..) => sorting::go_on(workbench),
            Self::Refused(error) => {
                let by_hand = match error {
                    LoadError::NoLabels { .. } | LoadError::OneClass { .. } => {
                        Some(sorting::offer(workbench, is_in_a_pile()))
                    }
                    _ => None,
                };
                let refusal = problems::of_refusal(workbench, &error);
                view! { {of_a_pile()} {by_hand} {refusal} }.into_any()
            }
            Self::Loaded(data) => {
                let i18n = use_i18n();
                let samples = representatives(&data).into_iter();
                let cards: Vec<AnyView> = samples
                    .map(|sample| view! { <FilmCard sample /> }.into_any())
                    .collect();
                view! {
                    <div class="light-box load-films">{cards}</div>
                    {question(workbench, OwnData::Patients)}
                    {kept_apart(workbench)}
                    {reminders(i18n, &data)}
                    {problems::skipped(&data)}
                }
                .into_any()
            }
        }
    }
}

fn question(workbench: Workbench, asked: OwnData) -> AnyView {
    fetched(move || Box::pin(own_data(workbench, asked.clone())))
}

/// How many of the visitor's films belong to no class, and where they are.
fn kept_apart(workbench: Workbench) -> AnyView {
    let i18n = use_i18n();
    let apart = Memo::new(move |_| {
        let own = |film: &&OddFilm| !words::is_captioned(&film.key);
        workbench
            .state
            .with(|state| state.odd.iter().filter(own).count())
    });
    keyed(move || match apart.get() {
        0 => ().into_any(),
        n => {
            let films = words::films(i18n, n);
            let sentence = say!(i18n, look.kept_apart, n = n, films = films);
            view! { <p data-testid="kept-apart">{sentence}</p> }.into_any()
        }
    })
}

/// What DICOM files say that a reader should know before anything else.
fn reminders(i18n: I18n, data: &DatasetSummary) -> AnyView {
    let count = |means: fn(&FrameFacts) -> bool| {
        let facts = data.samples.iter().filter_map(|film| film.facts.as_deref());
        facts.filter(|facts| means(facts)).count()
    };
    let several = count(|facts| facts.file.frames > 1 && facts.frame == 0);
    let written = count(|facts| facts.file.burned_in != Some(false));
    let line = |n: usize, id: &'static str, words: Signal<String>| {
        (n > 0).then(|| view! { <p data-testid=id>{words}</p> }.into_any())
    };
    view! {
        {line(several, "several-frames", tr!(i18n, look.frames, n = several))}
        {line(written, "burned-in-reminder", tr!(i18n, look.burned_in, n = written))}
    }
    .into_any()
}

/// The first films of each class, equally many of each as far as there is room.
fn representatives(data: &DatasetSummary) -> Vec<usize> {
    let classes = data.classes.len().max(1);
    let each = (SAMPLES / classes).max(1);
    let of_class = |class: usize| {
        let films = data.samples.iter().enumerate();
        let own = films.filter(move |(_, film)| film.class == class);
        own.map(|(place, _)| place).take(each)
    };
    (0..classes).flat_map(of_class).take(MOST_SAMPLES).collect()
}

#[component]
pub fn LoadState() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let stage = Memo::new(move |_| workbench.state.with(LoadStage::of));
    Effect::new(move |before: Option<LoadStage>| {
        let now = stage.get();
        let asked = match &now {
            LoadStage::Nothing => false,
            LoadStage::Reading(_) | LoadStage::Asking(_) | LoadStage::Ruling(_) => true,
            LoadStage::Sorting
            | LoadStage::Aside(..)
            | LoadStage::Table(_)
            | LoadStage::Names(_) => true,
            LoadStage::Refused(_) | LoadStage::Interrupted => true,
            // Not where a new engine has been given them again.
            LoadStage::Loaded(_) => matches!(before, Some(LoadStage::Reading(_))),
        };
        if asked {
            reveal(PLACE, HEADING);
        }
        now
    });
    let close = move || {
        let closable = |stage: &LoadStage| {
            let asks = matches!(
                stage,
                LoadStage::Asking(_)
                    | LoadStage::Ruling(_)
                    | LoadStage::Table(_)
                    | LoadStage::Names(_)
                    | LoadStage::Sorting
            );
            asks || stage.went_wrong() || stage.lacks_classes()
        };
        stage.with(closable).then(|| {
            let press = move |_| workbench.close_load();
            view! {
                <button type="button" class="quiet" on:click=press>{tr!(i18n, close)}</button>
            }
            .into_any()
        })
    };
    let content = keyed(move || stage.get().view(workbench));
    view! {
        <section
            id=&PLACE[1..]
            class="load notice"
            class:problem=move || stage.with(LoadStage::went_wrong)
            data-testid=move || stage.with(LoadStage::id)
            aria-labelledby=&HEADING[1..]
            hidden=move || stage.with(|stage| *stage == LoadStage::Nothing)
        >
            <div class="load-head">
                <h2 id=&HEADING[1..] tabindex="-1">{move || stage.with(|stage| stage.heading(i18n))}</h2>
                {close}
            </div>
            <p class="load-sentence">{move || stage.with(|stage| stage.sentence(i18n, workbench))}</p>
            {content}
        </section>
    }
}

/// The app's own films on their way, or the films from before after a new start: nobody is led there.
#[component]
pub fn PackProgress() -> impl IntoView {
    let workbench = expect_context::<Workbench>();
    let shown = Memo::new(move |_| {
        workbench
            .state
            .with(|state| !state.own_files && matches!(state.loading, Loading::Reading(_)))
    });
    keyed(move || match shown.get() {
        true => {
            let bar = progress(workbench);
            view! { <div class="notice" data-testid="loading">{bar}</div> }.into_any()
        }
        false => ().into_any(),
    })
}

/// Of the visitor's own files, which may be more than was meant.
fn own_progress(workbench: Workbench) -> AnyView {
    let i18n = use_i18n();
    let stop = move |_| {
        workbench.stop_loading();
        // The button goes, and the focus with it.
        workbench.go(Station::Look);
    };
    view! {
        {progress(workbench)}
        <button type="button" data-testid="stop-loading" on:click=stop>
            {tr!(i18n, look.stop_reading)}
        </button>
    }
    .into_any()
}

fn progress(workbench: Workbench) -> AnyView {
    let i18n = use_i18n();
    let progress = Memo::new(move |_| {
        workbench.state.with(|state| match state.loading {
            Loading::Reading(progress) => (progress.done, progress.total),
            _ => (0, 0),
        })
    });
    let left = Memo::new(move |_| {
        let seconds = workbench.state.with(|state| match state.loading {
            Loading::Reading(progress) => progress.seconds_left,
            _ => None,
        });
        seconds.map(|seconds| words::time_left(i18n, seconds))
    });
    let words = move || match progress.get() {
        (_, 0) => say!(i18n, look.reading_start),
        (done, total) => say!(i18n, look.reading, done = done, total = total),
    };
    view! {
        <p id="reading">{words}</p>
        <progress
            aria-labelledby="reading"
            max=move || progress.get().1.max(1).to_string()
            value=move || progress.get().0.to_string()
        ></progress>
        <p class="hint">{left}</p>
    }
    .into_any()
}

/// The same for a screen reader, wherever the visitor is: beside the stations, as a hidden one is silent.
#[component]
pub fn LoadSaid() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let stage = Memo::new(move |_| workbench.state.with(LoadStage::of));
    let said = Signal::derive(move || {
        stage.with(|stage| {
            let left_out = match stage {
                LoadStage::Loaded(data) => problems::left_out(i18n, data.skipped.len()),
                _ => String::new(),
            };
            let heading = stage.heading(i18n);
            let stop = if heading.ends_with('?') { "" } else { "." };
            let sentence = stage.sentence(i18n, workbench);
            format!("{heading}{stop} {sentence} {left_out}")
        })
    });
    view! { <p class="unseen" role="status" data-testid="load-said">{said}</p> }
}
