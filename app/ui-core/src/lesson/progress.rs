//! Where a learner is on the path. It is what the browser keeps between visits.

use experiments::{ConditionKey, Experiment};
use imaging::task::Task;
use serde::{Deserialize, Serialize};

use super::{Answer, Arm, Ask, Break, Clock, Prediction, Step};
use protocol::Pack;

/// The name that it is kept under; a new form of it takes a new name, and old ones are left alone.
pub const KEY: &str = "firstread.lesson.1";

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LessonProgress {
    pub step: Step,
    pub arm: Option<Arm>,
    pub seed: u64,
    pub task: Task,
    pub pack: Pack,
    /// The learner has left the path for free play.
    pub free: bool,
    pub clock: Clock,
    predictions: Vec<Prediction>,
    /// Steps whose result has been seen, and when first.
    seen: Vec<(Step, f64)>,
    /// Milliseconds in each step.
    spent: Vec<(Step, f64)>,
    /// When the present step began to count; `None` while the clock stands.
    entered: Option<f64>,
}

impl LessonProgress {
    /// Before its beginning, with what a link or a lot says.
    pub fn invited(seed: u64) -> Self {
        Self {
            step: Step::default(),
            arm: None,
            seed,
            task: Task::default(),
            pack: Pack::default(),
            free: false,
            clock: Clock::default(),
            predictions: Vec::new(),
            seen: Vec::new(),
            spent: Vec::new(),
            entered: None,
        }
    }

    pub fn begin(&mut self, now: f64) {
        self.unpause(now);
    }

    /// The same lesson from now on, with nothing answered or seen.
    pub fn anew(&self, now: f64) -> Self {
        let mut anew = Self {
            step: self.step,
            arm: self.arm,
            task: self.task,
            pack: self.pack,
            ..Self::invited(self.seed)
        };
        anew.begin(now);
        anew
    }

    /// Whether there is anything to come back to.
    pub fn is_begun(&self) -> bool {
        self.clock.was_started()
    }

    /// Comes back after a reload: the time since it was last settled was spent away and does not count.
    pub fn resumed(mut self, now: f64) -> Self {
        if let Some(entered) = self.entered {
            self.clock.stop(entered.min(now));
            self.clock.start(now);
            self.entered = Some(now);
        }
        self
    }

    pub fn go(&mut self, step: Step, now: f64) {
        self.settle(now);
        self.step = step;
    }

    pub fn pause(&mut self, now: f64) {
        self.settle(now);
        self.clock.stop(now);
        self.entered = None;
    }

    pub fn unpause(&mut self, now: f64) {
        self.clock.start(now);
        self.entered.get_or_insert(now);
    }

    /// Counts the time in the present step up to now.
    pub fn settle(&mut self, now: f64) {
        let Some(entered) = &mut self.entered else {
            return;
        };
        let passed = (now - *entered).max(0.0);
        *entered = now;
        match self.spent.iter_mut().find(|(step, _)| *step == self.step) {
            Some((_, spent)) => *spent += passed,
            None => self.spent.push((self.step, passed)),
        }
    }

    /// Minutes in a step, as far as they have been settled.
    pub fn minutes_in(&self, step: Step) -> f64 {
        let spent = self.spent.iter().find(|(own, _)| *own == step);
        spent.map_or(0.0, |(_, spent)| spent / 60_000.0)
    }

    /// Stores an answer. The first one stays, and only answers to the step's question are taken. `informed`: the
    /// result can be seen already.
    pub fn predict(&mut self, step: Step, answer: Answer, informed: bool, now: f64) {
        let fits = Ask::of(step).is_some_and(|ask| ask.takes(answer));
        if fits && self.prediction(step).is_none() {
            self.predictions.push(Prediction {
                step,
                answer,
                at: now,
                informed: informed || self.has_seen(step),
            });
        }
    }

    pub fn prediction(&self, step: Step) -> Option<&Prediction> {
        self.predictions.iter().find(|own| own.step == step)
    }

    /// In the order of answering.
    pub fn predictions(&self) -> &[Prediction] {
        &self.predictions
    }

    /// Whether the step's result may be shown: what it asks has been answered.
    pub fn may_see(&self, step: Step) -> bool {
        Ask::of(step).is_none() || self.prediction(step).is_some()
    }

    /// Whether the scores of a condition, by its place, would answer what later steps have yet to ask: how good the network
    /// is, beside the rule of few pixels.
    pub fn withholds(&self, experiment: Experiment, condition: usize) -> bool {
        let network = experiment.condition(ConditionKey::Network);
        let spoils = experiment == Experiment::Pixels && network == Some(condition);
        let asked = [Step::Train, Step::Test, Step::Break(Break::Leak)];
        spoils && !asked.into_iter().all(|step| self.may_see(step))
    }

