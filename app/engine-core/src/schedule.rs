//! What the engine does next, and how long it still takes: bookkeeping without a browser.

use std::collections::VecDeque;

use protocol::Progress;

/// Weight of the newest duration in the moving average of a [`Pace`].
const NEWEST: f64 = 0.2;

/// Durations of the same kind of work, averaged so that the latest count most.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pace {
    mean: Option<f64>,
}

impl Pace {
    /// One more piece of work took so many seconds.
    pub fn record(&mut self, seconds: f64) {
        self.mean = Some(match self.mean {
            None => seconds,
            Some(mean) => mean + NEWEST * (seconds - mean),
        });
    }

    /// Seconds that `pieces` more will take; unknown before the first.
    pub fn left(&self, pieces: usize) -> Option<f32> {
        self.mean.map(|mean| (mean * pieces as f64) as f32)
    }
}

/// Sums the time in which something runs, pauses left out. Times are seconds on any one clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stopwatch {
    total: f64,
    since: Option<f64>,
}

impl Stopwatch {
    /// One that stands still after so many seconds.
    pub fn after(seconds: f32) -> Self {
        Self {
            total: f64::from(seconds),
            since: None,
        }
    }

    pub fn start(&mut self, now: f64) {
        self.since.get_or_insert(now);
    }

    pub fn stop(&mut self, now: f64) {
        if let Some(since) = self.since.take() {
            self.total += now - since;
        }
    }

    pub fn seconds(&self, now: f64) -> f32 {
        (self.total + self.since.map_or(0.0, |since| now - since)) as f32
    }
}

/// Pieces of work that are handed out in order, come back in any order, and are tried twice.
#[derive(Clone, Debug)]
pub struct Queue<T> {
    waiting: VecDeque<T>,
    handed_out: Vec<T>,
    tried_again: Vec<T>,
    total: usize,
    done: usize,
    pace: Pace,
    last: Option<f64>,
}

impl<T: Copy + PartialEq> Queue<T> {
    pub fn new(items: Vec<T>) -> Self {
        Self {
            total: items.len(),
            waiting: items.into(),
            handed_out: Vec::new(),
            tried_again: Vec::new(),
            done: 0,
            pace: Pace::default(),
            last: None,
        }
    }

    /// Hands out the next piece. `now` in seconds.
    pub fn next(&mut self, now: f64) -> Option<T> {
        self.last.get_or_insert(now);
        let item = self.waiting.pop_front()?;
        self.handed_out.push(item);
        Some(item)
    }

    /// A piece has come back done; `false` if it was not handed out here. `now` in seconds.
    pub fn finish(&mut self, item: T, now: f64) -> bool {
        let Some(place) = self.handed_out.iter().position(|handed| *handed == item) else {
            return false;
        };
        self.handed_out.swap_remove(place);
        self.done += 1;
        if let Some(last) = self.last.replace(now) {
            self.pace.record(now - last);
        }
        true
    }

    /// A piece was lost on the way: it goes first once more. `false` if that was its second loss.
    pub fn retry(&mut self, item: T) -> bool {
        let Some(place) = self.handed_out.iter().position(|handed| *handed == item) else {
            return true;
        };
        self.handed_out.swap_remove(place);
        if self.tried_again.contains(&item) {
            return false;
        }
        self.tried_again.push(item);
        self.waiting.push_front(item);
        true
    }

    pub fn is_done(&self) -> bool {
        self.done == self.total
    }

    pub fn progress(&self) -> Progress {
        Progress {
            done: self.done,
            total: self.total,
            seconds_left: self.pace.left(self.total - self.done),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_left_follows_the_latest_pace() {
        let mut pace = Pace::default();
        assert_eq!(pace.left(10), None);
        pace.record(2.0);
        assert_eq!(pace.left(10), Some(20.0));
        for _ in 0..40 {
            pace.record(1.0);
        }
        let left = pace.left(10).unwrap_or_default();
        assert!((left - 10.0).abs() < 0.1, "{left} seconds left, not 10");
    }

    #[test]
    fn a_stopwatch_leaves_pauses_out() {
        let mut watch = Stopwatch::default();
        watch.start(10.0);
        watch.start(11.0);
        watch.stop(12.0);
        watch.stop(15.0);
        assert_eq!(watch.seconds(99.0), 2.0);
        watch.start(20.0);
        assert_eq!(watch.seconds(23.0), 5.0);
    }

    #[test]
    fn a_queue_counts_what_comes_back_in_any_order() {
        let mut queue = Queue::new(vec!["a", "b", "c"]);
        assert_eq!(queue.next(0.0), Some("a"));
        assert_eq!(queue.next(0.0), Some("b"));
        assert!(queue.finish("b", 1.0));
        assert!(!queue.finish("b", 1.0), "twice the same");
        assert!(!queue.finish("c", 1.0), "never handed out");
        let progress = Progress {
            done: 1,
            total: 3,
            seconds_left: Some(2.0),
        };
        assert_eq!(queue.progress(), progress);
        assert_eq!(queue.next(1.0), Some("c"));
        assert!(!queue.is_done());
        assert!(queue.finish("a", 2.0) && queue.finish("c", 3.0));
        assert!(queue.is_done());
    }

    #[test]
    fn a_lost_piece_is_tried_twice_and_no_more() {
        let mut queue = Queue::new(vec![1, 2]);
        assert_eq!(queue.next(0.0), Some(1));
        assert!(queue.retry(1));
        assert_eq!(queue.next(0.0), Some(1), "the lost piece goes first");
        assert!(!queue.retry(1));
    }

    #[test]
    fn losing_what_was_never_handed_out_is_no_failure() {
        let mut queue = Queue::new(vec![1]);
        assert!(queue.retry(7));
        assert_eq!(queue.next(0.0), Some(1));
        assert_eq!(queue.next(0.0), None);
    }

    #[test]
    fn an_empty_queue_is_done() {
        assert!(Queue::<usize>::new(Vec::new()).is_done());
    }
}
