//! What the operator asks for.

use std::{env, ffi::OsString, path::PathBuf};

pub const USAGE: &str = "\
kiosk [OPTIONS] [-- MORE OF THE BROWSER'S OPTIONS]

Serves Firstread on this computer and opens it in a browser in kiosk mode; opens it again whenever
it is closed or crashes. End it with Ctrl+C in this terminal.

  --folder FOLDER    the site; else `site` beside this program
  --page QUERY       what to open: `?kiosk` unless said otherwise
  --port N           8117 unless said otherwise; 0 takes any that is free
  --network          serve the local network too, not this computer alone
  --browser PROGRAM  else the first found of Chromium, Chrome, Edge and Firefox
  --profile FOLDER   where the browser keeps its data; else a folder that is erased at the end
  --no-browser       serve only
";

#[derive(Debug, PartialEq)]
pub struct Options {
    pub folder: Option<PathBuf>,
    /// The query part of the address, with its question mark.
    pub page: String,
    pub port: u16,
    /// Others on the network may fetch it too.
    pub network: bool,
    pub browser: Option<PathBuf>,
    pub browser_wanted: bool,
    /// More options for the browser.
    pub more: Vec<OsString>,
    pub profile: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            folder: None,
            page: "?kiosk".into(),
            port: 8117,
            network: false,
            browser: None,
            browser_wanted: true,
            more: Vec::new(),
            profile: None,
        }
    }
}

impl Options {
    /// `None` if the operator wants to know the options.
    ///
    /// # Errors
    /// A sentence on what is not understood.
    pub fn read(mut arguments: impl Iterator<Item = OsString>) -> Result<Option<Self>, String> {
        let mut options = Self::default();
        while let Some(argument) = arguments.next() {
            let name = argument.to_string_lossy().into_owned();
            let mut value = || {
                arguments
                    .next()
                    .ok_or_else(|| format!("{name} needs a value."))
            };
            match name.as_str() {
                "--folder" => options.folder = Some(value()?.into()),
                "--page" => options.page = query(&value()?.to_string_lossy()),
                "--port" => options.port = port(&value()?.to_string_lossy())?,
                "--network" => options.network = true,
                "--browser" => options.browser = Some(value()?.into()),
                "--profile" => options.profile = Some(value()?.into()),
                "--no-browser" => options.browser_wanted = false,
                "--help" | "-h" => return Ok(None),
                "--" => options.more.extend(arguments.by_ref()),
                _ => return Err(format!("There is no option {name}.\n\n{USAGE}")),
            }
        }
        Ok(Some(options))
    }

    /// The site that is asked for, or the one beside this program.
    pub fn folder(&self) -> Result<PathBuf, String> {
        if let Some(folder) = &self.folder {
            return Ok(folder.clone());
        }
        let program =
            env::current_exe().map_err(|error| format!("Finding this program: {error}"))?;
        Ok(program.with_file_name("site"))
    }
}

fn query(page: &str) -> String {
    let page = page.trim_start_matches(['/', '?']);
    match page.is_empty() {
        true => String::new(),
        false => format!("?{page}"),
    }
}

fn port(text: &str) -> Result<u16, String> {
    text.parse()
        .map_err(|_| format!("{text} is no port: give a number up to 65535."))
}
