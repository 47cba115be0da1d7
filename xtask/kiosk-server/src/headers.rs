//! The response headers of `_headers`: a path, which may end in `*`, then its headers, indented. A later match overrides
//! an earlier one.

pub struct Rules(Vec<Rule>);

struct Rule {
    path: String,
    headers: Vec<(String, String)>,
}

impl Rules {
    pub fn parse(text: &str) -> Self {
        let mut rules: Vec<Rule> = Vec::new();
        for line in text.lines() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            if !line.starts_with(char::is_whitespace) {
                rules.push(Rule {
                    path: line.trim().to_owned(),
                    headers: Vec::new(),
                });
            } else if let (Some(rule), Some((name, value))) =
                (rules.last_mut(), line.split_once(':'))
            {
                rule.headers
                    .push((name.trim().to_owned(), value.trim().to_owned()));
            }
        }
        Self(rules)
    }

    /// The headers of one path, which begins with a slash.
    pub fn of(&self, path: &str) -> Vec<(String, String)> {
        let mut headers: Vec<(String, String)> = Vec::new();
        for rule in self.0.iter().filter(|rule| rule.matches(path)) {
            for (name, value) in &rule.headers {
                headers.retain(|(earlier, _)| !earlier.eq_ignore_ascii_case(name));
                headers.push((name.clone(), value.clone()));
            }
        }
        headers
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
