#!/usr/bin/env bash
# pliron 0.19.0, the compiler that cubecl 0.11.3 brings into every program with burn 0.22.1's backends, registers its
# operations through inventory 0.3.25, that is in constructors. In a wasm32-unknown-unknown library that exports its
# functions, as wasm-bindgen's programs do, the linker then runs all constructors at the top of every call from
# JavaScript, wasm-bindgen's own small ones (allocate, free, take a handle) among them. Nothing fails: the second and
# later rounds find each operation registered and add none. The program only gets slow.
#
# One call of `__wasm_call_ctors` anywhere in the program, as inventory's documentation advises for reasons of memory
# safety, makes the linker leave the exports alone.
#
# Output seen (rustc 1.95.0, Node.js 20), a function that returns 7, called 10,000 times:
#   as it is           exports wrapped: yes   1.97 us a call (8.43 on a busy computer)
#   constructors once  exports wrapped: no   0.11 us a call
# In a training program on burn 0.22.1 with its wgpu backend, each call is dearer still: opening it took
# 4.0 s with and 2.4 s without the wrapping.
# Exits with 1 if a call is no longer several times as dear, or the wrapping is gone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir src
cat > Cargo.toml <<'TOML'
[package]
name = "finding"
version = "0.1.0"
edition = "2024"

[lib]
crate-type = ["cdylib"]

[features]
once = []

[dependencies]
pliron = "=0.19.0"
inventory = "=0.3.25"
getrandom = { version = "=0.3.4", features = ["wasm_js"] }

[profile.release]
opt-level = 1

[workspace]
TOML
cat > src/lib.rs <<'RUST'
/// What any program does with the compiler: it keeps its operations linked.
#[unsafe(no_mangle)]
pub extern "C" fn begin() {
    #[cfg(feature = "once")]
    {
        unsafe extern "C" {
            fn __wasm_call_ctors();
        }
        unsafe { __wasm_call_ctors() }
    }
    std::hint::black_box(&pliron::context::Context::new());
}

#[unsafe(no_mangle)]
pub extern "C" fn seven() -> u32 {
    7
}
RUST
cat > time.mjs <<'JS'
import { readFileSync } from 'node:fs';
const CALLS = 10_000;
const program = readFileSync(process.argv[2]);
const { instance } = await WebAssembly.instantiate(program, {});
const { begin, seven } = instance.exports;
begin();
const start = performance.now();
for (let call = 0; call < CALLS; call++) if (seven() !== 7) throw new Error('not seven');
const each = ((performance.now() - start) * 1000) / CALLS;
console.log(`${program.includes('seven.command_export') ? 'yes' : 'no'} ${each.toFixed(2)}`);
JS
export RUSTFLAGS='--cfg getrandom_backend="wasm_js"' CARGO_TARGET_DIR=target
measure() {
  cargo build --quiet --release --target wasm32-unknown-unknown "$@"
  node time.mjs target/wasm32-unknown-unknown/release/finding.wasm
}
plain=$(measure)
once=$(measure --features once)
echo "as it is           exports wrapped: ${plain% *}   ${plain#* } us a call"
echo "constructors once  exports wrapped: ${once% *}   ${once#* } us a call"
[ "${plain% *}" = yes ] && [ "${once% *}" = no ] &&
  awk -v plain="${plain#* }" -v once="${once#* }" 'BEGIN { exit !(plain > 3 * once) }'
