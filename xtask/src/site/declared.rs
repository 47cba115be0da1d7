//! What `index.html` and `Trunk.toml` declare: the programs, the copied folder, what is written for the page's program.
//!
//! Both files are Trunk's, and `trunk build` makes a site of them too; Trunk itself takes longer to compile than the
//! network, for compilers of JavaScript and style sheets that are not used here. A declaration that is not known here is an
//! error, so that nothing is passed over in silence.

use std::{fs, ops::Range, path::Path};

use toml::de::{DeTable, DeValue};

use super::arithmetic::Arithmetic;
use crate::console::{Outcome, Trouble, trouble};

/// The programs that run beside the engine. Trunk knows no kind for what needs no script; it makes one that nobody loads.
const SIDE_PROGRAMS: [&str; 4] = [
    "format-reader",
    "dataset-tools",
    "network-files",
    "network-page",
];

/// The site as declared.
pub struct Site {
    /// `index.html` as it is written.
    pub html: String,
    pub programs: Vec<Program>,
    /// Folders whose files are served as they are, from the repository.
    pub copied: Vec<String>,
    /// Where the declarations are in `html`, in order; the page's is replaced, the others vanish.
    pub declarations: Vec<Declaration>,
    pub patterns: Patterns,
}

pub struct Declaration {
    pub place: Range<usize>,
    pub is_page: bool,
}

/// A bin that becomes WebAssembly; its package has its name.
#[derive(Clone)]
pub struct Program {
    pub bin: String,
    pub kind: Kind,
    /// The Cargo profile of the site that is handed on.
    pub release_profile: String,
    /// The Cargo profile of the site that is only served here.
    pub serve_profile: String,
    /// The level of wasm-opt for the site that is handed on.
    pub wasm_opt: String,
    /// Of the program of which there are several.
    pub arithmetic: Option<Arithmetic>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Started by the document, as a module; its files are named after their content.
    Page,
    /// Started by the page, as a classic script; its files keep their names.
    Worker,
    /// Imports nothing, and is run by another program's script: it has none of its own.
    Bare,
}

/// What is written for the page's program; `{base}`, `{js}` and `{wasm}` stand for addresses.
pub struct Patterns {
    base: String,
    script: String,
    preload: String,
}

impl Patterns {
    pub fn script(&self, js: &str, wasm: &str) -> String {
        self.fill(&self.script, js, wasm)
    }

    pub fn preload(&self, js: &str, wasm: &str) -> String {
        self.fill(&self.preload, js, wasm)
    }

    fn fill(&self, pattern: &str, js: &str, wasm: &str) -> String {
        pattern
            .replace("{base}", &self.base)
            .replace("{js}", js)
            .replace("{wasm}", wasm)
    }
}

impl Site {
    /// Reads both files at the top of the repository.
    pub fn read(root: &Path) -> Outcome<Self> {
        let text = |name: &str| {
            fs::read_to_string(root.join(name)).map_err(trouble(format!("Reading {name}")))
        };
        Self::parse(text("index.html")?, &text("Trunk.toml")?)
    }

    fn parse(html: String, settings: &str) -> Outcome<Self> {
        let mut site = Self {
            programs: Vec::new(),
            copied: Vec::new(),
            declarations: Vec::new(),
            patterns: patterns(settings)?,
            html,
        };
        for place in declared(&site.html) {
            let attributes = Attributes::of(&site.html[place.clone()]);
            let mut is_page = false;
            match attributes.wanted("rel")? {
                "copy-dir" => {
                    attributes.only(&["rel", "href", "data-trunk", "data-target-path"])?;
                    site.copied.push(attributes.wanted("href")?.to_owned());
                }
                "rust" => {
                    let program = program(&attributes)?;
                    is_page = program.kind == Kind::Page;
                    site.programs.push(program);
                }
                other => return Err(unknown(&format!("rel=\"{other}\""))),
            }
            site.declarations.push(Declaration { place, is_page });
        }
        Ok(site)
    }
}

fn program(attributes: &Attributes) -> Outcome<Program> {
    attributes.only(&[
        "rel",
        "href",
        "data-trunk",
        "data-bin",
        "data-type",
        "data-bindgen-target",
        "data-cargo-profile-release",
        "data-cargo-profile-dev",
        "data-wasm-opt",
    ])?;
    let kind = match (
        attributes.get("data-type"),
        attributes.get("data-bindgen-target"),
    ) {
        (None, None) => Kind::Page,
        (Some("worker"), Some("no-modules"))
            if attributes
                .get("data-bin")
                .is_some_and(|bin| SIDE_PROGRAMS.contains(&bin)) =>
        {
            Kind::Bare
        }
        (Some("worker"), Some("no-modules")) => Kind::Worker,
        _ => return Err(unknown("this pair of data-type and data-bindgen-target")),
    };
    let wanted = |name| attributes.wanted(name).map(str::to_owned);
    Ok(Program {
        bin: wanted("data-bin")?,
        kind,
        release_profile: wanted("data-cargo-profile-release")?,
        serve_profile: wanted("data-cargo-profile-dev")?,
        wasm_opt: wanted("data-wasm-opt")?,
        arithmetic: None,
    })
}

