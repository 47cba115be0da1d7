//! How much faster training is from cached features than with the features computed anew, on a folder of made-up images:
//!
//! `cargo run --release -p cli --example cached_features -- FOLDER N [SIDE]`
//!
//! Makes the folder (N images of SIDE pixels a side, 512 if nothing is said) if it is not there, which `cargo xtask train` can be
//! tried on too, and prints the table of docs/scale.md. An epoch shows the head of the app's own recipe each training image once,
//! and is judged on each validation image.

use std::{env, fs, path::PathBuf, process::ExitCode, time::Instant};

use burn::tensor::Device;
use cli::{
    Problem,
    loading::Guesses,
    streaming::{Cache, Films, Preparation, loading::load, peak_memory},
};
use imaging::{dataset::DatasetSummary, pack::Answers, report::Report, settings::Settings};
use mobilenet::weights::Weights;
use training::{
    features::{FeatureKey, FeatureSource},
    run::Run,
};

#[path = "../tests/made_up/mod.rs"]
mod made_up;

fn main() -> ExitCode {
    match measure() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn measure() -> Result<(), Problem> {
    let mut arguments = env::args().skip(1);
    let usage = "give FOLDER N [SIDE]";
    let folder = PathBuf::from(arguments.next().ok_or(usage)?);
    let n: usize = arguments.next().ok_or(usage)?.parse()?;
    let side = arguments.next().map_or(Ok(512), |side| side.parse())?;
    let clock = Instant::now();
    made_up::folder(&folder, n, side)?;
    eprintln!("made in {:.1} s", clock.elapsed().as_secs_f64());

    let place = env::temp_dir().join(format!("firstread-cached-{}", std::process::id()));
    let cache = Cache::open(&place)?;
    let measured = Measurement::of(&folder, &cache).and_then(|of| of.print());
    fs::remove_dir_all(&place)?;
    measured
}

struct Measurement {
    films: Films,
    summary: DatasetSummary,
    weights: Weights,
    settings: Settings,
    /// Seconds that it took to load the folder, without and with what was kept of its files.
    loading: [f64; 2],
    cache: Cache,
}

impl Measurement {
    fn of(folder: &std::path::Path, cache: &Cache) -> Result<Self, Problem> {
        let mut loading = [0.0; 2];
        let mut loaded = None;
        for seconds in &mut loading {
            let clock = Instant::now();
            let answers = Answers::default();
            loaded = Some(load(folder, &answers, Guesses::Ask, cache, |films| {
                films.finish()
            })?);
            *seconds = clock.elapsed().as_secs_f64();
        }
        let (dataset, films) = loaded.ok_or("nothing was loaded")?.films()?;
        let weights = fs::read("public/weights/mobilenetv2.safetensors")?;
        let root = cache.root().ok_or("there is no cache")?;
        Ok(Self {
            films,
            summary: dataset.summary(false),
            weights: Weights::parse(&weights)?,
            settings: Settings {
                fine_tuning: None,
                epochs: 3,
                ..Settings::default()
            },
            loading,
            cache: Cache::open(root)?,
        })
    }

    fn print(&self) -> Result<(), Problem> {
        let device = Device::flex();
        let run = || Run::new(&self.settings, &self.summary, &self.weights, &device, 1);
        let views = run()?.views();
        let prepare = |memory| {
            let preparation = Preparation {
                films: &self.films,
                cache: &self.cache,
                weights: &self.weights,
                key: FeatureKey::of(&self.settings),
                device: &device,
                memory,
            };
            let clock = Instant::now();
            let store = preparation.prepare(&views)?;
            Ok::<_, Problem>((store, clock.elapsed().as_secs_f64()))
        };
        let (from_disk, computing) = prepare(0)?;
        let (_, checking) = prepare(0)?;
        let (in_memory, reading) = prepare(usize::MAX)?;
        let disk = epoch(run()?, &from_disk)?;
        let memory = epoch(run()?, &in_memory)?;
        let n = self.films.n() as f64;
        println!("\n| {n} images | seconds | ms an image |\n| --- | ---: | ---: |");
        let line = |what: &str, seconds: f64| {
            println!("| {what} | {seconds:.2} | {:.2} |", 1e3 * seconds / n);
        };
        line("folder read, nothing kept", self.loading[0]);
        line("folder read, facts kept", self.loading[1]);
        line("features computed, all processors", computing);
        line("features found in the cache", checking);
        line("features read into memory", reading);
        line("epoch, features from the cache each time", disk);
        line("epoch, features from memory", memory);
        println!(
            "\nAn epoch with the features computed anew takes {:.0} times as long as one from the cache, {:.0} times as long as one from memory.",
            (computing + disk) / disk,
            (computing + memory) / memory
        );
        if let Some(most) = peak_memory() {
            println!("Memory: {most:.0} MB at most.");
        }
        Ok(())
    }
}

/// The fastest of the run's epochs, in seconds.
fn epoch(mut run: Run, store: &dyn FeatureSource) -> Result<f64, Problem> {
    let mut fastest = f64::INFINITY;
    let mut clock = Instant::now();
    while !run.is_done() {
        let reports = pollster::block_on(run.next(store))?;
        if reports
            .iter()
            .any(|report| matches!(report, Report::Epoch(_)))
        {
            fastest = fastest.min(clock.elapsed().as_secs_f64());
            clock = Instant::now();
        }
    }
    Ok(fastest)
}