    pub fn see(&mut self, step: Step, now: f64) {
        if self.may_see(step) && !self.has_seen(step) {
            self.seen.push((step, now));
        }
    }

    pub fn has_seen(&self, step: Step) -> bool {
        self.seen.iter().any(|(own, _)| *own == step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: f64 = 60_000.0;

    fn starting(seed: u64, now: f64) -> LessonProgress {
        LessonProgress::invited(seed).anew(now)
    }

    fn kept(progress: &LessonProgress) -> LessonProgress {
        let text = serde_json::to_string(progress).expect("plain data");
        serde_json::from_str(&text).expect("what was written")
    }

    #[test]
    fn the_first_answer_stays() {
        let mut progress = starting(7, 0.0);
        progress.predict(Step::Test, Answer::Percent(95), false, 1.0);
        progress.predict(Step::Test, Answer::Percent(50), false, 2.0);
        let prediction = progress.prediction(Step::Test).copied();
        assert_eq!(
            prediction,
            Some(Prediction {
                step: Step::Test,
                answer: Answer::Percent(95),
                at: 1.0,
                informed: false
            })
        );
    }

    #[test]
    fn what_is_no_answer_is_not_kept() {
        let mut progress = starting(7, 0.0);
        progress.predict(Step::Test, Answer::Choice(0), false, 1.0);
        progress.predict(Step::Start, Answer::Declined, false, 1.0);
        progress.predict(Step::Look, Answer::Choice(4), false, 1.0);
        assert!(progress.predictions().is_empty());
    }

    #[test]
    fn nothing_is_seen_before_it_was_predicted() {
        let mut progress = starting(7, 0.0);
        progress.see(Step::Look, 1.0);
        assert!(!progress.has_seen(Step::Look));
        progress.predict(Step::Look, Answer::Choice(1), false, 2.0);
        progress.see(Step::Look, 3.0);
        assert!(progress.has_seen(Step::Look));
        progress.see(Step::Start, 3.0);
        assert!(progress.has_seen(Step::Start));
    }

    #[test]
    fn the_networks_scores_wait_until_all_steps_about_them_have_asked() {
        let mut progress = starting(7, 0.0);
        let place = |key| Experiment::Pixels.condition(key).expect("its own");
        let network = place(ConditionKey::Network);
        for step in [Step::Train, Step::Test, Step::Break(Break::Leak)] {
            assert!(progress.withholds(Experiment::Pixels, network), "{step:?}");
            progress.predict(step, Answer::Percent(90), false, 1.0);
        }
        assert!(!progress.withholds(Experiment::Pixels, network));
        let progress = starting(7, 0.0);
        assert!(!progress.withholds(Experiment::Pixels, place(ConditionKey::Pixels4)));
        assert!(!progress.withholds(Experiment::Arms, network));
    }

    #[test]
    fn an_answer_with_the_result_in_sight_says_so() {
        let mut progress = starting(7, 0.0);
        progress.predict(Step::Train, Answer::Percent(99), true, 1.0);
        assert!(
            progress
                .prediction(Step::Train)
                .is_some_and(|own| own.informed)
        );
    }

    #[test]
    fn minutes_are_counted_by_step_and_not_while_away() {
        let mut progress = starting(7, 0.0);
        progress.go(Step::Look, 2.0 * MINUTE);
        progress.pause(5.0 * MINUTE);
        progress.unpause(9.0 * MINUTE);
        progress.go(Step::Start, 10.0 * MINUTE);
        progress.settle(11.0 * MINUTE);
        assert_eq!(progress.minutes_in(Step::Start), 3.0);
        assert_eq!(progress.minutes_in(Step::Look), 4.0);
        assert_eq!(progress.minutes_in(Step::Train), 0.0);
        let back = kept(&progress).resumed(60.0 * MINUTE);
        assert_eq!(back.clock.minute(61.0 * MINUTE), 8);
        let mut back = back;
        back.settle(61.0 * MINUTE);
        assert_eq!(back.minutes_in(Step::Start), 4.0);
    }

    #[test]
    fn a_clock_that_stood_stands_after_a_reload() {
        let mut progress = starting(7, 0.0);
        progress.pause(MINUTE);
        let back = kept(&progress).resumed(9.0 * MINUTE);
        assert!(!back.clock.runs());
        assert_eq!(back.clock.minute(20.0 * MINUTE), 1);
    }

    #[test]
    fn everything_outlasts_a_reload() {
        let mut progress = starting(7, 0.0);
        progress.arm = Some(Arm::ALL[3]);
        progress.predict(Step::Look, Answer::Choice(1), false, 2.0);
        progress.see(Step::Look, 3.0);
        for step in Step::ALL {
            progress.go(step, 4.0);
        }
        assert!(progress.is_begun());
        assert_eq!(kept(&progress), progress);
        assert!(!LessonProgress::invited(7).is_begun());
    }
}
