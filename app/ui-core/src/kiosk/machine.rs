//! Where the kiosk is, and when it asks whether anybody is still there.

/// What the screen shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Screen {
    /// A network trains by itself and invites.
    #[default]
    Attract,
    Visit(Stop),
    /// The operator is asked for the number; where it was opened from.
    Pin(From),
    Operator(From),
}

/// Where one returns to from the operator's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    Attract,
    Visit(Stop),
}

/// The stops of a visitor's path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    Look,
    Train,
    /// Ten films, the visitor and the network.
    FaceOff,
    /// A film of the visitor's own, or an odd one.
    Film,
    Answer,
    End,
}

impl Stop {
    /// Those that the path is told in; an answer belongs to its film.
    pub const TOLD: [Self; 5] = [
        Self::Look,
        Self::Train,
        Self::FaceOff,
        Self::Film,
        Self::End,
    ];

    pub fn told(self) -> Self {
        match self {
            Self::Answer => Self::Film,
            other => other,
        }
    }

    /// Its place on the path, from 0.
    pub fn order(self) -> usize {
        let own = self.told();
        let place = Self::TOLD.iter().position(|&told| told == own);
        place.unwrap_or_default()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happening {
    /// A finger, a key.
    Touched,
    /// Time went on; `busy`: the engine computes what a visitor waits for.
    Ticked {
        busy: bool,
    },
    Begun,
    Gone(Stop),
    /// The visitor is done.
    Finished,
    /// Somebody answered that they are still there.
    Stayed,
    /// Something broke: the kiosk begins anew.
    Trouble,
    OperatorWanted,
    PinRight,
    OperatorLeft,
}

/// What the page must do after something has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duty {
    /// A visit has begun.
    Welcome,
    /// Forget all that came of the visit.
    Wipe(Why),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    Done,
    /// Nobody answered the question.
    Left,
    Trouble,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Machine {
    pub place: Screen,
    /// Since when nobody has touched anything and nothing was computed.
    quiet_since: f64,
    /// When the kiosk forgets the visit, if nobody answers the question that is shown.
    pub until: Option<f64>,
    /// How many stops of the path, [`Stop::TOLD`], were reached in this visit.
    reached: usize,
}

/// How long the kiosk waits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Patience {
    pub idle: f64,
    pub countdown: f64,
}

impl Machine {
    pub fn handle(&mut self, happening: Happening, now: f64, patience: Patience) -> Option<Duty> {
        match happening {
            Happening::Ticked { busy } => return self.tick(busy, now, patience),
            // The question has its own buttons.
            Happening::Touched if self.until.is_some() => return None,
            _ => self.heard(now),
        }
        match (happening, self.place) {
            (Happening::Begun, Screen::Attract) => {
                self.go(Stop::Look);
                Some(Duty::Welcome)
            }
            (Happening::Gone(stop), Screen::Visit(_)) => {
                self.go(stop);
                None
            }
            (Happening::Finished, Screen::Visit(_)) => self.wipe(Why::Done),
            (Happening::Trouble, _) => self.wipe(Why::Trouble),
            (Happening::OperatorWanted, Screen::Attract) => {
                self.place = Screen::Pin(From::Attract);
                None
            }
            (Happening::OperatorWanted, Screen::Visit(stop)) => {
                self.place = Screen::Pin(From::Visit(stop));
                None
            }
            (Happening::PinRight, Screen::Pin(from)) => {
                self.place = Screen::Operator(from);
                None
            }
            (Happening::OperatorLeft, Screen::Pin(from) | Screen::Operator(from)) => {
                self.place = match from {
                    From::Attract => Screen::Attract,
                    From::Visit(stop) => Screen::Visit(stop),
                };
                None
            }
            _ => None,
        }
    }

    /// Whether the visitor was at this stop before, and may go back.
    pub fn has_reached(&self, stop: Stop) -> bool {
        stop.order() < self.reached
    }

    fn go(&mut self, stop: Stop) {
        self.place = Screen::Visit(stop);
        self.reached = self.reached.max(stop.order() + 1);
    }

    /// Whole seconds until the kiosk forgets the visit, if the question is shown.
    pub fn seconds_left(&self, now: f64) -> Option<u32> {
        let left = self.until? - now;
        Some((left / 1000.0).ceil().max(0.0) as u32)
    }

    fn tick(&mut self, busy: bool, now: f64, patience: Patience) -> Option<Duty> {
        match self.until {
            _ if self.place == Screen::Attract => self.heard(now),
            // What was being computed came to its end while the question stood there: it stays.
            Some(until) if now >= until => return self.wipe(Why::Left),
            Some(_) => {}
            None if busy => self.heard(now),
            None if now - self.quiet_since >= patience.idle => {
                self.until = Some(now + patience.countdown);
            }
            None => {}
        }
        None
    }

    fn heard(&mut self, now: f64) {
        self.quiet_since = now;
        self.until = None;
    }

