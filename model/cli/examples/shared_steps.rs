//! What a step costs alone and shared by workers, on films made here:
//!
//! `cargo build --release -p cli && cargo run --release -p cli --example shared_steps -- [frozen|fine-tuning|scratch] [BATCH] [WORKERS...]`
//!
//! Starts the workers on this computer, and takes turns: ten steps alone, ten with the first number of workers, and so on. `1+` is one worker and the driver itself.

use std::{
    env,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, ExitCode, Stdio},
    time::{Duration, Instant},
};

use cli::{
    Problem,
    workers::{Token, Workers},
};
use imaging::{
    report::{Report, StageKind},
    settings::{FineTuning, Network, Settings},
};
use mobilenet::weights::Weights;
use pollster::block_on;
use training::{features::FeatureStore, run::Run};

#[path = "../../training/tests/discs/mod.rs"]
mod discs;

const TOKEN: &str = "of this measurement";
const ROUNDS: usize = 12;
const STEPS: usize = 10;

fn main() -> ExitCode {
    match measure() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// A worker that ends with this program.
struct Started(Child);

impl Drop for Started {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A run, and what is timed of it.
struct Timed<'a> {
    name: String,
    run: Run,
    crew: Option<Workers<'a>>,
    started: Vec<Started>,
    times: Vec<Duration>,
    /// Seconds of processor time: of this process, of all workers.
    processor: [f64; 2],
}

fn measure() -> Result<(), Problem> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let stage = match arguments.first().map(String::as_str) {
        Some("frozen") => StageKind::Frozen,
        Some("scratch") => StageKind::Scratch,
        _ => StageKind::FineTuning,
    };
    let batch = arguments.get(1).map_or(Ok(8), |own| own.parse())?;
    let crews: Vec<&str> = match arguments.get(2..) {
        Some(crews) if !crews.is_empty() => crews.iter().map(String::as_str).collect(),
        _ => vec!["1", "1+", "2"],
    };
    let weights = discs::weights();
    let settings = settings(stage, batch);
    let mut films = discs::discs();
    let few = films.samples.clone();
    for copy in 1..(8 * batch).div_ceil(few.len()) {
        films.samples.extend(few.iter().cloned().map(|mut own| {
            own.name = format!("{copy}/{}", own.name);
            own
        }));
    }
    let (first, store) = discs::prepare(&settings, &films, 1);
    let mut timed = vec![Timed {
        name: "alone".into(),
        run: first,
        crew: None,
        started: Vec::new(),
        times: Vec::new(),
        processor: [0.0; 2],
    }];
    for who in crews {
        let (started, crew) = crew(who, &weights)?;
        timed.push(Timed {
            name: format!("{who} workers"),
            run: Run::new(
                &settings,
                &films.summary(false),
                &weights,
                &burn::tensor::Device::flex(),
                1,
            )?,
            crew: Some(crew),
            started,
            times: Vec::new(),
            processor: [0.0; 2],
        });
    }
    for _ in 0..ROUNDS {
        for own in &mut timed {
            own.some_steps(stage, batch, &store)?;
        }
    }
    println!("{stage:?}, batches of {batch}");
    let median = |times: &[Duration]| times[times.len() / 2].as_secs_f64() * 1e3;
    for own in &mut timed {
        own.times.sort();
    }
    let alone = (
        median(&timed[0].times),
        timed[0].times[0].as_secs_f64() * 1e3,
    );
    for own in &timed {
        let (median, least) = (median(&own.times), own.times[0].as_secs_f64() * 1e3);
        let [here, workers] = own.processor.map(|all| 1e3 * all / (ROUNDS * STEPS) as f64);
        println!(
            "{:>10}: median {median:.1} ms, least {least:.1} ms, {:.2} and {:.2} times as fast as alone; processor time {here:.1} ms here, {workers:.1} ms of all workers",
            own.name,
            alone.0 / median,
            alone.1 / least
        );
    }
    Ok(())
}

fn settings(stage: StageKind, batch: usize) -> Settings {
    let settings = Settings {
        batch_size: batch,
        epochs: 100,
        fine_tuning: None,
        ..Settings::default()
    };
    match stage {
        StageKind::Frozen => settings,
        StageKind::FineTuning => Settings {
            epochs: 1,
            fine_tuning: Some(FineTuning {
                epochs: 50,
                ..FineTuning::default()
            }),
            ..settings
        },
        StageKind::Scratch => Settings {
            network: Network::Scratch,
            ..settings
        },
    }
}

impl Timed<'_> {
    /// Whole batches of the stage, without validation.
    fn some_steps(
        &mut self,
        stage: StageKind,
        batch: usize,
        store: &FeatureStore,
    ) -> Result<(), Problem> {
        let before = self.processor_time();
        let mut done = 0;
        while done < STEPS {
            let begun = Instant::now();
            let reports = match &mut self.crew {
                Some(crew) => block_on(self.run.next_shared(store, crew))?,
                None => block_on(self.run.next(store))?,
            };
            let time = begun.elapsed();
            if let [Report::Step(step)] = &reports[..]
                && step.stage == stage
                && step.batch.len() == batch
            {
                self.times.push(time);
                done += 1;
            }
            if self.run.is_done() {
                return Err("the run is over before it was timed".into());
            }
        }
        let after = self.processor_time();
        for (all, at) in self.processor.iter_mut().zip(0..) {
            *all += after[at] - before[at];
        }
        Ok(())
    }

    /// So far, where the system says it.
    fn processor_time(&self) -> [f64; 2] {
        let workers = self.started.iter();
        let workers = workers.map(|own| processor_time(&own.0.id().to_string()));
        [processor_time("self"), workers.sum()]
    }
}

/// Seconds of a process, counted in hundredths.
fn processor_time(process: &str) -> f64 {
    let said = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let fields = said.rsplit(") ").next().unwrap_or_default();
    let ticks = fields.split(' ').skip(11).take(2);
    ticks.map(|own| own.parse().unwrap_or(0.0) / 100.0).sum()
}

/// So many, and with "+" behind the number the driver itself.
fn crew<'a>(who: &str, weights: &'a Weights) -> Result<(Vec<Started>, Workers<'a>), Problem> {
    let n: usize = who.trim_end_matches('+').parse()?;
    let own: PathBuf = env::current_exe()?;
    let folder = own
        .parent()
        .and_then(|own| own.parent())
        .ok_or("no folder")?;
    let program = folder.join(format!("serve_worker{}", env::consts::EXE_SUFFIX));
    let mut started = Vec::new();
    let mut places = Vec::new();
    if who.ends_with('+') {
        places.push("here".parse()?);
    }
    for _ in 0..n {
        let mut worker = Command::new(&program)
            .args(["--listen", "127.0.0.1:0", "--token", TOKEN, "--once"])
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{}: {error}", program.display()))?;
        let said = worker.stdout.take().ok_or("no output")?;
        started.push(Started(worker));
        let line = BufReader::new(said).lines().next().ok_or("it ended")??;
        let place = line.strip_prefix("listening at ").ok_or("no address")?;
        places.push(place.split(',').next().unwrap_or_default().parse()?);
    }
    let crew = Workers::call(&places, &Token::given(Some(TOKEN))?, weights)?;
    Ok((started, crew))
}
