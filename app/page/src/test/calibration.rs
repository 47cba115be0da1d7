//! Calibration: does a probability mean what it says, and does a temperature mend it?

use leptos::prelude::*;
use metrics::{
    calibration::{Bin, CalibrationError},
    temperature::{Bound, Temperature},
};

use super::figures::{self, Basis};
use crate::{I18n, i18n::use_i18n, plot::Plot, say, tr, words, workbench::Workbench};
use plots::chart::{
    drawing::{Axis, Datum, Drawing, Look, Series, Shape},
    svg::escaped,
};
use protocol::TestResult;
use ui_core::evaluation::{
    Answers,
    calibration::{Calibration as Judged, scaled},
};

const SIZE: (f64, f64) = (420.0, 416.0);

/// All that this section shows.
#[derive(Clone, Debug, PartialEq)]
struct Findings {
    classes: usize,
    films: usize,
    before: Judged,
    /// At the temperature that suits the validation films.
    after: Result<Scaled, CalibrationError>,
}

#[derive(Clone, Debug, PartialEq)]
struct Scaled {
    temperature: Temperature,
    /// Validation films that it was found on.
    films: usize,
    judged: Judged,
}

#[component]
pub fn Calibration() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let opened = figures::opened(workbench);
    let findings = Memo::new(move |_| Some(findings(&*opened.get()?)));
    let content = figures::keyed(move || match findings.get() {
        Some(Ok(findings)) => shown(i18n, findings),
        Some(Err(reason)) => {
            let sentence = refused(i18n, reason);
            view! { <p class="notice">{sentence}</p> }.into_any()
        }
        None => ().into_any(),
    });
    view! {
        <div class="section-head">
            <p>{tr!(i18n, report.calibration_lead)}</p>
            <Basis />
        </div>
        {content}
    }
}

fn findings(opened: &TestResult) -> Result<Findings, CalibrationError> {
    let answers = Answers::of(&opened.report);
    let validation = Answers::of(&opened.validation);
    let after =
        Temperature::fit(&validation.truth, &validation.probabilities).and_then(|temperature| {
            Ok(Scaled {
                temperature,
                films: validation.truth.len(),
                judged: Judged::of(&scaled(&answers, &temperature))?,
            })
        });
    Ok(Findings {
        classes: answers.classes(),
        films: answers.truth.len(),
        before: Judged::of(&answers)?,
        after,
    })
}

fn shown(i18n: I18n, findings: Findings) -> AnyView {
    let Findings { films, classes, .. } = findings;
    let before = plot(
        i18n,
        "reliability",
        say!(i18n, report.reliability),
        classes,
        &findings.before.bins,
        films,
    );
    let after = findings.after.as_ref().ok().map(|after| {
        plot(
            i18n,
            "reliability-scaled",
            say!(i18n, report.reliability_scaled),
            classes,
            &after.judged.bins,
            films,
        )
    });
    let temperature = match &findings.after {
        Ok(after) => temperature(i18n, after),
        Err(reason) => {
            let reason = refused(i18n, *reason);
            say!(i18n, report.no_temperature, reason = reason)
        }
    };
    view! {
        <section class="panel" aria-labelledby="calibration-heading">
            <h2 id="calibration-heading">{say!(i18n, report.calibration_figures)}</h2>
            <table class="figures" inner_html=table(i18n, &findings)></table>
            <p class="hint">{say!(i18n, report.calibration_method)}</p>
        </section>
        <section class="panel" aria-labelledby="temperature-heading">
            <h2 id="temperature-heading">{say!(i18n, report.temperature_heading)}</h2>
            <p class="hint">{say!(i18n, report.temperature_help)}</p>
            <p data-testid="temperature">{temperature}</p>
        </section>
        <div class="pair">{before} {after}</div>
    }
    .into_any()
}

fn temperature(i18n: I18n, scaled: &Scaled) -> String {
    let films = words::films(i18n, scaled.films);
    let value = words::fixed(i18n, scaled.temperature.value, 2);
    match scaled.temperature.bound {
        Some(Bound::Coldest) => {
            say!(
                i18n,
                report.temperature_coldest,
                value = value,
                films = films
            )
        }
        Some(Bound::Hottest) => {
            say!(
                i18n,
                report.temperature_hottest,
                value = value,
                films = films
            )
        }
        None if scaled.temperature.value > 1.0 => {
            say!(i18n, report.temperature_hot, value = value, films = films)
        }
        None => say!(i18n, report.temperature_cold, value = value, films = films),
    }
}

