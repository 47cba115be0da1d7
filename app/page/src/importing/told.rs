//! What is said of a file with a network, and of the network that came out of it.

use std::sync::Arc;

use leptos::prelude::*;
use model_card::{Card, ReadError, Score};
use protocol::ImportError;

use crate::{
    I18n, failure, say, station::Station, test::figures::keyed, tr, words, workbench::Workbench,
};
use ui_core::state::{Importing, Loading, NetworkFile, Origin};

pub(super) fn view(workbench: Workbench) -> AnyView {
    follow(workbench);
    let importing = Memo::new(move |_| workbench.state.with(|state| state.importing.clone()));
    let here = Memo::new(move |_| Here::of(workbench));
    let outcome = keyed(move || outcome(workbench, importing.get()));
    let network = keyed(move || match here.get() {
        None => ().into_any(),
        Some(here) => about(workbench, here),
    });
    view! {
        {outcome}
        {network}
    }
    .into_any()
}

/// What waits for films of its classes is read again as soon as they are there.
fn follow(workbench: Workbench) {
    let there = Memo::new(move |_| {
        workbench
            .state
            .with(|state| state.has_films_for_network() && state.loading == Loading::Idle)
    });
    Effect::new(move |_| {
        let file = workbench.network_file.get_value();
        if let (true, Some(file)) = (there.get(), file) {
            workbench.take_network(&[file]);
        }
    });
}

/// The network that is there is out of a file.
#[derive(Clone, PartialEq)]
struct Here {
    file: Option<Arc<NetworkFile>>,
    origin: Origin,
    /// It has been trained on since.
    went_on: bool,
    has_earlier: bool,
}

impl Here {
    fn of(workbench: Workbench) -> Option<Self> {
        workbench.state.with(|state| {
            let run = state.trained().filter(|run| run.is_from_file())?;
            Some(Self {
                file: run.file.clone(),
                origin: run.origin,
                went_on: !run.is_as_in_file(),
                has_earlier: state.can_go_back().is_some(),
            })
        })
    }
}

fn outcome(workbench: Workbench, importing: Importing) -> AnyView {
    let i18n = workbench.i18n();
    match importing {
        Importing::NotYet => ().into_any(),
        Importing::Asked { name, .. } => view! {
            <p role="status">{tr!(i18n, import.reading, name = name.clone())}</p>
        }
        .into_any(),
        Importing::NeedsFilms { name, classes } => {
            let words = move || needs_films(i18n, workbench, &name, &classes);
            view! {
                <div class="notice" data-testid="import-needs-films">
                    <p role="status">{words}</p>
                    {close(workbench)}
                </div>
            }
            .into_any()
        }
        importing => {
            let words = move || refused(i18n, &importing);
            view! {
                <div class="notice problem" data-testid="import-failed">
                    <div role="alert">
                        <p>{words}</p>
                        <p>{tr!(i18n, import.stays)}</p>
                    </div>
                    {close(workbench)}
                </div>
            }
            .into_any()
        }
    }
}

/// Takes what is said of a file off the page.
fn close(workbench: Workbench) -> AnyView {
    let press = move |_| {
        let state = workbench.state;
        state.update(|state| state.importing = Importing::NotYet);
        // The button goes, and the focus with it.
        workbench.go(Station::Train);
    };
    view! {
        <button type="button" data-testid="import-close" on:click=press>
            {tr!(workbench.i18n(), close)}
        </button>
    }
    .into_any()
}

fn needs_films(i18n: I18n, workbench: Workbench, name: &str, classes: &[String]) -> String {
    let films = workbench.films.get();
    let own = films.map(|films| {
        let classes = 0..films.data.classes.len();
        let names: Vec<String> = classes
            .map(|class| words::class(i18n, &films, class))
            .collect();
        words::all_of(i18n, &names)
    });
    say!(
        i18n,
        import.needs_films,
        name = name,
        classes = words::all_of(i18n, classes),
        own = own.unwrap_or_default()
    )
}

