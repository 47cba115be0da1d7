//! Bits of coded data, the codes in them, and the numbers behind the codes, T.81, F.2.2.

use super::Fault;

/// Codes of up to 16 bits: for each possible 16 bits the length and the symbol of the code that they begin with.
pub(super) struct Codes(Box<[(u8, u8)]>);

impl Codes {
    /// T.81, C.2.
    pub(super) fn new(counts: &[u8; 16], symbols: &[u8]) -> Result<Self, Fault> {
        let mut codes = Vec::with_capacity(1 << 16);
        let mut symbols = symbols.iter();
        for (length, &count) in (1_u8..).zip(counts) {
            for _ in 0..count {
                let &symbol = symbols.next().ok_or(Fault::Damaged)?;
                codes.resize(codes.len() + (1 << (16 - length)), (length, symbol));
                if codes.len() > 1 << 16 {
                    return Err(Fault::Damaged);
                }
            }
        }
        // A length of 0: no code.
        codes.resize(1 << 16, (0, 0));
        Ok(Self(codes.into_boxed_slice()))
    }
}

/// Bits of coded data, in which a byte 255 is followed by 0 or begins a marker.
pub(super) struct Bits<'a> {
    data: &'a [u8],
    /// The next byte that has not been taken in.
    at: usize,
    /// Bits taken in and not used, the next one highest.
    held: u64,
    /// How many of them.
    n: u32,
}

impl<'a> Bits<'a> {
    pub(super) fn new(data: &'a [u8]) -> Self {
        Self {
            data,
            at: 0,
            held: 0,
            n: 0,
        }
    }

    fn fill(&mut self) {
        while self.n <= 56 {
            let step = match self.data.get(self.at..) {
                Some([0xFF, 0, ..]) => 2,
                None | Some([] | [0xFF, ..]) => return,
                Some(_) => 1,
            };
            self.held |= u64::from(self.data[self.at]) << (56 - self.n);
            self.n += 8;
            self.at += step;
        }
    }

    /// At most 32 bits.
    fn take(&mut self, length: u32) -> Result<u32, Fault> {
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

    pub(super) fn symbol(&mut self, codes: &Codes) -> Result<u8, Fault> {
        if self.n < 16 {
            self.fill();
        }
        let (length, symbol) = codes.0[(self.held >> 48) as usize];
        if length == 0 {
            return Err(Fault::Damaged);
        }
        self.take(length.into())?;
        Ok(symbol)
    }

    /// A number of `length` bits, at most 16: those that begin with 0 are negative, T.81, F.2.2.1.
    pub(super) fn number(&mut self, length: u8) -> Result<i32, Fault> {
        if length == 0 {
            return Ok(0);
        }
        let bits = self.take(length.into())? as i32;
        Ok(match bits >> (length - 1) {
            0 => bits - (1 << length) + 1,
            _ => bits,
        })
    }

    /// Goes on behind the next marker, which must be a restart.
    pub(super) fn restart(&mut self) -> Result<(), Fault> {
        let rest = self.data.get(self.at..).unwrap_or_default();
        // A few bytes of filling may stand before it.
        let marker = rest
            .windows(2)
            .position(|pair| pair[0] == 0xFF && !matches!(pair[1], 0 | 0xFF));
        let marker = self.at + marker.ok_or(Fault::Damaged)?;
        match self.data[marker + 1] {
            0xD0..=0xD7 => {
                (self.at, self.held, self.n) = (marker + 2, 0, 0);
                Ok(())
            }
            _ => Err(Fault::Damaged),
        }
    }

    /// Bytes taken in so far.
    pub(super) fn position(&self) -> usize {
        self.at
    }
}
