//! The number that the operator's page asks for. It keeps visitors from wandering there; it is no secret:
//! the settings lie beside the page.

const FIRST: f64 = 2_000.0;
const LONGEST: f64 = 60_000.0;
/// Digits that can be entered.
pub const MOST_DIGITS: usize = 12;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lock {
    entered: String,
    wrong: u32,
    shut_until: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PinTried {
    Right,
    Wrong,
    /// Too soon after a wrong one: it was not looked at.
    Shut,
}

impl Lock {
    pub fn digit(&mut self, digit: char) {
        if digit.is_ascii_digit() && self.entered.len() < MOST_DIGITS {
            self.entered.push(digit);
        }
    }

    pub fn delete(&mut self) {
        self.entered.pop();
    }

    pub fn digits(&self) -> usize {
        self.entered.len()
    }

    /// What somebody left there half typed.
    pub fn clear(&mut self) {
        self.entered.clear();
    }

    pub fn enter(&mut self, pin: &str, now: f64) -> PinTried {
        if now < self.shut_until {
            return PinTried::Shut;
        }
        if std::mem::take(&mut self.entered) == pin {
            *self = Self::default();
            return PinTried::Right;
        }
        let wait = FIRST * 2_f64.powf(f64::from(self.wrong));
        self.wrong = self.wrong.saturating_add(1);
        self.shut_until = now + wait.min(LONGEST);
        PinTried::Wrong
    }

    /// Whole seconds until a number is looked at again.
    pub fn seconds_shut(&self, now: f64) -> u32 {
        ((self.shut_until - now) / 1000.0).ceil().max(0.0) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn enter(lock: &mut Lock, digits: &str, now: f64) -> PinTried {
        digits.chars().for_each(|digit| lock.digit(digit));
        lock.enter("2580", now)
    }

    #[test]
    fn only_the_number_opens() {
        let mut lock = Lock::default();
        assert_eq!(enter(&mut lock, "2580", 0.0), PinTried::Right);
        assert_eq!(enter(&mut lock, "25800", 0.0), PinTried::Wrong);
        assert_eq!(enter(&mut lock, "", 1e9), PinTried::Wrong);
        lock.digit('x');
        assert_eq!(lock.digits(), 0);
    }

    #[test]
    fn each_wrong_number_costs_more_time() {
        let mut lock = Lock::default();
        let mut now = 0.0;
        let mut waits = Vec::new();
        for _ in 0..8 {
            assert_eq!(enter(&mut lock, "1", now), PinTried::Wrong);
            waits.push(lock.seconds_shut(now));
            assert_eq!(lock.enter("2580", now + 1.0), PinTried::Shut);
            now += f64::from(lock.seconds_shut(now)) * 1000.0;
        }
        assert_eq!(waits, [2, 4, 8, 16, 32, 60, 60, 60]);
        assert_eq!(enter(&mut lock, "2580", now), PinTried::Right);
        assert_eq!(lock.seconds_shut(now), 0);
    }

    #[test]
    fn a_digit_can_be_taken_back() {
        let mut lock = Lock::default();
        "25899".chars().for_each(|digit| lock.digit(digit));
        lock.delete();
        lock.delete();
        lock.digit('0');
        assert_eq!(lock.enter("2580", 0.0), PinTried::Right);
    }
}
