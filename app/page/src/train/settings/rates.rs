//! The learning rate: a number, a slider over the decades, a sketch that moves with it, and what the last run with
//! it did.

use imaging::{
    report::{EpochReport, StageKind},
    settings::{Settings, limits},
};
use leptos::prelude::*;

use super::{super::field::NumberField, setting};
use crate::{
    I18n, say,
    test::{figures::keyed, slider::Slider},
    words,
    workbench::Workbench,
};
use plots::sketch::descent::{self, Course};
use ui_core::state::Run;

/// Places of the slider: 1, 2 and 5 of each power of ten.
const MANTISSAS: [f64; 3] = [1.0, 2.0, 5.0];
const LOWEST: i32 = -6;
const PLACES: usize = 18;

/// Which of the two learning rates.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rate {
    First,
    Tuning,
}

impl Rate {
    fn read(self) -> fn(&Settings) -> f64 {
        match self {
            Self::First => |settings| settings.learning_rate,
            Self::Tuning => |settings| settings.fine_tuning.unwrap_or_default().learning_rate,
        }
    }

    fn write(self) -> fn(&mut Settings, f64) {
        match self {
            Self::First => |settings, rate| settings.learning_rate = rate,
            Self::Tuning => |settings, rate| {
                super::change_tuning(settings, |tuning| tuning.learning_rate = rate)
            },
        }
    }

    /// `data-testid`s: of the slider, of the sketch.
    fn ids(self) -> [&'static str; 2] {
        match self {
            Self::First => ["rate-slider", "rate-sketch"],
            Self::Tuning => ["tuning-rate-slider", "tuning-rate-sketch"],
        }
    }

    /// The rate at which the sketch reaches the floor in one step, set so that the sketch escapes where real networks
    /// do. With the built-in films, seed 1: in the first stage the training loss of 0.01 swings, that of 0.1 grows; in
    /// the second 0.001 did little harm and 0.01 left chance.
    fn sound(self) -> f64 {
        match self {
            Self::First => 5e-3,
            Self::Tuning => 5e-4,
        }
    }

    fn is_of(self, stage: StageKind) -> bool {
        (self == Self::Tuning) == (stage == StageKind::FineTuning)
    }
}

pub(super) fn rate_field(i18n: I18n, workbench: Workbench, rate: Rate) -> AnyView {
    let (value, set) = setting(rate.read(), rate.write());
    let [slider, sketch] = rate.ids();
    let (name, label, help) = match rate {
        Rate::First => (
            "rate",
            Signal::derive(move || say!(i18n, train.rate)),
            Signal::derive(move || say!(i18n, train.rate_help)),
        ),
        Rate::Tuning => (
            "tuning-rate",
            Signal::derive(move || say!(i18n, train.tuning_rate)),
            Signal::derive(move || say!(i18n, train.tuning_rate_help)),
        ),
    };
    let slider = Slider {
        id: slider,
        label: Signal::derive(move || say!(i18n, sketch.decades)),
        text: Signal::derive(move || words::exact(i18n, value.get())),
        last: Signal::derive(|| PLACES),
        value: Signal::derive(move || nearest(value.get())),
        set: Callback::new(move |place| set.run(rate_at(place))),
    };
    let drawn = keyed(move || drawn(i18n, rate, value.get(), sketch));
    let lived = keyed(move || {
        match workbench
            .state
            .with(|state| lived(rate, state.run.as_ref()?))
        {
            Some(lived) => {
                view! { <p class="hint" data-testid="rate-lived">{lived.told(i18n)}</p> }.into_any()
            }
            None => ().into_any(),
        }
    });
    view! {
        <NumberField name label help value set range=limits::LEARNING_RATE step="any" />
        {slider.view()}
        {drawn}
        {lived}
    }
    .into_any()
}

fn drawn(i18n: I18n, rate: Rate, value: f64, id: &'static str) -> AnyView {
    let places = descent::places(value, rate.sound());
    let course = descent::course(value, rate.sound());
    let sentence = match course {
        Course::Creeps => say!(i18n, sketch.creeps),
        Course::Settles => say!(i18n, sketch.settles),
        Course::Overshoots => say!(i18n, sketch.overshoots),
        Course::Escapes => say!(i18n, sketch.escapes),
    };
    let dot = |&place: &f64| {
        let (x, y) = descent::point(place);
        view! { <circle cx=format!("{x:.1}") cy=format!("{y:.1}") r="3"></circle> }.into_any()
    };
    let dots: Vec<AnyView> = places.iter().map(dot).collect();
    let wrecks = (rate == Rate::Tuning && course == Course::Escapes).then(|| {
        view! { <p class="notice-text" data-testid="rate-warning">{say!(i18n, sketch.wrecks)}</p> }
            .into_any()
    });
    view! {
        <figure class="sketch" data-testid=id>
            <svg viewBox=format!("0 0 {} {}", descent::WIDTH, descent::HEIGHT) aria-hidden="true">
                <path class="valley" d=descent::valley()></path>
                <path class="way" d=descent::way(&places)></path>
                <g class="way-dots">{dots}</g>
            </svg>
            <figcaption class="hint">
                <strong>{sentence}</strong>
                " "
                {say!(i18n, sketch.rate_note)}
            </figcaption>
        </figure>
        {wrecks}
    }
    .into_any()
}

/// What became of the training loss, and of the validation loss, in a stage of the last run.
struct Lived {
    rate: f64,
    first: EpochReport,
    last: EpochReport,
}

fn lived(rate: Rate, run: &Run) -> Option<Lived> {
    let mut epochs = run.epochs.iter().filter(|epoch| rate.is_of(epoch.stage));
    let first = epochs.next()?.clone();
    Some(Lived {
        rate: rate.read()(&run.settings),
        first,
        last: epochs.next_back()?.clone(),
    })
}

impl Lived {
    fn told(&self, i18n: I18n) -> String {
        let loss = |epoch: &EpochReport| words::fixed(i18n, epoch.train.loss.into(), 2);
        let rate = words::exact(i18n, self.rate);
        let (from, to) = (loss(&self.first), loss(&self.last));
        if self.last.train.loss > self.first.train.loss {
            say!(i18n, sketch.lived_rose, rate = rate, from = from, to = to)
        } else {
            say!(i18n, sketch.lived_fell, rate = rate, from = from, to = to)
        }
    }
}

/// The rate at a place of the slider.
fn rate_at(place: usize) -> f64 {
    let exponent = LOWEST + (place / MANTISSAS.len()) as i32;
    let written = format!("{}e{exponent}", MANTISSAS[place % MANTISSAS.len()]);
    // Read from its decimal form, so that it is the number that people would type.
    written.parse().unwrap_or(1e-4)
}

fn nearest(rate: f64) -> usize {
    let far = |place: &usize| (rate_at(*place).ln() - rate.max(1e-9).ln()).abs();
    let near = |a: &usize, b: &usize| far(a).total_cmp(&far(b));
    (0..=PLACES).min_by(near).unwrap_or(0)
}
