#!/usr/bin/env bash
# wasm-bindgen 0.2.130 as a library (wasm-bindgen-cli-support) writes other JavaScript for target `web` than its command line
# tool does with no options: the tool, by its source, leaves the program's default address in, the library leaves it out, since its
# `omit_default_module_path` begins as true. Nothing says so when the script is written, and a page that starts the program
# with `await init()`, as the guide does, fails only when it runs.
#
# Output seen (rustc 1.95.0, Node.js 20), the same program bound twice, started by `init()` without an argument:
#   library as it begins          default address: no   TypeError
#   omit_default_module_path off  default address: yes  asks for finding_bg.wasm
# Exits with 1 if the library writes the address by itself.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir -p program/src tool/src
cat > Cargo.toml <<'TOML'
[workspace]
members = ["program", "tool"]
resolver = "3"
TOML
cat > program/Cargo.toml <<'TOML'
[package]
name = "finding"
version = "0.1.0"
edition = "2024"

[lib]
crate-type = ["cdylib"]

[dependencies]
wasm-bindgen = "=0.2.130"
TOML
cat > program/src/lib.rs <<'RUST'
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn seven() -> u32 {
    7
}
RUST
cat > tool/Cargo.toml <<'TOML'
[package]
name = "tool"
version = "0.1.0"
edition = "2024"

[dependencies]
wasm-bindgen-cli-support = "=0.2.130"
TOML
cat > tool/src/main.rs <<'RUST'
use wasm_bindgen_cli_support::Bindgen;

fn main() {
    let program = "target/wasm32-unknown-unknown/release/finding.wasm";
    for (folder, off) in [("as-it-begins", false), ("off", true)] {
        let mut bindgen = Bindgen::new();
        bindgen.web(true).expect("the target").input_path(program);
        if off {
            bindgen.omit_default_module_path(false);
        }
        bindgen.generate(folder).expect("a script");
    }
}
RUST
cargo build --quiet --release --package finding --target wasm32-unknown-unknown
cargo run --quiet --package tool

cat > start.mjs <<'JS'
globalThis.fetch = async (address) => {
  throw new Error(`asks for ${String(address).split('/').at(-1)}`);
};
const { default: init } = await import(`./${process.argv[2]}/finding.mjs`);
await init().then(
  () => console.log('started'),
  (error) => console.log(error instanceof TypeError ? 'TypeError' : error.message),
);
JS
for name in as-it-begins off; do
  cp "$name/finding.js" "$name/finding.mjs"
  echo "$name: $(node start.mjs "$name")" | tee -a seen
done
grep -q '^as-it-begins: TypeError$' seen && grep -q '^off: asks for finding_bg.wasm$' seen
