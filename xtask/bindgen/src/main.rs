//! `bindgen PROGRAM.wasm TARGET FOLDER [ARITHMETIC]`: what `wasm-bindgen` does, by its own library. With an arithmetic, the
//! kernels of the program are looked at first. A program that marks chunks (`app/page/src/chunk.rs`) is cut first.
//!
//! The library stands in this workspace's `Cargo.lock` at the version of the programs, so that both can't differ, and
//! compiles in a fraction of the time that the command line tool takes, which also brings a server and a client of HTTP.

mod chunks;
mod schedule;

use std::{env, fs, path::PathBuf};

use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = env::args_os().skip(1);
    let (Some(program), Some(target), Some(folder)) =
        (arguments.next(), arguments.next(), arguments.next())
    else {
        return Err("usage: bindgen PROGRAM.wasm web|no-modules FOLDER [plain|relaxed]".into());
    };
    if let Some(arithmetic) = arguments.next() {
        schedule::check(&fs::read(&program)?, &arithmetic.to_string_lossy())?;
    }
    let program = PathBuf::from(program);
    let folder = PathBuf::from(folder);
    let cut = match target.to_str() {
        Some("web") => chunks::cut(&program, &folder)?,
        _ => None,
    };
    let mut bindgen = Bindgen::new();
    match target.to_str() {
        Some("web") => bindgen.web(true)?,
        Some("no-modules") => bindgen.no_modules(true)?,
        _ => return Err("the target is `web` or `no-modules`".into()),
    };
    bindgen
        // Chunks share the table of functions, which is dropped otherwise.
        .keep_lld_exports(cut.is_some())
        .input_path(cut.unwrap_or(program))
        .typescript(false)
        .generate(&folder)?;
    Ok(())
}
