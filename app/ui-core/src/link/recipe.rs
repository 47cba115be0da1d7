//! What a run can differ in beside arm, seed, side and split; in a link only what is not as usual.

use std::{ops::RangeInclusive, str::FromStr};

use imaging::settings::{
    FineTuning, Network, Pooling, Settings,
    limits::{BATCH_SIZE, DROPOUT, EPOCHS, LEARNING_RATE, TUNING_EPOCHS, UNFROZEN_STAGES},
};

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Recipe {
    pub network: Option<Network>,
    /// Mirror some of the augmented views.
    pub flip: bool,
    pub dropout: Option<f64>,
    pub batch: Option<usize>,
    pub rate: Option<f64>,
    pub epochs: Option<usize>,
    pub tuning: Option<Tuning>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tuning {
    Off,
    On(FineTuning),
}

impl Recipe {
    pub(super) fn read(&mut self, key: &str, value: &str) {
        match (key, value) {
            ("network", "average") => {
                self.network = Some(Network::Pretrained(Pooling::GlobalAverage));
            }
            ("network", "grid") => self.network = Some(Network::Pretrained(Pooling::Grid)),
            ("network", "scratch") => self.network = Some(Network::Scratch),
            ("flip", "1") => self.flip = true,
            ("dropout", value) => self.dropout = within(value, DROPOUT),
            ("batch", value) => self.batch = within(value, BATCH_SIZE),
            ("rate", value) => self.rate = within(value, LEARNING_RATE),
            ("epochs", value) => self.epochs = within(value, EPOCHS),
            ("tuning", "off") => self.tuning = Some(Tuning::Off),
            ("tuning", value) => self.tuning = tuning(value).map(Tuning::On),
            _ => {}
        }
    }

    /// Each key with its value, if there is something to say.
    pub(super) fn pairs(&self) -> [(&'static str, Option<String>); 7] {
        let network = self.network.map(|network| match network {
            Network::Pretrained(Pooling::GlobalAverage) => "average",
            Network::Pretrained(Pooling::Grid) => "grid",
            Network::Scratch => "scratch",
        });
        let tuning = self.tuning.map(|tuning| match tuning {
            Tuning::Off => "off".to_owned(),
            Tuning::On(FineTuning {
                stages,
                epochs,
                learning_rate,
            }) => format!("{stages},{epochs},{learning_rate}"),
        });
        [
            ("network", network.map(str::to_owned)),
            ("flip", self.flip.then(|| "1".to_owned())),
            ("dropout", self.dropout.map(|share| share.to_string())),
            ("batch", self.batch.map(|size| size.to_string())),
            ("rate", self.rate.map(|rate| rate.to_string())),
            ("epochs", self.epochs.map(|epochs| epochs.to_string())),
            ("tuning", tuning),
        ]
    }

    pub(super) fn apply(&self, settings: &mut Settings) {
        settings.network = self.network.unwrap_or(settings.network);
        if let Some(views) = &mut settings.augmentation {
            views.flip = self.flip;
        }
        settings.dropout = self.dropout.unwrap_or(settings.dropout);
        settings.batch_size = self.batch.unwrap_or(settings.batch_size);
        settings.learning_rate = self.rate.unwrap_or(settings.learning_rate);
        settings.epochs = self.epochs.unwrap_or(settings.epochs);
        match self.tuning {
            Some(Tuning::Off) => settings.fine_tuning = None,
            Some(Tuning::On(tuning)) => settings.fine_tuning = Some(tuning),
            None => {}
        }
    }

    /// What makes `usual` into `settings`.
    pub(super) fn between(usual: &Settings, settings: &Settings) -> Self {
        fn other<T: PartialEq>(usual: T, own: T) -> Option<T> {
            (own != usual).then_some(own)
        }
        let tuning = other(usual.fine_tuning, settings.fine_tuning);
        Self {
            network: other(usual.network, settings.network),
            flip: settings.augmentation.is_some_and(|views| views.flip),
            dropout: other(usual.dropout, settings.dropout),
            batch: other(usual.batch_size, settings.batch_size),
            rate: other(usual.learning_rate, settings.learning_rate),
            epochs: other(usual.epochs, settings.epochs),
            tuning: tuning.map(|tuning| tuning.map_or(Tuning::Off, Tuning::On)),
        }
    }

    /// Whether there is nothing to say: the run is one of the lesson's.
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

fn within<T: FromStr + PartialOrd>(value: &str, range: RangeInclusive<T>) -> Option<T> {
    value.parse().ok().filter(|value| range.contains(value))
}

/// "stages,epochs,learning rate".
fn tuning(value: &str) -> Option<FineTuning> {
    let mut parts = value.split(',');
    let tuning = FineTuning {
        stages: within(parts.next()?, UNFROZEN_STAGES)?,
        epochs: within(parts.next()?, TUNING_EPOCHS)?,
        learning_rate: within(parts.next()?, LEARNING_RATE)?,
    };
    parts.next().is_none().then_some(tuning)
}
