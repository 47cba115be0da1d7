//! The film panel: where networks look on one film, what changes the answer, and what it is like.

mod erase;
mod heat;
pub mod map;
pub mod nearest;
mod occlusion;
mod pad;
pub mod stack;
mod wait;

use std::sync::Arc;

use imaging::{dataset::Picture, insight::Mask, split::Subset};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{I18n, dialog::Dialog, failure, look::viewer, say, tr, words, workbench::Workbench};
use crate::i18n::use_i18n;
use protocol::{Explanation, ExplanationResult, Subject};
use ui_core::{
    insight::painting::Painting,
    state::{AppState, ExplanationStage, QuestionSource, Reply},
};

/// What the parts of the panel share.
#[derive(Clone, Copy)]
struct Examined {
    subject: Subject,
    picture: Signal<Option<Arc<Picture>>>,
    /// The answer to the whole film; empty until it is there.
    whole: Signal<Vec<f32>>,
    /// The class whose evidence is shown: the answer, unless another was chosen.
    class: Signal<Option<usize>>,
}

#[component]
pub fn FilmPanel() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let open = Signal::derive(move || workbench.examined.get().is_some());
    let close = move |()| workbench.examined.set(None);
    view! {
        <Dialog id="film-panel" open close heading=tr!(i18n, insight.heading)>
            {move || workbench.examined.get().map(|subject| view! { <Panel subject /> })}
        </Dialog>
    }
}

/// The way into the panel from a film of the data; a test film stays locked until the door is open.
pub fn opener(sample: usize) -> AnyView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let shown = move || {
        let (trained, locked) = workbench.state.with(|state| {
            let run = state.trained();
            let part = run.and_then(|run| run.parts.get(sample).copied().flatten());
            let locked = part == Some(Subset::Test) && state.opened().is_none();
            (run.is_some(), locked)
        });
        trained.then(|| match locked {
            true => view! { <p class="hint">{tr!(i18n, insight.open_locked)}</p> }.into_any(),
            false => open_button(i18n, Subject::Sample(sample), String::new()),
        })
    };
    shown.into_any()
}

/// A button that opens the panel; `name` tells several of them apart.
pub fn open_button(i18n: I18n, subject: Subject, name: String) -> AnyView {
    let workbench = expect_context::<Workbench>();
    let label = (!name.is_empty()).then(|| say!(i18n, insight.open_label, name = name));
    view! {
        <button
            type="button"
            data-testid="examine"
            aria-label=label
            on:click=move |_| workbench.examine(subject)
        >
            {tr!(i18n, insight.open)}
        </button>
    }
    .into_any()
}

#[component]
fn Panel(subject: Subject) -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let about = Explanation::Erased {
        subject,
        mask: nothing_painted(),
    };
    let stage = workbench.finding(about.clone());
    let asking = about.clone();
    Effect::new(move |_| workbench.explain(asking.clone()));
    let whole = Memo::new(move |_| match stage.get() {
        Some(ExplanationStage::Found(ExplanationResult::Erased { probabilities })) => probabilities,
        _ => Vec::new(),
    });
    let chosen = RwSignal::new(None::<usize>);
    let class = Memo::new(move |_| {
        let said = whole.with(|whole| (!whole.is_empty()).then(|| metrics::answer(whole)));
        chosen.get().or(said)
    });
    let film = Examined {
        subject,
        picture: Memo::new(move |_| picture(workbench, subject)).into(),
        whole: whole.into(),
        class: class.into(),
    };
    let trained = Memo::new(move |_| workbench.state.with(|state| state.trained().is_some()));
    let failed = move || match stage.get() {
        Some(ExplanationStage::Failed(reason)) => Some(failure::failure(i18n, &reason)),
        _ => None,
    };
    view! {
        <div class="examined" data-testid="examined">
            <p class="examined-name">{move || name(i18n, workbench, subject)}</p>
            <Show
                when=move || trained.get()
                fallback=move || view! { <p class="problem">{tr!(i18n, insight.not_trained)}</p> }
            >
                <p class="problem-text">{failed}</p>
                <Answer film />
                {to_erase(i18n)}
                <heat::Heat film chosen />
                <erase::Erase film />
                <occlusion::Occlusion film />
                <nearest::Nearest subject />
            </Show>
        </div>
    }
}

