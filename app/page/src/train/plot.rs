//! The learning curves, drawn by hand as SVG.

use leptos::prelude::*;

use crate::{I18n, i18n::use_i18n, say, tr, words, workbench::Workbench};
use plots::chart::{Frame, Points, keep_apart, ticks};
use ui_core::{curves::Curves, state::Run};

const WIDTH: f64 = 440.0;
const HEIGHT: f64 = 262.0;
/// Room for the marker's name above, for the numbers of the axes, and on the right for the names of the lines.
const FRAME: Frame = Frame {
    left: 48.0,
    top: 34.0,
    right: 352.0,
    bottom: 220.0,
};
/// Height of a line of text.
const LINE: f64 = 17.0;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Curve {
    Loss,
    Accuracy,
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

    fn help(self, i18n: I18n) -> String {
        match self {
            Self::Loss => say!(i18n, train.loss_help),
            Self::Accuracy => say!(i18n, train.accuracy_help),
        }
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
pub fn Plot(measure: Curve) -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let curves = Memo::new(move |_| {
        workbench.state.with(|state| {
            let run = state.run.as_ref();
            run.map(|run| measure.curves(run)).unwrap_or(Curves {
                steps_total: 1.0,
                top: 1.0,
                ..Curves::default()
            })
        })
    });
    let label = move || curves.with(|curves| spoken(i18n, measure, curves));
    let line = move |pick: fn(&Curves) -> &Points| {
        move || curves.with(|curves| FRAME.path(pick(curves), ends(curves)))
    };
    let dots = move |pick: fn(&Curves) -> &Points, class: &'static str| {
        curves.with(|curves| {
            let dot = |&point: &(f64, f64)| {
                let (x, y) = FRAME.place(point, ends(curves));
                view! { <circle class=class cx=x cy=y r="3"></circle> }
            };
            pick(curves).iter().map(dot).collect_view()
        })
    };
    view! {
        <figure class="plot">
            <figcaption>
                <strong>{move || measure.name(i18n)}</strong>
                ": "
                {move || measure.help(i18n)}
            </figcaption>
            <svg
                viewBox=format!("0 0 {WIDTH} {HEIGHT}")
                role="img"
                aria-label=label
                data-testid=measure.id()
            >
                {move || axes(i18n, measure, &curves.get())}
                {move || curves.with(|curves| curves.unfrozen.map(|at| unfrozen(i18n, at, curves)))}
                <path class="line-batch" d=line(|curves| &curves.batches)></path>
                <path class="line-training" d=line(|curves| &curves.training)></path>
                <path class="line-validation" d=line(|curves| &curves.validation)></path>
                {move || dots(|curves| &curves.training, "dot-training")}
                {move || dots(|curves| &curves.validation, "dot-validation")}
                {move || curves.with(|curves| names(i18n, curves))}
            </svg>
        </figure>
    }
}

fn axes(i18n: I18n, measure: Curve, curves: &Curves) -> impl IntoView + use<> {
    let ends = ends(curves);
    let across = ticks(curves.top).into_iter().map(move |value| {
        let (x, y) = FRAME.place((0.0, value), ends);
        view! {
            <line class="grid-line" x1=x x2=FRAME.right y1=y y2=y></line>
            <text class="tick" x=x - 8.0 y=y + 4.0 text-anchor="end">
                {measure.number(i18n, value)}
            </text>
        }
    });
    let whole = |step: &f64| step.fract() == 0.0;
    let along = ticks(curves.steps_total)
        .into_iter()
        .filter(whole)
        .map(move |value| {
            let (x, y) = FRAME.place((value, 0.0), ends);
            view! {
                <text class="tick" x=x y=y + LINE text-anchor="middle">
                    {value.to_string()}
                </text>
            }
        });
    let along = (curves.steps_done > 0).then(|| along.collect_view());
    view! {
        {across.collect_view()}
        {along}
        <text class="tick" x=FRAME.right y=FRAME.bottom + 2.0 * LINE text-anchor="end">
            {say!(i18n, train.steps_axis)}
        </text>
    }
}

/// From here on the end of the backbone learns too.
fn unfrozen(i18n: I18n, at: f64, curves: &Curves) -> impl IntoView + use<> {
    let (x, _) = FRAME.place((at, 0.0), ends(curves));
    view! {
        <line class="marker" x1=x x2=x y1=4.0 y2=FRAME.bottom></line>
        <text class="tick" x=x + 4.0 y=14.0>
            {say!(i18n, train.unfrozen)}
        </text>
    }
}

/// The names of the lines, beside their ends.
fn names(i18n: I18n, curves: &Curves) -> Option<impl IntoView + use<>> {
    let end = |points: &Points| points.last().map(|&point| FRAME.place(point, ends(curves)));
    let (training, validation) = (end(&curves.training)?, end(&curves.validation)?);
    let (high, low) = keep_apart(training.1, validation.1, LINE);
    let name = |class, (x, _): (f64, f64), y: f64, words| {
        let y = y.clamp(FRAME.top - LINE / 2.0, FRAME.bottom + LINE / 2.0);
        view! { <text class=class x=x + 8.0 y=y + 4.0>{words}</text> }
    };
    Some(view! {
        {name("name-training", training, high, say!(i18n, train.training_line))}
        {name("name-validation", validation, low, say!(i18n, train.validation_line))}
    })
}

fn ends(curves: &Curves) -> (f64, f64) {
    (curves.steps_total, curves.top)
}

/// What a screen reader says of the plot.
fn spoken(i18n: I18n, measure: Curve, curves: &Curves) -> String {
    let last = |points: &Points| match points.last() {
        Some(&(_, value)) => measure.number(i18n, value),
        None => say!(i18n, train.no_value),
    };
    say!(
        i18n,
        train.plot_label,
        what = measure.name(i18n),
        done = curves.steps_done,
        total = curves.steps_total,
        training = last(&curves.training),
        validation = last(&curves.validation)
    )
}
