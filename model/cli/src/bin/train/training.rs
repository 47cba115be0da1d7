//! The run itself: load, prepare, train, score.

use std::{fs, path::Path, time::Instant};

use burn::tensor::Device;
use cli::{
    Problem,
    extraction::extract,
    loading::{Guesses, load},
};
use imaging::{
    dataset::Dataset,
    pack::{Answers, FolderRole, fold},
    report::{EpochReport, Report, TestFilm, TestReport},
    split::Subset,
    task::chest,
};
use metrics::scores;
use mobilenet::weights::Weights;
use training::{
    features::{FeatureKey, FeatureStore},
    run::Run,
};

use crate::{
    arguments::Arguments,
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
    let answers = arguments.answers();
    let films = load(&arguments.films, &answers, arguments.guesses(), |films| {
        films.finish()
    })?;
    let class = chest(&films.classes);
    let dataset = arguments.task().films(films, class)?;
    let summary = dataset.summary(false);
    let bytes = fs::read(&arguments.weights)
        .map_err(|error| format!("{}: {error}", arguments.weights.display()))?;
    let weights = Weights::parse(&bytes)?;
    let device = Device::flex();
    let mut run = Run::new(&settings, &summary, &weights, &device, 1)?;
    let mut seconds = Vec::new();

    let clock = Instant::now();
    let key = FeatureKey::of(&settings);
    let mut store = FeatureStore::new(key);
    for (view, features) in extract(&dataset, &run.views(), &weights, &key, &device)? {
        store.insert(view, features);
    }
    seconds.push(("features", clock.elapsed().as_secs_f64()));
    let epochs = run_epochs(&mut run, &store, &mut seconds)?;

    let score = |part| pollster::block_on(run.score(part, &store));
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
            let other = load_like(folder, answers, arguments.guesses(), &dataset)?;
            elsewhere(&run, &dataset, &other)?
        }
    };
    if let Some(out) = out {
        let own = arguments.test.is_none().then_some(&test.scores);
        out.write(&run, &dataset, &weights, own)?;
    }
    let tried = dataset.odd.iter().map(|odd| {
        let answer = pollster::block_on(run.classify(&odd.film))?;
        Ok((odd.key.clone(), answer))
    });
    Ok(TrainOutcome {
        classes: dataset.classes.clone(),
        train: score(Subset::Train)?.scores,
        validation: score(Subset::Validation)?.scores,
        test,
        test_names,
        tried: tried.collect::<Result<_, Problem>>()?,
        epochs,
        seconds,
    })
}

/// Trains to the end; adds to `seconds` how long each stage took.
fn run_epochs(
    run: &mut Run,
    store: &FeatureStore,
    seconds: &mut Vec<(&'static str, f64)>,
) -> Result<Vec<EpochReport>, Problem> {
    let mut epochs = Vec::new();
    let mut clock = Instant::now();
    while !run.is_done() {
        for report in pollster::block_on(run.next(store))? {
            let Report::Epoch(epoch) = report else {
                continue;
            };
            println!(
                "{:>11} {}: loss {:.4}, validation loss {:.4}, validation {} of {} right",
                name(epoch.stage),
                epoch.epoch + 1,
                epoch.train.loss,
                epoch.validation.loss,
                epoch.validation.correct,
                epoch.validation.n
            );
            let stage = name(epoch.stage);
            if seconds.last().is_none_or(|(what, _)| *what != stage) {
                seconds.push((stage, 0.0));
            }
            if let Some((_, total)) = seconds.last_mut() {
                *total += clock.elapsed().as_secs_f64();
            }
            clock = Instant::now();
            epochs.push(epoch);
        }
    }
    Ok(epochs)
}

/// Test films of another folder, with the same classes and depth.
fn load_like(
    folder: &Path,
    mut answers: Answers,
    guesses: Guesses,
    trained_on: &Dataset,
) -> Result<Dataset, Problem> {
    // A folder that holds films of one class only must not count as what lies around the classes.
    let classes = trained_on.classes.iter().cloned();
    let classes = classes.map(|class| (class, FolderRole::Class));
    answers.roles.extend(classes);
    load(folder, &answers, guesses, |films| {
        films.finish_test(trained_on.depth)
    })
}

/// Scores the network on films of another folder, whose classes have the same names.
fn elsewhere(
    run: &Run,
    trained_on: &Dataset,
    other: &Dataset,
) -> Result<(TestReport, Vec<String>), Problem> {
    let mut films = Vec::with_capacity(other.samples.len());
    for (sample, film) in other.samples.iter().enumerate() {
        let class_name = &other.classes[film.class];
        let class = trained_on
            .classes
            .iter()
            .position(|name| fold(name) == fold(class_name))
            .ok_or_else(|| {
                format!(
                    "the network knows no class {class_name}, only {:?}",
                    trained_on.classes
                )
            })?;
        let probabilities = pollster::block_on(run.classify(&film.film))?;
        films.push(TestFilm {
            sample,
            class,
            probabilities,
        });
    }
    let truth: Vec<usize> = films.iter().map(|film| film.class).collect();
    let probabilities: Vec<Vec<f32>> = films
        .iter()
        .map(|film| film.probabilities.clone())
        .collect();
    let scores = scores(trained_on.classes.len(), &truth, &probabilities, None);
    let names = other
        .samples
        .iter()
        .map(|sample| sample.name.clone())
        .collect();
    Ok((TestReport { films, scores }, names))
}
