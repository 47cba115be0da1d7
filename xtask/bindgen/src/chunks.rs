//! Cuts what a program marks off it.

use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
};

use wasm_split_cli_support::{Options, transform};
use wasmparser::{Parser, Payload};

/// What marks a program in which something is to be cut off.
const MARK: &str = "__wasm_split_unstable";

/// Writes the chunks, and `chunks.js` which fetches them, into `chunks` below `folder`, and gives the rest of the program for
/// wasm-bindgen; `None` for a program of one piece. The program must have been linked with `--emit-relocs`.
pub fn cut(program: &Path, folder: &Path) -> Result<Option<PathBuf>, Box<dyn Error>> {
    let wasm = fs::read(program)?;
    let (chunks, rest) = (folder.join("chunks"), folder.join("rest"));
    for old in [&chunks, &rest] {
        if old.exists() {
            fs::remove_dir_all(old)?;
        }
    }
    if !is_marked(&wasm)? {
        return Ok(None);
    }
    fs::create_dir_all(&rest)?;
    // wasm-bindgen names its files after it.
    let rest = rest.join(program.file_name().unwrap_or_default());
    let script = format!("./{}.js", program.file_stem().unwrap_or_default().display());
    let mut options = Options::new(&wasm);
    options.output_dir = &chunks;
    options.main_out_path = &rest;
    options.link_name = "./chunks.js";
    options.main_module = &script;
    transform(options)?;
    Ok(Some(rest))
}

fn is_marked(wasm: &[u8]) -> Result<bool, Box<dyn Error>> {
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::CustomSection(section) = payload?
            && section.name() == MARK
        {
            return Ok(true);
        }
    }
    Ok(false)
}
