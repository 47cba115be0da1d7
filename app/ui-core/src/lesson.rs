//! The guided path, without a browser: the steps of its two lessons, what each asks to predict and needs to have run,
//! where a learner is on it, and how a prediction did against the learner's own results.

pub mod arm;
pub mod clock;
pub mod finding;
pub mod findings;
pub mod need;
pub mod pack_fit;
pub mod prediction;
pub mod progress;
pub mod review;
pub mod step;
pub mod term;
pub mod verdict;

pub use arm::Arm;
pub use clock::Clock;
pub use finding::Finding;
pub use need::{Need, Todo};
pub use pack_fit::{Lack, PackNeed};
pub use prediction::{Answer, Ask, Prediction};
pub use progress::LessonProgress;
pub use step::{Break, Lesson, Step};
pub use term::Term;
