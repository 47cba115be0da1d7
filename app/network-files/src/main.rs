//! Writes and reads networks in files, see `side-program`.
#![allow(
    unsafe_code,
    reason = "functions that are called by their names; none does anything that Rust does not check"
)]

use mobilenet::weights::Weights;
use model_card::{
    Form, Order, Outcome, Parts, ReadError, ReadHead, Wanted, WriteError, read_order,
};
use model_files::{onnx, page, read, weights_file};
use side_program::{Body, Program, program};

#[derive(Default)]
struct NetworkFiles;

impl Program for NetworkFiles {
    type Question = Wanted;
    type Answer = Outcome;

    fn answer(&mut self, wanted: Wanted, bytes: &[u8]) -> (Outcome, Body) {
        match wanted {
            Wanted::Write(order) => match written(*order, bytes) {
                Ok(file) => (Outcome::Written(Ok(())), Body::Bytes(file)),
                Err(error) => (Outcome::Written(Err(error)), Body::default()),
            },
            Wanted::Read { weights } => match taken(bytes, weights) {
                Ok((head, numbers)) => (Outcome::Read(Ok(Box::new(head))), Body::Bytes(numbers)),
                Err(error) => (Outcome::Read(Err(error)), Body::default()),
            },
        }
    }
}

fn written(order: Order, bytes: &[u8]) -> Result<Vec<u8>, WriteError> {
    let unfit = |tensor: &str| WriteError::Unfit {
        tensor: tensor.to_owned(),
    };
    let parts = read_order(&order, bytes);
    let (network, weights, program) = parts.ok_or_else(|| unfit("bytes"))?;
    let weights = Weights::parse(weights).map_err(|error| unfit(&error.to_string()))?;
    let Order { card, form, .. } = order;
    match form {
        Form::Onnx => onnx::write(&network, &weights, card),
        Form::Safetensors => weights_file::write(&network, &weights, card),
        Form::Page(words) => page::write(&network, &weights, card, &words, program),
    }
}

fn taken(bytes: &[u8], weights: usize) -> Result<(ReadHead, Vec<u8>), ReadError> {
    let damaged = |detail: String| ReadError::Damaged { detail };
    let parts = bytes.split_at_checked(weights);
    let (weights, file) = parts.ok_or_else(|| damaged("bytes".into()))?;
    let weights = Weights::parse(weights).map_err(|error| damaged(error.to_string()))?;
    let read = read(file, &weights)?;
    let (parts, numbers) = Parts::of(&read.network);
    let head = ReadHead {
        parts,
        card: read.card,
    };
    Ok((head, numbers))
}

program!(NetworkFiles);
