//! The command line of a training, and the settings that it stands for.

use std::path::PathBuf;

use clap::{Args, Parser, ValueEnum};
use imaging::{
    pack::{Answers, FolderRole, Ruling},
    settings::{Augmentation, FineTuning, Network, Pooling, Settings},
    split::SplitBy,
    task::Task,
};

use crate::{Problem, device::DeviceChoice, loading::Guesses, streaming::Cache, workers::Address};

/// Train on a folder or zip of radiographs with the app's own recipe, on this computer.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask train")]
pub struct Arguments {
    /// A folder or zip with a folder of films for each class.
    pub films: PathBuf,
    /// Other films, of the same classes, to test on instead.
    #[arg(long, value_name = "FOLDER")]
    pub test: Option<PathBuf>,
    /// What a folder is, where its name does not tell: class, train, val, test, around, try or ignore.
    #[arg(long = "role", value_name = "NAME=ROLE", value_parser = role)]
    pub roles: Vec<(String, FolderRole)>,
    /// The class that is right for films that lie in several; "none" leaves such films out.
    #[arg(long = "same-film", value_name = "CLASS")]
    pub same_film: Vec<String>,
    /// What becomes of tables of labels, and of names that tell classes: what is guessed about them is accepted, or they are
    /// ignored. Without it, the guess is said and nothing trained.
    #[arg(long, value_enum)]
    pub table: Option<Table>,
    /// Seeds the split, the first weights, the order of the films and the dropout.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// How the films are divided into training, validation and test.
    #[arg(long, value_enum, default_value_t = Split::Image)]
    pub split: Split,
    /// Ask whether a film is mirrored: half of the chest films are, or of all films where no class is named so.
    #[arg(long)]
    pub mirrored: bool,
    /// Default: grid.
    #[arg(long, value_enum)]
    pub network: Option<Reads>,
    /// Train on random views of the films too.
    #[arg(long)]
    pub augmentation: bool,
    #[arg(long)]
    pub dropout: Option<f64>,
    /// Passes with the backbone frozen.
    #[arg(long)]
    pub epochs: Option<usize>,
    #[arg(long)]
    pub learning_rate: Option<f64>,
    /// Stages of the backbone to unfreeze; 0 leaves out the second part of the training.
    #[arg(long)]
    pub unfreeze: Option<usize>,
    /// Passes with the last stages unfrozen.
    #[arg(long)]
    pub fine_tuning_epochs: Option<usize>,
    #[arg(long)]
    pub fine_tuning_rate: Option<f64>,
    /// Side of the network's input in pixels.
    #[arg(long)]
    pub side: Option<usize>,
    /// What the training runs on; features are always computed by the processor.
    #[arg(long, value_enum, default_value_t)]
    pub device: DeviceChoice,
    /// The backbone's weights.
    #[arg(long, default_value = "public/weights/mobilenetv2.safetensors")]
    pub weights: PathBuf,
    /// Write the trained network: a .onnx or .safetensors file, as the app does.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Replace a network that is there.
    #[arg(long)]
    pub force: bool,
    #[command(flatten)]
    pub keeping: Keeping,
    /// Go on with the run that wrote to the same --out and was cut off.
    #[arg(long, requires = "out")]
    pub resume: bool,
    /// Stop after so many passes, as if cut off: for a computer that is free for a while only.
    #[arg(long, value_name = "N", requires = "out")]
    pub stop_after: Option<usize>,
    /// Have workers compute the steps of fine-tuning and from scratch, together: host:port of each, or "here" for this process,
    /// with *2 behind one that is to take twice as much. Start them with `cargo xtask serve-worker`. What the images are turned
    /// into is sent to them, not encrypted.
    #[arg(
        long,
        value_name = "ADDRESSES",
        value_delimiter = ',',
        conflicts_with = "device"
    )]
    pub workers: Vec<Address>,
    /// Share the steps of the frozen network too: they are so short that it takes longer.
    #[arg(long, requires = "workers")]
    pub share_head: bool,
    /// What the workers know; FIRSTREAD_TOKEN in the environment does as well.
    #[arg(long, requires = "workers")]
    pub token: Option<String>,
    /// Print everything once more as the last line, as JSON.
    #[arg(long)]
    pub json: bool,
}

