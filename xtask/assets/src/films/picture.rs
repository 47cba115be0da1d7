//! A grey picture in floating point, and the filters that a film goes through.

/// Row-major, top row first.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    pub width: usize,
    pub height: usize,
    pub pixels: Vec<f32>,
}

impl Picture {
    /// Gaussian blur; deviations in pixels across and down. The border pixels go on outside.
    pub fn blurred(&self, across: f64, down: f64) -> Self {
        self.convolved(&gaussian(across), 1)
            .convolved(&gaussian(down), self.width)
    }

    fn convolved(&self, kernel: &[f32], step: usize) -> Self {
        let (length, radius) = (
            if step == 1 { self.width } else { self.height },
            kernel.len() / 2,
        );
        let pixels = (0..self.pixels.len()).map(|at| {
            let place = at / step % length;
            let start = at - place * step;
            let taps = kernel.iter().enumerate().map(|(tap, weight)| {
                let index = (place + tap).saturating_sub(radius).min(length - 1);
                weight * self.pixels[start + index * step]
            });
            taps.sum()
        });
        Self {
            pixels: pixels.collect(),
            ..*self
        }
    }

    /// Without `margin` pixels on each side.
    pub fn trimmed(&self, margin: usize) -> Self {
        let (width, height) = (self.width - 2 * margin, self.height - 2 * margin);
        let rows = self
            .pixels
            .chunks_exact(self.width)
            .skip(margin)
            .take(height);
        Self {
            width,
            height,
            pixels: rows
                .flat_map(|row| &row[margin..margin + width])
                .copied()
                .collect(),
        }
    }

    /// A quarter turn clockwise.
    pub fn turned(&self) -> Self {
        let (width, height) = (self.height, self.width);
        let pixels = (0..width * height).map(|at| {
            let (x, y) = (at % width, at / width);
            self.pixels[(self.height - 1 - x) * self.width + y]
        });
        Self {
            width,
            height,
            pixels: pixels.collect(),
        }
    }

    /// The value below which this fraction of the pixels lies.
    pub fn percentile(&self, fraction: f64) -> f32 {
        let mut sorted = self.pixels.clone();
        sorted.sort_by(f32::total_cmp);
        sorted[(fraction * (sorted.len() - 1) as f64).round() as usize]
    }

    /// Changes each pixel by itself.
    pub fn map(mut self, change: impl FnMut(f32) -> f32) -> Self {
        let mut change = change;
        self.pixels
            .iter_mut()
            .for_each(|pixel| *pixel = change(*pixel));
        self
    }

    /// 0 black to 255 white, from values of 0 to 1.
    pub fn bytes(&self) -> Vec<u8> {
        let bytes = self
            .pixels
            .iter()
            .map(|pixel| (pixel.clamp(0.0, 1.0) * 255.0).round() as u8);
        bytes.collect()
    }
}

/// Sums to 1; a single 1 if there is nothing to blur.
fn gaussian(deviation: f64) -> Vec<f32> {
    if deviation < 0.05 {
        return vec![1.0];
    }
    let radius = (3.0 * deviation).ceil() as i32;
    let weights = (-radius..=radius).map(|i| {
        let distance = f64::from(i) / deviation;
        libm::exp(-0.5 * distance * distance)
    });
    let weights: Vec<f64> = weights.collect();
    let sum: f64 = weights.iter().sum();
    weights
        .into_iter()
        .map(|weight| (weight / sum) as f32)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dot() -> Picture {
        let mut pixels = vec![0.0; 21 * 15];
        pixels[7 * 21 + 10] = 1.0;
        Picture {
            width: 21,
            height: 15,
            pixels,
        }
    }

    #[test]
    fn blurs_by_the_asked_deviations() {
        let blurred = dot().blurred(2.0, 1.0);
        let spread = |place: &dyn Fn(usize) -> f64| -> f64 {
            let pixels = blurred.pixels.iter().enumerate();
            pixels
                .map(|(at, &value)| f64::from(value) * place(at) * place(at))
                .sum()
        };
        let (across, down) = (
            spread(&|at| (at % 21) as f64 - 10.0),
            spread(&|at| (at / 21) as f64 - 7.0),
        );
        assert!((across - 4.0).abs() < 0.2, "variance across {across}");
        assert!((down - 1.0).abs() < 0.1, "variance down {down}");
        assert!((blurred.pixels.iter().sum::<f32>() - 1.0).abs() < 1e-5);
    }

    #[test]
    fn turns_clockwise() {
        let picture = Picture {
            width: 2,
            height: 3,
            pixels: vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0],
        };
        let turned = picture.turned();
        assert_eq!((turned.width, turned.height), (3, 2));
        assert_eq!(turned.pixels, [5.0, 3.0, 1.0, 6.0, 4.0, 2.0]);
        assert_eq!(picture.percentile(0.5), 4.0);
    }

    #[test]
    fn trims_its_margin() {
        let trimmed = dot().trimmed(7);
        assert_eq!((trimmed.width, trimmed.height), (7, 1));
        assert_eq!(trimmed.pixels, [0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0]);
    }
}
