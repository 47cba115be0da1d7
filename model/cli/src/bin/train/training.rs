//! The run itself: load, prepare, train, score.

use std::{fs, time::Instant};

use burn::tensor::Device;
use cli::{
    Problem,
    arguments::Arguments,
    device,
    loading::Guesses,
    progress::spoken,
    streaming::{Cache, Films, Preparation, StreamedFeatures, loading::load, peak_memory},
    workers::{Token, Workers},
};
use imaging::{
    dataset::Dataset,
    report::{EpochReport, Report, StageKind},
    settings::Settings,
    split::Subset,
    task::chest,
};
use mobilenet::weights::Weights;
use training::{
    features::{FeatureKey, View},
    run::Run,
};

use crate::{
    elsewhere::Elsewhere,
    keeping::{Begun, KeptRun},
    outcome::{TrainOutcome, name},
    taking_along::NetworkFile,
};

/// # Errors
/// A sentence for the person at the terminal.
pub fn train(arguments: &Arguments) -> Result<TrainOutcome, Problem> {
    let settings = arguments.settings();
    settings.validate()?;
    let out = arguments.out.as_deref();
    let out = out.map(|path| NetworkFile::new(path, arguments.force));
    let out = out.transpose()?;
    let bytes = fs::read(&arguments.weights)
        .map_err(|error| format!("{}: {error}", arguments.weights.display()))?;
    let weights = Weights::parse(&bytes)?;
    let crew = crew(arguments, &weights)?;
    let cache = arguments.keeping.open_cache()?;
    let mut seconds = Vec::new();
    let clock = Instant::now();
    let (dataset, films) = films(arguments, &cache)?;
    seconds.push(("images", clock.elapsed().as_secs_f64()));
    let summary = dataset.summary(false);
    let opened = device::open(arguments.device)?;
    let device = &opened.device;
    let kept = out
        .as_ref()
        .map(|out| KeptRun::beside(out.path(), films.content(), cli::streaming::word_of(&bytes)));
    let begun = match &kept {
        Some(kept) => kept.begin(arguments, &settings, &summary, &weights, &opened)?,
        None => Begun {
            run: Run::new(&settings, &summary, &weights, device, opened.read_every)?,
            epochs: Vec::new(),
        },
    };

    let clock = Instant::now();
    let preparation = Preparation {
        films: &films,
        cache: &cache,
        weights: &weights,
        key: FeatureKey::of(&settings),
        // The processor's own code for it is fast, and what is kept on the disk is the same whatever trains.
        device: &Device::flex(),
        memory: arguments.keeping.memory.saturating_mul(1_000_000),
    };
    let store = preparation.prepare(&begun.run.views())?;
    seconds.push(("features", clock.elapsed().as_secs_f64()));
    let said = |problem: Problem| store.problem().map_or(problem, Problem::from);
    let mut course = Course {
        crew,
        share_head: arguments.share_head,
        settings: &settings,
        store: &store,
        kept: kept.as_ref(),
        stop_after: arguments.stop_after,
        seconds,
    };
    let Begun { run, epochs } = course.run_to_the_end(begun).map_err(said)?;
    // The workers are free for another run while this one is judged.
    drop(course.crew.take());
    let seconds = course.seconds;

    let score =
        |part| pollster::block_on(run.score(part, &store)).map_err(|error| said(error.into()));
    let (test, test_names) = match &arguments.test {
        None => {
            let test = score(Subset::Test)?;
            let names = test
                .films
                .iter()
                .map(|film| dataset.samples[film.sample].name.clone())
                .collect();
            (test, names)
        }
        Some(folder) => {
            let elsewhere = Elsewhere {
                arguments,
                trained_on: &dataset,
                preparation,
            };
            elsewhere.test(&run, folder)?
        }
    };
    if let Some(out) = &out {
        let own = arguments.test.is_none().then_some(&test.scores);
        out.write(&run, &dataset, &weights, own)?;
    }
    let tried = dataset.odd.iter().enumerate().map(|(at, odd)| {
        let answer = pollster::block_on(run.classify(&films.odd_film(at)?))?;
        Ok((odd.key.clone(), answer))
    });
    let outcome = TrainOutcome {
        classes: dataset.classes.clone(),
        train: score(Subset::Train)?.scores,
        validation: score(Subset::Validation)?.scores,
        test,
        test_names,
        tried: tried.collect::<Result<_, Problem>>()?,
        epochs,
        peak_memory: peak_memory(),
        seconds,
    };
    if let Some(kept) = &kept {
        kept.done();
    }
    if store.computed_anew() > 0 {
        eprintln!(
            "features of {} images were computed anew while it trained",
            store.computed_anew()
        );
    }
    Ok(outcome)
}

