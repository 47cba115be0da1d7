//! A network's parameters and gradients as one row of numbers, in the order in which burn visits them.

use burn::{
    module::{Module, ModuleMapper, ModuleVisitor, Param},
    optim::GradientsParams,
    tensor::{Tensor, TensorData},
};

use super::unfit;
use crate::trainable::TrainableModel;
use imaging::report::TrainError;

/// All parameters.
///
/// # Errors
/// [`TrainError::Device`] when the device does not hand them back.
pub(crate) async fn numbers(trainable: &TrainableModel) -> Result<Vec<f32>, TrainError> {
    let mut rows = Rows::default();
    trainable.visit(&mut rows);
    joined(rows.0).await
}

/// A gradient for each parameter.
///
/// # Errors
/// [`TrainError::Device`] when the device does not hand them back, [`TrainError::Unfit`] when a parameter has none.
pub(super) async fn of_gradients(
    trainable: &TrainableModel,
    gradients: &GradientsParams,
) -> Result<Vec<f32>, TrainError> {
    let mut rows = GradientRows {
        gradients,
        rows: Vec::new(),
        all: true,
    };
    trainable.visit(&mut rows);
    match rows.all {
        true => joined(rows.rows).await,
        false => Err(unfit("a parameter without a gradient")),
    }
}

async fn joined(rows: Vec<Tensor<1>>) -> Result<Vec<f32>, TrainError> {
    let mut all = Vec::with_capacity(rows.iter().map(|row| row.dims()[0]).sum());
    for row in rows {
        let data = row.into_data_async().await;
        let data = data.map_err(|error| TrainError::Device {
            detail: error.to_string(),
        })?;
        let own = data.as_slice::<f32>();
        all.extend_from_slice(own.map_err(|error| unfit(format!("{error:?}")))?);
    }
    Ok(all)
}

#[derive(Default)]
struct Rows(Vec<Tensor<1>>);

impl ModuleVisitor for Rows {
    fn visit_float<const D: usize>(&mut self, parameter: &Param<Tensor<D>>) {
        self.0.push(row(parameter.val().inner()));
    }
}

struct GradientRows<'a> {
    gradients: &'a GradientsParams,
    rows: Vec<Tensor<1>>,
    all: bool,
}

impl ModuleVisitor for GradientRows<'_> {
    fn visit_float<const D: usize>(&mut self, parameter: &Param<Tensor<D>>) {
        match self.gradients.get::<D>(parameter.id) {
            Some(gradient) => self.rows.push(row(gradient)),
            None => self.all = false,
        }
    }
}

fn row<const D: usize>(tensor: Tensor<D>) -> Tensor<1> {
    let n = tensor.shape().num_elements();
    tensor.reshape([n])
}

/// The network with these parameters.
///
/// # Errors
/// [`TrainError::Unfit`] when it has another number of them.
pub(crate) fn with_numbers(
    trainable: TrainableModel,
    numbers: &[f32],
) -> Result<TrainableModel, TrainError> {
    let mut filler = Filler(Cut::new(numbers));
    let trainable = trainable.map(&mut filler);
    filler.0.used_up()?;
    Ok(trainable)
}

/// The same numbers as gradients, for an optimizer.
///
/// # Errors
/// [`TrainError::Unfit`] when the network has another number of parameters.
pub(crate) fn as_gradients(
    trainable: &TrainableModel,
    numbers: &[f32],
) -> Result<GradientsParams, TrainError> {
    let mut registrar = Registrar {
        numbers: Cut::new(numbers),
        gradients: GradientsParams::new(),
    };
    trainable.visit(&mut registrar);
    registrar.numbers.used_up()?;
    Ok(registrar.gradients)
}

/// A row that is cut into tensors.
struct Cut<'a> {
    rest: &'a [f32],
    too_short: bool,
}

impl<'a> Cut<'a> {
    fn new(rest: &'a [f32]) -> Self {
        Self {
            rest,
            too_short: false,
        }
    }

    /// With the shape of `like`.
    fn next<const D: usize>(&mut self, like: &Tensor<D>) -> Option<TensorData> {
        let shape = like.shape();
        let cut = self.rest.split_at_checked(shape.num_elements());
        self.too_short |= cut.is_none();
        let (own, rest) = cut?;
        self.rest = rest;
        Some(TensorData::new(own.to_vec(), shape))
    }

    fn used_up(&self) -> Result<(), TrainError> {
        match self.rest.is_empty() && !self.too_short {
            true => Ok(()),
            false => Err(unfit("numbers of another network")),
        }
    }
}

struct Filler<'a>(Cut<'a>);

impl ModuleMapper for Filler<'_> {
    fn map_float<const D: usize>(&mut self, parameter: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let (id, tensor, mapper) = parameter.consume();
        let tensor = match self.0.next(&tensor) {
            Some(data) => Tensor::from_data(data, &tensor.device()).require_grad(),
            None => tensor,
        };
        Param::from_mapped_value(id, tensor, mapper)
    }
}

struct Registrar<'a> {
    numbers: Cut<'a>,
    gradients: GradientsParams,
}

impl ModuleVisitor for Registrar<'_> {
    fn visit_float<const D: usize>(&mut self, parameter: &Param<Tensor<D>>) {
        let tensor = parameter.val().inner();
        if let Some(data) = self.numbers.next(&tensor) {
            let gradient = Tensor::<D>::from_data(data, &tensor.device());
            self.gradients.register(parameter.id, gradient);
        }
    }
}
