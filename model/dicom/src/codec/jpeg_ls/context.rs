//! What a JPEG-LS decoder has learned of the samples so far, T.87, A.

use super::{Fault, bits::Bits};

/// Parameters that a stream may bring along; 0 stands for the usual one, T.87, C.2.4.1.
#[derive(Default)]
pub(super) struct Preset {
    white: i32,
    thresholds: [i32; 3],
    reset: i32,
}

impl Preset {
    pub(super) fn read(content: &[u8]) -> Result<Self, Fault> {
        let (&kind, rest) = content.split_first().ok_or(Fault::Damaged)?;
        if kind != 1 {
            // Tables of colours, and pictures of more than 65,535 rows.
            return Err(Fault::Unusual);
        }
        let words: &[u8; 10] = rest.first_chunk().ok_or(Fault::Damaged)?;
        let word = |at: usize| i32::from(u16::from_be_bytes([words[at], words[at + 1]]));
        Ok(Self {
            white: word(0),
            thresholds: [word(2), word(4), word(6)],
            reset: word(8),
        })
    }
}

/// The 365 contexts of single samples, and behind them two for the ends of runs.
const CONTEXTS: usize = 367;
const RUN_END: usize = 365;

/// What is known of the errors of prediction in a context. Wide, as a hostile stream may let them grow.
#[derive(Clone, Copy)]
struct Context {
    /// Sum of their sizes.
    a: i64,
    /// Their sum, kept small by `c`; for ends of runs how many are negative.
    b: i64,
    /// The correction of the prediction.
    c: i32,
    /// Their number.
    n: i64,
}

impl Context {
    /// The parameter of Golomb's code for errors of mean size `a` / `n`.
    fn golomb(&self, a: i64) -> u32 {
        let mut k = 0;
        while self.n << k < a {
            k += 1;
        }
        k
    }
}

pub(super) struct Coder {
    /// The highest sample.
    white: i32,
    /// How far a sample may be from the original.
    near: i32,
    thresholds: [i32; 3],
    reset: i64,
    /// How many errors can be told apart, and the bits that they need.
    range: i32,
    whole: u32,
    limit: u32,
    contexts: Vec<Context>,
}

impl Coder {
    pub(super) fn new(preset: &Preset, precision: u32, near: i32) -> Result<Self, Fault> {
        let white = match preset.white {
            0 => (1 << precision) - 1,
            white => white,
        };
        let usual = usual_thresholds(white, near);
        let thresholds = std::array::from_fn(|at| match preset.thresholds[at] {
            0 => usual[at],
            threshold => threshold,
        });
        let sound = white < 1 << precision && near <= white / 2;
        if !sound || !thresholds.is_sorted() || thresholds[0] <= near {
            return Err(Fault::Damaged);
        }
        let range = (white + 2 * near) / (2 * near + 1) + 1;
        let bits_of = |count: i32| (count as u32).next_power_of_two().trailing_zeros();
        let bits = bits_of(white + 1).max(2);
        let start = Context {
            a: i64::from((range + 32) / 64).max(2),
            b: 0,
            c: 0,
            n: 1,
        };
        Ok(Self {
            white,
            near,
            thresholds,
            reset: match preset.reset {
                0 => 64,
                reset => reset.into(),
            },
            range,
            whole: bits_of(range),
            limit: 2 * (bits + bits.max(8)),
            contexts: vec![start; CONTEXTS],
        })
    }

    pub(super) fn is_near(&self, a: i32, b: i32) -> bool {
        (a - b).abs() <= self.near
    }

    /// The level of a difference between neighbors, -4 to 4.
    fn level(&self, difference: i32) -> i32 {
        let size = difference.abs();
        if size <= self.near {
            return 0;
        }
        let above = self
            .thresholds
            .iter()
            .filter(|&&threshold| size >= threshold)
            .count();
        (1 + above as i32) * difference.signum()
    }

