//! Adam (Kingma 2015, arXiv 1412.6980). On the CPU one pass over the parameters, where burn's own takes thirteen: with
//! a million of them, each leaves the cache and comes back.

use std::collections::HashMap;

use burn::{
    backend::{Flex, flex::FlexTensor},
    module::{Module, ModuleMapper, Param, ParamId},
    optim::{
        self, AdamConfig, AdamState, AdaptiveMomentumState, GradientsParams, LearningRate,
        Optimizer,
    },
    tensor::Tensor,
};

/// As in Keras, and in the original module.
const EPSILON: f32 = 1e-7;
pub(crate) const BETA_1: f32 = 0.9;
pub(crate) const BETA_2: f32 = 0.999;

/// Adam with the epsilon of Keras, as the original module had it. Not burn's `ModuleOptimizer`: what that knows of the
/// gradients leaves it only in one go and at once, which a GPU in a browser does not do.
pub struct Adam {
    /// For all devices but the CPU.
    elsewhere: optim::Adam,
    momenta: HashMap<ParamId, Momentum>,
}

/// What is known of a parameter's gradients. In one row, whatever the shape of the parameter.
pub(crate) struct Momentum {
    /// How many gradients it is made of.
    pub(crate) steps: usize,
    pub(crate) first: Tensor<1>,
    pub(crate) second: Tensor<1>,
}

impl Momentum {
    fn none_yet<const D: usize>(gradient: &Tensor<D>) -> Self {
        let zeros = || Tensor::zeros([gradient.shape().num_elements()], &gradient.device());
        Self {
            steps: 0,
            first: zeros(),
            second: zeros(),
        }
    }
}

/// Adam that has seen no gradient.
pub fn adam() -> Adam {
    let elsewhere = AdamConfig::new()
        .with_beta_1(BETA_1)
        .with_beta_2(BETA_2)
        .with_epsilon(EPSILON)
        .build();
    Adam {
        elsewhere,
        momenta: HashMap::new(),
    }
}

impl Adam {
    /// The module after a step of each of its parameters that has a gradient.
    pub fn step<M: Module>(
        &mut self,
        rate: LearningRate,
        module: M,
        gradients: GradientsParams,
    ) -> M {
        let mut step = Step {
            adam: self,
            rate,
            gradients,
        };
        module.map(&mut step)
    }

    pub(crate) fn momentum(&self, parameter: ParamId) -> Option<&Momentum> {
        self.momenta.get(&parameter)
    }

    pub(crate) fn set_momentum(&mut self, parameter: ParamId, momentum: Momentum) {
        self.momenta.insert(parameter, momentum);
    }
}

struct Step<'a> {
    adam: &'a mut Adam,
    rate: LearningRate,
    gradients: GradientsParams,
}

impl ModuleMapper for Step<'_> {
    fn map_float<const D: usize>(&mut self, parameter: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let (id, tensor, mapper) = parameter.consume();
        let tensor = match self.gradients.remove(id) {
            Some(gradient) => {
                let momentum = self.adam.momenta.remove(&id);
                let parameter = tensor.inner();
                let (moved, momentum) = if on_cpu(&parameter) {
                    one_pass(self.rate, parameter, gradient, momentum)
                } else {
                    self.elsewhere(parameter, gradient, momentum)
                };
                self.adam.momenta.insert(id, momentum);
                Tensor::from_inner(moved).require_grad()
            }
            None => tensor,
        };
        Param::from_mapped_value(id, tensor, mapper)
    }
}

impl Step<'_> {
    fn elsewhere<const D: usize>(
        &self,
        parameter: Tensor<D>,
        gradient: Tensor<D>,
        momentum: Option<Momentum>,
    ) -> (Tensor<D>, Momentum) {
        #[cfg(feature = "gpu")]
        if crate::gpu::fits(&parameter.device()) {
            return in_one_kernel(self.rate, parameter, gradient, momentum);
        }
        let adam = &self.adam.elsewhere;
        elsewhere(adam, self.rate, parameter, gradient, momentum)
    }
}

