//! Where the browser keeps its data: a folder of its own, so that neither the operator's browser nor its history is touched.

use std::{
    fs, io,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use tempfile::TempDir;

pub enum Profile {
    /// Erased at the end.
    Passing(TempDir),
    Kept(PathBuf),
}

/// Chromium's own settings: no tools for developers, no printing, nothing restored, no passwords.
const CHROMIUM: &str = r#"{
  "devtools": { "availability": 2 },
  "printing": { "enabled": false },
  "session": { "restore_on_startup": 5 },
  "credentials_enable_service": false,
  "translate": { "enabled": false }
}
"#;

/// Firefox's: the same, no page of welcome, and a proxy that is not there for all but this computer.
const FIREFOX: &str = r#"user_pref("devtools.policy.disabled", true);
user_pref("print.enabled", false);
user_pref("browser.sessionstore.resume_from_crash", false);
user_pref("toolkit.startup.max_resumed_crashes", -1);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.aboutwelcome.enabled", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("browser.translations.enable", false);
user_pref("network.proxy.type", 1);
user_pref("network.proxy.http", "127.0.0.1");
user_pref("network.proxy.http_port", 9);
user_pref("network.proxy.ssl", "127.0.0.1");
user_pref("network.proxy.ssl_port", 9);
user_pref("signon.rememberSignons", false);
"#;

impl Profile {
    pub fn new(kept: Option<&Path>) -> io::Result<Self> {
        let profile = match kept {
            Some(folder) => Self::Kept(folder.to_owned()),
            None => Self::Passing(tempfile::Builder::new().prefix("firstread-").tempdir()?),
        };
        let chromium = profile.folder().join("Default");
        fs::create_dir_all(&chromium)?;
        let preferences = chromium.join("Preferences");
        if !preferences.exists() {
            fs::write(preferences, CHROMIUM)?;
        }
        fs::write(profile.folder().join("user.js"), FIREFOX)?;
        Ok(profile)
    }

    pub fn folder(&self) -> &Path {
        match self {
            Self::Passing(folder) => folder.path(),
            Self::Kept(folder) => folder,
        }
    }

    /// Erases what is not to be kept, also if a part of the browser takes a moment to end.
    pub fn end(self) {
        let Self::Passing(folder) = self else {
            return;
        };
        let folder = folder.keep();
        for _ in 0..20 {
            if fs::remove_dir_all(&folder).is_ok() {
                return;
            }
            thread::sleep(Duration::from_millis(250));
        }
        eprintln!(
            "The browser's data could not be erased: please erase {}",
            folder.display()
        );
    }
}
