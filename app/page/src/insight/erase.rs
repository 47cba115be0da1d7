//! Painting over the film until the answer flips.

use std::sync::Arc;

use imaging::insight::SanityCheck;
use leptos::prelude::*;

use super::{Examined, heat, leader, map, pad, stack::FilmStack, wait};
use crate::{bars::Bars, i18n::use_i18n, say, tr, train::field::tick, workbench::Workbench};
use protocol::{Explanation, ExplanationResult};
use ui_core::{
    insight::painting::{CELLS, Painting, border_grey},
    state::Stage,
};

const OPACITY: f64 = 0.45;

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
    // Bars stay where they are until the next answer.
    let latest = Memo::new(move |before: Option<&Vec<f32>>| match stage.get() {
        Some(Stage::Found(ExplanationResult::Erased { probabilities })) => probabilities,
        _ => before.cloned().unwrap_or_default(),
    });
    let flipped = Memo::new(move |_| {
        let answer = |all: &Vec<f32>| (!all.is_empty()).then(|| metrics::answer(all));
        film.whole.with(answer) != latest.with(answer)
    });
    // Said when the answer is there, and not while a stroke goes on.
    let sentence = Memo::new(move |before: Option<&String>| match stage.get() {
        Some(Stage::Failed(_)) => String::new(),
        Some(Stage::Asked(_)) | None => before.cloned().unwrap_or_default(),
        Some(Stage::Found(_)) => {
            let (class, share) = latest.with(|latest| leader(i18n, workbench, latest));
            let none = asked.with(|mask| !mask.painted.contains(&true));
            match (none, flipped.get()) {
                (true, _) => say!(i18n, insight.erase_none, class = class, share = share),
                (false, false) => say!(i18n, insight.erase_still, class = class, share = share),
                (false, true) => say!(i18n, insight.erase_flipped, class = class, share = share),
            }
        }
    });
    let busy = move || matches!(stage.get(), Some(Stage::Asked(_)));
    let count = move || {
        let n = painting.with(Painting::painted);
        say!(i18n, insight.erase_count, n = n, total = CELLS * CELLS)
    };
    let failed = move || match (stage.get(), about.get()) {
        (Some(Stage::Failed(reason)), Some(about)) => Some(wait::failed(about, &reason)),
        _ => None,
    };
    let bars = move || {
        let order = (0..film.whole.with(Vec::len)).collect();
        view! { <Bars order probabilities=latest before=film.whole /> }
    };
    let mapped = RwSignal::new(false);
    let heat_stage = workbench.finding_of(heat::about(film));
    let opacity = RwSignal::new(OPACITY);
    let grey = Memo::new(move |_| {
        film.picture
            .with(|film| film.as_deref().map_or(0, border_grey))
    });
    let colours = move || {
        let maps = heat::found(mapped.get().then(|| heat_stage.get()).flatten())?;
        let own = maps
            .into_iter()
            .find(|(witness, _)| *witness == SanityCheck::Trained);
        own.map(|(_, map)| view! { <map::Colours map=Arc::new(map) opacity /> })
    };
    view! {
        <section class="examined-part" tabindex="-1" data-testid="erase">
            <h3>{tr!(i18n, insight.erase)}</h3>
            <p class="hint">{tr!(i18n, insight.erase_lead)}</p>
            <div class="erase">
                <FilmStack picture=film.picture>
                    {colours}
                    <pad::Pad painting grey=grey.into() stroke_ended=move |()| ask() />
                </FilmStack>
                <div class="erase-side">
                    <p
                        class="erase-answer"
                        class:erase-flipped=move || flipped.get()
                        role="status"
                        data-testid="erase-answer"
                        data-flipped=move || flipped.get().to_string()
                    >
                        {sentence}
                    </p>
                    <div class="erase-bars" aria-busy=move || busy().to_string()>{bars}</div>
                    <p class="hint">{tr!(i18n, insight.erase_before)}</p>
                    {failed}
                    <p class="hint" data-testid="erase-count">{count}</p>
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
