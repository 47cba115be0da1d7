#!/usr/bin/env bash
# burn 0.22.1 with its feature `cuda` needs more than what `cargo fetch` brings. cubecl-cuda 0.11.3 compiles kernels with cubecl-llvm, and that
# build-depends on tracel-llvm-bundler 23.1.0-4, whose build script downloads a prebuilt LLVM from a release page and
# unpacks it below the user's data folder. So with every crate of Cargo.lock at hand, `cargo build --offline` still asks the network, and what
# it gets is pinned by that crate, not by the lock file. With `webgpu` in the place of `cuda` nothing of the kind is in the tree. The guess had been that
# CUDA's backend needs NVIDIA's driver at run time and nothing at build time, as its cudarc loads the driver's libraries dynamically.
#
# Output seen (cargo 1.95.0), the crates between, and what the build script does:
#   cuda:   tracel-llvm-bundler <- cubecl-llvm <- cubecl-cuda
#   webgpu: none
#   download in its build script: yes
# The build itself is not run: without a network it ends in that build script with "failed to lookup address information".
# Exits with 1 if `cuda` no longer brings it, `webgpu` does, or it no longer downloads.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir src
echo 'fn main() {}' > src/main.rs
cat > Cargo.toml <<'TOML'
[package]
name = "finding"
version = "0.1.0"
edition = "2024"

[features]
cuda = ["burn/cuda"]
webgpu = ["burn/webgpu"]

[dependencies]
burn = { version = "=0.22.1", default-features = false, features = ["std"] }
cubecl-cuda = { version = "=0.11.3", optional = true }
tracel-llvm-bundler = { version = "=23.1.0-4", optional = true }

[workspace]
TOML
cargo generate-lockfile --quiet

# The crates that lead to it, the nearest first.
led_by() {
  cargo tree --features "$1" --target x86_64-unknown-linux-gnu --invert tracel-llvm-bundler --depth 2 --prefix none 2> /dev/null \
    | grep -v 'build-dependencies' | awk 'NF { print $1 }' | paste -sd ' ' | sed 's/ / <- /g'
}
cuda=$(led_by cuda || true)
webgpu=$(led_by webgpu || true)
cargo fetch --quiet --target x86_64-unknown-linux-gnu
source=$(cargo metadata --format-version 1 --features cuda --filter-platform x86_64-unknown-linux-gnu \
  | python3 -c 'import json, os, sys
for package in json.load(sys.stdin)["packages"]:
    if package["name"] == "tracel-llvm-bundler":
        print(os.path.dirname(package["manifest_path"]))')
if [ -n "$source" ] && grep -q 'fn download' "$source/build.rs" && grep -rq 'releases/download' "$source/src"; then downloads=yes; else downloads=no; fi
echo "cuda:   ${cuda:-none}"
echo "webgpu: ${webgpu:-none}"
echo "download in its build script: $downloads"
[ "$cuda" = 'tracel-llvm-bundler <- cubecl-llvm <- cubecl-cuda' ] && [ -z "$webgpu" ] && [ "$downloads" = yes ]
