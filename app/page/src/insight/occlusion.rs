//! The film covered place by place: slow, on request.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Examined, map, wait};
use crate::{i18n::use_i18n, say, tr, words, workbench::Workbench};
use protocol::{Explanation, ExplanationResult};
use ui_core::state::ExplanationStage;

#[component]
pub fn Occlusion(film: Examined) -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let subject = film.subject;
    let about = Signal::derive(move || {
        let class = film.class.get()?;
        Some(Explanation::Occlusion { subject, class })
    });
    let stage = workbench.finding_of(about);
    // Nobody waits for it once the panel is closed.
    on_cleanup(move || {
        if let Some(about) = about.get_untracked() {
            workbench.end_explanation(&about);
        }
    });
    let opacity = RwSignal::new(0.7);
    let asking = Signal::derive(move || match stage.get() {
        Some(ExplanationStage::Asked(Some(progress))) => {
            let (done, total) = (progress.done, progress.total);
            say!(i18n, insight.occlusion_asking, done = done, total = total)
        }
        _ => say!(i18n, insight.occlusion_begins),
    });
    let shown = move || {
        let about = about.get()?;
        let start = tr!(i18n, insight.occlusion_start);
        let stage = stage.get();
        wait::before_answer(stage.as_ref(), about, start, asking).or_else(|| {
            let class = workbench.class_name(film.class.get()?);
            let Some(ExplanationStage::Found(ExplanationResult::Occlusion(map))) = stage else {
                return None;
            };
            let share = words::surety(i18n, map.probability);
            let place = map::place(i18n, &map);
            let gives = say!(
                i18n,
                insight.gives,
                class = class.clone(),
                share = share.clone()
            );
            let label = say!(
                i18n,
                insight.occlusion_label,
                class = class,
                share = share,
                place = place.clone()
            );
            let view = view! {
                <figure class="heat-figure heat-beside" data-testid="map-occlusion">
                    {map::picture(film.picture, Arc::new(map), opacity, Signal::stored(label))}
                    <figcaption>
                        <strong>{tr!(i18n, insight.occlusion_caption)}</strong>
                        <span>{gives}</span>
                        <span class="hint">{place}</span>
                        <map::Opacity opacity />
                    </figcaption>
                </figure>
            };
            Some(view.into_any())
        })
    };
    view! {
        <section class="examined-part" tabindex="-1" data-testid="occlusion">
            <h3>{tr!(i18n, insight.occlusion)}</h3>
            <p class="hint">{tr!(i18n, insight.occlusion_lead)}</p>
            {shown}
        </section>
    }
}
