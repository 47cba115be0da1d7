//! Changed files for those who read them: no panic, no hang, bounded memory. For tests alone.
//!
//! The changes follow from a number, so that an input that does harm can be made again. A test command tries a few thousand
//! of each target; `FUZZ_INPUTS=1000000 cargo test --release --package dicom --package imaging --test fuzz` is the long run.

mod change;
mod memory;

use std::{
    env,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use change::{Random, change};

/// In the test command, each target some seconds.
const INPUTS: u64 = 5_000;
/// A file of a few kB, on a busy computer.
const LONGEST: Duration = Duration::from_secs(5);

/// One target at a time, for the memory that is counted is everyone's.
static TURN: Mutex<()> = Mutex::new(());

/// What is tried.
pub struct Target<'a> {
    pub name: &'a str,
    /// Sound files, or parts of them, which are changed.
    pub seeds: &'a [Vec<u8>],
    /// That reading may take beyond what lay there before, bytes.
    pub most_memory: usize,
}

impl Target<'_> {
    /// Reads as many inputs as `FUZZ_INPUTS` says. `read` is given a changed seed and the number of that seed, and tells
    /// whether a picture comes of it.
    ///
    /// # Panics
    /// If an input does harm, with its number.
    pub fn try_all(&self, read: impl Fn(&[u8], usize) -> bool) {
        let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let inputs = env::var("FUZZ_INPUTS").ok();
        let inputs = inputs.and_then(|number| number.parse().ok());
        let inputs = inputs.unwrap_or(INPUTS);
        let (mut slowest, mut most, mut pictures) = (Duration::ZERO, 0, 0_u64);
        let begin = Instant::now();
        for number in 0..inputs {
            let Reading {
                picture,
                taken,
                memory,
            } = self.try_one(number, &read);
            slowest = slowest.max(taken);
            most = most.max(memory);
            pictures += u64::from(picture);
        }
        println!(
            "{}: {inputs} inputs in {:.1?}, {pictures} pictures, the slowest {slowest:.1?}, the largest {} kB",
            self.name,
            begin.elapsed(),
            most / 1024
        );
    }

    fn try_one(&self, number: u64, read: &impl Fn(&[u8], usize) -> bool) -> Reading {
        let name = self.name;
        let mut random = Random(number);
        let seed = random.below(self.seeds.len());
        let mut bytes = self.seeds[seed].clone();
        let other = random.below(self.seeds.len());
        change(&mut bytes, &self.seeds[other], &mut random);
        let timed = || {
            let start = Instant::now();
            let picture = catch_unwind(AssertUnwindSafe(|| read(&bytes, seed)));
            let picture = picture.unwrap_or_else(|_| panic!("{name}: input {number} panics"));
            (picture, start.elapsed())
        };
        let ((picture, mut taken), memory) = memory::measured(timed);
        // A busy computer may stand still in between; what hangs does so each time.
        for _ in 0..3 {
            if taken >= LONGEST {
                taken = taken.min(timed().1);
            }
        }
        assert!(taken < LONGEST, "{name}: input {number} takes {taken:?}");
        assert!(
            memory < self.most_memory,
            "{name}: input {number} takes {memory} bytes"
        );
        Reading {
            picture,
            taken,
            memory,
        }
    }
}

/// How one input was read.
struct Reading {
    picture: bool,
    taken: Duration,
    /// At most at once, bytes.
    memory: usize,
}
