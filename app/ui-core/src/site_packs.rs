//! Packs that whoever runs the site has put beside it: `packs.json` lists them, and no build is needed.

use serde::Deserialize;

/// One pack, as `packs.json` describes it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct SitePack {
    /// A zip below the site's folder, `/` between folders.
    pub file: String,
    /// What visitors choose it by.
    pub name: String,
    pub images: Option<usize>,
    pub megabytes: Option<f64>,
    /// Under which the images may be used.
    #[serde(alias = "license")]
    pub licence: Option<String>,
}

#[derive(Deserialize)]
struct List {
    packs: Vec<SitePack>,
}

/// The packs of a `packs.json`. Those whose file lies elsewhere than below the site are not for this page.
///
/// # Errors
/// What is wrong with the file, in the words of its parser.
pub fn parse(text: &str) -> Result<Vec<SitePack>, String> {
    let text = text.trim_start_matches('\u{feff}');
    let list: List = serde_json::from_str(text).map_err(|error| error.to_string())?;
    Ok(list
        .packs
        .into_iter()
        .filter(SitePack::is_of_site)
        .collect())
}

impl SitePack {
    /// What links call it: the name of its file.
    pub fn key(&self) -> &str {
        let name = self.file.rsplit('/').next().unwrap_or_default();
        name.strip_suffix(".zip").unwrap_or(name)
    }

    pub fn file_name(&self) -> String {
        format!("{}.zip", self.key())
    }

    fn is_of_site(&self) -> bool {
        let plain = |part: &str| !part.is_empty() && part != "." && part != "..";
        let has_scheme = self.file.contains([':', '\\', '?', '#', '%']);
        self.file.ends_with(".zip") && !has_scheme && self.file.split('/').all(plain)
    }
}

/// The pack that the query part of an address names, where it is none of the app's own.
pub fn wanted(query: &str) -> Option<String> {
    let pairs = query.trim_start_matches('?').split('&');
    let named = pairs
        .filter_map(|pair| pair.strip_prefix("pack="))
        .next_back()?;
    (protocol::Pack::from_key(named).is_none() && !named.is_empty()).then(|| named.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packs_are_listed_with_what_is_known_of_them() {
        let text = r#"{ "packs": [
            { "file": "packs/hands.zip", "name": "Hands, normal or fractured", "images": 120, "megabytes": 2.5, "license": "CC BY 4.0" },
            { "file": "knees.zip", "name": "Knees" }
        ] }"#;
        let packs = parse(text).expect("a list");
        assert_eq!(packs.len(), 2);
        assert_eq!((packs[0].key(), packs[1].key()), ("hands", "knees"));
        assert_eq!(packs[0].licence.as_deref(), Some("CC BY 4.0"));
        assert_eq!(packs[1].images, None);
        assert_eq!(parse("\u{feff}{\"packs\": []}"), Ok(Vec::new()));
    }

    #[test]
    fn only_files_of_the_site_are_packs() {
        for file in [
            "../up.zip",
            "/root.zip",
            "https://elsewhere/x.zip",
            "a//b.zip",
            "a.tar",
            "a%2f.zip",
            "",
        ] {
            let text = format!(r#"{{ "packs": [{{ "file": "{file}", "name": "x" }}] }}"#);
            assert_eq!(parse(&text), Ok(Vec::new()), "{file}");
        }
    }

    #[test]
    fn a_file_that_is_no_list_says_what_is_wrong() {
        for text in ["", "{}", "[]", r#"{ "packs": [{}] }"#, r#"{ "packs": 3 }"#] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_link_names_a_pack_of_the_site() {
        assert_eq!(wanted("?seed=3&pack=hands"), Some("hands".to_owned()));
        for query in [
            "",
            "?pack=",
            "?pack=built-in",
            "?pack=paediatric",
            "?packs=hands",
        ] {
            assert_eq!(wanted(query), None, "{query}");
        }
    }
}
