//! Grad-CAM of the trained network beside those that cannot know the answer.

use std::sync::Arc;

use imaging::{
    insight::{HeatMap, KNOWN_BY_HEART, SanityCheck},
    report::LossAccuracy,
};
use leptos::prelude::*;

use super::{Examined, map, stack, wait};
use crate::{I18n, i18n::use_i18n, say, tr, words, workbench::Workbench};
use protocol::{Explanation, ExplanationResult};
use ui_core::{lesson::verdict::RESEMBLING, state::ExplanationStage};

/// Strong enough to see, weak enough to see the film.
const OPACITY: f64 = 0.6;

#[component]
pub fn Heat(film: Examined, chosen: RwSignal<Option<usize>>) -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let about = about(film);
    let stage = workbench.finding_of(about);
    Effect::new(move |_| {
        if let Some(about) = about.get() {
            workbench.explain(about);
        }
    });
    on_cleanup(move || {
        if let Some(about) = about.get_untracked() {
            workbench.end_explanation(&about);
        }
    });
    let opacity = RwSignal::new(OPACITY);
    let shown = move || {
        let about = about.get()?;
        let start = tr!(i18n, insight.heat_show);
        let asking = tr!(i18n, insight.heat_asking);
        let stage = stage.get();
        wait::before_answer(stage.as_ref(), about, start, asking).or_else(|| {
            let class = film.class.get()?;
            Some(maps(i18n, workbench, film, class, opacity, found(stage)?))
        })
    };
    let choose = move |event| chosen.set(event_target_value(&event).parse().ok());
    let option = move |class: usize| {
        view! {
            <option value=class.to_string() selected=move || film.class.get() == Some(class)>
                {move || workbench.class_name(class)}
            </option>
        }
    };
    let classes = move || {
        let films = workbench.films.get();
        films.map_or(0, |films| films.data.classes.len())
    };
    let cut = move || stack::is_cut(film.picture).then(|| say!(i18n, insight.square));
    view! {
        <section class="examined-part" tabindex="-1" data-testid="heat">
            <p>{tr!(i18n, insight.heat_lead)} " " {cut}</p>
            <div class="examined-controls">
                <label class="slider">
                    <span>{tr!(i18n, insight.class)}</span>
                    <select data-testid="heat-class" on:change=choose>
                        {move || (0..classes()).map(option).collect_view()}
                    </select>
                </label>
                <map::Opacity opacity />
                <map::Scale low=tr!(i18n, insight.heat_scale) high=tr!(i18n, insight.heat_scale_most) />
            </div>
            <div class="heat-room">{shown}</div>
            <p>{tr!(i18n, insight.evidence)}</p>
            <p class="hint">{tr!(i18n, insight.heat_scale_note)} " " {tr!(i18n, insight.sources)}</p>
        </section>
    }
}

/// What the heat maps of the chosen class are asked for with.
pub fn about(film: Examined) -> Signal<Option<Explanation>> {
    let subject = film.subject;
    Signal::derive(move || {
        let class = film.class.get()?;
        Some(Explanation::GradCam {
            subject,
            class,
            checks: true,
        })
    })
}

/// The maps, and how well the network with permuted labels knows them.
type Found = (Vec<(SanityCheck, HeatMap)>, Option<LossAccuracy>);

pub fn found(stage: Option<ExplanationStage>) -> Option<Found> {
    match stage {
        Some(ExplanationStage::Found(ExplanationResult::GradCam { maps, memorized })) => {
            Some((maps, memorized))
        }
        _ => None,
    }
}

