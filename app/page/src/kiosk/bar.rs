//! The edge of every screen: the corner for the operator, the path, the language, the way out of a visit.

use gloo_timers::callback::Timeout;
use leptos::prelude::*;

use super::{KioskContext, i18n, leave::Leave};
use crate::{i18n::I18n, say, test::figures, tr};
use text::language::Language;
use ui_core::kiosk::machine::{Happening, Screen, Stop};

/// Held for this long, the corner opens the operator's page.
const HOLD_MS: u32 = 3_000;

pub fn id(stop: Stop) -> &'static str {
    match stop {
        Stop::Look => "look",
        Stop::Train => "train",
        Stop::FaceOff => "contest",
        Stop::Film => "film",
        Stop::Answer => "answer",
        Stop::End => "end",
    }
}

fn name(i18n: I18n, stop: Stop) -> String {
    match stop {
        Stop::Look => say!(i18n, kiosk.stop.look),
        Stop::Train => say!(i18n, kiosk.stop.train),
        Stop::FaceOff => say!(i18n, kiosk.stop.contest),
        Stop::Film | Stop::Answer => say!(i18n, kiosk.stop.film),
        Stop::End => say!(i18n, kiosk.stop.end),
    }
}

#[component]
pub fn Bar() -> impl IntoView {
    let i18n = i18n();
    let kiosk = expect_context::<KioskContext>();
    let stop = Memo::new(move |_| match kiosk.place.get() {
        Screen::Visit(stop) => Some(stop.told()),
        _ => None,
    });
    let step = move |(place, own): (usize, Stop)| {
        let passed = move || stop.get().is_some_and(|at| at.order() > place);
        let is_here = move || stop.get() == Some(own);
        // Where the visitor was, there is a way back, and forth again.
        let open = Memo::new(move |_| {
            stop.get() != Some(own) && kiosk.machine.with(|machine| machine.has_reached(own))
        });
        let label = move || {
            view! {
                <span class="kiosk-number" aria-hidden="true">
                    {place + 1}
                </span>
                <span class="kiosk-step-name">{move || name(i18n, own)}</span>
            }
        };
        let back = move || {
            view! {
                <button type="button" data-testid="kiosk-step" data-stop=id(own) on:click=move |_| kiosk.go(own)>
                    {label()}
                </button>
            }
        };
        let here = move || view! { <span class="kiosk-step">{label()}</span> };
        let step = figures::keyed(move || match open.get() {
            true => back().into_any(),
            false => here().into_any(),
        });
        view! {
            <li class:kiosk-passed=passed aria-current=move || is_here().then_some("step")>
                {step}
            </li>
        }
    };
    view! {
        <header class="kiosk-bar">
            <Corner />
            <Show when=move || stop.get().is_some()>
                <nav class="kiosk-path" aria-label=tr!(i18n, kiosk.path)>
                    <ol data-testid="kiosk-path">
                        {Stop::TOLD.into_iter().enumerate().map(step).collect_view()}
                    </ol>
                </nav>
            </Show>
            <Languages />
            <Show when=move || stop.get().is_some_and(|stop| stop != Stop::End)>
                <Leave />
            </Show>
        </header>
    }
}

/// Held with a finger or with Enter, it asks for the operator's number; a visitor's tap does nothing.
#[component]
fn Corner() -> impl IntoView {
    let i18n = i18n();
    let kiosk = expect_context::<KioskContext>();
    let hold = StoredValue::new_local(None::<Timeout>);
    let begin = move || {
        let open = move || kiosk.on(Happening::OperatorWanted);
        hold.set_value(Some(Timeout::new(HOLD_MS, open)));
    };
    let end = move || hold.set_value(None);
    let press = move |event: web_sys::KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") && !event.repeat() {
            begin();
        }
    };
    view! {
        <button
            type="button"
            class="kiosk-corner"
            data-testid="kiosk-corner"
            on:pointerdown=move |_| begin()
            on:pointerup=move |_| end()
            on:pointerleave=move |_| end()
            on:pointercancel=move |_| end()
            on:keydown=press
            on:keyup=move |_| end()
            on:blur=move |_| end()
            on:click=|event| event.stop_propagation()
        >
            <span class="kiosk-mark" aria-hidden="true"></span>
            {tr!(i18n, name)}
            <span class="unseen">". " {tr!(i18n, kiosk.corner)}</span>
        </button>
    }
}

#[component]
fn Languages() -> impl IntoView {
    let i18n = i18n();
    let kiosk = expect_context::<KioskContext>();
    let offered = Memo::new(move |_| kiosk.set().languages());
    let choice = move |language: Language| {
        view! {
            <button
                type="button"
                class="kiosk-button"
                lang=language.tag()
                data-testid=format!("kiosk-language-{}", language.tag())
                aria-pressed=move || (i18n.language() == language).to_string()
                on:click=move |_| kiosk.speak(language)
            >
                {language.own_name()}
            </button>
        }
    };
    view! {
        <Show when=move || { offered.with(Vec::len) > 1 }>
            <div class="kiosk-languages" role="group" aria-label=tr!(i18n, bar.language)>
                {move || offered.get().into_iter().map(choice).collect_view()}
            </div>
        </Show>
    }
}