/// Where the elements `<link data-trunk …>` are.
fn declared(html: &str) -> Vec<Range<usize>> {
    let links = html.match_indices("<link ").filter_map(|(start, _)| {
        let length = html[start..].find('>')? + 1;
        Some(start..start + length)
    });
    links
        .filter(|place| html[place.clone()].contains(" data-trunk "))
        .collect()
}

/// The attributes of an element as it is written, name before value.
struct Attributes<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Attributes<'a> {
    fn of(element: &'a str) -> Self {
        // Quotes part values from what is between them: `rel=`, `rust`, ` href=`, …
        let mut pieces = element.split('"');
        let mut attributes = Vec::new();
        while let (Some(before), Some(value)) = (pieces.next(), pieces.next()) {
            let name = before.trim_end_matches('=').split_whitespace().next_back();
            attributes.push((name.unwrap_or_default(), value));
        }
        Self(attributes)
    }

    fn get(&self, name: &str) -> Option<&'a str> {
        let found = self.0.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| *value)
    }

    fn wanted(&self, name: &str) -> Outcome<&'a str> {
        self.get(name)
            .ok_or_else(|| Trouble(format!("index.html: a declaration has no {name}: {self}")))
    }

    fn only(&self, known: &[&str]) -> Outcome {
        match self.0.iter().find(|(name, _)| !known.contains(name)) {
            Some((name, _)) => Err(unknown(name)),
            None => Ok(()),
        }
    }
}

impl std::fmt::Display for Attributes<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0
            .iter()
            .try_for_each(|(name, value)| write!(f, "{name}=\"{value}\" "))
    }
}

fn unknown(what: &str) -> Trouble {
    Trouble(format!(
        "index.html declares {what}, which xtask/src/site/declared.rs does not know"
    ))
}

fn patterns(settings: &str) -> Outcome<Patterns> {
    let table = DeTable::parse(settings).map_err(trouble("Reading Trunk.toml"))?;
    let build = table.get_ref().get("build").map(|build| build.get_ref());
    let text = |name: &str| match build
        .and_then(|build| build.get(name))
        .map(|value| value.get_ref())
    {
        Some(DeValue::String(text)) => Ok(text.to_string()),
        _ => Err(Trouble(format!("Trunk.toml has no text `build.{name}`"))),
    };
    Ok(Patterns {
        base: text("public_url")?,
        script: text("pattern_script")?,
        preload: text("pattern_preload")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SETTINGS: &str = "[build]\npublic_url = './'\npattern_script = '<s \"{base}{js}\" {wasm}>'\n\
                            pattern_preload = '<p {base}{wasm}>'\n";

    fn page(extra: &str) -> String {
        format!(
            "<head><link rel=\"icon\" href=\"x\"><link data-trunk rel=\"copy-dir\" href=\"public\">\n\
             <link data-trunk rel=\"rust\" data-bin=\"page\" data-wasm-opt=\"z\"\n  \
             data-cargo-profile-release=\"min\" data-cargo-profile-dev=\"serve\"{extra}></head>"
        )
    }

    #[test]
    fn programs_and_folders_are_found_and_other_links_left_alone() {
        let site = Site::parse(page(""), SETTINGS).expect("site");
        assert_eq!(site.copied, ["public"]);
        assert_eq!(site.declarations.len(), 2);
        let [program] = site.programs.as_slice() else {
            panic!("one program");
        };
        assert!(program.kind == Kind::Page && program.bin == "page");
        assert_eq!(
            (&*program.release_profile, &*program.serve_profile),
            ("min", "serve")
        );
        assert_eq!(
            site.patterns.script("a.js", "a.wasm"),
            "<s \"./a.js\" a.wasm>"
        );
        assert_eq!(site.patterns.preload("a.js", "a.wasm"), "<p ./a.wasm>");
    }

    #[test]
    fn what_is_not_known_is_named() {
        let error = |html| Site::parse(html, SETTINGS).err().expect("an error").0;
        assert!(error(page(" data-integrity=\"none\"")).contains("data-integrity"));
        assert!(error(page(" data-type=\"worker\"")).contains("data-type"));
        assert!(error("<link data-trunk rel=\"sass\" href=\"x\">".into()).contains("sass"));
        assert!(
            error("<link data-trunk rel=\"rust\" data-bin=\"x\">".into())
                .contains("data-cargo-profile-release")
        );
        let settings = Site::parse(page(""), "[build]\npublic_url = 1\n").err();
        assert!(settings.expect("an error").0.contains("public_url"));
    }

    #[test]
    fn the_projects_own_files_are_understood() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let site = Site::read(&root).expect("site");
        let bins: Vec<&str> = site.programs.iter().map(|program| &*program.bin).collect();
        assert_eq!(
            bins,
            [
                "feature-worker",
                "engine-cpu",
                "engine-gpu",
                "page",
                "format-reader",
                "dataset-tools",
                "network-files",
                "network-page",
                "scanner"
            ]
        );
    }
}
