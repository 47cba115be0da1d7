//! The network: its weights, its memory, and the way through its stages.

use super::{
    ComputeError, Features, MIN_SIDE, Reading, Request,
    buffer::{BLOCK, Buffer, block_stride},
    constants::Constants,
    first_convolution::{CHANNELS, FirstConvolution, GreyImage},
    inverted_residual::{Scratch, Source, Stage},
    packing::Packed,
    plan::StagePlan,
    pooling::BlockedMap,
};
use crate::{
    architecture::{FEATURES, inverted_residuals},
    weights::{Weights, WeightsError},
};

/// The weights as the kernels read them, and memory that images of one size need. The memory stays for the next image and
/// grows with the largest one.
pub struct FrozenBackbone {
    first: FirstConvolution,
    /// Stages 1 to 17.
    stages: Vec<Stage>,
    /// Stage 18; `None` if it is not needed.
    last: Option<Packed>,
    constants: Constants,
    image: GreyImage,
    /// Side of the images that `plans` are for.
    side: usize,
    plans: Vec<StagePlan>,
    /// A stage reads one and writes the other.
    maps: [Buffer; 2],
    scratch: Scratch,
}

impl FrozenBackbone {
    /// # Errors
    /// [`WeightsError::Tensor`] names the first tensor that does not fit.
    pub fn new(weights: &Weights) -> Result<Self, WeightsError> {
        Self::for_reading(weights, Reading::GlobalAverage)
    }

    /// As many stages as a reading needs: the weights may lack the others.
    ///
    /// # Errors
    /// [`WeightsError::Tensor`] names the first tensor that does not fit.
    pub fn for_reading(weights: &Weights, reading: Reading) -> Result<Self, WeightsError> {
        let shapes = inverted_residuals();
        let narrow = shapes.last().map_or(CHANNELS, |shape| shape.output);
        let last_stage = shapes.len() + 1;
        let last = match reading {
            Reading::Grid => None,
            Reading::GlobalAverage => Some(Packed::load(
                weights,
                &format!("{last_stage}.conv"),
                [FEATURES, narrow, 1, 1],
            )?),
        };
        let stages = shapes.into_iter().take(reading.depth() - 1).enumerate();
        Ok(Self {
            first: FirstConvolution::load(weights)?,
            stages: stages
                .map(|(index, shape)| Stage::load(weights, index + 1, shape))
                .collect::<Result<_, _>>()?,
            last,
            constants: Constants::new(),
            image: GreyImage::default(),
            side: 0,
            plans: Vec::new(),
            maps: Default::default(),
            scratch: Scratch::default(),
        })
    }

    /// What is asked for of an image, in one pass. The same input gives the same bits, whatever was computed before.
    ///
    /// # Shapes
    /// input `[side * side]`, row-major, 0 to 1
    ///
    /// # Errors
    /// [`ComputeError`] when the image is too small or not of the request's size, when more stages are to be frozen than
    /// the reading has, or when the last stages are read and were left out.
    pub fn compute(&mut self, request: &Request, input: &[f32]) -> Result<Features, ComputeError> {
        check(request, input)?;
        if request.reading == Reading::GlobalAverage && self.last.is_none() {
            return Err(ComputeError::LastStage);
        }
        self.resize(request.side);
        self.image.set(request.side, input);
        let frozen_map = (request.cut < request.reading.depth()).then_some(request.cut);
        let mut feature_map = match frozen_map {
            Some(0) => input.to_vec(),
            Some(1) => self.first_map(),
            _ => Vec::new(),
        };
        let last = match request.reading {
            // The last stage is not among the inverted residuals.
            Reading::GlobalAverage => self.stages.len(),
            Reading::Grid => request.reading.depth() - 1,
        };
        for stage in 1..=last {
            self.run(stage);
            if frozen_map == Some(stage + 1) {
                feature_map = self.map(stage).to_row_major();
            }
        }
        let map = self.map(last);
        let embedding = match (request.reading, &self.last) {
            (Reading::GlobalAverage, Some(last)) => map.convolved_averages(last, &self.constants),
            _ => map.grid_averages(),
        };
        Ok(Features {
            embedding,
            feature_map,
        })
    }

    /// Makes plans and room for images of this side.
    fn resize(&mut self, side: usize) {
        if self.side == side {
            return;
        }
        self.side = side;
        self.plans.clear();
        let mut side = side.div_ceil(2);
        let mut map = 0;
        for stage in &self.stages {
            let plan = StagePlan::new(&stage.shape, side);
            side = plan.out_side;
            map = map.max(stage.shape.output / BLOCK * block_stride(side * side));
            self.plans.push(plan);
        }
        self.scratch.resize(self.stages.iter().zip(&self.plans));
        for buffer in &mut self.maps {
            buffer.ensure(map);
        }
    }

    /// One of the stages 1 to 17.
    fn run(&mut self, stage: usize) {
        let [even, odd] = &mut self.maps;
        let (from, to) = if stage.is_multiple_of(2) {
            (odd, even)
        } else {
            (even, odd)
        };
        let from = match stage {
            1 => Source::Image(&self.first, &self.image),
            _ => Source::Map(from),
        };
        self.stages[stage - 1].run(
            &self.plans[stage - 1],
            from,
            to,
            &mut self.scratch,
            &self.constants,
        );
    }

    /// What one of the stages 1 to 17 has put out.
    fn map(&self, stage: usize) -> BlockedMap<'_> {
        BlockedMap {
            floats: &self.maps[stage % 2],
            channels: self.stages[stage - 1].shape.output,
            side: self.plans[stage - 1].out_side,
        }
    }

    /// What stage 0 puts out, `[C, H, W]`. The pass through the stages makes it by rows and keeps none.
    fn first_map(&self) -> Vec<f32> {
        let side = self.image.output_side();
        let stride = block_stride(side * side);
        let mut floats = vec![0.0; CHANNELS / BLOCK * stride];
        for (block, map) in floats.chunks_exact_mut(stride).enumerate() {
            let rows = map.chunks_exact_mut(side * BLOCK).take(side);
            for (y, row) in rows.enumerate() {
                self.first.row(&self.image, block, y, row, &self.constants);
            }
        }
        BlockedMap {
            floats: &floats,
            channels: CHANNELS,
            side,
        }
        .to_row_major()
    }
}

fn check(request: &Request, input: &[f32]) -> Result<(), ComputeError> {
    let &Request { side, reading, cut } = request;
    let depth = reading.depth();
    if side < MIN_SIDE {
        return Err(ComputeError::TooSmall { side });
    }
    if side.checked_mul(side) != Some(input.len()) {
        return Err(ComputeError::Input {
            side,
            numbers: input.len(),
        });
    }
    if cut > depth {
        return Err(ComputeError::TooDeep { cut, depth });
    }
    Ok(())
}
