//! The learning curves.

use leptos::prelude::*;

use crate::{I18n, i18n::use_i18n, plot::drawn, say, tr, words, workbench::Workbench};
use plots::chart::{
    Points,
    drawing::{Axis, Drawing},
};
use ui_core::{
    curves::{Curves, Words},
    kiosk::pace::Pace,
    state::Run,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Curve {
    Loss,
    Accuracy,
}

/// For whom the lines are named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wording {
    /// In the terms of machine learning.
    #[default]
    Terms,
    /// For visitors who have never heard of them.
    Plain,
}

impl Wording {
    fn lines(self, i18n: I18n) -> Words {
        let steps = say!(i18n, train.steps_axis);
        match self {
            Self::Terms => Words {
                steps,
                training: say!(i18n, train.training_line),
                validation: say!(i18n, train.validation_line),
                unfrozen: say!(i18n, train.unfrozen),
            },
            Self::Plain => Words {
                steps,
                training: say!(i18n, kiosk.train.practice_line),
                validation: say!(i18n, kiosk.train.new_line),
                unfrozen: say!(i18n, kiosk.train.more_learns),
            },
        }
    }
}

impl Curve {
    fn id(self) -> &'static str {
        match self {
            Self::Loss => "plot-loss",
            Self::Accuracy => "plot-accuracy",
        }
    }

    fn curves(self, run: &Run) -> Curves {
        match self {
            Self::Loss => Curves::loss(run),
            Self::Accuracy => Curves::accuracy(run),
        }
    }

    fn name(self, i18n: I18n) -> String {
        match self {
            Self::Loss => say!(i18n, train.loss),
            Self::Accuracy => say!(i18n, train.accuracy),
        }
    }

    fn help(self, i18n: I18n, wording: Wording) -> String {
        match (self, wording) {
            (Self::Loss, _) => say!(i18n, train.loss_help),
            (Self::Accuracy, Wording::Terms) => say!(i18n, train.accuracy_help),
            (Self::Accuracy, Wording::Plain) => say!(i18n, kiosk.train.curve_help),
        }
    }

    pub fn drawing(self, i18n: I18n, curves: &Curves, wording: Wording) -> Drawing {
        let up = match self {
            Self::Loss => Axis::numbers(say!(i18n, train.loss), 0.0, curves.top),
            Self::Accuracy => Axis::percent(say!(i18n, takeaway.share)),
        };
        curves.drawing(up, wording.lines(i18n))
    }

    fn number(self, i18n: I18n, value: f64) -> String {
        match self {
            Self::Loss => words::fixed(i18n, value, 2),
            Self::Accuracy => words::percent(i18n, value),
        }
    }
}

#[component]
pub fn Plots() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let empty = Memo::new(move |_| {
        let begun = |run: &Run| !run.steps.is_empty();
        workbench
            .state
            .with(|state| !state.run.as_ref().is_some_and(begun))
    });
    view! {
        <h2 class="unseen">{tr!(i18n, train.curves)}</h2>
        <div class="plots">
            <Plot measure=Curve::Loss />
            <Plot measure=Curve::Accuracy />
            <Show when=move || empty.get()>
                <p class="plots-note">{tr!(i18n, train.empty_curves)}</p>
            </Show>
        </div>
    }
}

#[component]
pub fn Plot(
    measure: Curve,
    #[prop(optional)] wording: Wording,
    /// How much of the run is shown, where that is not all.
    #[prop(optional, into)]
    pace: Option<Signal<Pace>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let curves = Memo::new(move |_| {
        workbench.state.with(|state| {
            let run = state.run.as_ref();
            let curves = run.map(|run| {
                let curves = measure.curves(run);
                match pace {
                    Some(pace) => pace.get().cut(run, curves),
                    None => curves,
                }
            });
            curves.unwrap_or(Curves {
                steps_total: 1.0,
                top: 1.0,
                ..Curves::default()
            })
        })
    });
    let label =
        Signal::derive(move || curves.with(|curves| spoken(i18n, measure, curves, wording)));
    let drawing = Memo::new(move |_| curves.with(|curves| measure.drawing(i18n, curves, wording)));
    view! {
        <figure class="plot" data-testid=measure.id()>
            <figcaption>
                <strong>{move || measure.name(i18n)}</strong>
                ": "
                {move || measure.help(i18n, wording)}
            </figcaption>
            {drawn(i18n, drawing.into(), label, None, None)}
        </figure>
    }
}

/// What a screen reader says of the plot.
fn spoken(i18n: I18n, measure: Curve, curves: &Curves, wording: Wording) -> String {
    let last = |points: &Points| match points.last() {
        Some(&(_, value)) => measure.number(i18n, value),
        None => say!(i18n, train.no_value),
    };
    let (training, validation) = (last(&curves.training), last(&curves.validation));
    match wording {
        Wording::Terms => say!(
            i18n,
            train.plot_label,
            what = measure.name(i18n),
            done = curves.steps_done,
            total = curves.steps_total,
            training = training,
            validation = validation
        ),
        Wording::Plain => say!(
            i18n,
            kiosk.train.plot_label,
            what = measure.name(i18n),
            done = curves.steps_done,
            total = curves.steps_total,
            training = training,
            validation = validation
        ),
    }
}
