//! Constants that LLVM must not know.

use std::hint::black_box;

use super::simd::F4;

/// Constants that the kernels take from memory. LLVM would make vectors of known limits anew at each use, and would drop a
/// [`barrier`](super::tile) on a number that it knows.
pub(super) struct Constants {
    /// Zero and six, four times each.
    limits: [[f32; 4]; 2],
    /// Rows of the first convolution's kernel: 3.
    pub(super) kernel_rows: usize,
    /// Two widths that no image has.
    pub(super) no_widths: [usize; 2],
}

impl Constants {
    pub(super) fn new() -> Self {
        black_box(Self {
            limits: [[0.0; 4], [6.0; 4]],
            kernel_rows: 3,
            no_widths: [usize::MAX, usize::MAX - 1],
        })
    }

    /// The limits of ReLU6.
    #[inline(always)]
    pub(super) fn limits(&self) -> [F4; 2] {
        [F4::of(&self.limits[0]), F4::of(&self.limits[1])]
    }
}
