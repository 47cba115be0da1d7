//! Carries out the lesson's experiments natively and says which of its claims they bear out.

mod abstaining;
mod arguments;
mod carrying_out;
mod extracting;
mod table;

use std::{fs, process::ExitCode};

use clap::Parser;
use experiments::{CLAIMS, Experiment, Verdict};
use imaging::{
    dataset::Dataset,
    pack::{Answers, Loader, ZipSource},
};
use mobilenet::weights::Weights;

use arguments::Arguments;
use carrying_out::carry_out;
use extracting::ExtractedFeatures;

type Problem = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    match check(&Arguments::parse()) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(failed) => {
            eprintln!("error: {failed} claims are not borne out");
            ExitCode::FAILURE
        }
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// How many claims fail.
fn check(arguments: &Arguments) -> Result<usize, Problem> {
    let read = |path: &std::path::Path| {
        fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
    };
    let pack = |path: &std::path::Path| -> Result<Dataset, Problem> {
        let zip = ZipSource::open(read(path)?)?;
        Ok(Loader::new(zip, &Answers::default())?.finish()?)
    };
    let films = pack(&arguments.films)?;
    let weights = Weights::parse(&read(&arguments.weights)?)?;
    let mut features = ExtractedFeatures::default();
    let mut failed = 0;
    let experiments = arguments.experiments()?;
    if experiments.len() > 1 {
        failed += abstaining::check(&films, &pack(&arguments.real)?, &weights)?;
    }
    for experiment in experiments {
        let done = carry_out(experiment, arguments, &films, &weights, &mut features)?;
        table::print_cells(experiment, &done);
        failed += claims(experiment, &done.outcomes);
    }
    Ok(failed)
}

fn claims(experiment: Experiment, outcomes: &[experiments::Outcome]) -> usize {
    let own = CLAIMS.iter().filter(|claim| claim.experiment == experiment);
    let checked: Vec<_> = own.map(|claim| (claim, claim.check(outcomes))).collect();
    table::print_claims(&checked);
    let fails = |verdict: &Verdict| !matches!(verdict, Verdict::Holds(_));
    checked.iter().filter(|(_, verdict)| fails(verdict)).count()
}