fn about(workbench: Workbench, here: Here) -> AnyView {
    let i18n = workbench.i18n();
    let Here {
        file,
        origin,
        went_on,
        has_earlier,
    } = here;
    let name = file.as_ref().map(|file| file.name.clone());
    let lead = move || match (went_on, &name) {
        (true, _) => say!(i18n, import.went_on),
        (false, Some(name)) => say!(i18n, import.here, name = name.clone()),
        (false, None) => say!(i18n, import.here_again),
    };
    let of_images = move || match origin {
        Origin::SameFilms => say!(i18n, import.same),
        Origin::Drawn | Origin::UnknownFilms => say!(i18n, import.unknown),
    };
    let earlier = move || has_earlier.then(|| say!(i18n, import.earlier));
    let card = file.and_then(|file| Some(card_view(i18n, file.card.open()?)));
    view! {
        <div class="notice" data-testid="import-here">
            <p role="status">{lead} " " {earlier}</p>
            <p data-testid="import-origin">{of_images}</p>
            {card}
            <button
                type="button"
                data-testid="import-go-on"
                aria-describedby="go-on-help"
                on:click=move |_| workbench.go_on()
            >
                {tr!(i18n, import.go_on)}
            </button>
            <p class="hint" id="go-on-help">{tr!(i18n, import.go_on_help)}</p>
        </div>
    }
    .into_any()
}

/// As it stands in the file, in the language of who saved it.
fn card_view(i18n: I18n, card: Card) -> AnyView {
    let learned = card.images.sets.iter().find(|set| set.name == "train");
    let learned = learned.map(|set| set.images);
    let title = card.images.title.clone();
    let images = move || {
        learned.map(|n| {
            let images = words::films(i18n, n);
            say!(i18n, import.learned, images = images, title = title.clone())
        })
    };
    let score = |score: Score| {
        let value = words::percent(i18n, score.value);
        let interval = match (score.low, score.high) {
            (Some(low), Some(high)) => format!(" ({})", words::ends(i18n, low, high)),
            _ => String::new(),
        };
        view! { <li>{score.name} ": " {value} {interval} ", " {words::films(i18n, score.n)}</li> }
            .into_any()
    };
    let said: Vec<AnyView> = card.scores.into_iter().map(score).collect();
    let limit = |words: String| view! { <li>{words}</li> }.into_any();
    let limits: Vec<AnyView> = card.limits.into_iter().map(limit).collect();
    view! {
        <details data-testid="import-card">
            <summary>{tr!(i18n, import.card)}</summary>
            <p>{images}</p>
            <ul>{said} {limits}</ul>
        </details>
    }
    .into_any()
}

fn refused(i18n: I18n, importing: &Importing) -> String {
    let (name, error) = match importing {
        Importing::Failed { name, error } => (name.clone(), error.open()),
        Importing::Busy => return say!(i18n, import.busy),
        Importing::Lost { detail } => return say!(i18n, import.program, detail = detail.clone()),
        _ => return say!(i18n, import.several),
    };
    let Some(error) = error else {
        return say!(i18n, import.unread, name = name, detail = "");
    };
    match error {
        ImportError::Unread { detail } => {
            say!(i18n, import.unread, name = name, detail = detail)
        }
        ImportError::TooLarge { limit_mb } => {
            say!(i18n, import.too_large, name = name, n = limit_mb)
        }
        ImportError::Program { detail } => say!(i18n, import.program, detail = detail),
        ImportError::Busy => say!(i18n, import.busy),
        ImportError::NoData => say!(i18n, import.no_data),
        ImportError::Unusable(why) => {
            let why = failure::failure(i18n, &why);
            say!(i18n, import.unusable, name = name, why = why)
        }
        ImportError::Refused(error) => unread(i18n, name, error),
    }
}

fn unread(i18n: I18n, name: String, error: ReadError) -> String {
    match error {
        ReadError::Damaged { detail } => say!(i18n, import.damaged, name = name, detail = detail),
        ReadError::Foreign { .. } => say!(i18n, import.foreign, name = name),
        ReadError::Later { .. } => say!(i18n, import.later, name = name),
        ReadError::Settings { detail } => say!(i18n, import.settings, name = name, detail = detail),
        ReadError::Unfit { tensor } => say!(i18n, import.unfit, name = name, part = tensor),
        ReadError::NotFinite { tensor } => {
            say!(i18n, import.not_finite, name = name, part = tensor)
        }
        ReadError::OtherBackbone { .. } => say!(i18n, import.other_backbone, name = name),
        ReadError::OtherGraph => say!(i18n, import.other_graph, name = name),
    }
}