/// Down to the part that is done by hand, which lies below all maps.
fn to_erase(i18n: I18n) -> AnyView {
    let go = move |_| {
        let part = document().get_element_by_id(erase::PART);
        if let Some(part) = part.and_then(|part| part.dyn_into::<web_sys::HtmlElement>().ok()) {
            part.scroll_into_view();
            // Refused only if it is gone again.
            let _ = part.focus();
        }
    };
    view! {
        <p>
            <button type="button" data-testid="to-erase" on:click=go>
                {tr!(i18n, insight.to_erase)}
            </button>
        </p>
    }
    .into_any()
}

/// What the film is and what the network says of the whole of it.
#[component]
fn Answer(film: Examined) -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let truth = workbench.films.with_untracked(|films| match film.subject {
        Subject::Sample(sample) => {
            let films = films.as_ref()?;
            Some(films.data.samples.get(sample)?.class)
        }
        Subject::Odd(_) | Subject::Asked(_) => None,
    });
    let is = move || {
        let class = truth.map(|class| workbench.class_name(class));
        class.map(|class| say!(i18n, insight.is, class = class))
    };
    let says = move || {
        film.whole.with(|whole| match whole.is_empty() {
            true => say!(i18n, insight.asking),
            false => {
                let (class, share) = leader(i18n, workbench, whole);
                say!(i18n, insight.says, class = class, share = share)
            }
        })
    };
    view! {
        <p class="examined-answer" data-testid="examined-answer">
            {is} " " <strong>{says}</strong>
        </p>
    }
}

/// The class that leads and its probability, in words.
fn leader(i18n: I18n, workbench: Workbench, probabilities: &[f32]) -> (String, String) {
    let class = metrics::answer(probabilities);
    let probability = probabilities.get(class).copied().unwrap_or_default();
    (
        workbench.class_name(class),
        words::unbroken(&words::surety(i18n, probability)),
    )
}

/// The answer to the whole film is that to the film with nothing painted over.
fn nothing_painted() -> Mask {
    Painting::default().mask
}

fn name(i18n: I18n, workbench: Workbench, subject: Subject) -> String {
    let odd = |state: &AppState, odd: usize| state.odd.get(odd).map(|film| film.key.clone());
    let key = match subject {
        Subject::Sample(sample) => return viewer::name(workbench, i18n, sample),
        Subject::Odd(place) => workbench.state.with(|state| odd(state, place)),
        Subject::Asked(id) => {
            let asked = |state: &AppState| {
                let mut all = state.questions.iter();
                let question = all.find(|question| question.id == id)?;
                Some((question.source, question.name.clone()))
            };
            match workbench.state.with(asked) {
                Some((QuestionSource::File, name)) => return name,
                Some((QuestionSource::Odd(_), key)) => Some(key),
                None => None,
            }
        }
    };
    key.map(|key| words::odd_film(i18n, &key))
        .unwrap_or_default()
}

fn picture(workbench: Workbench, subject: Subject) -> Option<Arc<Picture>> {
    match subject {
        Subject::Sample(sample) => viewer::best(workbench, sample),
        Subject::Odd(odd) => workbench.state.with(|state| {
            let film = state.odd.get(odd)?;
            Some(Arc::new(film.picture.clone()))
        }),
        Subject::Asked(id) => workbench.state.with(|state| {
            let mut all = state.questions.iter();
            match &all.find(|question| question.id == id)?.reply {
                Reply::Answered(answer) => Some(Arc::new(answer.picture.clone())),
                Reply::Pending | Reply::Failed(_) => None,
            }
        }),
    }
}