    /// A sample by itself: neighbors at the left, above, above at the left and above at the right.
    pub(super) fn sample(
        &mut self,
        bits: &mut Bits,
        [left, above, corner, right]: [i32; 4],
    ) -> Result<i32, Fault> {
        let levels =
            [right - above, above - corner, corner - left].map(|difference| self.level(difference));
        let number = 81 * levels[0] + 9 * levels[1] + levels[2];
        let sign = if number < 0 { -1 } else { 1 };
        let context = &mut self.contexts[number.unsigned_abs() as usize];

        let predicted = if corner >= left.max(above) {
            left.min(above)
        } else if corner <= left.min(above) {
            left.max(above)
        } else {
            left + above - corner
        };
        let predicted = (predicted + sign * context.c).clamp(0, self.white);
        let k = context.golomb(context.a);
        let code = bits.golomb(k.min(31), self.limit, self.whole)?;
        let turned = self.near == 0 && k == 0 && 2 * context.b <= -context.n;
        let error = match (code & 1 == 1, turned) {
            (false, false) => code / 2,
            (true, false) => -(code / 2) - 1,
            (true, true) => code / 2,
            (false, true) => -(code / 2) - 1,
        };
        context.learn(error, self.near, self.reset);
        Ok(self.reconstructed(predicted, sign * error))
    }

    /// The sample that ends a run of `left`, T.87, A.7.2. `alike`: it is coded as if `above` were near, where that is.
    pub(super) fn run_end(
        &mut self,
        bits: &mut Bits,
        [left, above]: [i32; 2],
        alike: bool,
        run_bits: u32,
    ) -> Result<i32, Fault> {
        let alike = alike && self.is_near(left, above);
        let kind = i32::from(alike);
        let (predicted, sign) = match alike {
            true => (left, 1),
            false if left > above => (above, -1),
            false => (above, 1),
        };
        let context = &mut self.contexts[RUN_END + kind as usize];
        let k = context.golomb(context.a + if alike { context.n >> 1 } else { 0 });
        let limit = self.limit.checked_sub(run_bits + 1).ok_or(Fault::Damaged)?;
        let code = bits.golomb(k.min(31), limit, self.whole)?;
        let odd = (code + kind) & 1;
        let size = (code + kind + odd) / 2;
        let expected_negative = k != 0 || 2 * context.b >= context.n;
        let error = match (odd == 1) == expected_negative {
            true => -size,
            false => size,
        };
        if error < 0 {
            context.b += 1;
        }
        context.a += i64::from((code + 1 - kind) >> 1);
        if context.n == self.reset {
            context.halve();
        }
        context.n += 1;
        Ok(self.reconstructed(predicted, sign * error))
    }

    fn reconstructed(&self, predicted: i32, error: i32) -> i32 {
        let step = 2 * self.near + 1;
        let mut sample = predicted + error * step;
        if sample < -self.near {
            sample += self.range * step;
        } else if sample > self.white + self.near {
            sample -= self.range * step;
        }
        sample.clamp(0, self.white)
    }
}

impl Context {
    /// T.87, A.6.
    fn learn(&mut self, error: i32, near: i32, reset: i64) {
        self.b += i64::from(error) * i64::from(2 * near + 1);
        self.a += i64::from(error.abs());
        if self.n == reset {
            self.halve();
        }
        self.n += 1;
        if self.b <= -self.n {
            self.b = (self.b + self.n).max(1 - self.n);
            self.c = (self.c - 1).max(-128);
        } else if self.b > 0 {
            self.b = (self.b - self.n).min(0);
            self.c = (self.c + 1).min(127);
        }
    }

    fn halve(&mut self) {
        self.a >>= 1;
        self.b >>= 1;
        self.n >>= 1;
    }
}

/// T.87, C.2.4.1.1.
fn usual_thresholds(white: i32, near: i32) -> [i32; 3] {
    let within = |threshold: i32, least: i32| match (least..=white).contains(&threshold) {
        true => threshold,
        false => least,
    };
    let [a, b, c] = if white >= 128 {
        let factor = (white.min(4095) + 128) / 256;
        [
            factor + 2 + 3 * near,
            4 * factor + 3 + 5 * near,
            17 * factor + 4 + 7 * near,
        ]
    } else {
        let factor = 256 / (white + 1);
        [
            (3 / factor + 3 * near).max(2),
            (7 / factor + 5 * near).max(3),
            (21 / factor + 7 * near).max(4),
        ]
    };
    let first = within(a, near + 1);
    let second = within(b, first);
    [first, second, within(c, second)]
}