/// The figures before and after; what is within the `table` element.
fn table(i18n: I18n, findings: &Findings) -> String {
    let judged: Vec<&Judged> = [&findings.before]
        .into_iter()
        .chain(findings.after.as_ref().ok().map(|after| &after.judged))
        .collect();
    let brier = if findings.classes == 2 {
        say!(i18n, report.brier_two)
    } else {
        say!(i18n, report.brier_all)
    };
    let row = |id: &str, name: String, of: &dyn Fn(&Judged) -> String| {
        let cell = |judged: &&Judged| format!("<td>{}</td>", escaped(&of(judged)));
        let cells: String = judged.iter().map(cell).collect();
        let name = escaped(&name);
        format!("<tr data-testid=\"{id}\"><th scope=\"row\">{name}</th>{cells}</tr>")
    };
    let brier_of = |judged: &Judged| words::fixed(i18n, judged.brier, 3);
    let loss_of = |judged: &Judged| words::fixed(i18n, judged.log_loss, 3);
    let error_of = |judged: &Judged| words::fixed(i18n, judged.error, 3);
    let heads: String = [
        words::films(i18n, findings.films),
        say!(i18n, report.before),
        say!(i18n, report.after),
    ]
    .iter()
    .take(1 + judged.len())
    .map(|name| format!("<th scope=\"col\">{}</th>", escaped(name)))
    .collect();
    let error = say!(
        i18n,
        report.calibration_error,
        bins = findings.before.bins.len()
    );
    [
        format!("<thead><tr>{heads}</tr></thead><tbody>"),
        row("brier", brier, &brier_of),
        row("calibration-error", error, &error_of),
        row("log-loss", say!(i18n, report.log_loss), &loss_of),
        "</tbody>".to_owned(),
    ]
    .concat()
}

fn plot(
    i18n: I18n,
    id: &'static str,
    heading: String,
    classes: usize,
    bins: &[Bin],
    films: usize,
) -> AnyView {
    let least = bins.first().map_or(0.0, |bin| bin.low);
    let caption = say!(
        i18n,
        report.reliability_caption,
        films = words::films(i18n, films),
        bins = bins.len(),
        least = words::percent(i18n, least)
    );
    let drawing = drawing(i18n, classes, bins);
    view! {
        <Plot
            id
            heading=Signal::stored(heading)
            caption=Signal::stored(caption)
            drawing=Signal::stored(drawing)
        />
    }
    .into_any()
}

/// The answers of each bin: how sure they were on average, and how many of them were right.
fn drawing(i18n: I18n, classes: usize, bins: &[Bin]) -> Drawing {
    let mut sure = Axis::percent(say!(i18n, report.sure_axis));
    if classes == 2 {
        // One of two classes is never the likelier one with less than half.
        sure.low = 0.5;
        sure.ticks = (5..=10)
            .map(|tenth| (f64::from(tenth) / 10.0, (tenth * 10).to_string()))
            .collect();
    }
    let low = sure.low;
    let mut drawing = Drawing::new(SIZE, sure, Axis::percent(say!(i18n, report.right_axis)));
    drawing.notes = say!(i18n, report.answers);
    let datum = |bin: &Bin| {
        Some(Datum {
            low: Some(bin.observed.low),
            high: Some(bin.observed.high),
            note: bin.observed.n.to_string(),
            ..Datum::from((bin.predicted?, bin.observed.share()))
        })
    };
    let measured = Series {
        shape: Shape::Whiskers,
        ..Series::dots(
            say!(i18n, report.measured_bins),
            Look::Main,
            bins.iter().filter_map(datum).collect(),
        )
    };
    let perfect = Series::line(
        say!(i18n, report.perfect),
        Look::Guide,
        [(low, low), (1.0, 1.0)],
    );
    let label = (low + 0.05 * (1.0 - low), low + 0.16);
    drawing.series = vec![perfect.labelled(label), measured];
    drawing
}

fn refused(i18n: I18n, reason: CalibrationError) -> String {
    match reason {
        CalibrationError::NoFilms => say!(i18n, report.no_films),
        CalibrationError::NotAProbability => say!(i18n, report.not_a_number),
        CalibrationError::Uneven => say!(i18n, report.uneven),
    }
}
