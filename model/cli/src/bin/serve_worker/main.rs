//! A worker: computes parts of a training that `cargo xtask train --workers` drives.

use std::{fs, path::PathBuf, process::ExitCode};

use clap::Parser;
use cli::{
    Problem,
    workers::{PORT, Token, Worker},
};
use mobilenet::weights::Weights;

/// Compute parts of the steps of trainings that run elsewhere, for whoever knows the token.
///
/// The connection is not encrypted: who can read the network's traffic can read what the networks learn from, which are images
/// or features of images. Listen beyond this computer only on a network whose every member may see them, or through a tunnel.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask serve-worker")]
struct Arguments {
    /// Where to listen: this computer alone, unless another address of it is given.
    #[arg(long, value_name = "ADDRESS", default_value_t = format!("127.0.0.1:{PORT}"))]
    listen: String,
    /// What the driver has to know; of at least 12 letters. FIRSTREAD_TOKEN in the environment does as well, and is not seen by
    /// other users of this computer.
    #[arg(long)]
    token: Option<String>,
    /// Megabytes of images that are kept between steps; others are sent again each time.
    #[arg(long, value_name = "MB", default_value_t = 1024)]
    memory: usize,
    /// Any weights of the backbone: the driver sends those that are trained.
    #[arg(long, default_value = "public/weights/mobilenetv2.safetensors")]
    weights: PathBuf,
    /// End when the first run is over.
    #[arg(long)]
    once: bool,
}

fn main() -> ExitCode {
    match serve(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn serve(arguments: &Arguments) -> Result<(), Problem> {
    let token = Token::given(arguments.token.as_deref())?;
    let bytes = fs::read(&arguments.weights)
        .map_err(|error| format!("{}: {error}", arguments.weights.display()))?;
    let worker = Worker {
        token,
        weights: Weights::parse(&bytes)?,
        memory: arguments.memory.saturating_mul(1_000_000),
        once: arguments.once,
    };
    let listener = Worker::listen(&arguments.listen)?;
    let own = listener.local_addr()?;
    println!("listening at {own}, until Ctrl+C; the connection is not encrypted");
    if !own.ip().is_loopback() {
        eprintln!(
            "others on this network reach it, and whoever can read its traffic sees what the images are turned into: listen here only if all of them may"
        );
    }
    worker.serve(listener);
    Ok(())
}