/// What is kept of images, and where.
#[derive(Clone, Debug, Args)]
pub struct Keeping {
    /// Where features and facts of images are kept between runs, by the content of their files [default: ~/.cache/firstread/images].
    #[arg(long, value_name = "FOLDER")]
    pub cache: Option<PathBuf>,
    /// Keep nothing between runs.
    #[arg(long, conflicts_with = "cache")]
    pub no_cache: bool,
    /// Megabytes of features that stay in memory; others are read from the cache each time.
    #[arg(long, value_name = "MB", default_value_t = 1024)]
    pub memory: usize,
}

impl Keeping {
    /// # Errors
    /// A sentence when the folder cannot be used.
    pub fn open_cache(&self) -> Result<Cache, Problem> {
        match (self.no_cache, &self.cache, Cache::usual_place()) {
            (true, _, _) | (false, None, None) => Ok(Cache::none()),
            (false, Some(own), _) => Cache::open(own),
            // Nobody has asked for it: it may be missing.
            (false, None, Some(usual)) => Ok(Cache::open(&usual).unwrap_or_else(|problem| {
                eprintln!("{problem}; nothing is kept this time");
                Cache::none()
            })),
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Split {
    Image,
    Patient,
    Folder,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Table {
    Accept,
    Ignore,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Reads {
    /// Pretrained, global average of the last layer.
    Average,
    /// Pretrained, a 4x4 grid of an earlier layer.
    Grid,
    /// A small network from random weights.
    Scratch,
}

/// "TEST=test".
fn role(text: &str) -> Result<(String, FolderRole), String> {
    let known = "class, train, val, test, around, try or ignore";
    let (name, role) = text
        .rsplit_once('=')
        .ok_or_else(|| format!("give it as NAME=ROLE; a role is {known}"))?;
    let role = match role {
        "class" => FolderRole::Class,
        "train" => FolderRole::Train,
        "val" => FolderRole::Validation,
        "test" => FolderRole::Test,
        "around" => FolderRole::Around,
        "try" => FolderRole::Try,
        "ignore" => FolderRole::Ignore,
        other => return Err(format!("no role is called {other}; a role is {known}")),
    };
    Ok((name.to_owned(), role))
}

impl Arguments {
    /// What is said about the folders and films beforehand.
    pub fn answers(&self) -> Answers {
        let ruling = |class: &String| Ruling {
            classes: Vec::new(),
            keep: (class != "none").then(|| class.clone()),
        };
        Answers {
            roles: self.roles.clone(),
            rulings: self.same_film.iter().map(ruling).collect(),
            ..Answers::default()
        }
    }

    pub fn guesses(&self) -> Guesses {
        match self.table {
            None => Guesses::Ask,
            Some(Table::Accept) => Guesses::Accept,
            Some(Table::Ignore) => Guesses::Ignore,
        }
    }

    pub fn task(&self) -> Task {
        if self.mirrored {
            Task::Mirrored
        } else {
            Task::Region
        }
    }

    /// The app's defaults, changed where the command line says so.
    pub fn settings(&self) -> Settings {
        let defaults = Settings::default();
        let tuning = FineTuning::default();
        let tuning = FineTuning {
            stages: self.unfreeze.unwrap_or(tuning.stages),
            epochs: self.fine_tuning_epochs.unwrap_or(tuning.epochs),
            learning_rate: self.fine_tuning_rate.unwrap_or(tuning.learning_rate),
        };
        Settings {
            seed: self.seed,
            split_by: match self.split {
                Split::Image => SplitBy::Image,
                Split::Patient => SplitBy::Patient,
                Split::Folder => SplitBy::Folder,
            },
            network: match self.network {
                None => defaults.network,
                Some(Reads::Average) => Network::Pretrained(Pooling::GlobalAverage),
                Some(Reads::Grid) => Network::Pretrained(Pooling::Grid),
                Some(Reads::Scratch) => Network::Scratch,
            },
            film_side: self.side.unwrap_or(defaults.film_side),
            augmentation: self.augmentation.then(Augmentation::default),
            dropout: self.dropout.unwrap_or(defaults.dropout),
            learning_rate: self.learning_rate.unwrap_or(defaults.learning_rate),
            epochs: self.epochs.unwrap_or(defaults.epochs),
            fine_tuning: (tuning.stages > 0).then_some(tuning),
            ..defaults
        }
    }
}
