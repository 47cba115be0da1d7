//! Numbers on a regular grid in space, and how they are resampled.

/// `values[(z * size[1] + y) * size[0] + x]`.
#[derive(Clone, Debug)]
pub struct Grid {
    pub values: Vec<f32>,
    pub size: [usize; 3],
    /// Millimetres between neighbours along each axis.
    pub spacing: [f64; 3],
}

impl Grid {
    /// Millimetres along each axis.
    pub fn extent(&self) -> [f64; 3] {
        std::array::from_fn(|axis| self.size[axis] as f64 * self.spacing[axis])
    }

    /// Keeps the slices up to `end` millimetres from the top.
    pub fn cut_below(mut self, end: f64) -> Self {
        let kept = ((end / self.spacing[2]) as usize).min(self.size[2]);
        self.values.truncate(kept * self.size[0] * self.size[1]);
        self.size[2] = kept;
        self
    }

    /// Leaves out what is empty before and behind, so that rays are short.
    pub fn without_empty_depth(&self) -> Self {
        let [nx, ny, nz] = self.size;
        let rows = |y: usize| (0..nz).map(move |z| (z * ny + y) * nx);
        let filled =
            |y: &usize| rows(*y).any(|row| self.values[row..row + nx].iter().any(|&v| v != 0.0));
        let first = (0..ny).find(filled).unwrap_or(0);
        let last = (0..ny).rfind(filled).unwrap_or(ny - 1);
        // One empty plane on each side stays: beyond the outermost samples there is nothing at once.
        let (first, last) = (first.saturating_sub(1), (last + 1).min(ny - 1));
        let planes = self.values.chunks_exact(nx * ny);
        Self {
            values: planes
                .flat_map(|plane| &plane[first * nx..(last + 1) * nx])
                .copied()
                .collect(),
            size: [nx, last + 1 - first, nz],
            spacing: self.spacing,
        }
    }

    /// Averages pairs of neighbours in x and y.
    pub fn halved_in_plane(&self) -> Self {
        let [nx, ny, nz] = [self.size[0] / 2, self.size[1] / 2, self.size[2]];
        let mut values = Vec::with_capacity(nx * ny * nz);
        for z in 0..nz {
            for y in 0..ny {
                let upper = (z * self.size[1] + 2 * y) * self.size[0];
                let lower = upper + self.size[0];
                values.extend((0..nx).map(|x| {
                    let sum = |row: usize| self.values[row + 2 * x] + self.values[row + 2 * x + 1];
                    0.25 * (sum(upper) + sum(lower))
                }));
            }
        }
        Self {
            values,
            size: [nx, ny, nz],
            spacing: [
                2.0 * self.spacing[0],
                2.0 * self.spacing[1],
                self.spacing[2],
            ],
        }
    }

    /// Twice as many samples along each axis, by cubic convolution (Catmull-Rom, after Keys 1981,
    /// doi 10.1109/TASSP.1981.1163711): a coarse scan would show its voxels otherwise.
    pub fn doubled(&self) -> Self {
        let mut grid = self.clone();
        for axis in 0..3 {
            grid = grid.doubled_along(axis);
        }
        grid
    }

    fn doubled_along(&self, axis: usize) -> Self {
        // Weights of the four samples around a point a quarter of the way between the middle two.
        const NEAR: [f32; 4] = [-0.070_312_5, 0.867_187_5, 0.226_562_5, -0.023_437_5];
        let stride: usize = self.size[..axis].iter().product();
        let length = self.size[axis];
        let mut size = self.size;
        size[axis] *= 2;
        let mut spacing = self.spacing;
        spacing[axis] /= 2.0;
        let mut values = vec![0.0; 2 * self.values.len()];
        for (block, chunk) in self.values.chunks_exact(stride * length).enumerate() {
            for i in 0..2 * length {
                // Sample `i` lies a quarter of an old step before or after the old sample `i / 2`.
                let (centre, forward) = ((i / 2) as isize, i % 2 == 1);
                let taps: [usize; 4] = std::array::from_fn(|tap| {
                    let step = tap as isize - 1;
                    let index = if forward {
                        centre + step
                    } else {
                        centre - step
                    };
                    index.clamp(0, length as isize - 1) as usize * stride
                });
                let out = (block * 2 * length + i) * stride;
                for j in 0..stride {
                    values[out + j] = (0..4).map(|tap| NEAR[tap] * chunk[taps[tap] + j]).sum();
                }
            }
        }
        Self {
            values,
            size,
            spacing,
        }
    }

