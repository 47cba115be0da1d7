//! The end of a zip that is being written: what is whole is given away, so that the zip is never in memory as a whole.

use std::{
    cell::RefCell,
    io::{self, ErrorKind, Seek, SeekFrom, Write},
    rc::Rc,
};

/// Written by one, given away by another.
#[derive(Clone, Default)]
pub(super) struct Tail(Rc<RefCell<State>>);

#[derive(Default)]
struct State {
    /// Bytes that are gone; they cannot be written again.
    given: u64,
    kept: Vec<u8>,
    /// Where the next byte goes, from the start of the zip.
    at: u64,
}

impl Tail {
    /// Bytes written so far.
    pub(super) fn len(&self) -> u64 {
        let state = self.0.borrow();
        state.given + state.kept.len() as u64
    }

    /// Gives away what lies before this byte.
    pub(super) fn give_up_to(&self, end: u64) -> Vec<u8> {
        let mut state = self.0.borrow_mut();
        let n = end.saturating_sub(state.given).min(state.kept.len() as u64);
        state.given += n;
        let rest = state.kept.split_off(n as usize);
        std::mem::replace(&mut state.kept, rest)
    }

    /// How much of what lies before this byte has not been given away.
    pub(super) fn waiting(&self, end: u64) -> u64 {
        end.saturating_sub(self.0.borrow().given)
    }
}

impl Write for Tail {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut state = self.0.borrow_mut();
        // Seeking goes no further back than what is kept, nor beyond the end.
        let start = (state.at - state.given) as usize;
        let over = (state.kept.len() - start).min(bytes.len());
        let (again, new) = bytes.split_at(over);
        state.kept[start..start + over].copy_from_slice(again);
        state.kept.extend_from_slice(new);
        state.at += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Tail {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let len = self.len();
        let mut state = self.0.borrow_mut();
        let to = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => state.at.checked_add_signed(by),
            SeekFrom::End(by) => len.checked_add_signed(by),
        };
        match to.filter(|to| (state.given..=len).contains(to)) {
            Some(to) => {
                state.at = to;
                Ok(to)
            }
            None => Err(ErrorKind::InvalidInput.into()),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a panic is how a test fails")]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_can_be_written_again_and_what_is_given_away_cannot() {
        let mut tail = Tail::default();
        tail.write_all(b"head body").unwrap();
        let mut whole = tail.give_up_to(5);
        assert_eq!((tail.len(), tail.waiting(9)), (9, 4));
        tail.seek(SeekFrom::Start(5)).unwrap();
        tail.write_all(b"BO").unwrap();
        tail.seek(SeekFrom::End(0)).unwrap();
        tail.write_all(b" end").unwrap();
        assert!(tail.seek(SeekFrom::Start(4)).is_err());
        assert!(tail.seek(SeekFrom::End(1)).is_err());
        assert_eq!(tail.stream_position().unwrap(), 13);
        whole.extend(tail.give_up_to(tail.len()));
        assert_eq!(whole, b"head BOdy end");
        assert_eq!(tail.give_up_to(5), b"");
    }
}
