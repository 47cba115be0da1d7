#!/usr/bin/env bash
# gemm 0.19.0 has a feature `wasm-simd128-enable`, not among its defaults. Without the feature `std` beside it, it has no
# effect: the kernel that is chosen at run time on wasm32-unknown-unknown is the scalar one. Nothing says so, not even where the
# program is compiled with `-C target-feature=+simd128`, and the products are right. They take three times as long, twice as long as
# a plain loop over rows, depth and columns in the same program.
# (The choice asks a macro of gemm-common which without `std` tells whether the crate that it is expanded in has a feature named
# `simd128`; none has.)
#
# Output seen (rustc 1.95.0, Node.js 20), 512 x 512 x 512 in f32, 1e9 products a second, the best of nine:
#   with std      gemm 11.4   loop 6.8
#   without std   gemm 3.7   loop 6.9
# burn-flex 0.22.1 switches `wasm-simd128-enable` on with its own `simd`, and gemm's `std` only with its own `std`.
# Exits with 1 if `std` no longer makes gemm more than one and a half times as fast.
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
std = ["gemm/std"]

[dependencies]
gemm = { version = "=0.19.0", default-features = false, features = ["wasm-simd128-enable"] }

[workspace]
TOML
cat > src/lib.rs <<'RUST'
const SIDE: usize = 512;

fn numbers(step: usize) -> Vec<f32> {
    (0..SIDE * SIDE).map(|place| (place * step % 1009) as f32 / 1009.0 - 0.5).collect()
}

fn by_gemm(a: &[f32], b: &[f32], c: &mut [f32]) {
    let row = SIDE as isize;
    unsafe {
        gemm::gemm(
            SIDE, SIDE, SIDE, c.as_mut_ptr(), 1, row, false, a.as_ptr(), 1, row, b.as_ptr(), 1, row,
            0.0, 1.0, false, false, false, gemm::Parallelism::None,
        )
    }
}

fn by_loop(a: &[f32], b: &[f32], c: &mut [f32]) {
    c.fill(0.0);
    for (sums, a) in c.chunks_exact_mut(SIDE).zip(a.chunks_exact(SIDE)) {
        for (&x, b) in a.iter().zip(b.chunks_exact(SIDE)) {
            for (sum, &y) in sums.iter_mut().zip(b) {
                *sum += x * y;
            }
        }
    }
}

/// One number of the product, so that it is made.
#[unsafe(no_mangle)]
pub extern "C" fn multiply(with_gemm: bool) -> f32 {
    let (a, b, mut c) = (numbers(7919), numbers(104_729), vec![0.0; SIDE * SIDE]);
    let product = if with_gemm { by_gemm } else { by_loop };
    product(&a, &b, &mut c);
    c[SIDE * SIDE / 2]
}
RUST
cat > time.mjs <<'JS'
import { readFileSync } from 'node:fs';
const { instance } = await WebAssembly.instantiate(readFileSync(process.argv[2]), {});
const { multiply } = instance.exports;
if (Math.abs(multiply(1) - multiply(0)) > 1e-3) throw new Error('the products differ');
const rate = (withGemm) => {
  const taken = Array.from({ length: 9 }, () => {
    const begun = performance.now();
    multiply(withGemm);
    return performance.now() - begun;
  });
  return (512 ** 3 / Math.min(...taken) / 1e6).toFixed(1);
};
console.log(rate(1), rate(0));
JS
export RUSTFLAGS='-C target-feature=+simd128' CARGO_TARGET_DIR=target
measure() {
  cargo build --quiet --release --target wasm32-unknown-unknown "$@"
  node time.mjs target/wasm32-unknown-unknown/release/finding.wasm
}
with=$(measure --features std)
without=$(measure)
echo "with std      gemm ${with% *}   loop ${with#* }"
echo "without std   gemm ${without% *}   loop ${without#* }"
awk -v with="${with% *}" -v without="${without% *}" 'BEGIN { exit !(with > 1.5 * without) }'
