//! Other films in the place of those that are there. Where that would lose work, the visitor is asked first.

use imaging::{
    pack::{Answers, ByHand},
    task::Task,
};
use leptos::{html, prelude::*};

use super::{
    bridge::Bridge, dialog::Dialog, files::Named, project, project::OpenedProject, say,
    station::Station, test::figures::keyed, tr, words, workbench::Workbench,
};
use crate::i18n::use_i18n;
use protocol::{Command, Pack, RunId};
use ui_core::state::{AppState, AtStake, can_replace};

/// Which films are wanted, and what is to be asked about them.
#[derive(Clone)]
pub enum OtherFilms {
    /// Films that come with the app.
    Pack(Pack),
    /// Something else about the present films; the class is the one whose films are mirrored, if not all are.
    Task(Task, Option<usize>),
    Files(Vec<Named>),
    /// The visit that a project holds, with its films.
    Project(Box<OpenedProject>),
    /// Photographs, whose classes are given by hand.
    Photographs(Vec<Named>),
    /// The files of the last attempt, with the visitor's word on what was unclear.
    Again(Answers),
    /// The present films, with their classes or the visitor's word changed.
    Present(Answers),
}

/// What would be another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Change {
    Films,
    Task,
    /// What is said of the same films.
    Said,
}

impl Change {
    fn of(wanted: &OtherFilms) -> Self {
        match wanted {
            OtherFilms::Task(..) => Self::Task,
            OtherFilms::Present(_) => Self::Said,
            _ => Self::Films,
        }
    }
}

/// What the visitor has agreed to lose: of which run, and with which films, by their fingerprint.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct AgreedLoss {
    films: Option<u64>,
    run: Option<RunId>,
    stake: AtStake,
}

impl AgreedLoss {
    fn of(wanted: &OtherFilms, workbench: &Workbench, state: &AppState) -> Self {
        let films = state.films.as_ref().map(|films| films.data.fingerprint());
        let mut stake = wanted.costs(workbench, state);
        // What further answers come to.
        stake.sorted = false;
        let run = state.run.as_ref().map(|run| run.id);
        Self { films, run, stake }
    }
}

impl OtherFilms {
    /// What is lost with the films that are there.
    fn costs(&self, workbench: &Workbench, state: &AppState) -> AtStake {
        let mut stake = state.at_stake();
        if self.leaves_files(workbench) {
            stake.images = 0;
        }
        // Answers are what sorting comes to.
        stake.sorted &= !matches!(self, Self::Again(_) | Self::Present(_));
        // Of the same films the network before comes back at a press.
        if let Self::Project(project) = self {
            let films = state.films.as_ref().map(|films| films.data.fingerprint());
            stake.network &= films != Some(project.work.films.fingerprint);
        }
        stake
    }

    /// Whether the visitor's files that are there are those of these films, too.
    fn leaves_files(&self, workbench: &Workbench) -> bool {
        match self {
            Self::Pack(_) | Self::Files(_) | Self::Photographs(_) => false,
            Self::Task(..) | Self::Present(_) => true,
            Self::Again(_) => workbench.bridge.with_value(Bridge::asked_for_present_files),
            // The visitor is asked for the images of a project later, and may leave it at that.
            Self::Project(project) => project.work.films.pack.is_none(),
        }
    }
}

impl Workbench {
    /// Loads other films, once the visitor agrees to what that costs.
    pub fn choose_films(&self, wanted: OtherFilms) {
        if let OtherFilms::Files(files) = &wanted
            && let Some(file) = project::in_files(files)
        {
            return self.open_project(file);
        }
        let harmless = match &wanted {
            OtherFilms::Files(files) => {
                let paths: Vec<String> = files.iter().map(|(path, _)| path.clone()).collect();
                !can_replace(&paths)
            }
            OtherFilms::Pack(_)
            | OtherFilms::Project(_)
            | OtherFilms::Photographs(_)
            | OtherFilms::Task(..)
            | OtherFilms::Again(_)
            | OtherFilms::Present(_) => false,
        };
        let (stake, loss) = self.state.with_untracked(|state| {
            let loss = AgreedLoss::of(&wanted, self, state);
            (wanted.costs(self, state), loss)
        });
        let has_agreed = match wanted {
            // A further question about files that were asked about before.
            OtherFilms::Again(_) => self.agreed.get_value() == Some(loss),
            _ => {
                self.agreed.set_value(None);
                false
            }
        };
        if harmless || has_agreed || stake.is_nothing() {
            self.load(wanted);
        } else {
            self.wanted.set(Some(wanted));
        }
    }

