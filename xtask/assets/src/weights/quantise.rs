//! The whole network rounded, layer by layer, by what films make of it.

use half::f16;

use super::{
    fold::Convolution,
    layers::{Layer, Precision},
    maps::Maps,
    rounding::{self, Rounded},
};
use crate::error::{AssetError, Result};

/// A layer as it is stored.
pub struct Stored {
    pub name: String,
    /// Of the weight.
    pub shape: Vec<usize>,
    pub weight: Numbers,
    pub bias: Numbers,
}

pub enum Numbers {
    Single(Vec<f32>),
    Half(Vec<f16>),
    Whole(Rounded),
}

impl Numbers {
    fn values(&self) -> Vec<f64> {
        match self {
            Self::Single(numbers) => numbers.iter().copied().map(f64::from).collect(),
            Self::Half(numbers) => numbers.iter().map(|number| number.to_f64()).collect(),
            Self::Whole(rounded) => rounded.weight(),
        }
    }
}

/// Rounds each layer by what the layers before it, already rounded, hand on. The bias makes the mean of each channel
/// what it is in the exact network (bias correction: Nagel 2019, arXiv 1906.04721), and with it takes back what earlier
/// layers have shifted.
///
/// # Errors
/// The films are none that a network could be rounded by.
pub fn quantise(network: Vec<(Layer, Convolution)>, films: Maps) -> Result<Vec<Stored>> {
    let (mut exact, mut rounded) = (films.clone(), films);
    let (mut exact_entry, mut rounded_entry) = (exact.clone(), rounded.clone());
    let mut stored = Vec::with_capacity(network.len());
    let mut stage = 0;
    for (layer, convolution) in network {
        if layer.stage != stage {
            stage = layer.stage;
            (exact_entry, rounded_entry) = (exact.clone(), rounded.clone());
        }
        let weight = round(&layer, &convolution, &rounded)?;
        exact = exact.convolved(&convolution, layer.stride);
        let mut lossy = Convolution {
            weight: weight.values(),
            ..convolution
        };
        rounded = rounded.convolved(&lossy, layer.stride);
        let bias = match layer.precision {
            Precision::Single => Numbers::Single(lossy.bias.iter().map(|&b| b as f32).collect()),
            Precision::Half | Precision::Whole => {
                let off = exact.means().into_iter().zip(rounded.means());
                let corrected = lossy.bias.iter().zip(off);
                Numbers::Half(
                    corrected
                        .map(|(bias, (exact, rounded))| f16::from_f64(bias + exact - rounded))
                        .collect(),
                )
            }
        };
        let shifts = bias.values().into_iter().zip(&lossy.bias);
        rounded.shift(&shifts.map(|(new, old)| new - old).collect::<Vec<f64>>());
        for (maps, entry) in [(&mut exact, &exact_entry), (&mut rounded, &rounded_entry)] {
            if layer.activated {
                maps.map(|value| value.clamp(0.0, 6.0));
            }
            if layer.residual {
                maps.add(entry);
            }
        }
        stored.push(Stored {
            name: layer.name,
            shape: std::mem::take(&mut lossy.shape),
            weight,
            bias,
        });
    }
    Ok(stored)
}

fn round(layer: &Layer, convolution: &Convolution, input: &Maps) -> Result<Numbers> {
    let weight = &convolution.weight;
    Ok(match layer.precision {
        Precision::Single => Numbers::Single(weight.iter().map(|&w| w as f32).collect()),
        Precision::Half => Numbers::Half(weight.iter().map(|&w| f16::from_f64(w)).collect()),
        Precision::Whole => {
            let rounded = rounding::round(weight, &input.covariance(), input.channels);
            Numbers::Whole(rounded.ok_or_else(|| {
                AssetError::format("films", format!("they do not vary in {}", layer.name))
            })?)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two layers on two films of four pixels: what the rounded ones put out has the means of the exact ones.
    #[test]
    fn the_bias_takes_back_what_rounding_shifts() {
        let films = Maps {
            channels: 2,
            side: 2,
            films: vec![
                vec![1.0, 2.0, 3.0, 4.5, 5.0, 4.0, 3.5, 2.0],
                vec![2.0, 0.5, 1.0, 3.0, 5.5, 2.0, 1.0, 0.0],
            ],
        };
        let layer = |name: &str| Layer {
            stage: 0,
            name: name.into(),
            convolution: String::new(),
            norm: String::new(),
            stride: 1,
            activated: false,
            residual: false,
            precision: Precision::Whole,
        };
        let convolution = |weight: [f64; 4], bias: [f64; 2]| Convolution {
            shape: vec![2, 2, 1, 1],
            weight: weight.to_vec(),
            bias: bias.to_vec(),
        };
        let first = convolution([0.313, -0.727, 0.009, 0.411], [0.1, -0.2]);
        let second = convolution([1.0, 0.003, -0.5, 0.377], [0.0, 0.3]);
        let exact = films.convolved(&first, 1).convolved(&second, 1);
        let network = vec![(layer("a"), first), (layer("b"), second)];
        let stored = quantise(network, films.clone()).expect("films that vary");
        let rounded = stored.iter().fold(films, |maps, layer| {
            let read = Convolution {
                shape: layer.shape.clone(),
                weight: layer.weight.values(),
                bias: layer.bias.values(),
            };
            maps.convolved(&read, 1)
        });
        for (found, expected) in rounded.means().iter().zip(exact.means()) {
            // Half precision of the bias.
            assert!((found - expected).abs() < 1e-3, "{found} for {expected}");
        }
    }
}