    fn wipe(&mut self, why: Why) -> Option<Duty> {
        *self = Self {
            quiet_since: self.quiet_since,
            ..Self::default()
        };
        Some(Duty::Wipe(why))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENCE: Patience = Patience {
        idle: 60_000.0,
        countdown: 15_000.0,
    };

    /// A kiosk with its clock.
    struct TestKiosk {
        machine: Machine,
        now: f64,
    }

    impl TestKiosk {
        fn visited() -> Self {
            let mut kiosk = Self {
                machine: Machine::default(),
                now: 5_000.0,
            };
            assert_eq!(kiosk.on(Happening::Begun), Some(Duty::Welcome));
            kiosk
        }

        fn on(&mut self, happening: Happening) -> Option<Duty> {
            self.machine.handle(happening, self.now, PATIENCE)
        }

        /// Lets the clock tick for so many seconds; what was to be done in that time.
        fn pass(&mut self, seconds: u32, busy: bool) -> Option<Duty> {
            let mut done = None;
            for _ in 0..seconds * 4 {
                self.now += 250.0;
                done = done.or(self.on(Happening::Ticked { busy }));
            }
            done
        }

        fn asks(&self) -> bool {
            self.machine.until.is_some()
        }
    }

    #[test]
    fn asks_first_and_forgets_then() {
        let mut kiosk = TestKiosk::visited();
        assert_eq!(kiosk.pass(59, false), None);
        assert!(!kiosk.asks());
        kiosk.pass(1, false);
        assert_eq!(kiosk.machine.seconds_left(kiosk.now), Some(15));
        assert_eq!(kiosk.pass(14, false), None);
        assert_eq!(kiosk.machine.seconds_left(kiosk.now), Some(1));
        assert_eq!(kiosk.pass(1, false), Some(Duty::Wipe(Why::Left)));
        assert_eq!(kiosk.machine.place, Screen::Attract);
        assert!(!kiosk.asks());
    }

    #[test]
    fn an_answer_or_a_touch_before_begins_the_wait_anew() {
        let mut kiosk = TestKiosk::visited();
        kiosk.pass(40, false);
        kiosk.on(Happening::Touched);
        kiosk.pass(59, false);
        assert!(!kiosk.asks());
        kiosk.pass(1, false);
        assert!(kiosk.asks());
        kiosk.on(Happening::Touched);
        assert!(kiosk.asks(), "the question has its own buttons");
        kiosk.on(Happening::Stayed);
        assert_eq!(kiosk.pass(59, false), None);
        assert!(!kiosk.asks());
        assert_eq!(kiosk.machine.place, Screen::Visit(Stop::Look));
    }

    #[test]
    fn a_visitor_may_go_back_to_where_they_were() {
        let mut kiosk = TestKiosk::visited();
        let reached = |kiosk: &TestKiosk| Stop::TOLD.map(|stop| kiosk.machine.has_reached(stop));
        assert_eq!(reached(&kiosk), [true, false, false, false, false]);
        kiosk.on(Happening::Gone(Stop::Train));
        kiosk.on(Happening::Gone(Stop::FaceOff));
        kiosk.on(Happening::Gone(Stop::Look));
        assert_eq!(reached(&kiosk), [true, true, true, false, false]);
        kiosk.on(Happening::Gone(Stop::Answer));
        assert_eq!(reached(&kiosk), [true, true, true, true, false]);
        kiosk.on(Happening::Finished);
        kiosk.on(Happening::Begun);
        assert_eq!(reached(&kiosk), [true, false, false, false, false]);
    }

    #[test]
    fn computing_does_not_count_as_absence() {
        let mut kiosk = TestKiosk::visited();
        kiosk.on(Happening::Gone(Stop::Train));
        assert_eq!(kiosk.pass(600, true), None);
        assert!(!kiosk.asks());
        kiosk.pass(59, false);
        assert!(!kiosk.asks(), "the wait begins when it ends");
        kiosk.pass(1, false);
        assert!(kiosk.asks());
    }

    #[test]
    fn nobody_is_asked_where_nobody_is() {
        let mut kiosk = TestKiosk::visited();
        assert_eq!(kiosk.on(Happening::Finished), Some(Duty::Wipe(Why::Done)));
        assert_eq!(kiosk.pass(3600, false), None);
        assert!(!kiosk.asks());
        assert_eq!(kiosk.on(Happening::Gone(Stop::Train)), None);
        assert_eq!(kiosk.machine.place, Screen::Attract);
    }

    #[test]
    fn a_computer_that_slept_asks_before_it_forgets() {
        let mut kiosk = TestKiosk::visited();
        kiosk.now += 8.0 * 3_600_000.0;
        assert_eq!(kiosk.on(Happening::Ticked { busy: false }), None);
        assert_eq!(kiosk.machine.seconds_left(kiosk.now), Some(15));
    }

    #[test]
    fn trouble_ends_any_place() {
        for place in [
            Screen::Attract,
            Screen::Visit(Stop::Answer),
            Screen::Operator(From::Attract),
        ] {
            let mut kiosk = TestKiosk::visited();
            kiosk.machine.place = place;
            assert_eq!(kiosk.on(Happening::Trouble), Some(Duty::Wipe(Why::Trouble)));
            assert_eq!(kiosk.machine.place, Screen::Attract);
        }
    }

    #[test]
    fn the_operator_needs_the_number_and_returns() {
        let mut kiosk = TestKiosk::visited();
        kiosk.on(Happening::Gone(Stop::Film));
        assert_eq!(kiosk.on(Happening::PinRight), None);
        assert_eq!(kiosk.machine.place, Screen::Visit(Stop::Film));
        kiosk.on(Happening::OperatorWanted);
        assert_eq!(kiosk.machine.place, Screen::Pin(From::Visit(Stop::Film)));
        assert_eq!(kiosk.on(Happening::Gone(Stop::Look)), None);
        kiosk.on(Happening::PinRight);
        assert_eq!(
            kiosk.machine.place,
            Screen::Operator(From::Visit(Stop::Film))
        );
        kiosk.on(Happening::OperatorLeft);
        assert_eq!(kiosk.machine.place, Screen::Visit(Stop::Film));
        kiosk.on(Happening::OperatorWanted);
        kiosk.pass(60, false);
        assert_eq!(kiosk.pass(15, false), Some(Duty::Wipe(Why::Left)));
    }
}
