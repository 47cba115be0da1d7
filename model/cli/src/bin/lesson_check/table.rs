//! Tables in Markdown, to be read in a terminal and kept in the documentation.

use experiments::{
    Cell, Claim, EvaluationSet, Expected, Experiment, Measure, Spread, Verdict, values,
};

use metrics::Interval;

use super::carrying_out::Done;

const MEASURES: [Measure; 4] = [
    Measure::Accuracy,
    Measure::Sensitivity,
    Measure::Specificity,
    Measure::Auc,
];

/// A row for each condition and evaluation set.
pub fn print_cells(experiment: Experiment, done: &Done) {
    println!("\n## {}\n", experiment.key());
    println!(
        "{} inputs through the backbone; {:.1} s of training and judging on one core.\n",
        done.variants, done.seconds
    );
    println!("| condition | judged on | films | accuracy | sensitivity | specificity | AUC |");
    println!("| --- | --- | --- | --- | --- | --- | --- |");
    for (condition, named) in experiment.conditions().iter().enumerate() {
        for &evaluation_set in experiment.evaluation_sets(condition) {
            let numbers = MEASURES.map(|measure| {
                let cell = Cell {
                    condition,
                    evaluation_set,
                    measure,
                };
                let values = values(&done.outcomes, &cell);
                let values: Vec<f64> = values.into_iter().map(|(_, value)| value).collect();
                Spread::of_shares(&values).map_or_else(|| "-".into(), |spread| written(&spread))
            });
            println!(
                "| {} | {} | {} | {} |",
                named.key.as_str(),
                name(evaluation_set),
                films(done, condition, evaluation_set),
                numbers.join(" | ")
            );
        }
    }
    println!();
}

pub fn print_claims(checked: &[(&Claim, Verdict)]) {
    if checked.is_empty() {
        return;
    }
    println!("| claim | of | expected | found | |");
    println!("| --- | --- | --- | --- | --- |");
    for (claim, verdict) in checked {
        let (found, holds) = match verdict {
            Verdict::Holds(spread) => (signed(claim, spread), "holds"),
            Verdict::Fails(spread) => (signed(claim, spread), "FAILS"),
            Verdict::Unknown => ("-".into(), "UNKNOWN"),
        };
        println!(
            "| {} | {} | {} | {found} | {holds} |",
            claim.key,
            about(claim),
            expected(claim.expected)
        );
    }
    println!();
}

/// The smallest and largest number of films over the seeds.
fn films(done: &Done, condition: usize, evaluation_set: EvaluationSet) -> String {
    let outcomes = done.outcomes.iter();
    let of = outcomes.filter(|outcome| outcome.condition == condition);
    let scores = of.flat_map(|outcome| &outcome.scores);
    let n = scores
        .filter(|(own, _)| *own == evaluation_set)
        .map(|(_, score)| score.n);
    match (n.clone().min(), n.max()) {
        (Some(low), Some(high)) if low == high => low.to_string(),
        (Some(low), Some(high)) => format!("{low}-{high}"),
        _ => "-".into(),
    }
}

fn about(claim: &Claim) -> String {
    let cell = |cell: &Cell| {
        let conditions = claim.experiment.conditions();
        let condition = conditions[cell.condition].key.as_str();
        format!("{condition}, {}", name(cell.evaluation_set))
    };
    let measure = measure(claim.to.measure);
    match &claim.from {
        Some(from) => format!("{measure}: {} less {}", cell(&claim.to), cell(from)),
        None => format!("{measure}: {}", cell(&claim.to)),
    }
}

fn measure(measure: Measure) -> &'static str {
    match measure {
        Measure::Accuracy => "accuracy",
        Measure::Sensitivity => "sensitivity",
        Measure::Specificity => "specificity",
        Measure::Auc => "AUC",
    }
}

fn name(evaluation_set: EvaluationSet) -> &'static str {
    match evaluation_set {
        EvaluationSet::Training => "training",
        EvaluationSet::Validation => "validation",
        EvaluationSet::Test => "test",
        EvaluationSet::OtherPatients => "other patients",
        EvaluationSet::Shifted => "shifted",
        EvaluationSet::Aligned => "aligned",
        EvaluationSet::Neutral => "neutral",
        EvaluationSet::Swapped => "swapped",
        EvaluationSet::Noisy => "noisy",
        EvaluationSet::Rotated => "turned",
        EvaluationSet::Inverted => "inverted",
        EvaluationSet::Windowed => "windowed",
    }
}

fn expected(expected: Expected) -> String {
    match expected {
        Expected::AtLeast(least) => format!("at least {least}"),
        Expected::AtMost(most) => format!("at most {most}"),
        Expected::Between(least, most) => format!("{least} to {most}"),
        Expected::NoEffect => "no effect".to_owned(),
    }
}

fn written(spread: &Spread) -> String {
    let mean = spread.mean;
    match spread.interval {
        Some(Interval { low, high }) => format!("{mean:.3} [{low:.3}, {high:.3}]"),
        None => format!("{mean:.3}, no spread"),
    }
}

/// Differences with their sign.
fn signed(claim: &Claim, spread: &Spread) -> String {
    let mean = spread.mean;
    match (claim.from, spread.interval) {
        (None, _) => written(spread),
        (Some(_), Some(Interval { low, high })) => format!("{mean:+.3} [{low:+.3}, {high:+.3}]"),
        (Some(_), None) => format!("{mean:+.3}, no spread"),
    }
}
