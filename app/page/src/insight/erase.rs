//! Painting over the film until the answer flips.

mod nothing_left;

use std::sync::Arc;

use imaging::insight::{Mask, SanityCheck};
use leptos::prelude::*;

use super::{Examined, heat, leader, map, pad, stack::FilmStack, wait};
use crate::{I18n, bars::Bars, i18n::use_i18n, say, tr, train::field::tick, workbench::Workbench};
use protocol::{Explanation, ExplanationResult};
use ui_core::{
    insight::painting::{CELLS, Painting, border_grey},
    state::ExplanationStage,
};

/// Of the section, to be led to.
pub const PART: &str = "erase-part";

const OPACITY: f64 = 0.45;

/// So many cells are far more than one region.
const SPREAD: usize = CELLS * CELLS / 4;

#[component]
pub fn Erase(film: Examined) -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let painting = RwSignal::new(Painting::default());
    // What was last asked about: a stroke is asked about when it ends.
    let asked = RwSignal::new(super::nothing_painted());
    let subject = film.subject;
    let about = Signal::derive(move || {
        let mask = asked.get();
        Some(Explanation::Erased { subject, mask })
    });
    let stage = workbench.finding_of(about);
    let ask = move || {
        asked.set(painting.with_untracked(|painting| painting.mask.clone()));
        if let Some(about) = about.get_untracked() {
            workbench.explain(about);
        }
    };
    let clear = move |_| {
        painting.update(|painting| painting.mask = super::nothing_painted());
        ask();
    };
    let latest = latest(stage);
    let flipped = Memo::new(move |_| {
        let answer = |all: &Vec<f32>| (!all.is_empty()).then(|| metrics::answer(all));
        film.whole.with(answer) != latest.with(answer)
    });
    let sentence = sentence(i18n, workbench, stage, asked, latest, flipped);
    let failed = move || match (stage.get(), about.get()) {
        (Some(ExplanationStage::Failed(reason)), Some(about)) => Some(wait::failed(about, &reason)),
        _ => None,
    };
    let mapped = RwSignal::new(false);
    let colours = colours(workbench, film, mapped);
    let grey = Memo::new(move |_| {
        film.picture
            .with(|film| film.as_deref().map_or(0, border_grey))
    });
    view! {
        <section id=PART class="examined-part" tabindex="-1" data-testid="erase">
            <h3>{tr!(i18n, insight.erase)}</h3>
            <p class="hint">{tr!(i18n, insight.erase_lead)}</p>
            {nothing_left::view(workbench, film, stage)}
            <div class="erase">
                <FilmStack picture=film.picture>
                    {colours}
                    <pad::Pad painting grey=grey.into() stroke_ended=move |()| ask() />
                </FilmStack>
                <div class="erase-side">
                    {answer(sentence, flipped)}
                    {bars(film, stage, latest)}
                    <p class="hint">{tr!(i18n, insight.erase_before)}</p>
                    {failed}
                    <p class="hint" data-testid="erase-count">{move || count(i18n, painting)}</p>
                    {tick("erase-map", tr!(i18n, insight.erase_map), mapped.into(), move |on| mapped.set(on))}
                    <button type="button" data-testid="erase-clear" on:click=clear>
                        {tr!(i18n, insight.erase_clear)}
                    </button>
                    <p class="hint" id="erase-keys">{tr!(i18n, insight.erase_keys)}</p>
                </div>
            </div>
        </section>
    }
}

/// The probabilities found last: bars stay where they are until the next answer.
fn latest(stage: Memo<Option<ExplanationStage>>) -> Memo<Vec<f32>> {
    Memo::new(move |before: Option<&Vec<f32>>| match stage.get() {
        Some(ExplanationStage::Found(ExplanationResult::Erased { probabilities })) => probabilities,
        _ => before.cloned().unwrap_or_default(),
    })
}

/// Said when the answer is there, and not while a stroke goes on.
fn sentence(
    i18n: I18n,
    workbench: Workbench,
    stage: Memo<Option<ExplanationStage>>,
    asked: RwSignal<Mask>,
    latest: Memo<Vec<f32>>,
    flipped: Memo<bool>,
) -> Memo<String> {
    Memo::new(move |before: Option<&String>| match stage.get() {
        Some(ExplanationStage::Failed(_)) => String::new(),
        Some(ExplanationStage::Asked(_)) | None => before.cloned().unwrap_or_default(),
        Some(ExplanationStage::Found(_)) => {
            let (class, share) = latest.with(|latest| leader(i18n, workbench, latest));
            let painted = || asked.with(|mask| mask.painted.iter().filter(|&&cell| cell).count());
            match (painted() == 0, flipped.get()) {
                (true, _) => say!(i18n, insight.erase_none, class = class, share = share),
                (false, false) if painted() > SPREAD => say!(
                    i18n,
                    insight.erase_spread,
                    class = class,
                    share = share,
                    n = painted(),
                    total = CELLS * CELLS
                ),
                (false, false) => say!(i18n, insight.erase_still, class = class, share = share),
                (false, true) => say!(i18n, insight.erase_flipped, class = class, share = share),
            }
        }
    })
}

fn answer(sentence: Memo<String>, flipped: Memo<bool>) -> AnyView {
    view! {
        <p
            class="erase-answer"
            class:erase-flipped=move || flipped.get()
            role="status"
            data-testid="erase-answer"
            data-flipped=move || flipped.get().to_string()
        >
            {sentence}
        </p>
    }
    .into_any()
}

fn bars(film: Examined, stage: Memo<Option<ExplanationStage>>, latest: Memo<Vec<f32>>) -> AnyView {
    let busy = move || matches!(stage.get(), Some(ExplanationStage::Asked(_)));
    let bars = move || {
        let order = (0..film.whole.with(Vec::len)).collect();
        view! { <Bars order probabilities=latest before=film.whole /> }
    };
    view! { <div class="erase-bars" aria-busy=move || busy().to_string()>{bars}</div> }.into_any()
}

fn count(i18n: I18n, painting: RwSignal<Painting>) -> String {
    let n = painting.with(Painting::painted);
    say!(i18n, insight.erase_count, n = n, total = CELLS * CELLS)
}

/// Where the network looks on the whole film, while that is wanted.
fn colours(workbench: Workbench, film: Examined, wanted: RwSignal<bool>) -> AnyView {
    let stage = workbench.finding_of(heat::about(film));
    let opacity = RwSignal::new(OPACITY);
    let colours = move || {
        let (maps, _) = heat::found(wanted.get().then(|| stage.get()).flatten())?;
        let own = maps
            .into_iter()
            .find(|(witness, _)| *witness == SanityCheck::Trained);
        own.map(|(_, map)| view! { <map::Colours map=Arc::new(map) opacity /> })
    };
    colours.into_any()
}
