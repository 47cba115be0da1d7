#!/usr/bin/env bash
# wasm_split_cli_support 0.2.4 cuts a program into a main module and chunks, and wasm-bindgen 0.2.130 is then run over the main
# module. wasm-bindgen takes exports away that the linker made, among them the table of functions, which the chunks need: the page starts,
# every test that opens no chunk passes, and the first call into a chunk fails, here in JavaScript, in a larger program with a LinkError for
# `__indirect_function_table`. `Bindgen::keep_lld_exports(true)` leaves them in. Neither tool says anything.
#
# A function in a chunk, called from JavaScript. Output seen (rustc 1.95.0, Node.js 20):
#   as it comes:             TypeError: Cannot read properties of undefined (reading 'get')
#   with keep_lld_exports:   42
# Exits with 1 if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export CARGO_TARGET_DIR="$folder/target"

mkdir -p page/src cut/src
cat > page/Cargo.toml <<'TOML'
[package]
name = "page"
version = "0.1.0"
edition = "2024"

[lib]
crate-type = ["cdylib"]

[dependencies]
wasm-bindgen = "=0.2.130"
wasm-bindgen-futures = "0.4"
wasm_split_helpers = "=0.2.3"

[workspace]
TOML
cat > page/src/lib.rs <<'RS'
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_split_helpers::wasm_split(part)]
fn tripled(x: u32) -> u32 {
    x * 3
}

#[wasm_bindgen]
pub async fn ask(x: u32) -> u32 {
    tripled(x).await
}
RS
cat > cut/Cargo.toml <<'TOML'
[package]
name = "cut"
version = "0.1.0"
edition = "2024"

[dependencies]
wasm-bindgen-cli-support = "=0.2.130"
wasm_split_cli_support = "=0.2.4"

[workspace]
TOML
cat > cut/src/main.rs <<'RS'
use std::{env, fs, path::Path};

use wasm_bindgen_cli_support::Bindgen;
use wasm_split_cli_support::{Options, transform};

fn main() {
    let program = env::args().nth(1).expect("a program");
    let wasm = fs::read(program).expect("its bytes");
    for (folder, keeps) in [("plain", false), ("kept", true)] {
        let folder = Path::new(folder);
        fs::create_dir_all(folder).expect("a folder");
        let rest = folder.join("page.wasm");
        let mut options = Options::new(&wasm);
        options.output_dir = folder;
        options.main_out_path = &rest;
        options.link_name = "./chunks.js";
        options.main_module = "./page.js";
        transform(options).expect("chunks");
        let mut bindgen = Bindgen::new();
        bindgen.input_path(&rest).keep_lld_exports(keeps).web(true).expect("a target");
        bindgen.generate(folder).expect("a page");
    }
}
RS
cat > ask.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// Node.js fetches no files.
globalThis.fetch = async (url) => new Response(readFileSync(fileURLToPath(String(url))), { headers: { 'content-type': 'application/wasm' } });
for (const [name, folder] of [['as it comes:          ', 'plain'], ['with keep_lld_exports:', 'kept']]) {
  const page = await import(`./${folder}/page.js`);
  await page.default({ module_or_path: readFileSync(new URL(`./${folder}/page_bg.wasm`, import.meta.url)) });
  const said = await Promise.race([
    page.ask(14).catch((error) => `${error.name}: ${error.message}`),
    new Promise((done) => process.once('uncaughtException', (error) => done(`${error.name}: ${error.message}`))),
    new Promise((done) => process.once('unhandledRejection', (error) => done(`${error.name}: ${error.message}`))),
  ]);
  console.log(name, ' ', said);
}
process.exit(0);
JS
(cd page && cargo rustc --quiet --release --target wasm32-unknown-unknown --lib -- -C link-args=--emit-relocs)
(cd cut && cargo build --quiet --release)
"$CARGO_TARGET_DIR/release/cut" "$CARGO_TARGET_DIR/wasm32-unknown-unknown/release/page.wasm"
echo '{"type":"module"}' > package.json
node ask.mjs 2> /dev/null | tee output
grep -q 'as it comes: .*TypeError' output
grep -q 'with keep_lld_exports: .*42' output