/// Called before anything else takes time.
fn crew<'a>(arguments: &Arguments, weights: &'a Weights) -> Result<Option<Workers<'a>>, Problem> {
    if arguments.workers.is_empty() {
        return Ok(None);
    }
    let token = Token::given(arguments.token.as_deref())?;
    let crew = Workers::call(&arguments.workers, &token, weights)?;
    let places: Vec<String> = arguments.workers.iter().map(ToString::to_string).collect();
    println!(
        "steps are shared by {}; what is sent to others is not encrypted",
        places.join(", ")
    );
    Ok(Some(crew))
}

/// The films to train on, without their pixels.
fn films(arguments: &Arguments, cache: &Cache) -> Result<(Dataset, Films), Problem> {
    let (answers, guesses): (_, Guesses) = (arguments.answers(), arguments.guesses());
    let mut loaded = load(&arguments.films, &answers, guesses, cache, |films| {
        films.finish()
    })?;
    let class = chest(&loaded.dataset.classes);
    loaded.dataset = arguments.task().films(loaded.dataset, class)?;
    loaded.films()
}

/// A run on its way.
struct Course<'a> {
    /// Who computes the steps, if not this process.
    crew: Option<Workers<'a>>,
    share_head: bool,
    settings: &'a Settings,
    store: &'a StreamedFeatures<'a>,
    kept: Option<&'a KeptRun>,
    stop_after: Option<usize>,
    /// What took how long.
    seconds: Vec<(&'static str, f64)>,
}

impl Course<'_> {
    /// Trains, and keeps what there is at each epoch's end.
    fn run_to_the_end(&mut self, begun: Begun) -> Result<Begun, Problem> {
        let Begun {
            mut run,
            mut epochs,
        } = begun;
        let last = self.stop_after.map(|more| epochs.len() + more);
        let began = (Instant::now(), run.steps_done());
        let mut clock = Instant::now();
        while !run.is_done() {
            for report in self.step(&mut run)? {
                let Report::Epoch(epoch) = report else {
                    continue;
                };
                print_epoch(&epoch);
                self.time(name(epoch.stage), clock.elapsed().as_secs_f64());
                clock = Instant::now();
                epochs.push(epoch);
                if let Some(kept) = self.kept {
                    kept.keep(&run, self.settings, &epochs)?;
                }
                if last.is_some_and(|last| epochs.len() >= last) && !run.is_done() {
                    return Err(format!(
                        "stopped after {} passes, as asked: go on with --resume",
                        epochs.len()
                    )
                    .into());
                }
                say_what_is_left(&run, began);
            }
        }
        Ok(Begun { run, epochs })
    }

    fn step(&mut self, run: &mut Run) -> Result<Vec<Report>, Problem> {
        let shares = self.share_head || run.stage() != Some(StageKind::Frozen);
        let Some(crew) = self.crew.as_mut().filter(|_| shares) else {
            return Ok(pollster::block_on(run.next(self.store))?);
        };
        let reports = pollster::block_on(run.next_shared(self.store, crew));
        reports.map_err(|error| match crew.problem() {
            Some(problem) => problem.into(),
            None => error.into(),
        })
    }

    fn time(&mut self, stage: &'static str, seconds: f64) {
        if self.seconds.last().is_none_or(|(what, _)| *what != stage) {
            self.seconds.push((stage, 0.0));
        }
        if let Some((_, total)) = self.seconds.last_mut() {
            *total += seconds;
        }
    }
}

fn print_epoch(epoch: &EpochReport) {
    println!(
        "{:>11} {}: loss {:.4}, validation loss {:.4}, validation {} of {} right",
        name(epoch.stage),
        epoch.epoch + 1,
        epoch.train.loss,
        epoch.validation.loss,
        epoch.validation.correct,
        epoch.validation.n
    );
}

/// As fast as it has been so far; the second stage is slower.
fn say_what_is_left(run: &Run, (began, before): (Instant, usize)) {
    let (done, all) = (run.steps_done(), run.steps_total());
    let each = began.elapsed().as_secs_f64() / (done - before).max(1) as f64;
    let left = each * (all - done) as f64;
    if left >= 1.0 {
        eprintln!("{done} of {all} steps, {} left at this pace", spoken(left));
    }
}

/// Every film as it is.
pub fn whole(films: &Films) -> Vec<View> {
    let samples = 0..films.n();
    samples.map(|sample| View { sample, view: 0 }).collect()
}
