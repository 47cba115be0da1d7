//! The strip plots of an experiment.

use experiments::{EvaluationSet, Experiment, Measure, Outcome};
use leptos::prelude::*;

use super::names;
use crate::{
    I18n,
    plot::{Plot, cut_axis},
    say,
    test::figures,
    words,
};
use plots::chart::{
    drawing::{Axis, Drawing},
    strip::{Across, Strip, Words, strips},
};

/// One plot each, at most as many as an experiment has.
const IDS: [&str; 4] = [
    "experiment-1",
    "experiment-2",
    "experiment-3",
    "experiment-4",
];

pub fn view(i18n: I18n, experiment: Experiment, outcomes: Memo<Vec<Outcome>>) -> AnyView {
    let all = Memo::new(move |_| outcomes.with(|outcomes| strips(experiment, outcomes)));
    let n = Memo::new(move |_| all.with(Vec::len));
    figures::keyed(move || {
        let plots = IDS.into_iter().take(n.get()).enumerate();
        let plots: Vec<AnyView> = plots
            .map(|(place, id)| {
                let strip = Signal::derive(move || all.with(|all| all.get(place).cloned()));
                plot(i18n, experiment, id, strip)
            })
            .collect();
        plots.into_any()
    })
}

fn plot(
    i18n: I18n,
    experiment: Experiment,
    id: &'static str,
    strip: Signal<Option<Strip>>,
) -> AnyView {
    let told = PlotWords { i18n, experiment };
    let heading = Signal::derive(move || {
        strip
            .get()
            .map(|strip| heading(i18n, &strip))
            .unwrap_or_default()
    });
    let caption = Signal::derive(move || match strip.get() {
        Some(strip) => say!(i18n, experiment.caption, n = strip.seeds()),
        None => String::new(),
    });
    let drawing = Signal::derive(move || match strip.get() {
        Some(strip) => strip.drawing(&told),
        None => empty(),
    });
    view! { <Plot id heading caption drawing /> }.into_any()
}

fn heading(i18n: I18n, strip: &Strip) -> String {
    let measure = names::measure(i18n, strip.measure);
    match strip.evaluation_set {
        Some(evaluation_set) => {
            let evaluation_set = names::evaluation_set(i18n, evaluation_set);
            say!(
                i18n,
                experiment.panel,
                measure = measure,
                ground = evaluation_set
            )
        }
        None => say!(i18n, experiment.panel_all, measure = measure),
    }
}

/// For the moment between the last outcome and the plot's end.
fn empty() -> Drawing {
    let axis = || Axis::percent(String::new());
    Drawing::new((640.0, 300.0), axis(), axis())
}

#[derive(Clone, Copy)]
struct PlotWords {
    i18n: I18n,
    experiment: Experiment,
}

impl Words for PlotWords {
    fn condition(&self, condition: usize) -> String {
        names::condition(self.i18n, self.experiment, condition)
    }

    fn evaluation_set(&self, evaluation_set: EvaluationSet) -> String {
        names::evaluation_set(self.i18n, evaluation_set)
    }

    fn measure(&self, measure: Measure) -> String {
        let i18n = self.i18n;
        match measure {
            Measure::Accuracy => say!(i18n, experiment.measure.accuracy),
            Measure::Sensitivity => say!(i18n, experiment.measure.sensitivity),
            Measure::Specificity => say!(i18n, experiment.measure.specificity),
            Measure::Auc => say!(i18n, experiment.measure.auc),
        }
    }

    fn across(&self, across: Across) -> String {
        let i18n = self.i18n;
        match (across, self.experiment) {
            (Across::Conditions, _) => say!(i18n, experiment.across.conditions),
            (Across::Grounds, _) => say!(i18n, experiment.across.grounds),
            (Across::Levels, Experiment::DataSize) => say!(i18n, experiment.across.films),
            (Across::Levels, Experiment::LabelNoise) => say!(i18n, experiment.across.wrong),
            (Across::Levels, Experiment::Shortcut) => say!(i18n, experiment.across.marked),
            (Across::Levels, _) => say!(i18n, experiment.across.doses),
        }
    }

    fn seed(&self) -> String {
        let i18n = self.i18n;
        say!(i18n, experiment.seed)
    }

    fn mean(&self) -> String {
        let i18n = self.i18n;
        say!(i18n, experiment.mean)
    }

    fn level(&self, level: f64) -> String {
        match self.experiment {
            Experiment::LabelNoise | Experiment::Shortcut => {
                words::exact(self.i18n, (level * 100.0).round())
            }
            _ => words::exact(self.i18n, level),
        }
    }

    fn cut(&self, name: String, low: f64) -> String {
        cut_axis(self.i18n, name, low)
    }
}
