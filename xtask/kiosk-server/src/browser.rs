//! Finds a browser, starts it in kiosk mode, and starts it again.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use crate::{LOOK, options::Options, profile::Profile};

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    Chromium,
    Firefox,
}

/// A browser that ends sooner than this did not start well.
const STEADY: Duration = Duration::from_secs(10);
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// On the search path.
const PROGRAMS: [&str; 9] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
    "firefox",
    "firefox-esr",
];

/// Below the folders in which Windows has programs, then whole paths of macOS.
const PLACES: [&str; 7] = [
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
    "Mozilla Firefox/firefox.exe",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Firefox.app/Contents/MacOS/firefox",
];

/// Keeps a browser open at the address until the operator ends it.
///
/// # Errors
/// No browser, or no folder for its data.
pub fn keep_open(options: &Options, address: &str, ended: &AtomicBool) -> Result<(), String> {
    let program = options.browser.clone().or_else(find).ok_or(
        "No Chromium, Chrome, Edge or Firefox was found: name one with --browser, or serve only with --no-browser.",
    )?;
    let profile = Profile::new(options.profile.as_deref())
        .map_err(|error| format!("Making a folder for the browser's data: {error}"))?;
    let mut arguments = arguments(kind(&program), profile.folder());
    arguments.extend(options.more.iter().cloned());
    arguments.push(address.into());

    let mut pause = FIRST_PAUSE;
    let mut started = false;
    let outcome = loop {
        let begin = Instant::now();
        match start(&program, &arguments) {
            Ok(mut browser) => {
                started = true;
                wait(&mut browser, ended);
                println!("The browser has ended; opening it again.");
            }
            // Later, it may be replacing itself by a newer one.
            Err(trouble) if started => println!("{trouble}; trying again."),
            Err(trouble) => break Err(trouble),
        }
        if ended.load(Ordering::Relaxed) {
            break Ok(());
        }
        pause = next_pause(pause, begin.elapsed());
        let until = Instant::now() + pause;
        while Instant::now() < until && !ended.load(Ordering::Relaxed) {
            thread::sleep(LOOK);
        }
    };
    profile.end();
    outcome
}

/// Longer after each start in a row that went wrong, so that the computer stays usable.
pub fn next_pause(last: Duration, lived: Duration) -> Duration {
    match lived < STEADY {
        true => (last * 2).min(LONGEST_PAUSE),
        false => FIRST_PAUSE,
    }
}

fn start(program: &Path, arguments: &[OsString]) -> Result<Child, String> {
    Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("{} did not start: {error}", program.display()))
}

/// Until it has ended by itself, or the operator ends it all.
fn wait(browser: &mut Child, ended: &AtomicBool) {
    while matches!(browser.try_wait(), Ok(None)) {
        if ended.load(Ordering::Relaxed) {
            // It may just have ended by itself.
            let _ = browser.kill();
            let _ = browser.wait();
            return;
        }
        thread::sleep(LOOK);
    }
}

pub fn kind(program: &Path) -> Kind {
    let name = program.file_name().unwrap_or_default().to_string_lossy();
    match name.to_lowercase().contains("firefox") {
        true => Kind::Firefox,
        false => Kind::Chromium,
    }
}

/// Full screen without a frame, no questions, no gestures that lead elsewhere, no other host than this computer.
pub fn arguments(kind: Kind, profile: &Path) -> Vec<OsString> {
    let folder = |option: &str| {
        let mut argument = OsString::from(option);
        argument.push(profile);
        argument
    };
    match kind {
        Kind::Firefox => vec![
            "--kiosk".into(),
            "--no-remote".into(),
            "--profile".into(),
            profile.into(),
        ],
        Kind::Chromium => [
            "--kiosk",
            "--edge-kiosk-type=fullscreen",
            "--no-first-run",
            "--no-default-browser-check",
            "--noerrdialogs",
            "--disable-session-crashed-bubble",
            "--hide-crash-restore-bubble",
            "--disable-pinch",
            "--overscroll-history-navigation=0",
            "--disable-features=Translate,TouchpadOverscrollHistoryNavigation",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-extensions",
            "--disable-sync",
            "--password-store=basic",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        ]
        .into_iter()
        .map(OsString::from)
        .chain([folder("--user-data-dir=")])
        .collect(),
    }
}

fn find() -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let on_path = PROGRAMS.iter().flat_map(|name| {
        env::split_paths(&path)
            .map(|folder| folder.join(name).with_extension(env::consts::EXE_EXTENSION))
            .collect::<Vec<_>>()
    });
    let roots = ["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"]
        .map(|name| env::var_os(name).unwrap_or_else(|| "/".into()));
    let installed = PLACES
        .iter()
        .flat_map(|place| roots.iter().map(move |root| Path::new(root).join(place)));
    on_path.chain(installed).find(|file| file.is_file())
}
