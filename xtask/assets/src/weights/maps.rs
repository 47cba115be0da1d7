//! Feature maps of some films, and what a convolution makes of them, in `f64` and a fixed order.

use super::fold::Convolution;

/// Square maps of several films.
#[derive(Clone, Debug, PartialEq)]
pub struct Maps {
    pub channels: usize,
    /// Pixels.
    pub side: usize,
    /// One film each: `[channels * side * side]`, row-major.
    pub films: Vec<Vec<f64>>,
}

impl Maps {
    /// The convolution with its bias; borders are padded with zeros so that a stride of 1 keeps the size.
    /// Each output channel reads one input channel if the weights are `[out, 1, height, width]`, else all.
    pub fn convolved(&self, convolution: &Convolution, stride: usize) -> Self {
        let [outputs, inputs, kernel, _] = convolution.shape[..] else {
            unreachable!("a convolution's weights have four dimensions");
        };
        let side = self.side.div_ceil(stride);
        let films = self.films.iter().map(|film| {
            let mut maps = Vec::with_capacity(outputs * side * side);
            for output in 0..outputs {
                let mut map = vec![convolution.bias[output]; side * side];
                for input in 0..inputs {
                    let at = (output * inputs + input) * kernel * kernel;
                    let taps = &convolution.weight[at..at + kernel * kernel];
                    let channel = if inputs == 1 { output } else { input };
                    let source = &film[channel * self.side * self.side..][..self.side * self.side];
                    if kernel == 1 {
                        add(&mut map, source, taps[0]);
                    } else {
                        add_filtered(&mut map, (source, self.side), taps, stride);
                    }
                }
                maps.extend(map);
            }
            maps
        });
        Self {
            channels: outputs,
            side,
            films: films.collect(),
        }
    }

    /// Each value by itself.
    pub fn map(&mut self, change: impl Fn(f64) -> f64) {
        for value in self.films.iter_mut().flatten() {
            *value = change(*value);
        }
    }

    /// Adds maps of the same shape.
    pub fn add(&mut self, other: &Self) {
        for (film, other) in self.films.iter_mut().zip(&other.films) {
            add(film, other, 1.0);
        }
    }

    /// Adds a number to each channel.
    pub fn shift(&mut self, shifts: &[f64]) {
        let area = self.side * self.side;
        for film in &mut self.films {
            for (map, shift) in film.chunks_exact_mut(area).zip(shifts) {
                map.iter_mut().for_each(|value| *value += shift);
            }
        }
    }

    /// The mean of each channel over films and pixels.
    pub fn means(&self) -> Vec<f64> {
        let area = self.side * self.side;
        let number = (self.films.len() * area) as f64;
        let mut sums = vec![0.0; self.channels];
        for film in &self.films {
            for (sum, map) in sums.iter_mut().zip(film.chunks_exact(area)) {
                *sum += map.iter().sum::<f64>();
            }
        }
        sums.iter().map(|sum| sum / number).collect()
    }

    /// The covariance of the channels over films and pixels, `[channels * channels]`.
    pub fn covariance(&self) -> Vec<f64> {
        let (area, n) = (self.side * self.side, self.channels);
        let number = (self.films.len() * area) as f64;
        let means = self.means();
        let mut covariance = vec![0.0; n * n];
        for film in &self.films {
            for pixel in 0..area {
                let values = film.iter().skip(pixel).step_by(area);
                let off: Vec<f64> = values
                    .zip(&means)
                    .map(|(value, mean)| value - mean)
                    .collect();
                for (row, factor) in covariance.chunks_exact_mut(n).zip(&off) {
                    add(row, &off, factor / number);
                }
            }
        }
        covariance
    }
}

fn add(sums: &mut [f64], values: &[f64], factor: f64) {
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum += factor * value;
    }
}

/// Adds what a kernel of odd side makes of the source.
fn add_filtered(map: &mut [f64], (source, side): (&[f64], usize), taps: &[f64], stride: usize) {
    let kernel = taps.len().isqrt();
    let padding = kernel / 2;
    let width = side.div_ceil(stride);
    for (at, sum) in map.iter_mut().enumerate() {
        let (x, y) = (at % width * stride, at / width * stride);
        for (tap, weight) in taps.iter().enumerate() {
            let (x, y) = (x + tap % kernel, y + tap / kernel);
            let within = padding..padding + side;
            if within.contains(&x) && within.contains(&y) {
                *sum += weight * source[(y - padding) * side + x - padding];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn maps(channels: usize, side: usize, values: &[f64]) -> Maps {
        Maps {
            channels,
            side,
            films: vec![values.to_vec()],
        }
    }

    fn convolution(shape: [usize; 4], weight: &[f64], bias: &[f64]) -> Convolution {
        Convolution {
            shape: shape.to_vec(),
            weight: weight.to_vec(),
            bias: bias.to_vec(),
        }
    }

    #[test]
    fn a_pointwise_convolution_mixes_channels() {
        let mixed = maps(2, 2, &[1.0, 2.0, 3.0, 4.0, 10.0, 20.0, 30.0, 40.0])
            .convolved(&convolution([1, 2, 1, 1], &[2.0, -0.1], &[0.5]), 1);
        assert_eq!(mixed, maps(1, 2, &[1.5, 2.5, 3.5, 4.5]));
    }

    #[test]
    fn a_depthwise_convolution_keeps_channels_apart_and_pads_with_zeros() {
        let ones = [1.0; 9];
        let sums = maps(2, 2, &[1.0, 2.0, 3.0, 4.0, 1.0, 0.0, 0.0, 0.0]).convolved(
            &convolution([2, 1, 3, 3], &[ones, ones].concat(), &[0.0, 1.0]),
            1,
        );
        assert_eq!(
            sums,
            maps(2, 2, &[10.0, 10.0, 10.0, 10.0, 2.0, 2.0, 2.0, 2.0])
        );
    }

    #[test]
    fn a_stride_of_two_starts_at_the_corner() {
        let mut middle = [0.0; 9];
        middle[4] = 1.0;
        let numbers: Vec<f64> = (0..16).map(f64::from).collect();
        let reduced =
            maps(1, 4, &numbers).convolved(&convolution([1, 1, 3, 3], &middle, &[0.0]), 2);
        assert_eq!(reduced, maps(1, 2, &[0.0, 2.0, 8.0, 10.0]));
    }

    #[test]
    fn means_and_covariance_are_over_films_and_pixels() {
        let mut two = maps(2, 1, &[1.0, 4.0]);
        two.films.push(vec![3.0, 0.0]);
        assert_eq!(two.means(), [2.0, 2.0]);
        assert_eq!(two.covariance(), [1.0, -2.0, -2.0, 4.0]);
        two.shift(&[-2.0, 1.0]);
        assert_eq!(two.means(), [0.0, 3.0]);
    }
}
