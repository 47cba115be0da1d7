//! Many trainings: settings times seeds times splits, each once, over several processes, and one table of what differs.

mod job;
mod plan;
mod table;
mod workers;

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Parser;
use cli::{Problem, arguments::Keeping, file::write_whole};

use job::Jobs;
use plan::Plan;
use table::Table;
use workers::Workers;

/// Train with several settings, seeds and splits, and compare them, seed by seed.
///
/// PLAN is JSON: {"settings": [{"name": "grid", "arguments": ["--network", "grid"]}, ...], "seeds": [1, 2, 3], "splits": ["image", "patient"]}.
/// A setting's arguments are those of `cargo xtask train`. What was done before, here or in another sweep into the same folder, is
/// not done again.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask sweep")]
struct Sweep {
    /// A folder or zip with a folder of films for each class.
    films: PathBuf,
    plan: PathBuf,
    /// Where runs and tables go.
    #[arg(long, value_name = "FOLDER")]
    into: PathBuf,
    /// Trainings at the same time.
    #[arg(long, value_name = "N", default_value_t = 1)]
    processes: usize,
    /// The backbone's weights.
    #[arg(long, default_value = "public/weights/mobilenetv2.safetensors")]
    weights: PathBuf,
    #[command(flatten)]
    keeping: Keeping,
}

fn main() -> ExitCode {
    match sweep(&Sweep::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn sweep(sweep: &Sweep) -> Result<(), Problem> {
    let plan = Plan::read(&sweep.plan)?;
    let runs = sweep.into.join("runs");
    fs::create_dir_all(&runs).map_err(|error| format!("{}: {error}", runs.display()))?;
    let jobs = Jobs::of(&plan, sweep)?;
    println!(
        "{} runs, {} of them different, {} done before",
        jobs.all.len(),
        jobs.different().len(),
        jobs.done(&runs)
    );
    let failed = Workers { sweep, runs: &runs }.work(&jobs)?;
    let table = Table::of(&plan, &jobs, &runs)?;
    table.write(&sweep.into)?;
    print!("{}", table.markdown());
    match failed.as_slice() {
        [] => Ok(()),
        [first, ..] => Err(format!(
            "{} runs failed, the first with: {first}; the same command tries them again, and only them",
            failed.len()
        )
        .into()),
    }
}

/// # Errors
/// What the disk says.
fn write(path: &Path, text: &str) -> Result<(), Problem> {
    let said = |error| {
        format!(
            "{}: {error}; make room there, or name another folder with --into",
            path.display()
        )
    };
    write_whole(path, text.as_bytes()).map_err(said)?;
    Ok(())
}
