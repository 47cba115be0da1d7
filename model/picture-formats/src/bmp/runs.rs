//! Runs of indices, RLE4 and RLE8: what a file jumps over has index 0.

use super::Header;
use crate::Refusal;

/// From the top.
pub fn indices(packed: &[u8], header: &Header) -> Result<Vec<u8>, Refusal> {
    let (width, height) = (header.width as usize, header.height as usize);
    let mut canvas = Canvas {
        indices: vec![0; width * height],
        width,
        height,
        x: 0,
        y: 0,
    };
    let half = header.bits == 4;
    let mut packed = packed.iter().copied();
    let mut next = || packed.next().ok_or(Refusal::Damaged);
    // The indices in a byte, by turns.
    let part = |byte: u8, at: usize| match (half, at % 2) {
        (false, _) => byte,
        (true, 0) => byte >> 4,
        (true, _) => byte & 15,
    };
    loop {
        match (next()?, next()?) {
            (0, 0) => canvas.end_row(),
            (0, 1) => return Ok(canvas.indices),
            (0, 2) => {
                let (right, up) = (next()?, next()?);
                canvas.x += usize::from(right);
                canvas.y += usize::from(up);
            }
            (0, n) => {
                let n = usize::from(n);
                let bytes = if half { n.div_ceil(2) } else { n };
                let mut byte = 0;
                for at in 0..n {
                    if !half || at % 2 == 0 {
                        byte = next()?;
                    }
                    canvas.put(part(byte, at))?;
                }
                if bytes % 2 == 1 {
                    next()?;
                }
            }
            (n, byte) => {
                for at in 0..usize::from(n) {
                    canvas.put(part(byte, at))?;
                }
            }
        }
    }
}

struct Canvas {
    indices: Vec<u8>,
    width: usize,
    height: usize,
    x: usize,
    /// From the bottom.
    y: usize,
}

impl Canvas {
    fn end_row(&mut self) {
        self.x = 0;
        self.y += 1;
    }

    /// What reaches beyond a row is left out, as other programs do.
    fn put(&mut self, index: u8) -> Result<(), Refusal> {
        if self.y >= self.height {
            return Err(Refusal::Damaged);
        }
        if self.x < self.width {
            let row = self.height - 1 - self.y;
            self.indices[row * self.width + self.x] = index;
        }
        self.x += 1;
        Ok(())
    }
}
