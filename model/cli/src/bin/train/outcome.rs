//! What a native run tells: a summary for people, a line of JSON for programs.

use imaging::report::{EpochReport, StageKind, TestReport};
use metrics::{Scores, balanced_accuracy, never_found};
use serde::Serialize;
use serde_json::json;

/// Everything that is known after a run.
pub struct TrainOutcome {
    pub classes: Vec<String>,
    pub train: Scores,
    pub validation: Scores,
    pub test: TestReport,
    /// Path of each test film, in the order of the report.
    pub test_names: Vec<String>,
    /// Films of no class, with what the network makes of them.
    pub tried: Vec<(String, Vec<f32>)>,
    pub epochs: Vec<EpochReport>,
    /// MB of memory at most, where the system says it.
    pub peak_memory: Option<f64>,
    /// What took how long.
    pub seconds: Vec<(&'static str, f64)>,
}

#[derive(Serialize)]
struct PartLine {
    n: usize,
    accuracy: f64,
    interval: [f64; 2],
}

impl PartLine {
    fn of(scores: &Scores) -> Self {
        let accuracy = scores.accuracy;
        let share = if accuracy.n == 0 {
            0.0
        } else {
            accuracy.hits as f64 / accuracy.n as f64
        };
        Self {
            n: accuracy.n,
            accuracy: share,
            interval: [accuracy.low, accuracy.high],
        }
    }
}

pub fn name(stage: StageKind) -> &'static str {
    match stage {
        StageKind::Frozen => "frozen",
        StageKind::FineTuning => "fine_tuning",
        StageKind::Scratch => "scratch",
    }
}

impl TrainOutcome {
    pub fn print_summary(&self) {
        for (part, scores) in [
            ("training", &self.train),
            ("validation", &self.validation),
            ("test", &self.test.scores),
        ] {
            let line = PartLine::of(scores);
            println!(
                "{part}: {} of {} right, {:.1} % [{:.1}, {:.1}]",
                scores.accuracy.hits,
                line.n,
                100.0 * line.accuracy,
                100.0 * line.interval[0],
                100.0 * line.interval[1]
            );
            if let Some(balanced) = balanced_accuracy(&scores.confusion) {
                println!(
                    "  every class counted the same (balanced accuracy): {:.1} % [{:.1}, {:.1}]",
                    100.0 * balanced.value,
                    100.0 * balanced.interval.low,
                    100.0 * balanced.interval.high
                );
            }
            for (class, n) in never_found(&scores.confusion) {
                println!("  never found: {}, 0 of {n}", self.classes[class]);
            }
        }
        println!(
            "test, rows are the truth, columns the answer: {:?}",
            self.classes
        );
        for row in &self.test.scores.confusion {
            println!("  {row:?}");
        }
        for (name, probabilities) in &self.tried {
            let answers = self.classes.iter().zip(probabilities);
            let answers: Vec<String> = answers
                .map(|(class, share)| format!("{class} {:.1} %", 100.0 * share))
                .collect();
            println!("to try, {name}: {}", answers.join(", "));
        }
        if let Some(most) = self.peak_memory {
            println!("memory: {most:.0} MB at most");
        }
    }

    /// One line, without line breaks.
    pub fn json_line(&self) -> String {
        let epochs: Vec<_> = self
            .epochs
            .iter()
            .map(|epoch| {
                let accuracy = |part: &imaging::report::LossAccuracy| part.correct as f64 / part.n.max(1) as f64;
                json!({
                    "stage": name(epoch.stage),
                    "epoch": epoch.epoch + 1,
                    "train": { "loss": epoch.train.loss, "accuracy": accuracy(&epoch.train) },
                    "validation": { "loss": epoch.validation.loss, "accuracy": accuracy(&epoch.validation) },
                })
            })
            .collect();
        let films: Vec<_> = self
            .test
            .films
            .iter()
            .zip(&self.test_names)
            .map(|(film, name)| {
                json!({
                    "name": name,
                    "class": self.classes[film.class],
                    "probabilities": film.probabilities,
                })
            })
            .collect();
        let seconds: serde_json::Map<_, _> = self
            .seconds
            .iter()
            .map(|(what, seconds)| ((*what).to_string(), json!(seconds)))
            .collect();
        json!({
            "classes": self.classes,
            "train": PartLine::of(&self.train),
            "validation": PartLine::of(&self.validation),
            "test": PartLine::of(&self.test.scores),
            "epochs": epochs,
            "films": films,
            "seconds": seconds,
            "peak_memory_mb": self.peak_memory,
        })
        .to_string()
    }
}
