//! What a DICOM file says of its film. Pixel spacing is left out: on a radiograph nothing is measured by it.

use imaging::dicom::FrameFacts;
use leptos::prelude::*;

use super::Viewing;
use crate::{I18n, say, test::figures::keyed, tr, workbench::Workbench};

pub fn panel(i18n: I18n, workbench: Workbench, viewing: Viewing) -> AnyView {
    let asked = RwSignal::new(false);
    Effect::new(move || {
        viewing.facts.track();
        asked.set(false);
    });
    keyed(move || {
        let Some(facts) = viewing.facts.get() else {
            return ().into_any();
        };
        let burned_in = burned_in(i18n, facts.file.burned_in);
        let frames = (facts.file.frames > 1).then(|| frames(i18n, workbench, viewing, &facts));
        let people = facts.clone();
        view! {
            <section class="viewer-facts" data-testid="facts" aria-label=say!(i18n, viewer.facts)>
                {list(said(i18n, &facts))}
                {frames}
                <p class="hint" data-testid="burned-in">{burned_in}</p>
                <button
                    type="button"
                    class="quiet"
                    data-testid="identifiers"
                    aria-expanded=move || asked.get().to_string()
                    on:click=move |_| asked.update(|asked| *asked = !*asked)
                >
                    {tr!(i18n, viewer.identifiers)}
                </button>
                {move || asked.get().then(|| list(identifiers(i18n, &people)))}
            </section>
        }
        .into_any()
    })
}

/// A name, and what the file says.
type Fact = (String, Option<String>);

fn list(facts: Vec<Fact>) -> AnyView {
    let rows = facts.into_iter().filter_map(|(name, said)| {
        let said = said?;
        Some(view! { <div><dt>{name}</dt><dd>{said}</dd></div> }.into_any())
    });
    view! { <dl class="facts">{rows.collect::<Vec<AnyView>>()}</dl> }.into_any()
}

fn said(i18n: I18n, FrameFacts { file, .. }: &FrameFacts) -> Vec<Fact> {
    let bits = say!(i18n, viewer.bits_stored, n = file.bits_stored);
    vec![
        (say!(i18n, viewer.modality), file.modality.clone()),
        (say!(i18n, viewer.body_part), file.body_part.clone()),
        (say!(i18n, viewer.projection), file.view_position.clone()),
        (say!(i18n, viewer.laterality), file.laterality.clone()),
        (say!(i18n, viewer.manufacturer), file.manufacturer.clone()),
        (
            say!(i18n, viewer.intent),
            intent(i18n, file.presentation_intent.as_deref()),
        ),
        (say!(i18n, viewer.depth), Some(bits)),
        (
            say!(i18n, viewer.stored_as),
            Some(file.transfer_syntax.clone()),
        ),
    ]
}

fn intent(i18n: I18n, said: Option<&str>) -> Option<String> {
    match said? {
        "FOR PRESENTATION" => Some(say!(i18n, viewer.intent_presentation)),
        "FOR PROCESSING" => Some(say!(i18n, viewer.intent_processing)),
        other => Some(other.to_owned()),
    }
}

/// Shown to nobody who has not asked.
fn identifiers(i18n: I18n, FrameFacts { file, .. }: &FrameFacts) -> Vec<Fact> {
    let nothing = || Some(say!(i18n, viewer.not_said));
    vec![
        (
            say!(i18n, viewer.patient_name),
            file.patient_name.clone().or_else(nothing),
        ),
        (
            say!(i18n, viewer.patient_id),
            file.patient_id.clone().or_else(nothing),
        ),
        (
            say!(i18n, viewer.study),
            file.study.clone().or_else(nothing),
        ),
    ]
}

fn burned_in(i18n: I18n, said: Option<bool>) -> String {
    match said {
        Some(true) => say!(i18n, viewer.burned_in),
        Some(false) => say!(i18n, viewer.not_burned_in),
        None => say!(i18n, viewer.burned_in_unknown),
    }
}

/// Which of several frames is shown, and which one the network is given.
fn frames(i18n: I18n, workbench: Workbench, viewing: Viewing, facts: &FrameFacts) -> AnyView {
    let n = facts.file.frames;
    let used = facts.frame;
    let slide = move |event| {
        if let Ok(number) = event_target_value(&event).parse::<u32>() {
            workbench.show_frame(number.saturating_sub(1));
        }
    };
    let shown = move || viewing.frame.get() + 1;
    let other = move || viewing.frame.get() != used;
    view! {
        <label class="slider">
            <span>{move || say!(i18n, viewer.frame, frame = shown(), n = n)}</span>
            <input
                type="range"
                min="1"
                max=n.to_string()
                step="1"
                data-testid="frame"
                prop:value=move || shown().to_string()
                on:change=slide
            />
        </label>
        <p class="hint" data-testid="frame-used">{say!(i18n, viewer.frame_used, frame = used + 1)}</p>
        <Show when=other>
            <button
                type="button"
                data-testid="use-frame"
                on:click=move |_| workbench.use_frame(viewing.frame.get_untracked())
            >
                {tr!(i18n, viewer.use_frame)}
            </button>
        </Show>
    }
    .into_any()
}
