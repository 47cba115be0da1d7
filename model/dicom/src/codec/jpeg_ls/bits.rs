//! Bits of a JPEG-LS scan, T.87, A.1 and C.2.1.

use super::Fault;

/// After a byte 255 the highest bit of the next is left out; if it is 1, a marker begins.
pub(super) struct Bits<'a> {
    data: &'a [u8],
    at: usize,
    /// Bits taken in and not used, the next one highest.
    held: u64,
    n: u32,
    after_255: bool,
}

impl<'a> Bits<'a> {
    pub(super) fn new(data: &'a [u8]) -> Self {
        Self {
            data,
            at: 0,
            held: 0,
            n: 0,
            after_255: false,
        }
    }

    fn fill(&mut self) {
        while self.n <= 56 {
            let Some(&byte) = self.data.get(self.at) else {
                return;
            };
            let length = match (byte, self.after_255) {
                (128.., true) => return,
                (_, true) => 7,
                (255, false) if self.data.get(self.at + 1).is_none_or(|&next| next >= 128) => {
                    return;
                }
                (_, false) => 8,
            };
            self.held |= u64::from(byte) << (64 - length) >> self.n;
            self.n += length;
            self.at += 1;
            self.after_255 = byte == 255;
        }
    }

    /// At most 32 bits.
    pub(super) fn take(&mut self, length: u32) -> Result<u32, Fault> {
        if length == 0 {
            return Ok(0);
        }
        if self.n < length {
            self.fill();
        }
        self.n = self.n.checked_sub(length).ok_or(Fault::Damaged)?;
        let taken = self.held >> (64 - length);
        self.held <<= length;
        Ok(taken as u32)
    }

    /// How many zeros come before the next one, which is taken too; at most `most` of them.
    fn zeros(&mut self, most: u32) -> Result<u32, Fault> {
        let mut zeros = 0;
        loop {
            if self.n == 0 {
                self.fill();
            }
            let here = self.held.leading_zeros().min(self.n);
            zeros += here;
            if zeros > most || self.n == 0 {
                return Err(Fault::Damaged);
            }
            if here < self.n {
                // In two steps, as all 64 may be held.
                self.held = self.held << here << 1;
                self.n -= here + 1;
                return Ok(zeros);
            }
            (self.held, self.n) = (0, 0);
        }
    }

    /// A number in Golomb's code with the parameter `k`; from `limit` on it is written in `whole` bits, T.87, A.5.3.
    pub(super) fn golomb(&mut self, k: u32, limit: u32, whole: u32) -> Result<i32, Fault> {
        let most = limit.checked_sub(whole + 1).ok_or(Fault::Damaged)?;
        let high = self.zeros(most)?;
        Ok(match high < most {
            true => ((high << k) | self.take(k)?) as i32,
            false => self.take(whole)? as i32 + 1,
        })
    }

    /// Bytes taken in so far.
    pub(super) fn position(&self) -> usize {
        self.at
    }
}
