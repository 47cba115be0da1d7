//! `cargo xtask predict`: a network that was taken along, asked about a folder of images.

mod arguments;
mod images;
mod network;
mod table;

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::Path,
    process::ExitCode,
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};

use clap::Parser;
use model_files::classifier::Classifier;

use arguments::Arguments;
use images::{Images, Opened};
use network::Recipe;
use table::{Line, Table};

/// A sentence for the person at the terminal.
type Problem = Box<dyn std::error::Error>;

/// Between two lines that say how far it has come.
const SAYS_EVERY: Duration = Duration::from_secs(2);

/// Images that are done and wait to be written, at most; their lines are short.
const WAITING: usize = 64;

fn main() -> ExitCode {
    match predict(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn predict(arguments: &Arguments) -> Result<(), Problem> {
    let recipe = Recipe::open(&arguments.network, &arguments.weights)?;
    let images = Images::open(&arguments.images)?;
    eprintln!(
        "{}: {:?} of {}",
        arguments.network.display(),
        recipe.kind,
        recipe.classes.join(", ")
    );
    let (answered, left_out) = match &arguments.csv {
        None => ask_all(&recipe, &images, io::stdout().lock())?,
        Some(out) => to_file(&recipe, &images, out, arguments.force)?,
    };
    eprintln!("{answered} images answered, {left_out} could not be read");
    match answered {
        0 => Err(format!("no image in {}", arguments.images.display()).into()),
        _ => Ok(()),
    }
}

/// Half a table is none, nor one without an answer: it gets its name when it is whole.
fn to_file(
    recipe: &Recipe,
    images: &Images,
    out: &Path,
    force: bool,
) -> Result<(usize, usize), Problem> {
    if out.exists() && !force {
        return Err(format!("{} is there already; --force replaces it", out.display()).into());
    }
    let unfinished = out.with_added_extension("part");
    let said = |error: io::Error| format!("{}: {error}", unfinished.display());
    let file = BufWriter::new(File::create(&unfinished).map_err(said)?);
    match ask_all(recipe, images, file) {
        Ok(counts @ (1.., _)) => {
            fs::rename(&unfinished, out)?;
            Ok(counts)
        }
        nothing => {
            // Whatever is wrong with the disk is said already.
            let _ = fs::remove_file(&unfinished);
            nothing
        }
    }
}

/// On as many threads as there are processors.
fn ask_all(recipe: &Recipe, images: &Images, out: impl Write) -> Result<(usize, usize), Problem> {
    let paths = images.paths();
    let mut table = Table::begin(out, paths, &recipe.classes)?;
    let next = AtomicUsize::new(0);
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let (send, receive) = mpsc::sync_channel(WAITING);
    let progress = Progress::begin(paths.len());
    thread::scope(|scope| -> Result<(), Problem> {
        for _ in 0..threads.min(paths.len()) {
            let (send, next) = (send.clone(), &next);
            let mut classifier = recipe.classifier()?;
            scope.spawn(move || {
                loop {
                    let file = next.fetch_add(1, Ordering::Relaxed);
                    // Nobody listens once the table cannot be written.
                    if file >= paths.len()
                        || send
                            .send((file, ask(&mut classifier, images, file)))
                            .is_err()
                    {
                        return;
                    }
                }
            });
        }
        drop(send);
        let mut progress = progress;
        for (file, line) in receive {
            table.add(file, line)?;
            progress.one_more();
        }
        Ok(())
    })?;
    table.end()
}

fn ask(classifier: &mut Classifier, images: &Images, file: usize) -> Line {
    match images.read(file) {
        Ok(Opened::Other) => Line::None,
        Err(problem) => Line::Problem(problem.to_string()),
        Ok(Opened::Image(film)) => {
            let input = film.input(classifier.side());
            match classifier.probabilities(&input) {
                all if all.is_empty() => Line::Problem("the network gave no answer".to_owned()),
                all => Line::Probabilities(all),
            }
        }
    }
}

/// How far it has come, for a terminal.
struct Progress {
    all: usize,
    done: usize,
    began: Instant,
    said: Instant,
}

impl Progress {
    fn begin(all: usize) -> Self {
        let now = Instant::now();
        Self {
            all,
            done: 0,
            began: now,
            said: now,
        }
    }

    fn one_more(&mut self) {
        self.done += 1;
        if self.said.elapsed() >= SAYS_EVERY {
            self.said = Instant::now();
            let each = self.began.elapsed().as_secs_f64() / self.done as f64;
            let left = each * (self.all - self.done) as f64;
            eprintln!("{} of {} files, {left:.0} s left", self.done, self.all);
        }
    }
}
