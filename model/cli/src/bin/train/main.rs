//! The app's training recipe, natively.

mod elsewhere;
mod keeping;
mod outcome;
mod taking_along;
mod training;

use std::process::ExitCode;

use clap::Parser;
use cli::arguments::Arguments;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match training::train(&arguments) {
        Ok(outcome) => {
            outcome.print_summary();
            if arguments.json {
                println!("{}", outcome.json_line());
            }
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}
