//! Where a worker computes its parts of a run's steps.

use std::collections::HashMap;

use burn::tensor::Device;
use mobilenet::weights::Weights;
use training::{
    features::View,
    sharing::{Lesson, PartialGradient, Replica, SharedImage},
};

use super::messages::{Input, Told};

pub(super) struct Bench {
    replica: Result<Replica, String>,
    kept: HashMap<View, Vec<f32>>,
    /// Numbers that may still be kept.
    room: usize,
    /// Of them when nothing is kept.
    whole_room: usize,
}

impl Bench {
    /// `memory`: bytes of images that it may keep.
    pub(super) fn new(memory: usize) -> Self {
        Self {
            replica: Err("it was asked for a step of nothing".into()),
            kept: HashMap::new(),
            room: memory / 4,
            whole_room: memory / 4,
        }
    }

    /// Forgets what it has, and makes ready for steps of this.
    pub(super) fn begin(&mut self, lesson: Lesson, weights: &Weights) {
        self.kept.clear();
        self.room = self.whole_room;
        let replica = Replica::new(lesson, weights, &Device::flex());
        self.replica = replica.map_err(|error| error.to_string());
    }

    /// `rows`: so many parameters, so many numbers of a mask, and what has not been kept of the images.
    ///
    /// # Errors
    /// A sentence when they do not fit each other or the network.
    pub(super) fn step(
        &mut self,
        parameters: usize,
        mask: Option<usize>,
        images: &[Told],
        rows: &[f32],
    ) -> Result<PartialGradient, String> {
        let mut rest = rows;
        let mut cut = |n: usize| {
            let (own, left) = rest
                .split_at_checked(n)
                .ok_or("fewer numbers came than were announced")?;
            rest = left;
            Ok::<_, String>(own)
        };
        let parameters = cut(parameters)?;
        let mask = mask.map(&mut cut).transpose()?;
        let mut once = Vec::with_capacity(images.len());
        for image in images {
            once.push(match image.input {
                Input::Kept => None,
                Input::Once(n) => Some(cut(n)?),
                Input::Keep(n) => {
                    let own = cut(n)?;
                    let room = self.room.checked_sub(n);
                    self.room = room.ok_or("more is to be kept than there is room for")?;
                    self.kept.insert(image.view, own.to_vec());
                    None
                }
            });
        }
        let shared = images.iter().zip(once).map(|(image, once)| {
            let kept = || self.kept.get(&image.view).map(Vec::as_slice);
            Some(SharedImage {
                view: image.view,
                class: image.class,
                input: once.or_else(kept)?,
            })
        });
        let shared: Option<Vec<SharedImage<'_>>> = shared.collect();
        let shared = shared.ok_or("an image is missing that was to be kept")?;
        let replica = self.replica.as_mut().map_err(|problem| problem.clone())?;
        let part = replica.gradient(parameters, &shared, mask);
        pollster::block_on(part).map_err(|error| error.to_string())
    }
}
