//! Finds Chromium, its WebDriver and Firefox for the tests, or says how to get them.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    console::{Outcome, Trouble, say, trouble},
    places::Places,
    process::{find_program, node, output, run},
};

const CHROMIUM_NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

const FIREFOX_NAMES: [&str; 2] = ["firefox", "firefox-esr"];

/// Where its installer puts it, which is on no search path.
const FIREFOX_PLACES: [&str; 2] = [
    "/Applications/Firefox.app/Contents/MacOS/firefox",
    r"C:\Program Files\Mozilla Firefox\firefox.exe",
];

const CHROMIUM_PACKAGES: [&str; 2] = ["chromium", "chromium-driver"];

/// WebGPU on a computer without a GPU: Chromium's emulation on the CPU.
const WEBGPU_FLAGS: [&str; 2] = ["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"];

/// Where Chromium is. `None`: Playwright's own, which it finds by itself.
pub fn chromium(places: &Places) -> Outcome<Option<PathBuf>> {
    if let Some(found) = known("CHROMIUM", &CHROMIUM_NAMES) {
        return Ok(Some(found));
    }
    if may_use_apt() {
        apt_install(&CHROMIUM_PACKAGES)?;
        if let Some(found) = known("CHROMIUM", &CHROMIUM_NAMES) {
            return Ok(Some(found));
        }
    }
    say("No Chromium on the PATH nor in CHROMIUM: using Playwright's own");
    let mut install = node(places);
    install.args([
        "node_modules/@playwright/test/cli.js",
        "install",
        "--no-shell",
        "chromium",
    ]);
    run(&mut install).map_err(|_| {
        Trouble(
            "Chromium is missing. On Debian: `apt-get install chromium chromium-driver`; elsewhere \
             `npx playwright install chromium` in e2e/, or name a browser in CHROMIUM."
                .into(),
        )
    })?;
    Ok(None)
}

/// The WebDriver of that Chromium, for the tests of `wasm-bindgen`.
///
/// `chromium`: as [`chromium`] found it.
pub fn chromedriver(chromium: Option<&Path>) -> Outcome<PathBuf> {
    let find = || known("CHROMEDRIVER", &["chromedriver"]);
    if find().is_none() && may_use_apt() {
        apt_install(&CHROMIUM_PACKAGES)?;
    }
    let driver = find().ok_or_else(|| {
        Trouble(
            "chromedriver is missing. On Debian: `apt-get install chromium-driver`; elsewhere \
             `npx @puppeteer/browsers install chromedriver`, and name the program in CHROMEDRIVER."
                .into(),
        )
    })?;
    let Some(chromium) = chromium else {
        return Ok(driver);
    };
    match (major_version(chromium)?, major_version(&driver)?) {
        (browser, own) if browser == own => Ok(driver),
        (browser, own) => Err(Trouble(format!(
            "{} is of version {own}, and {} of version {browser}: they must be of the same. \
             Name a pair in CHROMIUM and CHROMEDRIVER.",
            driver.display(),
            chromium.display()
        ))),
    }
}

/// The first number in what a program says of its version: "Chromium 156.0.8078.73 built on …".
fn major_version(program: &Path) -> Outcome<u32> {
    let said = output(Command::new(program).arg("--version"))?;
    major(&said).ok_or_else(|| Trouble(format!("{} names no version.", program.display())))
}

fn major(said: &str) -> Option<u32> {
    let mut words = said.split_whitespace();
    words.find_map(|word| word.split('.').next()?.parse().ok())
}

/// Where Firefox is: Debian's or one that people have. Playwright's own, which is patched, is never used.
pub fn firefox() -> Outcome<PathBuf> {
    let find = || {
        let installed = || FIREFOX_PLACES.iter().map(PathBuf::from);
        known("FIREFOX", &FIREFOX_NAMES).or_else(|| installed().find(|file| file.is_file()))
    };
    if find().is_none() && may_use_apt() {
        apt_install(&["firefox-esr"])?;
    }
    find().ok_or_else(|| {
        Trouble(
            "Firefox is missing. On Debian: `apt-get install firefox-esr`; elsewhere install it from \
             its makers, or name the program in FIREFOX."
                .into(),
        )
    })
}

/// All tests but those that are for Firefox.
pub fn end_to_end_chromium(places: &Places) -> Outcome {
    let mut playwright = playwright(places, &["cpu", "webgpu"]);
    if let Some(chromium) = chromium(places)? {
        playwright.env("CHROMIUM", chromium);
    }
    end_to_end(places, &mut playwright)
}

/// The tests that are marked for it, in Firefox.
pub fn end_to_end_firefox(places: &Places) -> Outcome {
    end_to_end(
        places,
        playwright(places, &["firefox"]).env("FIREFOX", firefox()?),
    )
}

fn playwright(places: &Places, projects: &[&str]) -> Command {
    let mut playwright = node(places);
    playwright.args(["node_modules/@playwright/test/cli.js", "test"]);
    for project in projects {
        playwright.args(["--project", project]);
    }
    playwright
}

/// Names the tests that failed, which Playwright prints long before the last line of a run.
fn end_to_end(places: &Places, playwright: &mut Command) -> Outcome {
    run(playwright).map_err(|Trouble(trouble)| {
        let failures = fs::read_to_string(places.e2e().join("failures.txt")).unwrap_or_default();
        let lines = failures.lines().map(|line| format!("\n          {line}"));
        Trouble(trouble + &lines.collect::<String>())
    })
}

/// Writes the browser's settings for `wasm-bindgen-test-runner` and gives the file.
pub fn webdriver_settings(places: &Places, chromium: Option<&Path>) -> Outcome<PathBuf> {
    let mut flags = vec!["--headless=new", "--disable-dev-shm-usage"];
    flags.extend(WEBGPU_FLAGS);
    if is_root() {
        flags.push("--no-sandbox"); // Chromium refuses to start as root with it
    }
    let flags: Vec<String> = flags.iter().map(|flag| format!("{flag:?}")).collect();
    let binary = match chromium {
        Some(program) => format!("\"binary\": {:?}, ", program.to_string_lossy()),
        None => String::new(),
    };
    let file = places.cache.join("webdriver.json");
    let text = format!(
        "{{ \"goog:chromeOptions\": {{ {binary}\"args\": [{}] }} }}\n",
        flags.join(", ")
    );
    fs::write(&file, text).map_err(trouble("Writing the browser's settings"))?;
    Ok(file)
}

/// The program that a variable names, or the first of these names on the search path.
fn known(variable: &str, names: &[&str]) -> Option<PathBuf> {
    env::var_os(variable)
        .map(PathBuf::from)
        .filter(|file| file.is_file())
        .or_else(|| find_program(names))
}

fn may_use_apt() -> bool {
    is_root() && fs::exists("/etc/debian_version").unwrap_or(false)
}

fn is_root() -> bool {
    cfg!(unix) && output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

fn apt_install(packages: &[&str]) -> Outcome {
    say(format_args!(
        "Installing {} with apt-get, as this is root on Debian",
        packages.join(" and ")
    ));
    run(Command::new("apt-get").arg("update"))?;
    run(Command::new("apt-get")
        .args(["install", "--yes", "--no-install-recommends"])
        .args(packages)
        .env("DEBIAN_FRONTEND", "noninteractive"))
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn the_version_is_the_first_number() {
        assert_eq!(
            major("Chromium 156.0.8078.73 built on Debian 12"),
            Some(156)
        );
        assert_eq!(
            major("ChromeDriver 156.0.8078.73 (abc-refs/heads/x@{#1})"),
            Some(156)
        );
        assert_eq!(major("Google Chrome"), None);
    }
}
