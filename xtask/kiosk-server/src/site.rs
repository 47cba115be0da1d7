//! The folder that is served, and what is answered for each address. Only files that were there at the start are known, by
//! their exact address, so that no address leads out of the folder.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use crate::headers::Rules;

pub struct Site {
    /// By path: `/` before it and between folders.
    files: BTreeMap<String, PathBuf>,
    rules: Rules,
}

/// What matters of a request.
pub struct Asked<'a> {
    pub method: &'a str,
    /// With the query, as the browser sends it.
    pub address: &'a str,
    pub accept_encoding: &'a str,
    pub if_none_match: &'a str,
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    /// The file to send, if any.
    pub body: Option<PathBuf>,
}

/// Compressed forms beside a file, best first: name in the header, ending.
const CODINGS: [(&str, &str); 2] = [("br", "br"), ("gzip", "gz")];

impl Site {
    /// # Errors
    /// A sentence on what is missing.
    pub fn open(folder: &Path) -> Result<Self, String> {
        let said = |error| format!("Reading the site in {}: {error}", folder.display());
        let mut files = BTreeMap::new();
        collect(folder, "/", &mut files).map_err(said)?;
        if !files.contains_key("/index.html") {
            return Err(format!(
                "There is no index.html in {}: name the site with --folder.",
                folder.display()
            ));
        }
        let rules = match files.get("/headers.json") {
            Some(file) => fs::read_to_string(file)
                .and_then(|text| Ok(Rules::parse(&text)?))
                .map_err(|error| format!("Reading {}: {error}", file.display()))?,
            None => Rules::default(),
        };
        Ok(Self { files, rules })
    }

    pub fn answer(&self, asked: &Asked) -> Answer {
        if !["GET", "HEAD"].contains(&asked.method) {
            return Answer::plain(405, vec![("Allow".into(), "GET, HEAD".into())]);
        }
        let path = asked.address.split(['?', '#']).next().unwrap_or_default();
        let path = if path == "/" { "/index.html" } else { path };
        let Some(file) = self.files.get(path) else {
            return Answer::plain(404, Vec::new());
        };
        let (coding, file) = self.best(path, file, asked.accept_encoding);
        let Some(tag) = tag(file) else {
            return Answer::plain(404, Vec::new()); // erased since the start
        };
        let mut headers: Vec<_> = self.rules.of(path).into_iter().collect();
        headers.push(("Vary".into(), "Accept-Encoding".into()));
        let unchanged = asked
            .if_none_match
            .split(',')
            .any(|known| known.trim() == tag);
        headers.push(("ETag".into(), tag));
        if unchanged {
            return Answer::plain(304, headers);
        }
        headers.push(("Content-Type".into(), media_type(path).into()));
        if let Some(coding) = coding {
            headers.push(("Content-Encoding".into(), coding.into()));
        }
        Answer {
            status: 200,
            headers,
            body: Some(file.to_owned()),
        }
    }

    /// The compressed form that the browser takes, or the file itself.
    fn best<'a>(
        &'a self,
        path: &str,
        file: &'a Path,
        accepted: &str,
    ) -> (Option<&'static str>, &'a Path) {
        let takes = |coding: &str| {
            accepted.split(',').any(|one| {
                let (name, weight) = one.split_once(';').unwrap_or((one, ""));
                name.trim().eq_ignore_ascii_case(coding)
                    && !["q=0", "q=0.0"].contains(&weight.trim())
            })
        };
        CODINGS
            .into_iter()
            .filter(|(coding, _)| takes(coding))
            .find_map(|(coding, ending)| {
                let file = self.files.get(&format!("{path}.{ending}"))?;
                Some((Some(coding), file.as_path()))
            })
            .unwrap_or((None, file))
    }
}

impl Answer {
    fn plain(status: u16, headers: Vec<(String, String)>) -> Self {
        Self {
            status,
            headers,
            body: None,
        }
    }
}

fn collect(folder: &Path, path: &str, files: &mut BTreeMap<String, PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{path}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type()?;
        if kind.is_dir() {
            collect(&entry.path(), &format!("{path}/"), files)?;
        } else if kind.is_file() {
            files.insert(path, entry.path());
        }
    }
    Ok(())
}

/// Another whenever the file is another.
fn tag(file: &Path) -> Option<String> {
    let about = fs::metadata(file).ok()?;
    let changed = about.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(format!("\"{:x}-{:x}\"", changed.as_nanos(), about.len()))
}

fn media_type(path: &str) -> &'static str {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "zip" => "application/zip",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
