//! The parts of what learns, under the names that they are kept by.

use std::collections::HashMap;

use burn::{
    module::{Module, ModuleMapper, ModuleVisitor, Param, ParamId},
    tensor::{Tensor, TensorData},
};

use crate::trainable::TrainableModel;
use mobilenet::architecture::STAGES;

/// A parameter, still on its device.
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) id: ParamId,
    pub(crate) shape: Vec<usize>,
    /// In one row, without autodiff.
    pub(crate) values: Tensor<1>,
}

/// From the film to the answer.
pub(crate) fn parts(trainable: &TrainableModel) -> Vec<Part> {
    let mut found = Parts::default();
    match trainable {
        TrainableModel::Head(head) => found.of(head, "head", ""),
        TrainableModel::TopLayers(top_layers) => {
            for (number, stage) in top_layers.stages.learning() {
                found.of(stage, &format!("backbone.{number}"), middle(number));
            }
            found.of(&top_layers.head, "head", "");
        }
        TrainableModel::Scratch(network) => {
            for (number, convolution) in network.convolutions.iter().enumerate() {
                found.of(convolution, &format!("scratch.convolution.{number}"), "");
            }
            found.of(&network.output, "scratch.output", "");
        }
    }
    found.parts
}

/// What the weights' file calls the middle convolution of a stage.
fn middle(stage: usize) -> &'static str {
    match stage {
        0 => "conv",
        _ if stage + 1 == STAGES => "conv",
        _ => "depthwise",
    }
}

#[derive(Default)]
struct Parts {
    parts: Vec<Part>,
    path: Vec<String>,
    middle: &'static str,
}

impl Parts {
    fn of(&mut self, module: &impl Module, prefix: &str, middle: &'static str) {
        self.path = vec![prefix.to_owned()];
        self.middle = middle;
        module.visit(self);
    }
}

impl ModuleVisitor for Parts {
    fn enter_module(&mut self, name: &str, _: &str) {
        let name = match name {
            "middle" => self.middle,
            name => name,
        };
        self.path.push(name.to_owned());
    }

    fn exit_module(&mut self, _: &str, _: &str) {
        self.path.pop();
    }

    fn visit_float<const D: usize>(&mut self, parameter: &Param<Tensor<D>>) {
        let values = parameter.val().inner();
        let shape = values.shape();
        self.parts.push(Part {
            name: self.path.join("."),
            id: parameter.id,
            shape: shape.to_vec(),
            values: values.reshape([shape.num_elements()]),
        });
    }
}

/// The same with other numbers, as many as it has, for each parameter that is named.
pub(crate) fn with_values(
    trainable: TrainableModel,
    values: HashMap<ParamId, Vec<f32>>,
) -> TrainableModel {
    trainable.map(&mut Filler(values))
}

struct Filler(HashMap<ParamId, Vec<f32>>);

impl ModuleMapper for Filler {
    fn map_float<const D: usize>(&mut self, parameter: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let Some(values) = self.0.remove(&parameter.id) else {
            return parameter;
        };
        let (id, tensor, mapper) = parameter.consume();
        let data = TensorData::new(values, tensor.shape());
        let filled = Tensor::from_data(data, &tensor.device()).require_grad();
        Param::from_mapped_value(id, filled, mapper)
    }
}
