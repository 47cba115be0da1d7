//! `kiosk`: shows the site on a kiosk computer, without a network and without a way out of it. Serves the folder on this
//! computer, opens a browser on it in kiosk mode, and opens it again whenever it is closed or crashes.

mod browser;
mod headers;
mod options;
mod profile;
mod server;
mod site;
#[cfg(test)]
mod tests;

use std::{
    process::ExitCode,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use options::Options;
use site::Site;

/// How often it is looked whether the operator has ended it.
const LOOK: Duration = Duration::from_millis(200);

fn main() -> ExitCode {
    match start() {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("error: {trouble}");
            ExitCode::FAILURE
        }
    }
}

fn start() -> Result<(), String> {
    let Some(options) = Options::read(std::env::args_os().skip(1))? else {
        print!("{}", options::USAGE);
        return Ok(());
    };
    let site = Site::open(&options.folder()?)?;
    let ended = Arc::new(AtomicBool::new(false));
    let end = ended.clone();
    ctrlc::set_handler(move || end.store(true, Ordering::Relaxed))
        .map_err(|error| format!("Listening for Ctrl+C: {error}"))?;
    let whom = match options.network {
        true => "0.0.0.0",
        false => "127.0.0.1",
    };
    let port = server::start(site, whom, options.port)?;

    let address = format!("http://127.0.0.1:{port}/{}", options.page);
    println!("Firstread is at {address}");
    if options.network {
        println!("For others it is at the address of this computer: http://ADDRESS:{port}/");
    }
    println!("Ctrl+C here ends it.");
    if options.browser_wanted {
        return browser::keep_open(&options, &address, &ended);
    }
    while !ended.load(Ordering::Relaxed) {
        thread::sleep(LOOK);
    }
    Ok(())
}