fn one_pass<const D: usize>(
    rate: LearningRate,
    parameter: Tensor<D>,
    gradient: Tensor<D>,
    momentum: Option<Momentum>,
) -> (Tensor<D>, Momentum) {
    let momentum = momentum.unwrap_or_else(|| Momentum::none_yet(&gradient));
    let steps = momentum.steps + 1;
    let [mut first, mut second] = [momentum.first, momentum.second].map(contiguous);
    let mut parameter = contiguous(parameter);
    update(
        &Rates::at(steps, rate),
        parameter.storage_mut(),
        contiguous(gradient).storage(),
        first.storage_mut(),
        second.storage_mut(),
    );
    let [first, second] = [first, second].map(Tensor::from_primitive::<Flex>);
    let momentum = Momentum {
        steps,
        first,
        second,
    };
    (Tensor::from_primitive::<Flex>(parameter), momentum)
}

fn elsewhere<const D: usize>(
    adam: &optim::Adam,
    rate: LearningRate,
    parameter: Tensor<D>,
    gradient: Tensor<D>,
    momentum: Option<Momentum>,
) -> (Tensor<D>, Momentum) {
    let shape = parameter.shape();
    let row = [shape.num_elements()];
    let state = momentum
        .map(|own| AdamState::new(AdaptiveMomentumState::new(own.steps, own.first, own.second)));
    let (moved, state) = adam.step(rate, parameter.reshape(row), gradient.reshape(row), state);
    let state = state.expect("Adam always keeps what it saw").momentum;
    let momentum = Momentum {
        steps: state.time,
        first: state.moment_1,
        second: state.moment_2,
    };
    (moved.reshape(shape), momentum)
}

#[cfg(feature = "gpu")]
fn in_one_kernel<const D: usize>(
    rate: LearningRate,
    parameter: Tensor<D>,
    gradient: Tensor<D>,
    momentum: Option<Momentum>,
) -> (Tensor<D>, Momentum) {
    let momentum = momentum.unwrap_or_else(|| Momentum::none_yet(&gradient));
    let steps = momentum.steps + 1;
    let moments = [momentum.first, momentum.second];
    let rates = Rates::at(steps, rate);
    let (moved, [first, second]) = crate::gpu::update(&rates, parameter, gradient, moments);
    let momentum = Momentum {
        steps,
        first,
        second,
    };
    (moved, momentum)
}

fn on_cpu<const D: usize>(tensor: &Tensor<D>) -> bool {
    use burn::backend::DispatchDevice;
    matches!(tensor.device().as_dispatch(), DispatchDevice::Flex(_))
}

/// The same numbers in one piece, which this tensor alone refers to unless the given one was shared.
fn contiguous<const D: usize>(tensor: Tensor<D>) -> FlexTensor {
    let primitive = tensor.try_into_primitive::<Flex>();
    primitive.expect("a tensor of the CPU").to_contiguous()
}

/// What the size of a step depends on.
pub(crate) struct Rates {
    /// Learning rate, corrected for moments that began at 0.
    pub(crate) step: f32,
    /// [`EPSILON`], corrected likewise.
    pub(crate) epsilon: f32,
}

impl Rates {
    /// `time`: steps, this one included.
    fn at(time: usize, rate: LearningRate) -> Self {
        let time = time as i32;
        let second = (1.0 - BETA_2.powi(time)).sqrt();
        Self {
            step: rate as f32 * second / (1.0 - BETA_1.powi(time)),
            epsilon: EPSILON * second,
        }
    }
}

/// One step of the parameters and of the moments of their gradient.
fn update(
    rates: &Rates,
    parameters: &mut [f32],
    gradient: &[f32],
    first: &mut [f32],
    second: &mut [f32],
) {
    let moments = first.iter_mut().zip(second);
    for ((parameter, gradient), (first, second)) in parameters.iter_mut().zip(gradient).zip(moments)
    {
        *first = *first * BETA_1 + gradient * (1.0 - BETA_1);
        *second = *second * BETA_2 + gradient * gradient * (1.0 - BETA_2);
        *parameter -= rates.step * *first / (second.sqrt() + rates.epsilon);
    }
}
