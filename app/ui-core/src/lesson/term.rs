//! The words of training, and the line of code that each stands for.

use imaging::settings::{Augmentation, Network, Pooling, Settings};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    Epoch,
    Batch,
    Rate,
    Optimiser,
    Loss,
    Metric,
    Regularisation,
    Dropout,
    Augmentation,
    Transfer,
    Frozen,
    Fitting,
}

impl Term {
    pub fn id(self) -> &'static str {
        match self {
            Self::Epoch => "epoch",
            Self::Batch => "batch",
            Self::Rate => "rate",
            Self::Optimiser => "optimiser",
            Self::Loss => "loss",
            Self::Metric => "metric",
            Self::Regularisation => "regularisation",
            Self::Dropout => "dropout",
            Self::Augmentation => "augmentation",
            Self::Transfer => "transfer",
            Self::Frozen => "frozen",
            Self::Fitting => "fitting",
        }
    }

    /// How it is written with Keras, where most learners will meet it again; `None` for what is no line.
    pub fn line(self, settings: &Settings) -> Option<String> {
        let line = match self {
            Self::Epoch => format!("model.fit(train, epochs={})", settings.epochs),
            Self::Batch => format!("train = images.batch({})", settings.batch_size),
            Self::Rate | Self::Optimiser => {
                format!("optimizer = Adam(learning_rate={})", settings.learning_rate)
            }
            Self::Loss => "loss = CategoricalCrossentropy()".to_owned(),
            Self::Metric => "metrics = [\"accuracy\"]".to_owned(),
            Self::Dropout => format!("x = Dropout({})(x)", settings.dropout),
            Self::Augmentation => copies(settings.augmentation.as_ref()?),
            Self::Transfer => backbone(settings.network)?,
            Self::Frozen => "backbone.trainable = False".to_owned(),
            Self::Regularisation | Self::Fitting => return None,
        };
        Some(line)
    }
}

/// Without shearing: Keras' `RandomShear` takes a range on both axes and in one direction only, which is another one.
fn copies(limits: &Augmentation) -> String {
    let Augmentation {
        rotation,
        shift,
        zoom,
        flip,
        ..
    } = limits;
    let mut layers = vec![
        format!("RandomRotation({rotation} / 360)"),
        format!("RandomTranslation({shift}, {shift})"),
        format!("RandomZoom({zoom})"),
    ];
    if *flip {
        layers.push("RandomFlip(\"horizontal\")".to_owned());
    }
    format!("copies = Sequential([{}])", layers.join(", "))
}

fn backbone(network: Network) -> Option<String> {
    let pooling = match network {
        Network::Scratch => return None,
        Network::Pretrained(Pooling::GlobalAverage) => ", pooling=\"avg\"",
        Network::Pretrained(Pooling::Grid) => "",
    };
    Some(format!(
        "backbone = MobileNetV2(weights=\"imagenet\", include_top=False{pooling})"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_follow_the_settings() {
        let mut settings = Settings {
            epochs: 7,
            learning_rate: 1e-3,
            ..Settings::default()
        };
        let line = |term: Term, settings: &Settings| term.line(settings).unwrap_or_default();
        assert_eq!(line(Term::Epoch, &settings), "model.fit(train, epochs=7)");
        assert_eq!(
            line(Term::Rate, &settings),
            "optimizer = Adam(learning_rate=0.001)"
        );
        assert_eq!(Term::Augmentation.line(&settings), None);
        settings.augmentation = Some(Augmentation {
            flip: true,
            ..Augmentation::default()
        });
        let copies = line(Term::Augmentation, &settings);
        assert!(copies.starts_with("copies = Sequential([RandomRotation(20 / 360), "));
        assert!(!copies.contains("Shear"));
        assert!(copies.ends_with("RandomFlip(\"horizontal\")])"));
        assert!(!line(Term::Transfer, &settings).contains("pooling"));
        settings.network = Network::Pretrained(Pooling::GlobalAverage);
        assert!(line(Term::Transfer, &settings).contains("pooling"));
        settings.network = Network::Scratch;
        assert_eq!(Term::Transfer.line(&settings), None);
    }
}
