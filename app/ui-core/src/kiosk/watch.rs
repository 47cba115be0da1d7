//! Whether the engine still lives.

/// A page whose clock stood still for this long was asleep itself, and heard nothing for that reason.
const ASLEEP: f64 = 5_000.0;
/// An engine that starts is given more time: it may have to be fetched.
const STARTING: f64 = 6.0;

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Watch {
    heard: f64,
    ticked: f64,
}

/// What is awaited of the engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaited {
    Nothing,
    /// That it starts.
    Start,
    /// Something that it was asked for.
    Answer,
}

impl Watch {
    pub fn heard(&mut self, now: f64) {
        self.heard = now;
    }

    /// Whether it has been silent for too long; it is then given time anew.
    pub fn hangs(&mut self, now: f64, awaited: Awaited, patience: f64) -> bool {
        let slept = now - self.ticked > ASLEEP;
        self.ticked = now;
        if slept || awaited == Awaited::Nothing {
            self.heard = now;
        }
        let patience = match awaited {
            Awaited::Start => patience * STARTING,
            Awaited::Answer | Awaited::Nothing => patience,
        };
        let hangs = now - self.heard >= patience;
        if hangs {
            self.heard = now;
        }
        hangs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds_until_it_hangs(awaited: Awaited) -> Option<u32> {
        let mut watch = Watch::default();
        (1..600).find(|&second| watch.hangs(f64::from(second) * 1000.0, awaited, 30_000.0))
    }

    #[test]
    fn silence_is_a_fault_only_where_something_is_awaited() {
        assert_eq!(seconds_until_it_hangs(Awaited::Answer), Some(30));
        assert_eq!(seconds_until_it_hangs(Awaited::Start), Some(180));
        assert_eq!(seconds_until_it_hangs(Awaited::Nothing), None);
    }

    #[test]
    fn any_word_is_a_sign_of_life() {
        let mut watch = Watch::default();
        for second in 1..600 {
            let now = f64::from(second) * 1000.0;
            if second % 29 == 0 {
                watch.heard(now);
            }
            assert!(!watch.hangs(now, Awaited::Answer, 30_000.0));
        }
    }

    #[test]
    fn a_page_that_slept_does_not_blame_the_engine() {
        let mut watch = Watch::default();
        assert!(!watch.hangs(1_000.0, Awaited::Answer, 30_000.0));
        assert!(!watch.hangs(900_000.0, Awaited::Answer, 30_000.0));
        assert!(!watch.hangs(960_000.0, Awaited::Answer, 30_000.0));
    }
}
