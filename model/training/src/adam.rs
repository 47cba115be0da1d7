//! Adam (Kingma 2015, arXiv 1412.6980). On the CPU one pass over the parameters, where burn's own takes thirteen: with
//! a million of them, each leaves the cache and comes back.

use burn::{
    backend::{Flex, flex::FlexTensor},
    optim::{
        self, AdamConfig, AdamState, AdaptiveMomentumState, LearningRate, ModuleOptimizer,
        Optimizer,
    },
    tensor::{Device, Tensor},
};

/// As in Keras, and in the original module.
const EPSILON: f32 = 1e-7;
const BETA_1: f32 = 0.9;
const BETA_2: f32 = 0.999;

/// Adam with the epsilon of Keras, as the original module had it.
pub fn adam() -> ModuleOptimizer {
    let elsewhere = AdamConfig::new()
        .with_beta_1(BETA_1)
        .with_beta_2(BETA_2)
        .with_epsilon(EPSILON)
        .build();
    ModuleOptimizer::from(Adam { elsewhere })
}

#[derive(Clone)]
struct Adam {
    /// For all devices but the CPU.
    elsewhere: optim::Adam,
}

impl Optimizer for Adam {
    type State<const D: usize> = AdamState<D>;

    fn step<const D: usize>(
        &self,
        rate: LearningRate,
        parameter: Tensor<D>,
        gradient: Tensor<D>,
        state: Option<AdamState<D>>,
    ) -> (Tensor<D>, Option<AdamState<D>>) {
        if !on_cpu(&parameter) {
            return self.elsewhere.step(rate, parameter, gradient, state);
        }
        let (time, moments) = match state.map(|state| state.momentum) {
            Some(momentum) => (momentum.time + 1, [momentum.moment_1, momentum.moment_2]),
            None => (1, [gradient.zeros_like(), gradient.zeros_like()]),
        };
        let [mut first, mut second] = moments.map(contiguous);
        let mut parameter = contiguous(parameter);
        update(
            &Rates::at(time, rate),
            parameter.storage_mut(),
            contiguous(gradient).storage(),
            first.storage_mut(),
            second.storage_mut(),
        );
        let [parameter, first, second] =
            [parameter, first, second].map(Tensor::from_primitive::<Flex>);
        let momentum = AdaptiveMomentumState::new(time, first, second);
        (parameter, Some(AdamState::new(momentum)))
    }

    fn to_device<const D: usize>(state: AdamState<D>, device: &Device) -> AdamState<D> {
        <optim::Adam as Optimizer>::to_device(state, device)
    }
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
struct Rates {
    /// Learning rate, corrected for moments that began at 0.
    step: f32,
    /// [`EPSILON`], corrected likewise.
    epsilon: f32,
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
