//! Losses of the first steps of a training, to be compared between devices.

use burn::tensor::Device;
use imaging::{
    dataset::{Dataset, Sample},
    decode::PackDepth,
    film::Film,
    incidental::Incidentals,
    report::{Report, StageKind, TrainError},
    settings::{FineTuning, Network, Pooling, Settings},
    task::Task,
};
use mobilenet::weights::{Weights, WeightsError};
use thiserror::Error;
use training::{
    features::{Extractor, FeatureKey, FeatureStore, input},
    run::{Run, RunError},
};

/// Steps whose losses are given.
const STEPS: usize = 10;
const FILMS: usize = 48;
/// Pixels of an image: the smallest that leaves the last stages more than one place.
const SIDE: usize = 64;

/// A training, by what learns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// The head on a frozen backbone, the grid reading.
    Frozen,
    /// The last stages as well.
    GridFineTuned,
    AverageFineTuned,
    Scratch,
}

impl Course {
    pub const ALL: [Self; 4] = [
        Self::Frozen,
        Self::GridFineTuned,
        Self::AverageFineTuned,
        Self::Scratch,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Frozen => "frozen",
            Self::GridFineTuned => "grid, fine-tuned",
            Self::AverageFineTuned => "average, fine-tuned",
            Self::Scratch => "from scratch",
        }
    }

    fn stage(self) -> StageKind {
        match self {
            Self::Frozen => StageKind::Frozen,
            Self::GridFineTuned | Self::AverageFineTuned => StageKind::FineTuning,
            Self::Scratch => StageKind::Scratch,
        }
    }

    fn settings(self) -> Settings {
        let (network, epochs, unfrozen) = match self {
            Self::Frozen => (Network::Pretrained(Pooling::Grid), 4, None),
            Self::GridFineTuned => (Network::Pretrained(Pooling::Grid), 1, Some(2)),
            Self::AverageFineTuned => (Network::Pretrained(Pooling::GlobalAverage), 1, Some(3)),
            Self::Scratch => (Network::Scratch, 4, None),
        };
        Settings {
            network,
            film_side: SIDE,
            epochs,
            fine_tuning: unfrozen.map(|stages| FineTuning {
                stages,
                epochs: 4,
                ..FineTuning::default()
            }),
            ..Settings::default()
        }
    }
}

/// Why there are no losses.
#[derive(Debug, Error)]
pub enum LossesError {
    #[error("an image without pixels")]
    NoPixels,
    #[error(transparent)]
    Weights(#[from] WeightsError),
    #[error(transparent)]
    Run(#[from] RunError),
    #[error(transparent)]
    Train(#[from] TrainError),
    #[error("the training ended after {0} steps")]
    Few(usize),
}

/// The largest difference between the losses of a device and those of the CPU, step by step, of the first ten steps in which what the
/// course names learns. Features are the CPU's for both, so that the devices differ in the steps alone.
///
/// # Errors
/// [`LossesError`] when the weights do not fit, or the run fails.
pub async fn difference_from_cpu(
    course: Course,
    weights: &Weights,
    device: &Device,
) -> Result<f32, LossesError> {
    let expected = losses(course, weights, &Device::flex()).await?;
    let computed = losses(course, weights, device).await?;
    let differences = expected.iter().zip(&computed).map(|(a, b)| (a - b).abs());
    // Not `f32::max`, which passes over what is not a number.
    Ok(differences.max_by(f32::total_cmp).unwrap_or(f32::NAN))
}

async fn losses(
    course: Course,
    weights: &Weights,
    device: &Device,
) -> Result<Vec<f32>, LossesError> {
    let settings = course.settings();
    let films = films()?;
    let key = FeatureKey::of(&settings);
    let mut run = Run::new(&settings, &films.summary(false), weights, device, 4)?;
    let mut store = FeatureStore::new(key);
    let extractor = Extractor::new(weights, &key, &Device::flex())?;
    for view in run.views() {
        let features = extractor.extract(&input(&films, view, &key)).await?;
        store.insert(view, features);
    }
    let mut losses = Vec::new();
    while losses.len() < STEPS && !run.is_done() {
        for report in run.next(&store).await? {
            if let Report::Step(step) = report
                && step.stage == course.stage()
            {
                losses.push(step.loss);
            }
        }
    }
    losses.truncate(STEPS);
    match losses.len() {
        STEPS => Ok(losses),
        steps => Err(LossesError::Few(steps)),
    }
}

/// Two classes: brighter to the left, or to the right.
fn films() -> Result<Dataset, LossesError> {
    let side = SIDE as u32;
    let sample = |number: usize| {
        let class = number % 2;
        let pixels = (0..SIDE * SIDE).map(|place| {
            let (x, y) = (place % SIDE, place / SIDE);
            let slope = if class == 0 { SIDE - x } else { x };
            (slope * 700 + (y * (number + 3)) % 7 * 2900) as u16
        });
        Ok(Sample {
            name: format!("{number}.png"),
            class,
            patient: None,
            part: None,
            film: Film::new(side, side, pixels.collect()).ok_or(LossesError::NoPixels)?,
            width: side,
            height: side,
            facts: None,
            incidentals: Incidentals::default(),
            file: 0,
        })
    };
    Ok(Dataset {
        depth: PackDepth::default(),
        title: "slopes".to_owned(),
        task: Task::Region,
        licence: None,
        attribution: None,
        classes: vec!["left".to_owned(), "right".to_owned()],
        samples: (0..FILMS).map(sample).collect::<Result<_, LossesError>>()?,
        odd: Vec::new(),
        skipped: Vec::new(),
    })
}
