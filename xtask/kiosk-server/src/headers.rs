//! The response headers of `headers.json`: rules in order, each of a path, which may end in `*`. A later match overrides an
//! earlier one.

use std::collections::BTreeMap;

use serde::Deserialize;

#[derive(Default, Deserialize)]
#[serde(transparent)]
pub struct Rules(Vec<Rule>);

#[derive(Deserialize)]
struct Rule {
    path: String,
    headers: BTreeMap<String, String>,
}

impl Rules {
    pub fn parse(text: &str) -> serde_json::Result<Self> {
        serde_json::from_str(text)
    }

    /// The headers of one path, which begins with a slash.
    pub fn of(&self, path: &str) -> BTreeMap<String, String> {
        let matching = self.0.iter().filter(|rule| rule.matches(path));
        matching.flat_map(|rule| rule.headers.clone()).collect()
    }
}

impl Rule {
    fn matches(&self, path: &str) -> bool {
        match self.path.strip_suffix('*') {
            Some(begin) => path.starts_with(begin),
            None => path == self.path,
        }
    }
}
