//! What was measured beforehand, drawn: the shares that the sentence on the slide names, as bars.

use leptos::prelude::*;

use crate::{I18n, film, say, words};
use ui_core::lesson::{Break, Step};

/// What a bar stands for, how long it is, and what is written beside it.
struct Bar {
    name: String,
    share: f64,
    said: String,
}

/// Below the finding of a step; empty where it is not about shares of one whole. Means of the fresh seeds in EXPERIMENTS.md, as in
/// the sentences.
pub fn bars(i18n: I18n, step: Step) -> AnyView {
    let bars = of(i18n, step);
    if bars.is_empty() {
        return ().into_any();
    }
    let row = |(place, bar): (usize, Bar)| {
        view! {
            <li class="bar-row">
                <span class="bar-name">{bar.name}</span>
                <span class="bar-track" aria-hidden="true">
                    <span
                        class=format!("bar-fill {}", film::colour(place))
                        style:width=format!("{}%", bar.share * 100.0)
                    ></span>
                </span>
                <span class="bar-share">{bar.said}</span>
            </li>
        }
    };
    let rows = bars.into_iter().enumerate().map(row).collect_view();
    view! { <ul class="bars slide-bars" data-testid="slide-bars">{rows}</ul> }.into_any()
}

fn of(i18n: I18n, step: Step) -> Vec<Bar> {
    let percent = |name: String, share: f64| Bar {
        name,
        share,
        said: words::percent(i18n, share),
    };
    let of_all = |name: String, n: usize, all: usize| Bar {
        name,
        share: n as f64 / all as f64,
        said: say!(i18n, number.of, hits = n, n = all),
    };
    match step {
        Step::Look => vec![
            percent(say!(i18n, lesson.answer.pixels_4), 0.998),
            percent(say!(i18n, lesson.answer.pixels_2), 0.89),
            percent(say!(i18n, lesson.answer.pixel), 0.71),
        ],
        Step::Break(Break::Leak) => vec![
            percent(say!(i18n, train.by_image), 0.99),
            percent(say!(i18n, train.by_patient), 0.91),
        ],
        Step::Break(Break::Marker) => vec![
            percent(say!(i18n, room.bars.marked_quarter), 0.95),
            percent(say!(i18n, room.bars.marked_all), 0.47),
        ],
        Step::Break(Break::Mirrored) => vec![
            percent(say!(i18n, train.grid), 0.80),
            percent(say!(i18n, train.average), 0.53),
        ],
        Step::Where => vec![
            of_all(say!(i18n, room.bars.learned_nothing), 0, 40),
            of_all(say!(i18n, room.bars.memorized), 2, 20),
        ],
        Step::Start
        | Step::Train
        | Step::Compare
        | Step::Test
        | Step::Break(Break::Hospital | Break::Odd)
        | Step::TakeAway
        | Step::LookBack => Vec::new(),
    }
}