    /// The value at a point in millimetres from the grid's corner, trilinear between the samples.
    /// Above and below the grid its outer slices go on; at its sides there is nothing.
    pub fn at(&self, point: [f64; 3]) -> f32 {
        let [nx, ny, nz] = self.size;
        let place: [f64; 3] = std::array::from_fn(|axis| point[axis] / self.spacing[axis] - 0.5);
        let (x, y) = (place[0], place[1]);
        if x < 0.0 || y < 0.0 || x >= (nx - 1) as f64 || y >= (ny - 1) as f64 {
            return 0.0;
        }
        let z = place[2].clamp(0.0, (nz - 1) as f64);
        let (xi, yi, zi) = (
            x as usize,
            y as usize,
            (z as usize).min(nz.saturating_sub(2)),
        );
        let (fx, fy, fz) = (
            (x - xi as f64) as f32,
            (y - yi as f64) as f32,
            (z - zi as f64) as f32,
        );
        let plane = |z: usize| {
            let row = |y: usize| {
                let start = (z * ny + y) * nx + xi;
                self.values[start] * (1.0 - fx) + self.values[start + 1] * fx
            };
            row(yi) * (1.0 - fy) + row(yi + 1) * fy
        };
        plane(zi) * (1.0 - fz) + plane((zi + 1).min(nz - 1)) * fz
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ramp() -> Grid {
        Grid {
            values: (0..6 * 5 * 4).map(|i| (i % 6) as f32).collect(),
            size: [6, 5, 4],
            spacing: [2.0, 1.0, 3.0],
        }
    }

    #[test]
    fn resampling_keeps_a_ramp_and_its_place() {
        let grid = ramp();
        let doubled = grid.doubled();
        assert_eq!(doubled.size, [12, 10, 8]);
        assert_eq!(doubled.extent(), grid.extent());
        // 6.5 mm from the corner is 2.75 steps of 2 mm beyond the first sample.
        for sampled in [grid.at([6.5, 2.5, 6.0]), doubled.at([6.5, 2.5, 6.0])] {
            assert!((sampled - 2.75).abs() < 1e-5, "{sampled}");
        }
        let halved = grid.halved_in_plane();
        assert_eq!(halved.size, [3, 2, 4]);
        assert_eq!(halved.values[..3], [0.5, 2.5, 4.5]);
    }

    #[test]
    fn goes_on_above_and_below_and_ends_at_the_sides() {
        let grid = ramp();
        assert_eq!(grid.at([5.0, 2.5, -40.0]), 2.0);
        assert_eq!(grid.at([5.0, 2.5, 90.0]), 2.0);
        assert_eq!(grid.at([-1.0, 2.5, 6.0]), 0.0);
        assert_eq!(grid.at([5.0, 7.0, 6.0]), 0.0);
    }

    #[test]
    fn leaves_out_empty_depth() {
        let mut grid = ramp();
        for (at, value) in grid.values.iter_mut().enumerate() {
            if !(3..4).contains(&(at / 6 % 5)) {
                *value = 0.0;
            }
        }
        let shallow = grid.without_empty_depth();
        assert_eq!(shallow.size, [6, 3, 4]);
        assert_eq!(shallow.values[..6], [0.0; 6]);
        assert_eq!(shallow.values[6..12], [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]);
    }

    #[test]
    fn cuts_whole_slices() {
        assert_eq!(ramp().cut_below(7.0).size, [6, 5, 2]);
    }
}
