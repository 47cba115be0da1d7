//! The bits of coded data, and the codes in them.

use super::frame::next_marker;

/// Codes of up to 16 bits: for each possible 16 bits the length and the symbol of the code that they begin with.
pub(super) type Codes = Box<[(u8, u8)]>;

/// The data came to an end, or make no sense.
pub(super) struct Short;

/// T.81, C.2. `None` if there are more codes than bits can tell apart.
pub(super) fn codes(counts: &[u8; 16], symbols: &[u8]) -> Option<Codes> {
    let mut codes = Vec::with_capacity(1 << 16);
    let mut symbols = symbols.iter();
    for (length, &count) in (1_u8..).zip(counts) {
        for _ in 0..count {
            let entry = (length, *symbols.next()?);
            codes.resize(codes.len() + (1 << (16 - length)), entry);
        }
    }
    // A length of 0: no code.
    (codes.len() <= 1 << 16).then(|| {
        codes.resize(1 << 16, (0, 0));
        codes.into_boxed_slice()
    })
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
        while self.n <= 48 {
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

    pub(super) fn take(&mut self, length: u8) -> Result<u32, Short> {
        if length == 0 {
            return Ok(0);
        }
        let length = u32::from(length);
        if self.n < length {
            self.fill();
        }
        self.n = self.n.checked_sub(length).ok_or(Short)?;
        let taken = self.held >> (64 - length);
        self.held <<= length;
        Ok(taken as u32)
    }

    pub(super) fn symbol(&mut self, codes: &[(u8, u8)]) -> Result<u8, Short> {
        if self.n < 16 {
            self.fill();
        }
        let (length, symbol) = codes[(self.held >> 48) as usize];
        if length == 0 {
            return Err(Short);
        }
        self.take(length)?;
        Ok(symbol)
    }

    /// Goes on behind the next marker, which must be a restart.
    pub(super) fn restart(&mut self) -> Option<()> {
        let marker = self.find_marker();
        if !matches!(self.data.get(marker + 1), Some(0xD0..=0xD7)) {
            return None;
        }
        (self.at, self.held, self.n) = (marker + 2, 0, 0);
        Some(())
    }

    /// The place of the next marker that is no restart.
    pub(super) fn next_marker(mut self) -> usize {
        while self.restart().is_some() {}
        self.find_marker()
    }

    /// The place of the next marker's first byte; the end of the data if there is none.
    fn find_marker(&self) -> usize {
        next_marker(self.data, self.at).map_or(self.data.len(), |(_, after)| after - 2)
    }
}
