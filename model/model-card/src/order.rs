//! What the program that writes and reads such files is asked, and says (`app/network-files`). Numbers and files lie beside that, one after
//! the other, each as long as is said here.

use checkpoint::{NamedTensor, TrainedNetwork};
use imaging::settings::Settings;
use serde::{Deserialize, Serialize};

use crate::{Card, Form, ReadError, WriteError};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Wanted {
    /// Beside it: the tensors' numbers, the weights' file, the page's program.
    Write(Box<Order>),
    /// Beside it: the weights' file, then the network's.
    Read { weights: usize },
}

/// A network to be written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Order {
    parts: Parts,
    /// Length of the weights' file, in bytes.
    weights: usize,
    pub card: Card,
    pub form: Form,
}

/// All of a network but its numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parts {
    settings: Settings,
    classes: Vec<String>,
    /// Names and shapes.
    tensors: Vec<(String, Vec<usize>)>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Outcome {
    /// Beside it: the file.
    Written(Result<(), WriteError>),
    /// Beside it: the tensors' numbers.
    Read(Result<Box<ReadHead>, ReadError>),
}

/// What a file held, but its numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReadHead {
    pub parts: Parts,
    pub card: Card,
}

/// What is asked, and what lies beside it.
pub fn write_order(
    network: &TrainedNetwork,
    weights: &[u8],
    program: &[u8],
    card: Card,
    form: Form,
) -> (Wanted, Vec<u8>) {
    let (parts, mut bytes) = Parts::of(network);
    bytes.extend(weights);
    bytes.extend(program);
    let order = Order {
        parts,
        weights: weights.len(),
        card,
        form,
    };
    (Wanted::Write(Box::new(order)), bytes)
}

/// The network, the weights' file and the page's program of an order; `None` if less lies beside it than it says.
pub fn read_order<'a>(
    order: &Order,
    bytes: &'a [u8],
) -> Option<(TrainedNetwork, &'a [u8], &'a [u8])> {
    let (network, rest) = order.parts.with_numbers(bytes)?;
    let (weights, program) = rest.split_at_checked(order.weights)?;
    Some((network, weights, program))
}

impl Parts {
    /// A network without its numbers, and these.
    pub fn of(network: &TrainedNetwork) -> (Self, Vec<u8>) {
        let tensors = network.tensors.iter();
        let values = tensors.clone().flat_map(|tensor| &tensor.values);
        let bytes = values.flat_map(|value| value.to_le_bytes()).collect();
        let parts = Self {
            settings: network.settings.clone(),
            classes: network.classes.clone(),
            tensors: tensors
                .map(|tensor| (tensor.name.clone(), tensor.shape.clone()))
                .collect(),
        };
        (parts, bytes)
    }

    /// The network with the first of these numbers, and what is left; `None` if there are too few.
    pub fn with_numbers<'a>(&self, bytes: &'a [u8]) -> Option<(TrainedNetwork, &'a [u8])> {
        let mut rest = bytes;
        let mut tensors = Vec::new();
        for (name, shape) in &self.tensors {
            let n = shape
                .iter()
                .try_fold(4_usize, |n, &side| n.checked_mul(side))?;
            let (own, left) = rest.split_at_checked(n)?;
            rest = left;
            let words = own.as_chunks().0.iter();
            tensors.push(NamedTensor {
                name: name.clone(),
                shape: shape.clone(),
                values: words.map(|&word| f32::from_le_bytes(word)).collect(),
            });
        }
        let network = TrainedNetwork {
            settings: self.settings.clone(),
            classes: self.classes.clone(),
            tensors,
        };
        Some((network, rest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network() -> TrainedNetwork {
        let tensor = |name: &str, shape: &[usize]| NamedTensor {
            name: name.to_owned(),
            shape: shape.to_vec(),
            values: (0..shape.iter().product::<usize>())
                .map(|value| value as f32)
                .collect(),
        };
        TrainedNetwork {
            settings: Settings::default(),
            classes: vec!["a".into(), "b".into()],
            tensors: vec![
                tensor("head.output.weight", &[3, 2]),
                tensor("head.output.bias", &[2]),
            ],
        }
    }

    #[test]
    fn an_order_is_taken_as_it_was_given_and_whole_alone() {
        let card = Card::default();
        let (wanted, bytes) = write_order(&network(), b"weights", b"program", card, Form::Onnx);
        let Wanted::Write(order) = wanted else {
            panic!("an order");
        };
        let parts = read_order(&order, &bytes).expect("as much as it says");
        assert_eq!(parts, (network(), &b"weights"[..], &b"program"[..]));
        let least = bytes.len() - b"program".len();
        for length in 0..least {
            assert_eq!(read_order(&order, &bytes[..length]), None);
        }
    }

    #[test]
    fn a_shape_that_no_memory_has_is_refused() {
        let (mut parts, bytes) = Parts::of(&network());
        parts.tensors[0].1 = vec![usize::MAX, 2];
        assert_eq!(parts.with_numbers(&bytes), None);
    }
}
