//! What the kiosk counts: how often something happened, never who did it or what was shown.

use std::fmt::Write;

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counters {
    /// The day and the time of the first count, as the browser writes them.
    pub since: String,
    pub visits: u32,
    /// Networks that visitors trained to the end.
    pub trainings: u32,
    /// Answers of a network to what a visitor asked about.
    pub answers: u32,
    /// Visits that were forgotten because nobody was there.
    pub resets: u32,
    /// Times that the kiosk began anew after something broke.
    pub recoveries: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    Visit,
    Training,
    Answer,
    Reset,
    Recovery,
}

impl Counters {
    pub fn starting(since: String) -> Self {
        Self {
            since,
            ..Self::default()
        }
    }

    pub fn add(&mut self, count: Count) {
        let number = match count {
            Count::Visit => &mut self.visits,
            Count::Training => &mut self.trainings,
            Count::Answer => &mut self.answers,
            Count::Reset => &mut self.resets,
            Count::Recovery => &mut self.recoveries,
        };
        *number = number.saturating_add(1);
    }

    /// Names as in the files, and numbers.
    pub fn all(&self) -> [(&'static str, u32); 5] {
        [
            ("visits", self.visits),
            ("trainings", self.trainings),
            ("answers", self.answers),
            ("resets", self.resets),
            ("recoveries", self.recoveries),
        ]
    }

    /// A line for each counter, with the time of its first count and of this file.
    pub fn csv(&self, now: &str) -> String {
        let mut file = String::from("counter,number,since,until\n");
        for (name, number) in self.all() {
            // Writing to a string does not fail.
            let _ = writeln!(file, "{name},{number},{},{now}", self.since);
        }
        file
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_count_has_its_number() {
        let mut counters = Counters::starting("2026-01-01T08:00:00.000Z".to_owned());
        let counts = [
            Count::Visit,
            Count::Training,
            Count::Answer,
            Count::Reset,
            Count::Recovery,
        ];
        for (times, count) in counts.into_iter().enumerate() {
            (0..=times).for_each(|_| counters.add(count));
        }
        assert_eq!(counters.all().map(|(_, number)| number), [1, 2, 3, 4, 5]);
        let csv = counters.csv("2026-01-01T18:00:00.000Z");
        assert_eq!(csv.lines().count(), 6);
        assert!(csv.contains("answers,3,2026-01-01T08:00:00.000Z,2026-01-01T18:00:00.000Z\n"));
    }

    #[test]
    fn what_is_kept_is_read_again_also_from_an_older_version() {
        let mut counters = Counters::starting("now".to_owned());
        counters.add(Count::Visit);
        let kept = serde_json::to_string(&counters).unwrap();
        assert_eq!(serde_json::from_str::<Counters>(&kept).unwrap(), counters);
        let older = r#"{"since":"now","visits":1,"no_longer_counted":4}"#;
        assert_eq!(serde_json::from_str::<Counters>(older).unwrap(), counters);
    }
}
