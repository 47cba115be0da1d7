//! Where a learner is on the path. It is what the browser keeps between visits.

use experiments::{ConditionKey, EvaluationSet, Experiment, Outcome};
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

    /// Whole minutes spent in the present lesson.
    pub fn minute(&self, now: f64) -> u32 {
        let lesson = self.step.lesson();
        let own = self
            .spent
            .iter()
            .filter(|(step, _)| step.lesson() == lesson);
        let settled: f64 = own.map(|(_, spent)| spent).sum();
        let since = self.entered.map_or(0.0, |entered| (now - entered).max(0.0));
        ((settled + since) / 60_000.0) as u32
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

    /// Whether scores of an experiment would answer what other steps have yet to ask.
    pub fn withholds_of(&self, experiment: Experiment) -> bool {
        let asked = [Step::Train, Step::Test, Step::Break(Break::Leak)];
        experiment == Experiment::Pixels && !asked.into_iter().all(|step| self.may_see(step))
    }

    /// What may be shown of an experiment by now. Beside the rule of few pixels the network's own scores wait, and what
    /// unseen patients cost.
    pub fn shown(&self, experiment: Experiment, outcomes: &[Outcome]) -> Vec<Outcome> {
        let mut shown = outcomes.to_vec();
        if self.withholds_of(experiment) {
            let network = experiment.condition(ConditionKey::Network);
            shown.retain(|own| Some(own.condition) != network);
            for own in &mut shown {
                own.scores
                    .retain(|(set, _)| *set != EvaluationSet::OtherPatients);
            }
        }
        shown
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
    use experiments::Score;

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
    fn scores_wait_until_all_steps_about_them_have_asked() {
        let score = Score {
            n: 10,
            correct: 9,
            patients: None,
            sensitivity: None,
            specificity: None,
            auc: None,
        };
        let sets = [EvaluationSet::Test, EvaluationSet::OtherPatients];
        let outcome = |key| Outcome {
            condition: Experiment::Pixels.condition(key).expect("its own"),
            seed: 1,
            scores: sets.map(|set| (set, score)).to_vec(),
        };
        let all = [ConditionKey::Pixels4, ConditionKey::Network].map(outcome);
        let mut progress = starting(7, 0.0);
        for step in [Step::Train, Step::Test, Step::Break(Break::Leak)] {
            let shown = progress.shown(Experiment::Pixels, &all);
            assert_eq!(shown.len(), 1, "{step:?}: the pixels alone");
            assert_eq!(shown[0].condition, all[0].condition);
            assert_eq!(shown[0].scores, [(EvaluationSet::Test, score)]);
            assert_eq!(progress.shown(Experiment::Arms, &all), all, "{step:?}");
            progress.predict(step, Answer::Percent(90), false, 1.0);
        }
        assert_eq!(progress.shown(Experiment::Pixels, &all), all);
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
    fn minutes_are_counted_by_lesson_and_not_while_away() {
        let mut progress = starting(7, 0.0);
        progress.go(Step::Look, 2.0 * MINUTE);
        progress.pause(5.0 * MINUTE);
        progress.unpause(9.0 * MINUTE);
        assert_eq!(progress.minute(9.5 * MINUTE), 5);
        progress.go(Step::Compare, 10.0 * MINUTE);
        assert_eq!(progress.minute(11.0 * MINUTE), 1, "a lesson of its own");
        progress.go(Step::Start, 11.0 * MINUTE);
        progress.settle(12.0 * MINUTE);
        assert_eq!(progress.minute(12.0 * MINUTE), 7);
        let back = kept(&progress).resumed(60.0 * MINUTE);
        assert_eq!(back.minute(61.0 * MINUTE), 8);
    }

    #[test]
    fn a_clock_that_stood_stands_after_a_reload() {
        let mut progress = starting(7, 0.0);
        progress.pause(MINUTE);
        let back = kept(&progress).resumed(9.0 * MINUTE);
        assert!(!back.clock.runs());
        assert_eq!(back.minute(20.0 * MINUTE), 1);
    }

    #[test]
    fn what_a_browser_kept_of_the_one_long_lesson_is_gone_on_with() {
        let old = r#"{"step":{"Break":"Hospital"},"arm":{"augmentation":true,"dropout":false},"seed":7,
            "task":"Region","pack":"BuiltIn","free":false,"clock":{"passed":60000.0,"since":null},
            "predictions":[{"step":"Compare","answer":{"Choice":0},"at":1.0,"informed":false},
            {"step":{"Break":"Leak"},"answer":{"Percent":80},"at":2.0,"informed":false}],
            "seen":[["Look",1.0],[{"Break":"Marker"},2.0]],"spent":[["Compare",30000.0]],"entered":null}"#;
        let progress: LessonProgress = serde_json::from_str(old).expect("the form of before");
        assert_eq!(progress.step, Step::Break(Break::Hospital));
        assert!(progress.is_begun() && progress.has_seen(Step::Break(Break::Marker)));
        assert!(progress.prediction(Step::Break(Break::Leak)).is_some());
    }

    #[test]
    fn everything_outlasts_a_reload() {
        let mut progress = starting(7, 0.0);
        progress.arm = Some(Arm::ALL[3]);
        progress.predict(Step::Look, Answer::Choice(1), false, 2.0);
        progress.see(Step::Look, 3.0);
        for step in Step::all() {
            progress.go(step, 4.0);
        }
        assert!(progress.is_begun());
        assert_eq!(kept(&progress), progress);
        assert!(!LessonProgress::invited(7).is_begun());
    }
}