    /// Loads them, whatever it costs.
    pub fn load(&self, wanted: OtherFilms) {
        match wanted {
            OtherFilms::Project(project) => self.project.set(Some(*project)),
            OtherFilms::Pack(pack) => {
                self.expect_films(false);
                let task = Task::Region;
                self.send(Command::LoadBuiltIn { pack, task }, Vec::new());
            }
            OtherFilms::Task(task, class) => {
                self.expect_films(false);
                self.bridge
                    .with_value(|bridge| bridge.ask_about(task, class));
            }
            OtherFilms::Files(files) => self.load_files(files, Answers::default()),
            OtherFilms::Photographs(files) => {
                let gather = Answers {
                    by_hand: Some(ByHand::Gather),
                    ..Answers::default()
                };
                self.load_files(files, gather);
            }
            OtherFilms::Again(answers) => {
                self.expect_films(true);
                self.bridge.with_value(|bridge| bridge.load_again(answers));
            }
            OtherFilms::Present(answers) => {
                self.expect_films(true);
                self.bridge
                    .with_value(|bridge| bridge.load_present_again(answers));
            }
        }
    }
}

impl Workbench {
    fn load_files(&self, files: Vec<Named>, answers: Answers) {
        self.expect_films(true);
        // They may have been dropped at any station.
        if self.station.get_untracked() != Station::Look {
            self.go(Station::Look);
        }
        let (paths, files) = files.into_iter().unzip();
        let command = Command::LoadFiles {
            paths,
            answers,
            task: Task::Region,
            class: None,
        };
        self.send(command, files);
    }
}

/// What would be lost, and the choice; whoever closes it keeps what is there.
#[component]
pub fn OtherFilmsDialog() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let wanted = workbench.wanted;
    let open = Signal::derive(move || wanted.with(Option::is_some));
    let change =
        Memo::new(move |_| wanted.with(|own| own.as_ref().map_or(Change::Films, Change::of)));
    let heading = Signal::derive(move || match change.get() {
        Change::Task => say!(i18n, replace.heading_task),
        Change::Said => say!(i18n, replace.heading_said),
        Change::Films => say!(i18n, replace.heading),
    });
    view! {
        <Dialog id="replace" open close=move |()| wanted.set(None) heading>
            {question(workbench, change)}
        </Dialog>
    }
}

fn question(workbench: Workbench, change: Memo<Change>) -> AnyView {
    let i18n = use_i18n();
    let wanted = workbench.wanted;
    let losses = keyed(move || {
        let stake = wanted.with(|wanted| {
            let costs = |wanted: &OtherFilms| {
                let of = |state: &AppState| wanted.costs(&workbench, state);
                workbench.state.with(of)
            };
            wanted.as_ref().map(costs).unwrap_or_default()
        });
        let network = stake.network.then(|| say!(i18n, replace.network));
        let n = stake.experiments;
        let experiments = (n > 0).then(|| say!(i18n, replace.experiments, n = n));
        let sorted = stake.sorted.then(|| say!(i18n, replace.sorted));
        let images = (stake.images > 0).then(|| {
            let images = words::films(i18n, stake.images);
            say!(i18n, replace.images, images = images)
        });
        let item = |words: String| view! { <li>{words}</li> }.into_any();
        let all = network.into_iter().chain(experiments).chain(sorted);
        let all = all.chain(images);
        let all: Vec<AnyView> = all.map(item).collect();
        all.into_any()
    });
    let go_on = move || match change.get() {
        Change::Task => say!(i18n, replace.go_on_task),
        Change::Said => say!(i18n, replace.go_on_said),
        Change::Films => say!(i18n, replace.go_on),
    };
    let keep = NodeRef::<html::Button>::new();
    keep.on_load(|keep| {
        request_animation_frame(move || {
            // Refused only if it is gone again.
            let _ = keep.focus();
        });
    });
    let replace = move |_| {
        if let Some(films) = wanted.try_update(Option::take).flatten() {
            let loss = |state: &AppState| AgreedLoss::of(&films, &workbench, state);
            let loss = workbench.state.with_untracked(loss);
            workbench.agreed.set_value(Some(loss));
            workbench.load(films);
        }
    };
    view! {
        <div class="prose">
            <p>{tr!(i18n, replace.lead)}</p>
            <ul>{losses}</ul>
            <p>{tr!(i18n, replace.stays)}</p>
        </div>
        <div class="row">
            <button
                node_ref=keep
                type="button"
                class="primary"
                data-testid="replace-keep"
                on:click=move |_| wanted.set(None)
            >
                {tr!(i18n, replace.keep)}
            </button>
            <button type="button" data-testid="replace-go-on" on:click=replace>
                {go_on}
            </button>
        </div>
    }
    .into_any()
}
