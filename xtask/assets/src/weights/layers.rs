//! The convolutions of MobileNetV2, in the order in which they compute.

use mobilenet::architecture::{STAGES, inverted_residuals};

const LAST_STAGE: usize = STAGES - 1;

/// How a layer's weights are stored. Biases are in half precision, but single where the weights are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    Single,
    Half,
    /// Whole numbers of 8 bit with a scale for each output channel.
    Whole,
}

/// A convolution: its name here, and its and its BatchNorm's in the package.
pub struct Layer {
    pub stage: usize,
    pub name: String,
    pub convolution: String,
    pub norm: String,
    pub stride: usize,
    /// Whether ReLU6 follows.
    pub activated: bool,
    /// Whether the stage's input is added to what comes out.
    pub residual: bool,
    pub precision: Precision,
}

/// Named `N.PART` for each stage `N`, where the part is `conv` in the first and last stage and `expand` (not in
/// stage 1), `depthwise` and `project` in those between.
pub fn layers() -> Vec<Layer> {
    let residuals = inverted_residuals();
    let mut layers = Vec::new();
    for stage in 0..STAGES {
        // The position of each convolution in its sequence; its BatchNorm follows it.
        let parts: &[(&str, &str, usize)] = match stage {
            0 | LAST_STAGE => &[("conv", "", 0)],
            1 => &[("depthwise", "conv.", 0), ("project", "conv.", 3)],
            _ => &[
                ("expand", "conv.", 0),
                ("depthwise", "conv.", 3),
                ("project", "conv.", 6),
            ],
        };
        let block = stage.checked_sub(1).and_then(|index| residuals.get(index));
        for &(part, sequence, position) in parts {
            layers.push(Layer {
                stage,
                name: format!("{stage}.{part}"),
                convolution: format!("features.{stage}.{sequence}{position}"),
                norm: format!("features.{stage}.{sequence}{}", position + 1),
                stride: match (part, block) {
                    ("conv", _) if stage == 0 => 2,
                    ("depthwise", Some(block)) => block.stride,
                    _ => 1,
                },
                activated: part != "project",
                residual: part == "project"
                    && block.is_some_and(|block| block.stride == 1 && block.input == block.output),
                precision: precision(stage, part),
            });
        }
    }
    layers
}

fn precision(stage: usize, part: &str) -> Precision {
    match (stage, part) {
        // Some of their channels hardly vary on photographs. Folding blows those up, to weights of 127 and biases of
        // 1,974 in `2.expand`, which nearly cancel each other: what is left was coarse even in half precision.
        (0 | 1, _) | (2, "expand") => Precision::Single,
        // Nine weights a channel: small, and with few to make up for what one loses by rounding.
        (_, "depthwise") => Precision::Half,
        _ => Precision::Whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_every_layer_once() {
        let names: Vec<String> = layers().into_iter().map(|layer| layer.name).collect();
        assert_eq!(names.len(), 52);
        assert_eq!(
            names[..4],
            ["0.conv", "1.depthwise", "1.project", "2.expand"]
        );
        assert_eq!(names[51], "18.conv");
    }

    #[test]
    fn strides_and_additions_are_those_of_the_network() {
        let layers = layers();
        let strides = layers.iter().filter(|layer| layer.stride == 2);
        let strides: Vec<&str> = strides.map(|layer| layer.name.as_str()).collect();
        assert_eq!(
            strides,
            [
                "0.conv",
                "2.depthwise",
                "4.depthwise",
                "7.depthwise",
                "14.depthwise"
            ]
        );
        let added = layers.iter().filter(|layer| layer.residual);
        let added: Vec<usize> = added.map(|layer| layer.stage).collect();
        assert_eq!(added, [3, 5, 6, 8, 9, 10, 12, 13, 15, 16]);
    }
}
