//! An inverted residual, by strips of rows: eight hidden channels of a strip are widened and filtered at once, while they
//! are in the first cache, and all of a strip's are narrowed when they are there.

use super::{
    buffer::{BLOCK, Buffer, block_stride},
    constants::Constants,
    depthwise::{Depthwise, depthwise},
    first_convolution::{FirstConvolution, GreyImage},
    packing::Packed,
    plan::{StagePlan, Strip},
    pointwise::{Pointwise, Store, pointwise},
};
use crate::{
    architecture::InvertedResidual,
    weights::{Weights, WeightsError},
};

/// Shape and weights.
pub(super) struct Stage {
    pub(super) shape: InvertedResidual,
    /// `None` in stage 1, whose hidden channels are what the first convolution makes.
    expand: Option<Packed>,
    depthwise: Packed,
    project: Packed,
}

/// What the hidden channels are made of.
#[derive(Clone, Copy)]
pub(super) enum Source<'a> {
    /// The first convolution of an image, in place of a widening.
    Image(&'a FirstConvolution, &'a GreyImage),
    Map(&'a [f32]),
}

/// Memory of a strip.
#[derive(Default)]
pub(super) struct Scratch {
    /// A row of zeros, which stands for those outside the image, then the rings of hidden channels.
    ring: Buffer,
    /// Floats of the row of zeros.
    zeros: usize,
    /// Hidden channels after the filter.
    filtered: Buffer,
    /// See [`Depthwise::rows`].
    rows: Vec<[usize; 3]>,
}

impl Scratch {
    /// Makes room for these stages.
    pub(super) fn resize<'a>(&mut self, stages: impl Iterator<Item = (&'a Stage, &'a StagePlan)>) {
        let [mut zeros, mut ring, mut filtered] = [0; 3];
        for (stage, plan) in stages {
            let hidden = stage.shape.hidden;
            zeros = zeros.max(block_stride(plan.side + 2));
            ring = ring.max(plan.rings(hidden) * plan.ring());
            filtered = filtered.max(hidden / BLOCK * plan.filtered_stride());
        }
        self.zeros = zeros;
        self.ring.ensure(zeros + ring);
        self.ring[..zeros].fill(0.0);
        self.filtered.ensure(filtered);
    }
}

impl Stage {
    pub(super) fn load(
        weights: &Weights,
        stage: usize,
        shape: InvertedResidual,
    ) -> Result<Self, WeightsError> {
        let InvertedResidual {
            input,
            hidden,
            output,
            ..
        } = shape;
        let load = |name, shape| Packed::load(weights, &format!("{stage}.{name}"), shape);
        Ok(Self {
            expand: (hidden != input)
                .then(|| load("expand", [hidden, input, 1, 1]))
                .transpose()?,
            depthwise: load("depthwise", [hidden, 1, 3, 3])?,
            project: load("project", [output, hidden, 1, 1])?,
            shape,
        })
    }

    /// From a map, or from the image, to a map.
    pub(super) fn run(
        &self,
        plan: &StagePlan,
        from: Source<'_>,
        to: &mut [f32],
        scratch: &mut Scratch,
        constants: &Constants,
    ) {
        let step = Step {
            stage: self,
            plan,
            from,
            constants,
        };
        step.clear_columns(scratch);
        for strip in plan.strips() {
            for block in 0..self.depthwise.blocks() {
                step.widen(&strip, block, scratch);
                step.filter(&strip, block, scratch);
            }
            step.narrow(&strip, to, scratch);
        }
    }
}

/// A stage at work.
struct Step<'a> {
    stage: &'a Stage,
    plan: &'a StagePlan,
    from: Source<'a>,
    constants: &'a Constants,
}

impl Step<'_> {
    /// The columns before and after the image.
    fn clear_columns(&self, scratch: &mut Scratch) {
        let pitch = self.plan.pitch();
        for ring in 0..self.plan.rings(self.stage.shape.hidden) {
            let ring = &mut scratch.ring[scratch.zeros + ring * self.plan.ring_stride()..];
            for row in self.plan.ring_rows() {
                ring[row..][..BLOCK].fill(0.0);
                ring[row + pitch - BLOCK..][..BLOCK].fill(0.0);
            }
        }
    }

    /// The strip's new rows of a block of hidden channels, into its ring.
    fn widen(&self, strip: &Strip, block: usize, scratch: &mut Scratch) {
        let plan = self.plan;
        let ring = &mut scratch.ring[scratch.zeros + block * plan.ring_stride()..];
        match (self.from, &self.stage.expand) {
            (Source::Map(map), Some(expand)) => pointwise(
                &Pointwise {
                    from: &map[strip.new.start * plan.side * BLOCK..],
                    stride: block_stride(plan.side * plan.side),
                    channels: self.stage.shape.input,
                    panel: expand.panel(block),
                    pixels: strip.new.len() * plan.side,
                    constants: self.constants,
                },
                Store::Placed {
                    to: ring,
                    places: &plan.places,
                    first: plan.place(strip.new.start),
                },
            ),
            (Source::Image(convolution, image), None) => {
                for y in strip.new.clone() {
                    if let Some(row) = plan.ring_row(y) {
                        let to = &mut ring[row + BLOCK..];
                        convolution.row(image, block, y, to, self.constants);
                    }
                }
            }
            _ => unreachable!("only the image's stage has no widening"),
        }
    }

    /// The strip's output rows of a block of hidden channels, out of its ring.
    fn filter(&self, strip: &Strip, block: usize, scratch: &mut Scratch) {
        let plan = self.plan;
        let stride = self.stage.shape.stride;
        let ring = scratch.zeros + block * plan.ring_stride();
        scratch.rows.clear();
        scratch.rows.extend(strip.output.clone().map(|y| {
            [0, 1, 2].map(|up| {
                // Above the image it wraps around, which is outside too.
                let row = plan.ring_row((stride * y + up).wrapping_sub(1));
                row.map_or(0, |row| ring + row)
            })
        }));
        let what = Depthwise {
            from: &scratch.ring,
            rows: &scratch.rows,
            panel: self.stage.depthwise.panel(block),
            to: &mut scratch.filtered[block * plan.filtered_stride()..],
            width: plan.out_side,
            constants: self.constants,
        };
        if stride == 1 {
            depthwise::<1>(what);
        } else {
            depthwise::<2>(what);
        }
    }

    /// The strip's output rows, all channels.
    fn narrow(&self, strip: &Strip, to: &mut [f32], scratch: &Scratch) {
        let (stage, plan) = (self.stage, self.plan);
        let width = plan.out_side;
        for block in 0..stage.project.blocks() {
            let begin = block * block_stride(width * width) + strip.output.start * width * BLOCK;
            let what = Pointwise {
                from: &scratch.filtered,
                stride: plan.filtered_stride(),
                channels: stage.shape.hidden,
                panel: stage.project.panel(block),
                pixels: strip.output.len() * width,
                constants: self.constants,
            };
            let to = &mut to[begin..];
            let store = match self.from {
                Source::Map(map) if stage.adds_input() => Store::Added {
                    to,
                    residual: &map[begin..],
                },
                _ => Store::Plain { to },
            };
            pointwise(&what, store);
        }
    }
}

impl Stage {
    fn adds_input(&self) -> bool {
        self.shape.stride == 1 && self.shape.input == self.shape.output
    }
}