fn maps(
    i18n: I18n,
    workbench: Workbench,
    film: Examined,
    class: usize,
    opacity: RwSignal<f64>,
    (maps, memorized): Found,
) -> AnyView {
    let fewer = maps.len() < SanityCheck::ALL.len();
    let verdict = compared(i18n, &maps);
    let own = maps.first().map(|(_, map)| map.clone());
    let one = move |(witness, map): (SanityCheck, HeatMap)| {
        let alike = alike(i18n, witness, own.as_ref(), &map);
        let map = Arc::new(map);
        let gives = {
            let share = words::surety(i18n, map.probability);
            let class = workbench.class_name(class);
            say!(i18n, insight.gives, class = class, share = share)
        };
        let (network, what) = words_for(i18n, witness, memorized);
        let place = map::place(i18n, &map);
        let label = say!(
            i18n,
            insight.map_label,
            network = network.clone(),
            what = what.clone(),
            class = workbench.class_name(class),
            share = words::surety(i18n, map.probability),
            place = place
        );
        let blank = ui_core::insight::heat::is_blank(&map).then(|| say!(i18n, insight.heat_blank));
        view! {
            <figure class="heat-figure" data-testid=format!("map-{}", id(witness))>
                {map::picture(film.picture, map, opacity, Signal::stored(label))}
                <figcaption>
                    <strong>{network}</strong>
                    <span>{gives}</span>
                    <span data-testid="heat-alike">{alike}</span>
                    <span class="hint">{what} " " {blank}</span>
                </figcaption>
            </figure>
        }
    };
    view! {
        <p class="strong" data-testid="heat-verdict">{verdict}</p>
        <div class="heat-figures">{maps.into_iter().map(one).collect_view()}</div>
        <p class="hint">{fewer.then(|| say!(i18n, insight.heat_fewer))}</p>
    }
    .into_any()
}

/// How many of the controls' maps resemble the trained network's.
fn compared(i18n: I18n, maps: &[(SanityCheck, HeatMap)]) -> Option<String> {
    let ((_, own), controls) = maps.split_first()?;
    let resembles = |map: &HeatMap| own.correlation(map).is_some_and(|r| r > RESEMBLING);
    let n = controls.iter().filter(|(_, map)| resembles(map)).count();
    let verdict = say!(i18n, lesson.finding.maps, n = n, total = controls.len());
    let scale = say!(i18n, lesson.out.alike_scale);
    (!controls.is_empty()).then(|| format!("{verdict} {scale}"))
}

/// How like the trained network's map that of a control is.
fn alike(i18n: I18n, witness: SanityCheck, own: Option<&HeatMap>, map: &HeatMap) -> Option<String> {
    let own = own.filter(|_| witness != SanityCheck::Trained)?;
    Some(match own.correlation(map) {
        Some(r) => say!(i18n, insight.alike, value = words::fixed(i18n, r, 2)),
        None => say!(i18n, insight.alike_none),
    })
}

fn id(witness: SanityCheck) -> &'static str {
    match witness {
        SanityCheck::Trained => "trained",
        SanityCheck::RandomHead => "random-head",
        SanityCheck::RandomNetwork => "random-network",
        SanityCheck::ShuffledLabels => "shuffled-labels",
    }
}

/// Which network it is, and what that means.
fn words_for(
    i18n: I18n,
    witness: SanityCheck,
    memorized: Option<LossAccuracy>,
) -> (String, String) {
    match witness {
        SanityCheck::Trained => (
            say!(i18n, insight.trained),
            say!(i18n, insight.trained_what),
        ),
        SanityCheck::RandomHead => (
            say!(i18n, insight.random_head),
            say!(i18n, insight.random_head_what),
        ),
        SanityCheck::RandomNetwork => (
            say!(i18n, insight.random_network),
            say!(i18n, insight.random_network_what),
        ),
        SanityCheck::ShuffledLabels => (
            say!(i18n, insight.shuffled),
            memorized.map_or_else(String::new, |known| shuffled(i18n, known)),
        ),
    }
}

/// A control is as good as it knows the labels that mean nothing.
fn shuffled(i18n: I18n, known: LossAccuracy) -> String {
    let right = words::hits(i18n, &words::proportion(known));
    match known.correct as f64 >= KNOWN_BY_HEART * known.n as f64 {
        true => say!(i18n, insight.shuffled_what, right = right),
        false => say!(i18n, insight.shuffled_partly, right = right),
    }
}
