//! Turns the sentences of `locales/` into checked Rust.

#[path = "build/locales.rs"]
mod locales;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for source in ["build.rs", "build", "locales"] {
        println!("cargo::rerun-if-changed={source}");
    }
    locales::write()
}
